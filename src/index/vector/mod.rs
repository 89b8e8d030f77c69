//! Search by meaning: which provisions' vectors lie nearest to a query's.
//!
//! - `exact.rs`: [`ExactStore`], every allowed row compared, in process, over a memory-mapped file
//! - `file.rs`: the layout of that file, and its writer
//!
//! Nothing here shows files, so that a server for vectors can stand behind the same trait.

mod exact;
mod file;

pub use exact::ExactStore;
pub use file::{Row, write};

use std::ops::Range;

use crate::index::{BitSet, IndexError};

/// A provision near to the query, by the best of its passages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Neighbour {
    /// Ordinal of the provision.
    pub ordinal: u32,
    /// Cosine of query and passage, -1 to 1.
    pub similarity: f32,
    /// Which passage of that provision, counted from 0.
    pub passage: u32,
}

/// Vectors of passages, several to a provision, searched by cosine.
pub trait VectorStore: Send + Sync {
    /// Number of vectors.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Length of every vector.
    fn dimensions(&self) -> usize;

    /// The `depth` provisions nearest to the query, nearest first, equal ones by ordinal. Only those in
    /// `allowed` (ordinals of provisions) when it is given.
    ///
    /// # Errors
    /// When the query has another length than the vectors, or no direction.
    fn nearest(&self, query: &[f32], allowed: Option<&BitSet>, depth: usize) -> Result<Vec<Neighbour>, IndexError>;

    /// The vectors of a provision in the order of its passages; none if it has none.
    fn vectors_of(&self, ordinal: u32) -> Vec<Vec<f32>>;

    /// Where in the provision's text a passage stands, in bytes.
    fn passage(&self, ordinal: u32, passage: u32) -> Option<Range<usize>>;
}
