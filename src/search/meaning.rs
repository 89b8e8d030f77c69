//! The leg by meaning: the vector of the question, the topics it is near to, and the provisions that stand out from the ground.

use std::time::Instant;

use crate::index::Filters;
use crate::index::vector::Neighbour;
use crate::search::searcher::milliseconds;
use crate::search::{Plan, Question, SearchError, Searcher, Took, expand, topics};

impl Searcher<'_> {
    /// The provisions near to a question, nearest first; tells the plan which topics it is near to.
    pub(super) fn by_meaning(
        &self,
        (question, plan): (&Question, &mut Plan),
        filters: &Filters,
        candidates: usize,
        took: &mut Took,
    ) -> Result<Vec<Neighbour>, SearchError> {
        let (Some(embedder), Some(vectors)) = (self.embedder, self.generation.vectors.as_deref()) else {
            return Ok(Vec::new());
        };
        let begun = Instant::now();
        let query = embedder.embed_query(&expand::for_model(question, self.catalogue))?;
        took.embed = milliseconds(begun);
        let begun = Instant::now();
        // Whoever calls a topic by its label is on the subject.
        let mut is_on_subject = question.is_widened;
        let labels = self.generation.labels.as_deref();
        if let Some(labels) = labels.filter(|labels| question.may_widen && !labels.is_empty()) {
            let (shares, nearest) = topics::by_meaning(&query, labels, &self.catalogue.taxonomy, self.tuning)?;
            plan.topics = topics::joined(std::mem::take(&mut plan.topics), shares);
            is_on_subject |= nearest >= self.tuning.label_floor;
        }
        let allowed = self.generation.keyword.allowed(&plan.query, filters)?;
        let mut near = vectors.nearest(&query, allowed.as_ref(), candidates)?;
        let best = match &allowed {
            // Whether a query is on the subject does not depend on the filters.
            Some(_) => vectors.nearest(&query, None, 1)?,
            None => near.iter().take(1).copied().collect(),
        };
        let best = best.first().map_or(0.0, |neighbour| neighbour.similarity);
        let floor = self.floor(best, &query, embedder.id(), is_on_subject);
        near.retain(|neighbour| neighbour.similarity >= floor);
        took.vector = milliseconds(begun);
        Ok(near)
    }

    /// The cosine from which a provision is a semantic hit; infinite where the query is not on the subject of the index.
    fn floor(&self, best: f32, query: &[f32], model: &str, is_on_subject: bool) -> f32 {
        let tuning = self.tuning;
        let Some(background) = &self.catalogue.background else {
            return f32::NEG_INFINITY;
        };
        let spread = background.spread(query);
        if spread.deviation == 0.0 {
            return f32::NEG_INFINITY;
        }
        let is_measured = !tuning.floor_model.is_empty() && model.starts_with(&tuning.floor_model);
        let stands_out = is_on_subject || best + tuning.subject_spread * spread.deviation >= tuning.subject_floor;
        if is_measured && !stands_out {
            return f32::INFINITY;
        }
        spread.mean + tuning.deviation_floor * spread.deviation
    }
}
