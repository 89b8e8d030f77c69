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
    /// A query is on the subject of the index if its best cosine plus `subject_spread` standard deviations of its cosines
    /// reaches this; otherwise it has no semantic hits at all. 0 lets every query through. A question lost is worse than
    /// nonsense answered: at 0.885, 1 of 24 real questions is lost and 4 of 15 off the subject pass; at 0.90, 5 and 3.
    pub subject_floor: f32,
    /// A question is on the subject, too, if a label of a topic is as near to it as this.
    pub label_floor: f32,
    /// What a standard deviation counts for beside the best cosine.
    pub subject_spread: f32,
    /// The model whose cosines `subject_floor` was measured with, by the beginning of its name; it is not applied to others.
    pub floor_model: String,
    /// How many standard deviations above the mean of the whole index a semantic hit must stand.
    pub deviation_floor: f32,
    /// What a topic that the question calls adds to the keyword score of each provision on it.
    pub topic_weight: f32,
    /// What a word of that topic's label and definition counts for, as a share of a word of the question.
    pub label_weight: f32,
    /// By what share the score of a provision grows if it is on the topic of the question, called by a label or near in
    /// meaning.
    pub topic_boost: f32,
    /// Difference of cosines by which a topic's share falls to a third: the smaller, the more the nearest topic counts.
    pub topic_temperature: f32,
    /// Share of known words from which unknown ones are taken for misspelt.
    pub spelling_share: f32,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            candidates: 200,
            rrf_constant: 5.0,
            keyword_weight: 1.0,
            vector_weight: 1.0,
            unknown_share: 0.5,
            subject_floor: 0.885,
            label_floor: 0.885,
            subject_spread: 5.0,
            floor_model: "multilingual-e5-small".to_owned(),
            deviation_floor: 1.5,
            topic_weight: 2.0,
            label_weight: 0.3,
            topic_boost: 4.0,
            topic_temperature: 0.008,
            spelling_share: 0.5,
        }
    }
}
