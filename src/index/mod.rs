//! Provisions -> what can be searched: by words (`keyword`) and by meaning (`vector`).
//!
//! In comes the corpus, out comes a generation: a folder that is written once, checked when it is opened, and
//! replaced as a whole. In reading order:
//! - `build.rs`: brings the index up to the corpus; in `build/`: `told.rs`, what it is told and tells, `embed.rs`, the
//!   vectors, `disk.rs`, the folder around it, `faults.rs`, tests of kills and damage
//! - `generation.rs`: what was built, opened and checked
//! - `manifest.rs`: which corpus, analyzer and model a generation was made from, and its files with their sums
//! - `keyword/`: tantivy; `filter.rs`: what a search is narrowed to; `ordinals.rs`: sets of provisions
//! - `embedding/`: text to vectors; `passage.rs`: which text of a provision; `vectors_kept.rs`: vectors already
//!   made; `vector/`: search among them
//! - `durable.rs`: files that are whole or not there; `error.rs`: what can go wrong, and the cure

mod build;
mod durable;
pub mod embedding;
mod error;
mod filter;
mod generation;
pub mod keyword;
pub mod manifest;
mod ordinals;
pub mod passage;
pub mod vector;
mod vectors_kept;

pub use build::{BuildOptions, Built, Progress, build};
pub use error::IndexError;
pub use filter::Filters;
pub use generation::Generation;
pub use ordinals::BitSet;
