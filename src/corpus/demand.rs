//! What a provision must say, and must not, besides being well formed.

use super::document::Details;
use super::facts::Facts;
use super::problem::Report;
use crate::law::{Confidence, Kind, Status, Validity};

/// A provision of a law says what it is about, how far it can be trusted and where it was read.
pub(super) fn law_facts(name: &str, facts: &Facts, line: usize, kind: Kind, report: &mut Report) {
    let missing = |key, absent: bool| absent && !facts.refused.contains(&key);
    if missing("topics", facts.topics.is_empty()) {
        let cure = "Add a line `topics: [cyberstalking]` with what it is about";
        report.say(line, format!("`{name}` has no topic"), cure);
    }
    // The articles of a model law are our own: nobody read them anywhere.
    if kind == Kind::ModelLaw {
        return;
    }
    if missing("confidence", facts.confidence.is_none()) {
        let cure = "Add a line `confidence: primary`, `reproduced`, `secondary` or `recalled`";
        report.say(line, format!("`{name}` does not say how far it can be trusted"), cure);
    }
    if missing("sources", facts.sources.is_empty()) && facts.confidence != Some(Confidence::Recalled) {
        let cure = "Add `sources:` with the address it was read at, or write `confidence: recalled`";
        report.say(line, format!("`{name}` has no source"), cure);
    }
}

/// A passage of a note carries sources and topics only.
pub(super) fn note_facts(line: usize, facts: Option<&Facts>, report: &mut Report) {
    let Some(facts) = facts else { return };
    if !facts.elements.is_empty() || facts.status.is_some() || facts.in_force.is_some() || facts.until.is_some() {
        let cure = "Put them into the facts block of the provision they concern";
        report.say(line, "a note has no status, dates or elements", cure);
    }
}

/// Status and dates: the provision's own, else the law's.
pub(super) fn validity(details: &Details, facts: &Facts, report: &mut Report) -> Option<Validity> {
    let Details::Law(law) = details else { return None };
    let status = facts.status.unwrap_or(law.status);
    let ended = matches!(status, Status::Repealed | Status::StruckDown | Status::Suspended);
    if facts.until.is_some() && !ended {
        let cure = "Add `status: repealed`, `struck down` or `suspended`, or remove `until`";
        report.say(
            facts.status_line,
            format!("`until` stands beside the status `{status}`"),
            cure,
        );
    }
    if let (Some(from), Some(until)) = (facts.in_force, facts.until)
        && until.latest() < from.earliest()
    {
        report.say(
            facts.status_line,
            "`until` lies before `in_force`",
            "Correct one of the two dates",
        );
    }
    let proposed = matches!(status, Status::Bill | Status::Draft);
    Some(Validity {
        status,
        enacted: law.enacted,
        in_force: facts.in_force.or(law.in_force).filter(|_| !proposed),
        until: facts.until.filter(|_| ended),
    })
}
