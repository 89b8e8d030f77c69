//! The numbered sources of an export: each provision or decision once, in the order in which the text first names it.

use std::collections::{BTreeMap, HashMap};

use crate::compare::ComparedProvision;
use crate::export::Text;
use crate::law::{Confidence, PartialDate, Source, TextKind};

/// What has been cited so far.
#[derive(Default)]
pub(super) struct Cited {
    /// Entries say law, trust and the first source only.
    is_brief: bool,
    numbers: HashMap<String, usize>,
    entries: Vec<Text>,
}

impl Cited {
    /// For a page: entries say law, trust and the first source only.
    pub(super) fn brief() -> Self {
        Self {
            is_brief: true,
            ..Self::default()
        }
    }

    /// Goes on with where something was read: everywhere, or on a page the first place, the rest counted.
    pub(super) fn places(&self, text: Text, read: &[Source]) -> Text {
        let rest = read.len().saturating_sub(1);
        match self.is_brief {
            true if rest > 0 => sources(text, &read[..1]).and(format!("and {rest} more ")),
            _ => sources(text, read),
        }
    }

    /// The number of a source; `entry` is kept when it is cited for the first time.
    pub(super) fn number(&mut self, id: &str, entry: Text) -> usize {
        if let Some(known) = self.numbers.get(id) {
            return *known;
        }
        self.entries.push(entry);
        self.numbers.insert(id.to_owned(), self.entries.len());
        self.entries.len()
    }

    /// The number of a provision that a grid describes.
    pub(super) fn provision(&mut self, id: &str, described: &BTreeMap<String, ComparedProvision>) -> Option<usize> {
        let provision = described.get(id)?;
        let entry = if self.is_brief {
            let text = Text::strong(citation(provision)).and(" — ");
            let trust = trusted(provision.confidence);
            let text = if provision.unverified {
                text.loud(trust)
            } else {
                text.and(trust)
            };
            self.places(text.and(". "), &provision.sources)
        } else {
            entry(id, provision)
        };
        Some(self.number(id, entry))
    }

    /// Every source, in the order of the numbers.
    pub(super) fn into_entries(self) -> Vec<Text> {
        self.entries
    }
}

/// How far a fact may be trusted, in words; what nobody has read says so in capitals.
pub(super) fn trusted(confidence: Option<Confidence>) -> &'static str {
    match confidence {
        Some(Confidence::Primary) => "read in the official text",
        Some(Confidence::Reproduced) => "read in an unofficial copy",
        Some(Confidence::Secondary) => "read in a report, not in the law itself",
        Some(Confidence::Recalled) => "UNVERIFIED: nobody has read it",
        None => "not recorded how it was read",
    }
}

/// A provision as it is cited: law, number, pinpoint.
pub(super) fn citation(provision: &ComparedProvision) -> String {
    let original = provision.title_original.as_deref().map(|title| format!(" ({title})"));
    // Some laws have no title but their number.
    let number = provision
        .number
        .as_deref()
        .filter(|number| !provision.title.contains(*number))
        .map(|number| format!(", {number}"));
    let pinpoint = match (&provision.pinpoint, provision.citable) {
        (Some(pinpoint), true) => format!(", {pinpoint}"),
        (Some(pinpoint), false) => format!(", {pinpoint} (described; not a citable pinpoint)"),
        (None, _) => String::new(),
    };
    format!(
        "{}{}{}{pinpoint}",
        provision.title,
        original.unwrap_or_default(),
        number.unwrap_or_default()
    )
}

/// Status and dates of a provision, and whether it was in force on the day.
pub(super) fn fate(provision: &ComparedProvision) -> String {
    let Some(validity) = provision.validity else {
        return "status not noted".to_owned();
    };
    let mut fate = validity.status.to_string();
    if let Some(from) = validity.in_force {
        fate.push_str(&format!(", in force from {from}"));
    }
    if let Some(until) = validity.until {
        fate.push_str(&format!(", until {until}"));
    }
    if let Some(on_date) = provision.in_force_on_date {
        fate.push_str(&format!("; in force on the day of this comparison: {on_date}"));
    }
    fate
}

/// The latest day on which a source was read.
pub(super) fn checked(sources: &[Source]) -> Option<PartialDate> {
    sources.iter().filter_map(|source| source.checked).max()
}

/// One entry of the list of sources.
fn entry(id: &str, provision: &ComparedProvision) -> Text {
    let place = provision.jurisdiction.as_ref().map(|code| format!("{code}: "));
    let words = match provision.text_kind {
        TextKind::Summary => "noted in our words",
        TextKind::Verbatim => "official text held",
    };
    let mut text = Text::plain(place.unwrap_or_default())
        .loud(citation(provision))
        .and(format!(" — {}. {}. ", provision.heading, capital(&fate(provision))));
    if let Some(reserve) = &provision.reserve {
        text = text.and(format!("Reserve: {reserve}. "));
    }
    text = if provision.unverified {
        text.loud(trusted(provision.confidence))
    } else {
        text.and(capital(trusted(provision.confidence)))
    };
    text = text.and(format!("; {words}. "));
    sources(text, &provision.sources).code(id)
}

/// Goes on with where it was read and when.
pub(super) fn sources(mut text: Text, sources: &[Source]) -> Text {
    if sources.is_empty() {
        return text.and("No source recorded. ");
    }
    for source in sources {
        let read = source
            .checked
            .map_or_else(|| "day of reading not recorded".to_owned(), |day| format!("read {day}"));
        text = text.address(&source.url).and(format!(" ({}, {read}) ", source.kind));
    }
    text
}

/// The same with a capital in front.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
