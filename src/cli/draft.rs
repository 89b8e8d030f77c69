//! `collex compare --draft FILE`: what is there, what is missing, what is unusual.

use std::io::{Read, Result as IoResult, Write};

use crate::cli::compare::Compare;
use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::compare::{
    AskedState, Draft, DraftError, DraftFormat, DraftReport, DraftRequest, GridRequest, MOST_DRAFT_BYTES, Recognised,
    SectionReport, Subject,
};
use crate::law::ElementValue;

/// Lines of each list.
const MOST: usize = 15;
/// Longest words of the draft shown in a line.
const LONGEST: usize = 70;

/// Runs the command.
pub(super) fn run(context: &Context, asked: &Compare, file: &std::path::Path) -> Result<(), Failure> {
    let draft = read(file)?;
    let mut against = GridRequest::about(Subject::Topics(Vec::new()));
    against.regions.clone_from(&asked.region);
    against.as_of = asked.as_of;
    against.weights = asked.weight.iter().copied().collect();
    let request = DraftRequest {
        against: against.of_jurisdictions(asked.jurisdiction.clone()),
        model_law: asked.model_law.as_deref().map(crate::compare::model_law_id),
    };
    let library = open::library(context, open::model(context, false)?)?;
    open::say_if_behind(context, &library);
    let report = library
        .examine(&draft, &request)
        .map_err(|error| crate::cli::compare::refusal(error, &library))?;
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &report)?;
    } else {
        report.notes.iter().for_each(|note| context.remark(note));
        show(&mut out, &report, asked.explain)?;
    }
    Ok(())
}

/// Reads a file, or standard input for `-`, no further than a draft may be long.
fn read(file: &std::path::Path) -> Result<Draft, Failure> {
    let name = file.to_string_lossy();
    let format = match name.as_ref() {
        "-" => DraftFormat::Text,
        _ => DraftFormat::of_file(&name).ok_or_else(|| DraftError::UnknownFormat {
            name: name.clone().into_owned(),
        })?,
    };
    let source: Box<dyn Read> = match name.as_ref() {
        "-" => Box::new(std::io::stdin().lock()),
        _ => Box::new(
            std::fs::File::open(file)
                .map_err(|error| Failure::refused(format!("the draft `{name}` cannot be opened: {error}")))?,
        ),
    };
    let mut bytes = Vec::new();
    source
        .take(MOST_DRAFT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::refused(format!("the draft `{name}` cannot be read: {error}")))?;
    Ok(Draft::read(&bytes, format)?)
}

fn show(out: &mut impl Write, report: &DraftReport, explain: bool) -> IoResult<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    writeln!(
        out,
        "{strong}{} provisions, {} words{strong:#} {faint}set against {} jurisdictions, law as of {}{faint:#}\n",
        report.sections.len(),
        report.words,
        report.jurisdictions.len(),
        report.as_of
    )?;
    for section in &report.sections {
        show_section(out, report, section, explain)?;
    }
    show_missing(out, report)?;
    heading(out, "Unusual")?;
    if report.unusual.is_empty() {
        writeln!(out, "  nothing stands out")?;
    }
    for one in &report.unusual {
        let scope = if one.all_jurisdictions {
            " (all jurisdictions, for too few of those chosen have a value)"
        } else {
            ""
        };
        writeln!(
            out,
            "  {}: {} — {}{scope}",
            print::isolated(&name(&report.sections[one.section - 1])),
            one.element.as_str().replace('_', " "),
            one.reason
        )?;
    }
    heading(out, "Suggestions")?;
    // Whole articles stand in the list of what is missing.
    let on_sections = report.suggestions.iter().filter(|one| one.section.is_some());
    for one in on_sections.take(MOST) {
        let article = one.article.as_deref().unwrap_or_default();
        writeln!(
            out,
            "  • {} {faint}{article}{faint:#}",
            print::isolated(&print::harmless(&one.text))
        )?;
    }
    Ok(())
}

