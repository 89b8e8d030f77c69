//! Cuts a draft into provisions by its headings and numbers, whatever the tradition.
//!
//! | a provision begins at | where |
//! | --- | --- |
//! | a label and a number: `Section 5`, `Art. 5`, `Artículo 5.-`, `المادة ٥`, `§ 5`, `Cl. 5` | a line of its own, or before a mark |
//! | a Markdown heading without a number | it has text of its own |
//! | a number and a full stop: `5. Threats` | the draft has no labels, and numbers rise |
//!
//! Parts, chapters and titles stand above provisions. A draft without any of these is one provision.

use std::ops::Range;

use crate::law::numbered_line;

/// Labels of units that provisions stand in.
const ABOVE: &[&str] = &["pt", "ch", "div", "sch"];
/// Words of units above provisions that the list of labels does not have, as prefixes in small letters.
const ABOVE_WORDS: &[&str] = &[
    "título",
    "titulo",
    "titre",
    "title",
    "capítulo",
    "capitulo",
    "chapitre",
    "partie",
    "parte",
    "livre",
    "libro",
    "livro",
    "book",
    "teil",
    "kapitel",
    "abschnitt",
    "seção",
    "sección",
    "الباب",
    "الفصل",
    "القسم",
];
/// Labels of paragraphs inside provisions.
const BELOW: &[&str] = &["para", "subpara", "recital"];
/// Longest heading in letters; what is longer is text.
const LONGEST_HEADING: usize = 110;
/// Longest jump of bare numbers: more is the number of something else.
const LONGEST_JUMP: u32 = 10;

/// One provision of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// `art 5`, as pinpoints are written.
    pub pinpoint: Option<String>,
    /// Its heading, without the number; empty where it has none.
    pub heading: String,
    /// Headings above it, outermost first.
    pub path: Vec<String>,
    /// Its text in the draft, the line of its number included, in bytes.
    pub range: Range<usize>,
    /// Line of its beginning, counted from 1.
    pub line: usize,
}

/// What a line is.
enum Line<'t> {
    /// Begins a provision.
    Provision {
        pinpoint: Option<String>,
        heading: &'t str,
    },
    /// A heading above provisions, by its depth.
    Above(usize, &'t str),
    Text,
}

/// Cuts a draft; always at least one provision, unless there is no text at all.
pub(super) fn sections(text: &str) -> Vec<Section> {
    let labelled = lines(text).any(|(_, line)| matches!(labelled(bare(line)), Some(Line::Provision { .. })));
    let (mut sections, mut path, mut last) = (Vec::<Section>::new(), Vec::<(usize, String)>::new(), 0);
    let mut before: Option<usize> = None;
    for (number, (start, line)) in lines(text).enumerate() {
        let kind = match kind(line, labelled, &mut last) {
            Line::Text if !line.trim().is_empty() && sections.is_empty() && before.is_none() => {
                before = Some(start);
                Line::Text
            }
            kind => kind,
        };
        match kind {
            Line::Text => {}
            Line::Above(depth, heading) => {
                close(&mut sections, start);
                path.retain(|(above, _)| *above < depth);
                path.push((depth, heading.to_owned()));
            }
            Line::Provision { pinpoint, heading } => {
                close(&mut sections, start);
                sections.push(Section {
                    pinpoint,
                    heading: heading.to_owned(),
                    path: path.iter().map(|(_, heading)| heading.clone()).collect(),
                    range: start..text.len(),
                    line: number + 1,
                });
            }
        }
    }
    close(&mut sections, text.len());
    sections.retain(|section| section.pinpoint.is_some() || has_text(text, section));
    for section in &mut sections {
        take_heading(text, section);
    }
    if sections.is_empty() && !text.trim().is_empty() {
        sections.push(Section {
            pinpoint: None,
            heading: String::new(),
            path: Vec::new(),
            range: 0..text.len(),
            line: 1,
        });
    }
    sections
}

