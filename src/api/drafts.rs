//! `POST /v1/compare/draft`: a draft set against model laws and the law of other countries.
//!
//! The draft is the body. It is held in memory while it is answered and nowhere else: no log, no cache, no counter has it.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::api::errors::{Code as ProblemCode, Problem};
use crate::api::lanes::Lane;
use crate::api::parameters::{Parameters, invalid};
use crate::api::state::State;
use crate::compare::{Draft, DraftFormat, DraftReport, DraftRequest, GridRequest, Subject, model_law_id, weight};
use crate::law::{Code, Region};

/// Where drafts are sent.
pub(super) const ADDRESS: &str = "/v1/compare/draft";
const NAMES: &[&str] = &["jurisdiction", "region", "model_law", "as_of", "weight"];

/// Sets a draft against model laws and the law of other countries.
///
/// The body is the draft: Markdown, plain text (UTF-8) or DOCX, at most 5 MB. It is cut into provisions; each is set against the
/// articles of the model laws and the nearest provisions of the jurisdictions. The elements that it states are given with
/// the words that they were recognised by, in English, French, Spanish, Portuguese and Arabic. What is missing is told in
/// order of weight, and values far from those of other countries with their range. Nothing of the draft is kept or logged.
#[utoipa::path(
    post,
    path = "/v1/compare/draft",
    tag = "compare",
    operation_id = "compare_draft",
    params(
        ("jurisdiction" = Option<Vec<String>>, Query, style = Form, description = "Codes of jurisdictions, a country with its parts; `all`, which is the default where no region is given either.", example = json!(["MX", "CL", "AR"])),
        ("region" = Option<Vec<Region>>, Query, style = Form, description = "Whole regions, beside the jurisdictions."),
        ("model_law" = Option<String>, Query, description = "One model law; by default all are looked at."),
        ("as_of" = Option<String>, Query, description = "The day on which law must have been in force, YYYY-MM-DD; today by default."),
        ("weight" = Option<Vec<String>>, Query, style = Form, description = "Weights of elements that differ from the table, as `element:number`."),
    ),
    request_body(
        description = "The draft, at most 5 MB.",
        content(
            (String = "text/plain"),
            (String = "text/markdown"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        )
    ),
    responses(
        (status = 200, description = "What is there, what is missing, what is unusual.", body = DraftReport),
        (status = 400, description = "A parameter is wrong, or the draft cannot be read: it is empty, encrypted, or not what its type says.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such model law.", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The draft has more than 5 MB, or unpacks to more than is read.", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Drafts of this type are not read.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Too many requests.", body = Problem, content_type = "application/problem+json"),
        (status = 504, description = "It took too long.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn draft(
    axum::extract::State(shared): State,
    parameters: Parameters,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let request = request(&parameters)?;
    let format = format(&headers)?;
    // Bodies are held only while there is a place, so that many at a time cannot fill the memory.
    let Ok(_place) = shared.drafts.try_acquire() else {
        return Err(Problem::new(
            ProblemCode::Overloaded,
            "Too many drafts are being examined; try again in a second.",
        ));
    };
    let limit = shared.options.max_draft;
    let body = to_bytes(body, limit).await.map_err(|_| too_large(limit))?;
    shared
        .answer(Lane::Meaning, move |library| {
            let draft = Draft::read(&body, format).map_err(crate::compare::CompareError::from)?;
            drop(body);
            Ok(library.examine(&draft, &request)?)
        })
        .await
}

fn request(parameters: &Parameters) -> Result<DraftRequest, Problem> {
    parameters.only(NAMES)?;
    let code = |text: &str| text.parse::<Code>().map_err(|error| invalid("jurisdiction", &error));
    let weights = parameters
        .parts("weight")
        .map(|text| weight(text).map_err(|error| invalid("weight", &error)));
    let mut against = GridRequest::about(Subject::Topics(Vec::new()));
    against.regions = parameters.words::<Region>("region")?;
    against.as_of = parameters.day("as_of")?;
    against.weights = weights.collect::<Result<_, _>>()?;
    let codes = parameters.parts("jurisdiction").map(code).collect::<Result<_, _>>()?;
    Ok(DraftRequest {
        against: against.of_jurisdictions(codes),
        model_law: parameters.text("model_law")?.map(model_law_id),
    })
}

fn format(headers: &HeaderMap) -> Result<DraftFormat, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let known = given.and_then(DraftFormat::of_media_type);
    known.ok_or_else(|| {
        let detail = match given {
            Some(given) => format!("A draft of the type `{}` is not read.", super::parameters::short(given)),
            None => "Content-Type is missing, so the format of the draft is not known.".to_owned(),
        };
        Problem::new(ProblemCode::UnsupportedMediaType, detail).allowing(DraftFormat::MEDIA_TYPES)
    })
}

/// The refusal of a draft that is too large.
pub(super) fn too_large(limit: usize) -> Problem {
    let detail = format!(
        "The draft has more than {limit} bytes ({} MB), the most that is read; send it in parts, or without pictures.",
        limit / 1024 / 1024
    );
    Problem::new(ProblemCode::BodyTooLarge, detail)
}
