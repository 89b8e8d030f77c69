//! What to look at in a draft, in sentences, each with the model article or the countries that it rests on.

use crate::compare::draft::report::{
    AskedElement, AskedState, LackingArticle, MissingElement, SectionReport, Suggestion, Unusual,
};
use crate::compare::draft::unusual::said;
use crate::compare::rows::label;
use crate::compare::value::{Extreme, unit};
use crate::law::{Code, ElementValue};
use crate::search::Catalogue;

/// Missing articles that become suggestions, of those on the draft's topics and of the others; the list has all.
const MOST_ARTICLES: usize = 8;
/// Countries named at the end of a range.
const MOST_HOLDERS: usize = 3;
/// What a value that stands out counts for: as much as an offence's reach.
const UNUSUAL: f64 = 3.0;

/// The suggestions, the weightiest first.
pub(super) fn suggestions(
    sections: &[SectionReport],
    articles: &[LackingArticle],
    elements: &[MissingElement],
    unusual: &[Unusual],
    catalogue: &Catalogue,
) -> Vec<Suggestion> {
    let of_chief_law = |on_topic: bool| {
        let those = articles
            .iter()
            .filter(move |one| one.of_chief_law && one.on_topic == on_topic);
        those.take(MOST_ARTICLES)
    };
    let mut all: Vec<Suggestion> = of_chief_law(true).chain(of_chief_law(false)).map(on_article).collect();
    for section in sections {
        let asked = section
            .asked
            .iter()
            .filter_map(|asked| on_element(section, asked, elements));
        all.extend(asked);
    }
    all.extend(
        unusual
            .iter()
            .map(|one| on_unusual(&sections[one.section - 1], one, catalogue)),
    );
    all.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    all
}

fn on_article(one: &LackingArticle) -> Suggestion {
    Suggestion {
        section: None,
        article: Some(one.article.id.clone()),
        element: None,
        text: format!(
            "Nothing in the draft was found to answer to {} of the model law ({}).",
            one.article.pinpoint.as_deref().unwrap_or(&one.article.heading),
            one.article.heading
        ),
        weight: one.weight,
    }
}

/// What to say of an element that the article of a provision asks for; nothing where it is there.
fn on_element(section: &SectionReport, asked: &AskedElement, elements: &[MissingElement]) -> Option<Suggestion> {
    let article = &section.articles.first()?.article;
    let at = article.pinpoint.as_deref().unwrap_or("the model article");
    let (name, what, wanted) = (name(section), label(asked.element), wanted(asked));
    let text = match asked.state {
        AskedState::NotRecognised if names(elements, asked, section) => {
            format!("{name}: {what} was not recognised anywhere in the draft; {at} has {wanted}.")
        }
        AskedState::Elsewhere if names(elements, asked, section) => {
            format!("{name}: {what} was recognised in another provision only; {at} has {wanted} for this one.")
        }
        AskedState::Differs => format!("{name}: {what} is said otherwise than in {at}, which has {wanted}."),
        AskedState::Unread => {
            format!("{name}: {what} is named, and could not be read for certain; {at} has {wanted}.")
        }
        _ => return None,
    };
    Some(Suggestion {
        section: Some(section.number),
        article: Some(article.id.clone()),
        element: Some(asked.element),
        text,
        weight: asked.weight,
    })
}

fn on_unusual(section: &SectionReport, one: &Unusual, catalogue: &Catalogue) -> Suggestion {
    Suggestion {
        section: Some(one.section),
        article: section.articles.first().map(|one| one.article.id.clone()),
        element: Some(one.element),
        text: format!(
            "{}: {} of {} stands out: {}; lowest {}, highest {}.",
            name(section),
            label(one.element),
            said(one.element, &one.value),
            one.reason,
            holders(&one.range.minimum, catalogue),
            holders(&one.range.maximum, catalogue)
        ),
        weight: UNUSUAL,
    }
}

fn names(elements: &[MissingElement], asked: &AskedElement, section: &SectionReport) -> bool {
    elements
        .iter()
        .any(|one| one.element == asked.element && one.sections.contains(&section.number))
}

/// What the article says of an element, in a few words.
fn wanted(asked: &AskedElement) -> String {
    match &asked.asked {
        ElementValue::Phrase(phrase) => format!("“{phrase}”"),
        value @ ElementValue::Whole(_) => match unit(asked.element) {
            Some(unit) => format!("{value} {unit}"),
            None => value.to_string(),
        },
        value => value.to_string(),
    }
}

/// A provision as a sentence names it.
pub(super) fn name(section: &SectionReport) -> String {
    match (&section.pinpoint, section.heading.as_str()) {
        (Some(pinpoint), "") => pinpoint.clone(),
        (Some(pinpoint), heading) => format!("{pinpoint} ({heading})"),
        (None, "") => format!("Provision {}", section.number),
        (None, heading) => format!("“{heading}”"),
    }
}

fn holders(extreme: &Extreme, catalogue: &Catalogue) -> String {
    let name = |code: &Code| {
        catalogue
            .jurisdiction(code)
            .map_or_else(|| code.to_string(), |known| known.name.clone())
    };
    let mut names: Vec<String> = extreme.jurisdictions.iter().take(MOST_HOLDERS).map(name).collect();
    let more = extreme.jurisdictions.len().saturating_sub(MOST_HOLDERS);
    if more > 0 {
        names.push(format!("{more} more"));
    }
    format!("{} ({})", extreme.amount, names.join(", "))
}