/// Ends the last provision at a place, if it is still open.
fn close(sections: &mut [Section], at: usize) {
    if let Some(last) = sections.last_mut() {
        last.range.end = last.range.end.min(at);
    }
}

/// Whether there is more than the line of the heading.
fn has_text(text: &str, section: &Section) -> bool {
    let own = &text[section.range.clone()];
    own.trim().lines().skip(1).any(|line| !line.trim().is_empty())
}

/// Lines with the place of their beginning.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    })
}

/// A line without the signs of Markdown and Word around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '#' | '*' | '_' | '\u{feff}' | '\u{200e}' | '\u{200f}')
    })
}

fn kind<'t>(line: &'t str, labelled: bool, last: &mut u32) -> Line<'t> {
    let (text, depth) = (
        bare(line),
        line.trim_start().bytes().take_while(|byte| *byte == b'#').count(),
    );
    if text.is_empty() {
        return Line::Text;
    }
    if let Some(kind) = self::labelled(text) {
        return kind;
    }
    let numbered =
        numbered(text).filter(|(number, _)| depth > 0 || (*number > *last && *number - *last <= LONGEST_JUMP));
    match numbered {
        Some((number, rest)) if !labelled => {
            *last = number;
            let written = text[..text.len() - rest.len()].trim_end_matches(['.', ')', ' ', '—', '-', ':']);
            Line::Provision {
                pinpoint: Some(format!("s {}", written.trim())),
                heading: heading(rest),
            }
        }
        // A draft without labels and numbers is cut at its headings; the first of a whole document is its title.
        _ if depth == 1 => Line::Above(1, text),
        _ if depth > 0 => Line::Provision {
            pinpoint: None,
            heading: heading(text),
        },
        _ => Line::Text,
    }
}

/// A line that begins with a label and its number, and is not a sentence that happens to.
fn labelled(text: &str) -> Option<Line<'_>> {
    let lower: String = text.chars().take(12).flat_map(char::to_lowercase).collect();
    if ABOVE_WORDS.iter().any(|word| lower.starts_with(word)) && text.chars().count() <= LONGEST_HEADING {
        return Some(Line::Above(2, text));
    }
    let read = numbered_line(text)?;
    let rest = &text[read.end..];
    if BELOW.contains(&read.label) || !is_parted(rest) {
        return None;
    }
    if ABOVE.contains(&read.label) {
        return (text.chars().count() <= LONGEST_HEADING).then_some(Line::Above(2, text));
    }
    Some(Line::Provision {
        pinpoint: Some(format!("{} {}", read.label, read.number)),
        heading: heading(rest),
    })
}

/// Whether what follows a number shows that the line is a heading: nothing, a mark, a paragraph, or a capital.
fn is_parted(rest: &str) -> bool {
    let mut letters = rest
        .chars()
        .skip_while(|c| matches!(c, ' ' | '\u{a0}' | '\t' | '*' | '_'));
    match letters.next() {
        None => true,
        Some(mark @ ('.' | ':' | '-' | '–' | '—' | ')' | '(' | '|' | 'º' | '°' | '\n')) => {
            // `Section 5(1) applies`: a paragraph directly behind, then a small letter, is a reference.
            mark != '(' || !rest.starts_with('(') || {
                let behind = rest.split_once(')').map_or("", |(_, behind)| behind);
                behind
                    .trim_start()
                    .starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic())
            }
        }
        Some(letter) => letter.is_uppercase() && !rest.trim_end().ends_with([',', ';']),
    }
}

/// `5.`, `12A.` or `5 —` at the beginning of a line.
fn numbered(text: &str) -> Option<(u32, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = text.get(..digits).filter(|digits| digits.len() <= 4)?.parse().ok()?;
    let rest = text[digits..].trim_start_matches(|c: char| c.is_ascii_uppercase());
    (text[digits..].len() - rest.len() <= 2).then_some(())?;
    let behind = rest
        .strip_prefix('.')
        .or_else(|| rest.strip_prefix(" —"))
        .or_else(|| rest.strip_prefix(" –"))?;
    let is_parted = behind.is_empty() || behind.starts_with([' ', '\t', '\u{a0}', '—', '–', '-', '(']);
    is_parted.then_some((number, behind))
}

