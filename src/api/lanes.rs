//! Where the work is done: threads that may block, in two lanes.
//!
//! The model embeds one query at a time and keeps a core busy for milliseconds. Questions of words have a lane of their
//! own, so that they never stand in the queue behind questions of meaning.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::api::errors::{Code, Problem};

/// Which queue a piece of work stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// Look-ups and search by words.
    Words,
    /// Whatever asks the model.
    Meaning,
}

/// Both lanes, each as wide as there are cores.
pub(super) struct Lanes {
    words: Arc<Semaphore>,
    meaning: Arc<Semaphore>,
}

impl Lanes {
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            words: Arc::new(Semaphore::new(cores)),
            meaning: Arc::new(Semaphore::new(cores)),
        }
    }

    /// Runs `work` when its lane has room. The room is given back when the work ends, not when the asker goes away:
    /// a thread that computes cannot be called back.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let lane = match lane {
            Lane::Words => &self.words,
            Lane::Meaning => &self.meaning,
        };
        let room = Arc::clone(lane).acquire_owned().await;
        let room = room.map_err(|_| Problem::new(Code::NotReady, "The server is stopping."))?;
        let done = spawn_blocking(move || {
            let answer = work();
            drop(room);
            answer
        });
        done.await.unwrap_or_else(|error| Err(Problem::internal(&error)))
    }
}
