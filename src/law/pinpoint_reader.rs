//! Reads a pinpoint as the notes write it; see [`super::Pinpoint`] for its parts.

use super::pinpoint::{Join, PinpointItem, PinpointPart, PinpointUnit};

/// Labels, none followed by a full stop; `18 U.S.C.` and its like have a number in front.
pub(super) const LABELS: &[&str] = &[
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

/// Whether `word` is a suffix of numbers, such as `bis`; case does not matter.
pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.iter().any(|suffix| word.to_lowercase() == *suffix)
}

/// Reads from the front of what is left; a reader that finds nothing leaves the rest as it was.
pub(super) struct Cursor<'t> {
    /// What has not been read.
    pub rest: &'t str,
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

    /// Units joined by `; `.
    pub fn units(&mut self) -> Option<Vec<PinpointUnit>> {
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
