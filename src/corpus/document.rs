//! A parsed file: legislation, instrument, judgment, jurisdiction note or model law.

use serde::{Deserialize, Serialize};

use crate::law::{Code, Instrument, Judgment, Kind};

/// What a document is besides its text, by kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Details {
    /// Legislation, an instrument or a model law.
    Law(Instrument),
    /// A decision.
    Judgment(Judgment),
    /// A jurisdictional note.
    Jurisdiction,
}

/// A parsed file without the text of its provisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Document {
    /// Identifier: its path below the corpus without `.md`.
    pub id: String,
    /// What kind it is.
    pub kind: Kind,
    /// English title.
    pub title: String,
    /// Official title in another language.
    pub title_original: Option<String>,
    /// Whose law it is; none for a model law of our own.
    #[cfg_attr(feature = "serve", schema(value_type = Option<String>))]
    pub jurisdiction: Option<Code>,
    /// BCP 47 code of the language of its text.
    pub language: String,
    /// Official languages of the text described, where the note says so.
    pub languages: Vec<String>,
    /// Official text, or the best public one.
    pub url: Option<String>,
    /// When the document as a whole was checked, where that was recorded.
    pub checked: Option<crate::law::PartialDate>,
    /// Licence of an official text.
    pub licence: Option<String>,
    /// What it is besides, by kind.
    pub details: Details,
    /// Identifiers of its provisions in their order, with pinpoint and heading as one line.
    pub contents: Vec<Entry>,
}

/// One line of a document's table of contents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Identifier of the provision.
    pub id: String,
    /// Pinpoint and heading.
    pub label: String,
}
