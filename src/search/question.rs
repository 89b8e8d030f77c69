//! A question that has been read: its text, the tree for the keyword index, and the topics it calls.

use crate::index::keyword::language_of;
use crate::search::expand::is_plain;
use crate::search::query::{Parsed, parse};
use crate::search::{CalledTopic, Catalogue};

/// A question that has been read.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// As it was typed.
    pub text: String,
    /// The tree, and the words for the model.
    pub parsed: Parsed,
    /// Topics that it calls by a label.
    pub topics: Vec<CalledTopic>,
    /// Whether topics may widen it: they were not switched off, and it is made of plain words.
    pub may_widen: bool,
    /// Whether the topics that it calls widen it.
    pub is_widened: bool,
}

impl Question {
    /// Reads a question; where `widen` asks for it and the question is made of plain words, its topics widen it.
    pub fn read(text: &str, catalogue: &Catalogue, widen: bool) -> Self {
        let parsed = parse(text);
        let topics = catalogue.vocabulary.called(&catalogue.taxonomy, text);
        let may_widen = widen && is_plain(&parsed);
        Self {
            may_widen,
            is_widened: may_widen && !topics.is_empty(),
            text: text.to_owned(),
            parsed,
            topics,
        }
    }

    /// The language it seems to be in: that of the labels it calls, else the one whose small words it has.
    pub fn language(&self) -> Option<&str> {
        let called = self.topics.first().map(|topic| topic.language.as_str());
        called.or_else(|| language_of(self.parsed.query.words().into_iter()))
    }
}
