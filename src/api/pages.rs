//! Two plain pages until the real ones: `/` with a search box, `/docs` with the API. They load nothing from elsewhere.

use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Html;

use crate::api::openapi::document;
use crate::api::problem::ROWS;
use crate::api::work::Shared;

const HEAD: &str = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
<meta name=color-scheme content='light dark'><style>\
body{max-inline-size:70ch;margin:2rem auto;padding-inline:1rem;font:1rem/1.55 ui-serif,Georgia,serif}\
h1,h2,h3,nav,form,table,code,footer{font-family:system-ui,sans-serif}h3{margin-block:1.6em .3em}\
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}\
table{border-collapse:collapse;inline-size:100%}td,th{text-align:start;vertical-align:top;padding:.3em .8em .3em 0;\
border-block-end:1px solid #8886}input{font:inherit;padding:.4em;inline-size:100%;box-sizing:border-box}\
button{font:inherit;padding:.4em 1em;margin-block-start:.5em}footer{margin-block-start:3rem;font-size:.85rem}\
.loud{font-weight:700}</style>";

/// Makes text harmless in HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn footer(shared: &Shared) -> String {
    let meaning = match shared.library.no_meaning() {
        None => "search by words and by meaning".to_owned(),
        Some(why) => format!(
            "<span class=loud>KEYWORD SEARCH ONLY: no model</span> ({})",
            escaped(&why)
        ),
    };
    let corpus: String = shared.library.corpus().chars().take(12).collect();
    format!(
        "<footer><hr>Corpus {} · index generation {} · {meaning} · no legal advice; the texts are summaries of ours, \
         not the words of the law.</footer>",
        escaped(&corpus),
        shared.library.generation()
    )
}

/// The first page.
pub(super) async fn home(State(shared): State<Arc<Shared>>) -> Html<String> {
    Html(format!(
        "{HEAD}<title>Collex</title><main><h1>Collex</h1><p>Law on technology-facilitated gender-based violence: model \
         laws, legislation, decisions and notes of many countries, searched by words and by meaning.</p>\
         <form action=/v1/search><label for=q>Question</label><input id=q name=q type=search \
         placeholder='sharing deepfake nudes without consent' autofocus><button>Search (JSON)</button></form>\
         <nav><p><a href=/docs>The API</a> · <a href=/openapi.json>OpenAPI</a> · <a href=/v1/jurisdictions>Jurisdictions</a> \
         · <a href=/v1/topics>Topics</a> · <a href=/v1/stats>Figures</a></p></nav></main>{}",
        footer(&shared)
    ))
}

/// The documentation of the API, written from its description.
pub(super) async fn docs(State(shared): State<Arc<Shared>>) -> Html<String> {
    let described = serde_json::to_value(document()).unwrap_or_default();
    let text = |value: &serde_json::Value| escaped(value.as_str().unwrap_or_default());
    let mut page = format!(
        "{HEAD}<title>Collex: the API</title><main><h1>The API, version 1</h1><p>{}</p>",
        text(&described["info"]["description"])
    );
    for (path, methods) in described["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            // Writing into a string cannot fail.
            let _ = write!(
                page,
                "<h3><code>{} {}</code></h3>",
                method.to_uppercase(),
                escaped(path)
            );
            let _ = write!(
                page,
                "<p>{} {}</p>",
                text(&operation["summary"]),
                text(&operation["description"])
            );
            let rows = operation["parameters"].as_array().into_iter().flatten();
            let rows: String = rows
                .map(|row| {
                    format!(
                        "<tr><th><code>{}</code><td>{}",
                        text(&row["name"]),
                        text(&row["description"])
                    )
                })
                .collect();
            if !rows.is_empty() {
                let _ = write!(page, "<table>{rows}</table>");
            }
        }
    }
    page.push_str("<h2>Problems</h2><table>");
    for row in ROWS {
        let _ = write!(
            page,
            "<tr><th><code>{}</code><td>{}<td>{}",
            row.0,
            row.1.as_u16(),
            escaped(row.2)
        );
    }
    let _ = write!(page, "</table></main>{}", footer(&shared));
    Html(page)
}
