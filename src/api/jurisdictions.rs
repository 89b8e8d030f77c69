//! `GET /v1/jurisdictions`: whose law there is, with counts.

use axum::response::Response;
use serde::Serialize;

use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::Parameters;
use crate::api::state::State;
use crate::library::JurisdictionCounts;

/// Every jurisdiction.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct JurisdictionsAnswer {
    /// How many there are.
    total: usize,
    /// Jurisdictions by code.
    jurisdictions: Vec<JurisdictionCounts>,
}

/// Every jurisdiction of the corpus, with what the corpus holds of it.
#[utoipa::path(
    get,
    path = "/v1/jurisdictions",
    tag = "lists",
    operation_id = "jurisdictions",
    responses(
        (status = 200, description = "The jurisdictions.", body = JurisdictionsAnswer),
        (status = 400, description = "A parameter was given.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn jurisdictions(
    axum::extract::State(shared): State,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.only(&[])?;
    shared
        .answer(Lane::Words, |library| {
            let jurisdictions = library.jurisdictions()?;
            Ok(JurisdictionsAnswer {
                total: jurisdictions.len(),
                jurisdictions,
            })
        })
        .await
}
