//! Measures the answers: sets of judged questions in, nDCG@10 and recall@10 of each leg and of the hybrid out.
//!
//! A set is a folder in BEIR format. It is indexed and searched by the same code as the corpus, each passage as a provision
//! of its own, so that a figure here is a figure of the product. Uses `law`, `corpus`, `index` and `search`.
//! - `beir.rs`: reads a set
//! - `set_index.rs`: a set -> an index in a folder, embedded passages kept between runs
//! - `metrics.rs`: nDCG and recall, pure arithmetic
//! - `run.rs`: runs the questions, gives a [`Report`]

mod beir;
mod metrics;
mod run;
mod set_index;

pub use beir::{Passage, Question, Set};
pub use metrics::{ndcg, recall};
pub use run::{EvalOptions, LegReport, Report, evaluate};
pub use set_index::SetIndex;

use std::path::PathBuf;

use crate::index::IndexError;
use crate::search::SearchError;

/// Why a set could not be measured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvalError {
    /// A file of the set cannot be read.
    #[error("{} cannot be read: {source}; a set is a folder with corpus.jsonl, queries.jsonl and qrels/test.tsv", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A line of the set is not in BEIR format.
    #[error("{}:{line}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
    /// No question has a judged passage.
    #[error("no question in {} has a judged passage", path.display())]
    NothingJudged {
        /// The folder.
        path: PathBuf,
    },
    /// The set could not be indexed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A question could not be searched.
    #[error(transparent)]
    Search(#[from] SearchError),
}

impl From<crate::index::keyword::KeywordError> for EvalError {
    fn from(error: crate::index::keyword::KeywordError) -> Self {
        Self::Index(error.into())
    }
}
