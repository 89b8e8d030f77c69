//! Words kept, left out and put in, from one text to the other.

use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::Place;
use crate::index::keyword::{Analyzer, TermAt};
use crate::law::closed_list;

/// Longest texts, in words, that are compared as a whole: Myers' algorithm takes as many steps as the texts are long, times
/// as many as they differ.
const MOST_WORDS: usize = 6_000;

closed_list! {
    /// What became of some words.
    DifferenceKind, "kind of difference" {
        /// They stand in both.
        Same = "same",
        /// They stand in the first alone.
        LeftOut = "left out",
        /// They stand in the second alone.
        PutIn = "put in",
    }
}

/// Words of one text or both.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Difference {
    /// What became of them.
    pub kind: DifferenceKind,
    /// Where they stand in the first text.
    pub a: Option<Place>,
    /// Where they stand in the second.
    pub b: Option<Place>,
    /// The words: as the second text has them, or the first where they are left out.
    pub words: String,
}

/// The second text against the first; none where they are too long. Case and diacritics make no difference.
pub(super) fn differences(a: &str, b: &str) -> Option<Vec<Difference>> {
    let (old, new) = (Side::of(a), Side::of(b));
    if old.words.len() > MOST_WORDS || new.words.len() > MOST_WORDS {
        return None;
    }
    let terms = |side: &Side<'_>| side.words.iter().map(|word| word.term.clone()).collect::<Vec<_>>();
    let mut all = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &terms(&old), &terms(&new)) {
        match op {
            DiffOp::Equal {
                old_index,
                new_index,
                len,
            } => all.push(Difference {
                kind: DifferenceKind::Same,
                a: Some(old.place(old_index..old_index + len)),
                b: Some(new.place(new_index..new_index + len)),
                words: new.words_of(new_index..new_index + len),
            }),
            DiffOp::Delete { old_index, old_len, .. } => all.push(left_out(&old, old_index..old_index + old_len)),
            DiffOp::Insert { new_index, new_len, .. } => all.push(put_in(&new, new_index..new_index + new_len)),
            DiffOp::Replace {
                old_index,
                old_len,
                new_index,
                new_len,
            } => {
                all.push(left_out(&old, old_index..old_index + old_len));
                all.push(put_in(&new, new_index..new_index + new_len));
            }
        }
    }
    Some(all)
}

fn left_out(side: &Side<'_>, words: Range<usize>) -> Difference {
    Difference {
        kind: DifferenceKind::LeftOut,
        a: Some(side.place(words.clone())),
        b: None,
        words: side.words_of(words),
    }
}

fn put_in(side: &Side<'_>, words: Range<usize>) -> Difference {
    Difference {
        kind: DifferenceKind::PutIn,
        a: None,
        b: Some(side.place(words.clone())),
        words: side.words_of(words),
    }
}

/// A text with its words.
pub(super) struct Side<'t> {
    pub text: &'t str,
    pub words: Vec<TermAt>,
    starts: Vec<usize>,
}

impl<'t> Side<'t> {
    /// Every word of a text.
    pub fn of(text: &'t str) -> Self {
        Self {
            text,
            words: Analyzer::surface().terms_at(text),
            starts: text.char_indices().map(|(at, _)| at).collect(),
        }
    }

    fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let start = self.words.get(words.start).map_or(0, |word| word.range.start);
        let last = words.end.checked_sub(1).and_then(|last| self.words.get(last));
        start..last.map_or(start, |word| word.range.end).max(start)
    }

    /// Where words stand, in characters.
    pub fn place(&self, words: Range<usize>) -> Place {
        let bytes = self.bytes(words);
        let at = |byte: usize| self.starts.partition_point(|start| *start < byte);
        Place {
            start: at(bytes.start),
            end: at(bytes.end),
        }
    }

    /// Words as they stand in the text.
    pub fn words_of(&self, words: Range<usize>) -> String {
        self.text.get(self.bytes(words)).unwrap_or_default().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_words_apart() {
        let all = differences(
            "No one may share an intimate image.",
            "No person may share any intimate image",
        )
        .unwrap();
        let told: Vec<(&str, &str)> = all.iter().map(|one| (one.kind.as_str(), one.words.as_str())).collect();
        assert_eq!(
            told,
            [
                ("same", "No"),
                ("left out", "one"),
                ("put in", "person"),
                ("same", "may share"),
                ("left out", "an"),
                ("put in", "any"),
                ("same", "intimate image"),
            ]
        );
        let arabic = differences("يعاقب كل من نشر صورة", "يعاقب كل من بث صورة").unwrap();
        assert_eq!(arabic.len(), 4);
    }
}
