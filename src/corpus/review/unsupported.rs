//! Does every sentence of a commentary that names a jurisdiction name the provision that it rests on?

use super::sentences::sentences;
use super::{Page, path};
use crate::corpus::fields::clip;
use crate::corpus::markdown::FOLDERS;
use crate::corpus::problem::{Problem, Question};
use crate::law::Jurisdiction;

/// Sentences that name a jurisdiction and no identifier.
pub(super) fn ask(pages: &[Page<'_>], jurisdictions: &[Jurisdiction]) -> Vec<Problem> {
    // `Mexico (federal)` is Mexico in a sentence.
    let known = jurisdictions
        .iter()
        .map(|known| known.name.split(" (").next().unwrap_or_default());
    let known: Vec<&str> = known.filter(|name| !name.is_empty()).collect();
    let mut problems = Vec::new();
    for (document, provisions) in pages {
        for provision in *provisions {
            let Some(article) = &provision.article else { continue };
            for sentence in sentences(&article.commentary) {
                let named = known.iter().find(|name| names(sentence, name));
                let Some(name) = named.filter(|_| !FOLDERS.iter().any(|folder| sentence.contains(folder))) else {
                    continue;
                };
                problems.push(Problem::found(
                    Question::UnsupportedSentence,
                    &path(document),
                    provision.line,
                    format!(
                        "the commentary speaks of {name} without an identifier: “{}”",
                        clip(sentence)
                    ),
                    "Name the provision in backticks in the same sentence, or leave the country out",
                ));
            }
        }
    }
    problems
}

/// Whether a name stands in a sentence as a whole word.
fn names(sentence: &str, name: &str) -> bool {
    sentence.match_indices(name).any(|(at, _)| {
        let apart = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
        apart(sentence[..at].chars().next_back()) && apart(sentence[at + name.len()..].chars().next())
    })
}
