//! Which address is answered by which file.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::SizeAbove;

use crate::api::errors::{Code, Problem};
use crate::api::guard::{caught, guard};
use crate::api::options::Options;
use crate::api::parameters::short;
use crate::api::state::{DESCRIPTION, Shared};
use crate::api::{
    compare, docs, documents, drafts, health, home, html, jurisdictions, metrics, openapi, provisions, schemas, search,
    sheets, stats, topics, wording,
};
use crate::law::nearest;
use crate::library::Library;

/// Below this a packet is not made smaller by compression.
const WORTH_COMPRESSING: u64 = 1200;

/// The whole API over a library.
pub fn router(library: Arc<Library>, options: Options) -> Router {
    routes(Shared::new(library, options))
}

pub(super) fn routes(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(home::home))
        .route("/v1/search", get(search::search))
        .route("/v1/compare", get(compare::compare))
        .route("/v1/compare/timeline", get(compare::timeline))
        .route("/v1/sheets/{of}", get(sheets::sheet))
        .route("/v1/schemas/{name}", get(schemas::named))
        .route(drafts::ADDRESS, post(drafts::draft))
        .route("/v1/wording", get(wording::wording))
        .route("/v1/documents/{*id}", get(documents::document))
        .route("/v1/provisions/{*id}", get(provisions::provision))
        .route("/v1/jurisdictions", get(jurisdictions::jurisdictions))
        .route("/v1/topics", get(topics::topics))
        .route("/v1/topics/{id}", get(topics::topic))
        .route("/v1/stats", get(stats::stats))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::metrics))
        .route("/openapi.json", get(openapi::openapi))
        .route("/docs", get(docs::docs))
        .route("/problems/{code}", get(docs::problem))
        .route("/style.css", get(html::style))
        .fallback(unknown_route)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(CatchPanicLayer::custom(caught))
        .layer(from_fn_with_state(Arc::clone(&shared), guard))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(SizeAbove::new(WORTH_COMPRESSING)),
        )
        .with_state(shared)
}

async fn unknown_route(request: Request) -> Problem {
    let path = request.uri().path();
    let known: Vec<&str> = DESCRIPTION["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(path, _)| path.as_str())
        .collect();
    let hint = nearest(path, &known).map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
    Problem::new(
        Code::UnknownRoute,
        format!("Nothing stands at `{}`.{hint}", short(path)),
    )
    .allowing(known)
}

async fn method_not_allowed(request: Request) -> Problem {
    let given = short(request.method().as_str());
    let allowed: &[&str] = match request.uri().path() {
        drafts::ADDRESS => &["POST"],
        _ => &["GET", "HEAD"],
    };
    Problem::new(
        Code::MethodNotAllowed,
        format!("{given} is not answered here; use {}.", allowed.join(" or ")),
    )
    .allowing(allowed)
}
