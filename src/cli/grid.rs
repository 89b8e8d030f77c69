//! A grid on a terminal: elements down where few countries are compared, countries down where many are.
//!
//! A state is told by a sign and a word, never by colour alone.

use std::io::{Result, Write};

use crate::cli::print;
use crate::compare::{Cell, CellState, Column, Grid, Range, Row, grouped, said};

/// What the signs mean.
const LEGEND: &str =
    "● provided   ◐ partly   ○ none found   · not collected: nobody has looked, which says nothing about the law";
/// Most countries that stand side by side.
const SIDE_BY_SIDE: usize = 4;
/// Most rows that stand side by side when countries go down.
const ACROSS: usize = 4;

/// Prints the grid, and with `explain` the reason of each cell.
pub(super) fn show(out: &mut impl Write, grid: &Grid, explain: bool) -> Result<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    writeln!(out, "{strong}{}{strong:#}", print::isolated(&grid.subject.title))?;
    let topics: Vec<&str> = grid.subject.topics.iter().map(|topic| topic.as_str()).collect();
    writeln!(
        out,
        "{faint}law as of {}; {}: {}{faint:#}",
        grid.as_of,
        grid.subject.why,
        topics.join(", ")
    )?;
    writeln!(out, "{faint}{LEGEND}{faint:#}\n")?;
    let is_wide = grid.columns.len() <= SIDE_BY_SIDE && !grid.transposed;
    if is_wide {
        elements_down(out, grid)?;
    } else if grid.rows.len() <= ACROSS || grid.transposed {
        countries_down(out, grid)?;
    } else {
        row_by_row(out, grid)?;
    }
    writeln!(out)?;
    grid.rows.iter().try_for_each(|row| summary(out, row))?;
    grid.columns.iter().try_for_each(|column| against_model(out, column))?;
    proposals(out, grid)?;
    if explain { explained(out, grid) } else { Ok(()) }
}

fn elements_down(out: &mut impl Write, grid: &Grid) -> Result<()> {
    let mut head = vec![""];
    head.extend(grid.columns.iter().map(|column| column.jurisdiction.name.as_str()));
    let rows = grid.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| print::isolated(&text(row, cell, "\n")));
        std::iter::once(row.label.clone()).chain(cells).collect()
    });
    print::table(out, &head, rows.collect::<Vec<_>>())
}

fn countries_down(out: &mut impl Write, grid: &Grid) -> Result<()> {
    let mut head = vec!["jurisdiction"];
    head.extend(grid.rows.iter().map(|row| row.label.as_str()));
    let rows = grid.columns.iter().enumerate().map(|(at, column)| {
        let cells = grid
            .rows
            .iter()
            .map(|row| print::isolated(&text(row, &row.cells[at], "\n")));
        std::iter::once(name(column)).chain(cells).collect()
    });
    print::table(out, &head, rows.collect::<Vec<_>>())
}

fn name(column: &Column) -> String {
    format!("{} {}", column.jurisdiction.code, column.jurisdiction.name)
}

