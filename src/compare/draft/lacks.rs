//! What a draft lacks, measured by the model articles that its provisions answer to.

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::against_model::Weights;
use crate::compare::draft::align::ArticleWords;
use crate::compare::draft::recognise::Recognised;
use crate::compare::draft::report::{AskedElement, AskedState, LackingArticle, MissingElement, SectionReport};
use crate::compare::facts::Facts;
use crate::compare::grid::ArticleName;
use crate::law::{Answer, Element, ElementValue, Topic};

/// Articles named of those that ask for an element.
const MOST_ASKING: usize = 4;

/// Whether an article asks that something be there. That there be no motive, no minimum and no complaint, a draft fulfils by
/// saying nothing.
fn asks(value: &ElementValue) -> bool {
    !matches!(
        value,
        ElementValue::Answer(Answer::No | Answer::Unclear) | ElementValue::Whole(0)
    )
}

/// Fills in what the nearest article of each provision asks for.
pub(super) fn ask(sections: &mut [SectionReport], facts: &Facts, weights: &Weights) {
    let stated: Vec<Vec<Recognised>> = sections.iter().map(|section| section.elements.clone()).collect();
    for (at, section) in sections.iter_mut().enumerate() {
        let nearest = section.articles.first().and_then(|one| facts.article(&one.article.id));
        let Some((_, article)) = nearest else { continue };
        let asked = article.provision.elements.iter().filter_map(|(element, value)| {
            let state = state(*element, value, at, &stated);
            let shown = asks(value) || state == AskedState::Differs;
            let elsewhere = (0..stated.len()).filter(|other| says(&stated[*other], *element).is_some());
            shown.then(|| AskedElement {
                element: *element,
                asked: value.clone(),
                weight: weights.of(*element),
                state,
                sections: elsewhere.map(|other| other + 1).collect(),
            })
        });
        section.asked = asked.collect();
    }
}

fn says(stated: &[Recognised], element: Element) -> Option<&Recognised> {
    stated.iter().find(|one| one.element == element)
}

fn state(element: Element, asked: &ElementValue, at: usize, stated: &[Vec<Recognised>]) -> AskedState {
    match says(&stated[at], element) {
        Some(own) => match (&own.value, asked) {
            (None, _) => AskedState::Unread,
            (Some(ElementValue::Answer(own)), ElementValue::Answer(asked)) if own != asked => AskedState::Differs,
            _ => AskedState::Stated,
        },
        None if stated.iter().any(|other| says(other, element).is_some()) => AskedState::Elsewhere,
        None => AskedState::NotRecognised,
    }
}

/// The model law that most provisions answer to: what it asks for, the draft may be expected to have.
fn chief_law(sections: &[SectionReport]) -> Option<&str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for article in sections.iter().filter_map(|section| section.articles.first()) {
        *counts.entry(law_of(&article.article.id)).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)))
        .map(|(law, _)| law)
}

fn law_of(article: &str) -> &str {
    article.split_once('#').map_or(article, |(law, _)| law)
}

/// Elements that no provision was seen to state, the weightiest first: those that the article of a provision asks for, and
/// those that only other articles of the chief model law do. One that another provision states is named there.
pub(super) fn elements(sections: &[SectionReport], facts: &Facts, weights: &Weights) -> Vec<MissingElement> {
    let mut missing: BTreeMap<Element, MissingElement> = BTreeMap::new();
    let mut add = |element: Element, section: Option<usize>, article: &str| {
        let one = missing.entry(element).or_insert_with(|| MissingElement {
            element,
            weight: weights.of(element),
            sections: Vec::new(),
            articles: Vec::new(),
        });
        one.sections.extend(section);
        if one.articles.len() < MOST_ASKING && !one.articles.iter().any(|known| known == article) {
            one.articles.push(article.to_owned());
        }
    };
    for section in sections {
        let Some(article) = section.articles.first() else {
            continue;
        };
        for asked in section.asked.iter().filter(|asked| is_open(asked)) {
            add(asked.element, Some(section.number), &article.article.id);
        }
    }
    let stated: BTreeSet<Element> = sections
        .iter()
        .flat_map(|section| &section.elements)
        .map(|one| one.element)
        .collect();
    let others = chief_law(sections)
        .and_then(|law| facts.model(law))
        .into_iter()
        .flat_map(|law| &law.articles);
    for article in others {
        let asked = article
            .provision
            .elements
            .iter()
            .filter(|(element, value)| asks(value) && !stated.contains(element));
        asked.for_each(|(element, _)| add(*element, None, &article.provision.id));
    }
    let mut missing: Vec<MissingElement> = missing.into_values().collect();
    missing.sort_by(|a, b| {
        b.weight
            .total_cmp(&a.weight)
            .then(b.sections.len().cmp(&a.sections.len()))
            .then(a.element.cmp(&b.element))
    });
    missing
}

/// What is not recognised; of what another provision states, only what each offence must say for itself.
fn is_open(asked: &AskedElement) -> bool {
    let of_its_own = matches!(
        asked.element,
        Element::ThreatCovered
            | Element::SyntheticCovered
            | Element::ConsentStandard
            | Element::MaxImprisonmentMonths
            | Element::RemovalDeadlineHours
    );
    match asked.state {
        AskedState::NotRecognised => true,
        AskedState::Elsewhere => of_its_own,
        _ => false,
    }
}

/// Articles that nothing in the draft answers to: those on its topics in the chief model law first, then the others of that
/// law, then those of other model laws on its topics, each by weight.
pub(super) fn articles(
    sections: &[SectionReport],
    topics: &[Topic],
    words: &ArticleWords<'_>,
    weights: &Weights,
) -> Vec<LackingArticle> {
    let answered: BTreeSet<&str> = sections
        .iter()
        .flat_map(|section| &section.articles)
        .map(|one| one.article.id.as_str())
        .collect();
    let chief = chief_law(sections);
    let open = words
        .articles()
        .filter(|held| !answered.contains(held.provision.id.as_str()));
    let mut lacking: Vec<LackingArticle> = open
        .map(|held| LackingArticle {
            article: ArticleName::of(held),
            topics: held.provision.topics.clone(),
            on_topic: held.provision.topics.iter().any(|topic| topics.contains(topic)),
            of_chief_law: chief == Some(held.document.id.as_str()),
            weight: held.provision.elements.keys().map(|element| weights.of(*element)).sum(),
        })
        .collect();
    let place = |one: &LackingArticle| match (one.of_chief_law, one.on_topic) {
        (true, true) => 0,
        (true, false) => 1,
        (false, true) => 2,
        (false, false) => 3,
    };
    lacking.sort_by(|a, b| {
        place(a)
            .cmp(&place(b))
            .then(b.weight.total_cmp(&a.weight))
            .then(a.article.id.cmp(&b.article.id))
    });
    lacking
}
