//! A workbook: the grid with citation and source as notes on its cells, the facts one a row, and how to read them.
//!
//! Every text is written as a string and marked as one, so that none becomes a formula.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format as Look, FormatAlign, FormatBorder, Note, Workbook, Worksheet,
    XlsxError,
};

use crate::compare::CellState;
use crate::export::csv::is_formula;
use crate::export::{Block, Datum, Export, ExportError, FACT_COLUMNS, Format, Table, TableCell};

/// Most characters of a cell, and of a note.
const MOST: usize = 32_000;
/// First row of the grid: title, query and two lines on trust stand above it.
const HEAD: u32 = 4;
/// Width of a column, in characters, and height of a line, in points.
const WIDTH: usize = 28;
const LINE: f64 = 15.0;
/// Columns across which the sheet on reading goes.
const ACROSS: u16 = 6;
/// Width and height of a note, in pixels.
const NOTE: (u32, u32) = (420, 220);

/// Writes the workbook.
pub(super) fn write(export: &Export) -> Result<Vec<u8>, ExportError> {
    workbook(export).map_err(|error| ExportError::of(Format::Xlsx, error))
}

fn workbook(export: &Export) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let made = export.origin.made.earliest();
    let made = ExcelDateTime::from_ymd(
        made.year().unsigned_abs(),
        made.month().unsigned_abs(),
        made.day().unsigned_abs(),
    )?;
    let properties = DocProperties::new()
        .set_title(&export.title)
        .set_subject(&export.origin.query)
        .set_comment(export.trust.join(" "))
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    if let Some(grid) = &export.grid {
        write_grid(book.add_worksheet(), export, grid)?;
    }
    write_facts(book.add_worksheet(), export)?;
    write_about(book.add_worksheet(), export)?;
    book.save_to_buffer()
}

fn bold() -> Look {
    Look::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

fn head() -> Look {
    bold()
        .set_background_color(Color::RGB(0x00E6_E6E6))
        .set_border(FormatBorder::Thin)
}

fn plain() -> Look {
    Look::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// Shade of a state; its sign and word stand in the cell too.
fn shade(state: CellState) -> Look {
    let shade = match state {
        CellState::Provided => 0x00E2_F0E0,
        CellState::Partly => 0x00FF_F3D6,
        CellState::NoneFound => 0x00F6_DEDE,
        CellState::NotCollected => 0x00F2_F2F2,
    };
    plain()
        .set_background_color(Color::RGB(shade))
        .set_border(FormatBorder::Thin)
}

/// Writes a text as text, whatever it begins with.
fn put(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, look: &Look) -> Result<(), XlsxError> {
    let text = cut(text);
    let marked = look.clone().set_quote_prefix();
    let look = if is_formula(&text) { &marked } else { look };
    sheet.write_string_with_format(row, column, text, look)?;
    Ok(())
}

/// No longer than a cell may be.
fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{} … [cut; see the other formats]", &text[..at]),
        None => text.to_owned(),
    }
}

/// Writes a text across columns, as high as it needs, so that it neither runs out of the page nor makes it wide.
fn band(sheet: &mut Worksheet, row: u32, columns: u16, text: &str, look: &Look) -> Result<(), XlsxError> {
    let look = look
        .clone()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_quote_prefix();
    sheet.merge_range(row, 0, row, columns.max(2) - 1, &cut(text), &look)?;
    sheet.set_row_height(row, height(text, usize::from(columns.max(2)) * WIDTH))?;
    Ok(())
}

/// Height of a text that is `width` characters wide, in points; no row can be higher than 409.
fn height(text: &str, width: usize) -> f64 {
    let lines: usize = text.lines().map(|line| 1 + line.chars().count() / width.max(1)).sum();
    (lines.max(1) as f64 * LINE).min(409.0)
}

