//! `GET /openapi.json`: the description of the API, generated from the handlers.

use std::collections::BTreeMap;

use axum::response::Response;
use utoipa::OpenApi;
use utoipa::openapi::path::ParameterStyle;
use utoipa::openapi::{RefOr, Schema};

use crate::api::errors::{Code, Problem};
use crate::api::parameters::Parameters;
use crate::api::state::{DESCRIPTION, json, written};
use crate::api::{
    compare, documents, drafts, health, jurisdictions, metrics, provisions, schemas, search, sheets, stats, topics,
    wording,
};
use crate::compare::{AskedState, CellState, Degree, DifferenceKind, Reuse};
use crate::export::{About, Format};
use crate::law::{
    Confidence, Element, InForce, InstrumentType, Kind, LegalSystem, Region, Relation, SourceKind, Status, TextKind,
    Topic,
};

/// Collects what stands over the handlers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Collex",
        description = "Search, look up and compare law on technology-facilitated gender-based violence. Every answer is JSON; every failure is `application/problem+json` with a stable code. Answers carry an ETag: send it back as If-None-Match and an unchanged answer costs nothing.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        search::search,
        compare::compare,
        compare::timeline,
        sheets::sheet,
        schemas::named,
        drafts::draft,
        wording::wording,
        documents::document,
        provisions::provision,
        provisions::similar,
        jurisdictions::jurisdictions,
        topics::topics,
        topics::topic,
        stats::stats,
        health::live,
        health::ready,
        metrics::metrics,
        openapi,
    ),
    tags(
        (name = "search", description = "Provisions by words and meaning"),
        (name = "compare", description = "Provisions of any number of jurisdictions in one grid"),
        (name = "look-up", description = "One document or provision by its identifier"),
        (name = "lists", description = "What there is"),
        (name = "operation", description = "For whoever runs the server"),
    ),
    components(schemas(About))
)]
struct Description;

/// The OpenAPI 3.1 document of this API.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut description = Description::openapi();
    // Lists are parted by commas: `style=form` without exploding, which the attribute cannot say.
    for path in description.paths.paths.values_mut() {
        let parameters = [&mut path.get, &mut path.post]
            .into_iter()
            .flatten()
            .flat_map(|operation| operation.parameters.iter_mut().flatten());
        for parameter in parameters {
            let RefOr::T(parameter) = parameter else { continue };
            if matches!(parameter.style, Some(ParameterStyle::Form)) {
                parameter.explode = Some(false);
            }
        }
    }
    if let Some(components) = description.components.as_mut() {
        amend(&mut components.schemas);
    }
    description
}

/// What the derived schemas cannot know.
fn amend(schemas: &mut BTreeMap<String, RefOr<Schema>>) {
    // The wire has `{"start": 3, "end": 9}`, as ranges are written by serde.
    if let Some(RefOr::T(Schema::Object(snippet))) = schemas.get_mut("Snippet") {
        snippet.properties.insert("highlights".to_owned(), highlights());
    }
    // Closed lists are written by a macro, inside of which the derive does not see how serde renames their values.
    words(schemas, "AskedState", AskedState::ALL.iter().map(|one| one.as_str()));
    words(schemas, "CellState", CellState::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Code", Code::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Confidence", Confidence::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Degree", Degree::ALL.iter().map(|one| one.as_str()));
    words(
        schemas,
        "DifferenceKind",
        DifferenceKind::ALL.iter().map(|one| one.as_str()),
    );
    words(schemas, "Element", Element::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Format", Format::ALL.iter().map(|one| one.as_str()));
    words(schemas, "InForce", InForce::ALL.iter().map(|one| one.as_str()));
    words(
        schemas,
        "InstrumentType",
        InstrumentType::ALL.iter().map(|one| one.as_str()),
    );
    words(schemas, "Kind", Kind::ALL.iter().map(|one| one.as_str()));
    words(schemas, "LegalSystem", LegalSystem::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Region", Region::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Relation", Relation::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Reuse", Reuse::ALL.iter().map(|one| one.as_str()));
    words(schemas, "SourceKind", SourceKind::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Status", Status::ALL.iter().map(|one| one.as_str()));
    words(schemas, "TextKind", TextKind::ALL.iter().map(|one| one.as_str()));
    words(schemas, "Topic", Topic::ALL.iter().map(|one| one.as_str()));
}

fn words(schemas: &mut BTreeMap<String, RefOr<Schema>>, name: &str, words: impl Iterator<Item = &'static str>) {
    if let Some(RefOr::T(Schema::Object(list))) = schemas.get_mut(name) {
        list.enum_values = Some(words.map(Into::into).collect());
    }
}

fn highlights() -> RefOr<Schema> {
    use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
    let place = || ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0));
    let range = ObjectBuilder::new()
        .property("start", place())
        .property("end", place())
        .required("start")
        .required("end");
    let about = "What to highlight, in characters of `text`, the end not included; in order, apart from one another.";
    ArrayBuilder::new().items(range).description(Some(about)).into()
}

/// This description of the API.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "operation",
    operation_id = "openapi",
    responses((status = 200, description = "An OpenAPI 3.1 document.", body = Object))
)]
pub(super) async fn openapi(parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    Ok(json(written(&*DESCRIPTION)?))
}
