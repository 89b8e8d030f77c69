//! Snippets: the best window of a text for a query, and what to highlight in it.
//!
//! tantivy's own snippets know single terms only; these find words by their stems, phrases, prefixes and references, in
//! the stored text of any language.

use std::collections::HashMap;
use std::ops::Range;

use super::analysis::{Analyzer, TermAt};
use super::query::{Clause, Query};
use crate::law::references;

/// A piece of a text with the places that answer the query.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Snippet {
    /// The piece, cut at word boundaries, without ellipses.
    pub text: String,
    /// Where it begins in the whole text, in characters.
    pub offset: usize,
    /// What to highlight, in characters of `text`; in order, apart from one another.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<Vec<usize>>))]
    pub highlights: Vec<Range<usize>>,
}

/// How long a snippet is, in characters.
const WINDOW: usize = 240;

/// Finds in texts what a query asks for.
pub struct Highlighter {
    words: Vec<String>,
    phrases: Vec<Vec<String>>,
    prefixes: Vec<Vec<String>>,
    references: Vec<Vec<String>>,
    surface: Analyzer,
}

/// A place in a text and which wish of the query it answers.
struct Found {
    range: Range<usize>,
    wish: usize,
}

impl Highlighter {
    /// A highlighter for the wanted parts of a query.
    pub fn new(query: &Query) -> Self {
        let surface = Analyzer::surface();
        let mut made = Self {
            words: Vec::new(),
            phrases: Vec::new(),
            prefixes: Vec::new(),
            references: Vec::new(),
            surface,
        };
        for clause in query.wanted() {
            match clause {
                Clause::Word(word) => made.words.push(word.clone()),
                Clause::Phrase(text) => made.phrases.push(made.surface.terms(text)),
                Clause::Reference { tokens, text } => {
                    made.phrases.push(made.surface.terms(text));
                    made.references.push(tokens.clone());
                }
                Clause::Prefix(start) => made.prefixes.push(made.surface.terms(start)),
                Clause::Topic(topic) => made.words.extend(topic.words.iter().cloned()),
                Clause::Field(..) | Clause::Group(_) => {}
            }
        }
        made.phrases.retain(|phrase| !phrase.is_empty());
        made.prefixes.retain(|prefix| !prefix.is_empty());
        made
    }

    /// The best snippet of a whole text in a language.
    pub fn snippet(&self, text: &str, language: &str) -> Snippet {
        self.snippet_within(text, language, 0..text.len())
    }

