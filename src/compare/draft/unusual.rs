//! Values of a draft that stand far out from those of other countries.
//!
//! A value stands out where at least three countries have one of the same unit and it lies outside all of them by half as
//! much again, or beyond the fences of Tukey's box plot (one and a half times the middle half's width).

use std::collections::{BTreeMap, BTreeSet};

use crate::compare::cell::{CellState, fill};
use crate::compare::draft::report::{SectionReport, Unusual};
use crate::compare::facts::Held;
use crate::compare::standing::Standing;
use crate::compare::value::{Measure, Range, measure, ranges};
use crate::law::{Code, Element, ElementValue, Provision, Topic};

/// Fewer countries than this are no range.
const FEWEST: usize = 3;
/// With fewer of the jurisdictions chosen than this, all are compared.
const ENOUGH_CHOSEN: usize = 5;
/// How far outside all others a value stands out.
const FAR: f64 = 1.5;
/// Width of the fences, in widths of the middle half.
const FENCE: f64 = 1.5;
/// Fences tell something from this many countries on.
const FENCES_FROM: usize = 5;

/// The law of jurisdictions, each provision with its standing on the day.
pub(super) type Law<'a> = BTreeMap<Code, Vec<(&'a Held, Standing)>>;

/// What jurisdictions have.
type Values = Vec<(Code, Measure)>;

/// What stands out in the provisions of a draft. `chosen` are the jurisdictions asked for, among `all`.
pub(super) fn unusual(sections: &[SectionReport], all: &Law<'_>, chosen: &BTreeSet<Code>) -> Vec<Unusual> {
    let mut known: BTreeMap<(Element, Vec<Topic>), Values> = BTreeMap::new();
    let mut found = Vec::new();
    for section in sections {
        let topics = chief(section);
        let measured = section.elements.iter().filter_map(|one| {
            let value = one.value.as_ref()?;
            Some((one, value, measure(one.element, value)?))
        });
        for (one, value, own) in measured.filter(|(_, _, own)| own.unit.is_some()) {
            let held = known
                .entry((one.element, topics.clone()))
                .or_insert_with(|| values(one.element, &topics, all));
            let of_chosen: Values = held.iter().filter(|(code, _)| chosen.contains(code)).cloned().collect();
            let unit = own.unit.clone();
            let count = |list: &[(Code, Measure)]| list.iter().filter(|(_, other)| other.unit == unit).count();
            let (others, is_all) = if count(&of_chosen) >= ENOUGH_CHOSEN {
                (&of_chosen, false)
            } else {
                (&*held, chosen.len() < all.len())
            };
            if let Some((above, range, reason)) = stands_out(&own, others) {
                found.push(Unusual {
                    section: section.number,
                    element: one.element,
                    value: value.clone(),
                    by: one.by.clone(),
                    above,
                    range,
                    topics: topics.clone(),
                    all_jurisdictions: is_all,
                    reason,
                });
            }
        }
    }
    found
}

/// The topics on which the values of a provision are compared: its chief one, or several that are equally so.
pub(super) fn chief(section: &SectionReport) -> Vec<Topic> {
    let most = section.topics.iter().map(|topic| topic.share).fold(0.0, f32::max);
    let mut topics: Vec<Topic> = section
        .topics
        .iter()
        .filter(|topic| topic.share >= most * 0.9)
        .map(|topic| topic.topic)
        .collect();
    topics.truncate(2);
    // Words that no label has, but those of an article: then it tells what the provision is about.
    if topics.is_empty() {
        let nearest = section.articles.first().and_then(|article| article.topics.first());
        topics.extend(nearest);
    }
    topics
}

