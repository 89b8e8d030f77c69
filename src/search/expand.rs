//! What a query gains by the topics that it calls: provisions on the topic are found by words too, in whatever language the
//! question is, and stand before those that merely share a word with it.

use crate::index::keyword::{Analyzer, Clause, Occur, TopicClause};
use crate::law::Taxonomy;
use crate::search::query::Parsed;
use crate::search::{CalledTopic, Catalogue, Question};

/// A concept with more topics than this below it is the subject of the whole corpus, and tells nothing apart.
const MOST_TOPICS: usize = 8;

/// Whether a query may be widened: plain words only. Whoever writes phrases, operators or fields wants just these.
pub(super) fn is_plain(parsed: &Parsed) -> bool {
    let clauses = &parsed.query.root.clauses;
    clauses
        .iter()
        .all(|(occur, clause)| *occur == Occur::Should && matches!(clause, Clause::Word(_) | Clause::Reference { .. }))
}

/// Whether a concept is more than the subject of the whole corpus.
pub(super) fn tells_apart(topic: &CalledTopic, taxonomy: &Taxonomy) -> bool {
    taxonomy.topics(&topic.id).len() <= MOST_TOPICS
}

/// One clause for each topic called: the topic, and the words of its label and definition in the `main` language of the index and
/// in the language in which it was called that the query lacks.
pub(super) fn clauses(question: &Question, taxonomy: &Taxonomy, words: &[&str], main: &str) -> Vec<Clause> {
    let clause = |topic: &CalledTopic| {
        let mut added: Vec<String> = Vec::new();
        for language in [main, topic.language.as_str()] {
            let analyzer = Analyzer::of(language);
            let own: Vec<String> = words.iter().flat_map(|word| analyzer.terms(word)).collect();
            let labels = taxonomy
                .concept(&topic.id)
                .and_then(|concept| concept.labels.get(language));
            let told = labels.map_or_else(String::new, |labels| {
                format!("{} {}", labels.preferred, labels.definition)
            });
            let lacking = analyzer
                .terms_at(&told)
                .into_iter()
                .filter(|term| !own.contains(&term.term));
            for word in lacking.map(|term| told[term.range].to_lowercase()) {
                if !added.contains(&word) {
                    added.push(word);
                }
            }
        }
        let topics = taxonomy.topics(&topic.id);
        Clause::Topic(TopicClause {
            topics: topics.iter().map(ToString::to_string).collect(),
            words: added,
        })
    };
    question
        .topics
        .iter()
        .filter(|topic| question.is_widened && tells_apart(topic, taxonomy))
        .map(clause)
        .collect()
}

/// The text that the model reads: the question, and the English labels of topics that it calls in another language, since
/// most texts are in English.
pub(super) fn for_model(question: &Question, catalogue: &Catalogue) -> String {
    let mut text = question.parsed.plain.clone();
    for topic in question
        .topics
        .iter()
        .filter(|topic| question.is_widened && topic.language != "en")
    {
        if let Some(concept) = catalogue.taxonomy.concept(&topic.id) {
            text.push_str(" — ");
            text.push_str(concept.preferred("en"));
        }
    }
    text
}

/// Whether a word stands in a label by which a topic is called: then it is understood, even if no text has it.
pub(super) fn covers(question: &Question, word: &str) -> bool {
    let mut spans = question.topics.iter().map(|topic| &question.text[topic.range.clone()]);
    question.is_widened && spans.any(|span| span.contains(word))
}

/// What is said of labels that the field advises against.
pub(super) fn notes(called: &[CalledTopic]) -> impl Iterator<Item = String> {
    called.iter().filter(|topic| topic.rejected).map(|topic| {
        format!(
            "“{}” is a term that the field advises against; the topic is called “{}”.",
            topic.label, topic.preferred
        )
    })
}
