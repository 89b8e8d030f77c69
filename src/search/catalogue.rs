//! Documents and jurisdictions behind the numbers of the index, and what is read of them once at opening.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::corpus::Document;
use crate::index::keyword::{KeywordError, KeywordIndex, Query};
use crate::index::{BitSet, Filters, Generation};
use crate::law::{Code, Confidence, Jurisdiction, Kind, Taxonomy, Topic, original_of};
use crate::search::Vocabulary;
use crate::search::background::Background;
use crate::search::names::Names;
use crate::search::places::Places;

/// How many identifiers are proposed for one that does not exist.
const NEAR_IDENTIFIERS: usize = 3;

/// Everything about a generation that a search looks up by number or identifier.
pub struct Catalogue {
    documents: Vec<Arc<Document>>,
    by_id: HashMap<String, usize>,
    jurisdictions: BTreeMap<Code, Jurisdiction>,
    /// Position of each provision's document.
    document_of: Vec<u32>,
    /// Provisions that nobody has verified.
    pub(super) unverified: BitSet,
    pub(super) names: Names,
    pub(super) places: Places,
    pub(super) background: Option<Background>,
    /// Articles of model laws; none where there are none.
    pub(super) models: Option<BitSet>,
    /// The first topic of each of them.
    pub(super) first_topics: HashMap<u32, Topic>,
    /// For each provision of a version in another language, the same provision in the original.
    pub(super) originals: HashMap<u32, u32>,
    /// The provisions on each topic.
    pub(super) on_topic: BTreeMap<Topic, BitSet>,
    /// What the topics mean.
    pub taxonomy: Taxonomy,
    /// What the topics are called.
    pub vocabulary: Vocabulary,
}

impl Catalogue {
    /// Takes the documents out of a generation and looks up once what every search needs.
    ///
    /// # Errors
    /// When the keyword index fails.
    pub fn of(generation: &mut Generation) -> Result<Self, KeywordError> {
        let documents: Vec<Arc<Document>> = std::mem::take(&mut generation.documents)
            .into_iter()
            .map(Arc::new)
            .collect();
        let by_id: HashMap<String, usize> = documents
            .iter()
            .enumerate()
            .map(|(at, document)| (document.id.clone(), at))
            .collect();
        let recalled = Filters {
            confidences: vec![Confidence::Recalled],
            ..Filters::default()
        };
        let taxonomy = std::mem::take(&mut generation.taxonomy);
        let keyword = &generation.keyword;
        let of_models = Filters {
            kinds: vec![Kind::ModelLaw],
            ..Filters::default()
        };
        let models = keyword
            .allowed(&Query::default(), &of_models)?
            .filter(|set| set.count() > 0);
        Ok(Self {
            first_topics: first_topics(keyword, models.as_ref())?,
            models,
            originals: originals(keyword, &documents)?,
            on_topic: on_topic(keyword)?,
            vocabulary: Vocabulary::of(&taxonomy),
            taxonomy,
            document_of: document_of(generation, &documents, &by_id)?,
            jurisdictions: generation
                .jurisdictions
                .iter()
                .map(|one| (one.code.clone(), one.clone()))
                .collect(),
            unverified: keyword.allowed(&Query::default(), &recalled)?.unwrap_or_default(),
            names: Names::of(&documents),
            places: Places::of(generation.jurisdictions.iter()),
            background: generation
                .vectors
                .as_deref()
                .map(|vectors| Background::of(vectors, keyword.len())),
            documents,
            by_id,
        })
    }

    /// Articles of model laws, in all languages; none where there are none.
    pub fn models(&self) -> Option<&BitSet> {
        self.models.as_ref()
    }

    /// Whether a provision is a version in another language of one that the index holds too.
    pub fn is_version(&self, ordinal: u32) -> bool {
        self.originals.contains_key(&ordinal)
    }

    /// Every document, in order of identifiers.
    pub fn documents(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.documents.iter()
    }

    /// A document by identifier.
    pub fn document(&self, id: &str) -> Option<&Arc<Document>> {
        self.documents.get(*self.by_id.get(id)?)
    }

    /// The document of a provision.
    pub fn document_of(&self, ordinal: u32) -> Option<&Arc<Document>> {
        self.documents.get(self.position_of(ordinal)?)
    }

    /// Position of the document of a provision.
    pub(super) fn position_of(&self, ordinal: u32) -> Option<usize> {
        self.document_of.get(ordinal as usize).map(|at| *at as usize)
    }

