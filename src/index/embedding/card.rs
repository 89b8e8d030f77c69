//! `collex-model.json`: what must be known of a model besides its weights.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{EmbeddingError, whole_file::Fingerprint};

/// Name of the card in a model's folder.
pub(super) const CARD: &str = "collex-model.json";

/// How the hidden states of the tokens become one vector.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pooling {
    /// Their mean.
    #[default]
    Mean,
    /// The first token's.
    Cls,
}

/// What must be known of a model to use it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card {
    /// Name, first part of the id under which vectors are kept.
    pub name: String,
    /// Numbers in a vector.
    pub dimensions: usize,
    /// Put in front of a query.
    #[serde(default)]
    pub query_prefix: String,
    /// Put in front of a passage.
    #[serde(default)]
    pub passage_prefix: String,
    /// Tokens a text may have, the special ones included.
    #[serde(default = "longest")]
    pub max_tokens: usize,
    /// How the vector is made.
    #[serde(default)]
    pub pooling: Pooling,
    /// The model's files by name, checked when it is fetched; may be left out of a folder of the user's own.
    #[serde(default)]
    pub files: std::collections::BTreeMap<String, Fingerprint>,
}

fn longest() -> usize {
    super::tokenizer_files::LONGEST
}

impl Card {
    /// Reads the card of the model in `folder`.
    pub(super) fn read(folder: &Path) -> Result<Self, EmbeddingError> {
        let path = folder.join(CARD);
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let cure = "run `collex model fetch`, or write it beside a model of your own: \
                            {\"name\": …, \"dimensions\": …, \"query_prefix\": …, \"passage_prefix\": …}";
                return Err(EmbeddingError::Missing {
                    path,
                    cure: cure.to_owned(),
                });
            }
            read => read.map_err(EmbeddingError::io(&path))?,
        };
        serde_json::from_slice(&bytes).map_err(|error| EmbeddingError::malformed(&path, error.to_string()))
    }
}
