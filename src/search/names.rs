//! Laws and cases called by their name in a query: `Computer Misuse and Cybercrimes Act`, `DSA`.

use std::collections::HashMap;
use std::sync::Arc;

use crate::corpus::{Details, Document};

/// Words a query is looked through for names; what comes later is no name.
const MOST_WORDS: usize = 200;

/// One name of one document.
struct Name {
    words: Vec<String>,
    /// An abbreviation of one word, which has to be written in the same case: `IT`, not `it`.
    as_written: bool,
    document: usize,
}

/// The names of all documents.
#[derive(Default)]
pub struct Names {
    by_first_word: HashMap<String, Vec<Name>>,
}

impl Names {
    /// Collects titles, titles in other languages and abbreviations. Notes on a jurisdiction are left out: a country in a
    /// query asks for its law, not for the note that bears its name.
    pub fn of(documents: &[Arc<Document>]) -> Self {
        let mut names = Self::default();
        for (at, document) in documents.iter().enumerate() {
            if matches!(document.details, Details::Jurisdiction) {
                continue;
            }
            names.add_title(at, &document.title);
            if let Some(original) = &document.title_original {
                names.add_title(at, original);
            }
            if let Details::Law(law) = &document.details {
                law.abbreviations
                    .iter()
                    .for_each(|short| names.add_abbreviation(at, short));
            }
        }
        names
    }

    fn add_title(&mut self, document: usize, title: &str) {
        let whole = words(title);
        // Brackets, numbers and years are often left out: `Sexual Offences Act 2003`, `… Act, 2018 (No. 5 of 2018)`.
        let outside = title.split(['(', '[', ',']).next().unwrap_or_default();
        let mut short = words(outside);
        while short.last().is_some_and(|word| word.chars().all(|c| c.is_numeric())) {
            short.pop();
        }
        if short != whole {
            self.add(document, short, false);
        }
        self.add(document, whole, false);
    }

    fn add_abbreviation(&mut self, document: usize, short: &str) {
        let written: Vec<String> = cut(short).map(str::to_owned).collect();
        match written.as_slice() {
            [one] if one.chars().count() >= 3 && one.chars().any(char::is_uppercase) => {
                self.add(document, written, true)
            }
            [_] | [] => {}
            _ => self.add(document, words(short), false),
        }
    }

    fn add(&mut self, document: usize, words: Vec<String>, as_written: bool) {
        if !as_written && words.len() < 2 {
            return;
        }
        if let Some(first) = words.first().map(|word| word.to_lowercase()) {
            self.by_first_word.entry(first).or_default().push(Name {
                words,
                as_written,
                document,
            });
        }
    }

    /// Documents that the query calls by name, and the words of the query that are no part of a name. Of names inside
    /// one another the longest counts.
    pub fn called(&self, query: &str) -> Called {
        let written: Vec<&str> = cut(query).take(MOST_WORDS).collect();
        let lower: Vec<String> = written.iter().map(|word| word.to_lowercase()).collect();
        let (mut documents, mut other, mut at) = (Vec::new(), Vec::new(), 0);
        while at < written.len() {
            let begin_here = self.by_first_word.get(&lower[at]).map_or(&[][..], Vec::as_slice);
            let fits = |name: &&Name| {
                let length = name.words.len();
                at + length <= written.len()
                    && if name.as_written {
                        name.words.iter().zip(&written[at..]).all(|(a, b)| a == b)
                    } else {
                        name.words == lower[at..at + length]
                    }
            };
            let longest = begin_here.iter().filter(fits).map(|name| name.words.len()).max();
            match longest {
                Some(length) => {
                    let found = begin_here.iter().filter(fits).filter(|name| name.words.len() == length);
                    documents.extend(found.map(|name| name.document));
                    at += length;
                }
                None => {
                    other.push(lower[at].clone());
                    at += 1;
                }
            }
        }
        documents.sort_unstable();
        documents.dedup();
        Called { documents, other }
    }
}

/// What [`Names::called`] found.
#[derive(Debug, Default, PartialEq)]
pub struct Called {
    /// Positions of the documents called by name.
    pub documents: Vec<usize>,
    /// The remaining words, in small letters.
    pub other: Vec<String>,
}

fn cut(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
}

fn words(text: &str) -> Vec<String> {
    cut(text).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[(&str, bool)]) -> Names {
        let mut names = Names::default();
        for (at, (name, short)) in list.iter().enumerate() {
            if *short {
                names.add_abbreviation(at, name);
            } else {
                names.add_title(at, name);
            }
        }
        names
    }

    #[test]
    fn finds_titles_and_abbreviations_and_leaves_the_rest() {
        let names = names(&[
            ("Computer Misuse and Cybercrimes Act, 2018 (No. 5 of 2018)", false),
            ("DSA", true),
            ("Penal Code", false),
            ("Penal Code of Elsewhere", false),
            ("it", true),
        ]);
        let called = names.called("s 27 Computer Misuse and Cybercrimes ACT harassment");
        assert_eq!(called.documents, [0]);
        assert_eq!(called.other, ["s", "27", "harassment"]);
        assert_eq!(names.called("DSA art 16").documents, [1]);
        assert_eq!(names.called("dsa, it").documents, Vec::<usize>::new());
        assert_eq!(names.called("penal code of elsewhere").documents, [3]);
        assert_eq!(names.called("").documents, Vec::<usize>::new());
    }
}
