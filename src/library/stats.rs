//! What an opened library holds, counted: by kind, region, topic, trust, language, and by when it was last checked.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{Library, Opened};
use crate::corpus::Document;
use crate::index::Filters;
use crate::index::keyword::Facets;
use crate::law::{Kind, PartialDate, Region, Topic, original_of, today};
use crate::search::SearchError;

/// What an opened library holds.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Stats {
    /// Documents.
    pub documents: usize,
    /// Provisions, decisions and passages of notes.
    pub provisions: usize,
    /// Vectors; 0 without a model.
    pub passages: usize,
    /// Problems found in the corpus when the index was built.
    pub problems: usize,
    /// Jurisdictions.
    pub jurisdictions: usize,
    /// Jurisdictions by region.
    pub jurisdictions_by_region: BTreeMap<String, usize>,
    /// Documents by kind.
    pub documents_by_kind: BTreeMap<String, usize>,
    /// Documents by region of their jurisdiction.
    pub documents_by_region: BTreeMap<String, usize>,
    /// Documents by code of their jurisdiction.
    pub documents_by_jurisdiction: BTreeMap<String, usize>,
    /// Documents by language of their text.
    pub documents_by_language: BTreeMap<String, usize>,
    /// Articles by identifier of the model law; versions in other languages apart.
    pub articles_by_model_law: BTreeMap<String, usize>,
    /// Articles of model laws by topic; versions in other languages apart. Every topic is named.
    pub articles_by_topic: BTreeMap<String, usize>,
    /// Provisions by kind, jurisdiction, region and so on.
    pub provisions_by: Facets,
    /// Provisions by region, and there by topic; versions in other languages apart. Every pair is named.
    pub provisions_by_region_and_topic: BTreeMap<String, BTreeMap<String, usize>>,
    /// Provisions, without the articles of model laws, by when they were last checked.
    pub provisions_by_check: ChecksByAge,
    /// The model by which provisions are found by meaning; none where only words are searched.
    pub model: Option<String>,
    /// Why search by meaning is not available.
    pub no_meaning: Option<String>,
    /// Number of the generation of the index.
    pub generation: u32,
    /// When it was built, in universal time.
    pub built_at: String,
    /// Fingerprint of the corpus it was built from.
    pub corpus: String,
}

/// How many provisions were last checked when: the latest date of a source, or else of the document, counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ChecksByAge {
    /// No date is recorded.
    pub not_recorded: usize,
    /// Less than a year ago.
    pub under_a_year: usize,
    /// A year ago or longer.
    pub older: usize,
}

/// How many provisions were last checked on each date.
pub(super) type Checks = BTreeMap<Option<PartialDate>, usize>;

impl Library {
    /// What the library holds.
    ///
    /// # Errors
    /// When the index fails.
    pub fn stats(&self) -> Result<Stats, SearchError> {
        let opened = self.current.load();
        let manifest = &opened.generation.manifest;
        let no_meaning = self.searcher(&opened).no_meaning();
        let documents = || opened.catalogue.documents();
        let region_of = |document: &Document| {
            let code = document.jurisdiction.as_ref()?;
            Some(opened.catalogue.jurisdiction(code)?.region.to_string())
        };
        let jurisdictions = opened.catalogue.jurisdictions();
        Ok(Stats {
            documents: manifest.counts.documents,
            provisions: manifest.counts.provisions,
            passages: manifest.counts.passages,
            problems: manifest.counts.problems,
            jurisdictions: opened.catalogue.jurisdictions().count(),
            jurisdictions_by_region: counted(jurisdictions.map(|one| one.region.to_string())),
            documents_by_kind: counted(documents().map(|one| one.kind.to_string())),
            documents_by_region: counted(documents().filter_map(|one| region_of(one))),
            documents_by_jurisdiction: counted(
                documents().filter_map(|one| one.jurisdiction.as_ref().map(ToString::to_string)),
            ),
            documents_by_language: counted(documents().map(|one| one.language.clone())),
            articles_by_model_law: documents().filter_map(|one| articles(one)).collect(),
            articles_by_topic: opened.by_topic(&Filters {
                kinds: vec![Kind::ModelLaw],
                ..Filters::default()
            })?,
            provisions_by: opened.everything()?,
            provisions_by_region_and_topic: opened.by_region_and_topic()?,
            provisions_by_check: by_age(opened.checks()?, today()),
            model: manifest
                .model
                .as_ref()
                .filter(|_| no_meaning.is_none())
                .map(|model| model.id.clone()),
            no_meaning,
            generation: opened.generation.number,
            built_at: manifest.built_at.clone(),
            corpus: manifest.corpus.clone(),
        })
    }
}

