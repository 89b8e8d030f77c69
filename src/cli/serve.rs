//! `collex` and `collex serve`: the API over HTTP.

use crate::cli::exit::{Context, Failure};

/// Gets the model where it is missing, brings the index up to the corpus, then serves.
#[cfg(not(feature = "serve"))]
pub(super) fn fetched_and_indexed(context: &Context) -> Result<(), Failure> {
    run(context)
}

/// Serves the index that is there.
#[cfg(not(feature = "serve"))]
pub(super) fn run(_: &Context) -> Result<(), Failure> {
    Err(Failure::refused(
        "this program was built without the server; build it with the feature `serve`",
    ))
}

#[cfg(feature = "serve")]
pub(super) use with_server::{fetched_and_indexed, run};

#[cfg(feature = "serve")]
mod with_server {
    use std::io::Write;
    use std::sync::Arc;
    use std::time::Duration;

    use super::*;
    use crate::api::Options;
    use crate::cli::open;
    use crate::library::{Library, Stats};

    /// Gets the model where it is missing, brings the index up to the corpus, then serves.
    pub(in crate::cli) fn fetched_and_indexed(context: &Context) -> Result<(), Failure> {
        let model = open::model(context, true)?;
        crate::cli::index::bring_up_to_date(context, model.as_deref())?;
        serve(context, open::library(context, model)?)
    }

    /// Serves the index that is there.
    pub(in crate::cli) fn run(context: &Context) -> Result<(), Failure> {
        let library = open::library(context, open::model(context, false)?)?;
        open::say_if_behind(context, &library);
        serve(context, library)
    }

    fn serve(context: &Context, library: Library) -> Result<(), Failure> {
        let settings = context.settings();
        let options = Options {
            listen: settings.listen,
            log_queries: settings.log_queries,
            timeout: Duration::from_millis(settings.timeout_ms.max(1)),
            ..Options::default()
        };
        let greeting = greeting(&library)?;
        let library = Arc::new(library);
        Ok(crate::api::serve(library, &options, |address| {
            // On standard output, since whoever started the server may read the address from it. A reader that has
            // gone away is no reason not to serve.
            let mut out = anstream::stdout();
            let strong = crate::cli::print::STRONG;
            let _ = writeln!(out, "Collex serves {strong}http://{address}{strong:#} {greeting}");
            let _ = out.flush();
        })?)
    }

    /// What is served, in a sentence.
    fn greeting(library: &Library) -> Result<String, Failure> {
        let stats = library.stats()?;
        let meaning = match (&stats.model, &stats.no_meaning) {
            (_, Some(reason)) => format!("search by words only: {reason}"),
            (Some(model), None) => format!("search by words and meaning ({model})"),
            (None, None) => "search by words and meaning".to_owned(),
        };
        let Stats {
            documents,
            provisions,
            jurisdictions,
            generation,
            ..
        } = stats;
        Ok(format!(
            "({documents} documents, {provisions} provisions, {jurisdictions} jurisdictions; generation {generation}; \
             {meaning}). Ctrl-C stops it."
        ))
    }
}
