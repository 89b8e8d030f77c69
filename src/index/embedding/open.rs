//! Opens the model that is asked for.

use std::{fs, path::Path, sync::Mutex};

use fastembed::{InitOptionsUserDefined, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};

use super::{
    Embedder, EmbeddingError, ModelSource,
    card::{Card, Pooling},
    fetch, named,
    onnx_embedder::OnnxEmbedder,
    runtime,
    whole_file::Fingerprint,
};

/// Opens a model, for `threads` threads; nothing is downloaded, but for models by name (feature `hub`).
///
/// # Errors
/// When files are missing or damaged, or ONNX Runtime refuses them; each error says what to do.
pub fn open(source: &ModelSource, models_dir: &Path, threads: usize) -> Result<Box<dyn Embedder>, EmbeddingError> {
    let folder = match source {
        ModelSource::Default => models_dir.join(fetch::NAME),
        ModelSource::Folder(folder) => folder.clone(),
        ModelSource::Named(name) => return named::open(name, models_dir, threads),
    };
    let card = Card::read(&folder)?;
    runtime::load(models_dir)?;
    let read = |name: &str| {
        let path = folder.join(name);
        let content = fs::read(&path).map_err(EmbeddingError::io(&path))?;
        // The length alone: hashing 80 MB at every start would be felt, and `collex model status` does it.
        match card.files.get(name) {
            Some(expected) if expected.bytes != content.len() as u64 => {
                let found = Fingerprint {
                    bytes: content.len() as u64,
                    sha256: String::new(),
                };
                expected.expect(&path, &found).map(|()| content)
            }
            _ => Ok(content),
        }
    };
    let onnx = read("model.onnx")?;
    let short = match card.files.get("model.onnx") {
        Some(fingerprint) => fingerprint.sha256.clone(),
        None => Fingerprint::of(&onnx).sha256,
    };
    let tokenizer = TokenizerFiles {
        tokenizer_file: read("tokenizer.json")?,
        config_file: read("config.json")?,
        special_tokens_map_file: read("special_tokens_map.json")?,
        tokenizer_config_file: read("tokenizer_config.json")?,
    };
    let pooling = match card.pooling {
        Pooling::Mean => fastembed::Pooling::Mean,
        Pooling::Cls => fastembed::Pooling::Cls,
    };
    let model = UserDefinedEmbeddingModel::new(onnx, tokenizer).with_pooling(pooling);
    let options = InitOptionsUserDefined::new()
        .with_max_length(card.max_tokens)
        .with_intra_threads(threads.max(1));
    let model = TextEmbedding::try_new_from_user_defined(model, options).map_err(|error| EmbeddingError::Load {
        path: folder.clone(),
        reason: error.to_string(),
    })?;
    let id = format!("{}-{}", card.name, short.get(..8).unwrap_or(&short));
    Ok(Box::new(OnnxEmbedder {
        id,
        card,
        model: Mutex::new(model),
    }))
}
