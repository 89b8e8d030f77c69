//! Sheets: one country or one topic on a page, gathered from grids, notes and decisions.

use jiff::civil::Date;

use crate::compare::{CompareError, Grid, GridRequest, Subject};
use crate::corpus::{Details, Document};
use crate::export::{CountrySheet, Decision, NotePassage, Sheet, TopicSheet};
use crate::law::{Code, Jurisdiction, Kind, PartialDate, Provision, Topic, nearest, today};
use crate::library::{Library, Opened};
use crate::search::SearchError;

/// Codes and topics proposed for one that does not exist.
const NEAR: usize = 3;

impl Library {
    /// The sheet of a country, by code or English name, or of a topic; law as of a day, or today.
    ///
    /// # Errors
    /// When there is no such country or topic, or the index fails.
    pub fn sheet(&self, of: &str, as_of: Option<Date>) -> Result<Sheet, CompareError> {
        let opened = self.current.load();
        let day = as_of.unwrap_or_else(today);
        if let Ok(topic) = of.parse::<Topic>() {
            return Ok(Sheet::Topic(Box::new(self.topic_sheet(&opened, topic, day)?)));
        }
        let is_it = |known: &&Jurisdiction| {
            known.code.as_str().eq_ignore_ascii_case(of.trim()) || known.name.eq_ignore_ascii_case(of.trim())
        };
        let found = opened.catalogue.jurisdictions().find(is_it).cloned();
        let jurisdiction = found.ok_or_else(|| opened.neither(of))?;
        Ok(Sheet::Country(Box::new(self.country_sheet(
            &opened,
            jurisdiction,
            day,
        )?)))
    }

    fn topic_sheet(&self, opened: &Opened, topic: Topic, day: Date) -> Result<TopicSheet, CompareError> {
        let grid = self.grid_of(opened, Subject::Topics(vec![topic]), None, day)?;
        let english = opened
            .catalogue
            .taxonomy
            .concept(topic.as_str())
            .and_then(|concept| concept.labels.get("en"));
        Ok(TopicSheet {
            topic,
            label: english.map_or_else(|| topic.label(), |labels| labels.preferred.clone()),
            definition: english.map(|labels| labels.definition.clone()).unwrap_or_default(),
            decisions: opened.decisions(|_, provision| provision.topics.contains(&topic))?,
            as_of: PartialDate::Day(day),
            generation: grid.generation,
            corpus: grid.corpus.clone(),
            grid,
        })
    }

    fn country_sheet(&self, opened: &Opened, of: Jurisdiction, day: Date) -> Result<CountrySheet, CompareError> {
        let one = |subject| self.grid_of(opened, subject, Some(&of.code), day);
        let grids: Vec<(Topic, Grid)> = Topic::ALL
            .iter()
            .map(|topic| Ok((*topic, one(Subject::Topics(vec![*topic]))?)))
            .collect::<Result<_, CompareError>>()?;
        let models = opened.facts()?.models();
        let models = models
            .iter()
            .map(|model| one(Subject::ModelLaw(model.document.id.clone())))
            .collect::<Result<_, _>>()?;
        let is_part = |known: &&Jurisdiction| known.code.as_str().starts_with(&format!("{}-", of.code));
        let (noted, open): (Vec<_>, Vec<_>) = grids
            .into_iter()
            .partition(|(_, grid)| grid.columns.iter().any(|column| column.noted > 0));
        let generation = &opened.generation;
        Ok(CountrySheet {
            parts: opened
                .catalogue
                .jurisdictions()
                .filter(is_part)
                .map(|part| part.code.clone())
                .collect(),
            notes: opened.notes_on(&of.code)?,
            topics: noted.into_iter().map(|(_, grid)| grid).collect(),
            not_collected: open.into_iter().map(|(topic, _)| topic).collect(),
            models,
            decisions: opened.decisions(|document, _| document.jurisdiction.as_ref() == Some(&of.code))?,
            as_of: PartialDate::Day(day),
            generation: generation.number,
            corpus: generation.manifest.corpus.clone(),
            jurisdiction: of,
        })
    }