fn show_missing(out: &mut impl Write, report: &DraftReport) -> IoResult<()> {
    let faint = print::FAINT;
    heading(out, "Missing: model articles that nothing answers to")?;
    // Those on the draft's topics, and as many of the others that the chief model law has.
    let of = |on_topic: bool| {
        let those = report
            .missing_articles
            .iter()
            .filter(move |one| one.on_topic == on_topic);
        those.take(MOST / 2 + 1)
    };
    let shown: Vec<_> = of(true).chain(of(false)).collect();
    for one in &shown {
        let (article, other) = (&one.article, if one.on_topic { "" } else { "  (another topic)" });
        writeln!(
            out,
            "  weight {:>2}  {} {}{other}  {faint}{}{faint:#}",
            one.weight,
            article.pinpoint.as_deref().unwrap_or_default(),
            article.heading,
            article.id
        )?;
    }
    let rest = report.missing_articles.len() - shown.len();
    if rest > 0 {
        writeln!(
            out,
            "  {faint}and {rest} more, of less weight or on other topics (--json has all){faint:#}"
        )?;
    }
    heading(out, "Missing: elements that were not recognised")?;
    for one in report.missing_elements.iter().take(MOST) {
        let sections: Vec<String> = one.sections.iter().map(|at| name(&report.sections[at - 1])).collect();
        let sections = match sections.is_empty() {
            true => "anywhere".to_owned(),
            false => sections.join(", "),
        };
        writeln!(
            out,
            "  weight {}  {}: {}  {faint}{}{faint:#}",
            one.weight,
            one.element.as_str().replace('_', " "),
            print::isolated(&sections),
            one.articles.join(", ")
        )?;
    }
    Ok(())
}

fn heading(out: &mut impl Write, text: &str) -> IoResult<()> {
    let strong = print::STRONG;
    writeln!(out, "\n{strong}{text}{strong:#}")
}

fn show_section(out: &mut impl Write, report: &DraftReport, section: &SectionReport, explain: bool) -> IoResult<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    let topics: Vec<&str> = section.topics.iter().map(|one| one.topic.as_str()).collect();
    writeln!(
        out,
        "{strong}{}{strong:#} {faint}line {}; {}{faint:#}",
        print::isolated(&name(section)),
        section.line,
        topics.join(", ")
    )?;
    for article in section.articles.iter().take(if explain { usize::MAX } else { 1 }) {
        writeln!(
            out,
            "  → {} {} {faint}{}; {}{faint:#}",
            article.article.pinpoint.as_deref().unwrap_or_default(),
            article.article.heading,
            article.article.id,
            article.reason
        )?;
        for passage in &article.passages {
            let words = short(&passage.a_words);
            writeln!(
                out,
                "    {} ({:.0} %): “{}”",
                passage.reuse,
                passage.likeness * 100.0,
                print::isolated(&words)
            )?;
        }
    }
    for element in &section.elements {
        writeln!(out, "  ✓ {}", stated(element))?;
    }
    for asked in section
        .asked
        .iter()
        .filter(|asked| asked.state == AskedState::NotRecognised)
    {
        writeln!(
            out,
            "  ? {}: not recognised; asked: {}",
            asked.element.as_str().replace('_', " "),
            asked.asked
        )?;
    }
    show_nearest(out, report, section, explain)?;
    writeln!(out)
}

fn show_nearest(out: &mut impl Write, report: &DraftReport, section: &SectionReport, explain: bool) -> IoResult<()> {
    let faint = print::FAINT;
    for near in section.nearest.iter().take(if explain { usize::MAX } else { 3 }) {
        let about = report.provisions.get(&near.provision);
        let title = about.map_or("", |about| about.title.as_str());
        let pinpoint = about.and_then(|about| about.pinpoint.as_deref()).unwrap_or_default();
        let reserve = about
            .and_then(|about| about.reserve.as_deref())
            .map(|why| format!("; {why}"))
            .unwrap_or_default();
        let reason = if explain {
            format!("; {}", near.reason)
        } else {
            String::new()
        };
        writeln!(
            out,
            "  ~ {} {} {pinpoint} {faint}{}{reserve}{reason}{faint:#}",
            near.jurisdiction,
            print::isolated(title),
            near.degree
        )?;
    }
    Ok(())
}

/// An element with the words that show it.
fn stated(one: &Recognised) -> String {
    let words: Vec<String> = one
        .by
        .iter()
        .map(|by| format!("“{}”", print::isolated(&print::harmless(&short(&by.words)))))
        .collect();
    let value = match &one.value {
        Some(ElementValue::Phrase(_)) => String::new(),
        Some(value) => format!(" {value}"),
        None => " unread".to_owned(),
    };
    let remark = one
        .remark
        .as_ref()
        .map(|remark| format!(" ({remark})"))
        .unwrap_or_default();
    format!(
        "{}:{value} {}{remark}",
        one.element.as_str().replace('_', " "),
        words.join(", ")
    )
}

fn short(words: &str) -> String {
    let line: Vec<&str> = words.split_whitespace().collect();
    let line = line.join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    format!("{}…", line.chars().take(LONGEST).collect::<String>())
}

fn name(section: &SectionReport) -> String {
    let parts = [
        section.pinpoint.as_deref().unwrap_or_default(),
        section.heading.as_str(),
    ];
    let name: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match name.is_empty() {
        true => format!("provision {}", section.number),
        false => print::harmless(&name.join(" — ")),
    }
}