    /// The provisions of a document; they stand together.
    pub fn ordinals_of(&self, document: &str) -> Range<u32> {
        let Some(at) = self.by_id.get(document).map(|at| *at as u32) else {
            return 0..0;
        };
        let begin = self.document_of.partition_point(|own| *own < at);
        let end = self.document_of.partition_point(|own| *own <= at);
        begin as u32..end as u32
    }

    /// Every jurisdiction, by code.
    pub fn jurisdictions(&self) -> impl Iterator<Item = &Jurisdiction> {
        self.jurisdictions.values()
    }

    /// A jurisdiction by code.
    pub fn jurisdiction(&self, code: &Code) -> Option<&Jurisdiction> {
        self.jurisdictions.get(code)
    }

    /// Name of a jurisdiction, its code if the name is not known; of our own model laws if there is none.
    pub(super) fn name_of(&self, code: Option<&Code>) -> String {
        match code {
            Some(code) => self
                .jurisdiction(code)
                .map_or_else(|| code.to_string(), |known| known.name.clone()),
            None => "Model laws".to_owned(),
        }
    }

    /// Identifiers of documents and provisions that are written most like `id`.
    pub fn near_identifiers(&self, id: &str) -> Vec<String> {
        let id: String = id.chars().take(200).collect::<String>().to_lowercase();
        let of_provisions = self
            .documents
            .iter()
            .flat_map(|document| document.contents.iter().map(|entry| &entry.id));
        let mut near: Vec<(f64, &String)> = self
            .documents
            .iter()
            .map(|document| &document.id)
            .chain(of_provisions)
            .map(|known| (strsim::jaro_winkler(&id, known), known))
            .filter(|(likeness, _)| *likeness >= 0.85)
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        near.dedup_by(|a, b| a.1 == b.1);
        near.into_iter()
            .take(NEAR_IDENTIFIERS)
            .map(|(_, known)| known.clone())
            .collect()
    }
}

/// The first topic of each of these provisions.
fn first_topics(keyword: &KeywordIndex, of: Option<&BitSet>) -> Result<HashMap<u32, Topic>, KeywordError> {
    let mut topics = HashMap::new();
    for ordinal in of.into_iter().flat_map(BitSet::iter) {
        topics.extend(keyword.record(ordinal)?.topics.first().map(|topic| (ordinal, *topic)));
    }
    Ok(topics)
}

/// The provisions on each topic.
fn on_topic(keyword: &KeywordIndex) -> Result<BTreeMap<Topic, BitSet>, KeywordError> {
    let of = |topic: &Topic| {
        let filters = Filters {
            topics: vec![*topic],
            ..Filters::default()
        };
        Ok((
            *topic,
            keyword.allowed(&Query::default(), &filters)?.unwrap_or_default(),
        ))
    };
    Topic::ALL.iter().map(of).collect()
}

/// The originals of all provisions of versions in other languages.
fn originals(keyword: &KeywordIndex, documents: &[Arc<Document>]) -> Result<HashMap<u32, u32>, KeywordError> {
    let mut originals = HashMap::new();
    for entry in documents
        .iter()
        .filter(|document| document.id.contains('.'))
        .flat_map(|one| &one.contents)
    {
        let original = original_of(&entry.id);
        if let (Some(version), Some(original)) = (keyword.ordinal(&entry.id)?, keyword.ordinal(&original)?) {
            originals.insert(version, original);
        }
    }
    Ok(originals)
}

/// The document of each provision. Tables of contents tell it at once if they agree with the index; otherwise every
/// provision is asked.
fn document_of(
    generation: &Generation,
    documents: &[Arc<Document>],
    by_id: &HashMap<String, usize>,
) -> Result<Vec<u32>, KeywordError> {
    let keyword = &generation.keyword;
    let mut told = Vec::with_capacity(keyword.len());
    let mut agrees = true;
    for (at, document) in (0_u32..).zip(documents) {
        if let Some(first) = document.contents.first() {
            agrees &= keyword.ordinal(&first.id)? == Some(told.len() as u32);
        }
        told.extend(std::iter::repeat_n(at, document.contents.len()));
    }
    if agrees && told.len() == keyword.len() {
        return Ok(told);
    }
    (0..keyword.len() as u32)
        .map(|ordinal| {
            let provision = keyword.record(ordinal)?;
            Ok(by_id.get(&provision.document).map_or(u32::MAX, |at| *at as u32))
        })
        .collect()
}
