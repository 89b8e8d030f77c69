//! Texts that are not in the index, set against it by meaning: what a draft is near to.

use crate::index::BitSet;
use crate::search::topics::{self, TopicShare};
use crate::search::{Alike, SearchError, Searcher};

impl Searcher<'_> {
    /// The vectors of texts, in their order; empty where search by meaning is not available.
    ///
    /// # Errors
    /// When the model fails.
    pub fn vectors_of(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, SearchError> {
        match self.embedder.filter(|_| self.no_meaning().is_none()) {
            Some(embedder) if !texts.is_empty() => Ok(embedder.embed_passages(texts)?),
            _ => Ok(Vec::new()),
        }
    }

    /// Provisions of `allowed` by likeness to a vector, most alike first.
    ///
    /// # Errors
    /// When the vector does not fit the index.
    pub fn near(&self, vector: &[f32], allowed: &BitSet, depth: usize) -> Result<Vec<Alike>, SearchError> {
        let Some(vectors) = self.generation.vectors.as_deref() else {
            return Ok(Vec::new());
        };
        let spread = self
            .catalogue
            .background
            .as_ref()
            .map(|background| background.spread(vector));
        let deviations = |similarity: f32| match spread {
            Some(spread) if spread.deviation > 0.0 => (similarity - spread.mean) / spread.deviation,
            _ => 0.0,
        };
        let near = vectors.nearest(vector, Some(allowed), depth)?;
        let alike = near.into_iter().map(|near| Alike {
            ordinal: near.ordinal,
            similarity: near.similarity,
            deviations: deviations(near.similarity),
        });
        Ok(alike.collect())
    }

    /// The topics that a vector lies near to, with their shares, largest first.
    ///
    /// # Errors
    /// When the vector does not fit the labels.
    pub fn topics_near(&self, vector: &[f32]) -> Result<Vec<TopicShare>, SearchError> {
        match self.generation.labels.as_deref().filter(|labels| !labels.is_empty()) {
            Some(labels) => {
                let (shares, _) = topics::by_meaning(vector, labels, &self.catalogue.taxonomy, self.tuning)?;
                Ok(shares)
            }
            None => Ok(Vec::new()),
        }
    }
}
