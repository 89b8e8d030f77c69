//! A set -> an index in a folder, through the same writers as the corpus. Vectors are kept there between runs.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::corpus::{Details, Document, Entry};
use crate::eval::{EvalError, Passage, Set};
use crate::index::embedding::Embedder;
use crate::index::keyword::{KeywordIndex, KeywordWriter, Record};
use crate::index::manifest::{ANALYZER, Counts, FORMAT, Manifest, ModelStamp};
use crate::index::passage::{PassageParameters, passages};
use crate::index::vector::{self, ExactStore, Row, VectorStore};
use crate::index::{Generation, IndexError};
use crate::law::{Kind, Provision, Taxonomy, TextKind};
use crate::search::{Catalogue, Searcher, Tuning};

/// Passages embedded at once.
const BATCH: usize = 32;
/// Passages looked at to tell the language of a set.
const LOOKED_AT: usize = 200;
/// Share of them that makes a language that of the whole set.
const WHOLE: f32 = 0.8;

/// An indexed set.
pub struct SetIndex {
    generation: Generation,
    catalogue: Catalogue,
}

impl SetIndex {
    /// Indexes a set in `folder`. `progress` hears how many of how many passages have been embedded.
    ///
    /// # Errors
    /// When the folder cannot be written or the model fails.
    pub fn build(
        set: &Set,
        folder: &Path,
        language: Option<&str>,
        embedder: Option<&dyn Embedder>,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, EvalError> {
        let languages = languages(set, language);
        let units: Vec<(Document, Provision)> = set.passages.iter().zip(languages).map(|(p, l)| unit(p, l)).collect();
        fs::create_dir_all(folder).map_err(io(folder))?;
        let keyword = write_keyword(&units, &folder.join("keyword"))?;
        let parameters = PassageParameters::default();
        let (mut vectors, mut count) = (None, 0);
        if let Some(embedder) = embedder {
            let store = write_vectors(&units, folder, embedder, &parameters, progress)?;
            count = store.len();
            vectors = Some(Box::new(store) as Box<dyn VectorStore>);
        }
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            built_at: jiff::Timestamp::now().to_string(),
            corpus: set.name.clone(),
            analyzer: ANALYZER,
            model: embedder.map(|embedder| ModelStamp {
                id: embedder.id().to_owned(),
                dimensions: embedder.dimensions(),
                passages: parameters,
            }),
            counts: Counts {
                documents: units.len(),
                provisions: units.len(),
                passages: count,
                problems: 0,
            },
            files: Vec::new(),
            crc32: 0,
        };
        let mut generation = Generation {
            number: 1,
            manifest,
            documents: units.into_iter().map(|(document, _)| document).collect(),
            jurisdictions: Vec::new(),
            taxonomy: Taxonomy::default(),
            keyword,
            vectors,
            labels: None,
            warnings: Vec::new(),
        };
        let catalogue = Catalogue::of(&mut generation)?;
        Ok(Self { generation, catalogue })
    }

    /// A searcher over it.
    pub fn searcher<'a>(&'a self, embedder: Option<&'a dyn Embedder>, tuning: &'a Tuning) -> Searcher<'a> {
        Searcher {
            generation: &self.generation,
            catalogue: &self.catalogue,
            embedder,
            tuning,
        }
    }

    /// Identifier of the passage with an ordinal.
    pub fn identifier(&self, ordinal: u32) -> Option<&str> {
        self.catalogue.document_of(ordinal).map(|document| document.id.as_str())
    }
}

fn io(path: &Path) -> impl FnOnce(std::io::Error) -> EvalError + '_ {
    move |source| {
        EvalError::Index(IndexError::Io {
            path: path.to_path_buf(),
            source,
        })
    }
}

/// The language of each passage: the one given, that of most of a sample, or, in a mixed set, each its own.
fn languages(set: &Set, given: Option<&str>) -> Vec<String> {
    let detected = |passage: &Passage| {
        let text: String = passage.text.chars().take(1000).collect();
        whatlang::detect_lang(&text).map_or("und", code).to_owned()
    };
    let count = set.passages.len();
    if let Some(given) = given {
        return vec![given.to_owned(); count];
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    let step = count.div_ceil(LOOKED_AT).max(1);
    let sample = set.passages.iter().step_by(step).map(detected);
    sample.for_each(|language| *counts.entry(language).or_default() += 1);
    let looked_at: usize = counts.values().sum();
    match counts
        .into_iter()
        .max_by_key(|(language, count)| (*count, language.clone()))
    {
        Some((language, most)) if most as f32 >= WHOLE * looked_at as f32 => vec![language; count],
        _ => set.passages.iter().map(detected).collect(),
    }
}

/// BCP 47 code of a detected language.
fn code(language: whatlang::Lang) -> &'static str {
    use whatlang::Lang;
    match language {
        Lang::Eng => "en",
        Lang::Spa => "es",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Por => "pt",
        Lang::Ara => "ar",
        Lang::Ita => "it",
        Lang::Nld => "nl",
        Lang::Rus => "ru",
        Lang::Ukr => "uk",
        Lang::Pol => "pl",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
        Lang::Ind => "id",
        Lang::Cmn => "zh",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Tha => "th",
        Lang::Hin => "hi",
        Lang::Ben => "bn",
        Lang::Tam => "ta",
        Lang::Pes => "fa",
        Lang::Swe => "sv",
        Lang::Dan => "da",
        Lang::Nob => "no",
        Lang::Fin => "fi",
        Lang::Ron => "ro",
        Lang::Hun => "hu",
        Lang::Ell => "el",
        other => other.code(),
    }
}

