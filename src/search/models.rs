//! Articles of model laws stand beside the law, never among it; and of several language versions one is shown.

use std::collections::HashSet;

use crate::index::Filters;
use crate::index::keyword::{Clause, FieldName};
use crate::law::Kind;
use crate::search::{Found, Hit, Legs, Question, SearchError, Searcher};

/// Most model articles shown beside the hits.
const MOST: usize = 3;
/// Model articles among which they are chosen.
const LOOKED_AT: usize = 20;

impl Searcher<'_> {
    /// Whether articles of model laws are kept apart: unless they are asked for, by kind or by name.
    pub(super) fn keeps_models_apart(&self, question: &Question, filters: &Filters) -> bool {
        let Some(models) = &self.catalogue.models else {
            return false;
        };
        let by_field = |clause: &&Clause| matches!(clause, Clause::Field(FieldName::Kind | FieldName::Id, _));
        let by_name = || {
            let called = self.catalogue.names.called(&question.text);
            let mut documents = called
                .documents
                .iter()
                .filter_map(|at| self.catalogue.documents().nth(*at));
            documents.any(|document| document.kind == Kind::ModelLaw)
        };
        // Who asks for nothing is shown everything.
        !question.parsed.query.is_empty()
            && !models.is_empty()
            && filters.kinds.is_empty()
            && !question.parsed.query.wanted().iter().any(by_field)
            && !by_name()
    }

    /// Parts what the legs found into law and model articles, each leg in its order.
    pub(super) fn parted(&self, legs: Legs) -> (Legs, Legs) {
        let is_model = |ordinal: u32| {
            self.catalogue
                .models
                .as_ref()
                .is_some_and(|models| models.contains(ordinal))
        };
        let (mut law, mut models) = (Legs::default(), Legs::default());
        (models.keyword.hits, law.keyword.hits) = legs.keyword.hits.into_iter().partition(|hit| is_model(hit.0));
        (models.vector, law.vector) = legs.vector.into_iter().partition(|near| is_model(near.ordinal));
        (models.reference, law.reference) = legs.reference.into_iter().partition(|(ordinal, _)| is_model(*ordinal));
        law.places = legs.places;
        (law, models)
    }

    /// Of several language versions of a provision the first in an order.
    pub(super) fn one_version_each(&self, order: &mut Vec<(u32, f32)>) {
        if self.catalogue.originals.is_empty() {
            return;
        }
        let mut seen = HashSet::new();
        order.retain(|(ordinal, _)| seen.insert(self.catalogue.originals.get(ordinal).copied().unwrap_or(*ordinal)));
    }

    /// The best model articles as hits, those whose first topic is that of the question before others; each in the language
    /// of the question, if there is such a version, else as it was drafted.
    pub(super) fn model_hits(
        &self,
        question: &Question,
        found: &Found,
        filters: &Filters,
    ) -> Result<Vec<Hit>, SearchError> {
        let keyword = &self.generation.keyword;
        let highlighter = keyword.highlighter(&found.plan.query);
        let language = question.language();
        let share = |ordinal: &u32| {
            let first = self.catalogue.first_topics.get(ordinal);
            let topics = found.plan.topics.iter().find(|one| Some(&one.topic) == first);
            topics.map_or(0.0, |one| one.share)
        };
        let mut articles: Vec<(f32, f32, u32)> = found
            .models
            .iter()
            .take(LOOKED_AT)
            .map(|(ordinal, score)| (share(ordinal), *score, *ordinal))
            .collect();
        articles.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
        let hit = |(at, (_, score, ordinal)): (usize, (f32, f32, u32))| {
            let provision = keyword.record(self.version_of(ordinal, language))?;
            let snippet = highlighter.snippet(&provision.text, &provision.language);
            let mut hit = self.bare_hit(provision, snippet, filters);
            (hit.rank, hit.score) = (at + 1, score);
            Ok(hit)
        };
        articles.into_iter().take(MOST).enumerate().map(hit).collect()
    }

    /// The version of a provision in a language, if the index holds one, else the original.
    fn version_of(&self, ordinal: u32, language: Option<&str>) -> u32 {
        let original = self.catalogue.originals.get(&ordinal).copied().unwrap_or(ordinal);
        let originals = &self.catalogue.originals;
        let mut versions = originals
            .iter()
            .filter(|(_, of)| **of == original)
            .map(|(version, _)| *version);
        let is_in = |version: &u32| {
            let document = self.catalogue.document_of(*version);
            document.is_some_and(|document| Some(document.language.as_str()) == language)
        };
        versions.find(is_in).unwrap_or(original)
    }
}
