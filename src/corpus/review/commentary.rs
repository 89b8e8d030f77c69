//! Does the commentary of every article of a model law name what it follows?

use super::{Page, path};
use crate::corpus::problem::{Problem, Question};
use crate::law::Article;

/// Articles whose commentary names no provision, instrument or decision.
pub(super) fn ask(pages: &[Page<'_>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (document, provisions) in pages {
        for provision in *provisions {
            // That there is none at all is told while the file is read.
            let silent = |article: &Article| !article.commentary.is_empty() && article.references.is_empty();
            if !provision.article.as_ref().is_some_and(silent) {
                continue;
            }
            let name = provision.pinpoint.as_deref().unwrap_or(&provision.heading);
            problems.push(Problem::found(
                Question::Commentary,
                &path(document),
                provision.line,
                format!("the commentary of `{name}` points nowhere"),
                "Name what it follows in backticks, as in `instruments/coe/istanbul-convention-2011#art-34`",
            ));
        }
    }
    problems
}
