//! `GET /v1/documents/{id}`: a law, decision or note as a whole.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde::Serialize;

use crate::api::errors::{Code, Problem, sentence};
use crate::api::lanes::Lane;
use crate::api::parameters::{Parameters, short};
use crate::api::state::State;
use crate::corpus::Document;
use crate::law::Provision;
use crate::library::{Library, Version};

/// A document with its provisions.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct DocumentAnswer {
    #[serde(flatten)]
    document: Document,
    /// The language versions of it, its own among them; empty if there is only one.
    versions: Vec<Version>,
    /// Its provisions in their order; left out on `provisions=false`.
    #[serde(skip_serializing_if = "Option::is_none")]
    provisions: Option<Vec<Provision>>,
}

/// A law, decision or note by its identifier, with its provisions.
#[utoipa::path(
    get,
    path = "/v1/documents/{id}",
    tag = "look-up",
    operation_id = "document",
    params(
        ("id" = String, Path, description = "Identifier of the document; its slashes stay as they are.", example = "legislation/ke/computer-misuse-and-cybercrimes-act-2018"),
        ("provisions" = Option<bool>, Query, description = "Whether the provisions come with it; true by default."),
    ),
    responses(
        (status = 200, description = "The document.", body = DocumentAnswer),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such document; the nearest are listed.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn document(
    axum::extract::State(shared): State,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let id = identifier(id)?;
    parameters.only(&["provisions"])?;
    let with_provisions = parameters.flag("provisions")?.unwrap_or(true);
    shared
        .answer(Lane::Words, move |library| {
            let document = library.document(&id).ok_or_else(|| unknown(library, &id))?;
            let provisions = with_provisions.then(|| library.provisions_of(&id)).transpose()?;
            Ok(DocumentAnswer {
                document: Document::clone(&document),
                versions: library.versions(&id),
                provisions,
            })
        })
        .await
}

/// The identifier in an address.
pub(super) fn identifier(id: Result<Path<String>, PathRejection>) -> Result<String, Problem> {
    let Path(id) = id.map_err(|error| Problem::new(Code::InvalidAddress, sentence(&error.body_text())))?;
    Ok(id)
}

/// The refusal of an identifier, with those that are written most alike.
pub(super) fn unknown(library: &Library, id: &str) -> Problem {
    let near = library.near_identifiers(id);
    let hint = near
        .first()
        .map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
    Problem::new(
        Code::UnknownId,
        format!("Nothing has the identifier `{}`.{hint}", short(id)),
    )
    .allowing(near)
}
