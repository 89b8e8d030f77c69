//! `collex show`: a document, or a provision with its facts, sources and how far it may be trusted.

use std::io::{Result as IoResult, Write};

use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::corpus::{Details, Document};
use crate::law::{Confidence, Provision, TextKind, Validity, today};
use crate::library::Library;

/// Runs the command; fails with 1 if there is nothing under the identifier.
pub(super) fn run(context: &Context, given: &str) -> Result<(), Failure> {
    let library = open::library(context, None)?;
    open::say_if_behind(context, &library);
    let id = identifier(given);
    let mut out = anstream::stdout();
    if let Some(document) = library.document(&id) {
        let (provisions, versions) = (library.provisions_of(&id)?, library.versions(&id));
        if context.json {
            let whole = serde_json::json!({"document": *document, "versions": versions, "provisions": provisions});
            print::json(&mut out, &whole)?;
        } else {
            show_document(&mut out, &document, &provisions)?;
            let versions: Vec<String> = versions
                .into_iter()
                .map(|one| format!("{} ({})", one.language, one.id))
                .collect();
            line(&mut out, "\nlanguages", Some(versions.join(", ")))?;
        }
        return Ok(());
    }
    let Some((provision, document)) = library.provision(&id)? else {
        return not_there(&library, &id);
    };
    if context.json {
        print::json(
            &mut out,
            &serde_json::json!({"document": *document, "provision": provision}),
        )?;
    } else {
        show_provision(&mut out, &document, &provision)?;
    }
    Ok(())
}

/// The identifier out of what was given, which may be the path of the file.
fn identifier(given: &str) -> String {
    let given = given.trim().trim_start_matches("./").trim_start_matches("corpus/");
    match given.split_once('#') {
        Some((document, anchor)) => format!("{}#{anchor}", document.trim_end_matches(".md")),
        None => given.trim_end_matches(".md").to_owned(),
    }
}

fn not_there(library: &Library, id: &str) -> Result<(), Failure> {
    let near = library.near_identifiers(id);
    let hint = if near.is_empty() {
        String::new()
    } else {
        format!("; near: {}", near.join(", "))
    };
    let id: String = id.chars().take(200).collect();
    anstream::eprintln!("{}", print::harmless(&format!("There is nothing under `{id}`{hint}")));
    Err(Failure::Found)
}

/// A line with a name in front, if there is something to say.
fn line(out: &mut impl Write, name: &str, value: Option<impl std::fmt::Display>) -> IoResult<()> {
    let faint = print::FAINT;
    match value.map(|value| value.to_string()).filter(|value| !value.is_empty()) {
        Some(value) => writeln!(out, "{faint}{name:<24}{faint:#} {}", print::isolated(&value)),
        None => Ok(()),
    }
}

fn show_document(out: &mut impl Write, document: &Document, provisions: &[Provision]) -> IoResult<()> {
    let strong = print::STRONG;
    writeln!(out, "{strong}{}{strong:#}", print::isolated(&document.title))?;
    line(out, "identifier", Some(&document.id))?;
    line(out, "kind", Some(document.kind))?;
    line(out, "original title", document.title_original.as_ref())?;
    line(out, "jurisdiction", document.jurisdiction.as_ref())?;
    line(out, "language", Some(&document.language))?;
    line(out, "official languages", Some(document.languages.join(", ")))?;
    details(out, document)?;
    line(out, "official text", document.url.as_ref())?;
    line(out, "checked", document.checked)?;
    line(out, "licence", document.licence.as_ref())?;
    // A decision or a note is itself a provision; a law lists what it has.
    for own in provisions.iter().filter(|provision| provision.id == document.id) {
        writeln!(out)?;
        body(out, own)?;
    }
    let others: Vec<_> = document
        .contents
        .iter()
        .filter(|entry| entry.id != document.id)
        .collect();
    if !others.is_empty() {
        writeln!(out, "\n{strong}Contents{strong:#}")?;
    }
    for entry in others {
        let faint = print::FAINT;
        writeln!(out, "{}\n  {faint}{}{faint:#}", print::isolated(&entry.label), entry.id)?;
    }
    Ok(())
}

