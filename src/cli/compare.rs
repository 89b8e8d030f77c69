//! `collex compare`: comparable provisions of any number of countries side by side, or who provided what first.

use std::io::{Result as IoResult, Write};
use std::path::PathBuf;

use clap::Args;

use crate::cli::arguments::day;
use crate::cli::exit::{Context, Failure};
use crate::cli::{draft, grid, open, print};
use crate::compare::{ColumnOrder, CompareError, GridRequest, RowOrder, Subject, SubjectWords, Timeline, weight};
use crate::law::{Code, Element, Region, Topic, nearest};
use crate::library::Library;
use crate::search::SearchError;

/// A comparison. Name what is compared in one way: words, a topic, a provision, a model law or an article of it.
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// Words in any language: the topics that they name, or those of what they find.
    pub words: Vec<String>,
    /// Topics; one of them suffices.
    #[arg(long, value_delimiter = ',', value_name = "TOPICS")]
    pub topic: Vec<Topic>,
    /// A provision, by identifier: its like elsewhere.
    #[arg(long, value_name = "ID")]
    pub like: Option<String>,
    /// A draft: Markdown, plain text or DOCX; `-` reads text from standard input. Nothing of it is kept.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["words", "topic", "like", "article", "element", "timeline"])]
    pub draft: Option<PathBuf>,
    /// A model law: its articles are the rows.
    #[arg(long, value_name = "ID")]
    pub model_law: Option<String>,
    /// One article of it: its number, or its whole identifier.
    #[arg(long, value_name = "NUMBER")]
    pub article: Option<String>,
    /// Codes of jurisdictions, a country with its parts, or `all`, which is the default: KE,ZA,NG.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub jurisdiction: Vec<Code>,
    /// Whole regions.
    #[arg(long, value_delimiter = ',', value_name = "REGIONS")]
    pub region: Vec<Region>,
    /// Rows; those of the article, or all that are stated, where none is named.
    #[arg(long, value_delimiter = ',', value_name = "ELEMENTS")]
    pub element: Vec<Element>,
    /// The day on which law must have been in force [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<jiff::civil::Date>,
    /// Weights of elements in the arithmetic of alignment: threat_covered:5.
    #[arg(long, value_delimiter = ',', value_name = "ELEMENT:NUMBER", value_parser = weight)]
    pub weight: Vec<(Element, f64)>,
    /// Order of the countries: asked, name, alignment, or an element by whose value they are sorted.
    #[arg(long, default_value_t, value_name = "ORDER")]
    pub columns: ColumnOrder,
    /// Order of the rows: list, or the code of a country, what it provides first.
    #[arg(long, default_value = "list", value_name = "ORDER")]
    pub rows: RowOrder,
    /// Countries down and rows across, whatever fits the terminal.
    #[arg(long)]
    pub transposed: bool,
    /// Say why each cell is as it is, what was passed over and what stands beside it.
    #[arg(long)]
    pub explain: bool,
    /// Instead of a grid: when which country provided what on the topic first.
    #[arg(long, requires = "topic", conflicts_with_all = ["words", "like", "model_law", "article"])]
    pub timeline: bool,
    /// The grid as a file.
    #[cfg(feature = "export")]
    #[command(flatten)]
    pub file: crate::cli::file::File,
}

/// Runs the command; fails with 1 where nothing of what was asked is collected.
pub(super) fn run(context: &Context, asked: &Compare) -> Result<(), Failure> {
    #[cfg(feature = "export")]
    let format = asked.file.wanted()?;
    if let Some(file) = &asked.draft {
        return draft::run(context, asked, file);
    }
    if asked.timeline {
        #[cfg(feature = "export")]
        if format.is_some() {
            return Err(Failure::refused(
                "a timeline is no grid and is not written as a file; print it, or add --json",
            ));
        }
        return timelines(context, &asked.topic);
    }
    let request = request(asked)?;
    // Only words are asked of the model; everything else is told by the facts and the vectors that are kept.
    let model = match &request.subject {
        Subject::Words(_) => open::model(context, false)?,
        _ => None,
    };
    let library = open::library(context, model)?;
    open::say_if_behind(context, &library);
    let compared = library.compare(&request).map_err(|error| refusal(error, &library))?;
    #[cfg(feature = "export")]
    if let Some(format) = format {
        let export = crate::export::Export::of_grid(&compared, crate::law::today());
        return asked.file.write(context, &export, format);
    }
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &compared)?;
    } else {
        compared.notes.iter().for_each(|note| context.remark(note));
        grid::show(&mut out, &compared, asked.explain)?;
    }
    let is_empty = compared
        .columns
        .iter()
        .all(|column| column.noted == 0 && column.comparable.is_empty());
    if is_empty { Err(Failure::Found) } else { Ok(()) }
}

