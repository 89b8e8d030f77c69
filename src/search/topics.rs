//! How far a question is on each topic: called by a label, or near in meaning to one.
//!
//! A question in everyday words shares none with the law, but it lies near to what people in the same situation say, and
//! that is what the alternative labels of the taxonomy are. Nearness is turned into shares that add up to 1.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::index::IndexError;
use crate::index::vector::VectorStore;
use crate::law::{Taxonomy, Topic};
use crate::search::expand::tells_apart;
use crate::search::{Catalogue, Question, Tuning};

/// A topic with the share of a question that is on it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct TopicShare {
    /// The topic.
    pub topic: Topic,
    /// 1 for a topic that is called by a label, parted among the topics of a group; by meaning, shares add up to 1.
    pub share: f32,
}

/// Shares below this say nothing.
const LEAST: f32 = 0.05;

/// Shares of the topics by the meaning of a question, largest first, and the cosine of the label that is nearest to it.
///
/// # Errors
/// When the vector of the question does not fit the labels.
pub(super) fn by_meaning(
    query: &[f32],
    labels: &dyn VectorStore,
    taxonomy: &Taxonomy,
    tuning: &Tuning,
) -> Result<(Vec<TopicShare>, f32), IndexError> {
    let near = labels.nearest(query, None, Topic::ALL.len())?;
    let best = near.first().map_or(0.0, |near| near.similarity);
    let weight = |similarity: f32| ((similarity - best) / tuning.topic_temperature.max(f32::EPSILON)).exp();
    let total: f32 = near.iter().map(|near| weight(near.similarity)).sum();
    let shares = near.iter().filter_map(|near| {
        let topic = taxonomy.concepts.get(near.ordinal as usize)?.topic()?;
        let share = weight(near.similarity) / total;
        (share >= LEAST).then_some(TopicShare { topic, share })
    });
    Ok((shares.collect(), best))
}

/// Shares of the topics that a question calls.
pub(super) fn called(question: &Question, taxonomy: &Taxonomy) -> Vec<TopicShare> {
    let mut shares = BTreeMap::new();
    for topic in question.topics.iter().filter(|topic| tells_apart(topic, taxonomy)) {
        let below = taxonomy.topics(&topic.id);
        let share = 1.0 / below.len().max(1) as f32;
        for topic in below {
            let known = shares.entry(topic).or_insert(share);
            *known = known.max(share);
        }
    }
    shares
        .into_iter()
        .map(|(topic, share)| TopicShare { topic, share })
        .collect()
}

/// Both lists, each topic with the larger of its shares, largest first.
pub(super) fn joined(called: Vec<TopicShare>, near: Vec<TopicShare>) -> Vec<TopicShare> {
    let mut shares: BTreeMap<Topic, f32> = BTreeMap::new();
    for one in called.into_iter().chain(near) {
        let known = shares.entry(one.topic).or_default();
        *known = known.max(one.share);
    }
    let mut shares: Vec<TopicShare> = shares
        .into_iter()
        .map(|(topic, share)| TopicShare { topic, share })
        .collect();
    shares.sort_by(|a, b| b.share.total_cmp(&a.share).then(a.topic.cmp(&b.topic)));
    shares
}

/// By what factor the score of a provision grows that is on these topics.
pub(super) fn boost(ordinal: u32, shares: &[TopicShare], catalogue: &Catalogue, tuning: &Tuning) -> f32 {
    let is_on = |topic: &Topic| catalogue.on_topic.get(topic).is_some_and(|set| set.contains(ordinal));
    let most = shares
        .iter()
        .filter(|one| is_on(&one.topic))
        .map(|one| one.share)
        .fold(0.0, f32::max);
    1.0 + tuning.topic_boost * most
}
