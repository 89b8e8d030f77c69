//! Is the same provision described twice, in one law or in two documents?

use std::collections::{BTreeMap, BTreeSet};

use super::{Page, base, path};
use crate::corpus::document::{Details, Document};
use crate::corpus::problem::{Problem, Question};
use crate::law::{Pinpoint, Provision, references};

/// Headings of one law that name the same place in different spellings.
pub(super) fn in_one_law(pages: &[Page<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (document, provisions) in pages {
        let mut seen: BTreeMap<Place, &Provision> = BTreeMap::new();
        for (place, pinpoint, provision) in places(provisions) {
            let first = seen.entry(place).or_insert(provision);
            // The same spelling twice is told while the file is read.
            let Some(other) = first.pinpoint.as_deref().filter(|other| *other != pinpoint) else {
                continue;
            };
            let message = format!("`{pinpoint}` is the same place as `{other}` on line {}", first.line);
            let cure = "Join the two, or make each pinpoint more exact";
            let found = Problem::found(Question::DescribedTwice, &path(document), provision.line, message, cure);
            problems.push(found);
        }
    }
    problems
}

/// Provisions with the same place in two documents that bear the same number or title in one jurisdiction.
pub(super) fn in_two_documents(pages: &[Page<'_>]) -> Vec<Problem> {
    let mut laws: BTreeMap<(String, String), Vec<&Page<'_>>> = BTreeMap::new();
    for page in pages.iter().filter(|(document, _)| base(&document.id).is_none()) {
        for name in names(page.0) {
            laws.entry(name).or_default().push(page);
        }
    }
    let mut told = BTreeSet::new();
    let mut problems = Vec::new();
    for same in laws.values().filter(|same| same.len() > 1) {
        let mut seen: BTreeMap<Place, &Provision> = BTreeMap::new();
        for (document, provisions) in same {
            for (place, pinpoint, provision) in places(provisions) {
                let first = seen.entry(place).or_insert(provision);
                if first.document == provision.document || !told.insert((&first.id, &provision.id)) {
                    continue;
                }
                let message = format!("`{pinpoint}` of the same law is described in `{}` too", first.id);
                let cure = "Join the two notes, or correct the number or title of one of the laws";
                problems.push(Problem::found(
                    Question::TwoNotes,
                    &path(document),
                    provision.line,
                    message,
                    cure,
                ));
            }
        }
    }
    problems
}

/// A place in a law however it is spelled: what a reader of references finds in it, and free text behind it.
type Place = (BTreeSet<String>, Vec<String>);

/// The citable provisions that name a place.
fn places(provisions: &[Provision]) -> impl Iterator<Item = (Place, &str, &Provision)> {
    provisions
        .iter()
        .filter(|provision| provision.citable)
        .filter_map(|provision| {
            let written = provision.pinpoint.as_deref()?;
            let parsed: Pinpoint = written.parse().ok()?;
            let notes = parsed.units.into_iter().filter_map(|unit| unit.note).collect();
            let tokens = references(written).into_iter().flat_map(|found| found.tokens);
            let place: BTreeSet<String> = tokens.map(|token| token.replacen('§', "s", 1)).collect();
            (!place.is_empty()).then_some(((place, notes), written, provision))
        })
}

/// What a law is known by in its jurisdiction: its title, and its number where it has one.
fn names(document: &Document) -> Vec<(String, String)> {
    let (Some(code), Details::Law(law)) = (&document.jurisdiction, &document.details) else {
        return Vec::new();
    };
    let folded = |text: &str| -> String { text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let mut names = vec![folded(&document.title)];
    names.extend(law.number.as_deref().map(folded).filter(|number| *number != names[0]));
    names.into_iter().map(|name| (code.to_string(), name)).collect()
}
