//! What an opened library answers when countries are compared.

use super::{Library, Opened};
use crate::compare::{CompareError, Facts, Grid, GridRequest, Subject, Timeline};
use crate::law::{Topic, today};
use crate::search::SearchError;

impl Library {
    /// Comparable provisions of any number of jurisdictions in one grid.
    ///
    /// # Errors
    /// When something asked for does not exist, the words are too long, or the index or model fails.
    pub fn compare(&self, request: &GridRequest) -> Result<Grid, CompareError> {
        if let Subject::Words(words) = &request.subject {
            self.limits.check_query(words)?;
        }
        let opened = self.current.load();
        crate::compare::assemble(request, opened.facts()?, &self.searcher(&opened), today())
    }

    /// When which jurisdiction provided what on a topic first.
    ///
    /// # Errors
    /// When the index fails.
    pub fn timeline(&self, topic: Topic) -> Result<Timeline, SearchError> {
        let opened = self.current.load();
        let generation = &opened.generation;
        let version = (generation.number, generation.manifest.corpus.clone());
        let jurisdictions = opened.catalogue.jurisdictions();
        Ok(crate::compare::timeline(
            topic,
            opened.facts()?,
            jurisdictions,
            version,
            today(),
        ))
    }
}

impl Opened {
    /// What grids read. Two that ask at once may both make it; one of the two is kept.
    pub(super) fn facts(&self) -> Result<&Facts, SearchError> {
        if let Some(facts) = self.facts.get() {
            return Ok(facts);
        }
        let facts = Facts::of(&self.generation.keyword, &self.catalogue)?;
        Ok(self.facts.get_or_init(|| facts))
    }
}
