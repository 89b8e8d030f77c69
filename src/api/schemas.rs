//! `GET /v1/schemas/{name}`: the schemas of the JSON files, cut out of the description of the API.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::response::Response;
use serde_json::{Map, Value, json};

use crate::api::errors::{Code, Problem};
use crate::api::parameters::{Parameters, short};
use crate::api::state::{self, DESCRIPTION};
use crate::law::nearest;

/// Name of a schema, and the type that it describes.
const SCHEMAS: [(&str, &str); 2] = [("grid", "Grid"), ("sheet", "Sheet")];
const COMPONENTS: &str = "#/components/schemas/";

/// Made once, out of what the description says.
static WRITTEN: LazyLock<Vec<(&str, Value)>> =
    LazyLock::new(|| SCHEMAS.iter().map(|(name, root)| (*name, schema(name, root))).collect());

/// The schema of a JSON file.
///
/// JSON Schema, draft 2020-12, of what `format=json` gives of a grid (`grid`) and of a sheet (`sheet`).
#[utoipa::path(
    get,
    path = "/v1/schemas/{name}",
    tag = "operation",
    operation_id = "schema",
    params(("name" = String, Path, description = "`grid` or `sheet`.", example = "grid")),
    responses(
        (status = 200, description = "The schema.", body = Object),
        (status = 404, description = "There is no such schema.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn named(Path(name): Path<String>, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    let names = SCHEMAS.map(|(name, _)| name);
    match WRITTEN.iter().find(|(known, _)| *known == name) {
        Some((_, schema)) => Ok(state::json(state::written(schema)?)),
        None => {
            let hint = nearest(&name, &names).map_or_else(String::new, |near| format!(" Did you mean `{near}`?"));
            let detail = format!("There is no schema `{}`.{hint}", short(&name));
            Err(Problem::new(Code::UnknownId, detail).allowing(names))
        }
    }
}

/// The schema of one type with everything that it refers to, and with what a file has in front.
fn schema(name: &str, root: &str) -> Value {
    let mut names = BTreeSet::from([root.to_owned(), "About".to_owned()]);
    let mut open: Vec<String> = names.iter().cloned().collect();
    let mut definitions = Map::new();
    while let Some(name) = open.pop() {
        let own = &DESCRIPTION["components"]["schemas"][&name];
        refer(own, &mut |to| {
            if names.insert(to.to_owned()) {
                open.push(to.to_owned());
            }
        });
        definitions.insert(name, at_home(own));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("A {name} of Collex as JSON"),
        "type": "object",
        "required": ["$schema", "about"],
        "properties": {
            "$schema": { "const": format!("/v1/schemas/{name}") },
            "about": { "$ref": "#/$defs/About" }
        },
        "$ref": format!("#/$defs/{root}"),
        "$defs": definitions,
    })
}

/// Tells every type that a schema refers to.
fn refer(schema: &Value, tell: &mut impl FnMut(&str)) {
    match schema {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value.as_str().and_then(|to| to.strip_prefix(COMPONENTS)) {
                    Some(to) if name == "$ref" => tell(to),
                    _ => refer(value, tell),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| refer(item, tell)),
        _ => {}
    }
}

/// The schema with its references where they stand in a file of its own.
fn at_home(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => fields
            .iter()
            .map(
                |(name, value)| match value.as_str().and_then(|to| to.strip_prefix(COMPONENTS)) {
                    Some(to) if name == "$ref" => (name.clone(), Value::String(format!("#/$defs/{to}"))),
                    _ => (name.clone(), at_home(value)),
                },
            )
            .collect(),
        Value::Array(items) => items.iter().map(at_home).collect(),
        other => other.clone(),
    }
}
