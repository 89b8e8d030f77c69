//! One-page sheets as plain values: what is known of one country, and of one topic.

use serde::Serialize;

use crate::compare::Grid;
use crate::law::{Code, Confidence, Jurisdiction, PartialDate, Source, Topic};

/// A sheet.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(tag = "sheet", rename_all = "kebab-case")]
pub enum Sheet {
    /// Of one jurisdiction.
    Country(Box<CountrySheet>),
    /// Of one topic.
    Topic(Box<TopicSheet>),
}

/// A passage of a note, in our words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct NotePassage {
    /// Its identifier.
    pub id: String,
    /// Its heading.
    pub heading: String,
    /// Its text, as plain paragraphs.
    pub text: String,
    /// Where it was read.
    pub sources: Vec<Source>,
}

/// A decision of a court or body.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Decision {
    /// Its identifier.
    pub id: String,
    /// Its name, as the court published it.
    pub title: String,
    /// Code of its jurisdiction or body.
    #[cfg_attr(feature = "serve", schema(value_type = Option<String>))]
    pub jurisdiction: Option<Code>,
    /// The court or body.
    pub court: String,
    /// When it was decided.
    pub date: PartialDate,
    /// The citation as written.
    pub citation: Option<String>,
    /// How it ended, where the note says so.
    pub outcome: Option<String>,
    /// What it held, in our words.
    pub holding: String,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// How far it may be trusted.
    pub confidence: Option<Confidence>,
    /// Where it was read.
    pub sources: Vec<Source>,
}

/// What is known of one country.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CountrySheet {
    /// The jurisdiction.
    #[serde(flatten)]
    pub jurisdiction: Jurisdiction,
    /// Parts of it with law of their own, which have sheets of their own.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub parts: Vec<Code>,
    /// Passages of the note on it: summary, gaps, disputed points, commitments.
    pub notes: Vec<NotePassage>,
    /// For each topic on which anything is noted, the grid of this country alone.
    pub topics: Vec<Grid>,
    /// Topics on which nothing is collected; that says nothing about the law.
    pub not_collected: Vec<Topic>,
    /// Against each model law, the grid of this country alone.
    pub models: Vec<Grid>,
    /// Decisions of its courts, the newest first.
    pub decisions: Vec<Decision>,
    /// The day of the law.
    pub as_of: PartialDate,
    /// Number of the generation of the index.
    pub generation: u32,
    /// Fingerprint of the corpus.
    pub corpus: String,
}

/// What is known of one topic.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct TopicSheet {
    /// The topic.
    pub topic: Topic,
    /// What it is called.
    pub label: String,
    /// What it means.
    pub definition: String,
    /// The grid of all jurisdictions.
    pub grid: Grid,
    /// Decisions on it, the newest first.
    pub decisions: Vec<Decision>,
    /// The day of the law.
    pub as_of: PartialDate,
    /// Number of the generation of the index.
    pub generation: u32,
    /// Fingerprint of the corpus.
    pub corpus: String,
}