impl Opened {
    fn by_region_and_topic(&self) -> Result<BTreeMap<String, BTreeMap<String, usize>>, SearchError> {
        let row = |region: &Region| {
            let filters = Filters {
                regions: vec![*region],
                ..Filters::default()
            };
            Ok((region.to_string(), self.by_topic(&filters)?))
        };
        Region::ALL.iter().map(row).collect()
    }

    /// How many provisions that pass are about each topic; versions in other languages are not counted again.
    fn by_topic(&self, filters: &Filters) -> Result<BTreeMap<String, usize>, SearchError> {
        let keyword = &self.generation.keyword;
        let there = keyword.allowed(&Default::default(), filters)?.unwrap_or_default();
        let is_original = |ordinal: &u32| {
            let document = self.catalogue.document_of(*ordinal);
            document.is_some_and(|document| original_of(&document.id) == document.id)
        };
        let found = keyword
            .facets(&there.iter().filter(is_original).collect::<Vec<_>>())?
            .topic;
        let count = |topic: &Topic| found.get(topic.as_str()).copied().unwrap_or_default();
        Ok(Topic::ALL
            .iter()
            .map(|topic| (topic.to_string(), count(topic)))
            .collect())
    }

    fn checks(&self) -> Result<&Checks, SearchError> {
        if let Some(checks) = self.checks.get() {
            return Ok(checks);
        }
        let mut checks = Checks::new();
        for ordinal in 0..self.generation.keyword.len() as u32 {
            let provision = self.generation.keyword.record(ordinal)?;
            // Nobody reads up the articles of our own model laws anywhere.
            if provision.kind == Kind::ModelLaw {
                continue;
            }
            let of_document = || self.catalogue.document_of(ordinal)?.checked;
            let last = provision.sources.iter().filter_map(|source| source.checked).max();
            *checks.entry(last.or_else(of_document)).or_default() += 1;
        }
        Ok(self.checks.get_or_init(|| checks))
    }
}

/// How often each value occurs.
fn counted(values: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

/// Identifier and number of articles of a model law; none of its versions in other languages.
fn articles(document: &Document) -> Option<(String, usize)> {
    let original = document.kind == Kind::ModelLaw && original_of(&document.id) == document.id;
    let articles = document.contents.iter().filter(|entry| entry.id != document.id).count();
    original.then(|| (document.id.clone(), articles))
}

/// A date known to the month or year is taken at its latest: nothing is called old that may not be.
fn by_age(checks: &Checks, today: Date) -> ChecksByAge {
    let year_ago = today.saturating_sub(jiff::Span::new().years(1));
    let mut ages = ChecksByAge::default();
    for (date, count) in checks {
        match date {
            None => ages.not_recorded += count,
            Some(date) if date.latest() > year_ago => ages.under_a_year += count,
            Some(_) => ages.older += count,
        }
    }
    ages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_ages_on_its_day() {
        let on = |date: &str| {
            let checks = Checks::from([(Some(date.parse().unwrap()), 1)]);
            by_age(&checks, Date::constant(2026, 2, 28))
        };
        assert_eq!(on("2025-03-01").under_a_year, 1);
        assert_eq!(on("2025-02-28").older, 1);
        assert_eq!(on("2025").under_a_year, 1);
        assert_eq!(by_age(&Checks::from([(None, 2)]), today()).not_recorded, 2);
    }
}
