//! A grid in words: signs of the states and values with their units, the same on the terminal and in every export.

use crate::compare::cell::CellState;
use crate::law::{ElementValue, Sanction};

impl CellState {
    /// The sign that stands before the word, so that a state is told without colour.
    pub const fn sign(self) -> char {
        match self {
            Self::Provided => '●',
            Self::Partly => '◐',
            Self::NoneFound => '○',
            Self::NotCollected => '·',
        }
    }

    /// What the state says of the law, in one line.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Provided => "a provision in force says it",
            Self::Partly => "a provision covers part of it, or may cover it; the doubt is named",
            Self::NoneFound => "the law was read for it and says no",
            Self::NotCollected => "nobody has looked, which says nothing about the law",
        }
    }
}

/// A value in words, with the unit of its row.
pub fn said(value: &ElementValue, unit: Option<&str>) -> String {
    match (value, unit) {
        (ElementValue::Whole(number), Some(unit)) => format!("{number} {unit}"),
        (ElementValue::Sanction(Sanction::Amount { amount, currency }), _) => {
            format!("{currency} {}", grouped(*amount))
        }
        (value, _) => value.to_string(),
    }
}

/// `20000000` as `20 000 000`.
pub fn grouped(amount: f64) -> String {
    let whole = format!("{amount}");
    let (front, fraction) = whole
        .split_once('.')
        .map_or((whole.as_str(), None), |(front, rest)| (front, Some(rest)));
    let mut written = String::new();
    for (at, digit) in front.chars().enumerate() {
        if at > 0 && (front.len() - at).is_multiple_of(3) {
            written.push('\u{a0}');
        }
        written.push(digit);
    }
    fraction.map_or(written.clone(), |fraction| format!("{written}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_their_unit_and_currency() {
        assert_eq!(said(&ElementValue::Whole(24), Some("months")), "24 months");
        let fine = ElementValue::Sanction(Sanction::Amount {
            amount: 1_200_000.5,
            currency: "KES".to_owned(),
        });
        assert_eq!(said(&fine, None), "KES 1\u{a0}200\u{a0}000.5");
    }
}
