//! `GET /`: one search form, and what is answered from.

use std::sync::Arc;

use axum::response::Response;

use crate::api::errors::Problem;
use crate::api::html::{escape, page};
use crate::api::lanes::Lane;
use crate::api::parameters::Parameters;
use crate::api::state::State;
use crate::library::Stats;

/// The front page.
pub(super) async fn home(axum::extract::State(shared): State, parameters: Parameters) -> Result<Response, Problem> {
    parameters.only(&[])?;
    let library = Arc::clone(&shared.library);
    let stats = shared.lanes.run(Lane::Words, move || Ok(library.stats()?)).await?;
    Ok(page("Collex", &body(&stats)))
}

fn body(stats: &Stats) -> String {
    let version: String = stats.corpus.chars().take(12).collect();
    let meaning = match (&stats.no_meaning, &stats.model) {
        (Some(why), _) => format!("<p class=\"loud\">keyword search only: no model ({})</p>", escape(why)),
        (None, model) => format!("<p>Model: {}</p>", escape(model.as_deref().unwrap_or("unnamed"))),
    };
    format!(
        "<h1>Collex</h1>\n<p>Law on technology-facilitated gender-based violence: {} documents, {} provisions, decisions \
         and notes of {} jurisdictions.</p>\n<form action=\"/v1/search\" method=\"get\" role=\"search\">\
         <input name=\"q\" type=\"search\" dir=\"auto\" aria-label=\"Question\" autofocus \
         placeholder=\"sharing intimate images without consent\"><button>Search</button></form>\n\
         <p><a href=\"/docs\">How to ask</a> · <a href=\"/openapi.json\">OpenAPI</a> · \
         <a href=\"/v1/jurisdictions\">Jurisdictions</a> · <a href=\"/v1/topics\">Topics</a> · \
         <a href=\"/v1/stats\">Counts</a></p>\n<footer>\n<p>Corpus {}, generation {}, built {}</p>\n{meaning}\n</footer>",
        stats.documents,
        stats.provisions,
        stats.jurisdictions,
        escape(&version),
        stats.generation,
        escape(&stats.built_at),
    )
}
