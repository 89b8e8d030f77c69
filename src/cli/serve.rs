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
    use crate::cli::open;
    use crate::library::Library;

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
        let stats = library.stats()?;
        let settings = context.settings();
        let options = crate::api::Options {
            listen: settings.listen,
            log_queries: settings.log_queries,
            timeout: Duration::from_millis(settings.timeout_ms.max(1)),
            ..crate::api::Options::default()
        };
        let meaning = match (&stats.model, &stats.no_meaning) {
            (Some(model), _) => format!("search by words and by meaning ({model})"),
            (None, why) => format!("KEYWORD SEARCH ONLY, NO MODEL ({})", why.as_deref().unwrap_or("switched off")),
        };
        crate::api::serve(Arc::new(library), &options, |address| {
            let mut out = anstream::stdout();
            // Nobody reading it is no reason to stop.
            let _ = writeln!(
                out,
                "Collex serves http://{address} ({} documents, {} provisions; {meaning}). Ctrl-C stops it.",
                stats.documents, stats.provisions
            );
            let _ = out.flush();
        })?;
        Ok(())
    }
}
