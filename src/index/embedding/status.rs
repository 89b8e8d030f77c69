//! What of a model is in place, and whether it is whole; for people who wonder why it does not open.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{
    EmbeddingError, ModelSource,
    card::{CARD, ModelCard},
    convert::{default_card, default_folder},
    named, pins, runtime,
    whole_file::Fingerprint,
};

/// The state of one file.
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
    /// Whether it can be opened, as far as can be told without opening it.
    pub ready: bool,
    /// ONNX Runtime's library first, then what the model needs.
    pub files: Vec<FileStatus>,
}

/// Looks at every file of the model and of ONNX Runtime; reads them whole to check their SHA-256 (the default
/// model: 120 MB). Downloads and changes nothing.
///
/// # Errors
/// When the model's card cannot be read, there is no ONNX Runtime for this machine, or the source is a model by
/// name that does not exist or that this program cannot load.
pub fn status(source: &ModelSource, models_dir: &Path) -> Result<ModelStatus, EmbeddingError> {
    let library = runtime::library(models_dir)?;
    let pinned = pins::runtime().filter(|_| runtime::own_library().is_none());
    let mut files = vec![look(library, pinned.map(|wheel| wheel.fingerprint()).as_ref())];
    match source {
        ModelSource::Default => {
            let folder = default_folder(models_dir);
            match default_card(models_dir) {
                Ok(card) => files.extend(model_files(&folder, &card)),
                Err(EmbeddingError::Missing { path, .. }) => files.push(look(path, None)),
                Err(EmbeddingError::Altered { path, problem }) => {
                    let state = FileState::Altered(problem);
                    files.push(FileStatus {
                        state,
                        ..look(path, None)
                    });
                }
                Err(error) => return Err(error),
            }
        }
        ModelSource::Folder(folder) => files.extend(model_files(folder, &ModelCard::read(folder)?)),
        ModelSource::Named(name) => {
            named::check(name)?;
            files.push(look(named::place(name, models_dir)?, None));
        }
    }
    let usable = |file: &FileStatus| matches!(file.state, FileState::Whole | FileState::Unchecked);
    Ok(ModelStatus {
        source: source.to_string(),
        ready: files.iter().all(usable),
        files,
    })
}

/// The card if there is one, the files it lists, and the two that every folder must have.
fn model_files(folder: &Path, card: &ModelCard) -> Vec<FileStatus> {
    let own = folder.join(CARD);
    let needed = ["model.onnx", "tokenizer.json"];
    let unlisted = needed.iter().filter(|name| !card.files.contains_key(**name));
    let card_file = own.exists().then(|| look(own, None));
    card_file
        .into_iter()
        .chain(card.listed(folder).map(|(path, expected)| look(path, Some(expected))))
        .chain(unlisted.map(|name| look(folder.join(name), None)))
        .collect()
}

fn look(path: PathBuf, expected: Option<&Fingerprint>) -> FileStatus {
    let bytes = fs::metadata(&path).ok().map(|metadata| metadata.len());
    let state = match (bytes, expected.map(|expected| expected.check(&path))) {
        (None, _) => FileState::Missing,
        (Some(_), None) => FileState::Unchecked,
        (Some(_), Some(Ok(()))) => FileState::Whole,
        (Some(_), Some(Err(EmbeddingError::Altered { problem, .. }))) => FileState::Altered(problem),
        (Some(_), Some(Err(error))) => FileState::Altered(error.to_string()),
    };
    FileStatus {
        path,
        bytes: bytes.unwrap_or(0),
        state,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{convert::convert, q4::tests::tiny_file},
        *,
    };

    /// The state of the one file of this name.
    fn state(source: &ModelSource, models: &Path, name: &str) -> Option<FileState> {
        let files = status(source, models).unwrap().files;
        files
            .into_iter()
            .find(|file| file.path.ends_with(name))
            .map(|file| file.state)
    }

    #[test]
    fn tells_missing_whole_and_altered_apart() {
        let models = tempfile::tempdir().unwrap();
        let state = |name: &str| state(&ModelSource::Default, models.path(), name);
        assert!(!status(&ModelSource::Default, models.path()).unwrap().ready);
        assert_eq!(state(CARD), Some(FileState::Missing));

        let weights = models.path().join("weights");
        fs::write(&weights, tiny_file()).unwrap();
        let folder = convert(&weights, models.path()).unwrap();
        assert_eq!(state("model.onnx"), Some(FileState::Whole));
        fs::write(folder.join("tokenizer.json"), b"{}").unwrap();
        assert!(matches!(state("tokenizer.json"), Some(FileState::Altered(how)) if how.starts_with("2 bytes")));
        fs::remove_file(folder.join("tokenizer.json")).unwrap();
        assert_eq!(state("tokenizer.json"), Some(FileState::Missing));

        fs::write(folder.join(CARD), r#"{"name": "of an older version"}"#).unwrap();
        assert!(matches!(state(CARD), Some(FileState::Altered(_))));
        assert!(!status(&ModelSource::Default, models.path()).unwrap().ready);
    }

    #[test]
    fn a_folder_by_hand_is_unchecked() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("model.onnx"), b"x").unwrap();
        let source = ModelSource::Folder(folder.path().to_path_buf());
        assert_eq!(
            state(&source, Path::new("nowhere"), "model.onnx"),
            Some(FileState::Unchecked)
        );
        assert_eq!(
            state(&source, Path::new("nowhere"), "tokenizer.json"),
            Some(FileState::Missing)
        );
    }
}
