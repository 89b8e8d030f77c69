//! `/metrics`: what is counted and timed, in the text format of Prometheus.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::api::problem::Problem;
use crate::api::work::Shared;
use crate::search::Took;

/// Route and status of a request; the template of the route, never the address asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: String,
    status: u16,
}

/// A part of a search.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Part {
    part: &'static str,
}

/// Everything that is counted.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Histogram,
    parts: Family<Part, Histogram>,
    generation: Gauge,
    meaning: Gauge,
    queries: Counter<u64, AtomicU64>,
}

/// Upper ends of the buckets, in seconds: half a millisecond to ten seconds.
fn histogram() -> Histogram {
    Histogram::new([0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 10.0])
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::with_prefix("collex");
        let (requests, seconds) = (Family::<Answered, Counter>::default(), histogram());
        let parts = Family::<Part, Histogram>::new_with_constructor(histogram);
        let (generation, meaning, queries) = (Gauge::default(), Gauge::default(), Counter::default());
        registry.register("http_requests", "Requests by route and status", requests.clone());
        registry.register("http_seconds", "Time from request to answer", seconds.clone());
        registry.register("search_seconds", "Time of the parts of a search", parts.clone());
        registry.register("searches", "Searches run", queries.clone());
        registry.register("generation", "Generation of the index in use", generation.clone());
        registry.register("search_by_meaning", "1 where a model is loaded", meaning.clone());
        Self {
            registry,
            requests,
            seconds,
            parts,
            generation,
            meaning,
            queries,
        }
    }

    /// A request was answered.
    pub(super) fn answered(&self, route: &str, status: u16, took: Duration) {
        self.requests
            .get_or_create(&Answered {
                route: route.to_owned(),
                status,
            })
            .inc();
        self.seconds.observe(took.as_secs_f64());
    }

    /// A search was run.
    pub(super) fn searched(&self, took: &Took) {
        self.queries.inc();
        let parts = [
            ("embed", took.embed),
            ("keyword", took.keyword),
            ("vector", took.vector),
            ("total", took.total),
        ];
        for (part, milliseconds) in parts {
            self.parts.get_or_create(&Part { part }).observe(milliseconds / 1000.0);
        }
    }
}

/// Gives the figures.
#[utoipa::path(get, path = "/metrics", tag = "health", responses((status = 200, description = "Figures in the text format of Prometheus", body = String, content_type = "text/plain")))]
pub(super) async fn metrics(State(shared): State<Arc<Shared>>) -> Result<Response, Problem> {
    let metrics = &shared.metrics;
    metrics.generation.set(i64::from(shared.library.generation()));
    metrics.meaning.set(i64::from(shared.library.no_meaning().is_none()));
    let mut text = String::new();
    encode(&mut text, &metrics.registry).map_err(|error| Problem::internal(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
