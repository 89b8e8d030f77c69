//! One numbered unit of an instrument, or the like unit of a decision or note: what is searched, cited and compared.

use std::collections::BTreeMap;

use serde::Serialize;

use super::closed_list::closed_list;
use super::element::{Element, ElementValue};
use super::instrument::Validity;
use super::topic::{Kind, Topic};

closed_list! {
    /// How far a fact may be trusted.
    Confidence, "confidence" {
        /// Read in the official text or a faithful copy.
        Primary = "primary",
        /// Its words read in an unofficial copy.
        Reproduced = "reproduced",
        /// Read in a reliable report.
        Secondary = "secondary",
        /// General knowledge, not verified.
        Recalled = "recalled",
    }
}

closed_list! {
    /// What sort of source it is.
    SourceKind, "kind of source" {
        /// Official publication.
        Official = "official",
        /// A court's own page.
        Court = "court",
        /// A UN or regional body.
        Body = "un-or-regional-body",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A law firm.
        LawFirm = "law-firm",
        /// Academic work.
        Academic = "academic",
        /// The press.
        News = "news",
        /// An encyclopedia.
        Encyclopedia = "encyclopedia",
        /// Anything else.
        Other = "other",
    }
}

closed_list! {
    /// Whose words the text is.
    TextKind, "kind of text" {
        /// Our own description; never to be quoted as the law.
        Summary = "summary",
        /// The official words, imported with their licence.
        Verbatim = "verbatim",
    }
}

/// Where a fact was read.
#[derive(Debug, Clone, PartialEq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Address it was read at.
    pub url: String,
    /// What sort of source it is.
    pub kind: SourceKind,
    /// When it was read, where that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<super::date::PartialDate>,
}

/// A provision, a decision, or a passage of a note: the unit that is searched, shown and cited.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Provision {
    /// Identifier: `document` or `document#anchor`.
    pub id: String,
    /// Identifier of the document it stands in.
    pub document: String,
    /// What kind of document that is.
    pub kind: Kind,
    /// The pinpoint exactly as written (`s 37(1)`); none for decisions and notes.
    pub pinpoint: Option<String>,
    /// Whether a citation may name the pinpoint.
    pub citable: bool,
    /// Its heading without the pinpoint; the title for a decision or a note's summary.
    pub heading: String,
    /// Headings above it inside the document, outermost first.
    pub path: Vec<String>,
    /// The text as plain paragraphs separated by a blank line.
    pub text: String,
    /// Whose words `text` is.
    pub text_kind: TextKind,
    /// BCP 47 code of the language of `text`.
    pub language: String,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// The facts by which it is compared.
    #[cfg_attr(feature = "serve", schema(value_type = BTreeMap<String, serde_json::Value>))]
    pub elements: BTreeMap<Element, ElementValue>,
    /// Status and dates, for laws and instruments; none for decisions and notes.
    pub validity: Option<Validity>,
    /// How far it may be trusted; none for a note's summary, which rests on the notes of the laws.
    pub confidence: Option<Confidence>,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Line of its heading in the file, counted from 1.
    pub line: usize,
}
