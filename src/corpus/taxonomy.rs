//! Reads the taxonomy: one file a concept, `topics/<name>.md`, and checks that the concepts make one tree.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::{Fields, clip};
use super::problem::Report;
use super::yaml::{self, Node, Value};
use super::{front_matter, markdown};
use crate::law::{Concept, Labels, Match, TAXONOMY_LANGUAGES, Taxonomy};

/// A concept as it was read, with the lines of what it refers to.
#[derive(Debug)]
pub(super) struct ReadConcept {
    pub concept: Concept,
    /// Identifiers of the crosswalk, with their lines.
    pub links: Vec<(String, usize)>,
    /// Names of other concepts, with their lines.
    concepts: Vec<(String, usize)>,
    /// Labels as people search by them, with their languages and lines.
    labels: Vec<(&'static str, String, usize)>,
}

/// Reads the concept called `id`.
pub(super) fn read(id: &str, text: &str, report: &mut Report) -> Option<ReadConcept> {
    let (yaml, body, body_line) = front_matter::split(text, report)?;
    let mut fields = Fields::of(yaml::parse(yaml, 2, report), 1, "the front matter", report);
    let broader = fields.text("broader", report);
    let related = fields.texts("related", report);
    let (labels, searched) = labels(&mut fields, report);
    let (crosswalk, mut links) = crosswalk(&mut fields, report);
    fields.finish(report, |_| None);
    let mut scope_note = Vec::new();
    for section in markdown::sections(body, body_line, report) {
        let content = section.content(report);
        if section.level > 0 {
            report.say(
                section.line,
                "a concept has no headings",
                "Write the scope note as plain paragraphs",
            );
        }
        links.extend(content.links);
        scope_note.push(content.text);
    }
    let scope_note = scope_note.join("\n\n").trim().to_owned();
    if scope_note.is_empty() {
        let cure = "Write below the front matter what belongs here, and what belongs to other topics";
        report.say(body_line, "the concept has no scope note", cure);
    }
    let concepts = broader.iter().chain(&related).cloned().collect();
    Some(ReadConcept {
        concept: Concept {
            id: id.to_owned(),
            broader: broader.map(|(name, _)| name),
            related: related.into_iter().map(|(name, _)| name).collect(),
            labels,
            scope_note,
            crosswalk,
        },
        links,
        concepts,
        labels: searched,
    })
}

type Searched = Vec<(&'static str, String, usize)>;

/// The labels of all six languages, and each of them with its line.
fn labels(fields: &mut Fields, report: &mut Report) -> (BTreeMap<String, Labels>, Searched) {
    let (mut labels, mut searched) = (BTreeMap::new(), Vec::new());
    let line = fields.line_of("labels");
    let Some((_, node)) = fields.take("labels") else {
        fields.missing("labels", report);
        return (labels, searched);
    };
    let mut languages = Fields::of(Some(node), line, "`labels`", report);
    for language in TAXONOMY_LANGUAGES {
        let line = languages.line_of(language);
        let Some((_, node)) = languages.take(language) else {
            languages.missing(language, report);
            continue;
        };
        let mut fields = Fields::of(Some(node), line, "the language", report);
        let preferred = fields.required("preferred", report);
        let definition = fields.required("definition", report);
        let alternative = fields.texts("alternative", report);
        let rejected = fields.texts("rejected", report);
        fields.finish(report, |_| None);
        let all = preferred.iter().chain(&alternative).chain(&rejected);
        searched.extend(all.map(|(label, line)| (language, label.clone(), *line)));
        let texts = |list: Vec<(String, usize)>| list.into_iter().map(|(text, _)| text).collect();
        labels.insert(
            language.to_owned(),
            Labels {
                preferred: preferred.map(|(text, _)| text).unwrap_or_default(),
                definition: definition.map(|(text, _)| text).unwrap_or_default(),
                alternative: texts(alternative),
                rejected: texts(rejected),
            },
        );
    }
    languages.finish(report, |_| None);
    (labels, searched)
}

/// The places in other frameworks, and their identifiers with the lines.
fn crosswalk(fields: &mut Fields, report: &mut Report) -> (Vec<Match>, Vec<(String, usize)>) {
    const FORM: &str = "Write `- {to: \"instruments/…\", relation: close}` below `crosswalk:`";
    let (mut matches, mut links) = (Vec::new(), Vec::new());
    let Some((_, Node { line, value })) = fields.take("crosswalk") else {
        return (matches, links);
    };
    let Value::List(items) = value else {
        report.say(line, "`crosswalk` is not a list", FORM);
        return (matches, links);
    };
    for item in items {
        let line = item.line;
        let mut fields = Fields::of(Some(item), line, "the match", report);
        let to = fields.required("to", report);
        let relation = fields.required_parsed("relation", report);
        fields.finish(report, |_| None);
        if let (Some((to, line)), Some(relation)) = (to, relation) {
            links.push((to.clone(), line));
            matches.push(Match { to, relation });
        }
    }
    (matches, links)
}

/// Joins the concepts, each with the report on its file, and checks what only all of them together show.
pub(super) fn join(mut read: Vec<(ReadConcept, &mut Report)>) -> Taxonomy {
    if read.is_empty() {
        return Taxonomy::default();
    }
    let names: BTreeSet<String> = read.iter().map(|(one, _)| one.concept.id.clone()).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut owners: BTreeMap<(&str, String), String> = BTreeMap::new();
    for (one, report) in &mut read {
        for (name, line) in one.concepts.iter().filter(|(name, _)| !names.contains(name)) {
            let cure = match crate::law::nearest(name, &known) {
                Some(near) => format!("Did you mean `{near}`?"),
                None => format!("Write topics/{name}.md, or name one that exists"),
            };
            report.say(*line, format!("there is no concept `{}`", clip(name)), cure);
        }
        for (language, label, line) in &one.labels {
            let owner = owners
                .entry((language, label.to_lowercase()))
                .or_insert_with(|| one.concept.id.clone());
            if *owner != one.concept.id
                || one
                    .labels
                    .iter()
                    .any(|(other, again, at)| at < line && other == language && again.eq_ignore_ascii_case(label))
            {
                let message = format!("the label `{}` ({language}) stands in `{owner}` already", clip(label));
                report.say(
                    *line,
                    message,
                    "A label leads to one concept: keep it where it fits best",
                );
            }
        }
    }
    let taxonomy = Taxonomy {
        concepts: read.iter().map(|(one, _)| one.concept.clone()).collect(),
    };
    check_tree(&taxonomy, &mut read);
    taxonomy
}

/// One concept on top, and every other below it.
fn check_tree(taxonomy: &Taxonomy, read: &mut [(ReadConcept, &mut Report)]) {
    let mut top: Option<String> = None;
    for (one, report) in read.iter_mut() {
        let id = one.concept.id.as_str();
        match (&one.concept.broader, &top) {
            (None, None) => top = Some(id.to_owned()),
            (None, Some(first)) => {
                report.say(
                    1,
                    format!("`{id}` has no `broader`, and neither has `{first}`"),
                    "One concept alone stands on top",
                );
            }
            (Some(broader), _) => {
                let (mut above, mut steps) = (Some(broader.as_str()), 0);
                while let Some(name) = above.filter(|_| steps <= taxonomy.concepts.len()) {
                    above = taxonomy.concept(name).and_then(|concept| concept.broader.as_deref());
                    steps += 1;
                }
                if above.is_some() {
                    report.say(1, format!("`{id}` stands below itself"), "Correct `broader`");
                }
            }
        }
    }
}
