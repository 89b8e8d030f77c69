//! What of a model is in place, and whether it is whole.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{EmbeddingError, ModelSource, card::Card, fetch, pins, whole_file::Fingerprint};

/// State of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// There, with the expected content.
    Whole,
    /// There, with nothing to compare it to.
    Unchecked,
    /// Not there.
    Missing,
    /// Truncated or another file; with what differs.
    Altered(String),
}

/// One file and its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileStatus {
    /// Where it stands or should stand.
    pub path: PathBuf,
    /// Its length in bytes, 0 when it is missing.
    pub bytes: u64,
    /// Whether it is whole.
    pub state: FileState,
}

/// The files of a model and of ONNX Runtime.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelStatus {
    /// Which model was asked for.
    pub source: String,
    /// Whether it can be opened.
    pub ready: bool,
    /// Every file that it needs.
    pub files: Vec<FileStatus>,
}

/// Looks at every file of the model and hashes it.
///
/// # Errors
/// When a file is there and cannot be read.
pub fn status(source: &ModelSource, models_dir: &Path) -> Result<ModelStatus, EmbeddingError> {
    let mut files = Vec::new();
    if let Some(runtime) = pins::runtime() {
        files.push(state(runtime.place(models_dir), Some(&runtime.fingerprint())));
    }
    match source {
        ModelSource::Default => files.extend(of_folder(&models_dir.join(fetch::NAME))?),
        ModelSource::Folder(folder) => files.extend(of_folder(folder)?),
        ModelSource::Named(_) => {}
    }
    let ready = files
        .iter()
        .all(|file| matches!(file.state, FileState::Whole | FileState::Unchecked));
    Ok(ModelStatus {
        source: source.to_string(),
        ready,
        files,
    })
}

/// Whether the model in `folder` has a card and every file that the card names, whole.
pub(super) fn is_whole(folder: &Path) -> Result<bool, EmbeddingError> {
    Ok(of_folder(folder)?.iter().all(|file| file.state == FileState::Whole))
}

fn of_folder(folder: &Path) -> Result<Vec<FileStatus>, EmbeddingError> {
    match Card::read(folder) {
        Ok(card) if !card.files.is_empty() => Ok(card
            .files
            .iter()
            .map(|(name, expected)| state(folder.join(name), Some(expected)))
            .collect()),
        Ok(_) => Ok(vec![
            state(folder.join("model.onnx"), None),
            state(folder.join("tokenizer.json"), None),
        ]),
        Err(EmbeddingError::Missing { path, .. }) => Ok(vec![state(path, None)]),
        Err(error @ EmbeddingError::Malformed { .. }) => {
            let state = FileState::Altered(error.to_string());
            Ok(vec![FileStatus {
                path: folder.join(super::card::CARD),
                bytes: 0,
                state,
            }])
        }
        Err(error) => Err(error),
    }
}

fn state(path: PathBuf, expected: Option<&Fingerprint>) -> FileStatus {
    let bytes = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    let state = match expected.map(|expected| expected.check(&path)) {
        None if path.is_file() => FileState::Unchecked,
        Some(Ok(())) => FileState::Whole,
        None | Some(Err(EmbeddingError::Missing { .. })) => FileState::Missing,
        Some(Err(error)) => FileState::Altered(error.to_string()),
    };
    FileStatus { path, bytes, state }
}
