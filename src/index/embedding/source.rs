//! Which model is asked for: one setting, read once.

use std::{convert::Infallible, fmt, path::PathBuf, str::FromStr};

use super::EmbeddingError;

/// The model to use, as the setting names it; `Display` gives back what `FromStr` read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum ModelSource {
    /// `default`: multilingual-e5-small in int8, fetched and converted by this program.
    #[default]
    Default,
    /// A path: a folder with `model.onnx`, `tokenizer.json` and, if the model wants prefixes, `collex-model.json`.
    Folder(PathBuf),
    /// `fastembed:NAME`: a model of fastembed's list, from a hub. Needs the feature `hub`.
    Named(String),
}

const NAMED: &str = "fastembed:";

impl FromStr for ModelSource {
    type Err = EmbeddingError;

    fn from_str(given: &str) -> Result<Self, Self::Err> {
        let refused = || EmbeddingError::UnknownSource {
            given: given.to_owned(),
        };
        match given.strip_prefix(NAMED) {
            Some("") => Err(refused()),
            Some(name) => Ok(Self::Named(name.to_owned())),
            None if given == "default" => Ok(Self::Default),
            None if given.trim().is_empty() => Err(refused()),
            None => given
                .parse()
                .map(Self::Folder)
                .map_err(|never: Infallible| match never {}),
        }
    }
}

impl fmt::Display for ModelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::Folder(path) => path.display().fmt(f),
            Self::Named(name) => write!(f, "{NAMED}{name}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_read() {
        for given in ["default", "fastembed:BGEM3", "models/mine", "/a/b"] {
            assert_eq!(given.parse::<ModelSource>().unwrap().to_string(), given);
        }
        assert_eq!("default".parse::<ModelSource>().unwrap(), ModelSource::Default);
        assert!("".parse::<ModelSource>().is_err());
        assert!("fastembed:".parse::<ModelSource>().is_err());
    }
}
