//! Walks the folders, reads every file, and gives the corpus and its problems.

use std::collections::{BTreeMap, BTreeSet};

use super::document::Document;
use super::files::{self, CorpusError, FileFingerprint, Found, Holds, Roots};
use super::front_matter;
use super::links;
use super::placeholder;
use super::problem::{Problem, Report};
use super::split::{self, Parts};
use super::taxonomy::{self, ReadConcept};
use crate::law::{Code, Jurisdiction, Kind, Provision, Taxonomy, original_of};

/// Everything that was read, and everything that is wrong with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corpus {
    /// Documents in the order of their identifiers.
    pub documents: Vec<Document>,
    /// Provisions, those of one document together and in its order, documents in the order of `documents`.
    pub provisions: Vec<Provision>,
    /// Jurisdictions that have a note, in the order of their codes.
    pub jurisdictions: Vec<Jurisdiction>,
    /// What the topics mean and what they are called; empty where the corpus has no folder `topics`.
    pub taxonomy: Taxonomy,
    /// What is wrong, by path and line.
    pub problems: Vec<Problem>,
    /// The files that were read, by path.
    pub files: Vec<FileFingerprint>,
}

/// A file that has been read.
struct Read {
    id: String,
    report: Report,
    fingerprint: Option<FileFingerprint>,
    parts: Option<Parts>,
    concept: Option<ReadConcept>,
    described: Option<Jurisdiction>,
    jurisdiction_line: usize,
}

impl Read {
    fn unread(found: &Found) -> Self {
        let report = Report::on(&found.path);
        Self {
            id: found.id.clone(),
            report,
            fingerprint: None,
            parts: None,
            concept: None,
            described: None,
            jurisdiction_line: 1,
        }
    }
}

/// Reads the corpus. Fails only where a folder is missing or unreadable; what is wrong in files is collected.
pub fn load(roots: &Roots) -> Result<Corpus, CorpusError> {
    let (found, mut problems) = files::walk(roots)?;
    let mut read = files::in_parallel(&found, read_file);
    read.sort_by(|a, b| a.id.cmp(&b.id));
    check_jurisdictions(&mut read);
    check_links(&mut read);
    check_languages(&mut read);
    share_facts(&mut read);
    let mut corpus = Corpus {
        taxonomy: taxonomy_of(&mut read),
        ..Corpus::default()
    };
    for file in read {
        problems.extend(file.report.problems);
        corpus.files.extend(file.fingerprint);
        corpus.jurisdictions.extend(file.described);
        if let Some(parts) = file.parts {
            corpus.documents.push(parts.document);
            corpus.provisions.extend(parts.provisions);
        }
    }
    problems.sort();
    corpus.problems = problems;
    corpus.files.sort();
    corpus.jurisdictions.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(corpus)
}

/// The files as they stand, without parsing them: enough to know whether anything changed.
pub fn fingerprint(roots: &Roots) -> Result<Vec<FileFingerprint>, CorpusError> {
    let (found, _) = files::walk(roots)?;
    let mut fingerprints: Vec<_> = files::in_parallel(&found, |file| {
        files::read(file, &mut Report::on("")).map(|(fingerprint, _)| fingerprint)
    })
    .into_iter()
    .flatten()
    .collect();
    fingerprints.sort();
    Ok(fingerprints)
}

/// Reads and cuts one file.
fn read_file(found: &Found) -> Read {
    let mut report = Report::on(&found.path);
    let mut read = Read::unread(found);
    if let Some((fingerprint, bytes)) = files::read(found, &mut report) {
        read.fingerprint = Some(fingerprint);
        if let Some(text) = files::text(&bytes, &mut report) {
            match found.holds {
                Holds::Document(kind) => parse(found, kind, &text, &mut read, &mut report),
                Holds::Concept => {
                    let name = found.id.trim_start_matches("topics/");
                    read.concept = taxonomy::read(name, &text, &mut report);
                }
            }
            placeholder::refuse(&text, &mut report);
        }
    }
    read.report = report;
    read
}