    /// The best snippet inside the given bytes of a text; their beginning if nothing is found there.
    pub fn snippet_within(&self, text: &str, language: &str, passage: Range<usize>) -> Snippet {
        let passage = floor(text, passage.start)..floor(text, passage.end).max(floor(text, passage.start));
        let part = &text[passage.clone()];
        let found = self.find(part, language);
        let window = best_window(part, &found);
        let shown = &part[window.clone()];
        let mut highlights: Vec<Range<usize>> = Vec::new();
        for place in found
            .iter()
            .filter(|place| place.range.start >= window.start && place.range.end <= window.end)
        {
            let chars = |end: usize| part[window.start..end].chars().count();
            let range = chars(place.range.start)..chars(place.range.end);
            match highlights.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => highlights.push(range),
            }
        }
        let offset = text[..passage.start + window.start].chars().count();
        Snippet {
            text: shown.to_owned(),
            offset,
            highlights,
        }
    }

    /// Every place in a text that answers the query, in characters.
    pub fn highlights(&self, text: &str, language: &str) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        let (mut bytes, mut chars) = (0, 0);
        for Found { range, .. } in self.find(text, language) {
            chars += text[bytes..range.start].chars().count();
            bytes = range.start;
            let range = chars..chars + text[range].chars().count();
            match places.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => places.push(range),
            }
        }
        places
    }

    /// Places in bytes, in the order of their beginnings.
    fn find(&self, text: &str, language: &str) -> Vec<Found> {
        let mut found = Vec::new();
        let analyzer = Analyzer::of(language);
        let stems: Vec<Vec<String>> = self.words.iter().map(|word| analyzer.terms(word)).collect();
        // Stop words are highlighted only when nothing else was asked.
        let all_stop = stems.iter().all(Vec::is_empty);
        let (mut by_stem, mut by_form) = (HashMap::new(), HashMap::new());
        for (wish, (word, stems)) in self.words.iter().zip(&stems).enumerate() {
            for stem in stems {
                by_stem.entry(stem.as_str()).or_insert(wish);
            }
            if all_stop || !stems.is_empty() {
                for form in self.surface.terms(word) {
                    by_form.entry(form).or_insert(wish);
                }
            }
        }
        if !by_stem.is_empty() {
            let stems = analyzer.terms_at(text).into_iter();
            found.extend(stems.filter_map(|place| {
                Some(Found {
                    wish: *by_stem.get(place.term.as_str())?,
                    range: place.range,
                })
            }));
        }
        let surface = self.surface.terms_at(text);
        found.extend(surface.iter().filter_map(|place| {
            Some(Found {
                wish: *by_form.get(&place.term)?,
                range: place.range.clone(),
            })
        }));
        self.find_sequences(&surface, &mut found);
        self.find_references(text, &mut found);
        found.sort_by_key(|place| (place.range.start, place.range.end));
        found
    }

    /// Phrases, and prefixes whose last word is open.
    fn find_sequences(&self, surface: &[TermAt], found: &mut Vec<Found>) {
        let phrases = self.phrases.iter().map(|phrase| (phrase, false));
        let sequences = phrases.chain(self.prefixes.iter().map(|prefix| (prefix, true)));
        for (number, (terms, open)) in sequences.enumerate() {
            let last = terms.len() - 1;
            for here in surface.windows(terms.len()) {
                let fits = here.iter().zip(terms).enumerate().all(|(nth, (place, term))| {
                    place.term == *term || (open && nth == last && place.term.starts_with(term.as_str()))
                });
                if fits {
                    found.push(Found {
                        range: here[0].range.start..here[last].range.end,
                        wish: self.words.len() + number,
                    });
                }
            }
        }
    }

    /// References to the same place in whatever spelling.
    fn find_references(&self, text: &str, found: &mut Vec<Found>) {
        if self.references.is_empty() {
            return;
        }
        let first_wish = self.words.len() + self.phrases.len() + self.prefixes.len();
        for reference in references(text) {
            let same = |asked: &Vec<String>| asked.first().is_some_and(|first| reference.tokens.contains(first));
            if let Some(number) = self.references.iter().position(same) {
                found.push(Found {
                    range: reference.range,
                    wish: first_wish + number,
                });
            }
        }
    }
}

/// The largest boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The window with most different wishes, then most places, then the earliest; cut at word boundaries.
fn best_window(text: &str, found: &[Found]) -> Range<usize> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let chars = starts.len() - 1;
    if chars <= WINDOW {
        return 0..text.len();
    }
    let char_of = |byte: usize| starts.partition_point(|start| *start < byte);
    let mut best = (0, 0, 0, 0);
    let mut last = 0;
    for (first, place) in found.iter().enumerate() {
        let limit = char_of(place.range.start) + WINDOW;
        last = last.max(first);
        while last < found.len() && char_of(found[last].range.end) <= limit {
            last += 1;
        }
        let mut wishes: Vec<usize> = found[first..last].iter().map(|place| place.wish).collect();
        let places = wishes.len();
        wishes.sort_unstable();
        wishes.dedup();
        if (wishes.len(), places) > (best.0, best.1) {
            best = (wishes.len(), places, first, last);
        }
    }
    let (_, _, first, last) = best;
    if last == 0 {
        return 0..word_end(text, starts[WINDOW]);
    }
    // What is found stands in the middle of the window.
    let (from, to) = (char_of(found[first].range.start), char_of(found[last - 1].range.end));
    let lead = WINDOW.saturating_sub(to.saturating_sub(from)) / 2;
    let from = from.saturating_sub(lead).min(chars - WINDOW);
    let begin = if from == 0 {
        0
    } else {
        word_start(text, starts[from]).min(found[first].range.start)
    };
    let end = word_end(text, starts[(from + WINDOW).min(chars)]).max(found[last - 1].range.end);
    begin..end
}

/// How far a boundary may be looked for; longer stretches have no spaces (Chinese, Thai) and are cut anywhere.
const REACH: usize = 60;

