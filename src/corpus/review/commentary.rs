//! Does the commentary of every article of a model law name what it follows?

use super::{Page, path};
use crate::corpus::problem::{Problem, Question};

/// Articles whose commentary is missing or names no provision, instrument or decision.
pub(super) fn ask(pages: &[Page<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (document, provisions) in pages {
        for provision in *provisions {
            let Some(article) = provision.article.as_ref().filter(|article| article.references.is_empty()) else {
                continue;
            };
            let what = if article.commentary.is_empty() {
                "has no commentary"
            } else {
                "has a commentary that points nowhere"
            };
            let name = provision.pinpoint.as_deref().unwrap_or(&provision.heading);
            problems.push(Problem::found(
                Question::Commentary,
                &path(document),
                provision.line,
                format!("`{name}` {what}"),
                "Name what it follows in backticks, as in `instruments/coe/istanbul-convention-2011#art-34`",
            ));
        }
    }
    problems
}
