//! `GET /docs`: the description of the API as a page to read; `/problems/{code}` leads to its place there.

use std::fmt::Write;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::Value;

use crate::api::documents::identifier;
use crate::api::errors::{Code, Problem};
use crate::api::html::{escape, page, prose};
use crate::api::parameters::{Parameters, short};
use crate::api::state::DESCRIPTION;

static BODY: LazyLock<String> = LazyLock::new(|| body(&DESCRIPTION));

/// The page.
pub(super) async fn docs(parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    Ok(page("Collex: how to ask", &BODY))
}

/// The place where a kind of failure is described.
pub(super) async fn problem(code: Result<Path<String>, PathRejection>) -> Result<Response, Problem> {
    let code = identifier(code)?;
    let words = Code::ALL.iter().map(|code| code.as_str());
    match words.clone().find(|word| *word == code) {
        Some(word) => Ok(Redirect::permanent(&format!("/docs#{word}")).into_response()),
        None => Err(Problem::new(Code::UnknownId, format!("There is no failure `{}`.", short(&code))).allowing(words)),
    }
}

fn body(description: &Value) -> String {
    let info = &description["info"];
    let mut html = format!(
        "<p><a href=\"/\">Collex</a></p>\n<h1>How to ask</h1>\n<p>Version {}. {} The same for programs: \
         <a href=\"/openapi.json\">openapi.json</a>.</p>\n<ul>\n",
        text(&info["version"]),
        prose(info["description"].as_str().unwrap_or_default()),
    );
    let mut details = String::new();
    for (path, item) in entries(&description["paths"]) {
        for (method, operation) in entries(item) {
            let id = text(&operation["operationId"]);
            let name = format!("{} {}", method.to_uppercase(), escape(path));
            push(
                &mut html,
                format_args!(
                    "<li><a href=\"#{id}\"><code>{name}</code></a> {}</li>\n",
                    told(operation)
                ),
            );
            push(&mut details, format_args!("<h2 id=\"{id}\"><code>{name}</code></h2>\n"));
            one_operation(&mut details, operation);
        }
    }
    push(
        &mut html,
        format_args!("<li><a href=\"#failures\">Failures</a></li><li><a href=\"#types\">Types</a></li>\n</ul>\n"),
    );
    html.push_str(&details);
    failures(&mut html);
    html.push_str("<h2 id=\"types\">Types</h2>\n");
    for (name, schema) in entries(&description["components"]["schemas"]) {
        one_type(&mut html, name, schema);
    }
    html
}

fn told(operation: &Value) -> String {
    prose(operation["summary"].as_str().unwrap_or_default())
}

fn one_operation(html: &mut String, operation: &Value) {
    push(html, format_args!("<p>{}</p>\n", told(operation)));
    if let Some(more) = operation["description"].as_str() {
        push(html, format_args!("<p>{}</p>\n", prose(more)));
    }
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    if !parameters.is_empty() {
        html.push_str("<table><thead><tr><th>Parameter</th><th>Type</th><th>What it does</th></tr></thead><tbody>\n");
        for parameter in parameters {
            let example = parameter["example"].as_str();
            let example = example.map_or_else(String::new, |text| format!(" Example: <code>{}</code>", escape(text)));
            let row = format!(
                "<tr><td><code>{}</code></td><td>{}</td><td>{}{example}</td></tr>\n",
                text(&parameter["name"]),
                type_of(&parameter["schema"]),
                prose(parameter["description"].as_str().unwrap_or_default()),
            );
            html.push_str(&row);
        }
        html.push_str("</tbody></table>\n");
    }
    html.push_str("<p>Answers:</p>\n<ul>\n");
    for (status, response) in entries(&operation["responses"]) {
        let body = entries(&response["content"])
            .next()
            .map(|(kind, content)| format!(" <code>{}</code>: {}", escape(kind), type_of(&content["schema"])));
        let about = prose(response["description"].as_str().unwrap_or_default());
        push(
            html,
            format_args!("<li><code>{status}</code> {about}{}</li>\n", body.unwrap_or_default()),
        );
    }
    html.push_str("</ul>\n");
}

fn failures(html: &mut String) {
    html.push_str(
        "<h2 id=\"failures\">Failures</h2>\n<p>Each is <code>application/problem+json</code> (RFC 9457) with one of these \
         codes, what was wrong in <code>detail</code>, and what is allowed in <code>allowed</code> where it can be listed. \
         </p>\n<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>Cure</th></tr></thead><tbody>\n",
    );
    for code in Code::ALL {
        let row = format!(
            "<tr id=\"{word}\"><td><code>{word}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            code.status().as_u16(),
            prose(code.title()),
            prose(code.cure()),
            word = code.as_str(),
        );
        html.push_str(&row);
    }
    html.push_str("</tbody></table>\n");
}

fn one_type(html: &mut String, name: &str, schema: &Value) {
    let about = prose(schema["description"].as_str().unwrap_or_default());
    push(
        html,
        format_args!("<h3 id=\"type-{0}\">{0}</h3>\n<p>{about}</p>\n", escape(name)),
    );
    let parts = schema["allOf"]
        .as_array()
        .map_or(std::slice::from_ref(schema), Vec::as_slice);
    for part in parts {
        if part["properties"].is_object() {
            html.push_str("<table><thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead><tbody>\n");
            for (field, schema) in entries(&part["properties"]) {
                let meaning = prose(schema["description"].as_str().unwrap_or_default());
                let row = format!(
                    "<tr><td><code>{}</code></td><td>{}</td><td>{meaning}</td></tr>\n",
                    escape(field),
                    type_of(schema)
                );
                html.push_str(&row);
            }
            html.push_str("</tbody></table>\n");
        } else {
            push(html, format_args!("<p>{}</p>\n", type_of(part)));
        }
    }
}

/// A type in a few words, with links.
fn type_of(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("<a href=\"#type-{0}\">{0}</a>", escape(name));
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("<code>{}</code>", text(value)))
            .collect();
        return values.join(" · ");
    }
    let choices = schema["oneOf"].as_array().or_else(|| schema["allOf"].as_array());
    if let Some(choices) = choices {
        return choices.iter().map(type_of).collect::<Vec<_>>().join(" or ");
    }
    if schema["items"].is_object() {
        return format!("list of {}", type_of(&schema["items"]));
    }
    if schema["additionalProperties"].is_object() {
        return format!("names with {}", type_of(&schema["additionalProperties"]));
    }
    match &schema["type"] {
        Value::String(one) => escape(one),
        Value::Array(several) => several.iter().map(text).collect::<Vec<_>>().join(" or "),
        _ if schema["properties"].is_object() => "object".to_owned(),
        _ => "any".to_owned(),
    }
}

fn entries(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

fn push(html: &mut String, arguments: std::fmt::Arguments<'_>) {
    html.write_fmt(arguments).expect("a string takes everything");
}
