//! `GET /v1/jurisdictions`: every jurisdiction with what the corpus holds of it.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use crate::api::answer;
use crate::api::parameters::Parameters;
use crate::api::problem::Problem;
use crate::api::work::Shared;
use crate::library::JurisdictionCounts;

/// Gives every jurisdiction with what the corpus holds of it.
#[utoipa::path(
    get, path = "/v1/jurisdictions", tag = "overview",
    responses((status = 200, description = "In one list", body = Vec<JurisdictionCounts>))
)]
pub(super) async fn jurisdictions(
    State(shared): State<Arc<Shared>>,
    Query(pairs): Query<Vec<(String, String)>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Parameters::new(pairs).finish()?;
    let tag = answer::tag(&shared, &uri);
    if answer::has_it(&headers, &tag) {
        return Ok(answer::not_modified(tag));
    }
    let all = shared.run(|shared| Ok(shared.library.jurisdictions()?)).await?;
    Ok(answer::json(&all, tag))
}
