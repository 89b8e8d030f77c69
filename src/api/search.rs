//! `GET /v1/search`: provisions, decisions and notes for a question.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;

use crate::api::answer;
use crate::api::parameters::Parameters;
use crate::api::problem::{BAD_PARAMETER, Problem};
use crate::api::work::Shared;
use crate::search::{Answer, Request};

/// Searches provisions, decisions and notes.
#[utoipa::path(
    get, path = "/v1/search", tag = "search",
    params(
        ("q" = Option<String>, Query, description = "Words, \"phrases\", AND OR NOT, +word -word, prefix*, field:value. Empty lists all that the filters allow."),
        ("mode" = Option<String>, Query, description = "`hybrid` (default), `keyword` or `semantic`."),
        ("jurisdiction" = Option<String>, Query, description = "Codes, separated by commas or repeated: `KE,MX`."),
        ("region" = Option<String>, Query, description = "Regions, such as `Africa`."),
        ("legal_system" = Option<String>, Query, description = "Legal systems, such as `common law`."),
        ("topic" = Option<String>, Query, description = "Topics; `/v1/topics` lists them."),
        ("kind" = Option<String>, Query, description = "`model-law`, `legislation`, `instrument`, `judgment`, `jurisdiction`."),
        ("language" = Option<String>, Query, description = "Languages of the text, as BCP 47 codes."),
        ("status" = Option<String>, Query, description = "Fates of the law or provision, such as `in force`."),
        ("confidence" = Option<String>, Query, description = "`primary`, `reproduced`, `secondary`, `recalled`."),
        ("as_of" = Option<String>, Query, description = "YYYY-MM-DD: leaves out what is known not to have been in force on that day."),
        ("offset" = Option<usize>, Query, description = "Hits (groups, when grouped) to pass over."),
        ("limit" = Option<usize>, Query, description = "Hits (groups, when grouped) on the page; 10 by default."),
        ("group" = Option<String>, Query, description = "`jurisdiction`: fused first, grouped after."),
        ("per_group" = Option<usize>, Query, description = "Best hits of each group; 3 by default."),
        ("explain" = Option<bool>, Query, description = "Say why each was found."),
    ),
    responses(
        (status = 200, description = "What was found", body = Answer),
        (status = 304, description = "The client has it"),
        (status = 400, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No model, or too many requests", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "Took too long", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(
    State(shared): State<Arc<Shared>>,
    Query(pairs): Query<Vec<(String, String)>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let request = request(pairs)?;
    let tag = answer::tag(&shared, &uri);
    if answer::has_it(&headers, &tag) {
        return Ok(answer::not_modified(tag));
    }
    if shared.options.log_queries {
        tracing::info!(query = request.query, "search");
    }
    let found = shared
        .run(move |shared| {
            let found = shared.library.search(&request)?;
            shared.metrics.searched(&found.took_ms);
            Ok(found)
        })
        .await?;
    Ok(answer::json(&found, tag))
}

fn request(pairs: Vec<(String, String)>) -> Result<Request, Problem> {
    let mut parameters = Parameters::new(pairs);
    let default = Request::default();
    let per_group = parameters.number("per_group")?;
    let group = match parameters.text("group").as_deref() {
        None | Some("") => None,
        Some("jurisdiction") => Some(per_group.unwrap_or(3)),
        Some(_) => {
            return Err(
                Problem::new(&BAD_PARAMETER, "`group`: hits are grouped by jurisdiction only")
                    .allowing(["jurisdiction"]),
            );
        }
    };
    let request = Request {
        query: parameters.text("q").unwrap_or_default(),
        mode: parameters.word("mode")?.unwrap_or(default.mode),
        filters: parameters.filters()?,
        offset: parameters.number("offset")?.unwrap_or(default.offset),
        limit: parameters.number("limit")?.unwrap_or(default.limit),
        group,
        explain: parameters.switch("explain")?,
    };
    parameters.finish()?;
    Ok(request)
}
