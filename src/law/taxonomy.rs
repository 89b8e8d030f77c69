//! The taxonomy: what the topics mean, what they are called in six languages, and where they stand in other frameworks.
//!
//! Modelled on SKOS (W3C Simple Knowledge Organization System): a concept has one preferred label in each language, any
//! number of alternative ones, broader and narrower concepts, and matches in other schemes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::closed_list::closed_list;
use super::topic::Topic;

closed_list! {
    /// How a concept matches something in another framework, seen from the concept (SKOS mapping properties).
    Relation, "relation" {
        /// The same.
        Exact = "exact",
        /// So alike that one may stand for the other in most uses.
        Close = "close",
        /// The other is broader.
        Broad = "broad",
        /// The other is narrower.
        Narrow = "narrow",
        /// They belong together otherwise.
        Related = "related",
    }
}

/// The languages in which every concept has a label and a definition (BCP 47).
pub const TAXONOMY_LANGUAGES: [&str; 6] = ["en", "fr", "es", "pt", "ar", "sw"];

/// What a concept is called in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Labels {
    /// The label to use.
    pub preferred: String,
    /// What it means, in a sentence or two.
    pub definition: String,
    /// Other words for it: of laws, of those who work with it, of those to whom it happens.
    pub alternative: Vec<String>,
    /// Words that people search by and the field advises against.
    pub rejected: Vec<String>,
}

/// A place of a concept in another framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Match {
    /// Identifier of the provision or document of the corpus.
    pub to: String,
    /// How the two match.
    pub relation: Relation,
}

/// One concept: a topic of the closed list, or a group of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Concept {
    /// Its name, `intimate-image-abuse`; that of the topic where it is one.
    pub id: String,
    /// The concept above it; none for the one on top.
    pub broader: Option<String>,
    /// Concepts that belong to it otherwise.
    pub related: Vec<String>,
    /// What it is called, by language.
    pub labels: BTreeMap<String, Labels>,
    /// What belongs here and what elsewhere, as plain paragraphs in English.
    pub scope_note: String,
    /// Its places in other frameworks.
    pub crosswalk: Vec<Match>,
}

impl Concept {
    /// The topic of the closed list that it is; none for a group of topics.
    pub fn topic(&self) -> Option<Topic> {
        self.id.parse().ok()
    }

    /// A topic of which nothing is known but its name.
    pub fn bare(topic: Topic) -> Self {
        let labels = Labels {
            preferred: topic.label(),
            ..Labels::default()
        };
        Self {
            id: topic.to_string(),
            broader: None,
            related: Vec::new(),
            labels: BTreeMap::from([("en".to_owned(), labels)]),
            scope_note: String::new(),
            crosswalk: Vec::new(),
        }
    }

    /// Every label and definition, in all languages.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.labels.values().flat_map(|labels| {
            let own = [&labels.preferred, &labels.definition];
            own.into_iter()
                .chain(&labels.alternative)
                .chain(&labels.rejected)
                .map(String::as_str)
        })
    }

    /// The preferred label in a language, or the English one, or the name.
    pub fn preferred(&self, language: &str) -> &str {
        let labels = self.labels.get(language).or_else(|| self.labels.get("en"));
        labels.map_or(&self.id, |labels| &labels.preferred)
    }
}

/// The concepts, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Taxonomy {
    /// Every concept.
    pub concepts: Vec<Concept>,
}

impl Taxonomy {
    /// A concept by name.
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.concepts.iter().find(|concept| concept.id == id)
    }

    /// The concepts directly below one, in the order of their names.
    pub fn narrower<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Concept> {
        self.concepts
            .iter()
            .filter(move |concept| concept.broader.as_deref() == Some(id))
    }

    /// The topics of the closed list that a concept is or has below it.
    pub fn topics(&self, id: &str) -> Vec<Topic> {
        let (mut topics, mut open, mut seen) = (Vec::new(), vec![id], Vec::new());
        while let Some(id) = open.pop().filter(|id| !seen.contains(id)) {
            seen.push(id);
            topics.extend(id.parse::<Topic>());
            open.extend(self.narrower(id).map(|concept| concept.id.as_str()));
        }
        topics.sort_unstable();
        topics
    }
}
