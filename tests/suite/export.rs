//! What is taken away, read back by other programs' readers and compared with the grid; snapshots of what people read.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use collex::compare::{CellState, Grid, GridRequest, Subject};
use collex::export::{Datum, Export, FACT_COLUMNS, Format, Look, SHEET_FORMATS, TableCell};
use collex::law::{PartialDate, Topic};
use docx_rs::{DocumentChild, ParagraphChild, RunChild, TableCellContent, TableChild, TableRowChild, read_docx};
use jiff::civil::{Date, date};

use crate::fixture;

const MADE: Date = date(2026, 11, 25);

fn grid(subject: Subject) -> Grid {
    let mut request = GridRequest::about(subject);
    request.as_of = Some(MADE);
    fixture::library(true).compare(&request).unwrap()
}

fn images() -> Grid {
    grid(Subject::Topics(vec![Topic::IntimateImageAbuse, Topic::ThreatsToShare]))
}

fn model() -> Grid {
    grid(Subject::ModelLaw("model-laws/dignity-online".to_owned()))
}

fn export(grid: &Grid) -> Export {
    Export::of_grid(grid, MADE)
}

fn text(export: &Export, format: Format) -> String {
    String::from_utf8(export.write(format).unwrap()).unwrap()
}

/// A grid whose names and phrases attack whoever opens it.
fn hostile() -> Grid {
    let mut grid = images();
    grid.columns[0].jurisdiction.name = "=cmd|' /C calc'!A0".to_owned();
    grid.columns[1].jurisdiction.name = "@SUM(1+1)*<script>alert(1)</script> | x".to_owned();
    for provision in grid.provisions.values_mut() {
        provision.heading = "+1-2 [x](javascript:alert(1)) **b** \u{1}".to_owned();
        for source in &mut provision.sources {
            source.url = "javascript:alert(1)".to_owned();
        }
    }
    grid.subject.title = "-2+3 \"quoted\" & <b>bold</b>".to_owned();
    grid
}

fn field(datum: &Datum) -> String {
    match datum {
        Datum::Nothing => String::new(),
        Datum::Words(words) => words.clone(),
        Datum::Number(number) => number.to_string(),
    }
}

#[test]
fn csv_comes_back_fact_by_fact() {
    for grid in [images(), model(), hostile()] {
        let export = export(&grid);
        let bytes = export.write(Format::Csv).unwrap();
        assert!(bytes.starts_with("\u{feff}row,label,".as_bytes()));
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), FACT_COLUMNS);
        let records: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let bare = |text: &String| text.strip_prefix('\'').map_or(text.clone(), str::to_owned);
        let read: Vec<Vec<String>> = records.iter().map(|record| record.iter().map(bare).collect()).collect();
        let facts: Vec<Vec<String>> = export
            .facts
            .iter()
            .map(|fact| fact.iter().map(field).collect())
            .collect();
        assert_eq!(read, facts);
        let is_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\t', '\r']);
        assert!(records.iter().flatten().all(|text| !is_formula(text)));
    }
}

/// Every cell of the grid has at least one row in the long form, in its state, and each of its values one row.
#[test]
fn no_cell_is_lost_in_the_long_form() {
    let column = |name: &str| FACT_COLUMNS.iter().position(|known| *known == name).unwrap();
    for grid in [images(), model()] {
        let export = export(&grid);
        let rows: Vec<Vec<String>> = export
            .facts
            .iter()
            .map(|fact| fact.iter().map(field).collect())
            .collect();
        for row in &grid.rows {
            for (place, cell) in grid.columns.iter().zip(&row.cells) {
                let own: Vec<&Vec<String>> = rows
                    .iter()
                    .filter(|fact| {
                        fact[column("row")] == row.key
                            && fact[column("jurisdiction")] == place.jurisdiction.code.as_str()
                            && fact[column("role")] == "cell"
                    })
                    .collect();
                assert_eq!(
                    own.len(),
                    cell.values.len().max(1),
                    "{} {}",
                    row.key,
                    place.jurisdiction.code
                );
                for (fact, value) in own.iter().zip(&cell.values) {
                    assert_eq!(fact[column("provision")], value.provision);
                    let provision = &grid.provisions[&value.provision];
                    let confidence = provision.confidence.map_or("", |one| one.as_str());
                    assert_eq!(fact[column("confidence")], confidence);
                    assert!(fact[column("source")].contains(&provision.sources[0].url));
                }
                assert!(own.iter().all(|fact| fact[column("state")] == cell.state.as_str()));
                assert!(
                    own.iter()
                        .all(|fact| fact[column("notice")].contains("No legal advice"))
                );
            }
        }
    }
}

