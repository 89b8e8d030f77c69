//! Provisions -> the keyword index on disk.

use std::path::{Path, PathBuf};

use tantivy::indexer::NoMergePolicy;
use tantivy::schema::{Field, Schema};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument};

use super::analysis::primary;
use super::error::KeywordError;

use super::schema::{self, Fields};
use crate::corpus::{Details, Document};
use crate::law::{Jurisdiction, Provision, Reference, day_number, references};

/// Threads that invert documents; the machine this is meant for has two cores.
const THREADS: usize = 2;
/// Memory of all writing threads in bytes; large enough that a corpus of this field becomes few segments.
const HEAP: usize = 128_000_000;

/// A provision with what its index entry is made of.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    /// The provision.
    pub provision: &'a Provision,
    /// The document it stands in.
    pub document: &'a Document,
    /// Whose law it is, where that is known.
    pub jurisdiction: Option<&'a Jurisdiction>,
}

/// Writes a keyword index; nothing of it can be read before [`KeywordWriter::finish`].
pub struct KeywordWriter {
    path: PathBuf,
    fields: Fields,
    writer: IndexWriter,
}

impl KeywordWriter {
    /// Begins an index in an empty folder, which is made if it is missing.
    pub fn create(dir: &Path, languages: &[String]) -> Result<Self, KeywordError> {
        let failed = |source| KeywordError::Write {
            path: dir.to_owned(),
            source,
        };
        std::fs::create_dir_all(dir).map_err(|error| failed(error.into()))?;
        let schema: Schema = schema::schema(languages);
        let fields = Fields::of(&schema).map_err(|reason| KeywordError::Damaged {
            path: dir.to_owned(),
            reason,
        })?;
        let index = Index::builder()
            .schema(schema)
            .tokenizers(fields.tokenizers())
            .settings(IndexSettings::default())
            .create_in_dir(dir)
            .map_err(failed)?;
        let writer: IndexWriter = index.writer_with_num_threads(THREADS, HEAP).map_err(failed)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        Ok(Self {
            path: dir.to_owned(),
            fields,
            writer,
        })
    }

    /// Adds a provision under its number in the generation.
    pub fn add(&mut self, ordinal: u32, record: &Record) -> Result<(), KeywordError> {
        let entry = self.entry(ordinal, record)?;
        self.writer
            .add_document(entry)
            .map(drop)
            .map_err(|source| self.failed(source))
    }

    /// Writes everything to disk and joins it into one segment, so that a search visits one.
    pub fn finish(mut self) -> Result<(), KeywordError> {
        self.writer.commit().map_err(|source| self.failed(source))?;
        let segments = self
            .writer
            .index()
            .searchable_segment_ids()
            .map_err(|source| self.failed(source))?;
        if segments.len() > 1 {
            self.writer
                .merge(&segments)
                .wait()
                .map_err(|source| self.failed(source))?;
            self.writer
                .garbage_collect_files()
                .wait()
                .map_err(|source| self.failed(source))?;
        }
        let path = self.path;
        self.writer
            .wait_merging_threads()
            .map_err(|source| KeywordError::Write { path, source })
    }

    fn failed(&self, source: tantivy::TantivyError) -> KeywordError {
        KeywordError::Write {
            path: self.path.clone(),
            source,
        }
    }

