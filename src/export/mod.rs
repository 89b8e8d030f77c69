//! A grid or a sheet -> files to take away: CSV, XLSX, DOCX, Markdown, HTML, JSON.
//!
//! In comes a [`crate::compare::Grid`] or a [`Sheet`], out go bytes. One plain model, [`Export`], is made from either; each
//! format is one file that writes it, so a further format is one more file and one more line in `format.rs`. Uses `law` and
//! `compare`. In reading order:
//! - `document.rs`: the plain model; `of_grid.rs`, `layout.rs`, `summary.rs`, `facts.rs`: made from a grid
//! - `sheet.rs`: country and topic sheets as values; `of_country.rs`, `of_topic.rs`: made from them
//! - `cited.rs`: numbered sources, citation and trust in words; `address.rs`: the permanent link and the command
//! - `format.rs`: the formats, their media types, and who writes them
//! - writers: `csv.rs`, `xlsx.rs`, `docx.rs` with `docx_parts.rs`, `markdown.rs`, `html.rs`, `json.rs`
//! - `script.rs`: text that runs from right to left

mod address;
mod cited;
mod csv;
mod document;
mod docx;
mod docx_parts;
mod facts;
mod format;
mod html;
mod json;
mod layout;
mod markdown;
mod of_country;
mod of_grid;
mod of_topic;
mod script;
mod sheet;
mod summary;
mod xlsx;

pub use address::address;
pub use document::{Block, Datum, Export, Look, Origin, Section, Span, Table, TableCell, Text};
pub use facts::FACT_COLUMNS;
pub use format::{ExportError, Format, SHEET_FORMATS};
pub use html::escape;
pub use json::About;
pub use sheet::{CountrySheet, Decision, NotePassage, Sheet, TopicSheet};
