//! What was asked: words, mode, filters, page.

use serde::{Deserialize, Serialize};

use crate::index::Filters;
use crate::search::SearchError;

/// How provisions are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// By words and by meaning, fused.
    #[default]
    Hybrid,
    /// By words alone.
    Keyword,
    /// By meaning alone.
    Semantic,
}

impl Mode {
    /// The mode as written in addresses and flags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hybrid => "hybrid",
            Self::Keyword => "keyword",
            Self::Semantic => "semantic",
        }
    }
}

impl std::str::FromStr for Mode {
    type Err = crate::law::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        [Self::Hybrid, Self::Keyword, Self::Semantic]
            .into_iter()
            .find(|mode| mode.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| crate::law::UnknownWord::of("mode", text, vec!["hybrid", "keyword", "semantic"]))
    }
}

/// Bounds of what may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest query, in characters.
    pub max_query_chars: usize,
    /// Most hits (or groups) of a page, and most hits of a group.
    pub max_page: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_query_chars: 2000,
            max_page: 100,
        }
    }
}

impl Limits {
    /// Refuses a query that is too long.
    ///
    /// # Errors
    /// `QueryTooLong`.
    pub fn check_query(&self, query: &str) -> Result<(), SearchError> {
        let found = query.chars().count();
        let limit = self.max_query_chars;
        if found > limit {
            return Err(SearchError::QueryTooLong { found, limit });
        }
        Ok(())
    }
}

/// One question to the index.
#[derive(Debug, Clone)]
pub struct Request {
    /// The query as typed; empty lists everything that the filters allow.
    pub query: String,
    /// By words, by meaning or both.
    pub mode: Mode,
    /// What the search is narrowed to.
    pub filters: Filters,
    /// How many hits (groups, when grouped) to pass over.
    pub offset: usize,
    /// How many hits (groups, when grouped) to give.
    pub limit: usize,
    /// Group by jurisdiction, with this many of the best hits of each.
    pub group: Option<usize>,
    /// Widen the question by the topics that it calls by any of their labels.
    pub expand: bool,
    /// Give the reason of each hit.
    pub explain: bool,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            mode: Mode::default(),
            filters: Filters::default(),
            offset: 0,
            limit: 10,
            group: None,
            expand: true,
            explain: false,
        }
    }
}
