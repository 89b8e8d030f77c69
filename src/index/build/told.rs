//! What a build is told, and what it tells: options, progress, result.

use std::path::PathBuf;

use crate::corpus::Roots;
use crate::index::manifest::Counts;
use crate::index::passage::PassageParameters;

/// What to build from what, and whom to tell how it goes.
pub struct BuildOptions<'a> {
    /// Folder of the index; made if it is missing.
    pub index_dir: PathBuf,
    /// Folders of the corpus.
    pub roots: Roots,
    /// How provisions are cut for embedding.
    pub passages: PassageParameters,
    /// Called before and during every long step.
    pub progress: &'a dyn Fn(Progress),
}

impl<'a> BuildOptions<'a> {
    /// With passages cut as measured best.
    pub fn new(index_dir: PathBuf, roots: Roots, progress: &'a dyn Fn(Progress)) -> Self {
        Self {
            index_dir,
            roots,
            passages: PassageParameters::default(),
            progress,
        }
    }
}

/// How far a build is.
#[derive(Debug, Clone, PartialEq)]
pub enum Progress {
    /// Another process builds; waiting for it to end.
    Waiting,
    /// A build is needed, and why.
    Started {
        /// In words, as in `the corpus has changed`.
        reason: String,
    },
    /// Provisions are written into the keyword index.
    Words {
        /// Provisions written.
        done: usize,
        /// Provisions in all.
        total: usize,
    },
    /// Passages are embedded, the long step of a first build.
    Embedding {
        /// Passages embedded.
        done: usize,
        /// Passages that have to be; those kept from earlier are not counted.
        total: usize,
        /// Passages a second so far.
        per_second: f64,
        /// Seconds left, by the length of what is left; none before the first batch.
        seconds_left: Option<f64>,
    },
    /// The generation is brought to the disk and put to use.
    Finishing,
}

/// What a build did.
#[derive(Debug, Clone, PartialEq)]
pub enum Built {
    /// The generation in use is up to the corpus; nothing was written.
    Unchanged {
        /// Its number.
        generation: u32,
    },
    /// A new generation is in use.
    New {
        /// Its number.
        generation: u32,
        /// Why it was built.
        reason: String,
        /// How much it holds.
        counts: Counts,
        /// Passages embedded now.
        embedded: usize,
        /// Passages whose vectors were kept from earlier.
        reused: usize,
        /// Bytes on the disk.
        bytes: u64,
        /// How long it took.
        seconds: f64,
    },
}
