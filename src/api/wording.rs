//! `GET /v1/wording`: two texts word by word.

use axum::response::Response;

use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::{Parameters, invalid};
use crate::api::state::State;
use crate::compare::Wording;

/// Two texts word by word: what was copied, what was adapted, and where they differ.
///
/// Both are articles of model laws, or provisions whose official words were imported. A description of ours is refused: it is
/// not the words of the law. All places are in characters of the texts in the answer.
#[utoipa::path(
    get,
    path = "/v1/wording",
    tag = "compare",
    operation_id = "wording",
    params(
        ("a" = String, Query, description = "Identifier of the first text.", example = "model-laws/tfgbv-model-law%23art-6"),
        ("b" = String, Query, description = "Identifier of the second.", example = "model-laws/tfgbv-model-law%23art-7"),
    ),
    responses(
        (status = 200, description = "Passages in both, and the differences.", body = Wording),
        (status = 400, description = "A parameter is wrong, one of the two is a description of ours, or they are in two languages.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such provision; the nearest are listed.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn wording(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&["a", "b"])?;
    let id = |name| {
        let given = parameters.text(name)?.map(str::to_owned);
        given.ok_or_else(|| invalid(name, &"it is missing; give the identifiers of both texts"))
    };
    let (a, b) = (id("a")?, id("b")?);
    shared
        .answer(Lane::Words, move |library| Ok(library.wording(&a, &b)?))
        .await
}
