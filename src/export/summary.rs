//! Over a whole grid: who provides what and the ranges of each row; how near each jurisdiction is to the model.

use crate::compare::{CellState, Column, Extreme, Grid, Row, grouped};
use crate::export::cited::capital;
use crate::export::of_grid::{name, section};
use crate::export::{Block, Section, Table, TableCell, Text};
use crate::law::Code;

/// Jurisdictions where nobody has looked are listed up to this many.
pub(super) const LISTED: usize = 12;

/// Who provides what, and the lowest, middle and highest, of the rows that are wanted; at most `most`
/// jurisdictions of a state are listed, more are counted.
pub(super) fn ranges(grid: &Grid, most: usize, wanted: impl Fn(&Row) -> bool) -> Option<Section> {
    if grid.columns.len() < 2 {
        return None;
    }
    let head = [
        "Row",
        "Provided by",
        "Partly",
        "None found",
        "Not collected",
        "Lowest – median – highest",
    ];
    let codes = |codes: &[Code]| {
        let listed: Vec<&str> = codes.iter().map(Code::as_str).collect();
        match listed.len() {
            0 => "0".to_owned(),
            count => format!("{count}: {}", listed.join(", ")),
        }
    };
    let row = |row: &Row| {
        let summary = &row.summary;
        let mut range: Vec<Text> = summary
            .ranges
            .iter()
            .map(|range| {
                let end = |end: &Extreme| {
                    let holders: Vec<&str> = end.jurisdictions.iter().map(Code::as_str).collect();
                    format!("{} ({})", grouped(end.amount), holders.join(", "))
                };
                let (least, most) = (end(&range.minimum), end(&range.maximum));
                let text = match range.count {
                    1 => format!("{}: {most}, the only one", range.unit),
                    _ => format!("{}: {least} – {} – {most}", range.unit, grouped(range.median.amount)),
                };
                Text::plain(text)
            })
            .collect();
        if !summary.unlimited.is_empty() {
            range.push(Text::plain(format!("unlimited: {}", codes(&summary.unlimited))));
        }
        let mut cells = vec![TableCell::plain(capital(&row.label))];
        cells.extend(CellState::ALL.iter().map(|state| {
            let listed = summary.of(*state);
            // Where nobody has looked is a long list in a grid of all countries, and each of its cells says so.
            let most = if *state == CellState::NotCollected {
                LISTED
            } else {
                most
            };
            let is_long = listed.len() > most;
            TableCell::plain(if is_long {
                listed.len().to_string()
            } else {
                codes(listed)
            })
        }));
        cells.push(TableCell {
            lines: range,
            ..TableCell::default()
        });
        cells
    };
    let table = Table {
        head: head.map(str::to_owned).to_vec(),
        rows: grid.rows.iter().filter(|row| wanted(row)).map(row).collect(),
        shares: vec![3, 4, 3, 3, 3, 6],
    };
    let about = "Ranges count only what is provided. Money stays in its own currency; nothing is converted.";
    Some(section(
        "Over the jurisdictions shown",
        vec![Block::Paragraph(Text::plain(about)), Block::Table(table)],
    ))
}

/// How near each law is to the model, with the arithmetic, and what it lacks.
pub(super) fn against_model(grid: &Grid) -> Option<Section> {
    let aligned: Vec<&Column> = grid
        .columns
        .iter()
        .filter(|column| column.alignment.is_some())
        .collect();
    if aligned.is_empty() {
        return None;
    }
    let heading = |id: &str| {
        let row = grid.rows.iter().find(|row| row.key == id);
        row.map_or_else(|| id.to_owned(), |row| row.label.clone())
    };
    let row = |column: &&Column| {
        let alignment = column.alignment.as_ref()?;
        let degree = alignment.degree.map_or_else(
            || "nothing collected to reckon with".to_owned(),
            |degree| format!("{:.0} % of what is collected", degree * 100.0),
        );
        let missing = column.missing.iter().map(|article| {
            let elements: Vec<String> = article
                .elements
                .iter()
                .map(|one| one.as_str().replace('_', " "))
                .collect();
            Text::plain(format!(
                "{} {}: {} (weight unmet {})",
                if article.state == CellState::NoneFound {
                    "○ lacks"
                } else {
                    "◐ partly"
                },
                heading(&article.article),
                elements.join(", "),
                article.weight
            ))
        });
        Some(vec![
            TableCell::plain(name(column)),
            TableCell::plain(degree),
            TableCell::plain(&alignment.arithmetic),
            TableCell {
                lines: missing.collect(),
                ..TableCell::default()
            },
        ])
    };
    let table = Table {
        head: ["Jurisdiction", "Alignment", "Arithmetic", "Lacks or has in part"]
            .map(str::to_owned)
            .to_vec(),
        rows: aligned.iter().filter_map(row).collect(),
        shares: vec![2, 2, 4, 8],
    };
    Some(section("Against the model", vec![Block::Table(table)]))
}
