//! Is a law that another says it repeals still called in force?

use std::collections::BTreeMap;

use super::{Page, path};
use crate::corpus::document::{Details, Document};
use crate::corpus::problem::{Problem, Question};
use crate::law::{Instrument, Provision, Status};

/// Laws and provisions whose status contradicts what the repealing law says, or the other way round.
pub(super) fn ask(pages: &[Page<'_>]) -> Vec<Problem> {
    let laws: BTreeMap<&str, (&Document, &Instrument, &[Provision])> = pages
        .iter()
        .filter_map(|(document, provisions)| match &document.details {
            Details::Law(law) => Some((document.id.as_str(), (*document, law, *provisions))),
            _ => None,
        })
        .collect();
    let mut problems = Vec::new();
    for (document, law, _) in laws.values() {
        if took_effect(law.status) {
            problems.extend(law.repeals.iter().filter_map(|id| still_in_force(document, id, &laws)));
        }
        let by = law
            .repealed_by
            .as_deref()
            .and_then(|id| laws.get(id.split('#').next()?));
        if let Some((other, by, _)) = by.filter(|(_, by, _)| !took_effect(by.status)) {
            let message = format!(
                "the law is said to be repealed by `{}`, whose status is `{}`",
                other.id, by.status
            );
            let cure = "Correct the status of one of the two, or remove `repealed_by`";
            problems.push(Problem::found(Question::Repeal, &path(document), 1, message, cure));
        }
    }
    problems
}

/// A bill repeals nothing, nor does an act that has not commenced.
fn took_effect(status: Status) -> bool {
    matches!(status, Status::InForce | Status::PartlyInForce | Status::Repealed)
}

/// What `by` repeals, where it is still called in force: a law, or a provision of one.
fn still_in_force(
    by: &Document,
    id: &str,
    laws: &BTreeMap<&str, (&Document, &Instrument, &[Provision])>,
) -> Option<Problem> {
    let (document, law, provisions) = laws.get(id.split('#').next()?)?;
    let (status, line) = if id.contains('#') {
        let provision = provisions.iter().find(|provision| provision.id == id)?;
        (
            provision.validity.map_or(law.status, |validity| validity.status),
            provision.line,
        )
    } else {
        (law.status, 1)
    };
    let what = if id.contains('#') { "provision" } else { "law" };
    (status == Status::InForce).then(|| {
        let message = format!("the {what} is `in force`, but `{}` says that it repeals it", by.id);
        let cure = "Write `status: repealed` here, or correct `repeals` there";
        Problem::found(Question::Repeal, &path(document), line, message, cure)
    })
}
