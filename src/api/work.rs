//! Blocking work off the event loop, bounded in number and in time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use crate::api::metrics::Metrics;
use crate::api::problem::{OVERLOADED, Problem, TIMEOUT};
use crate::api::server::Options;
use crate::library::Library;

/// What every handler shares.
pub(super) struct Shared {
    pub library: Arc<Library>,
    pub options: Options,
    pub metrics: Metrics,
    /// Requests that may be under way; one more is refused rather than kept waiting without end.
    places: Arc<Semaphore>,
}

impl Shared {
    pub(super) fn new(library: Arc<Library>, options: Options) -> Arc<Self> {
        let places = Arc::new(Semaphore::new(options.concurrent));
        Arc::new(Self {
            library,
            options,
            metrics: Metrics::new(),
            places,
        })
    }

    /// Runs `work` on a thread that may block.
    pub(super) async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Shared) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            let detail = format!("{} requests are under way, which is the limit", self.options.concurrent);
            return Err(Problem::new(&OVERLOADED, detail));
        };
        let shared = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            // The place is held until the work is done, also when nobody waits for it any more.
            let _place = place;
            work(&shared)
        });
        let limit: Duration = self.options.timeout;
        match tokio::time::timeout(limit, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(panic)) => Err(Problem::internal(&panic)),
            Err(_) => Err(Problem::new(&TIMEOUT, format!("the limit is {} ms", limit.as_millis()))),
        }
    }
}
