//! The formats, their media types, and who writes them.

use crate::export::{Export, csv, docx, html, json, markdown, xlsx};
use crate::law::closed_list;

closed_list! {
    /// What something is taken away as.
    Format, "format" {
        /// Comma-separated values, one fact a row.
        Csv = "csv",
        /// A workbook of Excel: the grid, the facts, and how to read them.
        Xlsx = "xlsx",
        /// A document of Word.
        Docx = "docx",
        /// Markdown.
        Markdown = "md",
        /// A page that stands alone.
        Html = "html",
        /// JSON with a published schema.
        Json = "json",
    }
}

/// The formats of a sheet: it is a page to be read, and has no rows of facts.
pub const SHEET_FORMATS: [Format; 4] = [Format::Markdown, Format::Html, Format::Docx, Format::Json];

/// Why a file could not be written. Nothing that is asked for can bring this about; the fault is ours.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// A format's library refused.
    #[error("the {format} could not be written: {why}")]
    Written {
        /// The format.
        format: Format,
        /// What the library said.
        why: String,
    },
}

impl ExportError {
    pub(super) fn of(format: Format, why: impl std::fmt::Display) -> Self {
        Self::Written {
            format,
            why: why.to_string(),
        }
    }
}

impl Format {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
        }
    }

    /// Whether it is text, which may go to a terminal.
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Xlsx | Self::Docx)
    }

    /// The format that an `Accept` header likes best; none where it names none of ours, or anything will do.
    pub fn accepted(accept: &str) -> Option<Self> {
        let bare = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = |range: &str| {
            let given = range
                .split(';')
                .skip(1)
                .find_map(|part| part.trim().strip_prefix("q=")?.parse().ok());
            given.unwrap_or(1.0_f32)
        };
        let named = accept.split(',').filter_map(|range| {
            let format = Self::ALL
                .iter()
                .find(|format| bare(format.media_type()) == bare(range))?;
            Some((quality(range), *format))
        });
        // Of equals the one named first.
        let best = named
            .filter(|(quality, _)| *quality > 0.0)
            .reduce(|best, one| if one.0 > best.0 { one } else { best });
        best.map(|(_, format)| format)
    }
}

impl Export {
    /// Name of the file.
    pub fn file_name(&self, format: Format) -> String {
        format!("{}.{format}", self.stem)
    }

    /// The file.
    ///
    /// # Errors
    /// When the format's library refuses.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, ExportError> {
        match format {
            Format::Csv => csv::write(self),
            Format::Xlsx => xlsx::write(self),
            Format::Docx => docx::write(self),
            Format::Markdown => Ok(markdown::write(self).into_bytes()),
            Format::Html => Ok(html::write(self).into_bytes()),
            Format::Json => json::write(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_a_client_likes_best() {
        assert_eq!(
            Format::accepted("text/html,application/xhtml+xml,*/*;q=0.8"),
            Some(Format::Html)
        );
        assert_eq!(Format::accepted("text/html;q=0.2, text/csv;q=0.9"), Some(Format::Csv));
        assert_eq!(Format::accepted("text/csv;q=0"), None);
        assert_eq!(Format::accepted("*/*"), None);
        assert_eq!(Format::accepted(""), None);
    }
}
