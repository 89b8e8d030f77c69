//! Cuts a document into what is searched and cited: provisions, one decision, or the passages of a note.

use std::collections::{BTreeMap, BTreeSet};

use super::article;
use super::demand;
use super::document::{Document, Entry};
use super::facts::{self, Facts};
use super::fields::clip;
use super::front_matter::FrontMatter;
use super::markdown::{self, Content, Section};
use super::problem::Report;
use crate::law::{Kind, Pinpoint, Provision};

/// A document with its provisions, and what it refers to.
#[derive(Debug)]
pub(super) struct Parts {
    pub document: Document,
    pub provisions: Vec<Provision>,
    /// Links to other documents and identifiers named, with their lines.
    pub links: Vec<(String, usize)>,
}

/// Cuts `body`, whose first line is line `body_line` of the file.
pub(super) fn cut(id: &str, mut front: FrontMatter, body: &str, body_line: usize, report: &mut Report) -> Parts {
    let sections = markdown::sections(body, body_line, report);
    let links = std::mem::take(&mut front.links);
    let mut cutter = Cutter {
        id,
        front: &front,
        report,
        links,
        provisions: Vec::new(),
    };
    match front.kind {
        Kind::Judgment => cutter.judgment(&sections),
        _ => cutter.passages(&sections),
    }
    let Cutter { provisions, links, .. } = cutter;
    let document = document(id, front, &provisions);
    Parts {
        document,
        provisions,
        links,
    }
}

fn document(id: &str, front: FrontMatter, provisions: &[Provision]) -> Document {
    let label = |provision: &Provision| match &provision.pinpoint {
        Some(pinpoint) if provision.heading.is_empty() => pinpoint.clone(),
        Some(pinpoint) => format!("{pinpoint} — {}", provision.heading),
        None => provision.heading.clone(),
    };
    Document {
        id: id.to_owned(),
        kind: front.kind,
        title: front.title,
        title_original: front.title_original,
        jurisdiction: front.jurisdiction,
        language: front.language,
        languages: front.languages,
        url: front.url,
        checked: front.checked,
        licence: front.licence,
        details: front.details,
        contents: provisions
            .iter()
            .map(|provision| Entry {
                id: provision.id.clone(),
                label: label(provision),
            })
            .collect(),
    }
}

struct Cutter<'a> {
    id: &'a str,
    front: &'a FrontMatter,
    report: &'a mut Report,
    links: Vec<(String, usize)>,
    provisions: Vec<Provision>,
}

