//! What an article of a model law has beside its text: other wordings, and the reasons for it.

use serde::{Deserialize, Serialize};

/// Beside the text of a model-law article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Article {
    /// Other wordings, for legal systems or choices that need them, in their order.
    pub variants: Vec<Variant>,
    /// Why the article is as it is, as plain paragraphs separated by a blank line. Never to be enacted or quoted as law.
    pub commentary: String,
    /// Identifiers of the corpus that the commentary rests on, in the order in which it names them.
    pub references: Vec<String>,
}

/// Another wording of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Variant {
    /// For whom: `common-law systems`, `federal states`.
    pub system: String,
    /// The wording, as plain paragraphs separated by a blank line.
    pub text: String,
}
