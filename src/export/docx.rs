//! A document of Word: headings, tables whose head is repeated on each page, numbered sources, page numbers.
//!
//! The words of WordprocessingML are few and are written here, with `zip` for the package: docx-rs 0.4 can neither repeat
//! the head of a table (`w:tblHeader`) nor mark a run as right to left (`w:rtl`), which legal tables and Arabic titles need.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::compare::CellState;
use crate::export::docx_parts::{self as parts, Links};
use crate::export::script::{is_right_to_left, runs};
use crate::export::{Block, Export, ExportError, Format, Look, Section, Table, TableCell, Text};

/// Width of the text on an A4 page, upright and on its side, in twentieths of a point.
const WIDTH: (usize, usize) = (10_206, 15_138);

/// Writes the package.
pub(super) fn write(export: &Export) -> Result<Vec<u8>, ExportError> {
    let mut links = Links::default();
    let body = body(export, &mut links);
    let document = parts::document(&body, export.is_wide);
    let footer = parts::footer(&runs_of(&format!("{} — no legal advice", export.title), ""));
    let (core, relations) = (parts::core(export), links.relations());
    let files: [(&str, &str); 9] = [
        ("[Content_Types].xml", parts::CONTENT_TYPES),
        ("_rels/.rels", parts::RELATIONS),
        ("docProps/core.xml", &core),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", &relations),
        ("word/styles.xml", parts::STYLES),
        ("word/numbering.xml", parts::NUMBERING),
        ("word/settings.xml", parts::SETTINGS),
        ("word/footer1.xml", &footer),
    ];
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let failed = |error: &dyn std::fmt::Display| ExportError::of(Format::Docx, error);
    for (name, text) in files {
        package.start_file(name, options).map_err(|error| failed(&error))?;
        package.write_all(text.as_bytes()).map_err(|error| failed(&error))?;
    }
    let written = package.finish().map_err(|error| failed(&error))?;
    Ok(written.into_inner())
}

fn body(export: &Export, links: &mut Links) -> String {
    let mut body = paragraph("Title", &runs_of(&export.title, ""), &export.title);
    for sentence in &export.trust {
        body.push_str(&paragraph("Notice", &runs_of(sentence, ""), sentence));
    }
    for (name, text) in export.origin.lines(Format::Docx) {
        let line = format!("{}{}", runs_of(&format!("{name}: "), "<w:b/>"), line(&text, links));
        body.push_str(&paragraph("Origin", &line, ""));
    }
    for section in &export.sections {
        write_section(&mut body, section, export.is_wide, links);
    }
    body
}

fn write_section(body: &mut String, section: &Section, is_wide: bool, links: &mut Links) {
    body.push_str(&paragraph("Heading1", &runs_of(&section.heading, ""), &section.heading));
    for block in &section.blocks {
        match block {
            Block::Paragraph(text) => body.push_str(&paragraph("Normal", &line(text, links), &text.text())),
            Block::Heading(text) => body.push_str(&paragraph("Heading2", &runs_of(text, ""), text)),
            Block::List(items) => {
                for item in items {
                    body.push_str(&paragraph("ListBullet", &line(item, links), &item.text()));
                }
            }
            Block::Sources(items) => {
                for (at, item) in items.iter().enumerate() {
                    let marked = parts::bookmark(at + 1, &line(item, links));
                    body.push_str(&paragraph("ListNumber", &marked, ""));
                }
            }
            Block::Table(table) => write_table(body, table, is_wide, links),
        }
    }
}

fn write_table(body: &mut String, table: &Table, is_wide: bool, links: &mut Links) {
    let widths = widths(table, is_wide);
    body.push_str(&parts::table_begin(&widths));
    let head: String = table
        .head
        .iter()
        .zip(&widths)
        .map(|(name, width)| parts::cell(*width, "D9D9D9", &paragraph("TableHead", &runs_of(name, ""), name)))
        .collect();
    body.push_str(&format!(
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
    ));
    for row in &table.rows {
        let cells: String = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(at, (cell, width))| table_cell(cell, at == 0, *width, links))
            .collect();
        body.push_str(&format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"));
    }
    // Two tables in a row would be one.
    body.push_str("</w:tbl>");
    body.push_str(&paragraph("TableEnd", "", ""));
}

