//! What several commands need first: the model, an index that is up to date, the library over both.

use std::sync::Arc;

use crate::cli::exit::{Context, Failure, sentence};
use crate::corpus::Roots;
use crate::index::Generation;
use crate::index::embedding::Embedder;
use crate::index::manifest::corpus_hash;
use crate::library::Library;
use crate::search::{Limits, Tuning};

/// The folders that are read.
pub(super) fn roots(context: &Context) -> Roots {
    let settings = context.settings();
    Roots {
        corpus: settings.corpus.clone(),
        model_laws: settings.model_laws.clone(),
    }
}

/// Threads for the model: what the settings say, or every core.
#[cfg(feature = "embed")]
fn threads(context: &Context) -> usize {
    match context.settings().threads {
        0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
        threads => threads,
    }
}

/// Opens the model that the settings name; none where it is off or cannot be had, which is said loudly.
///
/// `fetch` gets it first where it is missing.
#[cfg(feature = "embed")]
pub(super) fn model(context: &Context, fetch: bool) -> Result<Option<Arc<dyn Embedder>>, Failure> {
    use crate::index::embedding::{self, EmbeddingError};

    let settings = context.settings();
    if settings.model == "off" {
        return Ok(None);
    }
    let source = crate::cli::model::source(context)?;
    let opened = match embedding::open(&source, &settings.models, threads(context)) {
        Err(error) if fetch => {
            match error {
                EmbeddingError::Missing { .. } => {
                    context.remark("The embedding model is not in place yet; getting it, once.")
                }
                error => context.remark(&format!(
                    "The embedding model cannot be opened ({error}); getting it anew."
                )),
            }
            crate::cli::model::fetch(context, &source)
                .and_then(|_| embedding::open(&source, &settings.models, threads(context)))
        }
        opened => opened,
    };
    match opened {
        Ok(model) => Ok(Some(Arc::from(model))),
        Err(error) => {
            let reason = sentence(&anyhow::Error::from(error));
            context.warn(&format!("no model, search is by words only: {reason}"));
            Ok(None)
        }
    }
}

/// Built without models: search is by words.
#[cfg(not(feature = "embed"))]
pub(super) fn model(context: &Context, _fetch: bool) -> Result<Option<Arc<dyn Embedder>>, Failure> {
    if context.settings().model != "off" {
        context.warn("no model, search is by words only: this program was built without the feature `embed`");
    }
    Ok(None)
}

/// The library over the index that is there; one is built where there is none or it cannot be used.
///
/// An index that is behind the corpus is used as it is, so that a search never takes minutes unasked; it is said.
pub(super) fn library(context: &Context, model: Option<Arc<dyn Embedder>>) -> Result<Library, Failure> {
    let settings = context.settings();
    let open = || Library::open(&settings.index, model.clone(), tuning(context)?).map_err(Failure::from);
    let library = if Generation::current_number(&settings.index).is_none() {
        crate::cli::index::bring_up_to_date(context, model.as_deref())?;
        open()?
    } else {
        match open() {
            Err(Failure::Environment(error)) => {
                context.warn(&sentence(&error));
                crate::cli::index::bring_up_to_date(context, model.as_deref())?;
                open()?
            }
            opened => opened?,
        }
    };
    for warning in library.warnings() {
        context.warn(&warning);
    }
    let limits = Limits {
        max_query_chars: settings.max_query_chars,
        max_page: settings.max_page,
    };
    Ok(library.with_limits(limits))
}

/// Says so where the corpus has changed since the index was built.
pub(super) fn say_if_behind(context: &Context, library: &Library) {
    let files = crate::corpus::fingerprint(&roots(context));
    if files.is_ok_and(|files| corpus_hash(&files) != library.corpus()) {
        context.warn("the corpus has changed since the index was built; `collex index` brings it up to date");
    }
}

/// The settings of ranking: measured defaults, changed by the table `search` of the settings.
pub(super) fn tuning(context: &Context) -> Result<Tuning, Failure> {
    let given = context.settings().search.iter().map(|(key, value)| {
        // Counts are whole numbers to the one who reads them.
        let number = if value.fract() == 0.0 && *value >= 0.0 {
            serde_json::json!(*value as u64)
        } else {
            (*value).into()
        };
        (key.clone(), number)
    });
    serde_json::from_value(serde_json::Value::Object(given.collect()))
        .map_err(|error| Failure::refused(format!("the settings of `search` cannot be read: {error}")))
}
