//! `GET /v1/stats`: what the library holds.

use axum::response::Response;

use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::Parameters;
use crate::api::state::State;
use crate::library::Stats;

/// How much the library holds, by kind, region, topic, trust, language and age, and which index and model answer.
#[utoipa::path(
    get,
    path = "/v1/stats",
    tag = "lists",
    operation_id = "stats",
    responses(
        (status = 200, description = "The counts.", body = Stats),
        (status = 400, description = "A parameter was given.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn stats(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    shared.answer(Lane::Words, |library| Ok(library.stats()?)).await
}
