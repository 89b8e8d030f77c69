//! Models that fastembed knows by name.

use std::path::Path;

use super::{Embedder, EmbeddingError};

/// Opens fastembed's model `name`; the first time it is downloaded from a hub.
#[cfg(not(feature = "hub"))]
pub(super) fn open(name: &str, _: &Path, _: usize) -> Result<Box<dyn Embedder>, EmbeddingError> {
    Err(EmbeddingError::HubMissing { name: name.to_owned() })
}

/// Opens fastembed's model `name`; the first time it is downloaded from a hub.
#[cfg(feature = "hub")]
pub(super) fn open(name: &str, models_dir: &Path, threads: usize) -> Result<Box<dyn Embedder>, EmbeddingError> {
    use super::{
        card::{Card, Pooling},
        onnx_embedder::OnnxEmbedder,
    };
    use fastembed::{TextEmbedding, TextInitOptions};

    let known = TextEmbedding::list_supported_models();
    let found = known.iter().find(|info| {
        info.model_code.eq_ignore_ascii_case(name) || format!("{:?}", info.model).eq_ignore_ascii_case(name)
    });
    let info = found.ok_or_else(|| EmbeddingError::UnknownName {
        name: name.to_owned(),
        known: known
            .iter()
            .map(|info| info.model_code.as_str())
            .collect::<Vec<_>>()
            .join(", "),
    })?;
    super::runtime::load(models_dir)?;
    let options = TextInitOptions::new(info.model.clone())
        .with_cache_dir(models_dir.to_path_buf())
        .with_intra_threads(threads)
        .with_show_download_progress(true);
    let loaded = TextEmbedding::try_new(options);
    let model = loaded.map_err(|error| EmbeddingError::Load {
        path: models_dir.to_path_buf(),
        reason: error.to_string(),
    })?;
    // The prefixes of the e5 family stand in its model cards; other families take a text as it is.
    let prefix = |text: &str| {
        if info.model_code.contains("-e5-") {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let card = Card {
        name: info.model_code.replace('/', "--"),
        dimensions: info.dim,
        query_prefix: prefix("query: "),
        passage_prefix: prefix("passage: "),
        max_tokens: super::tokenizer_files::LONGEST,
        pooling: Pooling::default(),
        files: Default::default(),
    };
    Ok(Box::new(OnnxEmbedder {
        id: card.name.clone(),
        card,
        model: std::sync::Mutex::new(model),
    }))
}
