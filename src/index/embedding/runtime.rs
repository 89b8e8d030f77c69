//! Loads the ONNX Runtime library, once for the process.

use std::{
    env,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use super::{EmbeddingError, pins};

/// Least minor version of ONNX Runtime 1 that `ort` accepts.
const LEAST_MINOR: u32 = 17;

/// Loads the library that `ORT_DYLIB_PATH` names, else the one that was fetched.
pub(super) fn load(models_dir: &Path) -> Result<(), EmbeddingError> {
    static LOADED: OnceLock<Result<(), (PathBuf, String)>> = OnceLock::new();
    let path = match (env::var_os("ORT_DYLIB_PATH"), pins::runtime()) {
        (Some(path), _) => PathBuf::from(path),
        (None, Some(wheel)) => wheel.place(models_dir),
        (None, None) => {
            let platform = format!("{} {}", env::consts::OS, env::consts::ARCH);
            return Err(EmbeddingError::NoRuntime {
                platform,
                minimum: LEAST_MINOR,
            });
        }
    };
    if !path.is_file() {
        return Err(EmbeddingError::Missing {
            path,
            cure: "run `collex model fetch`".to_owned(),
        });
    }
    LOADED
        // Loading is all: fastembed makes the environment with its first session.
        .get_or_init(|| {
            ort::init_from(&path)
                .map(drop)
                .map_err(|error| (path.clone(), error.to_string()))
        })
        .clone()
        .map_err(|(path, reason)| EmbeddingError::Runtime { path, reason })
}
