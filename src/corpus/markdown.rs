//! Markdown: cuts a body at its headings, and gives plain paragraphs, fact blocks and links, each with its line.
//!
//! Headings are found line by line before anything is parsed, so that a fence left open spoils one section only.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::problem::Report;

/// What stands between one heading and the next.
#[derive(Debug)]
pub(super) struct Section<'a> {
    /// Level of the heading, 1 to 6; 0 for what stands before the first.
    pub level: usize,
    /// The heading as plain text, without its anchor.
    pub heading: String,
    /// The anchor, where the heading has one.
    pub anchor: Option<String>,
    /// Line of the heading, or the first line of the body.
    pub line: usize,
    body: &'a str,
    body_line: usize,
}

/// A section's content.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Paragraphs separated by a blank line.
    pub text: String,
    /// Fact blocks: the YAML, the line of its first line, and the line of the fence.
    pub facts: Vec<(String, usize)>,
    /// Links and identifiers of the corpus that are named, with their lines.
    pub links: Vec<(String, usize)>,
}

/// First folders of identifiers; code text that begins with one is a reference and must lead somewhere.
pub(super) const FOLDERS: &[&str] = &[
    "legislation/",
    "instruments/",
    "jurisprudence/",
    "jurisdictions/",
    "model-laws/",
];

/// Cuts `body`, whose first line is line `first_line` of the file, at its headings.
pub(super) fn sections<'a>(body: &'a str, first_line: usize, report: &mut Report) -> Vec<Section<'a>> {
    let mut sections: Vec<Section<'a>> = Vec::new();
    let (mut heading, mut start, mut start_line) = (None::<(usize, &str, usize)>, 0, first_line);
    let mut fence: Option<Fence> = None;
    let mut at = 0;
    for (number, line) in body.split_inclusive('\n').enumerate() {
        let line_number = first_line + number;
        match (&fence, heading_of(line)) {
            (open, Some((level, text))) if open.is_none() || text.contains("{#") => {
                if fence.take().is_some() {
                    report.say(
                        line_number,
                        "a heading stands inside a block that was not closed",
                        "Close the block above it with a line of three backticks",
                    );
                }
                sections.push(section(heading, &body[start..at], start_line, report));
                heading = Some((level, text, line_number));
                start = at + line.len();
                start_line = line_number + 1;
            }
            (Some(open), _) if open.closes(line) => fence = None,
            (None, _) => fence = Fence::opened_by(line),
            _ => {}
        }
        at += line.len();
    }
    sections.push(section(heading, &body[start..], start_line, report));
    sections
}

/// An open code fence: its character and length.
struct Fence(char, usize);

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let text = line.trim_start_matches(' ');
        let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = text.chars().take_while(|c| *c == mark).count();
        let info = &text[length..];
        (line.len() - text.len() <= 3 && length >= 3 && !(mark == '`' && info.contains('`')))
            .then_some(Self(mark, length))
    }

    fn closes(&self, line: &str) -> bool {
        let text = line.trim();
        text.chars().all(|c| c == self.0) && text.len() >= self.1
    }
}

/// Level and text of a heading line (`## text`).
fn heading_of(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches(' ');
    let level = text.bytes().take_while(|b| *b == b'#').count();
    let rest = &text[level..];
    let fits =
        line.len() - text.len() <= 3 && (1..=6).contains(&level) && (rest.starts_with(' ') || rest.trim().is_empty());
    // `## Title ##` is allowed, its end is not part of the title.
    let title = rest.trim();
    let open = title.trim_end_matches('#');
    let title = if open.is_empty() || open.ends_with(' ') {
        open.trim_end()
    } else {
        title
    };
    fits.then_some((level, title))
}

fn section<'a>(
    heading: Option<(usize, &str, usize)>,
    body: &'a str,
    body_line: usize,
    report: &mut Report,
) -> Section<'a> {
    let Some((level, text, line)) = heading else {
        return Section {
            level: 0,
            heading: String::new(),
            anchor: None,
            line: body_line,
            body,
            body_line,
        };
    };
    let (text, anchor) = anchor_of(text, line, report);
    Section {
        level,
        heading: inline_text(text),
        anchor,
        line,
        body,
        body_line,
    }
}

