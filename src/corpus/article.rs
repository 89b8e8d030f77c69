//! Parts the text of a model-law article into **Text**, **Variant — …** and **Commentary**.
//!
//! Each label stands alone in a paragraph, in the language of the document.

use super::fields::clip;
use super::markdown::FOLDERS;
use super::problem::Report;
use crate::law::{Article, Variant};

/// The labels in one language.
pub(super) struct Labels {
    language: &'static str,
    pub text: &'static str,
    pub variant: &'static str,
    pub commentary: &'static str,
}

/// English first: it is also read where a language is not in the list.
const LABELS: &[Labels] = &[
    labels("en", ["Text", "Variant", "Commentary"]),
    labels("fr", ["Texte", "Variante", "Commentaire"]),
    labels("es", ["Texto", "Variante", "Comentario"]),
    labels("pt", ["Texto", "Variante", "Comentário"]),
    labels("ar", ["النص", "صيغة بديلة", "التعليق"]),
    labels("sw", ["Matini", "Matini mbadala", "Maelezo"]),
];

const fn labels(language: &'static str, [text, variant, commentary]: [&'static str; 3]) -> Labels {
    Labels {
        language,
        text,
        variant,
        commentary,
    }
}

/// The labels in the language of a document.
pub(super) fn labels_of(language: &str) -> &'static Labels {
    let spoken = language.split('-').next().unwrap_or_default();
    LABELS
        .iter()
        .find(|labels| labels.language == spoken)
        .unwrap_or(&LABELS[0])
}

/// Where a paragraph belongs.
enum Part {
    Text,
    Variant,
    Commentary,
}

/// The enactable text, and what stands beside it. `line` is that of the heading.
pub(super) fn part(content: &str, language: &str, line: usize, report: &mut Report) -> (String, Article) {
    let labels = labels_of(language);
    let (mut text, mut article) = (String::new(), Article::default());
    let mut open = None;
    for paragraph in content.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        let paragraph = paragraph.trim();
        if paragraph == labels.text {
            open = Some(Part::Text);
        } else if paragraph == labels.commentary {
            open = Some(Part::Commentary);
        } else if let Some(system) = system_of(paragraph, labels.variant) {
            article.variants.push(Variant {
                system,
                text: String::new(),
            });
            open = Some(Part::Variant);
        } else {
            match &open {
                None => report.say(
                    line,
                    format!("`{}` stands before the label **{}**", clip(paragraph), labels.text),
                    format!("Put a paragraph **{}** in front of it", labels.text),
                ),
                Some(Part::Text) => append(&mut text, paragraph),
                Some(Part::Commentary) => append(&mut article.commentary, paragraph),
                Some(Part::Variant) => article
                    .variants
                    .iter_mut()
                    .rev()
                    .take(1)
                    .for_each(|v| append(&mut v.text, paragraph)),
            }
        }
    }
    demand(&text, &article, labels, line, report);
    article.references = references(&article.commentary);
    (text, article)
}

/// The system named by a label such as `Variant — common-law systems`.
fn system_of(paragraph: &str, label: &str) -> Option<String> {
    let (before, system) = paragraph.split_once('—')?;
    (before.trim() == label && !paragraph.contains('\n')).then(|| system.trim().to_owned())
}

fn append(text: &mut String, paragraph: &str) {
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(paragraph);
}

/// Text and commentary are there, and nothing is empty.
fn demand(text: &str, article: &Article, labels: &Labels, line: usize, report: &mut Report) {
    let mut missing = |label: &str, what: &str| {
        report.say(
            line,
            format!("the article has no **{label}**"),
            format!("Add a paragraph **{label}** and below it {what}"),
        );
    };
    if text.is_empty() {
        missing(labels.text, "the words to be enacted");
    }
    if article.commentary.is_empty() {
        missing(labels.commentary, "why the article is as it is");
    }
    for variant in article
        .variants
        .iter()
        .filter(|v| v.text.is_empty() || v.system.is_empty())
    {
        report.say(
            line,
            format!("the variant `{}` is not complete", clip(&variant.system)),
            format!(
                "Write **{} — legal system** and below it the other wording",
                labels.variant
            ),
        );
    }
}

/// Identifiers in a plain text, each once.
fn references(text: &str) -> Vec<String> {
    let mut references: Vec<String> = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || "()[],;:\"“”«»،؛".contains(c)) {
        let word = word.trim_end_matches(['.', '?', '!']);
        if FOLDERS.iter().any(|folder| word.starts_with(folder)) && !references.iter().any(|known| known == word) {
            references.push(word.to_owned());
        }
    }
    references
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, language: &str) -> (String, Article, Vec<String>) {
        let mut report = Report::on("x.md");
        let (text, article) = part(text, language, 3, &mut report);
        (
            text,
            article,
            report.problems.into_iter().map(|problem| problem.message).collect(),
        )
    }

    #[test]
    fn parts_in_the_language_of_the_document() {
        let (text, article, problems) = read(
            "Texte\n\n(1) Un.\n\n(2) Deux.\n\nVariante — systèmes fédéraux\n\nTrois.\n\nCommentaire\n\nVoir \
             (legislation/xa/act#s-1), puis legislation/xa/act#s-1.",
            "fr",
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(text, "(1) Un.\n\n(2) Deux.");
        assert_eq!(article.variants[0].system, "systèmes fédéraux");
        assert_eq!(article.variants[0].text, "Trois.");
        assert_eq!(article.references, ["legislation/xa/act#s-1"]);
    }

    #[test]
    fn what_is_missing_is_told() {
        let (_, _, problems) = read("No one may.\n\nText\n\nVariant — \n\nCommentary", "en");
        assert_eq!(problems.len(), 4, "{problems:?}");
    }
}
