//! `collex stats`: what the corpus holds, and where it is thin.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Result as IoResult, Write};

use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::law::{Confidence, Kind, Region, Status, Topic};
use crate::library::Stats;

/// Runs the command.
pub(super) fn run(context: &Context) -> Result<(), Failure> {
    let library = open::library(context, None)?;
    open::say_if_behind(context, &library);
    let stats = library.stats()?;
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &stats)?;
    } else {
        show(&mut out, &stats)?;
    }
    Ok(())
}

fn show(out: &mut impl Write, stats: &Stats) -> IoResult<()> {
    let articles: usize = stats.articles_by_model_law.values().sum();
    writeln!(
        out,
        "{} documents, {} provisions of {} jurisdictions; {} model laws with {articles} articles.",
        stats.documents,
        stats.provisions,
        stats.jurisdictions,
        stats.articles_by_model_law.len(),
    )?;
    by_region(out, stats)?;
    by_kind(out, stats)?;
    by_topic(out, stats)?;
    by_trust(out, stats)?;
    if !stats.articles_by_model_law.is_empty() {
        let articles = stats.articles_by_model_law.iter();
        let rows = articles.map(|(id, count)| vec![id.clone(), right(*count, 4)]);
        section(out, "Model laws", &["model law", "articles"], rows)?;
    }
    Ok(())
}

fn section(
    out: &mut impl Write,
    title: &str,
    head: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) -> IoResult<()> {
    let strong = print::STRONG;
    writeln!(out, "\n{strong}{title}{strong:#}")?;
    print::table(out, head, rows)
}

fn count(counts: &BTreeMap<String, usize>, key: &str) -> usize {
    counts.get(key).copied().unwrap_or_default()
}

/// On a terminal numbers stand below one another; for programs they are bare.
fn right(number: usize, width: usize) -> String {
    match std::io::stdout().is_terminal() {
        true => format!("{number:>width$}"),
        false => number.to_string(),
    }
}

/// Letters that a topic has in the widest table on a terminal.
const TOPIC_WIDTH: usize = 26;

/// A topic, on a terminal clipped to the width of its column.
fn clipped(topic: &Topic) -> String {
    match topic.as_str() {
        long if long.len() > TOPIC_WIDTH && std::io::stdout().is_terminal() => {
            format!("{}…", &long[..TOPIC_WIDTH - 1])
        }
        topic => topic.to_owned(),
    }
}

fn by_region(out: &mut impl Write, stats: &Stats) -> IoResult<()> {
    let columns = [
        &stats.jurisdictions_by_region,
        &stats.documents_by_region,
        &stats.provisions_by.region,
    ];
    let rows = Region::ALL.iter().map(|region| {
        let counts = columns.iter().map(|counts| right(count(counts, region.as_str()), 5));
        std::iter::once(region.to_string()).chain(counts).collect()
    });
    let head = ["region", "jurisdictions", "documents", "provisions"];
    section(out, "By region", &head, rows)
}

fn by_kind(out: &mut impl Write, stats: &Stats) -> IoResult<()> {
    let rows = Kind::ALL.iter().map(|kind| {
        let of = |counts| right(count(counts, kind.as_str()), 5);
        vec![
            kind.to_string(),
            of(&stats.documents_by_kind),
            of(&stats.provisions_by.kind),
        ]
    });
    section(out, "By kind", &["kind", "documents", "provisions"], rows)
}

/// A name of at most four letters: the table has to fit into 100 columns.
fn short(region: &Region) -> &'static str {
    match region {
        Region::Africa => "Afr",
        Region::Asia => "Asia",
        Region::Europe => "Eur",
        Region::LatinAmericaAndCaribbean => "LAC",
        Region::MiddleEastAndNorthAfrica => "MENA",
        Region::NorthernAmerica => "NAm",
        Region::Oceania => "Oce",
        Region::International => "Int",
    }
}