#[test]
fn a_workbook_comes_back_cell_by_cell() {
    for grid in [images(), model(), hostile()] {
        let export = export(&grid);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(export.write(Format::Xlsx).unwrap())).unwrap();
        assert_eq!(book.sheet_names(), ["Grid", "Facts", "Read me"]);
        for name in ["Grid", "Facts", "Read me"] {
            let formulas = book.worksheet_formula(name).unwrap();
            assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
        }
        let sheet = book.worksheet_range("Grid").unwrap();
        let cell = |row: usize, column: usize| match sheet.get_value((row as u32, column as u32)) {
            None | Some(Data::Empty) => String::new(),
            Some(data) => data.to_string(),
        };
        let table = export.grid.as_ref().unwrap();
        for (column, name) in table.head.iter().enumerate() {
            assert_eq!(cell(4, column), *name);
        }
        for (at, row) in table.rows.iter().enumerate() {
            for (column, expected) in row.iter().enumerate() {
                assert_eq!(cell(5 + at, column).replace("\r\n", "\n"), expected.text());
            }
        }
        let facts = book.worksheet_range("Facts").unwrap();
        assert_eq!(facts.height(), export.facts.len() + 1);
        for (row, fact) in facts.rows().skip(1).zip(&export.facts) {
            for (data, datum) in row.iter().zip(fact) {
                match datum {
                    Datum::Nothing => assert_eq!(*data, Data::Empty),
                    Datum::Words(words) => assert_eq!(*data, Data::String(words.clone())),
                    Datum::Number(number) => assert_eq!(*data, Data::Float(*number)),
                }
            }
        }
    }
}

fn part(package: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn cells_carry_citation_and_source_as_notes() {
    let bytes = export(&images()).write(Format::Xlsx).unwrap();
    let notes = part(&bytes, "xl/comments1.xml");
    assert!(
        notes.contains("Online Safety Act 2021, No. 7 of 2021, s 66B"),
        "{notes}"
    );
    assert!(notes.contains("https://"));
    assert!(notes.contains("Read in the official text"));
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("state=\"frozen\""), "the heads are not frozen");
}