/// What each jurisdiction provides, by the rule of grids.
fn values(element: Element, topics: &[Topic], law: &Law<'_>) -> Values {
    let mut values = Vec::new();
    for (code, held) in law {
        let on: Vec<(&Provision, &Standing)> = held
            .iter()
            .filter(|(held, _)| held.provision.elements.contains_key(&element))
            .filter(|(held, _)| held.provision.topics.iter().any(|topic| topics.contains(topic)))
            .map(|(held, standing)| (&held.provision, standing))
            .collect();
        let cell = fill(element, &on);
        if cell.state == CellState::Provided {
            let measured = cell.values.iter().filter_map(|one| measure(element, &one.value));
            values.extend(measured.map(|measure| (code.clone(), measure)));
        }
    }
    values
}

/// Whether a value stands out from others of its unit: above or below, their range, and why.
fn stands_out(own: &Measure, others: &[(Code, Measure)]) -> Option<(bool, Range, String)> {
    let unit = own.unit.as_deref()?;
    let same = others.iter().filter(|(_, other)| other.unit.as_deref() == Some(unit));
    let range = ranges(same.clone().map(|(code, measure)| (code, measure.clone()))).pop()?;
    if range.count < FEWEST {
        return None;
    }
    let mut amounts: Vec<f64> = same.map(|(_, measure)| measure.amount).collect();
    amounts.sort_by(f64::total_cmp);
    let (highest, lowest) = (range.maximum.amount, range.minimum.amount);
    let quarter = |share: f64| amounts[((amounts.len() - 1) as f64 * share).round() as usize];
    let (first, third) = (quarter(0.25), quarter(0.75));
    let width = (third - first).max(0.0);
    let (low_fence, high_fence) = (first - FENCE * width, third + FENCE * width);
    let fenced = amounts.len() >= FENCES_FROM && width > 0.0;
    let amount = own.amount;
    let others = format!(
        "{} countries have {lowest} to {highest} {unit}, {} in the middle",
        range.count, range.median.amount
    );
    if amount > highest * FAR {
        Some((
            true,
            range,
            format!("{amount} {unit} is more than half as much again as the highest of all: {others}"),
        ))
    } else if amount * FAR < lowest {
        Some((
            false,
            range,
            format!("{amount} {unit} is far below the lowest of all: {others}"),
        ))
    } else if fenced && amount > high_fence {
        Some((
            true,
            range,
            format!("{amount} {unit} is far above most: {others}, most of them up to {third}"),
        ))
    } else if fenced && amount < low_fence {
        Some((
            false,
            range,
            format!("{amount} {unit} is far below most: {others}, most of them from {first}"),
        ))
    } else {
        None
    }
}

/// A value in the words of a sentence.
pub(super) fn said(element: Element, value: &ElementValue) -> String {
    match crate::compare::value::unit(element) {
        Some(unit) => format!("{value} {unit}"),
        None => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(amount: f64) -> Measure {
        Measure {
            unit: Some("months".to_owned()),
            amount,
        }
    }

    fn others(amounts: &[f64]) -> Vec<(Code, Measure)> {
        let code = |at: usize| format!("X{at}").parse().unwrap();
        amounts
            .iter()
            .enumerate()
            .map(|(at, amount)| (code(at), months(*amount)))
            .collect()
    }

    #[test]
    fn tells_what_stands_out_and_who_holds_the_ends() {
        let (above, range, reason) = stands_out(&months(240.0), &others(&[24.0, 36.0, 60.0])).unwrap();
        assert!(above && range.maximum.jurisdictions[0].as_str() == "X2", "{reason}");
        assert!(!stands_out(&months(6.0), &others(&[24.0, 36.0, 60.0])).unwrap().0);
        assert!(
            stands_out(&months(90.0), &others(&[24.0, 36.0, 60.0])).is_none(),
            "not by half as much again"
        );
        assert!(
            stands_out(&months(240.0), &others(&[24.0, 36.0])).is_none(),
            "two are no range"
        );
        assert!(
            stands_out(&months(110.0), &others(&[12.0, 24.0, 24.0, 36.0, 36.0, 120.0])).is_some(),
            "beyond the fence"
        );
    }
}
