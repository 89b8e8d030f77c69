//! An opened corpus with its indexes: the one handle for search and look-up.
//!
//! In come questions of the doors (`api`, `cli`), out go answers. A newer generation of the index is taken up by
//! [`Library::reload`] without a pause: whoever is still reading the old one keeps it until done. Uses `search` and the
//! rooms below it.

mod compare;
mod drafts;
#[cfg(feature = "export")]
mod sheets;
mod stats;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use arc_swap::ArcSwap;
use serde::Serialize;

use crate::compare::Facts;
use crate::corpus::Document;
use crate::index::embedding::Embedder;
use crate::index::keyword::{Facets, KeywordError, Query};
use crate::index::{BitSet, Filters, Generation, IndexError};
use crate::law::{Code, Concept, Jurisdiction, Provision, Topic, original_of};
use crate::search::{Answer, Catalogue, Limits, Request, SearchError, Searcher, Similar, Tuning};

pub use stats::{ChecksByAge, Stats};

/// Why a library cannot be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LibraryError {
    /// Nothing has been built yet.
    #[error("there is no index in {}; build it with `collex index`", path.display())]
    NoIndex {
        /// The index folder.
        path: PathBuf,
    },
    /// The index cannot be used.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl From<KeywordError> for LibraryError {
    fn from(error: KeywordError) -> Self {
        Self::Index(error.into())
    }
}

/// A jurisdiction with what the corpus holds of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct JurisdictionCounts {
    /// The jurisdiction.
    #[serde(flatten)]
    pub jurisdiction: Jurisdiction,
    /// Its documents, by kind.
    pub documents: BTreeMap<String, usize>,
    /// Its provisions, decisions and passages of notes.
    pub provisions: usize,
}

/// A document in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Version {
    /// BCP 47 code.
    pub language: String,
    /// Identifier of the document.
    pub id: String,
}

/// A topic, or a group of topics, with how often it occurs.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct TopicEntry {
    /// What it means and what it is called.
    #[serde(flatten)]
    pub concept: Concept,
    /// What it is called in the language asked for.
    pub label: String,
    /// Names of the concepts directly below it.
    pub narrower: Vec<String>,
    /// Topics of the closed list that it is or holds.
    pub topics: Vec<Topic>,
    /// Provisions, decisions and passages of notes about it; articles of model laws are counted apart.
    pub provisions: usize,
    /// Articles of model laws about it.
    pub model_articles: usize,
    /// Jurisdictions with a provision about it.
    pub jurisdictions: usize,
}

/// A generation with the catalogue over it.
struct Opened {
    generation: Generation,
    catalogue: Catalogue,
    /// Counted when first asked for: it takes reading every provision.
    checks: OnceLock<stats::Checks>,
    /// What grids read; made by the first that is asked for.
    facts: OnceLock<Facts>,
}

/// An opened corpus with its indexes; any number of threads may ask it.
pub struct Library {
    index_dir: PathBuf,
    embedder: Option<Arc<dyn Embedder>>,
    tuning: Tuning,
    limits: Limits,
    current: ArcSwap<Opened>,
    /// Held while a newer generation is opened, so that it is opened once.
    reloading: Mutex<()>,
}

impl Library {
    /// Opens the generation in use.
    ///
    /// # Errors
    /// `NoIndex` when nothing has been built, otherwise when no generation is whole.
    pub fn open(index_dir: &Path, embedder: Option<Arc<dyn Embedder>>, tuning: Tuning) -> Result<Self, LibraryError> {
        let opened = open(index_dir)?;
        Ok(Self {
            index_dir: index_dir.to_path_buf(),
            embedder,
            tuning,
            limits: Limits::default(),
            current: ArcSwap::from_pointee(opened),
            reloading: Mutex::new(()),
        })
    }

    /// The same library with other bounds of what may be asked.
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// What may be asked.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// What was passed over when the generation in use was opened, in sentences for the log.
    pub fn warnings(&self) -> Vec<String> {
        self.current.load().generation.warnings.clone()
    }

    /// Number of the generation in use.
    pub fn generation(&self) -> u32 {
        self.current.load().generation.number
    }

    /// Fingerprint of the corpus that the generation in use was built from.
    pub fn corpus(&self) -> String {
        self.current.load().generation.manifest.corpus.clone()
    }