/// Parts `Title {#anchor}`; an anchor that cannot be one is reported and dropped.
fn anchor_of<'t>(text: &'t str, line: usize, report: &mut Report) -> (&'t str, Option<String>) {
    const CURE: &str = "End the heading with `{#s-37}`: small letters a to z, digits and hyphens between `{#` and `}`";
    let Some((title, rest)) = text.split_once("{#") else {
        return (text, None);
    };
    let Some((anchor, after)) = rest.split_once('}') else {
        report.say(line, "the anchor of this heading is not closed", CURE);
        return (title.trim(), None);
    };
    let fits = !anchor.is_empty()
        && anchor
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !after.trim().is_empty() {
        report.say(line, "something stands after the anchor of this heading", CURE);
    }
    if !fits {
        report.say(
            line,
            format!("`{}` cannot be an anchor", super::fields::clip(anchor)),
            CURE,
        );
        return (title.trim(), None);
    }
    (title.trim(), Some(anchor.to_owned()))
}

/// A line of Markdown as plain text.
fn inline_text(text: &str) -> String {
    if !text.contains(['*', '_', '`', '[', '<', '&', '\\']) {
        return text.to_owned();
    }
    let source = format!("# {text}");
    let mut plain = String::new();
    for event in Parser::new_ext(&source, Options::empty()) {
        match event {
            Event::Text(words) | Event::Code(words) => plain.push_str(&words),
            Event::SoftBreak | Event::HardBreak => plain.push(' '),
            _ => {}
        }
    }
    plain.trim().to_owned()
}

impl Section<'_> {
    /// The content, as plain paragraphs, fact blocks and links.
    pub fn content(&self, report: &mut Report) -> Content {
        let mut writer = Writer {
            section: self,
            counted: (0, self.body_line),
            report,
            content: Content::default(),
            lists: Vec::new(),
            code: None,
        };
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for (event, range) in Parser::new_ext(self.body, options).into_offset_iter() {
            writer.event(event, range);
        }
        let mut content = writer.content;
        content.text = tidy(&content.text);
        content
    }
}

