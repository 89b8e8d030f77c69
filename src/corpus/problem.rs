//! What is wrong in a file: path, line, and the cure, in words for whoever writes the notes.

use serde::{Deserialize, Serialize};

/// Whether a problem must be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It is wrong and must be mended.
    Error,
    /// It may be right; somebody should look at it.
    Advice,
}

/// The question whose answer a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Can the file be read, and is it written as it should be?
    Form,
    /// Is anything still to be filled in?
    Unfinished,
    /// Does the commentary of every article name what it follows?
    Commentary,
    /// Is a law that another repeals still called in force?
    Repeal,
    /// Does a version in another language follow its document?
    Translation,
    /// Is one provision described twice in one law?
    DescribedTwice,
    /// Is a victim named in a decision under initials?
    NamedVictim,
    /// Does a sentence on a jurisdiction name the provision that it rests on?
    UnsupportedSentence,
    /// Is every element used by some article?
    UnusedElement,
    /// Does every topic have a provision?
    EmptyTopic,
    /// Was everything read within the last year?
    OldDate,
    /// Do two documents describe the same provision?
    TwoNotes,
    /// Is the address that of the page itself, and does it say what is there?
    Address,
}

impl Question {
    /// Whether what it finds must be mended.
    pub fn severity(self) -> Severity {
        match self {
            Self::Form
            | Self::Unfinished
            | Self::Commentary
            | Self::Repeal
            | Self::Translation
            | Self::DescribedTwice
            | Self::NamedVictim => Severity::Error,
            Self::UnsupportedSentence
            | Self::UnusedElement
            | Self::EmptyTopic
            | Self::OldDate
            | Self::TwoNotes
            | Self::Address => Severity::Advice,
        }
    }

    /// What it finds, as the heading of a list.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Form => "Files that are not written as they should be",
            Self::Unfinished => "What is still to be filled in",
            Self::Commentary => "Articles whose commentary points nowhere",
            Self::Repeal => "Repealed laws that are still marked in force",
            Self::Translation => "Translations out of step",
            Self::DescribedTwice => "Provisions described twice in one law",
            Self::NamedVictim => "Names in decisions under initials",
            Self::UnsupportedSentence => "Sentences on a jurisdiction without an identifier",
            Self::UnusedElement => "Elements that no article of a model law uses",
            Self::EmptyTopic => "Topics without a provision",
            Self::OldDate => "Dates of checking older than a year",
            Self::TwoNotes => "Provisions described in two documents",
            Self::Address => "Addresses that are bare numbers or lead through another site",
        }
    }
}

/// One thing that is wrong in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Problem {
    /// The file, as in `legislation/ke/computer-misuse-act.md`; a folder (`model-laws/`) where no file is at fault.
    pub path: String,
    /// The line it concerns, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub cure: String,
    /// Whether it must be mended.
    pub severity: Severity,
    /// Which question found it.
    pub question: Question,
}

impl Problem {
    /// What `question` found at a line.
    pub(super) fn found(
        question: Question,
        path: &str,
        line: usize,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            line: line.max(1),
            message: message.into(),
            cure: cure.into(),
            severity: question.severity(),
            question,
        }
    }
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

    /// Notes one problem of form.
    pub fn say(&mut self, line: usize, message: impl Into<String>, cure: impl Into<String>) {
        self.found(Question::Form, line, message, cure);
    }

    /// Notes what `question` found.
    pub fn found(&mut self, question: Question, line: usize, message: impl Into<String>, cure: impl Into<String>) {
        let problem = Problem::found(question, &self.path, line, message, cure);
        self.problems.push(problem);
    }
}
