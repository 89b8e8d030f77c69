//! `s 37(1)(a)`, `art 8`, `ch 4 s 6 c; art 9`: parse, order, print back exactly.
//!
//! A pinpoint is made of units joined by `; `. A unit is one part or several, the larger first (`sch 2 cll 6-12`), then
//! perhaps free text in brackets (`s 25 (2011 numbering)`). A part is a label and the numbers behind it.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use super::pinpoint_reader::{Cursor, LABELS};

/// Where in a law something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pinpoint {
    /// The places, in the order in which they are written.
    pub units: Vec<PinpointUnit>,
}

/// One place: its parts, the larger first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinpointUnit {
    /// `ch 4`, then `s 6 c`.
    pub parts: Vec<PinpointPart>,
    /// Free text behind it, without its brackets: `2011 numbering`.
    pub note: Option<String>,
}

/// A label and the numbers behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinpointPart {
    /// `s`, `art`, `§§`, `18 U.S.C.`
    pub label: String,
    /// The numbers with what joins each to the one before.
    pub items: Vec<PinpointItem>,
    /// Whether `ff` follows.
    pub following: bool,
}

/// One number with its paragraphs; a number is missing where paragraphs continue those before (`27(3)-(8)`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PinpointItem {
    /// What joins it to the item before.
    pub join: Join,
    /// `147-A`, `199 Octies`, `264 d`.
    pub number: Option<String>,
    /// Paragraphs without their brackets: `1`, `a`.
    pub paragraphs: Vec<String>,
}

/// What joins two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// Nothing stands before it.
    First,
    /// A comma.
    Comma,
    /// The word `and`.
    And,
    /// The word `to`: a range.
    To,
    /// A hyphen: a range.
    Hyphen,
}

/// A text that is no pinpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a pinpoint; write it as in `s 37(1)(a)`, `arts 5 and 6` or `ch 4 s 6 c`")]
pub struct BadPinpoint(pub String);

impl Join {
    /// As it is written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::First => "",
            Self::Comma => ", ",
            Self::And => " and ",
            Self::To => " to ",
            Self::Hyphen => "-",
        }
    }
}

impl Pinpoint {
    /// The pinpoint with which `heading` begins, as written, and what follows it.
    pub fn at_start(heading: &str) -> Option<(&str, &str)> {
        let mut cursor = Cursor { rest: heading };
        cursor.units()?;
        let (pinpoint, rest) = heading.split_at(heading.len() - cursor.rest.len());
        (rest.is_empty() || rest.starts_with(' ')).then(|| (pinpoint, rest.trim()))
    }
}

impl FromStr for Pinpoint {
    type Err = BadPinpoint;

    fn from_str(text: &str) -> Result<Self, BadPinpoint> {
        let mut cursor = Cursor { rest: text };
        match cursor.units() {
            Some(units) if cursor.rest.is_empty() => Ok(Self { units }),
            _ => Err(BadPinpoint(text.chars().take(80).collect())),
        }
    }
}

impl fmt::Display for Pinpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, unit) in self.units.iter().enumerate() {
            write!(f, "{}{unit}", if at == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl fmt::Display for PinpointUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, part) in self.parts.iter().enumerate() {
            write!(f, "{}{part}", if at == 0 { "" } else { " " })?;
        }
        self.note.as_ref().map_or(Ok(()), |note| write!(f, " ({note})"))
    }
}

impl fmt::Display for PinpointPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.label)?;
        for item in &self.items {
            write!(
                f,
                "{}{}",
                item.join.as_str(),
                item.number.as_deref().unwrap_or_default()
            )?;
            item.paragraphs
                .iter()
                .try_for_each(|paragraph| write!(f, "({paragraph})"))?;
        }
        f.write_str(if self.following { " ff" } else { "" })
    }
}

impl PartialOrd for Pinpoint {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pinpoint {
    /// The order in which a law prints them: numbers by value, so that `s 9` stands before `s 10` and `s 9A` between.
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = (self.to_string(), other.to_string());
        natural(&one).cmp(&natural(&two)).then_with(|| one.cmp(&two))
    }
}

