//! `GET /v1/compare`: comparable provisions of any number of jurisdictions in one grid; `…/timeline`: who provided what first.

use axum::http::HeaderMap;
use axum::response::Response;

use crate::api::download;
use crate::api::errors::{Code as ProblemCode, Problem, sentence};
use crate::api::lanes::Lane;
use crate::api::parameters::{Parameters, invalid};
use crate::api::state::State;
use crate::compare::{
    ColumnOrder, CompareError, DraftError, Grid, GridRequest, RowOrder, Subject, SubjectWords, Timeline, weight,
};
use crate::export::{Export, Format};
use crate::law::{Code, Element, Region, Topic, today};

/// Names of the parameters.
const NAMES: &[&str] = &[
    "topic",
    "model_law",
    "article",
    "provision",
    "q",
    "jurisdiction",
    "region",
    "element",
    "as_of",
    "weight",
    "columns",
    "rows",
    "transposed",
    "format",
];
/// Those of which exactly one names what is compared.
const SUBJECTS: [&str; 5] = ["topic", "model_law", "article", "provision", "q"];

impl From<CompareError> for Problem {
    fn from(error: CompareError) -> Self {
        let detail = sentence(&error.to_string());
        match error {
            CompareError::Search(error) => error.into(),
            CompareError::Subject(_) => Self::new(ProblemCode::InvalidValue, detail).allowing(SUBJECTS),
            CompareError::UnknownId { near, .. }
            | CompareError::UnknownArticle { near, .. }
            | CompareError::UnknownSheet { near, .. } => Self::new(ProblemCode::UnknownId, detail).allowing(near),
            CompareError::WrongKind { near, .. } => Self::new(ProblemCode::InvalidValue, detail).allowing(near),
            CompareError::Draft(DraftError::TooLarge | DraftError::Unpacks { .. }) => {
                Self::new(ProblemCode::BodyTooLarge, detail)
            }
            CompareError::Draft(_) | CompareError::Languages { .. } => Self::new(ProblemCode::InvalidValue, detail),
        }
    }
}