impl Cutter<'_> {
    /// A provision of this document with nothing in it yet.
    fn blank(&self, anchor: Option<&str>, heading: String, line: usize) -> Provision {
        Provision {
            id: anchor.map_or_else(|| self.id.to_owned(), |anchor| format!("{}#{anchor}", self.id)),
            document: self.id.to_owned(),
            kind: self.front.kind,
            pinpoint: None,
            citable: false,
            heading,
            path: Vec::new(),
            text: String::new(),
            article: None,
            text_kind: self.front.text_kind,
            language: self.front.language.clone(),
            topics: Vec::new(),
            elements: BTreeMap::new(),
            validity: None,
            confidence: None,
            sources: Vec::new(),
            line,
        }
    }

    /// Whether this is a version in another language of a document that stands beside it (`law.fr.md`).
    fn is_version(&self) -> bool {
        self.id.contains('.')
    }

    /// A section's content, its links kept.
    fn content(&mut self, section: &Section<'_>) -> Content {
        let mut content = section.content(self.report);
        self.links.append(&mut content.links);
        content
    }

    /// Refuses fact blocks where none belongs.
    fn no_facts(&mut self, content: &Content, cure: &str) {
        for (_, line) in &content.facts {
            self.report
                .say(line.saturating_sub(1), "a facts block stands where none belongs", cure);
        }
    }

    /// A decision: one unit, its three headings as openers of its text.
    fn judgment(&mut self, sections: &[Section<'_>]) {
        let mut provision = self.blank(None, self.front.title.clone(), 1);
        let mut parts = Vec::new();
        for section in sections {
            let content = self.content(section);
            self.no_facts(&content, "Write its keys into the front matter of the decision");
            if section.level > 0 && content.text.is_empty() {
                self.report.say(
                    section.line,
                    format!("nothing stands under `{}`", clip(&section.heading)),
                    "Write it, in our own words",
                );
            }
            match section.level {
                _ if content.text.is_empty() => {}
                0 => parts.push(content.text),
                _ => parts.push(format!("{}: {}", section.heading, content.text)),
            }
        }
        for needed in ["Facts", "Holding", "Significance"] {
            if !sections
                .iter()
                .any(|section| section.heading.eq_ignore_ascii_case(needed))
            {
                let cure = format!("Add a heading `## {needed}` with a paragraph in our own words");
                self.report
                    .say(1, format!("the decision has no heading `{needed}`"), cure);
            }
        }
        provision.text = parts.join("\n\n");
        provision.topics = self.front.topics.clone();
        provision.confidence = self.front.confidence;
        provision.sources = self.front.sources.clone();
        self.provisions.push(provision);
    }

    /// A law or a note: each heading with an anchor is a unit; deeper headings without one belong to its text.
    fn passages(&mut self, sections: &[Section<'_>]) {
        let mut above: Vec<(usize, String)> = Vec::new();
        let mut open: Option<usize> = None;
        let mut anchors = BTreeMap::new();
        for section in sections {
            above.retain(|(level, _)| *level < section.level);
            let path: Vec<String> = above.iter().map(|(_, heading)| heading.clone()).collect();
            match &section.anchor {
                Some(anchor) => {
                    open = Some(section.level);
                    if let Some(first) = anchors.insert(anchor.clone(), section.line) {
                        let message = format!("the anchor `{anchor}` stands twice, first on line {first}");
                        self.report.say(
                            section.line,
                            message,
                            "Give this heading another anchor; the first one keeps its own",
                        );
                    } else {
                        self.passage(section, anchor, path);
                    }
                }
                None if section.level == 0 => self.introduction(section, sections.len() == 1),
                None if open.is_some_and(|level| section.level > level) => self.subdivision(section),
                None => {
                    open = None;
                    self.bare_heading(section);
                }
            }
            if section.level > 0 {
                above.push((section.level, section.heading.clone()));
            }
        }
        self.unique_pinpoints();
    }

    /// What stands before the first heading; a note with no other text must have it.
    fn introduction(&mut self, section: &Section<'_>, alone: bool) {
        let content = self.content(section);
        self.no_facts(&content, "Put it below the heading of the provision that it describes");
        if !content.text.is_empty() {
            let mut provision = self.blank(None, self.front.title.clone(), section.line);
            provision.text = content.text;
            self.provisions.push(provision);
        } else if self.front.kind == Kind::Jurisdiction && alone {
            self.report.say(
                section.line,
                "the note has no summary",
                "Write two to five sentences below the front matter",
            );
        }
    }

    /// A deeper heading inside a provision: a paragraph of its text.
    fn subdivision(&mut self, section: &Section<'_>) {
        let content = self.content(section);
        self.no_facts(
            &content,
            "Give this heading an anchor, so that it is a provision of its own",
        );
        if let Some(provision) = self.provisions.last_mut() {
            for part in [&section.heading, &content.text] {
                if !part.is_empty() && !provision.text.is_empty() {
                    provision.text.push_str("\n\n");
                }
                provision.text.push_str(part);
            }
        }
    }

    /// A heading such as `Part II` that only groups others.
    fn bare_heading(&mut self, section: &Section<'_>) {
        let content = self.content(section);
        if !content.text.is_empty() || !content.facts.is_empty() {
            let message = format!(
                "text stands under `{}`, which has no anchor, so it cannot be found",
                clip(&section.heading)
            );
            self.report.say(
                section.line,
                message,
                "End the heading with an anchor such as `{#s-37}`",
            );
        }
    }

    /// A heading with an anchor.
    fn passage(&mut self, section: &Section<'_>, anchor: &str, path: Vec<String>) {
        let content = self.content(section);
        let facts = self.facts_of(section, &content);
        let mut provision = self.blank(Some(anchor), String::new(), section.line);
        provision.path = path;
        if self.front.kind == Kind::Jurisdiction {
            provision.heading = section.heading.clone();
            if facts.is_some() && content.facts.len() == 1 {
                demand::note_facts(section.line, facts.as_ref(), self.report);
            }
        } else {
            self.name(&mut provision, section, facts.as_ref());
        }
        provision.text = if self.front.kind == Kind::ModelLaw {
            let (text, beside) = article::part(&content.text, &self.front.language, section.line, self.report);
            provision.article = Some(beside);
            text
        } else {
            content.text
        };
        if let Some(facts) = facts {
            provision.validity = demand::validity(&self.front.details, &facts, self.report);
            provision.topics = facts.topics;
            provision.confidence = facts.confidence;
            provision.elements = facts.elements;
            provision.sources = facts.sources;
        }
        if provision.text.is_empty() && provision.article.is_none() {
            self.report.say(
                section.line,
                format!("nothing stands under `{}`", clip(&section.heading)),
                "Write what it says, in our own words",
            );
        }
        self.provisions.push(provision);
    }

    /// Parts pinpoint and heading.
    fn name(&mut self, provision: &mut Provision, section: &Section<'_>, facts: Option<&Facts>) {
        let citable = facts.is_none_or(|facts| facts.citable);
        let heading = section.heading.as_str();
        let (pinpoint, rest) = match heading.split_once(" — ") {
            Some((pinpoint, rest)) => (Some(pinpoint.trim()), rest.trim()),
            None => match Pinpoint::at_start(heading) {
                Some((pinpoint, rest)) => (Some(pinpoint), rest),
                None => (None, heading),
            },
        };
        let parses = pinpoint.is_some_and(|pinpoint| pinpoint.parse::<Pinpoint>().is_ok());
        if citable && !parses {
            self.report.say(
                section.line,
                format!(
                    "`{}` is not the number of a section or article",
                    clip(pinpoint.unwrap_or(heading))
                ),
                "Begin the heading with the number, as in `s 37(1) — Title`, or add `citable: no` to the facts block",
            );
        }
        provision.pinpoint = pinpoint.map(str::to_owned);
        provision.heading = rest.to_owned();
        provision.citable = citable && parses;
    }

    /// The one facts block of a section: demanded in laws, optional in notes, refused in a version in another language,
    /// which takes the facts of its original.
    fn facts_of(&mut self, section: &Section<'_>, content: &Content) -> Option<Facts> {
        if self.is_version() {
            self.no_facts(
                content,
                "Remove it: the facts stand in the original alone, and hold for every language",
            );
            return None;
        }
        let law = self.front.kind != Kind::Jurisdiction;
        let Some((yaml, line)) = content.facts.first() else {
            if law {
                let message = format!("`{}` has no facts block", clip(&section.heading));
                self.report.say(
                    section.line,
                    message,
                    "Add a block that begins with a line ```facts and holds `topics`, `confidence` and `sources`",
                );
            }
            return None;
        };
        for (_, line) in &content.facts[1..] {
            let message = format!("`{}` has a second facts block", clip(&section.heading));
            self.report.say(line.saturating_sub(1), message, "Join the two");
        }
        let problems = self.report.problems.len();
        let facts = facts::read(yaml, *line, self.report);
        let readable = self.report.problems.len() == problems || !facts.topics.is_empty() || !facts.sources.is_empty();
        if law && readable {
            demand::law_facts(&clip(&section.heading), &facts, *line, self.front.kind, self.report);
        }
        Some(facts)
    }

    /// A pinpoint names one provision of its law.
    fn unique_pinpoints(&mut self) {
        let mut seen = BTreeSet::new();
        for provision in &self.provisions {
            let Some(pinpoint) = provision.pinpoint.as_deref().filter(|_| provision.citable) else {
                continue;
            };
            if !seen.insert(pinpoint.to_owned()) {
                self.report.say(
                    provision.line,
                    format!("`{pinpoint}` stands twice in this law"),
                    "Join the two, or make each pinpoint more exact",
                );
            }
        }
    }
}
