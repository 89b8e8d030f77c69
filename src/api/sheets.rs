//! `GET /v1/sheets/{of}`: what is known of one country or topic, on a page.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::api::documents::identifier;
use crate::api::download;
use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::{Parameters, invalid};
use crate::api::state::State;
use crate::export::{Export, Format, SHEET_FORMATS, Sheet};
use crate::law::today;

/// What is known of one country or of one topic.
///
/// Of a country: what it has and lacks, what is not collected, decisions, commitments, sources. Of a topic: who provides what,
/// the ranges, the gaps, decisions. Everything in it comes from the grids of `/v1/compare`. With `format`, or an `Accept` of its
/// media type, it is a page to be read or a document to be taken away.
#[utoipa::path(
    get,
    path = "/v1/sheets/{of}",
    tag = "compare",
    operation_id = "sheet",
    params(
        ("of" = String, Path, description = "Code or English name of a jurisdiction, or a topic.", example = "KE"),
        ("as_of" = Option<String>, Query, description = "The day on which law must have been in force, YYYY-MM-DD; today by default."),
        ("format" = Option<Format>, Query, description = "`md`, `html`, `docx`, or `json` with `about` in front; a sheet has no rows of facts, so neither `csv` nor `xlsx`."),
    ),
    responses(
        (status = 200, description = "The sheet.", body = Sheet),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such jurisdiction or topic; the nearest are listed.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sheet(
    axum::extract::State(shared): State,
    of: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let of = identifier(of)?;
    parameters.only(&["as_of", "format"])?;
    let as_of = parameters.day("as_of")?;
    let Some(format) = wanted(&parameters, &headers)? else {
        return shared
            .answer(Lane::Words, move |library| Ok(library.sheet(&of, as_of)?))
            .await;
    };
    let file = move |library: &crate::library::Library| {
        let export = Export::of_sheet(&library.sheet(&of, as_of)?, today());
        download::written(&export, format)
    };
    Ok(download::file(shared.ask(Lane::Words, file).await?, format))
}

/// The format asked for, if a sheet has it.
fn wanted(parameters: &Parameters, headers: &HeaderMap) -> Result<Option<Format>, Problem> {
    let is_there = |format: &Format| SHEET_FORMATS.contains(format);
    match parameters.word::<Format>("format")? {
        Some(format) if is_there(&format) => Ok(Some(format)),
        Some(format) => {
            let why = format!("a sheet is a page to be read and has no {format}; the grid of /v1/compare has");
            Err(invalid("format", &why).allowing(SHEET_FORMATS.map(Format::as_str)))
        }
        None => Ok(download::accepted(headers).filter(is_there)),
    }
}