/// What follows a number, where it is short enough and no sentence.
fn heading(rest: &str) -> &str {
    let text = rest.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '.' | ':' | '-' | '–' | '—' | ')' | '*' | '_' | '|' | 'º' | '°')
    });
    let is_sentence = rest.trim_end().ends_with([';', ',']) || text.contains(". ") || text.contains("; ");
    if is_sentence || text.starts_with('(') || text.chars().count() > LONGEST_HEADING {
        first_sentence(text)
    } else {
        text
    }
}

/// `Difusión de imágenes. Quien difunda …`: a short first sentence is the heading.
fn first_sentence(text: &str) -> &str {
    match text.split_once(". ").or_else(|| text.split_once(".- ")) {
        Some((first, _)) if first.split_whitespace().count() <= 12 && !first.starts_with('(') => first,
        _ => "",
    }
}

/// A number alone in its line has its heading in the next.
fn take_heading(text: &str, section: &mut Section) {
    if !section.heading.is_empty() {
        return;
    }
    let own = &text[section.range.clone()];
    let mut rest = own.lines();
    let first = rest.next().map(bare).unwrap_or_default();
    let alone =
        numbered_line(first).is_some_and(|read| first[read.end..].trim_matches(['.', ':', ' ', '-', '—']).is_empty());
    let next = rest.map(bare).find(|line| !line.is_empty()).unwrap_or_default();
    let is_heading = alone && next.chars().count() <= LONGEST_HEADING && !next.ends_with(['.', ';', ',', ':']);
    if is_heading && !next.starts_with('(') {
        section.heading = next.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<(String, String)> {
        let name = |section: Section| (section.pinpoint.unwrap_or_default(), section.heading);
        sections(text).into_iter().map(name).collect()
    }

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn cuts_each_tradition() {
        let english = "PART I — OFFENCES\n\nSection 1 — Sharing\n\n(1) A person who\nsection 2 applies to shares.\n\nSection 2. Threats\nText.";
        assert_eq!(cut(english), pairs(&[("s 1", "Sharing"), ("s 2", "Threats")]));
        assert_eq!(sections(english)[0].path, ["PART I — OFFENCES"]);
        let spanish = "Artículo 1.- Objeto. La presente ley protege.\n\nArtículo 2º.\nDifusión\n\nQuien difunda.";
        assert_eq!(cut(spanish), pairs(&[("art 1", "Objeto"), ("art 2", "Difusión")]));
        let arabic = "الباب الأول\n\nالمادة ١: نشر الصور\nيعاقب بالحبس.\n\nالمادة الثانية\nيعاقب.";
        assert_eq!(cut(arabic), pairs(&[("art 1", "نشر الصور"), ("art 2", "")]));
        let bare = "1. Sharing\n(1) It is an offence.\n2. Threats\n2019. was a year\n3.—(1) Text";
        assert_eq!(cut(bare), pairs(&[("s 1", "Sharing"), ("s 2", "Threats"), ("s 3", "")]));
        let markdown = "# Bill\n\nPreamble.\n\n## Definitions\n\nIn this Act …\n\n## Offence\n\nNo one may.";
        assert_eq!(cut(markdown), pairs(&[("", "Definitions"), ("", "Offence")]));
        assert_eq!(cut("No one may share."), pairs(&[("", "")]));
        assert_eq!(cut(" \n"), []);
    }

    proptest! {
        #[test]
        fn provisions_lie_in_the_text_in_order(text in "(Section [0-9]{1,2}|Art\\. [0-9]|# |المادة [٠-٩]|[0-9]\\. |\\PC{0,12}|\n){0,30}") {
            let mut last = 0;
            for section in sections(&text) {
                prop_assert!(section.range.start >= last && text.get(section.range.clone()).is_some());
                last = section.range.end;
            }
        }
    }
}