/// Topics down, regions across.
fn by_topic(out: &mut impl Write, stats: &Stats) -> IoResult<()> {
    let cell = |region: &Region, topic: &Topic| {
        let row = stats.provisions_by_region_and_topic.get(region.as_str());
        row.map_or(0, |row| count(row, topic.as_str()))
    };
    let cells = Topic::ALL
        .iter()
        .flat_map(|topic| Region::ALL.iter().map(move |region| (region, topic)));
    let most = cells
        .map(|(region, topic)| cell(region, topic))
        .max()
        .unwrap_or_default();
    let short = Region::ALL.iter().map(short);
    let head: Vec<&str> = ["topic", "all"].into_iter().chain(short).chain(["art"]).collect();
    let rows = Topic::ALL.iter().map(|topic| {
        let all: usize = Region::ALL.iter().map(|region| cell(region, topic)).sum();
        let regions = Region::ALL.iter().map(|region| warm(cell(region, topic), most));
        let articles = count(&stats.articles_by_topic, topic.as_str());
        let first = [clipped(topic), right(all, 4)];
        first.into_iter().chain(regions).chain([right(articles, 3)]).collect()
    });
    section(out, "By topic and region", &head, rows)?;
    if std::io::stdout().is_terminal() {
        let faint = print::FAINT;
        writeln!(
            out,
            "{faint}all: of the regions; art: articles of model laws; shades: quarters of {most}; · none{faint:#}"
        )?;
    }
    Ok(())
}

/// A number with a shade behind it on a terminal: which quarter of the highest number it reaches.
fn warm(number: usize, most: usize) -> String {
    if !std::io::stdout().is_terminal() {
        return number.to_string();
    }
    match (number, 4 * number / most.max(1)) {
        (0, _) => "  ·".to_owned(),
        (_, 0) => format!("{number:>3}░"),
        (_, 1) => format!("{number:>3}▒"),
        (_, 2) => format!("{number:>3}▓"),
        _ => format!("{number:>3}█"),
    }
}

/// Confidence, age of the checks, status and language, as shares of the provisions.
fn by_trust(out: &mut impl Write, stats: &Stats) -> IoResult<()> {
    let checks = stats.provisions_by_check;
    let checks = [
        ("not recorded", checks.not_recorded),
        ("under a year", checks.under_a_year),
        ("older", checks.older),
    ];
    let facets = &stats.provisions_by;
    let mut counted = graded("confidence", Confidence::ALL, &facets.confidence, stats.provisions);
    counted.extend(checks.map(|(age, count)| ("last check", age.to_owned(), count)));
    counted.extend(graded("status", Status::ALL, &facets.status, stats.provisions));
    let languages = facets.language.iter();
    counted.extend(languages.map(|(language, count)| ("language", language.clone(), *count)));
    let rows = counted.into_iter().map(|(by, value, count)| {
        let share = 100.0 * count as f64 / stats.provisions.max(1) as f64;
        vec![by.to_owned(), value, right(count, 5), format!("{share:.1} %")]
    });
    section(
        out,
        "By trust, status and language",
        &["by", "value", "provisions", "share"],
        rows,
    )
}

/// Counts in the order of a closed list, and of what has no such value.
fn graded<T: std::fmt::Display>(
    by: &'static str,
    list: &[T],
    counts: &BTreeMap<String, usize>,
    all: usize,
) -> Vec<(&'static str, String, usize)> {
    let named = list
        .iter()
        .map(|value| (by, value.to_string(), count(counts, &value.to_string())));
    let rest = all.saturating_sub(counts.values().sum());
    named.chain([(by, "none".to_owned(), rest)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_table_fits_into_100_columns() {
        let cells = Region::ALL
            .iter()
            .map(|region| short(region).len().max("999█".chars().count()));
        // Beside each cell a space on both sides and a line, and one line more at the end.
        let own = [TOPIC_WIDTH, "9999".len(), "999".len()];
        let widths: Vec<usize> = own.into_iter().chain(cells).collect();
        assert!(widths.iter().map(|width| width + 3).sum::<usize>() < 100, "{widths:?}");
    }
}
