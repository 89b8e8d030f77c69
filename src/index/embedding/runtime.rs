//! ONNX Runtime, loaded from a shared library once per process.
//!
//! The library is the pinned one under the models folder, or the user's own, named by `ORT_DYLIB_PATH` (the
//! variable that the `ort` crate reads too). The first one loaded stays; a second model uses it as well.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use ort::environment::Environment;

use super::{EmbeddingError, pins};

/// The library the user has chosen, if any.
pub(super) fn own_library() -> Option<PathBuf> {
    std::env::var_os("ORT_DYLIB_PATH")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
}

/// Where the library is, or should be.
///
/// # Errors
/// `NoRuntime` when none is pinned for this machine and the user has chosen none.
pub(super) fn library(models_dir: &Path) -> Result<PathBuf, EmbeddingError> {
    match own_library() {
        Some(path) => Ok(path),
        None => Ok(pins::runtime().ok_or_else(none_pinned)?.place(models_dir)),
    }
}

/// The error for a machine without a pinned library.
pub(super) fn none_pinned() -> EmbeddingError {
    let platform = format!("{} on {}", std::env::consts::OS, std::env::consts::ARCH);
    EmbeddingError::NoRuntime {
        platform,
        minimum: ort::MINOR_VERSION,
    }
}

/// The network's file in a model folder.
pub(super) fn model_file(folder: &Path) -> Result<PathBuf, EmbeddingError> {
    let path = folder.join("model.onnx");
    if path.is_file() {
        return Ok(path);
    }
    Err(missing_from_folder(path))
}

/// The error for a folder that lacks one of its two files.
pub(super) fn missing_from_folder(path: PathBuf) -> EmbeddingError {
    EmbeddingError::Missing {
        path,
        cure: "a model folder holds model.onnx and tokenizer.json".to_owned(),
    }
}

/// The environment all sessions share; loads the library on first use.
///
/// # Errors
/// `Missing` when the library is not there, `Runtime` when it cannot be loaded or is too old.
pub(super) fn environment(models_dir: &Path) -> Result<Environment, EmbeddingError> {
    // The environment is kept for the life of the process: ONNX Runtime allows one, and building it anew for
    // every model would tear down the thread pools of the models in use.
    static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);
    let mut environment = ENVIRONMENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = environment.as_ref() {
        return Ok(environment.clone());
    }
    let path = library(models_dir)?;
    if !path.is_file() {
        let cure = "it is the ONNX Runtime library; run `collex model fetch`, or set ORT_DYLIB_PATH to yours";
        return Err(EmbeddingError::Missing {
            path,
            cure: cure.to_owned(),
        });
    }
    if let (None, Some(wheel)) = (own_library(), pins::runtime()) {
        // Loading a truncated library does not fail, it ends the process.
        wheel.fingerprint().check(&path)?;
    }
    // The loader reads relative paths from the folder of the program, people from the folder they are in.
    let path = std::path::absolute(&path).map_err(EmbeddingError::io(&path))?;
    let unusable = |reason: String| EmbeddingError::Runtime {
        path: path.clone(),
        reason,
    };
    let built = ort::init_from(&path)
        .map_err(|error| unusable(error.to_string()))?
        .with_name("collex")
        .with_telemetry(false)
        .build()
        .map_err(|error| unusable(error.to_string()))?;
    *environment = Some(built.clone());
    Ok(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pinned_library_has_a_place() {
        if own_library().is_none() && pins::runtime().is_some() {
            let place = library(Path::new("models")).unwrap();
            assert!(
                place.starts_with("models") && place.to_string_lossy().contains("onnxruntime"),
                "{place:?}"
            );
        }
    }
}