/// Paragraphs without space at their ends and with one blank line between them.
fn tidy(text: &str) -> String {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Writes events as plain text.
struct Writer<'s, 'r> {
    section: &'s Section<'s>,
    /// A place in the body and its line, so that lines are counted once and not for every event.
    counted: (usize, usize),
    report: &'r mut Report,
    content: Content,
    /// Next number of each open list; none for bullets.
    lists: Vec<Option<u64>>,
    /// The code block being read: whether it holds facts, its text, line of its first line.
    code: Option<(bool, String, usize)>,
}

impl Writer<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: std::ops::Range<usize>) {
        let line = self.line_at(range.start);
        match event {
            Event::Start(tag) => self.start(tag, line, range),
            Event::End(tag) => self.end(tag),
            Event::Text(words) => match &mut self.code {
                Some((_, code, _)) => code.push_str(&words),
                None => self.content.text.push_str(&words),
            },
            Event::Code(words) => {
                if FOLDERS.iter().any(|folder| words.starts_with(folder)) {
                    self.content.links.push((words.to_string(), line));
                }
                self.content.text.push_str(&words);
            }
            Event::SoftBreak => self.content.text.push(' '),
            Event::HardBreak => self.content.text.push('\n'),
            Event::Html(_) | Event::InlineHtml(_) => {
                let cure = "Write it in Markdown; put a `<` that is meant as a sign behind a backslash";
                self.report.say(line, "HTML is not shown, so this would be lost", cure);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, line: usize, range: std::ops::Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } if self.lists.is_empty() => self.gap(),
            Tag::BlockQuote(_) | Tag::Table(_) => self.gap(),
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(first);
            }
            Tag::Item => {
                self.new_line();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.content.text.push_str(&mark);
            }
            Tag::TableRow => self.new_line(),
            Tag::CodeBlock(kind) => self.open_code(&kind, line, range),
            Tag::Link { dest_url, .. } => self.content.links.push((dest_url.to_string(), line)),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.gap();
                }
            }
            TagEnd::TableCell => self.content.text.push_str(" | "),
            TagEnd::TableRow | TagEnd::TableHead => {
                let kept = self.content.text.trim_end_matches(" | ").len();
                self.content.text.truncate(kept);
            }
            TagEnd::CodeBlock => match self.code.take() {
                Some((true, yaml, line)) => self.content.facts.push((yaml, line)),
                Some((false, text, _)) => {
                    self.gap();
                    self.content.text.push_str(text.trim_end());
                    self.gap();
                }
                None => {}
            },
            _ => {}
        }
    }

    fn open_code(&mut self, kind: &CodeBlockKind<'_>, line: usize, range: std::ops::Range<usize>) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        let source = self.section.body[range].trim_end();
        let fenced = matches!(kind, CodeBlockKind::Fenced(_));
        if fenced && (source.lines().count() < 2 || !(source.ends_with("```") || source.ends_with("~~~"))) {
            self.report.say(
                line,
                "this block is not closed",
                "Close it with a line of three backticks",
            );
        }
        if info != "facts" && crate::law::nearest(info, &["facts"]).is_some() {
            self.report
                .say(line, format!("the block is called `{info}`"), "Call it `facts`");
        }
        let facts = crate::law::nearest(info, &["facts"]).is_some();
        self.code = Some((facts, String::new(), line + usize::from(fenced)));
    }

    /// Line in the file of a place in the section's body.
    fn line_at(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.section.body.len());
        let (from, line) = if offset < self.counted.0 {
            (0, self.section.body_line)
        } else {
            self.counted
        };
        let between = &self.section.body.as_bytes()[from..offset];
        self.counted = (offset, line + between.iter().filter(|byte| **byte == b'\n').count());
        self.counted.1
    }

    fn gap(&mut self) {
        self.content.text.push_str("\n\n");
    }

    fn new_line(&mut self) {
        if !self.content.text.is_empty() && !self.content.text.ends_with('\n') {
            self.content.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Level, heading, anchor and line.
    type Head = (usize, String, Option<String>, usize);

    fn read(body: &str) -> (Vec<Head>, Vec<Content>, Vec<String>) {
        let mut report = Report::on("x.md");
        let sections = sections(body, 10, &mut report);
        let contents = sections.iter().map(|section| section.content(&mut report)).collect();
        let heads = sections
            .iter()
            .map(|s| (s.level, s.heading.clone(), s.anchor.clone(), s.line))
            .collect();
        (
            heads,
            contents,
            report
                .problems
                .iter()
                .map(|p| format!("{} {}", p.line, p.message))
                .collect(),
        )
    }

    #[test]
    fn cuts_at_headings_outside_of_blocks() {
        let (heads, contents, problems) =
            read("Intro.\n\n## s 1 — *One* {#s-1}\n\n```facts\n# no heading\na: b\n```\n\nText.\n\n## Two ##\n");
        let expected = [
            (0, String::new(), None, 10),
            (2, "s 1 — One".to_owned(), Some("s-1".to_owned()), 12),
            (2, "Two".to_owned(), None, 21),
        ];
        assert_eq!(heads, expected);
        assert_eq!(contents[1].facts, [("# no heading\na: b\n".to_owned(), 15)]);
        assert_eq!(contents[1].text, "Text.");
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn becomes_plain_paragraphs() {
        let body = "One **bold** line\nand [a link](x.md#y).\n\n1. first\n2. second\n   - inner\n\n> quoted\n\n| a | b |\n|---|---|\n| c | d |\n\nlast\\\nline\n";
        let (_, contents, problems) = read(body);
        assert_eq!(
            contents[0].text,
            "One bold line and a link.\n\n1. first\n2. second\n- inner\n\nquoted\n\na | b\nc | d\n\nlast\nline"
        );
        assert_eq!(contents[0].links, [("x.md#y".to_owned(), 11)]);
        assert!(problems.is_empty());
    }

    #[test]
    fn an_open_block_spoils_one_section_only() {
        let (heads, contents, problems) = read("## A {#a}\n\n```facts\na: b\n\n## B {#b}\n\nText.\n");
        assert_eq!(heads.len(), 3);
        assert_eq!(contents[2].text, "Text.");
        assert_eq!(
            problems,
            [
                "15 a heading stands inside a block that was not closed",
                "12 this block is not closed"
            ]
        );
    }
}
