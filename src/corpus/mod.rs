//! Markdown files → documents → provisions, and everything that is wrong with them.
//!
//! In come the folders ([`Roots`]), out goes a [`Corpus`]. Uses `law`.

mod article;
mod demand;
mod document;
mod facts;
mod fields;
mod files;
mod front_matter;
mod links;
mod load;
mod markdown;
mod placeholder;
mod problem;
mod review;
mod skeleton;
mod split;
mod taxonomy;
mod yaml;

pub use document::{Details, Document, Entry};
pub use files::{CorpusError, FileFingerprint, Roots};
pub use load::{Corpus, draft, fingerprint, load};
pub use placeholder::{Placeholder, placeholders};
pub use problem::{Problem, Question, Severity};
pub use review::review;
pub use skeleton::Skeleton;
