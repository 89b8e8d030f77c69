//! What is wrong in a file: path, line, and the cure, in words for whoever writes the notes.

use serde::{Deserialize, Serialize};

/// One thing that is wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The file, as in `legislation/ke/computer-misuse-act.md`.
    pub path: String,
    /// The line it concerns, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub cure: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let end = if self.cure.ends_with('?') { "" } else { "." };
        write!(f, "{}:{}: {}. {}{end}", self.path, self.line, self.message, self.cure)
    }
}

/// Collects the problems of one file while it is read, so that all are told and not only the first.
pub(super) struct Report {
    path: String,
    /// What was found so far.
    pub problems: Vec<Problem>,
}

impl Report {
    /// An empty report on the file at `path`.
    pub fn on(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            problems: Vec::new(),
        }
    }

    /// Notes one problem.
    pub fn say(&mut self, line: usize, message: impl Into<String>, cure: impl Into<String>) {
        self.problems.push(Problem {
            path: self.path.clone(),
            line: line.max(1),
            message: message.into(),
            cure: cure.into(),
        });
    }
}