/// Many rows and many countries: a list for each row, those of whom nothing is collected in one line.
fn row_by_row(out: &mut impl Write, grid: &Grid) -> Result<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    for row in &grid.rows {
        writeln!(out, "{strong}{}{strong:#}", row.label)?;
        for (column, cell) in grid.columns.iter().zip(&row.cells) {
            if cell.state != CellState::NotCollected {
                writeln!(
                    out,
                    "  {}: {}",
                    column.jurisdiction.name,
                    print::isolated(&text(row, cell, "; "))
                )?;
            }
        }
        let open = &row.summary.not_collected;
        if !open.is_empty() {
            let codes: Vec<&str> = open.iter().map(|code| code.as_str()).collect();
            writeln!(
                out,
                "  {faint}· not collected ({}): {}{faint:#}",
                open.len(),
                codes.join(", ")
            )?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// What a cell says: sign, state where it is not plain, values with their pinpoints.
fn text(row: &Row, cell: &Cell, between: &str) -> String {
    let sign = cell.state.sign();
    let values: Vec<String> = cell
        .values
        .iter()
        .map(|value| {
            let pinpoint = value
                .pinpoint
                .as_deref()
                .map(|pinpoint| format!(" ({pinpoint})"))
                .unwrap_or_default();
            format!("{}{pinpoint}", said(&value.value, row.unit.as_deref()))
        })
        .collect();
    let state = match (cell.state, row.article.is_some()) {
        // The sign tells the state, and the value says yes, a number, or no.
        (CellState::Provided | CellState::NoneFound, false) => String::new(),
        (CellState::NoneFound, true) => "lacks it".to_owned(),
        (state, _) => state.to_string(),
    };
    let degree = cell.alignment.as_ref().and_then(|alignment| alignment.degree);
    let degree = degree.map(|degree| format!("{:.0} % of what is collected", degree * 100.0));
    let mut parts: Vec<String> = Vec::new();
    parts.extend(Some(state).filter(|state| !state.is_empty()));
    parts.extend(degree);
    let head = parts.join(", ");
    let missing = match (cell.state, row.article.is_some()) {
        (CellState::Partly | CellState::NoneFound, true) => format!(" — {}", cell.reason),
        (CellState::Partly, false) => format!(" — {}", cell.reason.split_once("; ").map_or("", |(_, doubt)| doubt)),
        _ => String::new(),
    };
    let missing = missing.trim_end_matches(" — ");
    let head = match (head.is_empty(), values.is_empty()) {
        (true, _) => String::new(),
        (false, true) => head,
        (false, false) => format!("{head}: "),
    };
    let beside = match cell.beside.len() {
        0 => String::new(),
        count => format!(" [+{count} beside]"),
    };
    format!("{sign} {head}{}{missing}{beside}", values.join(between))
}

/// Who provides it, and the lowest, middle and highest.
fn summary(out: &mut impl Write, row: &Row) -> Result<()> {
    let faint = print::FAINT;
    let summary = &row.summary;
    let counts: Vec<String> = CellState::ALL
        .iter()
        .map(|state| (state, summary.of(*state).len()))
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{count} {state}"))
        .collect();
    let mut parts = vec![counts.join(", ")];
    parts.extend(summary.ranges.iter().filter(|range| range.count > 1).map(range));
    if !summary.unlimited.is_empty() {
        let codes: Vec<&str> = summary.unlimited.iter().map(|code| code.as_str()).collect();
        parts.push(format!("unlimited: {}", codes.join(", ")));
    }
    writeln!(out, "{faint}{}: {}{faint:#}", row.label, parts.join("; "))
}

fn range(range: &Range) -> String {
    let holders = |codes: &[crate::law::Code]| {
        let named: Vec<&str> = codes.iter().take(3).map(|code| code.as_str()).collect();
        let more = codes.len().saturating_sub(3);
        if more > 0 {
            format!("{} and {more} more", named.join(", "))
        } else {
            named.join(", ")
        }
    };
    format!(
        "{} {} ({}) to {} ({}), median {}",
        range.unit,
        grouped(range.minimum.amount),
        holders(&range.minimum.jurisdictions),
        grouped(range.maximum.amount),
        holders(&range.maximum.jurisdictions),
        grouped(range.median.amount)
    )
}

/// What a country lacks of the model law, the weightiest first, and the arithmetic.
fn against_model(out: &mut impl Write, column: &Column) -> Result<()> {
    let Some(alignment) = column.alignment.as_ref().filter(|alignment| alignment.degree.is_some()) else {
        return Ok(());
    };
    let (strong, faint) = (print::STRONG, print::FAINT);
    writeln!(
        out,
        "\n{strong}{}{strong:#}: {}",
        column.jurisdiction.name, alignment.arithmetic
    )?;
    for article in &column.missing {
        let elements: Vec<String> = article
            .elements
            .iter()
            .map(|element| element.as_str().replace('_', " "))
            .collect();
        let state = if article.state == CellState::NoneFound {
            "lacks"
        } else {
            "partly"
        };
        let (weight, id) = (article.weight, &article.article);
        writeln!(
            out,
            "  {state} {id} {faint}(weight {weight} unmet: {}){faint:#}",
            elements.join(", ")
        )?;
    }
    Ok(())
}

/// What meaning alone proposes.
fn proposals(out: &mut impl Write, grid: &Grid) -> Result<()> {
    let proposed: Vec<_> = grid
        .columns
        .iter()
        .flat_map(|column| {
            column
                .comparable
                .iter()
                .filter(|one| one.proposed)
                .map(move |one| (column, one))
        })
        .collect();
    if proposed.is_empty() {
        return Ok(());
    }
    let (strong, faint) = (print::STRONG, print::FAINT);
    writeln!(
        out,
        "\n{strong}Proposals, joined by wording or meaning alone; they fill no cell{strong:#}"
    )?;
    for (column, one) in proposed {
        let heading = grid
            .provisions
            .get(&one.provision)
            .map_or("", |provision| provision.heading.as_str());
        writeln!(
            out,
            "  {}: {} {faint}{} [{}: {}]{faint:#}",
            column.jurisdiction.name,
            print::isolated(heading),
            one.provision,
            one.degree,
            one.reason
        )?;
    }
    Ok(())
}

/// The reason of each cell, what was passed over, and what stands beside it.
fn explained(out: &mut impl Write, grid: &Grid) -> Result<()> {
    let (strong, faint) = (print::STRONG, print::FAINT);
    writeln!(out, "\n{strong}Why{strong:#}")?;
    for row in &grid.rows {
        for (column, cell) in grid.columns.iter().zip(&row.cells) {
            writeln!(
                out,
                "{} · {}: {} — {}",
                column.jurisdiction.name, row.label, cell.state, cell.reason
            )?;
            for value in &cell.values {
                let confidence = grid
                    .provisions
                    .get(&value.provision)
                    .and_then(|provision| provision.confidence);
                let confidence = confidence
                    .map(|confidence| format!(" ({confidence})"))
                    .unwrap_or_default();
                writeln!(out, "    {faint}rests on {}{confidence}{faint:#}", value.provision)?;
            }
            for other in &cell.alternatives {
                let (value, why) = (said(&other.value.value, row.unit.as_deref()), &other.why);
                writeln!(
                    out,
                    "    {faint}passed over: {value}, {} — {why}{faint:#}",
                    other.value.provision
                )?;
            }
            for beside in &cell.beside {
                let (value, why) = (said(&beside.value.value, row.unit.as_deref()), &beside.why);
                writeln!(
                    out,
                    "    {faint}beside: {value}, {} — {why}{faint:#}",
                    beside.value.provision
                )?;
            }
            if let Some(alignment) = &cell.alignment {
                writeln!(out, "    {faint}{}{faint:#}", alignment.arithmetic)?;
            }
        }
    }
    Ok(())
}
