//! Models that fastembed knows by name and loads from a hub; needs the feature `hub`.

use std::path::{Path, PathBuf};

use fastembed::{EmbeddingModel, TextEmbedding};

#[cfg(feature = "hub")]
use super::onnx_embedder::{OnnxEmbedder, Prefixes};
use super::{Embedder, EmbeddingError};

/// Downloads the model if it is not in the hub's cache under the models folder; gives its place there.
pub(super) fn fetch(name: &str, models_dir: &Path) -> Result<PathBuf, EmbeddingError> {
    // fastembed downloads where it loads.
    open(name, models_dir, 1)?;
    place(name, models_dir)
}

/// Where hub models are kept.
fn hub_cache(models_dir: &Path) -> PathBuf {
    models_dir.join("hub")
}

/// Looks a name up in fastembed's list (upper and lower case are the same).
fn known(name: &str) -> Result<EmbeddingModel, EmbeddingError> {
    name.parse().map_err(|_| {
        let known: Vec<String> = TextEmbedding::list_supported_models()
            .iter()
            .map(|model| format!("{:?}", model.model))
            .collect();
        EmbeddingError::UnknownName {
            name: name.to_owned(),
            known: known.join(", "),
        }
    })
}

/// Whether a model of this name exists and this program can load it.
pub(super) fn check(name: &str) -> Result<(), EmbeddingError> {
    known(name)?;
    if cfg!(feature = "hub") {
        Ok(())
    } else {
        Err(EmbeddingError::HubMissing { name: name.to_owned() })
    }
}

/// Where the hub's client keeps this model.
pub(super) fn place(name: &str, models_dir: &Path) -> Result<PathBuf, EmbeddingError> {
    let model = known(name)?;
    let code = TextEmbedding::get_model_info(&model).map(|info| info.model_code.replace('/', "--"));
    Ok(hub_cache(models_dir).join(format!("models--{}", code.unwrap_or_default())))
}

/// Opens a model by name.
#[cfg(feature = "hub")]
pub(super) fn open(name: &str, models_dir: &Path, threads: usize) -> Result<Box<dyn Embedder>, EmbeddingError> {
    let model = known(name)?;
    let dimensions = TextEmbedding::get_model_info(&model).ok().map(|info| info.dim);
    let id = format!("fastembed-{model:?}");
    let prefixes = prefixes(&format!("{model:?}"));
    let embedder = OnnxEmbedder::new(id, load(name, models_dir, threads)?, prefixes, dimensions)?;
    Ok(Box::new(embedder))
}

#[cfg(feature = "hub")]
fn load(name: &str, models_dir: &Path, threads: usize) -> Result<TextEmbedding, EmbeddingError> {
    let options = fastembed::TextInitOptions::new(known(name)?)
        .with_cache_dir(hub_cache(models_dir))
        .with_environment(super::runtime::environment(models_dir)?)
        .with_intra_threads(threads)
        .with_show_download_progress(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    TextEmbedding::try_new(options).map_err(|error| EmbeddingError::Load {
        path: hub_cache(models_dir),
        reason: error.to_string(),
    })
}

/// Without hub access a model by name cannot be opened; an unknown name is told first.
#[cfg(not(feature = "hub"))]
pub(super) fn open(name: &str, _models_dir: &Path, _threads: usize) -> Result<Box<dyn Embedder>, EmbeddingError> {
    Err(check(name)
        .err()
        .unwrap_or_else(|| EmbeddingError::HubMissing { name: name.to_owned() }))
}

/// What a family of models was trained to see before its input, as the models' own cards say.
#[cfg(feature = "hub")]
fn prefixes(name: &str) -> Prefixes {
    const SEARCH: &str = "Represent this sentence for searching relevant passages: ";
    let (query, passage) = match name {
        _ if name.starts_with("MultilingualE5") => ("query: ", "passage: "),
        _ if name.starts_with("Nomic") || name.starts_with("ModernBertEmbed") => {
            ("search_query: ", "search_document: ")
        }
        _ if name.starts_with("EmbeddingGemma") => ("task: search result | query: ", "title: none | text: "),
        _ if name.starts_with("BGESmallZH") => ("为这个句子生成表示以用于检索相关文章：", ""),
        _ if name.starts_with("BGEM3") => ("", ""),
        _ if name.starts_with("BGE") || name.starts_with("Mxbai") || name.starts_with("SnowflakeArctic") => {
            (SEARCH, "")
        }
        _ => ("", ""),
    };
    Prefixes {
        query: query.to_owned(),
        passage: passage.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_name_is_told_with_the_known_ones() {
        let error = known("e5-tiny").unwrap_err().to_string();
        assert!(
            error.contains("e5-tiny") && error.contains("MultilingualE5Large"),
            "{error}"
        );
        assert!(known("multilinguale5large").is_ok());
    }

    #[cfg(not(feature = "hub"))]
    #[test]
    fn without_hub_access_the_error_says_what_to_do() {
        let error = open("BGEM3", Path::new("models"), 1).err().unwrap().to_string();
        assert!(error.contains("--features hub") && error.contains("path"), "{error}");
    }
}
