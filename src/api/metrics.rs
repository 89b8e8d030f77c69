//! `GET /metrics`: counters and times in the text format of Prometheus.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::Parameters;
use crate::api::state::State;
use crate::search::Took;

/// Upper ends of the buckets, in seconds; finest where the goals are (2, 8 and 25 ms).
const BUCKETS: [f64; 14] = [
    0.0005, 0.001, 0.002, 0.004, 0.008, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Leg {
    leg: &'static str,
}

type Times<L> = Family<L, Histogram, fn() -> Histogram>;

/// Everything that is counted.
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Times<Route>,
    legs: Times<Leg>,
    generation: Gauge,
    documents: Gauge,
    provisions: Gauge,
    model: Gauge,
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS)
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("collex"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(histogram),
            legs: Family::new_with_constructor(histogram),
            generation: Gauge::default(),
            documents: Gauge::default(),
            provisions: Gauge::default(),
            model: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register(
            "http_requests",
            "Requests answered, by route and status",
            metrics.requests.clone(),
        );
        let about = "Time from a request to its answer";
        registry.register_with_unit("http_request", about, Unit::Seconds, metrics.seconds.clone());
        let about = "Time of each leg of a search";
        registry.register_with_unit("search_leg", about, Unit::Seconds, metrics.legs.clone());
        registry.register(
            "index_generation",
            "Generation of the index in use",
            metrics.generation.clone(),
        );
        registry.register("index_documents", "Documents in the index", metrics.documents.clone());
        registry.register(
            "index_provisions",
            "Provisions in the index",
            metrics.provisions.clone(),
        );
        registry.register(
            "model_loaded",
            "1 if search by meaning is available",
            metrics.model.clone(),
        );
        metrics
    }

    /// Counts a request that was answered.
    pub(super) fn answered(&self, method: &'static str, route: &str, status: u16, time: Duration) {
        let route = route.to_owned();
        self.seconds
            .get_or_create(&Route { route: route.clone() })
            .observe(time.as_secs_f64());
        self.requests.get_or_create(&Answered { method, route, status }).inc();
    }

    /// Counts where the time of a search went.
    pub(super) fn searched(&self, took: &Took) {
        let legs = [
            ("embed", took.embed),
            ("keyword", took.keyword),
            ("vector", took.vector),
            ("total", took.total),
        ];
        for (leg, milliseconds) in legs.into_iter().filter(|(_, milliseconds)| *milliseconds > 0.0) {
            self.legs.get_or_create(&Leg { leg }).observe(milliseconds / 1000.0);
        }
    }
}

/// Requests, times, and what is in the index, in the text format of Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operation",
    operation_id = "metrics",
    responses((status = 200, description = "The figures.", body = String, content_type = "text/plain"))
)]
pub(super) async fn metrics(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    let library = Arc::clone(&shared.library);
    let stats = shared.lanes.run(Lane::Words, move || Ok(library.stats()?)).await?;
    let metrics = &shared.metrics;
    metrics.generation.set(i64::from(stats.generation));
    metrics.documents.set(stats.documents as i64);
    metrics.provisions.set(stats.provisions as i64);
    metrics.model.set(i64::from(stats.no_meaning.is_none()));
    let mut text = String::new();
    encode(&mut text, &metrics.registry).map_err(|error| Problem::internal(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
