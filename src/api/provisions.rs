//! `GET /v1/provisions/{id}` and `/v1/provisions/{id}/similar`.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::Serialize;

use crate::api::answer;
use crate::api::documents::unknown;
use crate::api::parameters::Parameters;
use crate::api::problem::Problem;
use crate::api::work::Shared;
use crate::corpus::Document;
use crate::law::Provision;
use crate::search::Similar;

/// A provision with the document it stands in.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Placed {
    /// The provision.
    #[serde(flatten)]
    provision: Provision,
    /// The document it stands in.
    in_document: Document,
}

/// Identifiers hold slashes, which only a wildcard matches, and nothing may follow a wildcard: the ending is told apart here.
pub(super) async fn route(
    state: State<Arc<Shared>>,
    Path(path): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let parameters = Parameters::new(pairs);
    match path.strip_suffix("/similar") {
        Some(id) => similar(state, id.to_owned(), parameters, uri, headers).await,
        None => provision(state, path, parameters, uri, headers).await,
    }
}

/// Gives a provision with its facts, sources and document.
#[utoipa::path(
    get, path = "/v1/provisions/{id}", tag = "look-up",
    params(("id" = String, Path, description = "Identifier, with `#` written `%23`: `legislation/ke/computer-misuse-and-cybercrimes-act-2018%23s-37`.")),
    responses(
        (status = 200, description = "The provision", body = Placed),
        (status = 404, description = "Nothing has this identifier; near ones are listed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn provision(
    State(shared): State<Arc<Shared>>,
    id: String,
    parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    parameters.finish()?;
    let tag = answer::tag(&shared, &uri);
    let placed = shared
        .run(move |shared| {
            let (provision, document) = shared.library.provision(&id)?.ok_or_else(|| unknown(shared, &id))?;
            Ok(Placed {
                provision,
                in_document: (*document).clone(),
            })
        })
        .await?;
    Ok(if answer::has_it(&headers, &tag) {
        answer::not_modified(tag)
    } else {
        answer::json(&placed, tag)
    })
}

/// Gives the most similar provisions of other jurisdictions, grouped by jurisdiction. Nearness is a proposal, not a
/// statement that the law is the same.
#[utoipa::path(
    get, path = "/v1/provisions/{id}/similar", tag = "look-up",
    params(
        ("id" = String, Path, description = "Identifier, with `#` written `%23`."),
        ("per_jurisdiction" = Option<usize>, Query, description = "Best of each jurisdiction; 1 by default."),
        ("limit" = Option<usize>, Query, description = "Jurisdictions; 10 by default."),
    ),
    responses(
        (status = 200, description = "Similar provisions elsewhere", body = Similar),
        (status = 404, description = "Nothing has this identifier; near ones are listed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn similar(
    State(shared): State<Arc<Shared>>,
    id: String,
    mut parameters: Parameters,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let each = parameters.number("per_jurisdiction")?.unwrap_or(1);
    let limit = parameters.number("limit")?.unwrap_or(10);
    parameters.finish()?;
    let tag = answer::tag(&shared, &uri);
    let found = shared
        .run(move |shared| {
            shared
                .library
                .similar(&id, each, limit)?
                .ok_or_else(|| unknown(shared, &id))
        })
        .await?;
    Ok(if answer::has_it(&headers, &tag) {
        answer::not_modified(tag)
    } else {
        answer::json(&found, tag)
    })
}