/// The next beginning of a word at or after a place.
fn word_start(text: &str, at: usize) -> usize {
    if text[..at].ends_with(char::is_whitespace) {
        return at;
    }
    text[at..]
        .char_indices()
        .take(REACH)
        .find(|(_, c)| c.is_whitespace())
        .map_or(at, |(gap, c)| at + gap + c.len_utf8())
}

/// The last end of a word at or before a place.
fn word_end(text: &str, at: usize) -> usize {
    if at == text.len() || text[at..].starts_with(char::is_whitespace) {
        return at;
    }
    text[..at]
        .char_indices()
        .rev()
        .take(REACH)
        .find(|(_, c)| c.is_whitespace())
        .map_or(at, |(gap, _)| gap)
}

#[cfg(test)]
mod tests {
    use super::super::query::{Group, Occur};
    use super::*;

    fn marked(clauses: Vec<Clause>, text: &str, language: &str) -> Vec<String> {
        let clauses = clauses.into_iter().map(|clause| (Occur::Should, clause)).collect();
        let highlighter = Highlighter::new(&Query {
            root: Group { clauses },
        });
        let snippet = highlighter.snippet(text, language);
        let chars: Vec<char> = snippet.text.chars().collect();
        let whole: Vec<char> = text.chars().collect();
        assert_eq!(whole[snippet.offset..snippet.offset + chars.len()], chars);
        snippet
            .highlights
            .into_iter()
            .map(|range| chars[range].iter().collect())
            .collect()
    }

    #[test]
    fn words_phrases_and_prefixes_in_any_language() {
        let word = |text: &str| Clause::Word(text.into());
        assert_eq!(
            marked(
                vec![word("distribution"), word("the")],
                "He distributes the images.",
                "en"
            ),
            ["distributes"]
        );
        assert_eq!(
            marked(
                vec![Clause::Phrase("intimate image".into())],
                "An intimate, image. An image.",
                "en"
            ),
            ["intimate, image"]
        );
        assert_eq!(
            marked(vec![Clause::Prefix("depict".into())], "Who depicts; depiction.", "en"),
            ["depicts", "depiction"]
        );
        assert_eq!(marked(vec![word("صورة")], "كل من نشر صورًا خاصة", "ar"), ["صورًا"]);
        let section = Clause::Reference {
            tokens: vec!["s:37".into()],
            text: "s 37".into(),
        };
        assert_eq!(marked(vec![section], "Under section 37 or s 38.", "en"), ["section 37"]);
        assert_eq!(
            marked(vec![word("個人情報")], "この法律は個人情報を保護する", "ja"),
            ["個人情報"]
        );
    }

    #[test]
    fn the_window_goes_to_the_richest_place() {
        let text = format!(
            "{} image {} threat of an image {}",
            "word ".repeat(100),
            "word ".repeat(100),
            "word ".repeat(100)
        );
        let highlighter = Highlighter::new(&Query::of_words("image threat"));
        let snippet = highlighter.snippet(&text, "en");
        assert!(
            snippet.text.contains("threat of an image") && snippet.text.chars().count() <= WINDOW,
            "{}",
            snippet.text
        );
        assert!(
            snippet.text.starts_with("word ") && snippet.text.ends_with(" word"),
            "{}",
            snippet.text
        );
        assert_eq!(highlighter.snippet_within(&text, "en", 700..900).highlights.len(), 0);
    }

    #[test]
    fn without_a_match_the_beginning_is_shown() {
        let text = "word ".repeat(100);
        let snippet = Highlighter::new(&Query::of_words("zebra")).snippet_within(&text, "en", 50..400);
        assert_eq!((snippet.offset, snippet.highlights.len()), (50, 0));
        assert!(snippet.text.chars().count() > 200);
    }

    proptest::proptest! {
        #[test]
        fn never_fails(text in "\\PC{0,400}", query in "\\PC{0,20}", start in 0_usize..500, end in 0_usize..500) {
            let highlighter = Highlighter::new(&Query::of_words(&query));
            let snippet = highlighter.snippet_within(&text, "en", start..end);
            let length = snippet.text.chars().count();
            proptest::prop_assert!(snippet.highlights.iter().all(|range| range.start < range.end && range.end <= length));
            highlighter.highlights(&text, "th");
        }
    }
}
