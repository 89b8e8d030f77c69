//! `GET /v1/stats`: what the corpus and the index hold.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use crate::api::answer;
use crate::api::parameters::Parameters;
use crate::api::problem::Problem;
use crate::api::work::Shared;
use crate::library::Stats;

/// Gives what the corpus and the index hold.
#[utoipa::path(
    get, path = "/v1/stats", tag = "overview",
    responses((status = 200, description = "Figures", body = Stats))
)]
pub(super) async fn stats(
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
    let all = shared.run(|shared| Ok(shared.library.stats()?)).await?;
    Ok(answer::json(&all, tag))
}
