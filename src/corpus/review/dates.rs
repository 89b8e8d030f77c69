//! Was everything read within the last year?

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Page, base, path};
use crate::corpus::problem::{Problem, Question};
use crate::law::PartialDate;

/// Documents with dates of checking older than a year, one piece of advice a document.
pub(super) fn ask(pages: &[Page<'_>], today: Date) -> Vec<Problem> {
    let Ok(limit) = today.checked_sub(1.year()) else {
        return Vec::new();
    };
    let mut problems = Vec::new();
    // A version in another language has the sources of its original.
    for (document, provisions) in pages.iter().filter(|(document, _)| base(&document.id).is_none()) {
        let sources = provisions.iter().flat_map(|provision| {
            let read = provision.sources.iter().filter_map(|source| source.checked);
            read.map(|day| (day, provision.line))
        });
        let own = document.checked.map(|day| (day, 1));
        let old: Vec<(PartialDate, usize)> = own
            .into_iter()
            .chain(sources)
            .filter(|(day, _)| day.latest() < limit)
            .collect();
        let Some((oldest, line)) = old.iter().min() else {
            continue;
        };
        let message = match old.len() {
            1 => format!("the date of checking {oldest} is older than a year"),
            many => format!("{many} dates of checking are older than a year, the oldest {oldest}"),
        };
        let cure = "Read the source again, correct what has changed, and write the new date in `checked`";
        problems.push(Problem::found(Question::OldDate, &path(document), *line, message, cure));
    }
    problems
}
