//! `s 37(1)(a)`, `art 8`, `ch 4 s 6 c; art 9`: parse, order, print back exactly.
//!
//! A pinpoint is made of units joined by `; `. A unit is one part or several, the larger first (`sch 2 cll 6-12`), then
//! perhaps free text in brackets (`s 25 (2011 numbering)`). A part is a label and the numbers behind it.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

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

/// Labels, none followed by a full stop; `18 U.S.C.` and its like have a number in front.
const LABELS: &[&str] = &[
    "s",
    "ss",
    "art",
    "arts",
    "§",
    "§§",
    "r",
    "rr",
    "reg",
    "regs",
    "cl",
    "cll",
    "ch",
    "chs",
    "para",
    "paras",
    "subpara",
    "subparas",
    "sch",
    "schs",
    "pt",
    "pts",
    "div",
    "divs",
    "title",
    "titles",
    "no",
    "nos",
    "rule",
    "rules",
    "principle",
    "principles",
    "standard",
    "standards",
    "target",
    "targets",
    "objective",
    "objectives",
    "outcome",
    "outcomes",
    "RCW",
];

/// Labels that carry the number of their title in front.
const TITLE_LABELS: &[&str] = &["U.S.C.", "ILCS"];

/// Words that may stand behind a number.
const SUFFIXES: &[&str] = &[
    "bis",
    "ter",
    "quater",
    "quinquies",
    "quinquer",
    "sexies",
    "septies",
    "octies",
    "nonies",
    "novies",
    "decies",
    "undecies",
    "quáter",
    "quintus",
    "duodecies",
];

impl Join {
    fn as_str(self) -> &'static str {
        match self {
            Self::First => "",
            Self::Comma => ", ",
            Self::And => " and ",
            Self::To => " to ",
            Self::Hyphen => "-",
        }
    }
}

/// Whether `word` is a suffix of numbers, such as `bis`; case does not matter.
pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.iter().any(|suffix| word.to_lowercase() == *suffix)
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

/// Reads from the front of what is left; a reader that finds nothing leaves the rest as it was.
struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    fn eat(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Runs `read`; where it finds nothing, goes back.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let found = read(self);
        if found.is_none() {
            self.rest = before;
        }
        found
    }

    fn units(&mut self) -> Option<Vec<PinpointUnit>> {
        let mut units = vec![self.unit()?];
        while let Some(unit) = self.attempt(|c| c.eat("; ").then(|| c.unit()).flatten()) {
            units.push(unit);
        }
        Some(units)
    }

    fn unit(&mut self) -> Option<PinpointUnit> {
        let mut parts = vec![self.part()?];
        while let Some(part) = self.attempt(|c| c.eat(" ").then(|| c.part()).flatten()) {
            parts.push(part);
        }
        let note = self.attempt(|c| c.eat(" (").then(|| c.note()).flatten());
        Some(PinpointUnit { parts, note })
    }

    /// Free text up to its closing bracket, which ends the unit.
    fn note(&mut self) -> Option<String> {
        let mut depth = 1;
        for (at, letter) in self.rest.char_indices() {
            match letter {
                '(' => depth += 1,
                ')' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let (note, rest) = (&self.rest[..at], &self.rest[at + 1..]);
                self.rest = rest;
                return (!note.trim().is_empty()).then(|| note.to_owned());
            }
        }
        None
    }

    fn part(&mut self) -> Option<PinpointPart> {
        let label = self.attempt(Self::label)?;
        let first = self.attempt(|c| {
            let number = c.number();
            let paragraphs = c.paragraphs();
            (number.is_some() || !paragraphs.is_empty()).then_some((number, paragraphs))
        })?;
        let mut items = vec![PinpointItem {
            join: Join::First,
            number: first.0,
            paragraphs: first.1,
        }];
        while let Some(item) = self.attempt(Self::further_item) {
            items.push(item);
        }
        let following = self
            .attempt(|c| (c.eat(" ff") && c.at_boundary()).then_some(()))
            .is_some();
        Some(PinpointPart {
            label,
            items,
            following,
        })
    }

    /// A label and the space behind it.
    fn label(&mut self) -> Option<String> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let title = &self.rest[..digits];
            self.rest = self.rest[digits..].strip_prefix(' ')?;
            let word = TITLE_LABELS.iter().find(|label| self.eat(&format!("{label} ")))?;
            return Some(format!("{title} {word}"));
        }
        let (word, rest) = self.rest.split_once(' ')?;
        self.rest = rest;
        LABELS.contains(&word).then(|| word.to_owned())
    }

    fn further_item(&mut self) -> Option<PinpointItem> {
        let join = [Join::Comma, Join::And, Join::To, Join::Hyphen]
            .into_iter()
            .find(|join| self.eat(join.as_str()))?;
        let number = self.number();
        let paragraphs = self.paragraphs();
        (number.is_some() || !paragraphs.is_empty()).then_some(PinpointItem {
            join,
            number,
            paragraphs,
        })
    }

    /// A number with its suffix.
    fn number(&mut self) -> Option<String> {
        let start = self.rest;
        let end = start
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '/')))
            .unwrap_or(start.len());
        let end = start[..end].trim_end_matches(['-', '.', ':', '/']).len();
        let core = &start[..end];
        let roman = !core.is_empty() && core.bytes().all(|b| b"IVXLC".contains(&b));
        let letter = core.len() == 1 && core.as_bytes()[0].is_ascii_uppercase();
        if !(roman || letter || core.chars().any(char::is_numeric)) {
            return None;
        }
        self.rest = &start[end..];
        self.attempt(Self::suffix);
        Some(start[..start.len() - self.rest.len()].to_owned())
    }

    /// `bis` and its like, with a number of their own behind them (`303 bis 1`), or one small letter (`264 d`).
    fn suffix(&mut self) -> Option<()> {
        let word = self.eat(" ").then_some(self.rest)?;
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        self.rest = &word[end..];
        let digits = |c: &Self| {
            c.rest
                .strip_prefix(' ')
                .map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count())
        };
        if is_suffix(&word[..end]) {
            if digits(self) > 0 {
                self.rest = &self.rest[1 + digits(self)..];
            }
            return self.at_boundary().then_some(());
        }
        // A letter before a number is a label: `ch 4 s 6`.
        let letter = end == 1 && word.as_bytes()[0].is_ascii_lowercase();
        (letter && digits(self) == 0).then_some(())
    }

    /// Paragraphs in brackets, without a space before them.
    fn paragraphs(&mut self) -> Vec<String> {
        let mut paragraphs = Vec::new();
        while let Some(paragraph) = self.attempt(|c| {
            let inside = c.rest.strip_prefix('(')?;
            let (paragraph, rest) = inside.split_once(')')?;
            c.rest = rest;
            let fits = (1..=8).contains(&paragraph.chars().count()) && paragraph.chars().all(char::is_alphanumeric);
            fits.then(|| paragraph.to_owned())
        }) {
            paragraphs.push(paragraph);
        }
        paragraphs
    }

    fn at_boundary(&self) -> bool {
        !self.rest.starts_with(char::is_alphanumeric)
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