/// What would be wrong with a file of this text at `path`, as far as it alone can tell, but for its placeholders.
pub fn draft(path: &str, text: &str) -> Vec<Problem> {
    let mut report = Report::on(path);
    let place = files::place(path, path.starts_with("model-laws/"), &mut report);
    if let Some((id, holds @ Holds::Document(kind))) = place {
        let (file, path) = (path.into(), path.to_owned());
        let found = Found { file, path, id, holds };
        parse(&found, kind, text, &mut Read::unread(&found), &mut report);
        placeholder::set_aside(&placeholder::placeholders(text), &mut report);
    }
    report.problems
}

/// Parses a file's text: its front matter, then its body.
fn parse(found: &Found, kind: Kind, text: &str, read: &mut Read, report: &mut Report) {
    let Some((yaml, body, body_line)) = front_matter::split(text, report) else {
        return;
    };
    let Some(mut front) = front_matter::read(yaml, kind, report) else {
        return;
    };
    if front.title.is_empty() {
        front.title.clone_from(&found.id);
    }
    check_folder(
        (found, kind),
        front.jurisdiction.as_ref(),
        front.jurisdiction_line,
        report,
    );
    read.described = front.described.take();
    read.jurisdiction_line = front.jurisdiction_line;
    read.parts = Some(split::cut(&found.id, front, body, body_line, report));
}

/// Laws, instruments and notes stand under the code of their jurisdiction; courts have folders of their own.
fn check_folder((found, kind): (&Found, Kind), code: Option<&Code>, line: usize, report: &mut Report) {
    let Some(code) = code else { return };
    let folder = found.id.split('/').nth(1).unwrap_or_default();
    let agrees = match kind {
        Kind::Legislation | Kind::Instrument | Kind::Jurisdiction => folder == code.folder(),
        Kind::Judgment | Kind::ModelLaw => true,
    };
    if !agrees {
        let cure = format!("Correct the code, or rename `{folder}` to `{}`", code.folder());
        report.say(
            line,
            format!("the jurisdiction is {code}, but the file stands under `{folder}`"),
            cure,
        );
    }
}

/// Every jurisdiction that a document names has a note.
fn check_jurisdictions(read: &mut [Read]) {
    let notes: BTreeSet<String> = read
        .iter()
        .filter_map(|file| file.id.strip_prefix("jurisdictions/"))
        .map(str::to_owned)
        .collect();
    for file in read {
        let Some(code) = file
            .parts
            .as_ref()
            .and_then(|parts| parts.document.jurisdiction.as_ref())
        else {
            continue;
        };
        if !notes.contains(&code.folder()) {
            let cure = format!("Write jurisdictions/{}.md, or correct the code", code.folder());
            file.report.say(
                file.jurisdiction_line,
                format!("there is no note on the jurisdiction {code}"),
                cure,
            );
        }
    }
}

/// The concepts together.
fn taxonomy_of(read: &mut [Read]) -> Taxonomy {
    let concepts = read
        .iter_mut()
        .filter_map(|file| Some((file.concept.take()?, &mut file.report)));
    taxonomy::join(concepts.collect())
}

/// Every link and every identifier leads to something.
fn check_links(read: &mut [Read]) {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for parts in read.iter().filter_map(|file| file.parts.as_ref()) {
        known.insert(parts.document.id.clone());
        known.extend(parts.provisions.iter().map(|provision| provision.id.clone()));
    }
    let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    for file in read {
        let of_parts = file.parts.as_ref().map(|parts| &parts.links);
        let of_concept = file.concept.as_ref().map(|concept| &concept.links);
        for links in of_parts.into_iter().chain(of_concept) {
            links::check(&file.id, links, &known, &mut file.report);
        }
    }
}

