//! `GET /health/live` and `/health/ready`: for whoever watches over the process.

use std::sync::atomic::Ordering;

use axum::response::Response;
use serde::Serialize;

use crate::api::errors::{Code, Problem};
use crate::api::parameters::Parameters;
use crate::api::state::{State, json, written};

/// The process runs.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Live {
    /// Always `live`.
    #[schema(example = "live")]
    status: &'static str,
}

/// Questions are answered.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct Ready {
    /// Always `ready`.
    #[schema(example = "ready")]
    status: &'static str,
    /// Number of the generation of the index in use.
    generation: u32,
    /// Whether search by meaning is available.
    meaning: bool,
    /// Why it is not.
    no_meaning: Option<String>,
}

/// Whether the process runs.
#[utoipa::path(
    get,
    path = "/health/live",
    tag = "operation",
    operation_id = "live",
    responses((status = 200, description = "It runs.", body = Live))
)]
pub(super) async fn live(parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    Ok(json(written(&Live { status: "live" })?))
}

/// Whether questions are answered.
#[utoipa::path(
    get,
    path = "/health/ready",
    tag = "operation",
    operation_id = "ready",
    responses(
        (status = 200, description = "They are.", body = Ready),
        (status = 503, description = "The server is stopping.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn ready(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    if shared.stopping.load(Ordering::Relaxed) {
        return Err(Problem::new(
            Code::NotReady,
            "The server is stopping; it takes no more questions.",
        ));
    }
    let no_meaning = shared.library.no_meaning();
    Ok(json(written(&Ready {
        status: "ready",
        generation: shared.library.generation(),
        meaning: no_meaning.is_none(),
        no_meaning,
    })?))
}
