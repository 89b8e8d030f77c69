//! Filters: which provisions may be found at all.

use jiff::civil::Date;

use crate::law::{Code, Confidence, Kind, LegalSystem, Region, Status, Topic};

/// What a hit must be. Values of one list are alternatives; lists add up; an empty list lets everything pass.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Filters {
    /// Kinds of document.
    pub kinds: Vec<Kind>,
    /// Jurisdictions, by code.
    pub jurisdictions: Vec<Code>,
    /// Regions of the jurisdictions.
    pub regions: Vec<Region>,
    /// Legal traditions of the jurisdictions.
    pub legal_systems: Vec<LegalSystem>,
    /// Topics; one of them suffices.
    pub topics: Vec<Topic>,
    /// Languages of the text, as BCP 47 codes; `pt` also finds `pt-BR`.
    pub languages: Vec<String>,
    /// Fates of the law or provision.
    pub statuses: Vec<Status>,
    /// Degrees of trust.
    pub confidences: Vec<Confidence>,
    /// Keeps laws not known to be out of force on this day, decisions up to it, and all notes.
    pub as_of: Option<Date>,
}

impl Filters {
    /// Whether everything passes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
