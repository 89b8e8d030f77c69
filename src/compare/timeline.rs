//! Who provided what first: per topic, the first provision of each jurisdiction, and the first that says yes to each element.
//!
//! Unknown is unknown. Where a provision has no date of its own, it began not before its law, and is marked so; a code, and a
//! law from before the web, date nothing that stands in them today.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::compare::facts::{Facts, Held};
use crate::compare::standing::{Standing, is_older_than_the_subject, standing};
use crate::law::{Answer, Code, Element, ElementValue, Jurisdiction, PartialDate, Status, Topic};

/// When which jurisdiction provided what first.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// The topic.
    pub topic: Topic,
    /// Firsts, the earliest first.
    pub events: Vec<TimelineEvent>,
    /// Jurisdictions that have a provision on the topic whose beginning is not known.
    pub undated: Vec<Undated>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// Number of the generation of the index that answered.
    pub generation: u32,
    /// Fingerprint of the corpus it was built from.
    pub corpus: String,
}

/// A first of one jurisdiction.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct TimelineEvent {
    /// When, as exactly as the notes say.
    pub date: PartialDate,
    /// What the date is of: `in force` or `enacted`.
    pub date_of: &'static str,
    /// Whether the date is the provision's own; otherwise it is that of its law, and the provision began not before it.
    pub own_date: bool,
    /// Code of the jurisdiction.
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub jurisdiction: Code,
    /// Its name.
    pub name: String,
    /// The element that is said yes to first; none for the first provision on the topic at all.
    pub element: Option<Element>,
    /// The provision.
    pub provision: String,
    /// Its pinpoint and law in one line.
    pub label: String,
    /// Its fate today.
    pub status: Status,
    /// Why it does not count fully today; none where it does.
    pub reserve: Option<String>,
}

/// A jurisdiction with a provision on the topic whose beginning is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Undated {
    /// Code of the jurisdiction.
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub jurisdiction: Code,
    /// Its name.
    pub name: String,
    /// The provision.
    pub provision: String,
    /// Its pinpoint and law in one line.
    pub label: String,
    /// What is known.
    pub why: String,
}

const NOTES: [&str; 2] = [
    "`Not before` gives the date of the law where the provision has none of its own: it may have been inserted later.",
    "Firsts are firsts among what the corpus has: an earlier law may not be collected.",
];

/// The timeline of a topic. Bills, and provisions on children alone, provide nothing.
pub fn timeline<'a>(
    topic: Topic,
    facts: &Facts,
    jurisdictions: impl Iterator<Item = &'a Jurisdiction>,
    (generation, corpus): (u32, String),
    today: Date,
) -> Timeline {
    let (mut events, mut undated) = (Vec::new(), Vec::new());
    for jurisdiction in jurisdictions {
        let law = facts
            .law_of(&jurisdiction.code)
            .iter()
            .filter(|held| held.provision.topics.contains(&topic));
        let mut firsts: BTreeMap<Option<Element>, TimelineEvent> = BTreeMap::new();
        let mut unknown = Vec::new();
        for held in law {
            match event(held, jurisdiction, today) {
                Some(Ok(event)) => keep_first(&mut firsts, held, event),
                Some(Err(one)) => unknown.push(one),
                None => {}
            }
        }
        undated.extend(unknown);
        events.extend(firsts.into_values());
    }
    events.sort_by(|a: &TimelineEvent, b: &TimelineEvent| {
        a.date
            .cmp(&b.date)
            .then(a.name.cmp(&b.name))
            .then(a.element.cmp(&b.element))
    });
    Timeline {
        topic,
        events,
        undated,
        notes: NOTES.map(str::to_owned).to_vec(),
        generation,
        corpus,
    }
}

/// Keeps an event where it is the first on the topic, or the first that says yes to an element.
fn keep_first(firsts: &mut BTreeMap<Option<Element>, TimelineEvent>, held: &Held, event: TimelineEvent) {
    let yes = |(element, value): (&Element, &ElementValue)| {
        (*value == ElementValue::Answer(Answer::Yes)).then_some(Some(*element))
    };
    let what = std::iter::once(None).chain(held.provision.elements.iter().filter_map(yes));
    for element in what {
        let own = TimelineEvent {
            element,
            ..event.clone()
        };
        let is_earlier = |known: &TimelineEvent| (own.date, &own.provision) < (known.date, &known.provision);
        match firsts.get(&element) {
            Some(known) if !is_earlier(known) => {}
            _ => {
                firsts.insert(element, own);
            }
        }
    }
}

/// The beginning of a provision; none where it never began.
fn event(held: &Held, jurisdiction: &Jurisdiction, today: Date) -> Option<Result<TimelineEvent, Undated>> {
    let validity = held.provision.validity?;
    let reserve = match standing(&held.provision, held.law(), today, today) {
        _ if matches!(validity.status, Status::Bill | Status::Draft | Status::NotYetInForce) => return None,
        _ if crate::compare::is_on_children_alone(&held.provision) => return None,
        Standing::Fills => None,
        Standing::Partly(why) | Standing::Beside(why) => Some(why),
    };
    let pinpoint = held
        .provision
        .pinpoint
        .as_deref()
        .map(|pinpoint| format!("{pinpoint}, "))
        .unwrap_or_default();
    let label = format!("{pinpoint}{}", held.document.title);
    let law = held.law();
    let own_date = validity.in_force.is_some() && law.is_none_or(|law| law.in_force != validity.in_force);
    let is_old = law.is_some_and(|law| is_older_than_the_subject(validity, law));
    let date = validity
        .in_force
        .map(|date| (date, "in force"))
        .or(validity.enacted.map(|date| (date, "enacted")));
    let unknown = |why: String| Undated {
        jurisdiction: jurisdiction.code.clone(),
        name: jurisdiction.name.clone(),
        provision: held.provision.id.clone(),
        label: label.clone(),
        why,
    };
    let Some((date, date_of)) = date else {
        return Some(Err(unknown(
            "neither its passing nor its commencement is noted".to_owned(),
        )));
    };
    if is_old {
        return Some(Err(unknown(format!(
            "the code dates from {date}; when this provision came into it is not noted"
        ))));
    }
    Some(Ok(TimelineEvent {
        date,
        date_of,
        own_date,
        jurisdiction: jurisdiction.code.clone(),
        name: jurisdiction.name.clone(),
        element: None,
        provision: held.provision.id.clone(),
        label,
        status: validity.status,
        reserve,
    }))
}
