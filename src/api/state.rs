//! What all handlers share.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock};

use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::api::errors::Problem;
use crate::api::lanes::{Lane, Lanes};
use crate::api::metrics::Metrics;
use crate::api::options::Options;
use crate::library::Library;

/// Drafts held in memory at a time: with 40 MB for each while it is unpacked, what a small machine has.
const MOST_DRAFTS: usize = 8;

/// The library, the bounds and the counters.
pub(super) struct Shared {
    pub library: Arc<Library>,
    pub options: Options,
    pub lanes: Lanes,
    pub metrics: Metrics,
    /// One permit for each request in progress.
    pub in_flight: Semaphore,
    /// One permit for each draft that is held in memory.
    pub drafts: Semaphore,
    /// Set when the signal to stop has come.
    pub stopping: AtomicBool,
}

/// A handle on what is shared, as handlers get it.
pub(super) type State = axum::extract::State<Arc<Shared>>;

impl Shared {
    pub(super) fn new(library: Arc<Library>, options: Options) -> Arc<Self> {
        Arc::new(Self {
            lanes: Lanes::new(),
            metrics: Metrics::new(),
            in_flight: Semaphore::new(options.max_in_flight),
            drafts: Semaphore::new(MOST_DRAFTS),
            stopping: AtomicBool::new(false),
            library,
            options,
        })
    }

    /// Asks the library in a lane.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        lane: Lane,
        ask: impl FnOnce(&Library) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let library = Arc::clone(&self.library);
        self.lanes.run(lane, move || ask(&library)).await
    }

    /// Asks the library in a lane and writes what it says as JSON, there too: a long answer takes a while to write.
    pub(super) async fn answer<T: Serialize>(
        &self,
        lane: Lane,
        ask: impl FnOnce(&Library) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let body = self.ask(lane, move |library| written(&ask(library)?)).await?;
        Ok(json(body))
    }
}

/// A value as JSON text.
pub(super) fn written<T: Serialize>(value: &T) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(|error| Problem::internal(&error))
}

/// JSON text as a response.
pub(super) fn json(body: impl Into<Bytes>) -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

/// The description of the API, generated once.
pub(super) static DESCRIPTION: LazyLock<serde_json::Value> =
    LazyLock::new(|| serde_json::to_value(crate::api::openapi()).expect("the description is plain data"));
