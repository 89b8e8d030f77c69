//! `collex topics`: the tree of topics, or what one is called, means and answers to in other frameworks.

use std::io::{Result as IoResult, Write};

use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::law::TAXONOMY_LANGUAGES;
use crate::library::TopicEntry;

/// Runs the command; fails with 1 if the words call no topic.
pub(super) fn run(context: &Context, words: &[String], language: &str) -> Result<(), Failure> {
    if !TAXONOMY_LANGUAGES.contains(&language) {
        let known = TAXONOMY_LANGUAGES.join(", ");
        return Err(Failure::refused(format!(
            "`{language}` is not a language of the topics; there are {known}"
        )));
    }
    let library = open::library(context, None)?;
    open::say_if_behind(context, &library);
    let asked = words.join(" ");
    let mut topics = library.topics(language)?;
    if !asked.trim().is_empty() {
        topics.retain(|entry| entry.concept.id == asked.trim().trim_start_matches("topics/"));
        if topics.is_empty() {
            topics = library.topics_called(&asked, language)?;
        }
    }
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &topics)?;
    } else if asked.trim().is_empty() {
        let tops = topics.iter().filter(|entry| entry.concept.broader.is_none());
        tops.into_iter().try_for_each(|top| branch(&mut out, top, &topics, 0))?;
    } else {
        topics.iter().try_for_each(|entry| whole(&mut out, entry))?;
    }
    if topics.is_empty() {
        anstream::eprintln!(
            "{}",
            print::harmless(&format!("No topic is called `{asked}`; `collex topics` lists them"))
        );
        return Err(Failure::Found);
    }
    Ok(())
}

/// A concept and those below it, each on a line.
fn branch(out: &mut impl Write, entry: &TopicEntry, all: &[TopicEntry], depth: usize) -> IoResult<()> {
    let faint = print::FAINT;
    writeln!(
        out,
        "{}{} {faint}{} · {} provisions, {} jurisdictions{faint:#}",
        "  ".repeat(depth),
        print::isolated(&entry.label),
        entry.concept.id,
        entry.provisions,
        entry.jurisdictions
    )?;
    let below = all.iter().filter(|other| entry.narrower.contains(&other.concept.id));
    below
        .into_iter()
        .try_for_each(|other| branch(out, other, all, depth + 1))
}

/// Everything about a concept.
fn whole(out: &mut impl Write, entry: &TopicEntry) -> IoResult<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    let concept = &entry.concept;
    writeln!(
        out,
        "{strong}{}{strong:#} {faint}{}{faint:#}",
        print::isolated(&entry.label),
        concept.id
    )?;
    writeln!(
        out,
        "{} provisions in {} jurisdictions",
        entry.provisions, entry.jurisdictions
    )?;
    for (name, list) in [
        ("broader", concept.broader.as_slice()),
        ("narrower", &entry.narrower),
        ("related", &concept.related),
    ] {
        if !list.is_empty() {
            writeln!(out, "{faint}{name}{faint:#} {}", list.join(", "))?;
        }
    }
    for language in TAXONOMY_LANGUAGES {
        let Some(labels) = concept.labels.get(language) else {
            continue;
        };
        let line = |text: &str| print::isolated(text);
        writeln!(
            out,
            "\n{faint}{language}{faint:#} {strong}{}{strong:#}",
            line(&labels.preferred)
        )?;
        writeln!(out, "   {}", line(&labels.definition))?;
        for (name, list) in [("also", &labels.alternative), ("advised against", &labels.rejected)] {
            if !list.is_empty() {
                writeln!(out, "   {faint}{name}:{faint:#} {}", line(&list.join("; ")))?;
            }
        }
    }
    if !concept.scope_note.is_empty() {
        writeln!(out, "\n{}", concept.scope_note)?;
    }
    if !concept.crosswalk.is_empty() {
        writeln!(out, "\n{strong}In other frameworks{strong:#}")?;
    }
    for place in &concept.crosswalk {
        writeln!(out, "  {:<8} {}", place.relation.as_str(), place.to)?;
    }
    writeln!(out)
}