/// A version in another language (`law.fr.md`) stands beside its document, and has no provision that the document lacks.
fn check_languages(read: &mut [Read]) {
    let anchors: BTreeMap<String, BTreeSet<String>> = read
        .iter()
        .filter_map(|file| file.parts.as_ref())
        .map(|parts| {
            (
                parts.document.id.clone(),
                parts.provisions.iter().filter_map(anchor).collect(),
            )
        })
        .collect();
    for file in read {
        let (Some(parts), Some((base, language))) = (&file.parts, file.id.rsplit_once('.')) else {
            continue;
        };
        if parts.document.language != language {
            let message = format!(
                "the file is named `.{language}.md`, but its language is `{}`",
                parts.document.language
            );
            file.report.say(1, message, "Correct the name or the line `language`");
        }
        let Some(known) = anchors.get(base) else {
            file.report.say(
                1,
                format!("there is no document `{base}.md`"),
                "A version in another language stands beside it",
            );
            continue;
        };
        for provision in &parts.provisions {
            if let Some(anchor) = anchor(provision).filter(|anchor| !known.contains(anchor)) {
                let message = format!("the anchor `{anchor}` is not in `{base}.md`");
                file.report
                    .say(provision.line, message, "Use the same anchors in every language");
            }
        }
    }
}

/// Gives each version in another language the facts of its original, which alone states them.
fn share_facts(read: &mut [Read]) {
    let mut originals: BTreeMap<String, Provision> = BTreeMap::new();
    for parts in read.iter().filter_map(|file| file.parts.as_ref()) {
        if !parts.document.id.contains('.') {
            originals.extend(parts.provisions.iter().map(|one| (one.id.clone(), one.clone())));
        }
    }
    for parts in read.iter_mut().filter_map(|file| file.parts.as_mut()) {
        if !parts.document.id.contains('.') {
            continue;
        }
        for provision in &mut parts.provisions {
            let Some(original) = originals.get(&original_of(&provision.id)) else {
                continue;
            };
            provision.topics.clone_from(&original.topics);
            provision.elements.clone_from(&original.elements);
            provision.confidence = original.confidence;
            provision.sources.clone_from(&original.sources);
            provision.citable = original.citable;
            provision.validity = original.validity;
        }
    }
}

fn anchor(provision: &Provision) -> Option<String> {
    provision.id.split_once('#').map(|(_, anchor)| anchor.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(kind: Kind, text: &str) -> Read {
        let found = Found {
            file: "x".into(),
            path: "legislation/xa/x.md".into(),
            id: "legislation/xa/x".into(),
            holds: Holds::Document(kind),
        };
        let (mut read, mut report) = (Read::unread(&found), Report::on(&found.path));
        parse(&found, kind, text, &mut read, &mut report);
        read.report = report;
        read
    }

    fn bits() -> impl Strategy<Value = String> {
        let bit = prop_oneof![
            Just("---\n".to_owned()),
            Just("```facts\n".to_owned()),
            Just("```\n".to_owned()),
            Just("## s 1 — A {#s-1}\n".to_owned()),
            Just("### B\n".to_owned()),
            Just("title: a\n".to_owned()),
            Just("kind: legislation\n".to_owned()),
            Just("topics: [doxing]\n".to_owned()),
            Just("elements:\n".to_owned()),
            Just("  max_fine: {amount: 1, currency: EUR}\n".to_owned()),
            Just("sources:\n".to_owned()),
            Just("  - {url: https://x, kind: official}\n".to_owned()),
            Just("status: in force\n".to_owned()),
            Just("- a\n  1. b\n".to_owned()),
            Just("| a | b |\n|---|---|\n| c | d |\n".to_owned()),
            Just("[x](y.md#z) <b>\n\n".to_owned()),
            "\\PC{0,12}\n",
            "[-`#*_:{}\\[\\]> ]{0,8}\n",
        ];
        proptest::collection::vec(bit, 0..24).prop_map(|bits| bits.concat())
    }

    proptest! {
        #[test]
        fn never_panics_and_names_lines_that_exist(
            text in bits(), begin in any::<bool>(), kind in proptest::sample::select(Kind::ALL),
        ) {
            let text = if begin { format!("---\n{text}") } else { text };
            let lines = text.lines().count();
            let read = read(kind, &text);
            for problem in &read.report.problems {
                prop_assert!((1..=lines + 1).contains(&problem.line), "{} of {lines}: {problem}", problem.line);
            }
            for provision in read.parts.iter().flat_map(|parts| &parts.provisions) {
                prop_assert!(provision.line <= lines.max(1) + 1);
                prop_assert!(!provision.text.contains("\n\n\n"));
            }
        }
    }
}
