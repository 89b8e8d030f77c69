//! Words of a text in order, and patterns of words that are looked for in them.
//!
//! A pattern is written as its words, folded as the text is: `share*|publish* … image*`. `|` parts words of which one
//! suffices, `*` stands for any ending, `…` for a few words between. A pattern lies within one sentence.

use std::collections::HashMap;
use std::ops::Range;

use crate::index::keyword::Analyzer;

/// Words that `…` may stand for.
const GAP: usize = 6;
/// Letters by which patterns are found.
const KEY: usize = 3;

/// A word of a text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// In small letters without diacritics; in Arabic also without what is written together with it, shortest last.
    forms: Vec<String>,
    /// Place in the text, in bytes.
    pub range: Range<usize>,
    /// Number of its sentence.
    pub sentence: usize,
}

impl Word {
    /// As it stands, folded.
    pub fn term(&self) -> &str {
        &self.forms[0]
    }

    /// Whether one of its forms is in a list.
    pub fn is_one_of(&self, list: &[&str]) -> bool {
        self.forms.iter().any(|form| list.contains(&form.as_str()))
    }

    /// Its forms.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.forms.iter().map(String::as_str)
    }
}

/// A text cut into words and sentences.
pub(super) struct Words<'t> {
    /// The text.
    pub text: &'t str,
    /// Its words in order.
    pub words: Vec<Word>,
}

impl<'t> Words<'t> {
    /// Cuts a text.
    pub fn of(text: &'t str) -> Self {
        let (mut words, mut sentence, mut last) = (Vec::<Word>::new(), 0, 0);
        for found in Analyzer::surface().terms_at(text) {
            if ends_sentence(text.get(last..found.range.start).unwrap_or_default()) && !words.is_empty() {
                sentence += 1;
            }
            last = last.max(found.range.end);
            words.push(Word {
                forms: forms(found.term),
                range: found.range,
                sentence,
            });
        }
        Self { text, words }
    }

    /// What stands between a word and the next.
    pub fn gap_after(&self, at: usize) -> &'t str {
        let from = self.words.get(at).map_or(0, |word| word.range.end);
        let to = self.words.get(at + 1).map_or(self.text.len(), |word| word.range.start);
        self.text.get(from..to).unwrap_or_default()
    }

    /// What stands between a word and the one before it.
    pub fn gap_before(&self, at: usize) -> &'t str {
        match at {
            0 => self
                .text
                .get(..self.words.first().map_or(0, |word| word.range.start))
                .unwrap_or_default(),
            _ => self.gap_after(at - 1),
        }
    }

    /// Place of some words in the text, in bytes.
    pub fn place(&self, words: &Range<usize>) -> Range<usize> {
        let start = self.words.get(words.start).map_or(0, |word| word.range.start);
        let end = words.end.checked_sub(1).and_then(|last| self.words.get(last));
        start..end.map_or(start, |word| word.range.end).max(start)
    }

    /// The words of the sentence that a word stands in.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        let own = self.words.get(at).map_or(0, |word| word.sentence);
        let from = self.words.partition_point(|word| word.sentence < own);
        let to = self.words.partition_point(|word| word.sentence <= own);
        from..to
    }
}

/// Whether a sentence ends in what stands between two words: a mark and a space, a blank line, or the next item of a list.
fn ends_sentence(gap: &str) -> bool {
    if gap.len() < 2 {
        return false;
    }
    let mark = gap.find(['.', ';', '؛', '?', '!', '؟', '。']);
    let followed = mark.is_some_and(|at| gap[at..].chars().nth(1).is_none_or(char::is_whitespace));
    followed || gap.contains("\n\n") || gap.contains("\n(") || gap.contains("\n-") || gap.contains("\n*")
}

/// Arabic writes conjunctions, prepositions and the article together with the word.
fn forms(term: String) -> Vec<String> {
    let is_arabic = term
        .chars()
        .next()
        .is_some_and(|c| ('\u{620}'..='\u{64a}').contains(&c));
    let mut forms = vec![term];
    if !is_arabic {
        return forms;
    }
    for (leading, fewest) in [(&["و", "ف"][..], 2), (&["ب", "ك", "ل"], KEY), (&["ال", "ل"], KEY)] {
        let last = forms.last().map_or("", String::as_str);
        let shorter = leading.iter().find_map(|prefix| last.strip_prefix(prefix));
        if let Some(shorter) = shorter.filter(|rest| rest.chars().count() >= fewest).map(str::to_owned) {
            forms.push(shorter);
        }
    }
    forms
}

enum Item {
    /// One of these words; those that end in `*` with any ending.
    OneOf(Vec<(String, bool)>),
    /// Up to [`GAP`] words.
    Gap,
}

