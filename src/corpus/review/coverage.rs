//! Is every element used by some article, and does every topic have a provision?

use super::Page;
use crate::corpus::problem::{Problem, Question};
use crate::law::{Element, Kind, Topic};

/// Elements that no article of a model law uses; silent while there is no model law.
pub(super) fn elements(pages: &[Page<'_>]) -> Vec<Problem> {
    let articles = || {
        let model = pages.iter().filter(|(document, _)| document.kind == Kind::ModelLaw);
        model.flat_map(|(_, provisions)| *provisions)
    };
    if articles().next().is_none() {
        return Vec::new();
    }
    let unused = Element::ALL
        .iter()
        .filter(|element| !articles().any(|article| article.elements.contains_key(element)));
    let say = |element: &Element| {
        let message = format!("no article of a model law uses the element `{element}`");
        let cure = "Add it to the article that requires it, so that countries can be compared by it";
        Problem::found(Question::UnusedElement, "model-laws/", 1, message, cure)
    };
    unused.map(say).collect()
}

/// Topics that no provision of a law or instrument is about.
pub(super) fn topics(pages: &[Page<'_>]) -> Vec<Problem> {
    let law = |kind| matches!(kind, Kind::Legislation | Kind::Instrument);
    let mut provisions = pages
        .iter()
        .filter(|(document, _)| law(document.kind))
        .flat_map(|(_, of)| *of);
    let mut empty: Vec<&Topic> = Topic::ALL.iter().collect();
    while let (false, Some(provision)) = (empty.is_empty(), provisions.next()) {
        empty.retain(|topic| !provision.topics.contains(topic));
    }
    let say = |topic: &Topic| {
        let message = format!("no provision of a law or instrument has the topic `{topic}`");
        let cure = "Look for a provision on it, and add the topic to those that deal with it";
        Problem::found(Question::EmptyTopic, "legislation/", 1, message, cure)
    };
    empty.into_iter().map(say).collect()
}