    /// Takes up a newer generation if there is one. The old one serves until its last reader is done.
    ///
    /// # Errors
    /// When the newer one cannot be opened; the old one stays in use.
    pub fn reload(&self) -> Result<bool, LibraryError> {
        let _one_at_a_time = self.reloading.lock().unwrap_or_else(PoisonError::into_inner);
        if Generation::current_number(&self.index_dir).is_none_or(|number| number == self.generation()) {
            return Ok(false);
        }
        let opened = open(&self.index_dir)?;
        let newer = opened.generation.number != self.generation();
        if newer {
            self.current.store(Arc::new(opened));
        }
        Ok(newer)
    }

    /// Why search by meaning is not available; none if it is.
    pub fn no_meaning(&self) -> Option<String> {
        let opened = self.current.load();
        self.searcher(&opened).no_meaning()
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When the request is out of bounds or names an unknown jurisdiction, or the index or model fails.
    pub fn search(&self, request: &Request) -> Result<Answer, SearchError> {
        let opened = self.current.load();
        self.searcher(&opened).answer(request, self.limits)
    }

    /// A document by its identifier.
    pub fn document(&self, id: &str) -> Option<Arc<Document>> {
        self.current.load().catalogue.document(id).cloned()
    }

    /// The language versions of a document, its own among them, by language; empty if it has only one.
    pub fn versions(&self, document: &str) -> Vec<Version> {
        let opened = self.current.load();
        let original = original_of(document);
        let of_it = opened
            .catalogue
            .documents()
            .filter(|one| original_of(&one.id) == original);
        let mut versions: Vec<Version> = of_it
            .map(|one| Version {
                language: one.language.clone(),
                id: one.id.clone(),
            })
            .collect();
        versions.sort_by(|a, b| a.language.cmp(&b.language));
        if versions.len() > 1 { versions } else { Vec::new() }
    }

    /// The provisions of a document in their order; empty if there is no such document.
    ///
    /// # Errors
    /// When the index fails.
    pub fn provisions_of(&self, document: &str) -> Result<Vec<Provision>, SearchError> {
        let opened = self.current.load();
        let ordinals = opened.catalogue.ordinals_of(document);
        let records = ordinals.map(|ordinal| opened.generation.keyword.record(ordinal));
        Ok(records.collect::<Result<_, _>>()?)
    }

    /// A provision by its identifier, with its document.
    ///
    /// # Errors
    /// When the index fails.
    pub fn provision(&self, id: &str) -> Result<Option<(Provision, Arc<Document>)>, SearchError> {
        let opened = self.current.load();
        let Some(ordinal) = opened.generation.keyword.ordinal(id)? else {
            return Ok(None);
        };
        let provision = opened.generation.keyword.record(ordinal)?;
        let document = opened.catalogue.document(&provision.document).cloned();
        Ok(document.map(|document| (provision, document)))
    }

    /// Identifiers that are written most like `id`, for whoever asked for one that does not exist.
    pub fn near_identifiers(&self, id: &str) -> Vec<String> {
        self.current.load().catalogue.near_identifiers(id)
    }

    /// Provisions of other jurisdictions that are most like one, the best `per_jurisdiction` of each, `limit`
    /// jurisdictions; `None` if there is no such provision.
    ///
    /// # Errors
    /// When the index fails.
    pub fn similar(&self, id: &str, per_jurisdiction: usize, limit: usize) -> Result<Option<Similar>, SearchError> {
        let opened = self.current.load();
        self.searcher(&opened).similar(id, per_jurisdiction, limit)
    }

    /// Every jurisdiction, by code.
    ///
    /// # Errors
    /// When the index fails.
    pub fn jurisdictions(&self) -> Result<Vec<JurisdictionCounts>, SearchError> {
        let opened = self.current.load();
        let provisions = opened.everything()?.jurisdiction;
        let mut documents: BTreeMap<&Code, BTreeMap<String, usize>> = BTreeMap::new();
        for document in opened.catalogue.documents() {
            if let Some(code) = &document.jurisdiction {
                let by_kind = documents.entry(code).or_default();
                *by_kind.entry(document.kind.to_string()).or_default() += 1;
            }
        }
        let counted = |jurisdiction: &Jurisdiction| JurisdictionCounts {
            jurisdiction: jurisdiction.clone(),
            documents: documents.get(&jurisdiction.code).cloned().unwrap_or_default(),
            provisions: provisions.get(jurisdiction.code.as_str()).copied().unwrap_or_default(),
        };
        Ok(opened.catalogue.jurisdictions().map(counted).collect())
    }

    /// Every topic and group of topics, in the order of their names, labelled in a language of the taxonomy.
    ///
    /// # Errors
    /// When the index fails.
    pub fn topics(&self, language: &str) -> Result<Vec<TopicEntry>, SearchError> {
        let opened = self.current.load();
        let taxonomy = &opened.catalogue.taxonomy;
        let without_concept = Topic::ALL
            .iter()
            .filter(|topic| taxonomy.concept(topic.as_str()).is_none());
        let mut concepts: Vec<Concept> = taxonomy.concepts.clone();
        concepts.extend(without_concept.map(|topic| Concept::bare(*topic)));
        concepts.sort_by(|a, b| a.id.cmp(&b.id));
        concepts
            .into_iter()
            .map(|concept| opened.topic(concept, language))
            .collect()
    }

    /// The topics that words in any language of the taxonomy call by their labels.
    ///
    /// # Errors
    /// When the index fails.
    pub fn topics_called(&self, words: &str, language: &str) -> Result<Vec<TopicEntry>, SearchError> {
        let opened = self.current.load();
        let Catalogue {
            taxonomy, vocabulary, ..
        } = &opened.catalogue;
        let called = vocabulary.called(taxonomy, words).into_iter().map(|called| called.id);
        let called = called.chain(vocabulary.holding(taxonomy, words));
        let mut concepts: Vec<Concept> = Vec::new();
        for concept in called.filter_map(|id| taxonomy.concept(&id)) {
            if concepts.iter().all(|known| known.id != concept.id) {
                concepts.push(concept.clone());
            }
        }
        concepts
            .into_iter()
            .map(|concept| opened.topic(concept, language))
            .collect()
    }

    fn searcher<'a>(&'a self, opened: &'a Opened) -> Searcher<'a> {
        Searcher {
            generation: &opened.generation,
            catalogue: &opened.catalogue,
            embedder: self.embedder.as_deref(),
            tuning: &self.tuning,
        }
    }
}

impl Opened {
    /// A concept with its counts.
    fn topic(&self, concept: Concept, language: &str) -> Result<TopicEntry, SearchError> {
        let taxonomy = &self.catalogue.taxonomy;
        let mut topics = taxonomy.topics(&concept.id);
        if topics.is_empty() {
            topics.extend(concept.topic());
        }
        let filters = Filters {
            topics: topics.clone(),
            ..Filters::default()
        };
        let keyword = &self.generation.keyword;
        let mut law = keyword.allowed(&Query::default(), &filters)?.unwrap_or_default();
        let mut articles = BitSet::default();
        if let Some(models) = self.catalogue.models() {
            articles = law.clone();
            articles.and(models);
            law.and_not(models);
        }
        let ordinals: Vec<u32> = law.iter().collect();
        Ok(TopicEntry {
            label: concept.preferred(language).to_owned(),
            narrower: taxonomy.narrower(&concept.id).map(|below| below.id.clone()).collect(),
            provisions: ordinals.len(),
            model_articles: articles
                .iter()
                .filter(|ordinal| !self.catalogue.is_version(*ordinal))
                .count(),
            jurisdictions: keyword.facets(&ordinals)?.jurisdiction.len(),
            topics,
            concept,
        })
    }

    /// Counts over all provisions.
    fn everything(&self) -> Result<Facets, SearchError> {
        let all: Vec<u32> = (0..self.generation.keyword.len() as u32).collect();
        Ok(self.generation.keyword.facets(&all)?)
    }
}

fn open(index_dir: &Path) -> Result<Opened, LibraryError> {
    let Some(mut generation) = Generation::open(index_dir)? else {
        return Err(LibraryError::NoIndex {
            path: index_dir.to_path_buf(),
        });
    };
    let catalogue = Catalogue::of(&mut generation)?;
    Ok(Opened {
        generation,
        catalogue,
        checks: OnceLock::new(),
        facts: OnceLock::new(),
    })
}
