//! `collex-model.json`, the card beside a model's weights: what must be known of the model and stands in none of
//! its other files. A folder without a card is a model without prefixes, pooled by the mean.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{EmbeddingError, whole_file::Fingerprint};

/// The card's file name.
pub(super) const CARD: &str = "collex-model.json";

/// What is known of a model. Unknown keys are refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModelCard {
    /// Names the model and its form; the first part of the embedder's id.
    pub name: String,
    /// Length of the vectors; checked when the model is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimensions: Option<usize>,
    /// Longest input in tokens, special tokens counted.
    #[serde(default = "usual_max_tokens")]
    pub max_tokens: usize,
    /// Put before a query.
    #[serde(default)]
    pub query_prefix: String,
    /// Put before a passage.
    #[serde(default)]
    pub passage_prefix: String,
    /// How the tokens' vectors become one.
    #[serde(default)]
    pub pooling: Pooling,
    /// Licence of the weights, for whoever passes them on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Where the weights come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Which form of our conversion wrote the folder; raised when the form changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conversion: Option<u32>,
    /// The other files of the folder. Listed files are checked, a folder made by hand need not list any.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, Fingerprint>,
}

/// How the vectors of the tokens become the vector of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pooling {
    /// Their mean.
    #[default]
    Mean,
    /// The first token's vector.
    Cls,
}

fn usual_max_tokens() -> usize {
    512
}

impl ModelCard {
    /// Reads the card of a folder; without one, the card of a plain model named after the folder.
    pub(super) fn read(folder: &Path) -> Result<Self, EmbeddingError> {
        let path = folder.join(CARD);
        match fs::read(&path) {
            Ok(bytes) => {
                let malformed = |error: serde_json::Error| EmbeddingError::malformed(&path, error.to_string());
                serde_json::from_slice(&bytes).map_err(malformed)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::plain(folder)),
            Err(error) => Err(EmbeddingError::io(&path)(error)),
        }
    }

    fn plain(folder: &Path) -> Self {
        let name = folder
            .file_name()
            .map_or_else(|| "model".into(), |name| name.to_string_lossy());
        Self {
            name: name.into_owned(),
            dimensions: None,
            max_tokens: usual_max_tokens(),
            query_prefix: String::new(),
            passage_prefix: String::new(),
            pooling: Pooling::Mean,
            license: None,
            origin: None,
            conversion: None,
            files: BTreeMap::new(),
        }
    }

    /// The listed files with their places in `folder`.
    pub(super) fn listed(&self, folder: &Path) -> impl Iterator<Item = (PathBuf, &Fingerprint)> {
        self.files
            .iter()
            .map(move |(name, fingerprint)| (folder.join(name), fingerprint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_card_is_a_plain_model() {
        let folder = tempfile::tempdir().unwrap();
        let card = ModelCard::read(folder.path()).unwrap();
        assert_eq!(
            (card.query_prefix.as_str(), card.pooling, card.max_tokens),
            ("", Pooling::Mean, 512)
        );
    }

    #[test]
    fn a_card_by_hand_needs_only_a_name_and_unknown_keys_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(CARD);
        fs::write(&path, r#"{"name": "mine", "query_prefix": "q: ", "pooling": "cls"}"#).unwrap();
        let card = ModelCard::read(folder.path()).unwrap();
        assert_eq!((card.query_prefix.as_str(), card.pooling), ("q: ", Pooling::Cls));

        fs::write(&path, r#"{"name": "mine", "prefix": "q: "}"#).unwrap();
        let error = ModelCard::read(folder.path()).unwrap_err().to_string();
        assert!(error.contains("prefix") && error.contains(CARD), "{error}");
    }
}
