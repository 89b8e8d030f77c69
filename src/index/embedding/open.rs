//! Model folder -> embedder. One way for every folder, the default model's included.

use std::{fs, io, path::Path, thread::available_parallelism};

use fastembed::{InitOptionsUserDefined, TextEmbedding, TokenizerFiles, UserDefinedEmbeddingModel};
use tokenizers::{Tokenizer, TruncationParams};

use super::{
    Embedder, EmbeddingError, ModelSource,
    card::{ModelCard, Pooling},
    convert::{default_card, default_folder},
    named,
    onnx_embedder::{OnnxEmbedder, Prefixes},
    runtime,
    whole_file::Fingerprint,
};

/// Opens the model, which must be in place (see [`fetch()`](super::fetch())).
///
/// `threads` is how many threads one embedding may use; 0 stands for all processors. Files that the model's card
/// lists are checked by length and SHA-256 while they are read.
///
/// # Errors
/// A file is missing, truncated or altered; ONNX Runtime cannot be loaded; the model is not one it understands; a
/// model by name was asked for in a program without hub access.
pub fn open(source: &ModelSource, models_dir: &Path, threads: usize) -> Result<Box<dyn Embedder>, EmbeddingError> {
    let threads = if threads == 0 {
        available_parallelism().map_or(1, usize::from)
    } else {
        threads
    };
    match source {
        ModelSource::Default => {
            let card = default_card(models_dir)?;
            open_folder(&default_folder(models_dir), card, models_dir, threads)
        }
        ModelSource::Folder(folder) => open_folder(folder, ModelCard::read(folder)?, models_dir, threads),
        ModelSource::Named(name) => named::open(name, models_dir, threads),
    }
}

fn open_folder(
    folder: &Path,
    card: ModelCard,
    models_dir: &Path,
    threads: usize,
) -> Result<Box<dyn Embedder>, EmbeddingError> {
    let environment = runtime::environment(models_dir)?;
    let (onnx_file, fingerprint) = read(folder, &card, "model.onnx")?;
    let id = format!("{}-{}", card.name, &fingerprint.sha256[..8]);
    let pooling = match card.pooling {
        Pooling::Mean => fastembed::Pooling::Mean,
        Pooling::Cls => fastembed::Pooling::Cls,
    };
    // Not marked as dynamically quantised although it is: for such models fastembed insists on one batch for
    // all texts, and here every text is a batch of its own.
    let model = UserDefinedEmbeddingModel::new(onnx_file, placeholder_tokenizer()).with_pooling(pooling);
    let options = InitOptionsUserDefined::new()
        .with_environment(environment)
        .with_intra_threads(threads);
    let unusable = |reason: String| EmbeddingError::Load {
        path: folder.to_path_buf(),
        reason,
    };
    let mut loaded =
        TextEmbedding::try_new_from_user_defined(model, options).map_err(|error| unusable(error.to_string()))?;
    loaded.tokenizer = tokenizer(folder, &card)?;
    let prefixes = Prefixes {
        query: card.query_prefix,
        passage: card.passage_prefix,
    };
    Ok(Box::new(OnnxEmbedder::new(id, loaded, prefixes, card.dimensions)?))
}

/// Reads a file of the folder and checks it, if the card lists it.
fn read(folder: &Path, card: &ModelCard, name: &str) -> Result<(Vec<u8>, Fingerprint), EmbeddingError> {
    let path = folder.join(name);
    let bytes = fs::read(&path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => runtime::missing_from_folder(path.clone()),
        _ => EmbeddingError::io(&path)(error),
    })?;
    let found = Fingerprint::of(&bytes);
    if let Some(expected) = card.files.get(name) {
        expected.expect(&path, &found)?;
    }
    Ok((bytes, found))
}

/// Reads `tokenizer.json`, without padding and with truncation to what the model can take.
fn tokenizer(folder: &Path, card: &ModelCard) -> Result<Tokenizer, EmbeddingError> {
    let (bytes, _) = read(folder, card, "tokenizer.json")?;
    let unusable =
        |error: tokenizers::Error| EmbeddingError::malformed(&folder.join("tokenizer.json"), error.to_string());
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(unusable)?;
    let own = tokenizer
        .get_truncation()
        .map_or(usize::MAX, |truncation| truncation.max_length);
    let truncation = TruncationParams {
        max_length: card.max_tokens.min(own),
        ..TruncationParams::default()
    };
    tokenizer.with_truncation(Some(truncation)).map_err(unusable)?;
    // Some models' files ask for padding to a fixed length, which a batch of one text has no use for.
    tokenizer.with_padding(None);
    Ok(tokenizer)
}

/// The least that fastembed accepts as a tokenizer; the real one is put in its place at once.
///
/// fastembed copies the tokenizer it loads, and a copy of 250,000 pieces is some 200 MB that the process would
/// never give back, and a second at every start.
fn placeholder_tokenizer() -> TokenizerFiles {
    TokenizerFiles {
        tokenizer_file: br#"{"version": "1.0", "added_tokens": [],
            "model": {"type": "WordLevel", "unk_token": "x", "vocab": {"x": 0}}}"#
            .to_vec(),
        config_file: b"{}".to_vec(),
        special_tokens_map_file: b"{}".to_vec(),
        tokenizer_config_file: br#"{"model_max_length": 8, "pad_token": "x"}"#.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokenizer_is_truncated_to_the_smaller_of_two_limits() {
        let folder = tempfile::tempdir().unwrap();
        let files = placeholder_tokenizer();
        fs::write(folder.path().join("tokenizer.json"), files.tokenizer_file).unwrap();
        let mut card = ModelCard::read(folder.path()).unwrap();
        let longest = |card: &ModelCard| {
            tokenizer(folder.path(), card)
                .unwrap()
                .get_truncation()
                .unwrap()
                .max_length
        };
        assert_eq!(longest(&card), 512);
        card.max_tokens = 128;
        assert_eq!(longest(&card), 128);
    }
}
