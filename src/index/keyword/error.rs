//! What can go wrong with a keyword index.

use std::path::PathBuf;

/// Failure of the keyword index. None of these is the asker's mistake: a query that cannot be read is searched as words.
#[derive(Debug, thiserror::Error)]
pub enum KeywordError {
    /// The folder cannot be made or written.
    #[error("the keyword index in {path} cannot be written: {source}")]
    Write {
        /// Folder of the index.
        path: PathBuf,
        /// What happened.
        source: tantivy::TantivyError,
    },
    /// The folder holds no index that this program can read.
    #[error("the keyword index in {path} cannot be read: {source}")]
    Read {
        /// Folder of the index.
        path: PathBuf,
        /// What happened.
        source: tantivy::TantivyError,
    },
    /// The folder holds an index of another shape.
    #[error("the keyword index in {path} is damaged or of another version: {reason}; build it again")]
    Damaged {
        /// Folder of the index.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// A search failed in the engine.
    #[error("the keyword index failed while searching: {0}")]
    Search(#[from] tantivy::TantivyError),
    /// A stored provision cannot be read back.
    #[error("provision number {ordinal} cannot be read from the keyword index: {reason}")]
    Record {
        /// Number of the provision in the index.
        ordinal: u32,
        /// What happened.
        reason: String,
    },
}

impl From<std::io::Error> for KeywordError {
    fn from(error: std::io::Error) -> Self {
        Self::Search(error.into())
    }
}
