//! What can go wrong between a text and its embedding, and what to do about it.
//!
//! The first group is cured by whoever runs the program (fetch the model, install Python, correct a setting);
//! the last three say that a model or this program is at fault.

#[cfg(feature = "embed")]
use std::path::Path;
use std::path::PathBuf;

/// Why a model could not be fetched, opened or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmbeddingError {
    /// The setting that chooses the model cannot be read.
    #[error("`{given}` names no embedding model: write `default`, `fastembed:NAME` or the path of a model folder")]
    UnknownSource {
        /// The setting as written.
        given: String,
    },

    /// fastembed has no model of that name.
    #[error("fastembed knows no model `{name}`; it knows: {known}")]
    UnknownName {
        /// The name asked for.
        name: String,
        /// The names there are, separated by commas.
        known: String,
    },

    /// A model by name was asked for, but this program was built without the part that downloads it.
    #[error(
        "the model `{name}` comes from a hub, and this program was built without hub access: build it with \
         `--features hub`, or download the model's ONNX folder yourself and give its path, or use `default`"
    )]
    HubMissing {
        /// The name asked for.
        name: String,
    },

    /// A file of the model or the ONNX Runtime library is not there.
    #[error("{} is missing: {cure}", path.display())]
    Missing {
        /// The file or folder.
        path: PathBuf,
        /// What to do.
        cure: String,
    },

    /// A file is truncated or is not the one expected.
    #[error("{} is truncated or altered ({problem}): run `collex model fetch`, which writes it anew", path.display())]
    Altered {
        /// The file.
        path: PathBuf,
        /// Size or SHA-256 found and expected.
        problem: String,
    },

    /// A file that describes or holds a model is not in the layout it should have.
    #[error("{}: {problem}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        problem: String,
    },

    /// Neither `python3` nor `python` can be started; Python's pip does the downloading.
    #[error(
        "no Python found (tried {tried}): the model is downloaded with Python's pip; install Python 3, or copy a \
         models folder from another machine"
    )]
    PythonMissing {
        /// The commands tried, separated by commas.
        tried: String,
    },

    /// Python is there, its pip is not.
    #[error("{python} has no pip ({reason}): install it, for instance with `{python} -m ensurepip`")]
    PipMissing {
        /// The Python command.
        python: String,
        /// What Python said.
        reason: String,
    },

    /// pip could not download a package.
    #[error("pip could not download {package}:\n{reason}\n(is the package index reachable from here?)")]
    Download {
        /// Package and version.
        package: String,
        /// pip's last lines.
        reason: String,
    },

    /// There is no pinned ONNX Runtime for this kind of machine.
    #[error(
        "no ONNX Runtime library is pinned for {platform}: install ONNX Runtime 1.{minimum} or newer and set \
         ORT_DYLIB_PATH to its library"
    )]
    NoRuntime {
        /// Operating system and processor.
        platform: String,
        /// Least minor version.
        minimum: u32,
    },

    /// The ONNX Runtime library cannot be loaded or is too old.
    #[error("the ONNX Runtime library {} cannot be used: {reason}", path.display())]
    Runtime {
        /// The library.
        path: PathBuf,
        /// What the loader said.
        reason: String,
    },

    /// Reading or writing failed.
    #[error("{}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },

    /// The model cannot be loaded.
    #[error("the model in {} cannot be loaded: {reason}", path.display())]
    Load {
        /// The model's folder.
        path: PathBuf,
        /// What the tokenizer or ONNX Runtime said.
        reason: String,
    },

    /// The model gave vectors of another length than its card says.
    #[error("the model {id} gives vectors of {found} numbers, not {expected} as its card says")]
    Dimensions {
        /// The model's id.
        id: String,
        /// As found.
        found: usize,
        /// As the card says.
        expected: usize,
    },

    /// The model failed on a text.
    #[error("the model {id} failed: {reason}")]
    Run {
        /// The model's id.
        id: String,
        /// What the tokenizer or ONNX Runtime said.
        reason: String,
    },
}

#[cfg(feature = "embed")]
impl EmbeddingError {
    /// For `map_err`: an input or output error at this path.
    pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_path_buf(),
            source,
        }
    }

    /// A file whose content is not as it should be.
    pub(super) fn malformed(path: &Path, problem: impl Into<String>) -> Self {
        Self::Malformed {
            path: path.to_path_buf(),
            problem: problem.into(),
        }
    }
}