    fn entry(&self, ordinal: u32, record: &Record) -> Result<TantivyDocument, KeywordError> {
        let (fields, provision) = (&self.fields, record.provision);
        let mut entry = TantivyDocument::default();
        let head = head(record);
        let language = primary(&provision.language);
        // A language that the index was not made for goes to English rather than nowhere.
        let pair = fields.languages.iter().find(|pair| pair.language == language);
        let pair = pair.or_else(|| fields.languages.iter().find(|pair| pair.language == "en"));
        if let Some(pair) = pair {
            entry.add_text(pair.head, &head);
            entry.add_text(pair.body, &provision.text);
            // Other wordings of an article are found as well; its commentary tells of other laws and is not.
            for variant in provision.article.iter().flat_map(|article| &article.variants) {
                entry.add_text(pair.body, &variant.text);
            }
        }
        entry.add_text(fields.exact_head, &head);
        entry.add_text(fields.exact, &provision.text);
        for title in titles(record.document) {
            entry.add_text(fields.title, title);
        }
        for found in found_references(record) {
            for (at, token) in found.tokens.iter().enumerate() {
                entry.add_text(
                    if at == 0 {
                        fields.reference
                    } else {
                        fields.reference_above
                    },
                    token,
                );
            }
        }
        entry.add_text(fields.id, &provision.id);
        entry.add_text(fields.document, &provision.document);
        entry.add_u64(fields.ordinal, u64::from(ordinal));
        self.add_facets(&mut entry, record);
        let (first, last) = days(record);
        entry.add_i64(fields.first_day, first);
        entry.add_i64(fields.last_day, last);
        let json = serde_json::to_vec(provision).map_err(|error| KeywordError::Record {
            ordinal,
            reason: error.to_string(),
        })?;
        entry.add_bytes(fields.stored, &json);
        Ok(entry)
    }

    fn add_facets(&self, entry: &mut TantivyDocument, record: &Record) {
        let (provision, document) = (record.provision, record.document);
        let mut add = |name: &str, value: &str| {
            let field: Option<Field> = self.fields.facet(name);
            if let Some(field) = field {
                entry.add_text(field, value);
            }
        };
        add("kind", provision.kind.as_str());
        if let Some(code) = &document.jurisdiction {
            add("jurisdiction", code.as_str());
        }
        if let Some(jurisdiction) = record.jurisdiction {
            add("region", jurisdiction.region.as_str());
            if let Some(system) = jurisdiction.legal_system {
                add("legal_system", system.as_str());
            }
        }
        for topic in &provision.topics {
            add("topic", topic.as_str());
        }
        add("language", &provision.language);
        if let Some(validity) = &provision.validity {
            add("status", validity.status.as_str());
        }
        if let Some(confidence) = provision.confidence {
            add("confidence", confidence.as_str());
        }
    }
}

/// What is put in front of the text for searching and left out when showing it.
fn head(record: &Record) -> String {
    let (provision, document) = (record.provision, record.document);
    let mut lines: Vec<String> = vec![document.title.clone()];
    lines.extend(document.title_original.clone());
    lines.extend(record.jurisdiction.map(|jurisdiction| jurisdiction.name.clone()));
    match &document.details {
        Details::Law(instrument) => lines.extend(instrument.number.clone()),
        Details::Judgment(judgment) => {
            lines.push(judgment.court.clone());
            lines.extend(judgment.citation.clone());
        }
        Details::Jurisdiction => {}
    }
    lines.extend(provision.path.iter().cloned());
    lines.extend(provision.pinpoint.clone());
    if provision.heading != document.title {
        lines.push(provision.heading.clone());
    }
    lines.extend(provision.topics.iter().map(|topic| topic.label()));
    lines.join("\n")
}

/// Names by which a document is called.
fn titles(document: &Document) -> impl Iterator<Item = &String> {
    let abbreviations = match &document.details {
        Details::Law(instrument) => instrument.abbreviations.as_slice(),
        _ => &[],
    };
    std::iter::once(&document.title)
        .chain(&document.title_original)
        .chain(abbreviations)
}

/// Everything by which a provision is pointed at: pinpoint, number, citation, ECLI.
fn found_references(record: &Record) -> Vec<Reference> {
    let cited: Vec<&String> = match &record.document.details {
        Details::Law(instrument) => instrument.number.iter().collect(),
        Details::Judgment(judgment) => judgment.citation.iter().chain(&judgment.ecli).collect(),
        Details::Jurisdiction => Vec::new(),
    };
    record
        .provision
        .pinpoint
        .iter()
        .chain(cited)
        .flat_map(|text| references(text))
        .collect()
}

/// First and last day number on which a provision may apply; decisions from their day on, notes always.
fn days(record: &Record) -> (i64, i64) {
    match (&record.provision.validity, &record.document.details) {
        (Some(validity), _) => validity.span(),
        (None, Details::Judgment(judgment)) => (day_number(judgment.date.earliest()), i64::MAX),
        (None, _) => (i64::MIN, i64::MAX),
    }
}