/// The width of each column: its share of the page, or the same for all.
fn widths(table: &Table, is_wide: bool) -> Vec<usize> {
    let page = if is_wide { WIDTH.1 } else { WIDTH.0 };
    let share = |at: usize| table.shares.get(at).copied().unwrap_or(1);
    let all: usize = (0..table.head.len()).map(share).sum();
    (0..table.head.len()).map(|at| page * share(at) / all.max(1)).collect()
}

fn table_cell(cell: &TableCell, names_row: bool, width: usize, links: &mut Links) -> String {
    let style = if names_row { "TableHead" } else { "TableText" };
    let mut lines: String = cell
        .lines
        .iter()
        .map(|text| paragraph(style, &line(text, links), &text.text()))
        .collect();
    if lines.is_empty() {
        lines = paragraph(style, "", "");
    }
    parts::cell(width, shade(cell.state), &lines)
}

/// Shade of a state; its sign and word stand in the cell too.
const fn shade(state: Option<CellState>) -> &'static str {
    match state {
        Some(CellState::Provided) => "E2F0E0",
        Some(CellState::Partly) => "FFF3D6",
        Some(CellState::NoneFound) => "F6DEDE",
        Some(CellState::NotCollected) => "F2F2F2",
        None => "auto",
    }
}

/// A paragraph in a style; one that runs from right to left as a whole is set so.
fn paragraph(style: &str, runs: &str, text: &str) -> String {
    let direction = if is_right_to_left(text) { "<w:bidi/>" } else { "" };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{direction}</w:pPr>{runs}</w:p>")
}

fn line(text: &Text, links: &mut Links) -> String {
    let mut line = String::new();
    for span in &text.0 {
        match &span.look {
            Look::Plain => line.push_str(&runs_of(&span.text, "")),
            Look::Strong => line.push_str(&runs_of(&span.text, "<w:b/><w:bCs/>")),
            Look::Code => line.push_str(&runs_of(&span.text, "<w:rStyle w:val=\"Code\"/>")),
            Look::Link(url) => {
                let runs = runs_of(&span.text, "<w:rStyle w:val=\"Hyperlink\"/>");
                line.push_str(&format!("<w:hyperlink r:id=\"{}\">{runs}</w:hyperlink>", links.to(url)));
            }
            Look::Source(number) => {
                let runs = runs_of(&span.text, "<w:rStyle w:val=\"Hyperlink\"/>");
                line.push_str(&format!(
                    "<w:hyperlink w:anchor=\"source-{number}\">{runs}</w:hyperlink>"
                ));
            }
        }
    }
    line
}

/// Text as runs, cut where its direction changes; each run says its own direction, so that none turns its neighbour.
fn runs_of(text: &str, properties: &str) -> String {
    let run = |(runs_left, part): (bool, &str)| {
        let direction = if runs_left {
            "<w:rtl/><w:lang w:bidi=\"ar-SA\"/>"
        } else {
            ""
        };
        let lines: Vec<String> = part
            .split('\n')
            .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", parts::escaped(line)))
            .collect();
        format!(
            "<w:r><w:rPr>{properties}{direction}</w:rPr>{}</w:r>",
            lines.join("<w:br/>")
        )
    };
    runs(text).into_iter().map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_say_their_direction() {
        let runs = runs_of("Law (قانون)", "<w:b/>");
        assert_eq!(runs.matches("<w:rtl/>").count(), 1);
        assert!(
            runs.contains("<w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">Law (</w:t>"),
            "{runs}"
        );
        assert!(paragraph("Normal", "", "قانون").contains("<w:bidi/>"));
    }
}