fn details(out: &mut impl Write, document: &Document) -> IoResult<()> {
    match &document.details {
        Details::Law(law) => {
            line(out, "type", Some(law.instrument_type))?;
            line(out, "number", law.number.as_ref())?;
            line(out, "abbreviations", Some(law.abbreviations.join(", ")))?;
            line(out, "version", law.version.as_ref())?;
            line(out, "introduced", law.introduced)?;
            line(out, "enacted", law.enacted)?;
            line(out, "in force since", law.in_force)?;
            line(out, "status", Some(law.status))?;
            line(out, "repeals", Some(law.repeals.join("; ")))?;
            line(out, "repealed by", law.repealed_by.as_ref())
        }
        Details::Judgment(judgment) => {
            line(out, "court", Some(&judgment.court))?;
            line(out, "date", Some(judgment.date))?;
            line(out, "citation", judgment.citation.as_ref())?;
            line(out, "ECLI", judgment.ecli.as_ref())?;
            line(out, "outcome", judgment.outcome.as_ref())?;
            line(out, "provisions applied", Some(judgment.provisions_applied.join("; ")))
        }
        Details::Jurisdiction => Ok(()),
    }
}

fn show_provision(out: &mut impl Write, document: &Document, provision: &Provision) -> IoResult<()> {
    let strong = print::STRONG;
    let pinpoint = provision
        .pinpoint
        .as_deref()
        .map(|pinpoint| format!("{pinpoint} — "))
        .unwrap_or_default();
    writeln!(
        out,
        "{strong}{pinpoint}{}{strong:#}",
        print::isolated(&provision.heading)
    )?;
    line(out, "identifier", Some(&provision.id))?;
    line(out, "document", Some(&document.title))?;
    line(out, "jurisdiction", document.jurisdiction.as_ref())?;
    line(out, "under", Some(provision.path.join(" › ")))?;
    if let Some(validity) = &provision.validity {
        validity_of(out, validity)?;
    }
    if !provision.citable && provision.pinpoint.is_some() {
        line(
            out,
            "citable",
            Some("no: the heading is a description, not a section or article"),
        )?;
    }
    writeln!(out)?;
    body(out, provision)
}

fn validity_of(out: &mut impl Write, validity: &Validity) -> IoResult<()> {
    line(out, "status", Some(validity.status))?;
    line(out, "enacted", validity.enacted)?;
    line(out, "in force since", validity.in_force)?;
    line(out, "until", validity.until)?;
    line(out, "in force today", Some(validity.on(today(), today())))
}

/// Text, facts, trust and sources.
fn body(out: &mut impl Write, provision: &Provision) -> IoResult<()> {
    let (strong, warning) = (print::STRONG, print::WARNING);
    let whose = match provision.text_kind {
        _ if provision.article.is_some() => "Our draft, the law of no country:",
        TextKind::Summary => "Our summary, not the words of the law:",
        TextKind::Verbatim => "The words of the law:",
    };
    writeln!(
        out,
        "{strong}{whose}{strong:#}\n\n{}\n",
        print::isolated(&provision.text)
    )?;
    if let Some(article) = &provision.article {
        for variant in &article.variants {
            let (system, text) = (print::isolated(&variant.system), print::isolated(&variant.text));
            writeln!(out, "{strong}Variant: {system}{strong:#}\n\n{text}\n")?;
        }
        writeln!(
            out,
            "{strong}Commentary{strong:#}\n\n{}\n",
            print::isolated(&article.commentary)
        )?;
    }
    let topics: Vec<&str> = provision.topics.iter().map(|topic| topic.as_str()).collect();
    line(out, "topics", Some(topics.join(", ")))?;
    for (element, value) in &provision.elements {
        line(out, &element.as_str().replace('_', " "), Some(value))?;
    }
    match provision.confidence {
        Some(Confidence::Recalled) => writeln!(
            out,
            "{warning}unverified{warning:#}: from general knowledge, nobody has checked it"
        )?,
        confidence => line(out, "confidence", confidence.map(meaning))?,
    }
    for source in &provision.sources {
        let checked = source.checked.map_or("no date of checking recorded".to_owned(), |day| {
            format!("checked {day}")
        });
        line(
            out,
            "source",
            Some(format!("{} ({}, {checked})", source.url, source.kind)),
        )?;
    }
    Ok(())
}

/// A degree of trust with what it stands for.
fn meaning(confidence: Confidence) -> String {
    let meaning = match confidence {
        Confidence::Primary => "read in the official text or a faithful copy",
        Confidence::Reproduced => "read in an unofficial copy",
        Confidence::Secondary => "read in a reliable report",
        Confidence::Recalled => "not verified",
    };
    format!("{confidence}: {meaning}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_path_of_a_file_for_its_identifier() {
        assert_eq!(
            identifier("./corpus/legislation/ke/act.md#s-1"),
            "legislation/ke/act#s-1"
        );
        assert_eq!(identifier("jurisdictions/ke.md"), "jurisdictions/ke");
        assert_eq!(identifier(" legislation/ke/act#s-1"), "legislation/ke/act#s-1");
    }
}
