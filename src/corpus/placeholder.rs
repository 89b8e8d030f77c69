//! Placeholders, `⟨what belongs here⟩`: what an unfinished note still has to say. None may pass into the corpus.

use super::fields::clip;
use super::problem::{Question, Report};

const OPEN: char = '⟨';
const CLOSE: char = '⟩';

/// A place that is still to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Placeholder {
    /// Line of the file on which it begins, counted from 1.
    pub line: usize,
    /// Line on which it ends.
    #[serde(skip)]
    last_line: usize,
    /// The placeholder in its brackets; one bracket alone where the other is missing.
    pub text: String,
}

/// Puts a description of what belongs there between the brackets.
pub(super) fn placeholder(what: &str) -> String {
    format!("{OPEN}{what}{CLOSE}")
}

/// Every placeholder of a text, in its order, and every bracket that has lost the other.
pub fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut line = 1;
    let lone = |line, bracket: char| Placeholder {
        line,
        last_line: line,
        text: bracket.to_string(),
    };
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) => line += 1,
            (OPEN, before) => {
                found.extend(before.map(|(_, line)| lone(line, OPEN)));
                open = Some((at, line));
            }
            (CLOSE, Some((from, first))) => {
                let words: Vec<&str> = text[from..at].split_whitespace().collect();
                found.push(Placeholder {
                    line: first,
                    last_line: line,
                    text: format!("{}{CLOSE}", words.join(" ")),
                });
                open = None;
            }
            (CLOSE, None) => found.push(lone(line, CLOSE)),
            _ => {}
        }
    }
    found.extend(open.map(|(_, line)| lone(line, OPEN)));
    found
}

/// Drops what was said of lines with a placeholder: that the placeholder is no date or topic needs no telling.
pub(super) fn set_aside(placeholders: &[Placeholder], report: &mut Report) {
    let on_a_placeholder = |line: usize| {
        placeholders
            .iter()
            .any(|one| (one.line..=one.last_line).contains(&line))
    };
    report.problems.retain(|problem| !on_a_placeholder(problem.line));
}

/// Refuses every placeholder that is left in the text of a file, in the stead of what it causes on its own line.
pub(super) fn refuse(text: &str, report: &mut Report) {
    let left = placeholders(text);
    set_aside(&left, report);
    for Placeholder { line, text, .. } in left {
        let (message, cure) = match text.chars().count() {
            1 => (format!("the sign `{text}` stands alone"), "Delete it"),
            _ => (
                format!("`{}` is still to be filled in", clip(&text)),
                "Write here what it asks for, without the brackets",
            ),
        };
        report.found(Question::Unfinished, line, message, cure);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_with_its_line() {
        let found = placeholders("a ⟨b\n  c⟩ ⟨d⟩\n⟩ ⟨\n⟨e⟩ ⟨");
        let told: Vec<(usize, &str)> = found.iter().map(|one| (one.line, one.text.as_str())).collect();
        assert_eq!(
            told,
            [(1, "⟨b c⟩"), (2, "⟨d⟩"), (3, "⟩"), (3, "⟨"), (4, "⟨e⟩"), (4, "⟨")]
        );
        assert!(placeholders("s 37(1) <b> [three] {#s-37} «x»").is_empty());
    }

    #[test]
    fn is_told_once_and_other_lines_keep_their_problems() {
        let mut report = Report::on("x.md");
        report.say(1, "it is no date", "");
        report.say(2, "it spans lines", "");
        report.say(3, "another", "");
        refuse("date: ⟨when\nit was⟩\nkind: x\n", &mut report);
        let told: Vec<(usize, &str)> = report.problems.iter().map(|p| (p.line, p.message.as_str())).collect();
        assert_eq!(told, [(3, "another"), (1, "`⟨when it was⟩` is still to be filled in")]);
    }
}