    /// The grid of all jurisdictions, or of one without its parts.
    fn grid_of(&self, opened: &Opened, subject: Subject, of: Option<&Code>, day: Date) -> Result<Grid, CompareError> {
        let mut request = GridRequest::about(subject).of_jurisdictions(of.into_iter().cloned().collect());
        request.as_of = Some(day);
        let mut grid = crate::compare::assemble(&request, opened.facts()?, &self.searcher(opened), today())?;
        if let Some(code) = of {
            grid.keep_only(code);
        }
        Ok(grid)
    }
}

impl Opened {
    /// The refusal of what is neither a code nor a topic, with those written most alike.
    fn neither(&self, given: &str) -> CompareError {
        let names: Vec<(&str, String)> = self
            .catalogue
            .jurisdictions()
            .flat_map(|one| {
                [
                    (one.name.as_str(), one.code.to_string()),
                    (one.code.as_str(), one.code.to_string()),
                ]
            })
            .chain(Topic::ALL.iter().map(|topic| (topic.as_str(), topic.to_string())))
            .collect();
        let written: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
        let near = nearest(given, &written);
        let near = names
            .iter()
            .filter(|(name, _)| Some(*name) == near)
            .map(|(_, id)| id.clone());
        CompareError::UnknownSheet {
            given: given.chars().filter(|c| !c.is_control()).take(60).collect(),
            near: near.take(NEAR).collect(),
        }
    }

    /// The passages of the note on a jurisdiction.
    fn notes_on(&self, code: &Code) -> Result<Vec<NotePassage>, SearchError> {
        let is_note = |document: &&std::sync::Arc<Document>| {
            document.kind == Kind::Jurisdiction
                && document.jurisdiction.as_ref() == Some(code)
                && !document.id.contains('.')
        };
        let Some(note) = self.catalogue.documents().find(is_note) else {
            return Ok(Vec::new());
        };
        let passage = |ordinal| {
            let provision = self.generation.keyword.record(ordinal)?;
            Ok(NotePassage {
                id: provision.id,
                heading: provision.heading,
                text: provision.text,
                sources: provision.sources,
            })
        };
        self.catalogue.ordinals_of(&note.id).map(passage).collect()
    }

    /// Decisions that are wanted, the newest first.
    fn decisions(&self, wanted: impl Fn(&Document, &Provision) -> bool) -> Result<Vec<Decision>, SearchError> {
        let mut decisions = Vec::new();
        let originals = self.catalogue.documents().filter(|document| !document.id.contains('.'));
        for document in originals {
            let Details::Judgment(judgment) = &document.details else {
                continue;
            };
            let Some(ordinal) = self.catalogue.ordinals_of(&document.id).next() else {
                continue;
            };
            let provision = self.generation.keyword.record(ordinal)?;
            if !wanted(document, &provision) {
                continue;
            }
            decisions.push(Decision {
                id: document.id.clone(),
                title: document.title.clone(),
                jurisdiction: document.jurisdiction.clone(),
                court: judgment.court.clone(),
                date: judgment.date,
                citation: judgment.citation.clone(),
                outcome: judgment.outcome.clone(),
                holding: holding(&provision.text),
                topics: provision.topics,
                confidence: provision.confidence,
                sources: provision.sources,
            });
        }
        decisions.sort_by(|a, b| b.date.cmp(&a.date).then(a.id.cmp(&b.id)));
        Ok(decisions)
    }
}

/// What a decision held, out of the text of its note, whose parts stand behind their headings.
fn holding(text: &str) -> String {
    let part = text.split("\n\n").find_map(|part| part.strip_prefix("Holding: "));
    part.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_holding_alone() {
        assert_eq!(holding("Facts: a.\n\nHolding: b.\n\nSignificance: c."), "b.");
        assert_eq!(holding("no parts"), "");
    }
}
