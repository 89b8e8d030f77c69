//! Which provisions are comparable, how closely, and why: curated facts first, meaning second.

use serde::Serialize;

use crate::law::closed_list;
use crate::law::{Element, Provision, Topic};

closed_list! {
    /// How closely two provisions may be compared.
    Degree, "degree" {
        /// Both are about the topic and state the same element.
        SameElementAndTopic = "same element and topic",
        /// Both are about the topic.
        SameTopic = "same topic",
        /// Joined by their wording or meaning only: a proposal.
        SimilarWording = "similar wording",
        /// Joined by their wording or meaning only, and not closely: a proposal.
        Weak = "weak",
    }
}

/// How far the likeness of two texts must stand out, in standard deviations over the whole index, for similar wording.
const SIMILAR_FROM: f32 = 2.5;
/// And for a weak proposal.
const WEAK_FROM: f32 = 2.0;

/// How far up the search must have found a provision by both legs for similar wording.
const SIMILAR_PLACE: usize = 20;
/// And by one of them for a weak proposal.
const WEAK_PLACE: usize = 60;

/// A provision of one jurisdiction that is comparable with the subject of the grid.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Comparable {
    /// Its identifier, described in the grid's `provisions`.
    pub provision: String,
    /// How closely.
    pub degree: Degree,
    /// Why, in words.
    pub reason: String,
    /// Cosine of its text and that of the subject, where both have vectors.
    pub similarity: Option<f32>,
    /// Joined by wording or meaning alone: for a person to judge. It fills no cell.
    pub proposed: bool,
}

/// A provision that the facts join with the subject. `elements` are those compared: all rows, or those that the reference
/// states.
pub(super) fn curated(
    provision: &Provision,
    topics: &[Topic],
    elements: &[Element],
    similarity: Option<f32>,
) -> Comparable {
    let shared = |words: Vec<String>| words.join(", ");
    let stated: Vec<String> = elements
        .iter()
        .filter(|element| provision.elements.contains_key(element))
        .map(|element| element.as_str().replace('_', " "))
        .collect();
    let about = shared(
        topics
            .iter()
            .filter(|topic| provision.topics.contains(topic))
            .map(|topic| topic.label())
            .collect(),
    );
    let (degree, reason) = if stated.is_empty() {
        (
            Degree::SameTopic,
            format!("on {about}; states none of the elements compared"),
        )
    } else {
        (
            Degree::SameElementAndTopic,
            format!("on {about}; states {}", shared(stated)),
        )
    };
    Comparable {
        provision: provision.id.clone(),
        degree,
        reason,
        similarity,
        proposed: false,
    }
}

/// A provision that only its text joins with that of another, if it stands out enough.
pub(super) fn by_likeness(provision: &Provision, similarity: f32, deviations: f32) -> Option<Comparable> {
    let degree = match deviations {
        far if far >= SIMILAR_FROM => Degree::SimilarWording,
        far if far >= WEAK_FROM => Degree::Weak,
        _ => return None,
    };
    Some(Comparable {
        provision: provision.id.clone(),
        degree,
        reason: format!(
            "not on the topic; its text is near in meaning (cosine {similarity:.3}, {deviations:.1} standard deviations above the mean)"
        ),
        similarity: Some(similarity),
        proposed: true,
    })
}

/// A provision found by the words of the question, by one leg of the search or both; none where it was found far down.
pub(super) fn by_words(
    provision: &Provision,
    by_words: Option<usize>,
    by_meaning: Option<(usize, f32)>,
) -> Option<Comparable> {
    let best = by_words.into_iter().chain(by_meaning.map(|(place, _)| place)).min()?;
    let legs = match (by_words, by_meaning) {
        (Some(words), Some((meaning, _))) => format!("its words (place {words}) and by meaning (place {meaning})"),
        (Some(words), None) => format!("its words alone (place {words})"),
        (None, Some((meaning, _))) => format!("meaning alone (place {meaning})"),
        (None, None) => return None,
    };
    let both = by_words.is_some() && by_meaning.is_some();
    let degree = match best {
        high if both && high <= SIMILAR_PLACE => Degree::SimilarWording,
        high if high <= WEAK_PLACE => Degree::Weak,
        _ => return None,
    };
    Some(Comparable {
        provision: provision.id.clone(),
        degree,
        reason: format!("not on the topic; found by {legs}"),
        similarity: by_meaning.map(|(_, cosine)| cosine),
        proposed: true,
    })
}
