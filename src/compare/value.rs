//! Values in order: what may be compared with what, and the lowest, middle and highest over countries.
//!
//! Months with months, money with money of the same currency, a share with a share of the same thing. Nothing is converted:
//! a rate of exchange is not in any law.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::law::{Code, Element, ElementValue, Sanction};

/// A value that stands in order with others of its unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    /// `months`, `hours`, `days`, a currency (`KES`), or `% of worldwide turnover`; none for `unlimited`.
    pub unit: Option<String>,
    /// How many; infinite for `unlimited`.
    pub amount: f64,
}

/// A value that a country holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Extreme {
    /// How much, in the unit of the range.
    pub amount: f64,
    /// Codes of the jurisdictions that have exactly this.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub jurisdictions: Vec<Code>,
}

/// Lowest, middle and highest value of one unit over the shown jurisdictions that provide it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Range {
    /// `months`, `hours`, `days`, a currency (`KES`), or `% of worldwide turnover`.
    pub unit: String,
    /// How many jurisdictions have a value of this unit, `unlimited` not counted.
    pub count: usize,
    /// The lowest, and who has it.
    pub minimum: Extreme,
    /// The middle one: with an even count the mean of the two in the middle, and then maybe nobody's.
    pub median: Extreme,
    /// The highest, and who has it.
    pub maximum: Extreme,
}

/// The unit of an element's whole numbers.
pub fn unit(element: Element) -> Option<&'static str> {
    ["months", "hours", "days"]
        .into_iter()
        .find(|unit| element.as_str().ends_with(unit))
}

/// A value with its unit; none for yes, no, unclear and phrases.
pub fn measure(element: Element, value: &ElementValue) -> Option<Measure> {
    let (unit, amount) = match value {
        ElementValue::Whole(number) => (Some(unit(element)?.to_owned()), f64::from(*number)),
        ElementValue::Sanction(Sanction::Amount { amount, currency }) => (Some(currency.clone()), *amount),
        ElementValue::Sanction(Sanction::Percent { percent_of, percent }) => (Some(share_of(percent_of)), *percent),
        ElementValue::Sanction(Sanction::Unlimited) => (None, f64::INFINITY),
        ElementValue::Answer(_) | ElementValue::Phrase(_) => return None,
    };
    Some(Measure { unit, amount })
}

fn share_of(what: &str) -> String {
    format!("% of {}", what.trim().to_lowercase())
}

/// Whether the smaller of two values is the stricter law: a shorter deadline for removal.
pub(super) fn is_stricter_when_small(element: Element) -> bool {
    element == Element::RemovalDeadlineHours
}

/// Strictest first within a unit; units by name, `unlimited` in front of all.
pub(super) fn strictest_first(element: Element, a: &Measure, b: &Measure) -> Ordering {
    let amounts = if is_stricter_when_small(element) {
        a.amount.total_cmp(&b.amount)
    } else {
        b.amount.total_cmp(&a.amount)
    };
    a.unit.cmp(&b.unit).then(amounts)
}

/// The ranges of measured values, one for each unit, units by name. Of one jurisdiction the same value counts once.
pub fn ranges<'a>(values: impl IntoIterator<Item = (&'a Code, Measure)>) -> Vec<Range> {
    let mut by_unit: BTreeMap<String, Vec<(f64, &Code)>> = BTreeMap::new();
    for (code, measure) in values {
        if let Some(unit) = measure.unit {
            by_unit.entry(unit).or_default().push((measure.amount, code));
        }
    }
    by_unit
        .into_iter()
        .filter_map(|(unit, held)| range(unit, held))
        .collect()
}