/// A passage as a document with one provision.
fn unit(passage: &Passage, language: String) -> (Document, Provision) {
    let document = Document {
        id: passage.id.clone(),
        kind: Kind::Legislation,
        title: passage.title.clone(),
        title_original: None,
        jurisdiction: None,
        language: language.clone(),
        languages: Vec::new(),
        url: None,
        checked: None,
        licence: None,
        details: Details::Jurisdiction,
        contents: vec![Entry {
            id: passage.id.clone(),
            label: passage.title.clone(),
        }],
    };
    let provision = Provision {
        id: passage.id.clone(),
        document: passage.id.clone(),
        kind: Kind::Legislation,
        pinpoint: None,
        citable: false,
        heading: passage.title.clone(),
        path: Vec::new(),
        text: passage.text.clone(),
        article: None,
        text_kind: TextKind::Verbatim,
        language,
        topics: Vec::new(),
        elements: Default::default(),
        validity: None,
        confidence: None,
        sources: Vec::new(),
        line: 1,
    };
    (document, provision)
}

fn write_keyword(units: &[(Document, Provision)], folder: &Path) -> Result<KeywordIndex, EvalError> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(io(folder))?;
    }
    let mut languages: Vec<String> = units.iter().map(|(_, provision)| provision.language.clone()).collect();
    languages.sort();
    languages.dedup();
    let mut writer = KeywordWriter::create(folder, &languages)?;
    for (ordinal, (document, provision)) in (0..).zip(units) {
        writer.add(
            ordinal,
            &Record {
                provision,
                document,
                jurisdiction: None,
            },
        )?;
    }
    writer.finish()?;
    Ok(KeywordIndex::open(folder)?)
}

fn write_vectors(
    units: &[(Document, Provision)],
    folder: &Path,
    embedder: &dyn Embedder,
    parameters: &PassageParameters,
    progress: &dyn Fn(usize, usize),
) -> Result<ExactStore, EvalError> {
    let (mut rows, mut texts) = (Vec::new(), Vec::new());
    for (ordinal, (document, provision)) in (0..).zip(units) {
        for (passage, cut) in (0..).zip(passages(provision, document, None, embedder, parameters)) {
            rows.push(Row {
                ordinal,
                passage,
                range: cut.range.start as u32..cut.range.end as u32,
            });
            texts.push(cut.text);
        }
    }
    let vectors = embed(&texts, folder, embedder, progress)?;
    let path = folder.join("vectors.bin");
    vector::write(&path, embedder.id(), embedder.dimensions(), &rows, |n| {
        Ok(vectors[n].clone())
    })?;
    Ok(ExactStore::open(&path, Some(embedder.id()))?)
}

/// Key of a text under a model.
fn key(model: &str, text: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(model)
        .chain_update([0])
        .chain_update(text)
        .finalize()
        .into()
}

/// Embeds what is not in the file of kept vectors (records of key and vector), batch by batch.
fn embed(
    texts: &[String],
    folder: &Path,
    embedder: &dyn Embedder,
    progress: &dyn Fn(usize, usize),
) -> Result<Vec<Vec<f32>>, EvalError> {
    let path: PathBuf = folder.join("vectors.kept");
    let record = 32 + embedder.dimensions() * 4;
    let mut bytes = fs::read(&path).unwrap_or_default();
    bytes.truncate(bytes.len() / record * record);
    let mut kept: HashMap<[u8; 32], Vec<f32>> = HashMap::new();
    for record in bytes.chunks_exact(record) {
        let (key, numbers) = record.split_at(32);
        let numbers = numbers
            .chunks_exact(4)
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        kept.insert(key.try_into().unwrap_or_default(), numbers.collect());
    }
    let mut missing: Vec<&String> = texts
        .iter()
        .filter(|text| !kept.contains_key(&key(embedder.id(), text)))
        .collect();
    // A model works on a batch as long as its longest text.
    missing.sort_by_key(|text| std::cmp::Reverse(text.len()));
    missing.dedup();
    let mut file = fs::OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .map_err(io(&path))?;
    // A record torn by a kill is cut off.
    file.set_len(bytes.len() as u64).map_err(io(&path))?;
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).map_err(io(&path))?;
    for (at, batch) in missing.chunks(BATCH).enumerate() {
        progress(at * BATCH, missing.len());
        let batch: Vec<String> = batch.iter().map(|text| (*text).clone()).collect();
        let vectors = embedder.embed_passages(&batch).map_err(IndexError::from)?;
        let mut written = Vec::with_capacity(batch.len() * record);
        for (text, vector) in batch.iter().zip(vectors) {
            let key = key(embedder.id(), text);
            written.extend_from_slice(&key);
            vector
                .iter()
                .for_each(|number| written.extend_from_slice(&number.to_le_bytes()));
            kept.insert(key, vector);
        }
        file.write_all(&written).map_err(io(&path))?;
    }
    progress(missing.len(), missing.len());
    Ok(texts
        .iter()
        .map(|text| kept.get(&key(embedder.id(), text)).cloned().unwrap_or_default())
        .collect())
}