/// Words of a cell without the references to sources, which are links.
fn bare(cell: &TableCell) -> String {
    let line = |text: &collex::export::Text| -> String {
        let plain = text
            .0
            .iter()
            .filter(|span| !matches!(span.look, Look::Source(_) | Look::Link(_)));
        plain.map(|span| span.text.as_str()).collect()
    };
    cell.lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn docx_tables(bytes: &[u8]) -> Vec<Vec<Vec<String>>> {
    let cell = |cell: &docx_rs::TableCell| {
        let paragraph = |content: &TableCellContent| match content {
            TableCellContent::Paragraph(paragraph) => {
                let runs = paragraph.children.iter().filter_map(|child| match child {
                    ParagraphChild::Run(run) => Some(run),
                    _ => None,
                });
                let texts = runs.flat_map(|run| &run.children).filter_map(|child| match child {
                    RunChild::Text(text) => Some(text.text.as_str()),
                    _ => None,
                });
                texts.collect::<String>()
            }
            _ => String::new(),
        };
        cell.children.iter().map(paragraph).collect::<Vec<_>>().join("\n")
    };
    let document = read_docx(bytes).unwrap().document;
    let tables = document.children.iter().filter_map(|child| match child {
        DocumentChild::Table(table) => Some(table),
        _ => None,
    });
    tables
        .map(|table| {
            let rows = table.rows.iter().map(|TableChild::TableRow(row)| {
                let cells = row.cells.iter().map(|TableRowChild::TableCell(one)| cell(one));
                cells.collect()
            });
            rows.collect()
        })
        .collect()
}

#[test]
fn a_document_comes_back_cell_by_cell() {
    for grid in [images(), model(), hostile()] {
        let export = export(&grid);
        let read = docx_tables(&export.write(Format::Docx).unwrap());
        let tables: Vec<_> = export
            .sections
            .iter()
            .flat_map(|section| &section.blocks)
            .filter_map(|block| match block {
                collex::export::Block::Table(table) => Some(table),
                _ => None,
            })
            .collect();
        assert_eq!(read.len(), tables.len());
        for (read, table) in read.iter().zip(tables) {
            assert_eq!(read[0], table.head);
            let expected: Vec<Vec<String>> = table
                .rows
                .iter()
                .map(|row| row.iter().map(|cell| bare(cell).replace('\u{1}', "")).collect())
                .collect();
            assert_eq!(read[1..], expected);
        }
    }
}

#[test]
fn word_parts_are_well_formed_and_right_to_left_is_isolated() {
    let export = export(&hostile());
    let bytes = export.write(Format::Docx).unwrap();
    let document = part(&bytes, "word/document.xml");
    assert!(document.contains("<w:tblHeader/>"));
    assert!(document.contains("<w:rtl/>"), "the Arabic title is not set as Arabic");
    assert!(!part(&bytes, "word/_rels/document.xml.rels").contains("javascript"));
    let page = text(&export, Format::Html);
    assert!(page.contains("<bdi>"));
    assert!(
        !page.contains("<script") && !page.contains("href=\"javascript"),
        "{page}"
    );
    assert!(!page.contains(" src=") && !page.contains("@import") && !page.contains("url("));
}

/// In each format that is read, what was not looked for is said to be so, and never as a gap in the law.
#[test]
fn not_collected_never_reads_like_absence() {
    let grid = images();
    let count = |state| {
        grid.rows
            .iter()
            .flat_map(|row| &row.cells)
            .filter(|cell| cell.state == state)
            .count()
    };
    let open = count(CellState::NotCollected);
    assert!(open > 0 && count(CellState::Provided) > 0);
    let export = export(&grid);
    for format in [Format::Markdown, Format::Html] {
        let text = text(&export, format);
        let cells = text.matches("· not collected").count();
        assert!(cells >= open, "{format}: {cells} of {open}");
        for words in [
            "no legal advice",
            "not the words of the law",
            "says nothing about the law",
            &grid.corpus,
        ] {
            assert!(text.contains(words), "{format}: {words}");
        }
        assert!(text.contains("as the law stood on 2026-11-25"), "{format}");
    }
}

#[test]
fn what_nobody_has_read_says_so() {
    let mut grid = images();
    for provision in grid.provisions.values_mut() {
        provision.confidence = Some(collex::law::Confidence::Recalled);
        provision.unverified = true;
    }
    let export = export(&grid);
    for format in [Format::Csv, Format::Markdown, Format::Html] {
        assert!(text(&export, format).contains("UNVERIFIED"), "{format}");
    }
    assert!(part(&export.write(Format::Docx).unwrap(), "word/document.xml").contains("UNVERIFIED"));
    assert!(part(&export.write(Format::Xlsx).unwrap(), "xl/comments1.xml").contains("UNVERIFIED"));
}

/// Many countries and many rows: a table a row, and those where nobody has looked in one line.
#[test]
fn many_countries_are_laid_out_row_by_row() {
    let mut grid = images();
    let (columns, cells): (Vec<_>, Vec<_>) = (
        grid.columns.clone(),
        grid.rows.iter().map(|row| row.cells.clone()).collect(),
    );
    grid.columns.extend(columns);
    for (row, own) in grid.rows.iter_mut().zip::<Vec<_>>(cells) {
        row.cells.extend(own);
    }
    while grid.rows.len() <= 5 {
        grid.rows.push(grid.rows[0].clone());
    }
    let page = text(&export(&grid), Format::Markdown);
    assert!(page.matches("### ").count() >= grid.rows.len(), "{page}");
    assert!(page.contains("**· not collected ("), "{page}");
}

#[test]
fn the_names_of_files_are_plain() {
    let hostile = export(&hostile());
    assert_eq!(
        hostile.file_name(Format::Csv),
        "collex-2-3-quoted-b-bold-b-2026-11-25.csv"
    );
    let mut arabic = images();
    arabic.subject.title = "قانون".to_owned();
    assert_eq!(export(&arabic).file_name(Format::Html), "collex-grid-2026-11-25.html");
}

fn sheet(of: &str) -> Export {
    Export::of_sheet(&fixture::library(true).sheet(of, Some(MADE)).unwrap(), MADE)
}

#[test]
fn sheets_say_what_there_is_and_what_is_not_known() {
    let country = text(&sheet("xa"), Format::Markdown);
    for words in [
        "## What it has",
        "## Not collected",
        "R v Marrow, \\[2024\\] XACC 7",
        "No provision covers the publishing of a person's home address.",
        "One newspaper gives three years",
        "no legal advice",
        "/v1/sheets/XA?as_of=2026-11-25&format=md",
    ] {
        assert!(country.contains(words), "{words}: {country}");
    }
    assert_eq!(text(&sheet("Arvenia"), Format::Markdown), country);
    let topic = text(&sheet("intimate-image-abuse"), Format::Html);
    for words in ["Who has a provision", "Gaps:", "Leading decisions", "· not collected ("] {
        assert!(topic.contains(words), "{words}: {topic}");
    }
    for of in ["XB", "XC", "XD", "XU", "online-harassment"] {
        for format in SHEET_FORMATS {
            assert!(!sheet(of).write(format).unwrap().is_empty(), "{of} {format}");
        }
    }
    let refused = fixture::library(true).sheet("Arvenja", None).unwrap_err().to_string();
    assert!(refused.contains("near: XA"), "{refused}");
}

/// Every state in the sheet of a country is that of a grid, and a topic without provisions is in no row.
#[test]
fn a_country_sheet_is_made_of_grids_of_that_country_alone() {
    let collex::export::Sheet::Country(country) = fixture::library(true).sheet("XA", Some(MADE)).unwrap() else {
        panic!("no country");
    };
    let topics: BTreeSet<Topic> = country
        .topics
        .iter()
        .flat_map(|grid| grid.subject.topics.clone())
        .collect();
    assert!(country.not_collected.iter().all(|topic| !topics.contains(topic)));
    assert_eq!(topics.len() + country.not_collected.len(), Topic::ALL.len());
    for grid in country.topics.iter().chain(&country.models) {
        assert_eq!(grid.columns.len(), 1);
        assert!(grid.rows.iter().all(|row| row.cells.len() == 1));
    }
    assert_eq!(country.as_of, PartialDate::Day(MADE));
}

/// What changes with the program or the fixtures stands as a name.
fn steady(text: &str, grid_corpus: &str) -> String {
    let version = concat!("Collex ", env!("CARGO_PKG_VERSION"));
    text.replace(grid_corpus, "CORPUS").replace(version, "Collex VERSION")
}

#[test]
fn snapshots_of_what_people_read() {
    let mut grid = images();
    grid.generation = 1;
    let export = export(&grid);
    insta::assert_snapshot!("export_grid_md", steady(&text(&export, Format::Markdown), &grid.corpus));
    let against = model();
    let against_text = text(&Export::of_grid(&against, MADE), Format::Markdown);
    insta::assert_snapshot!("export_model_md", steady(&against_text, &against.corpus));
    insta::assert_snapshot!(
        "export_country_md",
        steady(&text(&sheet("XA"), Format::Markdown), &grid.corpus)
    );
    let topic = text(&sheet("intimate-image-abuse"), Format::Markdown);
    insta::assert_snapshot!("export_topic_md", steady(&topic, &grid.corpus));
}