/// Compares provisions of any number of jurisdictions.
///
/// Rows are elements, or the articles of a model law; columns are jurisdictions. Each cell is in one of four states:
/// `provided`, `partly`, `none found`, or `not collected`, which says nothing about the law. It has its values with the
/// provisions that they rest on, the reason in words, what was passed over, and what stands beside it (bills, what is
/// repealed). Name what is compared by exactly one of `topic`, `model_law` (or an `article` of it), `provision` and `q`.
/// `parameters` of the answer give the same grid again. With `format`, or an
/// `Accept` of its media type, it is a file to be taken away.
#[utoipa::path(
    get,
    path = "/v1/compare",
    tag = "compare",
    operation_id = "compare",
    params(
        ("topic" = Option<Vec<Topic>>, Query, style = Form, description = "Provisions on any of these topics.", example = json!(["intimate-image-abuse"])),
        ("model_law" = Option<String>, Query, description = "A model law: its articles are the rows, and each jurisdiction is set against them.", example = "tfgbv-model-law"),
        ("article" = Option<String>, Query, description = "One article: its number beside `model_law`, or its identifier.", example = "model-laws/tfgbv-model-law%23art-6"),
        ("provision" = Option<String>, Query, description = "A provision, by identifier: its like elsewhere.", example = "legislation/ke/computer-misuse-and-cybercrimes-act-2018%23s-37"),
        ("q" = Option<String>, Query, description = "Words in any language: the topics that they name, or those of what they find."),
        ("jurisdiction" = Option<Vec<String>>, Query, style = Form, description = "Codes of jurisdictions, a country with its parts; `all`, which is the default where no region is given either."),
        ("region" = Option<Vec<Region>>, Query, style = Form, description = "Whole regions, beside the jurisdictions."),
        ("element" = Option<Vec<Element>>, Query, style = Form, description = "Rows; by default those of the article, or all that are stated."),
        ("as_of" = Option<String>, Query, description = "The day on which law must have been in force, YYYY-MM-DD; today by default.", example = "2025-06-01"),
        ("weight" = Option<Vec<String>>, Query, style = Form, description = "Weights of elements in the arithmetic of alignment that differ from the table, as `element:number`.", example = json!(["threat_covered:5"])),
        ("columns" = Option<String>, Query, description = "Order of the jurisdictions: `asked` (default; regions by name), `name`, `alignment`, or an element by whose value they are sorted."),
        ("rows" = Option<String>, Query, description = "`list` (default), or the code of a jurisdiction: what it provides first."),
        ("transposed" = Option<bool>, Query, description = "A wish for whoever draws the grid, kept in the answer: jurisdictions down, rows across."),
        ("format" = Option<Format>, Query, description = "A file: `csv` (one fact a row), `xlsx`, `docx`, `md`, `html`, or `json` with `about` in front, whose schema is at /v1/schemas/grid."),
    ),
    responses(
        (status = 200, description = "The grid.", body = Grid),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such provision, article or model law; the nearest are listed.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many requests.", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "It took too long.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn compare(
    axum::extract::State(shared): State,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let request = request(&parameters)?;
    let meaning = matches!(request.subject, Subject::Words(_)) && shared.library.no_meaning().is_none();
    let lane = if meaning { Lane::Meaning } else { Lane::Words };
    let Some(format) = download::wanted(&parameters, &headers)? else {
        return shared.answer(lane, move |library| Ok(library.compare(&request)?)).await;
    };
    let file = move |library: &crate::library::Library| {
        let export = Export::of_grid(&library.compare(&request)?, today());
        download::written(&export, format)
    };
    Ok(download::file(shared.ask(lane, file).await?, format))
}

/// When which jurisdiction provided what on a topic first.
///
/// The first provision of each jurisdiction on the topic, and the first that says yes to each element, by date. What is not
/// dated is listed apart: unknown is unknown.
#[utoipa::path(
    get,
    path = "/v1/compare/timeline",
    tag = "compare",
    operation_id = "timeline",
    params(("topic" = Topic, Query, description = "The topic.", example = "intimate-image-abuse")),
    responses(
        (status = 200, description = "The timeline.", body = Timeline),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn timeline(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&["topic"])?;
    let topic: Option<Topic> = parameters.word("topic")?;
    let topics = Topic::ALL.iter().map(|topic| topic.as_str());
    let topic = topic.ok_or_else(|| invalid("topic", &"it is missing").allowing(topics))?;
    shared
        .answer(Lane::Words, move |library| Ok(library.timeline(topic)?))
        .await
}

fn request(parameters: &Parameters) -> Result<GridRequest, Problem> {
    parameters.only(NAMES)?;
    let text = |name| Ok::<_, Problem>(parameters.text(name)?.map(str::to_owned));
    let subject = SubjectWords {
        topics: parameters.words("topic")?,
        model_law: text("model_law")?,
        article: text("article")?,
        provision: text("provision")?,
        words: text("q")?,
    };
    let code = |text: &str| text.parse::<Code>().map_err(|error| invalid("jurisdiction", &error));
    let weights = parameters
        .parts("weight")
        .map(|text| weight(text).map_err(|error| invalid("weight", &error)));
    let mut request = GridRequest::about(subject.read()?);
    request.regions = parameters.words::<Region>("region")?;
    request.elements = parameters.words::<Element>("element")?;
    request.as_of = parameters.day("as_of")?;
    request.weights = weights.collect::<Result<_, _>>()?;
    request.columns = parameters.word::<ColumnOrder>("columns")?.unwrap_or_default();
    request.rows = match parameters.text("rows")? {
        None => RowOrder::List,
        Some(text) => text.parse().map_err(|error| invalid("rows", &error))?,
    };
    request.transposed = parameters.flag("transposed")?.unwrap_or(false);
    let codes = parameters.parts("jurisdiction").map(code).collect::<Result<_, _>>()?;
    Ok(request.of_jurisdictions(codes))
}
