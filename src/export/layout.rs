//! How a grid is laid out: elements down where few countries stand side by side, countries down where many do, and a table
//! for each row where both are many.

use crate::compare::{Cell, CellState, CellValue, Grid, Row};
use crate::export::cited::{Cited, capital, citation, fate, sources, trusted};
use crate::export::of_grid::{name, said_in};
use crate::export::{Block, Table, TableCell, Text};
use crate::law::{Code, Confidence};

/// Most countries that stand side by side on a page.
const SIDE_BY_SIDE: usize = 5;
/// Most rows that stand side by side when countries go down.
const ACROSS: usize = 5;

/// The grid in tables that fit a page.
pub(super) fn tables(grid: &Grid, cited: &mut Cited) -> Vec<Block> {
    let few = grid.columns.len() <= SIDE_BY_SIDE && !grid.transposed;
    if few || grid.rows.len() <= ACROSS {
        return vec![Block::Table(matrix(grid, cited, false))];
    }
    let mut blocks = Vec::new();
    for (at, row) in grid.rows.iter().enumerate() {
        blocks.push(Block::Heading(capital(&row.label)));
        let seen = (0..grid.columns.len()).filter(|place| row.cells[*place].state != CellState::NotCollected);
        let rows: Vec<Vec<TableCell>> = seen
            .map(|place| {
                let name = TableCell::plain(name(&grid.columns[place]));
                vec![name, cell(grid, at, place, cited, false)]
            })
            .collect();
        if !rows.is_empty() {
            blocks.push(Block::Table(Table {
                head: vec!["Jurisdiction".to_owned(), capital(&row.label)],
                rows,
                shares: vec![1, 4],
            }));
        }
        blocks.extend(open(&row.summary.not_collected));
    }
    blocks
}

/// Those where nobody has looked, in one paragraph.
fn open(codes: &[Code]) -> Option<Block> {
    let listed: Vec<&str> = codes.iter().map(Code::as_str).collect();
    (!listed.is_empty()).then(|| {
        let state = CellState::NotCollected;
        let lead = format!("{} {state} ({}; {})", state.sign(), listed.len(), state.meaning());
        Block::Paragraph(Text::strong(lead).and(format!(": {}", listed.join(", "))))
    })
}

/// The whole grid as one table, with notes where they are asked for.
pub(super) fn matrix(grid: &Grid, cited: &mut Cited, with_notes: bool) -> Table {
    let countries_down = grid.transposed || grid.columns.len() > SIDE_BY_SIDE;
    let names = grid.columns.iter().map(name);
    let labels = grid.rows.iter().map(|row| capital(&row.label));
    let mut head = Vec::new();
    let mut rows = Vec::new();
    if countries_down {
        head.push("Jurisdiction".to_owned());
        head.extend(labels);
        for (place, name) in names.enumerate() {
            let mut line = vec![TableCell::plain(name)];
            line.extend((0..grid.rows.len()).map(|at| cell(grid, at, place, cited, with_notes)));
            rows.push(line);
        }
    } else {
        head.push(
            if grid.rows.iter().all(|row| row.article.is_some()) {
                "Article"
            } else {
                "Element"
            }
            .to_owned(),
        );
        head.extend(names);
        for (at, label) in labels.enumerate() {
            let mut line = vec![TableCell::plain(label)];
            if let Some(asked) = &grid.rows[at].asked {
                let asked = said_in(&grid.rows[at], asked);
                line[0].lines.push(Text::plain(format!("asked for: {asked}")));
            }
            line.extend((0..grid.columns.len()).map(|place| cell(grid, at, place, cited, with_notes)));
            rows.push(line);
        }
    }
    Table {
        head,
        rows,
        shares: Vec::new(),
    }
}

/// One cell: sign and word of its state, its values with pinpoint and source, and the doubt.
fn cell(grid: &Grid, at: usize, place: usize, cited: &mut Cited, with_note: bool) -> TableCell {
    let row = &grid.rows[at];
    let cell = &row.cells[place];
    let mut head = format!("{} {}", cell.state.sign(), cell.state);
    if let Some(degree) = cell.alignment.as_ref().and_then(|alignment| alignment.degree) {
        head.push_str(&format!(", {:.0} % of what is collected", degree * 100.0));
    }
    let mut lines = vec![Text::strong(head)];
    lines.extend(cell.values.iter().map(|value| line(grid, row, value, cited, with_note)));
    // The reason of a provided cell says nothing that its value does not; that of every other does.
    let is_told = match cell.state {
        CellState::Provided | CellState::NotCollected => false,
        CellState::Partly => true,
        CellState::NoneFound => row.article.is_some(),
    };
    if is_told {
        lines.push(Text::plain(&cell.reason));
    }
    if !cell.beside.is_empty() {
        lines.push(Text::plain(format!("({} beside, not counted)", cell.beside.len())));
    }
    TableCell {
        state: Some(cell.state),
        lines,
        note: with_note.then(|| note(grid, cell)).flatten(),
    }
}

/// A value with its pinpoint, its trust where it is not the official text, and its source; spreadsheets have notes instead
/// of numbered sources.
fn line(grid: &Grid, row: &Row, value: &CellValue, cited: &mut Cited, with_note: bool) -> Text {
    let mut text = Text::plain(said_in(row, &value.value));
    if let Some(pinpoint) = &value.pinpoint {
        text = text.and(format!(" ({pinpoint})"));
    }
    match grid.provisions.get(&value.provision).and_then(|one| one.confidence) {
        Some(Confidence::Recalled) => text = text.loud(" UNVERIFIED"),
        Some(Confidence::Secondary) => text = text.and(" from a report"),
        Some(Confidence::Reproduced) => text = text.and(" from a copy"),
        _ => {}
    }
    match cited.provision(&value.provision, &grid.provisions) {
        Some(number) if !with_note => text.source(number),
        _ => text,
    }
}

/// Citation, source and reason, for a note on a cell; none where there is nothing but the state to tell.
fn note(grid: &Grid, cell: &Cell) -> Option<String> {
    if cell.state == CellState::NotCollected && cell.beside.is_empty() {
        return None;
    }
    let mut note = Vec::new();
    let beside = cell.beside.iter().map(|one| (&one.value, Some(&one.why)));
    for (value, why) in cell.values.iter().map(|value| (value, None)).chain(beside) {
        let Some(provision) = grid.provisions.get(&value.provision) else {
            continue;
        };
        if let Some(why) = why {
            note.push(format!("BESIDE, DOES NOT COUNT: {} — {why}", value.value));
        }
        note.push(citation(provision));
        note.push(capital(&fate(provision)));
        note.push(capital(trusted(provision.confidence)));
        note.push(sources(Text::default(), &provision.sources).text().trim().to_owned());
    }
    note.push(format!("Why: {}", cell.reason));
    if let Some(alignment) = &cell.alignment {
        note.push(alignment.arithmetic.clone());
    }
    Some(note.join("\n"))
}
