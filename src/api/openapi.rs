//! `/openapi.json`: the description of the API, generated from the code.

use axum::Json;
use utoipa::OpenApi;

use crate::api::{documents, health, jurisdictions, metrics, problem, provisions, search, stats, topics};

/// Collected by utoipa from the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Collex",
        description = "Law on technology-facilitated gender-based violence: search and look-up of provisions, decisions and \
                       notes of many countries. The texts are summaries of ours unless marked as verbatim; nothing here is \
                       legal advice. Errors are problem details (RFC 9457) with a stable `code`.",
        license(name = "Apache-2.0 (code), CC-BY-4.0 (texts)"),
    ),
    paths(
        search::search,
        documents::document,
        provisions::provision,
        provisions::similar,
        jurisdictions::jurisdictions,
        topics::topics,
        stats::stats,
        health::live,
        health::ready,
        metrics::metrics,
        openapi,
    ),
    components(schemas(problem::Problem))
)]
struct Description;

/// The description of the API as an OpenAPI 3.1 document.
pub fn document() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// Gives this description.
#[utoipa::path(get, path = "/openapi.json", tag = "overview", responses((status = 200, description = "OpenAPI 3.1")))]
pub(super) async fn openapi() -> Json<utoipa::openapi::OpenApi> {
    Json(document())
}
