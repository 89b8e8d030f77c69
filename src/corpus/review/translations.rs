//! Does a version in another language follow its document, article for article?

use std::collections::BTreeMap;

use super::{Page, base, path};
use crate::corpus::problem::{Problem, Question};
use crate::law::Provision;

/// Provisions that a version lacks, in another order, with other paragraphs, or without a variant.
pub(super) fn ask(pages: &[Page<'_>]) -> Vec<Problem> {
    let of: BTreeMap<&str, &[Provision]> = pages.iter().map(|(document, of)| (document.id.as_str(), *of)).collect();
    let mut problems = Vec::new();
    for (document, version) in pages {
        let Some(base) = base(&document.id) else { continue };
        let Some(original) = of.get(base) else { continue };
        let mut say = |line, message: String, cure: &str| {
            problems.push(Problem::found(
                Question::Translation,
                &path(document),
                line,
                message,
                cure,
            ));
        };
        let there: BTreeMap<&str, &Provision> = version.iter().filter_map(|own| Some((anchor(own)?, own))).collect();
        for provision in *original {
            match anchor(provision) {
                Some(name) => match there.get(name) {
                    None => {
                        let message = format!("`{}` is missing, with the anchor `{name}`", label(provision));
                        say(
                            1,
                            message,
                            &format!("Translate it from {base}.md, line {}", provision.line),
                        );
                    }
                    Some(own) => differs(provision, own, &mut say),
                },
                None if version.iter().any(|own| anchor(own).is_none()) => {}
                None => say(
                    1,
                    "the introduction is missing".to_owned(),
                    "Translate what stands above the first heading",
                ),
            }
        }
        order(original, version, &mut say);
    }
    problems
}

/// The first provision that stands before one that it follows in the original.
fn order(original: &[Provision], version: &[Provision], say: &mut impl FnMut(usize, String, &str)) {
    let place = |own: &Provision| original.iter().position(|provision| anchor(provision) == anchor(own));
    let mut last: Option<(usize, &Provision)> = None;
    for own in version {
        let Some(at) = place(own) else { continue };
        if let Some((_, before)) = last.filter(|(last, _)| at < *last) {
            let message = format!("`{}` stands behind `{}`", label(own), label(before));
            return say(own.line, message, "Put the headings into the order of the original");
        }
        last = Some((at, own));
    }
}

/// One article and its translation: numbered paragraphs, and variants by legal system.
fn differs(original: &Provision, own: &Provision, say: &mut impl FnMut(usize, String, &str)) {
    let (Some(article), Some(translated)) = (&original.article, &own.article) else {
        return;
    };
    let ((numbers, letters), (own_numbers, own_letters)) = (paragraphs(&original.text), paragraphs(&own.text));
    for (what, wanted, found) in [("(1)", numbers, own_numbers), ("(a)", letters, own_letters)] {
        if wanted != found {
            let message = format!(
                "`{}` has {found} paragraphs such as `{what}`, the original {wanted}",
                label(own)
            );
            say(own.line, message, "Number the paragraphs as in the original");
        }
    }
    if article.variants.len() > translated.variants.len() {
        let systems: Vec<&str> = article.variants.iter().map(|variant| variant.system.as_str()).collect();
        let (wanted, found) = (systems.len(), translated.variants.len());
        let message = format!("`{}` has {found} variants, the original {wanted}", label(own));
        say(
            own.line,
            message,
            &format!("Translate the variants for: {}", systems.join("; ")),
        );
    }
}

/// How many paragraphs are numbered `(1)`, and how many `(a)`, in any script.
fn paragraphs(text: &str) -> (usize, usize) {
    let (mut numbers, mut letters) = (0, 0);
    for (at, _) in text.match_indices('(').filter(|(at, _)| begins(&text[..*at])) {
        let mark = text[at + 1..].split_once(')').map_or("", |(mark, _)| mark);
        if !(1..=4).contains(&mark.chars().count()) || !mark.chars().all(char::is_alphanumeric) {
            continue;
        }
        if mark.chars().any(char::is_numeric) {
            numbers += 1;
        } else {
            letters += 1;
        }
    }
    (numbers, letters)
}

/// Whether a paragraph may begin behind `before`; in `under paragraph (1)` none does.
fn begins(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '-']);
    let ends = |text: &str, signs: &[char]| text.is_empty() || text.ends_with(signs);
    // `…; and (b) …`
    let last = before.trim_end_matches(char::is_alphabetic).trim_end();
    ends(before, &['\n', ':', ';', '.', '؛']) || last.ends_with([';', '؛'])
}

fn anchor(provision: &Provision) -> Option<&str> {
    provision.id.split_once('#').map(|(_, anchor)| anchor)
}

fn label(provision: &Provision) -> &str {
    provision.pinpoint.as_deref().unwrap_or(&provision.heading)
}
