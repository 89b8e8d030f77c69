//! `GET /v1/topics`: what provisions are about, by name, label and place in the tree, with counts; also as SKOS.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::api::documents::identifier;
use crate::api::errors::{Code, Problem};
use crate::api::lanes::Lane;
use crate::api::parameters::{Parameters, invalid, short};
use crate::api::skos;
use crate::api::state::{Shared, State, json, written};
use crate::law::{TAXONOMY_LANGUAGES, Taxonomy, nearest};
use crate::library::{Library, TopicEntry};

/// Topics and the groups that they stand in.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct TopicsAnswer {
    /// How many there are.
    total: usize,
    /// Concepts in the order of their names; those looked for, where a question was asked.
    topics: Vec<TopicEntry>,
}

/// How an answer is written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Json,
    Turtle,
    JsonLd,
}

const FORMS: [(&str, &str, Form); 3] = [
    ("json", "application/json", Form::Json),
    ("turtle", "text/turtle", Form::Turtle),
    ("json-ld", "application/ld+json", Form::JsonLd),
];

/// Every topic of the closed list and the groups above them: labels in six languages, definitions, broader and narrower
/// concepts, places in international frameworks, and how many provisions and jurisdictions are on it.
///
/// As JSON, or as SKOS in Turtle or JSON-LD: by `format`, or by the header Accept.
#[utoipa::path(
    get,
    path = "/v1/topics",
    tag = "lists",
    operation_id = "topics",
    params(
        ("q" = Option<String>, Query, description = "Words in any of the six languages: only the concepts that they call.", example = "revenge porn"),
        ("language" = Option<String>, Query, description = "Language of `label`: en (default), fr, es, pt, ar or sw.", example = "fr"),
        ("format" = Option<String>, Query, description = "json (default), turtle or json-ld.", example = "turtle"),
    ),
    responses(
        (status = 200, description = "The topics.", content((TopicsAnswer = "application/json"), (String = "text/turtle"), (Object = "application/ld+json"))),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn topics(
    axum::extract::State(shared): State,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.only(&["q", "language", "format"])?;
    let language = language(&parameters)?;
    let form = form(&parameters, &headers)?;
    let words = parameters.text("q")?.map(str::to_owned);
    let ask = move |library: &Library| match &words {
        Some(words) => library.topics_called(words, language),
        None => library.topics(language),
    };
    respond(
        &shared,
        form,
        move |library| Ok(ask(library)?),
        |topics| {
            written(&TopicsAnswer {
                total: topics.len(),
                topics,
            })
        },
    )
    .await
}

/// One topic or group of topics by its name.
#[utoipa::path(
    get,
    path = "/v1/topics/{id}",
    tag = "look-up",
    operation_id = "topic",
    params(
        ("id" = String, Path, description = "Name of the topic or group.", example = "intimate-image-abuse"),
        ("language" = Option<String>, Query, description = "Language of `label`: en (default), fr, es, pt, ar or sw."),
        ("format" = Option<String>, Query, description = "json (default), turtle or json-ld."),
    ),
    responses(
        (status = 200, description = "The topic.", content((TopicEntry = "application/json"), (String = "text/turtle"), (Object = "application/ld+json"))),
        (status = 400, description = "A parameter is wrong.", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "There is no such topic; the nearest is named.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn topic(
    axum::extract::State(shared): State,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    parameters.only(&["language", "format"])?;
    let language = language(&parameters)?;
    let form = form(&parameters, &headers)?;
    let id = identifier(id)?;
    let ask = move |library: &Library| {
        let mut topics = library.topics(language)?;
        let known: Vec<String> = topics.iter().map(|entry| entry.concept.id.clone()).collect();
        topics.retain(|entry| entry.concept.id == id);
        if topics.is_empty() {
            Err(unknown(&id, &known))
        } else {
            Ok(topics)
        }
    };
    respond(&shared, form, ask, |mut topics| written(&topics.pop())).await
}

/// Asks for entries and writes them in the form asked for.
async fn respond(
    shared: &Shared,
    form: Form,
    ask: impl FnOnce(&Library) -> Result<Vec<TopicEntry>, Problem> + Send + 'static,
    as_json: impl FnOnce(Vec<TopicEntry>) -> Result<Vec<u8>, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let library = std::sync::Arc::clone(&shared.library);
    let write = move || {
        let topics = ask(&library)?;
        if form == Form::Json {
            return as_json(topics);
        }
        let taxonomy = Taxonomy {
            concepts: topics.into_iter().map(|entry| entry.concept).collect(),
        };
        if form == Form::Turtle {
            skos::turtle(&taxonomy)
        } else {
            skos::json_ld(&taxonomy)
        }
    };
    let body = shared.lanes.run(Lane::Words, write).await?;
    let media = FORMS
        .iter()
        .find(|(_, _, known)| *known == form)
        .map_or("", |(_, media, _)| media);
    if form == Form::Json {
        return Ok(json(body));
    }
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(media))], body).into_response())
}

fn language(parameters: &Parameters) -> Result<&'static str, Problem> {
    let given = parameters.text("language")?.unwrap_or("en");
    let known = TAXONOMY_LANGUAGES.into_iter().find(|language| *language == given);
    known.ok_or_else(|| {
        let detail = format!("`{}` is not a language of the taxonomy", short(given));
        invalid("language", &detail).allowing(TAXONOMY_LANGUAGES)
    })
}

fn form(parameters: &Parameters, headers: &HeaderMap) -> Result<Form, Problem> {
    if let Some(given) = parameters.text("format")? {
        let known = FORMS.iter().find(|(name, ..)| *name == given).map(|(_, _, form)| *form);
        return known.ok_or_else(|| {
            let detail = format!("`{}` is not a form of this answer", short(given));
            invalid("format", &detail).allowing(FORMS.map(|(name, ..)| name))
        });
    }
    let accepted = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let wanted = accepted
        .split(',')
        .map(|part| part.split(';').next().unwrap_or_default().trim());
    let known = |media: &str| FORMS.iter().find(|(_, own, _)| *own == media).map(|(_, _, form)| *form);
    Ok(wanted.filter_map(known).next().unwrap_or(Form::Json))
}

fn unknown(id: &str, known: &[String]) -> Problem {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let hint = nearest(id, &names).map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
    Problem::new(Code::UnknownId, format!("There is no topic `{}`.{hint}", short(id))).allowing(names)
}