fn request(asked: &Compare) -> Result<GridRequest, Failure> {
    let subject = SubjectWords {
        topics: asked.topic.clone(),
        model_law: asked.model_law.clone(),
        article: asked.article.clone(),
        provision: asked.like.clone(),
        words: Some(asked.words.join(" ")),
    };
    let mut request = GridRequest::about(subject.read()?);
    request.regions.clone_from(&asked.region);
    request.elements.clone_from(&asked.element);
    request.as_of = asked.as_of;
    request.weights = asked.weight.iter().copied().collect();
    request.columns = asked.columns;
    request.rows = asked.rows.clone();
    request.transposed = asked.transposed;
    Ok(request.of_jurisdictions(asked.jurisdiction.clone()))
}

/// For an unknown jurisdiction the nearest code there is.
pub(super) fn refusal(error: CompareError, library: &Library) -> Failure {
    let CompareError::Search(SearchError::UnknownJurisdiction { given, known }) = &error else {
        return error.into();
    };
    let asked = given.to_lowercase();
    let mut by_name: Vec<(f64, String)> = library
        .jurisdictions()
        .unwrap_or_default()
        .into_iter()
        .map(|counted| counted.jurisdiction)
        .map(|one| {
            (
                strsim::jaro_winkler(&asked, &one.name.to_lowercase()),
                format!("{} ({})", one.code, one.name),
            )
        })
        .collect();
    by_name.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let codes: Vec<&str> = known.iter().map(String::as_str).collect();
    let hint = match (by_name.first(), nearest(given, &codes)) {
        (Some((likeness, name)), _) if *likeness >= 0.8 => format!("; did you mean {name}?"),
        (_, Some(code)) => format!("; did you mean {code}?"),
        _ => String::new(),
    };
    Failure::refused(format!(
        "the corpus has no jurisdiction `{given}`{hint} (the codes: {})",
        codes.join(", ")
    ))
}

fn timelines(context: &Context, topics: &[Topic]) -> Result<(), Failure> {
    let library = open::library(context, None)?;
    open::say_if_behind(context, &library);
    let timelines: Vec<Timeline> = topics
        .iter()
        .map(|topic| library.timeline(*topic))
        .collect::<Result<_, _>>()?;
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &timelines)?;
    } else {
        timelines
            .iter()
            .try_for_each(|timeline| show_timeline(&mut out, timeline))?;
    }
    if timelines.iter().all(|timeline| timeline.events.is_empty()) {
        Err(Failure::Found)
    } else {
        Ok(())
    }
}

fn show_timeline(out: &mut impl Write, timeline: &Timeline) -> IoResult<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    writeln!(
        out,
        "{strong}{}: who provided what first{strong:#}\n",
        timeline.topic.label()
    )?;
    for event in &timeline.events {
        let what = event.element.map_or_else(
            || "on the topic".to_owned(),
            |element| element.as_str().replace('_', " "),
        );
        let before = if event.own_date { "          " } else { "not before" };
        let reserve = event
            .reserve
            .as_ref()
            .map(|why| format!("; today: {why}"))
            .unwrap_or_default();
        writeln!(
            out,
            "{before} {:<10}  {} — {what}: {} {faint}[{}{reserve}]{faint:#}",
            event.date.to_string(),
            event.name,
            print::isolated(&event.label),
            event.date_of
        )?;
    }
    if !timeline.undated.is_empty() {
        writeln!(out, "\n{strong}beginning not known{strong:#}")?;
    }
    for undated in &timeline.undated {
        writeln!(
            out,
            "{} — {} {faint}[{}]{faint:#}",
            undated.name,
            print::isolated(&undated.label),
            undated.why
        )?;
    }
    timeline
        .notes
        .iter()
        .try_for_each(|note| writeln!(out, "{faint}{note}{faint:#}"))?;
    writeln!(out)
}
