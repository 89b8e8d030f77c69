//! A draft as it comes in: Markdown, plain text or DOCX, within limits, to plain text.
//!
//! Nothing of it is kept, written or logged; so [`Draft`] cannot be printed for debugging either.

use crate::compare::draft::read_docx;
use crate::law::closed_list;

/// Most bytes that a draft may have, as given and as text.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;

closed_list! {
    /// What a draft is written in.
    DraftFormat, "format of a draft" {
        /// Plain text.
        Text = "text",
        /// Markdown.
        Markdown = "markdown",
        /// Office Open XML, as word processors write it.
        Docx = "docx",
    }
}

/// The media type of DOCX.
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

impl DraftFormat {
    /// Media types that are read.
    pub const MEDIA_TYPES: [&'static str; 3] = ["text/plain", "text/markdown", DOCX];

    /// By media type, its parameters aside.
    pub fn of_media_type(written: &str) -> Option<Self> {
        let bare = written
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match bare.as_str() {
            "text/plain" => Some(Self::Text),
            "text/markdown" | "text/x-markdown" => Some(Self::Markdown),
            DOCX => Some(Self::Docx),
            _ => None,
        }
    }

    /// By the ending of a file's name; plain text where it has none.
    pub fn of_file(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("md" | "markdown") => Some(Self::Markdown),
            Some("txt" | "text") | None => Some(Self::Text),
            Some("docx") => Some(Self::Docx),
            Some(_) => None,
        }
    }
}

/// Why a draft cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// There is nothing in it.
    #[error("the draft is empty; give a text with at least one provision")]
    Empty,
    /// It is too long.
    #[error("the draft has more than {} MB; at most that much is read, so send it in parts or without pictures", MOST_BYTES / 1024 / 1024)]
    TooLarge,
    /// It has too many provisions.
    #[error("the draft has {found} provisions; at most {limit} are compared at a time, so send it in parts")]
    TooManySections {
        /// How many it has.
        found: usize,
        /// How many it may have.
        limit: usize,
    },
    /// It is not UTF-8.
    #[error("the draft is not text in UTF-8; save it as UTF-8, or send the DOCX itself")]
    NotText,
    /// It is not a DOCX.
    #[error("the draft is no DOCX ({why}); save it as .docx from a word processor, or send it as text")]
    NotDocx {
        /// What is wrong with it.
        why: &'static str,
    },
    /// It is protected by a password.
    #[error("the draft is encrypted, or in the old .doc format; save it as .docx without a password")]
    Encrypted,
    /// It unpacks to more than is read.
    #[error("the draft unpacks to more than {limit} MB; no word processor writes so, and it is not read further")]
    Unpacks {
        /// How much is unpacked, in MB.
        limit: usize,
    },
    /// The ending of the file's name is none that is read.
    #[error("`{name}` is neither Markdown (.md), plain text (.txt) nor DOCX (.docx)")]
    UnknownFormat {
        /// Name of the file.
        name: String,
    },
}

/// The text of a draft.
pub struct Draft {
    text: String,
}

impl Draft {
    /// Reads a draft.
    ///
    /// # Errors
    /// When it is empty, too large, or not what its format says.
    pub fn read(bytes: &[u8], format: DraftFormat) -> Result<Self, DraftError> {
        if bytes.len() > MOST_BYTES {
            return Err(DraftError::TooLarge);
        }
        let text = match format {
            DraftFormat::Docx => read_docx::text(bytes)?,
            DraftFormat::Text | DraftFormat::Markdown if bytes.starts_with(b"PK\x03\x04") => read_docx::text(bytes)?,
            DraftFormat::Text | DraftFormat::Markdown => {
                let text = std::str::from_utf8(bytes).map_err(|_| DraftError::NotText)?;
                text.trim_start_matches('\u{feff}')
                    .replace("\r\n", "\n")
                    .replace('\r', "\n")
            }
        };
        if !text.chars().any(char::is_alphabetic) {
            return Err(DraftError::Empty);
        }
        if text.len() > MOST_BYTES {
            return Err(DraftError::TooLarge);
        }
        if text.contains('\0') {
            return Err(DraftError::NotText);
        }
        Ok(Self { text })
    }

    /// Its text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}
