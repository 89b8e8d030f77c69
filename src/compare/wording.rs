//! Two texts word by word: what was copied, what was adapted, and where they differ.
//!
//! In come two texts in one language, out come passages that stand in both, with places in each, and the differences word by
//! word. Passages are found by runs of three words that both texts have (endings and small words aside), which are joined
//! while they follow one another in both; so the time grows with the length of the texts, not with its square.
//! - `reuse.rs`: passages; `differences.rs`: words kept, left out and put in

mod differences;
mod reuse;

use serde::Serialize;

use crate::index::keyword::Analyzer;
use crate::law::closed_list;

pub use differences::{Difference, DifferenceKind};
pub use reuse::passages;

/// A place in a text, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Place {
    /// Where it begins.
    pub start: usize,
    /// Where it ends, the end not included.
    pub end: usize,
}

closed_list! {
    /// How a passage came from one text into the other.
    Reuse, "kind of reuse" {
        /// Word by word.
        Copied = "copied",
        /// With changes.
        Adapted = "adapted",
    }
}

/// A passage that stands in both texts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Passage {
    /// Copied or adapted.
    pub reuse: Reuse,
    /// Where in the first text.
    pub a: Place,
    /// Where in the second.
    pub b: Place,
    /// The words in the first text.
    pub a_words: String,
    /// The words in the second.
    pub b_words: String,
    /// Share of the words of both that are the same, 0 to 1.
    pub likeness: f32,
}

/// One text of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct ComparedText {
    /// Identifier of its provision.
    pub id: String,
    /// Title of its law or model law.
    pub title: String,
    /// Its pinpoint.
    pub pinpoint: Option<String>,
    /// Its language.
    pub language: String,
    /// The text to which all places refer.
    pub text: String,
}

/// Two texts word by word.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Wording {
    /// The first text.
    pub a: ComparedText,
    /// The second.
    pub b: ComparedText,
    /// Passages that stand in both, in the order of the first.
    pub passages: Vec<Passage>,
    /// Share of the first text's words in these passages, 0 to 1.
    pub share_of_a: f32,
    /// Share of the second's.
    pub share_of_b: f32,
    /// The second text against the first, word by word; empty where the texts are too long for it.
    pub differences: Vec<Difference>,
    /// What the reader should know.
    pub notes: Vec<String>,
}

/// Sets two texts against one another. They are to be in one language; the caller refuses others.
pub fn wording(a: ComparedText, b: ComparedText) -> Wording {
    let passages = reuse::passages(&a.text, &b.text, &a.language);
    let (differences, note) = match differences::differences(&a.text, &b.text) {
        Some(differences) => (differences, None),
        None => {
            let note =
                "The texts are too long to be set against one another word by word as a whole; their passages are.";
            (Vec::new(), Some(note.to_owned()))
        }
    };
    Wording {
        share_of_a: share(&a.text, passages.iter().map(|passage| passage.a)),
        share_of_b: share(&b.text, passages.iter().map(|passage| passage.b)),
        passages,
        differences,
        notes: note.into_iter().collect(),
        a,
        b,
    }
}

/// Share of a text's words that lie in places, which may overlap.
fn share(text: &str, places: impl Iterator<Item = Place>) -> f32 {
    let mut places: Vec<Place> = places.collect();
    places.sort_by_key(|place| place.start);
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let (mut all, mut within, mut next) = (0_usize, 0_usize, 0);
    for word in Analyzer::surface().terms_at(text) {
        let at = starts.partition_point(|start| *start < word.range.start);
        all += 1;
        while places.get(next).is_some_and(|place| place.end <= at) {
            next += 1;
        }
        within += usize::from(places.get(next).is_some_and(|place| place.start <= at));
    }
    if all == 0 {
        0.0
    } else {
        (1000.0 * within as f32 / all as f32).round() / 1000.0
    }
}