fn write_grid(sheet: &mut Worksheet, export: &Export, grid: &Table) -> Result<(), XlsxError> {
    sheet.set_name("Grid")?;
    let columns = grid.head.len() as u16;
    // Across more than a screen nobody would read it.
    let across = columns.min(6);
    let title = Look::new().set_bold();
    let origin = &export.origin;
    band(sheet, 0, across, &export.title, &title)?;
    let asked = format!("{}; made {}; corpus {}", origin.query, origin.made, origin.corpus);
    band(sheet, 1, across, &asked, &Look::new())?;
    let trust = format!("{} See the sheet Read me.", export.trust.join(" "));
    band(sheet, 2, across, &trust, &Look::new())?;
    let signs: Vec<String> = CellState::ALL
        .iter()
        .map(|state| format!("{} {state}: {}", state.sign(), state.meaning()))
        .collect();
    band(sheet, 3, across, &signs.join("   "), &Look::new())?;
    for (column, name) in (0u16..).zip(&grid.head) {
        put(sheet, (HEAD, column), name, &head())?;
        sheet.set_column_width(column, WIDTH as f64)?;
    }
    for (row, cells) in (HEAD + 1..).zip(&grid.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            write_cell(sheet, (row, column), cell)?;
        }
        let highest = cells
            .iter()
            .map(|cell| height(&cell.text(), WIDTH))
            .fold(LINE, f64::max);
        sheet.set_row_height(row, highest)?;
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.set_repeat_rows(HEAD, HEAD)?;
    sheet.set_landscape().set_paper_size(9);
    // Few columns fit the width of a page; many go on from page to page, each with the names of the rows.
    if columns <= 8 {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_repeat_columns(0, 0)?;
    }
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, at: (u32, u16), cell: &TableCell) -> Result<(), XlsxError> {
    let look = cell.state.map_or_else(bold, shade);
    put(sheet, at, &cell.text(), &look)?;
    if let Some(note) = &cell.note {
        let note = Note::new(cut(note))
            .add_author_prefix(false)
            .set_width(NOTE.0)
            .set_height(NOTE.1);
        sheet.insert_note(at.0, at.1, &note)?;
    }
    Ok(())
}

fn write_facts(sheet: &mut Worksheet, export: &Export) -> Result<(), XlsxError> {
    sheet.set_name("Facts")?;
    let (head, look) = (head(), Look::new().set_align(FormatAlign::Top));
    for (column, name) in (0u16..).zip(FACT_COLUMNS) {
        put(sheet, (0, column), name, &head)?;
        sheet.set_column_width(column, 18)?;
    }
    for (row, fact) in (1u32..).zip(&export.facts) {
        for (column, datum) in (0u16..).zip(fact) {
            match datum {
                Datum::Nothing => {}
                Datum::Words(words) => put(sheet, (row, column), words, &look)?,
                Datum::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &look)?;
                }
            }
        }
    }
    let last = u32::try_from(export.facts.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, FACT_COLUMNS.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 3)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape().set_paper_size(9);
    Ok(())
}

/// Where it comes from, how far to trust it, and every section that is no part of the grid itself.
fn write_about(sheet: &mut Worksheet, export: &Export) -> Result<(), XlsxError> {
    sheet.set_name("Read me")?;
    for column in 0..ACROSS {
        sheet.set_column_width(column, WIDTH as f64)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let (title, plain) = (Look::new().set_bold().set_font_size(13), Look::new());
    let mut row = 0;
    band(sheet, row, ACROSS, &export.title, &title)?;
    let origin = export.origin.lines(Format::Xlsx);
    let origin = origin.iter().map(|(name, text)| format!("{name}: {}", text.text()));
    for sentence in export.trust.iter().cloned().chain(origin) {
        row += 1;
        band(sheet, row, ACROSS, &sentence, &plain)?;
    }
    for section in export.sections.iter().skip(1) {
        row += 2;
        band(sheet, row, ACROSS, &section.heading, &title)?;
        for block in &section.blocks {
            row = write_block(sheet, row + 1, block)?;
        }
    }
    Ok(())
}

/// Writes a block from a row on; gives the last row that it took.
fn write_block(sheet: &mut Worksheet, row: u32, block: &Block) -> Result<u32, XlsxError> {
    let (bold, plain) = (bold(), plain());
    let mut last = row;
    match block {
        Block::Paragraph(text) => band(sheet, row, ACROSS, &text.text(), &plain)?,
        Block::Heading(text) => band(sheet, row, ACROSS, text, &bold)?,
        Block::List(items) => {
            for (row, item) in (row..).zip(items) {
                band(sheet, row, ACROSS, &item.text(), &plain)?;
                last = row;
            }
        }
        Block::Sources(items) => {
            for ((at, item), row) in items.iter().enumerate().zip(row..) {
                band(sheet, row, ACROSS, &format!("{}. {}", at + 1, item.text()), &plain)?;
                last = row;
            }
        }
        Block::Table(table) => {
            for (column, name) in (0u16..).zip(&table.head) {
                put(sheet, (row, column), name, &bold)?;
            }
            for (row, cells) in (row + 1..).zip(&table.rows) {
                for (column, cell) in (0u16..).zip(cells) {
                    put(sheet, (row, column), &cell.text(), &plain)?;
                }
                let highest = cells
                    .iter()
                    .map(|cell| height(&cell.text(), WIDTH))
                    .fold(LINE, f64::max);
                sheet.set_row_height(row, highest)?;
                last = row;
            }
        }
    }
    Ok(last)
}
