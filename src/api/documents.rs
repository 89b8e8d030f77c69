//! `GET /v1/documents/{id}`: a document and the provisions in it.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use serde::Serialize;

use crate::api::answer;
use crate::api::parameters::Parameters;
use crate::api::problem::{Problem, UNKNOWN_IDENTIFIER};
use crate::api::work::Shared;
use crate::corpus::Document;
use crate::law::Provision;

/// A document with its provisions.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(super) struct Whole {
    /// The document.
    #[serde(flatten)]
    document: Document,
    /// Its provisions in their order.
    provisions: Vec<Provision>,
}

/// Gives a document with its provisions.
#[utoipa::path(
    get, path = "/v1/documents/{id}", tag = "look-up",
    params(("id" = String, Path, description = "Identifier; its slashes may stand as they are: `legislation/ke/computer-misuse-and-cybercrimes-act-2018`.")),
    responses(
        (status = 200, description = "The document", body = Whole),
        (status = 404, description = "Nothing has this identifier; near ones are listed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn document(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Parameters::new(pairs).finish()?;
    let tag = answer::tag(&shared, &uri);
    let whole = shared
        .run(move |shared| {
            let document = shared.library.document(&id).ok_or_else(|| unknown(shared, &id))?;
            Ok(Whole {
                provisions: shared.library.provisions_of(&id)?,
                document: (*document).clone(),
            })
        })
        .await?;
    Ok(if answer::has_it(&headers, &tag) {
        answer::not_modified(tag)
    } else {
        answer::json(&whole, tag)
    })
}

/// Nothing has this identifier; names near ones.
pub(super) fn unknown(shared: &Shared, id: &str) -> Problem {
    let given: String = id.chars().take(200).collect();
    Problem::new(&UNKNOWN_IDENTIFIER, format!("nothing has the identifier `{given}`"))
        .allowing(shared.library.near_identifiers(&given))
}
