//! `GET /v1/provisions/{id}` and `…/similar`: one provision, and its like in other jurisdictions.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::Response;
use serde::Serialize;

use crate::api::documents::{identifier, unknown};
use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::Parameters;
use crate::api::state::State;
use crate::law::{Confidence, InForce, Provision, today};
use crate::search::Similar;

/// Jurisdictions that are compared with, unless another number is asked for.
const SIMILAR_JURISDICTIONS: usize = 20;
/// Most provisions of one jurisdiction.
const MOST_PER_JURISDICTION: usize = 10;

/// A provision with what is needed of its document.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct ProvisionAnswer {
    #[serde(flatten)]
    provision: Provision,
    /// Title of its document.
    document_title: String,
    /// Whose law it is; none for our own model laws.
    jurisdiction: Option<String>,
    /// Official text of the document, or the best public one.
    url: Option<String>,
    /// Whether it is in force on the day asked for, or today; none for decisions and notes.
    in_force_on_date: Option<InForce>,
    /// True where nobody has verified it.
    unverified: bool,
}

/// A provision, decision or passage of a note by its identifier.
#[utoipa::path(
    get,
    path = "/v1/provisions/{id}",
    tag = "look-up",
    operation_id = "provision",
    params(
        ("id" = String, Path, description = "Identifier of the provision; its slashes stay as they are, `#` is written %23.", example = "legislation/ke/computer-misuse-and-cybercrimes-act-2018%23s-37"),
        ("as_of" = Option<String>, Query, description = "The day for `in_force_on_date`, YYYY-MM-DD; today by default.", example = "2025-06-01"),
    ),
    responses(
        (status = 200, description = "The provision.", body = ProvisionAnswer),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such provision; the nearest are listed.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn provision(
    state: State,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let id = identifier(id)?;
    // Identifiers have slashes, so one address stands for both questions.
    if let Some(id) = id.strip_suffix("/similar") {
        return similar(state, id.to_owned(), parameters).await;
    }
    parameters.only(&["as_of"])?;
    let as_of = parameters.day("as_of")?;
    state
        .answer(Lane::Words, move |library| {
            let (provision, document) = library.provision(&id)?.ok_or_else(|| unknown(library, &id))?;
            let today = today();
            let on = |validity: crate::law::Validity| validity.on(as_of.unwrap_or(today), today);
            Ok(ProvisionAnswer {
                document_title: document.title.clone(),
                jurisdiction: document.jurisdiction.as_ref().map(ToString::to_string),
                url: document.url.clone(),
                in_force_on_date: provision.validity.map(on),
                unverified: provision.confidence == Some(Confidence::Recalled),
                provision,
            })
        })
        .await
}

/// Provisions of other jurisdictions that are like a given one, by meaning, grouped by jurisdiction.
#[utoipa::path(
    get,
    path = "/v1/provisions/{id}/similar",
    tag = "look-up",
    operation_id = "similar",
    params(
        ("id" = String, Path, description = "Identifier of the provision; its slashes stay as they are, `#` is written %23.", example = "legislation/ke/computer-misuse-and-cybercrimes-act-2018%23s-37"),
        ("per_jurisdiction" = Option<usize>, Query, minimum = 1, maximum = 10, description = "Provisions of each jurisdiction; 1 by default."),
        ("limit" = Option<usize>, Query, minimum = 1, description = "Jurisdictions; 20 by default, 100 at most unless the server is set otherwise."),
    ),
    responses(
        (status = 200, description = "Similar provisions; none where there are no vectors, which `notes` says.", body = Similar),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such provision; the nearest are listed.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn similar(state: State, id: String, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&["per_jurisdiction", "limit"])?;
    let per_jurisdiction = parameters
        .number("per_jurisdiction", 1..=MOST_PER_JURISDICTION)?
        .unwrap_or(1);
    let most = state.library.limits().max_page;
    let limit = parameters
        .number("limit", 1..=most)?
        .unwrap_or(SIMILAR_JURISDICTIONS.min(most));
    state
        .answer(Lane::Words, move |library| {
            library
                .similar(&id, per_jurisdiction, limit)?
                .ok_or_else(|| unknown(library, &id))
        })
        .await
}
