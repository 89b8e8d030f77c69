//! The words of the field as plain data: no files, no network.
//!
//! Uses nothing of ours.

mod article;
mod citation;
mod closed_list;
mod date;
mod element;
mod instrument;
mod judgment;
mod jurisdiction;
mod label;
mod numbered_line;
mod pinpoint;
mod pinpoint_reader;
mod place;
mod provision;
mod scan;
mod taxonomy;
mod topic;

pub use article::{Article, Variant};
pub use citation::{Reference, references};
pub(crate) use closed_list::closed_list;
pub use closed_list::{UnknownWord, nearest};
pub use date::{BadDate, PartialDate, day_number, today};
pub use element::{Answer, Element, ElementValue, Sanction, ValueType};
pub use instrument::{ENDED_UNDATED, InForce, Instrument, InstrumentType, Status, Validity};
pub use judgment::Judgment;
pub use jurisdiction::{BadCode, Code, Jurisdiction, LegalSystem, Region};
pub use numbered_line::{NumberedLine, numbered_line};
pub use pinpoint::{BadPinpoint, Join, Pinpoint, PinpointItem, PinpointPart, PinpointUnit};
pub use provision::{Confidence, Provision, Source, SourceKind, TextKind, original_of};
pub use taxonomy::{Concept, Labels, Match, Relation, TAXONOMY_LANGUAGES, Taxonomy};
pub use topic::{Kind, Topic};
