//! The plain model of what is taken away: title, where it comes from, how far to trust it, sections, and facts one a row.
//!
//! It is made once from a grid or a sheet; each format writes it and asks nothing again.

use crate::compare::{CellState, Parameter};
use crate::export::{Format, address};
use crate::law::PartialDate;

/// What is taken away, before any format.
#[derive(Debug, Clone)]
pub struct Export {
    /// Begin of a file name, without ending.
    pub stem: String,
    /// Title.
    pub title: String,
    /// Where it comes from and how to have it again.
    pub origin: Origin,
    /// How far to trust it; shown above everything else.
    pub trust: Vec<String>,
    /// The body, for formats that are read.
    pub sections: Vec<Section>,
    /// The whole grid as one table, for spreadsheets; none in a sheet.
    pub grid: Option<Table>,
    /// Facts, one a row, in the columns of [`crate::export::FACT_COLUMNS`]; empty in a sheet.
    pub facts: Vec<Vec<Datum>>,
    /// The grid or sheet itself.
    pub value: serde_json::Value,
    /// Name of its published schema.
    pub schema: &'static str,
    /// Whether it needs a page on its side.
    pub is_wide: bool,
}

/// Where an export comes from and how to have it again.
#[derive(Debug, Clone)]
pub struct Origin {
    /// What was asked, in words.
    pub query: String,
    /// The day of the law.
    pub as_of: PartialDate,
    /// The day on which it was made.
    pub made: PartialDate,
    /// Fingerprint of the corpus.
    pub corpus: String,
    /// Number of the generation of the index.
    pub generation: u32,
    /// Path of the address that gives it again.
    pub path: String,
    /// Names and values of the address, in their fixed order.
    pub parameters: Vec<Parameter>,
    /// The same on the command line: what stands before the format, and what behind it.
    pub command: (String, String),
}

impl Origin {
    /// Path and parameters that give the same again in a format.
    pub fn link(&self, format: Format) -> String {
        let own = self.parameters.iter().map(|one| (one.name, one.value.as_str()));
        address(&self.path, own.chain([("format", format.as_str())]))
    }

    /// The lines that say all this, each with its name.
    pub fn lines(&self, format: Format) -> Vec<(&'static str, Text)> {
        let (before, behind) = &self.command;
        let program = concat!("Collex ", env!("CARGO_PKG_VERSION"));
        vec![
            ("Asked", Text::plain(&self.query)),
            ("Law as of", Text::plain(self.as_of.to_string())),
            ("Made on", Text::plain(format!("{} with {program}", self.made))),
            (
                "Corpus",
                Text::plain("version ")
                    .code(&self.corpus)
                    .and(format!(", generation {} of the index", self.generation)),
            ),
            ("Permanent link", Text::default().code(self.link(format))),
            (
                "Command",
                Text::default().code(format!("{before} --format {format}{behind}")),
            ),
        ]
    }
}

/// A heading with what stands below it.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// What stands below it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Paragraph(Text),
    /// A heading below that of the section.
    Heading(String),
    /// A list.
    List(Vec<Text>),
    /// A table.
    Table(Table),
    /// The numbered sources, from 1; text refers to them by number.
    Sources(Vec<Text>),
}

/// A table; the first cell of each row names the row.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<TableCell>>,
    /// Shares of the width that the columns take, where a page has a fixed one; empty where all are alike.
    pub shares: Vec<usize>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default)]
pub struct TableCell {
    /// The state of a cell of the grid.
    pub state: Option<CellState>,
    /// What it says, line by line.
    pub lines: Vec<Text>,
    /// Citation, source and reason, for formats that have notes.
    pub note: Option<String>,
}

impl TableCell {
    /// A cell with one line of plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            lines: vec![Text::plain(text)],
            ..Self::default()
        }
    }

    /// All lines as plain text.
    pub fn text(&self) -> String {
        self.lines.iter().map(Text::text).collect::<Vec<_>>().join("\n")
    }
}

/// A line of text, some of it marked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text(pub Vec<Span>);

/// A stretch of text of one sort.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// How it is set.
    pub look: Look,
}

/// How a stretch of text is set.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    /// As it is.
    Plain,
    /// Loud.
    Strong,
    /// To be copied letter by letter.
    Code,
    /// A link to an address.
    Link(String),
    /// A reference to a numbered source.
    Source(usize),
}

impl Text {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::default().and(text)
    }

    /// Loud text.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::default().with(text, Look::Strong)
    }

    /// Goes on with plain text.
    pub fn and(self, text: impl Into<String>) -> Self {
        self.with(text, Look::Plain)
    }

    /// Goes on with text to be copied.
    pub fn code(self, text: impl Into<String>) -> Self {
        self.with(text, Look::Code)
    }

    /// Goes on with loud text.
    pub fn loud(self, text: impl Into<String>) -> Self {
        self.with(text, Look::Strong)
    }

    /// Goes on with an address, as a link where it is one of the web.
    pub fn address(self, url: &str) -> Self {
        let is_web = url.starts_with("https://") || url.starts_with("http://");
        self.with(
            url,
            if is_web {
                Look::Link(url.to_owned())
            } else {
                Look::Plain
            },
        )
    }

    /// Goes on with a reference to a numbered source.
    pub fn source(self, number: usize) -> Self {
        self.and(" ").with(format!("[{number}]"), Look::Source(number))
    }

    fn with(mut self, text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Span { text, look });
        }
        self
    }

    /// As plain text.
    pub fn text(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }
}

/// A field of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing to say.
    Nothing,
    /// Words.
    Words(String),
    /// A number, to be reckoned with.
    Number(f64),
}

impl<T: Into<String>> From<Option<T>> for Datum {
    fn from(text: Option<T>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Words(text.into()))
    }
}