struct Pattern {
    items: Vec<Item>,
    tag: usize,
}

/// Patterns, each with a number that says what it means.
#[derive(Default)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    by_key: HashMap<String, Vec<usize>>,
}

/// Where a pattern was found: the words, and its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub words: Range<usize>,
    pub tag: usize,
}

impl Patterns {
    /// Reads patterns with their numbers.
    pub fn of<'p>(written: impl IntoIterator<Item = (&'p str, usize)>) -> Self {
        let (surface, mut all) = (Analyzer::surface(), Self::default());
        for (text, tag) in written {
            let items: Vec<Item> = text.split_whitespace().map(|word| item(word, &surface)).collect();
            if let Some(Item::OneOf(first)) = items.first() {
                let mut keys: Vec<String> = first.iter().map(|(word, _)| key(word)).collect();
                keys.sort_unstable();
                keys.dedup();
                for key in keys {
                    all.by_key.entry(key).or_default().push(all.patterns.len());
                }
                all.patterns.push(Pattern { items, tag });
            }
        }
        all
    }

    /// Every match in a text, in order.
    pub fn find(&self, text: &Words<'_>) -> Vec<Match> {
        self.find_in(text, 0..text.words.len())
    }

    /// Every match that begins among some words.
    pub fn find_in(&self, text: &Words<'_>, within: Range<usize>) -> Vec<Match> {
        let mut found = Vec::new();
        for at in within {
            let Some(word) = text.words.get(at) else { break };
            let mut tried: Vec<usize> = Vec::new();
            for form in word.forms() {
                for pattern in self.by_key.get(&key(form)).into_iter().flatten() {
                    if tried.contains(pattern) {
                        continue;
                    }
                    tried.push(*pattern);
                    if let Some(end) = ends(&self.patterns[*pattern].items, text, at, word.sentence) {
                        found.push(Match {
                            words: at..end,
                            tag: self.patterns[*pattern].tag,
                        });
                    }
                }
            }
        }
        found
    }
}

/// The word behind the match of items that begins at a word.
fn ends(items: &[Item], text: &Words<'_>, at: usize, sentence: usize) -> Option<usize> {
    match items {
        [] => Some(at),
        [Item::Gap, rest @ ..] => (at..=at + GAP).find_map(|next| ends(rest, text, next, sentence)),
        [Item::OneOf(words), rest @ ..] => {
            let word = text.words.get(at).filter(|word| word.sentence == sentence)?;
            let fits = |(wanted, open): &(String, bool)| {
                word.forms().any(|form| {
                    if *open {
                        form.starts_with(wanted.as_str())
                    } else {
                        form == wanted
                    }
                })
            };
            words
                .iter()
                .any(fits)
                .then(|| ends(rest, text, at + 1, sentence))
                .flatten()
        }
    }
}

fn item(word: &str, surface: &Analyzer) -> Item {
    if word == "…" {
        return Item::Gap;
    }
    let one = |word: &str| {
        let (bare, open) = word.strip_suffix('*').map_or((word, false), |bare| (bare, true));
        (surface.terms(bare).concat(), open)
    };
    Item::OneOf(word.split('|').map(one).collect())
}

/// First letters; patterns with an open word have at least as many.
fn key(word: &str) -> String {
    word.chars().take(KEY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let words = Words::of(text);
        let patterns = Patterns::of([(pattern, 0)]);
        let matches = patterns.find(&words);
        matches
            .iter()
            .map(|found| text[words.place(&found.words)].to_owned())
            .collect()
    }

    #[test]
    fn finds_words_within_a_sentence() {
        assert_eq!(
            found("threat* … share|publish", "He threatens her to publish it."),
            ["threatens her to publish"]
        );
        assert_eq!(
            found("threat* … share", "He threatens. They share."),
            Vec::<String>::new()
        );
        assert_eq!(
            found("d emprisonnement", "deux ans d’emprisonnement"),
            ["d’emprisonnement"]
        );
        assert_eq!(found("حبس", "يعاقب بالحبس والغرامة"), ["بالحبس"]);
        assert_eq!(found("غرامة", "يعاقب بالحبس والغرامة"), ["والغرامة"]);
        assert_eq!(found("imagen intima", "una IMAGEN Íntima"), ["IMAGEN Íntima"]);
    }

    proptest! {
        #[test]
        fn matches_lie_in_the_text(text in ".{0,80}") {
            let words = Words::of(&text);
            for found in Patterns::of([("a*|b*|ال*|the … of", 0)]).find(&words) {
                prop_assert!(text.get(words.place(&found.words)).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