fn range(unit: String, mut held: Vec<(f64, &Code)>) -> Option<Range> {
    held.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    held.dedup();
    let extreme = |amount: f64| {
        let holders = held.iter().filter(|(own, _)| *own == amount);
        let mut jurisdictions: Vec<Code> = holders.map(|(_, code)| (*code).clone()).collect();
        jurisdictions.dedup();
        Extreme { amount, jurisdictions }
    };
    let (first, last) = (held.first()?.0, held.last()?.0);
    let middle = (held[(held.len() - 1) / 2].0 + held[held.len() / 2].0) / 2.0;
    Some(Range {
        count: held.len(),
        minimum: extreme(first),
        median: extreme(middle),
        maximum: extreme(last),
        unit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(amount: f64, currency: &str) -> ElementValue {
        ElementValue::Sanction(Sanction::Amount {
            amount,
            currency: currency.to_owned(),
        })
    }

    fn code(text: &str) -> Code {
        text.parse().unwrap()
    }

    #[test]
    fn never_sets_two_currencies_in_one_range() {
        let (ke, za, ng) = (code("KE"), code("ZA"), code("NG"));
        let of = |value: &ElementValue| measure(Element::MaxFine, value).unwrap();
        let ranges = ranges([
            (&ke, of(&money(200_000.0, "KES"))),
            (&za, of(&money(300_000.0, "ZAR"))),
            (&ng, of(&ElementValue::Sanction(Sanction::Unlimited))),
        ]);
        let units: Vec<&str> = ranges.iter().map(|range| range.unit.as_str()).collect();
        assert_eq!(units, ["KES", "ZAR"], "and `unlimited` is no amount");
        assert_eq!(ranges[0].maximum.jurisdictions, [ke]);
    }

    #[test]
    fn the_middle_of_two_is_nobodys() {
        let (ke, za) = (code("KE"), code("ZA"));
        let months = |number| measure(Element::MaxImprisonmentMonths, &ElementValue::Whole(number)).unwrap();
        let ranges = ranges([(&ke, months(24)), (&za, months(60))]);
        assert_eq!(
            ranges[0].median,
            Extreme {
                amount: 42.0,
                jurisdictions: Vec::new()
            }
        );
        assert_eq!((ranges[0].minimum.amount, ranges[0].maximum.amount), (24.0, 60.0));
    }

    fn any_value() -> impl Strategy<Value = ElementValue> {
        prop_oneof![
            (0u32..5).prop_map(|amount| money(f64::from(amount), "KES")),
            (0u32..5).prop_map(|amount| money(f64::from(amount), "EUR")),
            (0u32..5).prop_map(|percent| ElementValue::Sanction(Sanction::Percent {
                percent_of: "worldwide turnover".to_owned(),
                percent: f64::from(percent)
            })),
            Just(ElementValue::Sanction(Sanction::Unlimited)),
        ]
    }

    proptest! {
        /// A total order, with `unlimited` above everything; so sorting gives the same whatever the order before.
        #[test]
        fn values_have_one_order(values in prop::collection::vec(any_value(), 0..12), seed in any::<u64>()) {
            let measured: Vec<Measure> = values.iter().filter_map(|value| measure(Element::MaxFine, value)).collect();
            let sorted = |mut list: Vec<Measure>| {
                list.sort_by(|a, b| strictest_first(Element::MaxFine, a, b));
                list
            };
            let mut turned = measured.clone();
            if !turned.is_empty() {
                let by = seed as usize % turned.len();
                turned.rotate_left(by);
            }
            let first = sorted(measured.clone());
            prop_assert_eq!(&first, &sorted(turned));
            if measured.iter().any(|one| one.unit.is_none()) {
                prop_assert!(first[0].unit.is_none());
            }
        }

        #[test]
        fn a_range_holds_every_value(amounts in prop::collection::vec(0u32..200, 1..30)) {
            let codes: Vec<Code> = (0..amounts.len()).map(|at| code(&format!("X{at}"))).collect();
            let values = codes.iter().zip(&amounts).map(|(code, months)| {
                (code, measure(Element::MaxImprisonmentMonths, &ElementValue::Whole(*months)).unwrap())
            });
            let range = ranges(values).pop().unwrap();
            prop_assert_eq!(range.count, amounts.len());
            prop_assert_eq!(range.minimum.amount, f64::from(*amounts.iter().min().unwrap()));
            prop_assert_eq!(range.maximum.amount, f64::from(*amounts.iter().max().unwrap()));
            prop_assert!(range.minimum.amount <= range.median.amount && range.median.amount <= range.maximum.amount);
            prop_assert!(!range.minimum.jurisdictions.is_empty() && !range.maximum.jurisdictions.is_empty());
        }
    }
}
