//! What can go wrong in a search, parted by who can cure it.

use crate::index::IndexError;
use crate::index::embedding::EmbeddingError;
use crate::index::keyword::KeywordError;

/// Why a search gave no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query is too long.
    #[error("the query has {found} characters; at most {limit} are allowed")]
    QueryTooLong {
        /// Its length in characters.
        found: usize,
        /// The most that is allowed.
        limit: usize,
    },

    /// The page is too large or empty.
    #[error("a page of {found} was asked for; 1 to {limit} are allowed")]
    PageSize {
        /// As asked.
        found: usize,
        /// The most that is allowed.
        limit: usize,
    },

    /// A jurisdiction that the corpus does not have.
    #[error("the corpus has no jurisdiction `{given}`; it has: {}", .known.join(", "))]
    UnknownJurisdiction {
        /// As asked.
        given: String,
        /// Codes that there are.
        known: Vec<String>,
    },

    /// Search by meaning was asked for and cannot be had.
    #[error("search by meaning is not available: {reason}; ask with mode `keyword` or `hybrid`")]
    NoMeaning {
        /// Why.
        reason: String,
    },

    /// The model failed on the query.
    #[error(transparent)]
    Embedding(#[from] EmbeddingError),

    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl SearchError {
    /// Whether asking differently would help; otherwise the fault is ours or the machine's.
    pub fn is_askers(&self) -> bool {
        matches!(
            self,
            Self::QueryTooLong { .. } | Self::PageSize { .. } | Self::UnknownJurisdiction { .. }
        )
    }
}

impl From<KeywordError> for SearchError {
    fn from(error: KeywordError) -> Self {
        Self::Index(error.into())
    }
}
