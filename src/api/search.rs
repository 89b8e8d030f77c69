//! `GET /v1/search`: provisions by words and meaning.

use std::sync::Arc;

use axum::response::Response;

use crate::api::errors::Problem;
use crate::api::lanes::Lane;
use crate::api::parameters::{Parameters, invalid};
use crate::api::state::{State, json, written};
use crate::index::Filters;
use crate::law::{Code, Confidence, Kind, LegalSystem, Region, Status, Topic};
use crate::library::Library;
use crate::search::{Answer, Limits, Mode, Request};

/// Names of the parameters.
const NAMES: &[&str] = &[
    "q",
    "mode",
    "kind",
    "jurisdiction",
    "region",
    "legal_system",
    "topic",
    "language",
    "status",
    "confidence",
    "as_of",
    "offset",
    "limit",
    "group",
    "per_group",
    "expand",
    "explain",
];
/// How far down one may page; nobody reads that far, and a larger number is a mistake.
const DEEPEST: usize = 1_000_000;
/// Hits of each jurisdiction, unless another number is asked for.
const PER_GROUP: usize = 3;

/// Searches provisions, decisions and passages of notes.
///
/// Words and meaning are both used by default. The query language knows "phrases", AND, OR, NOT, + and -, prefix*
/// and field:value; what cannot be parsed is searched as words and said in `notes`. Filters take several values, parted
/// by commas or with the name repeated: values of one filter are alternatives, filters add up. Without a query every
/// provision that passes the filters is found.
#[utoipa::path(
    get,
    path = "/v1/search",
    tag = "search",
    operation_id = "search",
    params(
        ("q" = Option<String>, Query, description = "The question, in any language.", example = "sharing intimate images without consent"),
        ("mode" = Option<Mode>, Query, description = "By words, by meaning, or both (default)."),
        ("kind" = Option<Vec<Kind>>, Query, style = Form, description = "Kinds of document."),
        ("jurisdiction" = Option<Vec<String>>, Query, style = Form, description = "Codes of jurisdictions, as in /v1/jurisdictions."),
        ("region" = Option<Vec<Region>>, Query, style = Form, description = "Regions of the jurisdictions."),
        ("legal_system" = Option<Vec<LegalSystem>>, Query, style = Form, description = "Legal traditions of the jurisdictions."),
        ("topic" = Option<Vec<Topic>>, Query, style = Form, description = "Topics; one of them suffices."),
        ("language" = Option<Vec<String>>, Query, style = Form, description = "Languages of the text, as BCP 47 codes; pt also finds pt-BR."),
        ("status" = Option<Vec<Status>>, Query, style = Form, description = "Fates of the law or provision."),
        ("confidence" = Option<Vec<Confidence>>, Query, style = Form, description = "Degrees of trust."),
        ("as_of" = Option<String>, Query, description = "A day, YYYY-MM-DD: laws known to be out of force on it and later decisions are left out.", example = "2025-06-01"),
        ("offset" = Option<usize>, Query, minimum = 0, maximum = 1000000, description = "Hits (or groups) to pass over; 0 by default."),
        ("limit" = Option<usize>, Query, minimum = 1, description = "Hits (or groups) on a page; 10 by default, 100 at most unless the server is set otherwise."),
        ("group" = Option<String>, Query, description = "`jurisdiction` gives the best hits of each jurisdiction.", example = "jurisdiction"),
        ("per_group" = Option<usize>, Query, minimum = 1, description = "Hits of each jurisdiction when grouped; 3 by default."),
        ("expand" = Option<bool>, Query, description = "Whether a question of plain words is widened by the topics that it calls by a label in one of six languages; true by default."),
        ("explain" = Option<bool>, Query, description = "Whether each hit says why it was found."),
    ),
    responses(
        (status = 200, description = "What was found.", body = Answer),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "No model, or too many requests.", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "It took too long.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn search(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    let request = request(&parameters, shared.library.limits())?;
    let meaning = request.mode != Mode::Keyword && shared.library.no_meaning().is_none();
    let lane = if meaning { Lane::Meaning } else { Lane::Words };
    let library = Arc::clone(&shared.library);
    let (took, body) = shared
        .lanes
        .run(lane, move || {
            let answer = ask(&library, &request)?;
            Ok((answer.took_ms, written(&answer)?))
        })
        .await?;
    shared.metrics.searched(&took);
    Ok(json(body))
}

fn ask(library: &Library, request: &Request) -> Result<Answer, Problem> {
    Ok(library.search(request)?)
}

fn request(parameters: &Parameters, limits: Limits) -> Result<Request, Problem> {
    parameters.only(NAMES)?;
    let grouped = match parameters.text("group")? {
        None => false,
        Some("jurisdiction") => true,
        Some(_) => return Err(invalid("group", &"groups are by jurisdiction only").allowing(["jurisdiction"])),
    };
    let per_group = parameters.number("per_group", 1..=limits.max_page)?;
    if per_group.is_some() && !grouped {
        return Err(invalid("per_group", &"it needs `group=jurisdiction`").allowing(["group=jurisdiction"]));
    }
    Ok(Request {
        query: parameters.text("q")?.unwrap_or_default().to_owned(),
        mode: parameters.word("mode")?.unwrap_or_default(),
        filters: filters(parameters)?,
        offset: parameters.number("offset", 0..=DEEPEST)?.unwrap_or(0),
        limit: parameters
            .number("limit", 1..=limits.max_page)?
            .unwrap_or(10.min(limits.max_page)),
        group: grouped.then(|| per_group.unwrap_or(PER_GROUP.min(limits.max_page))),
        expand: parameters.flag("expand")?.unwrap_or(true),
        explain: parameters.flag("explain")?.unwrap_or(false),
    })
}

fn filters(parameters: &Parameters) -> Result<Filters, Problem> {
    let code = |text: &str| text.parse::<Code>().map_err(|error| invalid("jurisdiction", &error));
    Ok(Filters {
        kinds: parameters.words::<Kind>("kind")?,
        jurisdictions: parameters.parts("jurisdiction").map(code).collect::<Result<_, _>>()?,
        regions: parameters.words::<Region>("region")?,
        legal_systems: parameters.words::<LegalSystem>("legal_system")?,
        topics: parameters.words::<Topic>("topic")?,
        languages: parameters.parts("language").map(str::to_owned).collect(),
        statuses: parameters.words::<Status>("status")?,
        confidences: parameters.words::<Confidence>("confidence")?,
        as_of: parameters.day("as_of")?,
    })
}
