//! A built index as a whole: opened, checked, and never changed.
//!
//! ```text
//! <index>/current                  number of the generation in use
//! <index>/generations/000007/      manifest.json, documents.json, keyword/, vectors.bin, labels.bin
//! <index>/vectors/<model>.kept     vectors already made, by hash of the text
//! <index>/lock                     held by whoever builds
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, Document};
use crate::index::IndexError;
use crate::index::durable::write_synced;
use crate::index::error::chain;
use crate::index::keyword::KeywordIndex;
use crate::index::manifest::Manifest;
use crate::index::vector::{ExactStore, VectorStore};
use crate::law::{Jurisdiction, Taxonomy};

/// How often opening begins anew when builds replace what is being opened.
const ATTEMPTS: usize = 5;

pub(super) const DOCUMENTS: &str = "documents.json";
pub(super) const KEYWORD: &str = "keyword";
pub(super) const VECTORS: &str = "vectors.bin";
pub(super) const LABELS: &str = "labels.bin";

/// A whole generation, ready to be searched.
pub struct Generation {
    /// Its number; later ones are greater.
    pub number: u32,
    /// What it was made from.
    pub manifest: Manifest,
    /// Documents in order of their identifiers.
    pub documents: Vec<Document>,
    /// The jurisdictions whose law it holds.
    pub jurisdictions: Vec<Jurisdiction>,
    /// What the topics mean and what they are called.
    pub taxonomy: Taxonomy,
    /// Search by words.
    pub keyword: KeywordIndex,
    /// Search by meaning; none when it was built without a model.
    pub vectors: Option<Box<dyn VectorStore>>,
    /// The labels of the topics by meaning, ordinals being places in the taxonomy; none when it was built without a model.
    pub labels: Option<Box<dyn VectorStore>>,
    /// What was passed over to come to this generation, in sentences for the log.
    pub warnings: Vec<String>,
}

/// Content of `documents.json`.
#[derive(Serialize, Deserialize)]
struct Documents<D, J, T> {
    documents: D,
    jurisdictions: J,
    taxonomy: T,
}

/// Writes `documents.json` into a generation that is being built.
pub(super) fn write_documents(folder: &Path, corpus: &Corpus) -> Result<(), IndexError> {
    let content = Documents {
        documents: &corpus.documents,
        jurisdictions: &corpus.jurisdictions,
        taxonomy: &corpus.taxonomy,
    };
    write_synced(&folder.join(DOCUMENTS), |file| {
        Ok(serde_json::to_writer(file, &content)?)
    })
}

impl Generation {
    /// Opens the generation in use. When it is damaged or outdated, the newest whole one instead, with a warning.
    /// `None` when nothing has been built yet.
    ///
    /// # Errors
    /// When there are generations and none can be used: the reason of the one in use.
    pub fn open(index: &Path) -> Result<Option<Self>, IndexError> {
        for _ in 1..ATTEMPTS {
            let before = current(index);
            match Self::open_once(index) {
                // A build may have removed it between reading its number and its files.
                Err(_) if current(index) != before => {}
                opened => return opened,
            }
        }
        Self::open_once(index)
    }

    /// The number that `current` names, without opening anything; for seeing that there is a newer one.
    pub fn current_number(index: &Path) -> Option<u32> {
        current(index).ok()
    }

    fn open_once(index: &Path) -> Result<Option<Self>, IndexError> {
        let existing = numbers(index)?;
        let named = current(index);
        let mut warnings = Vec::new();
        let mut first_error = None;
        let mut order: Vec<u32> = named.iter().copied().collect();
        if let Err(Some(problem)) = &named {
            warnings.push(problem.clone());
        }
        order.extend(existing.iter().rev().filter(|number| named != Ok(**number)));
        for number in order {
            match Self::open_one(index, number) {
                Ok(generation) => return Ok(Some(Self { warnings, ..generation })),
                Err(error) => {
                    warnings.push(chain(&error));
                    first_error.get_or_insert(error);
                }
            }
        }
        first_error.map_or(Ok(None), Err)
    }

    fn open_one(index: &Path, number: u32) -> Result<Self, IndexError> {
        let folder = folder(index, number);
        let manifest = Manifest::checked(&folder)?;
        let json = fs::read(folder.join(DOCUMENTS)).map_err(IndexError::io(&folder.join(DOCUMENTS)))?;
        let outdated = |error| IndexError::Outdated {
            path: folder.clone(),
            problem: format!("{DOCUMENTS}: {error}"),
        };
        let content: Documents<Vec<Document>, Vec<Jurisdiction>, Taxonomy> =
            serde_json::from_slice(&json).map_err(outdated)?;
        let keyword = KeywordIndex::open(&folder.join(KEYWORD))?;
        let store = |name: &str| match &manifest.model {
            Some(model) => {
                let store = ExactStore::open(&folder.join(name), Some(&model.id))?;
                Ok::<_, IndexError>(Some(Box::new(store) as Box<dyn VectorStore>))
            }
            None => Ok(None),
        };
        let (vectors, labels) = (store(VECTORS)?, store(LABELS)?);
        let Documents {
            documents,
            jurisdictions,
            taxonomy,
        } = content;
        Ok(Self {
            number,
            manifest,
            documents,
            jurisdictions,
            taxonomy,
            keyword,
            vectors,
            labels,
            warnings: Vec::new(),
        })
    }
}

/// Folder of a generation.
pub(super) fn folder(index: &Path, number: u32) -> PathBuf {
    index.join("generations").join(format!("{number:06}"))
}

/// File that names the generation in use.
pub(super) fn current_file(index: &Path) -> PathBuf {
    index.join("current")
}

/// The generation in use. `Err(None)`: none is named; `Err(Some(…))`: what stands there is no number.
pub(super) fn current(index: &Path) -> Result<u32, Option<String>> {
    let path = current_file(index);
    let content = match fs::read(&path) {
        Ok(content) => content,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(None),
        Err(error) => return Err(Some(format!("{} cannot be read: {error}", path.display()))),
    };
    let number = std::str::from_utf8(&content)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    number.ok_or_else(|| Some(format!("{} does not name a generation", path.display())))
}

/// Numbers of all finished generations, ascending.
pub(super) fn numbers(index: &Path) -> Result<Vec<u32>, IndexError> {
    let folder = index.join("generations");
    let entries = match fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(IndexError::io(&folder)(error)),
    };
    let mut numbers: Vec<u32> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str().and_then(number_of))
        .collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// `000007` -> 7; none for leftovers such as `000007.building`.
fn number_of(name: &str) -> Option<u32> {
    (name.len() >= 6 && name.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| name.parse().ok())
        .flatten()
}
