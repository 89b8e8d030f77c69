//! What can go wrong in a comparison, and the cure.

use crate::compare::draft::DraftError;
use crate::search::SearchError;

/// Why no grid was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// Not exactly one thing to compare was named.
    #[error("{0}")]
    Subject(String),

    /// No provision, article or model law has the identifier.
    #[error("nothing has the identifier `{given}`{}", or_near(.near))]
    UnknownId {
        /// As asked.
        given: String,
        /// Identifiers written most alike.
        near: Vec<String>,
    },

    /// The identifier is of something else than was asked for.
    #[error("`{given}` is {is}; {cure}")]
    WrongKind {
        /// As asked.
        given: String,
        /// What it is.
        is: &'static str,
        /// What to ask instead.
        cure: &'static str,
        /// What would fit.
        near: Vec<String>,
    },

    /// The model law has no such article.
    #[error("{law} has no article `{given}`{}", or_near(.near))]
    UnknownArticle {
        /// As asked.
        given: String,
        /// Identifier of the model law.
        law: String,
        /// Identifiers of its articles, nearest first.
        near: Vec<String>,
    },

    /// What a sheet was asked of is neither a jurisdiction nor a topic.
    #[error("`{given}` is neither a jurisdiction of the corpus, by code or English name, nor a topic{}", or_near(.near))]
    UnknownSheet {
        /// As asked.
        given: String,
        /// Codes and topics written most alike.
        near: Vec<String>,
    },

    /// Words of two languages cannot be compared one by one.
    #[error("`{}` is in `{}` and `{}` in `{}`; wording is compared within one language", .a.0, .a.1, .b.0, .b.1)]
    Languages {
        /// Identifier and language of the first text.
        a: (String, String),
        /// And of the second.
        b: (String, String),
    },

    /// A draft cannot be read.
    #[error(transparent)]
    Draft(#[from] DraftError),

    /// A jurisdiction is unknown, or the search failed.
    #[error(transparent)]
    Search(#[from] SearchError),
}

impl CompareError {
    /// Whether asking differently would help; otherwise the fault is ours or the machine's.
    pub fn is_askers(&self) -> bool {
        match self {
            Self::Search(error) => error.is_askers(),
            _ => true,
        }
    }
}

fn or_near(near: &[String]) -> String {
    match near {
        [] => String::new(),
        near => format!("; near: {}", near[..near.len().min(3)].join(", ")),
    }
}
