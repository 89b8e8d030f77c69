//! The named settings of ranking, with the defaults that were measured.

use serde::{Deserialize, Serialize};

/// Settings of ranking. The defaults were chosen on legal test sets in several languages; see the changelog.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tuning {
    /// How many provisions each leg hands to the fusion.
    pub candidates: usize,
    /// Constant of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009 use 60).
    pub rrf_constant: f32,
    /// Weight of the keyword leg when the index knows every word of the query.
    pub keyword_weight: f32,
    /// Weight of the vector leg.
    pub vector_weight: f32,
    /// Share of unknown words at which the keyword leg has lost its weight.
    pub unknown_share: f32,
    /// Cosine similarity below which a provision is not a semantic hit.
    pub similarity_floor: f32,
    /// How many standard deviations above the mean of the whole index a semantic hit must stand.
    pub deviation_floor: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            candidates: 200,
            rrf_constant: 10.0,
            keyword_weight: 1.0,
            vector_weight: 1.0,
            unknown_share: 0.7,
            similarity_floor: 0.80,
            deviation_floor: 2.0,
        }
    }
}