/// A text as runs of digits and of other letters; digits come before letters, plural labels count as singular.
fn natural(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(first) = letters.next() {
        if first.is_ascii_digit() {
            let mut digits = first.to_string();
            while let Some(next) = letters.next_if(char::is_ascii_digit) {
                digits.push(next);
            }
            runs.push(Run::Digits(digits.parse().unwrap_or(u64::MAX)));
        } else if first.is_alphabetic() || first == '§' {
            let mut word = first.to_lowercase().to_string();
            while let Some(next) = letters.next_if(|c| c.is_alphabetic() || *c == '§') {
                word.extend(next.to_lowercase());
            }
            let singular = word
                .strip_suffix('s')
                .filter(|one| LABELS.contains(one))
                .map(str::to_owned);
            runs.push(Run::Word(if word == "§§" {
                "§".to_owned()
            } else {
                singular.unwrap_or(word)
            }));
        }
    }
    runs
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Run {
    Digits(u64),
    Word(String),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn prints_back_what_it_read() {
        for text in [
            "s 37(1)(a)",
            "ss 22-23",
            "arts 5, 6 and 7",
            "art 147-A",
            "art 199 Octies",
            "§ 264 d",
            "arts 417/15 to 417/19",
            "s 66B(4), (7)",
            "s 27(3)-(8)",
            "s 24(2)(a)-(b)",
            "ch 4 s 6 c",
            "sch 2 cll 6-12",
            "art 191a § 1",
            "s 25 (2011 numbering)",
            "art 447-1 (Penal Code)",
            "s 26 (2011 numbering); s 25 (Cap. 96)",
            "§§ 178¹ and 179",
            "s 18.2-152.7:1",
            "subpara (p)",
            "pt III (ss 11-21)",
            "pt 3 div 15C (Crimes Act 1900, as amended)",
            "arts 450 ff",
            "s 3(a); 47 U.S.C. 223a(a); s 4 (definitions)",
            "cl 49 (new Penal Code s 377BD(5)-(8))",
            "§ 181(2) to (4)",
            "targets 5.b and 5.c",
            "arts R773-52 to R773-54",
            "720 ILCS 5/11-23.5",
            "RCW 9A.86.010",
            "s 59; schs 5 to 7",
            "arts 259 Bis, 281 Bis (Federal Penal Code); art 20 (LGAMVLV)",
            "ss 14 and 16-18",
            "chs III to V",
            "art 303 bis 1",
            "art 181 Quintus",
            "s J",
            "ch 29 s 2",
        ] {
            let pinpoint: Pinpoint = text.parse().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(pinpoint.to_string(), text);
        }
        for text in [
            "",
            "s",
            "s x",
            "definition",
            "whole Act",
            "art 3 (",
            "art. 3",
            "s 3 and",
            "s 3 more",
            "; s 3",
            "s 3()",
        ] {
            assert!(text.parse::<Pinpoint>().is_err(), "{text}");
        }
    }

    #[test]
    fn begins_a_heading() {
        for (heading, pinpoint, rest) in [
            ("s 37 Wrongful distribution", "s 37", "Wrongful distribution"),
            (
                "art 199 Octies Violación a la intimidad",
                "art 199 Octies",
                "Violación a la intimidad",
            ),
            ("ss 22-23 False publications", "ss 22-23", "False publications"),
            ("s 25 (2011 numbering) Title", "s 25 (2011 numbering)", "Title"),
            ("§ 264 d Uberettiget deling", "§ 264 d", "Uberettiget deling"),
        ] {
            assert_eq!(Pinpoint::at_start(heading), Some((pinpoint, rest)));
        }
        assert_eq!(Pinpoint::at_start("Definitions"), None);
    }

    #[test]
    fn stands_in_the_order_of_the_law() {
        let mut pinpoints: Vec<Pinpoint> = ["s 10", "s 9A", "ss 9 and 10", "s 9(2)", "s 9(1)(a)", "s 9", "s 100"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        pinpoints.sort();
        let sorted: Vec<String> = pinpoints.iter().map(Pinpoint::to_string).collect();
        assert_eq!(
            sorted,
            ["s 9", "s 9(1)(a)", "s 9(2)", "s 9A", "ss 9 and 10", "s 10", "s 100"]
        );
    }

    proptest! {
        #[test]
        fn what_parses_prints_back(text in "(s|ss|art|§§|ch) [0-9]{1,3}[A-Z]?( [a-d]| bis)?(\\([0-9a-z]{1,2}\\)){0,2}((, | and | to |-)[0-9(]{1,2}\\)?)?( \\([a-z (]{1,8}\\)?\\))?(; )?(s 4)?") {
            if let Ok(pinpoint) = text.parse::<Pinpoint>() {
                prop_assert_eq!(pinpoint.to_string(), text);
            }
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = (text.parse::<Pinpoint>(), Pinpoint::at_start(&text));
        }
    }
}
