//! What only shows in the corpus as a whole: one file per question, each read-only over what was loaded.

mod addresses;
mod commentary;
mod coverage;
mod dates;
mod names;
mod repeals;
mod sentences;
mod translations;
mod twins;
mod unsupported;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::document::Document;
use super::load::Corpus;
use super::problem::{Problem, Question};
use crate::law::Provision;

/// A document with its provisions.
type Page<'c> = (&'c Document, &'c [Provision]);

/// Asks every question; what was read long ago is measured from `today`. In the order of paths and lines.
pub fn review(corpus: &Corpus, today: Date) -> Vec<Problem> {
    let mut of: BTreeMap<&str, &[Provision]> = BTreeMap::new();
    for together in corpus.provisions.chunk_by(|a, b| a.document == b.document) {
        of.extend(together.first().map(|first| (first.document.as_str(), together)));
    }
    let pages: Vec<Page<'_>> = corpus
        .documents
        .iter()
        .map(|document| (document, of.get(document.id.as_str()).copied().unwrap_or_default()))
        .collect();
    let mut problems = commentary::ask(&pages);
    problems.extend(unsupported::ask(&pages, &corpus.jurisdictions));
    problems.extend(coverage::elements(&pages));
    problems.extend(coverage::topics(&pages));
    problems.extend(dates::ask(&pages, today));
    problems.extend(repeals::ask(&pages));
    problems.extend(translations::ask(&pages));
    problems.extend(twins::in_one_law(&pages));
    problems.extend(twins::in_two_documents(&pages));
    problems.extend(addresses::ask(&pages));
    problems.extend(names::ask(&pages, &corpus.jurisdictions));
    // A file with placeholders is not written yet: what else it lacks is told once they are filled in.
    let left = corpus
        .problems
        .iter()
        .filter(|problem| problem.question == Question::Unfinished);
    let unfinished: BTreeSet<&str> = left.map(|problem| problem.path.as_str()).collect();
    problems.retain(|problem| !unfinished.contains(problem.path.as_str()));
    problems.sort();
    problems
}

/// The file of a document.
fn path(document: &Document) -> String {
    format!("{}.md", document.id)
}

/// The document that a version in another language stands beside: `model-laws/x` for `model-laws/x.fr`.
fn base(id: &str) -> Option<&str> {
    id.rsplit_once('.').map(|(base, _)| base)
}
