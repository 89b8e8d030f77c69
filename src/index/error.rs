//! What can go wrong with an index, parted by who can cure it.
//!
//! The first group is cured by whoever runs the program: room on the disk, rights, a path, building anew. The
//! last says that an engine or this program is at fault.

use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use crate::index::embedding::EmbeddingError;
use crate::index::keyword::KeywordError;

/// Why an index could not be built, opened or searched.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// No room left.
    #[error("no space left on the disk while writing {}; an index built before stays in use", path.display())]
    DiskFull {
        /// The file being written.
        path: PathBuf,
    },

    /// The index folder may not be written.
    #[error("{} cannot be written ({reason}); make it writable or choose another index folder", path.display())]
    NotWritable {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        reason: String,
    },

    /// A file stands where a folder should be.
    #[error("{} is a file, not a folder; choose another index folder", path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },

    /// There is nothing to index.
    #[error("no documents found in {}; name the folder that holds the corpus", path.display())]
    EmptyCorpus {
        /// The corpus folder.
        path: PathBuf,
    },

    /// A file of the index is not as its manifest says.
    #[error("the index in {} is damaged ({problem}); build it anew with `collex index`", path.display())]
    Damaged {
        /// The generation, or the index folder when no generation is whole.
        path: PathBuf,
        /// Which file, and how.
        problem: String,
    },

    /// The index was built by another version of this program.
    #[error("the index in {} is outdated ({problem}); build it anew with `collex index`", path.display())]
    Outdated {
        /// The generation.
        path: PathBuf,
        /// What differs.
        problem: String,
    },

    /// A query vector of another model than the index.
    #[error(
        "the query has {found} dimensions, the index {expected}: the index was built with another model; build it \
         anew with `collex index`"
    )]
    Dimensions {
        /// As asked.
        found: usize,
        /// As built.
        expected: usize,
    },

    /// The corpus cannot be read.
    #[error(transparent)]
    Corpus(#[from] crate::corpus::CorpusError),

    /// The model failed.
    #[error(transparent)]
    Embedding(#[from] EmbeddingError),

    /// A vector that is no direction: all zero, infinite or not a number.
    #[error("the model gave a vector without direction for `{text}`")]
    NoDirection {
        /// Beginning of the text.
        text: String,
    },

    /// The keyword engine failed.
    #[error(transparent)]
    Keyword(KeywordError),

    /// Reading or writing failed otherwise.
    #[error("{} cannot be read or written", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: Error,
    },
}

impl IndexError {
    /// For `map_err`: sorts an error of the operating system at this path.
    pub(crate) fn io(path: &Path) -> impl FnOnce(Error) -> Self + '_ {
        move |source| {
            let path = path.to_path_buf();
            match source.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::DiskFull { path },
                ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::NotWritable {
                    path,
                    reason: plain(&source),
                },
                ErrorKind::NotADirectory | ErrorKind::AlreadyExists => Self::NotAFolder { path },
                _ => Self::Io { path, source },
            }
        }
    }
}

/// The system's words without Rust's `(os error 13)`.
fn plain(error: &Error) -> String {
    let words = error.to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}

impl From<KeywordError> for IndexError {
    /// A full disk is a full disk, whichever engine met it. The engine passes on some failures of its threads as
    /// words only, so the words are looked at.
    fn from(error: KeywordError) -> Self {
        let words = chain(&error);
        if let KeywordError::Write { path, .. } = &error
            && ["No space left", "File too large", "quota exceeded"]
                .iter()
                .any(|sign| words.contains(sign))
        {
            return Self::DiskFull { path: path.clone() };
        }
        Self::Keyword(error)
    }
}

/// An error with its causes, as one line; causes that the line names already are not said again.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(below) = cause {
        let more = below.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = below.source();
    }
    words
}
