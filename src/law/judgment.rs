//! A decision of a court or body.

use serde::{Deserialize, Serialize};

use super::date::PartialDate;

/// What identifies a decision; its facts, holding and significance are the text of its provision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Judgment {
    /// The court or body, with its chamber where known.
    pub court: String,
    /// When it was decided.
    pub date: PartialDate,
    /// The citation as written.
    pub citation: Option<String>,
    /// European Case Law Identifier.
    pub ecli: Option<String>,
    /// Provisions applied, as identifiers of the corpus or as citations.
    pub provisions_applied: Vec<String>,
    /// How it ended, where the note says so.
    pub outcome: Option<String>,
}
