//! `/health/live` and `/health/ready`, for whatever watches over the process.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::api::work::Shared;

/// How the server is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Health {
    /// `live` or `ready`.
    status: &'static str,
    /// Generation of the index in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    generation: Option<u32>,
    /// Why search by meaning is not available; none if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_meaning: Option<String>,
}

/// Says that the process answers.
#[utoipa::path(get, path = "/health/live", tag = "health", responses((status = 200, description = "It answers", body = Health)))]
pub(super) async fn live() -> Json<Health> {
    Json(Health {
        status: "live",
        generation: None,
        no_meaning: None,
    })
}

/// Says that an index is open. The server listens only once one is, so an answer is a yes.
#[utoipa::path(get, path = "/health/ready", tag = "health", responses((status = 200, description = "It can search", body = Health)))]
pub(super) async fn ready(State(shared): State<Arc<Shared>>) -> Json<Health> {
    let library = &shared.library;
    Json(Health {
        status: "ready",
        generation: Some(library.generation()),
        no_meaning: library.no_meaning(),
    })
}
