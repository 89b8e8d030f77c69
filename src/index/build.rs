//! Brings the index up to the corpus: a new generation beside the old one, then one switch.
//!
//! Order matters here. Everything is written into `generations/<number>.building`, brought to the disk, renamed,
//! and only then named by `current`, in one rename. Whatever moment the program is killed at, `current` names a
//! whole generation; what the kill left behind is removed by the next build. Builders take turns by a lock;
//! readers need none, since what they read is never written again.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::time::Instant;

use crate::corpus::{Corpus, Document, FileFingerprint};
use crate::index::durable::{replace, sync_parent, with_ending};
use crate::index::embedding::Embedder;
use crate::index::generation::{self, KEYWORD, LABELS, VECTORS};
use crate::index::keyword::{KeywordWriter, Record};
use crate::index::manifest::{ANALYZER, Counts, FORMAT, Manifest, ModelStamp, corpus_hash};
use crate::index::{IndexError, vector};
use crate::law::{Code, Jurisdiction};

mod disk;
mod embed;
#[cfg(test)]
mod faults;
mod told;

use disk::{bring_to_disk, keep_two, or_full_disk, sweep};
use embed::{Embedded, Rows, embed};
pub use told::{BuildOptions, Built, Progress};

const BUILDING: &str = "building";

/// Builds a new generation unless the one in use is whole and up to the corpus, analyzers and model.
///
/// Without an embedder the generation serves keyword search only; one in use that has vectors too counts as up
/// to date.
///
/// # Errors
/// When the corpus cannot be read or is empty, the model fails, or the folder cannot be written. The generation
/// in use stays as it is.
pub fn build(options: &BuildOptions, embedder: Option<&dyn Embedder>) -> Result<Built, IndexError> {
    Build {
        options,
        embedder,
        after: &|_| Ok(()),
    }
    .run()
}

/// The moments between which a kill must do no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Locked,
    Swept,
    Words,
    Documents,
    Batch,
    Embedded,
    Vectors,
    Manifest,
    Synced,
    Renamed,
    NamedBeside,
    Switched,
    SetAside,
    Pruned,
    Compacted,
}

struct Build<'a> {
    options: &'a BuildOptions<'a>,
    embedder: Option<&'a dyn Embedder>,
    /// Called after every step; tests look at the disk or break off here.
    after: &'a dyn Fn(Step) -> Result<(), IndexError>,
}

impl Build<'_> {
    fn run(&self) -> Result<Built, IndexError> {
        let started = Instant::now();
        // Looked at before locking, so that an index up to date can be served from a folder that is read-only.
        if let Ok(generation) = self.up_to_date()? {
            return Ok(Built::Unchanged { generation });
        }
        let _lock = self.lock()?;
        (self.after)(Step::Locked)?;
        let reason = match self.up_to_date()? {
            Ok(generation) => return Ok(Built::Unchanged { generation }),
            Err(reason) => reason,
        };
        (self.options.progress)(Progress::Started { reason: reason.clone() });
        sweep(self.index());
        (self.after)(Step::Swept)?;
        let corpus = crate::corpus::load(&self.options.roots)?;
        if corpus.documents.is_empty() {
            return Err(IndexError::EmptyCorpus {
                path: self.options.roots.corpus.clone(),
            });
        }
        let number = self.next_number()?;
        let folder = generation::folder(self.index(), number);
        let building = with_ending(&folder, BUILDING);
        let written = self.write(&building, &corpus).and_then(|written| {
            fs::rename(&building, &folder).map_err(IndexError::io(&folder))?;
            Ok(written)
        });
        let mut written = written.inspect_err(|_| {
            // Gives the room back when the disk is full; the next build would do it otherwise.
            let _ = fs::remove_dir_all(&building);
        })?;
        sync_parent(&folder);
        (self.after)(Step::Renamed)?;
        self.switch_to(number)?;
        keep_two(self.index(), number, &|| (self.after)(Step::SetAside))?;
        (self.after)(Step::Pruned)?;
        let (made, reused) = written
            .vectors
            .as_ref()
            .map_or((0, 0), |vectors| (vectors.made, vectors.reused));
        if let Some(vectors) = &mut written.vectors {
            // The generation is in use already; a store that cannot be made smaller costs room, no more.
            let _ = vectors.kept.compact(&vectors.used);
        }
        (self.after)(Step::Compacted)?;
        Ok(Built::New {
            generation: number,
            reason,
            counts: written.manifest.counts,
            embedded: made,
            reused,
            bytes: written.manifest.bytes(),
            seconds: started.elapsed().as_secs_f64(),
        })
    }

    fn index(&self) -> &Path {
        &self.options.index_dir
    }

    fn model(&self) -> Option<ModelStamp> {
        self.embedder.map(|embedder| ModelStamp {
            id: embedder.id().to_owned(),
            dimensions: embedder.dimensions(),
            passages: self.options.passages,
        })
    }

    /// The generation in use if nothing has to be built, otherwise the reason why something has.
    fn up_to_date(&self) -> Result<Result<u32, String>, IndexError> {
        let files = crate::corpus::fingerprint(&self.options.roots)?;
        let number = match generation::current(self.index()) {
            Ok(number) => number,
            Err(problem) => return Ok(Err(problem.unwrap_or_else(|| "there is no index yet".to_owned()))),
        };
        let manifest = match Manifest::checked(&generation::folder(self.index(), number)) {
            Ok(manifest) => manifest,
            Err(IndexError::Damaged { problem, .. }) => return Ok(Err(format!("the index is damaged: {problem}"))),
            Err(IndexError::Outdated { problem, .. }) => return Ok(Err(format!("the index is outdated: {problem}"))),
            Err(error) => return Err(error),
        };
        Ok(self
            .differs(&manifest, &files)
            .map_or(Ok(number), |reason| Err(reason.to_owned())))
    }

    fn differs(&self, manifest: &Manifest, files: &[FileFingerprint]) -> Option<&'static str> {
        let model = self.model();
        if manifest.corpus != corpus_hash(files) {
            Some("the corpus has changed")
        } else if manifest.analyzer != ANALYZER {
            Some("the analyzers have changed")
        } else if manifest.program != env!("CARGO_PKG_VERSION") {
            // Whatever else a release changed in reading or cutting the corpus; the vectors are kept anyway.
            Some("another version of this program built it")
        } else if model.is_none() || model == manifest.model {
            None
        } else if manifest.model.is_none() {
            Some("the index has no vectors yet")
        } else {
            Some("another model is in use")
        }
    }

    /// Waits for its turn; the lock ends with the file, also when the process is killed.
    fn lock(&self) -> Result<File, IndexError> {
        let generations = self.index().join("generations");
        fs::create_dir_all(&generations).map_err(|error| IndexError::io(self.index())(error))?;
        let path = self.index().join("lock");
        let file = File::options().write(true).create(true).truncate(false).open(&path);
        let file = file.map_err(IndexError::io(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                (self.options.progress)(Progress::Waiting);
                file.lock().map_err(IndexError::io(&path))?;
            }
            Err(TryLockError::Error(error)) => return Err(IndexError::io(&path)(error)),
        }
        Ok(file)
    }

    /// Greater than any there is or was named, so that a reader never takes a new generation for an old one.
    fn next_number(&self) -> Result<u32, IndexError> {
        let last = generation::numbers(self.index())?.last().copied();
        Ok(last
            .max(generation::current(self.index()).ok())
            .map_or(1, |number| number.saturating_add(1)))
    }

    fn write(&self, building: &Path, corpus: &Corpus) -> Result<Written, IndexError> {
        fs::create_dir_all(building).map_err(IndexError::io(building))?;
        self.write_words(building, corpus)
            .map_err(|error| or_full_disk(building, error))?;
        (self.after)(Step::Words)?;
        generation::write_documents(building, corpus)?;
        (self.after)(Step::Documents)?;
        let vectors = match self.embedder {
            Some(embedder) => Some(self.write_vectors(building, corpus, embedder)?),
            None => None,
        };
        (self.options.progress)(Progress::Finishing);
        let manifest = Manifest {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            built_at: jiff::Timestamp::now().to_string(),
            corpus: corpus_hash(&corpus.files),
            analyzer: ANALYZER,
            model: self.model(),
            counts: Counts {
                documents: corpus.documents.len(),
                provisions: corpus.provisions.len(),
                passages: vectors.as_ref().map_or(0, |vectors| vectors.passages.rows.len()),
                problems: corpus.problems.len(),
            },
            files: Vec::new(),
            crc32: 0,
        };
        let manifest = manifest.write(building)?;
        (self.after)(Step::Manifest)?;
        bring_to_disk(building, &manifest)?;
        (self.after)(Step::Synced)?;
        Ok(Written { manifest, vectors })
    }

    fn write_words(&self, building: &Path, corpus: &Corpus) -> Result<(), IndexError> {
        let languages: BTreeSet<String> = corpus.provisions.iter().map(|one| one.language.clone()).collect();
        let languages: Vec<String> = languages.into_iter().collect();
        let mut writer = KeywordWriter::create(&building.join(KEYWORD), &languages)?;
        let total = corpus.provisions.len();
        for (ordinal, record) in records(corpus).enumerate() {
            writer.add(ordinal as u32, &record)?;
            if ordinal % 256 == 0 {
                (self.options.progress)(Progress::Words { done: ordinal, total });
            }
        }
        writer.finish()?;
        (self.options.progress)(Progress::Words { done: total, total });
        Ok(())
    }

    fn write_vectors(&self, folder: &Path, corpus: &Corpus, model: &dyn Embedder) -> Result<Embedded, IndexError> {
        let after_batch = || (self.after)(Step::Batch);
        let mut embedded = embed(self.options, model, records(corpus), &corpus.taxonomy, &after_batch)?;
        (self.after)(Step::Embedded)?;
        let kept = &mut embedded.kept;
        for (name, Rows { rows, keys }) in [(VECTORS, &embedded.passages), (LABELS, &embedded.labels)] {
            vector::write(&folder.join(name), model.id(), model.dimensions(), rows, |n| {
                kept.get_made(&keys[n])
            })?;
        }
        (self.after)(Step::Vectors)?;
        Ok(embedded)
    }

    fn switch_to(&self, number: u32) -> Result<(), IndexError> {
        let mut broken_off = Ok(());
        let named_beside = || {
            broken_off = (self.after)(Step::NamedBeside);
            broken_off.is_ok()
        };
        replace(
            &generation::current_file(self.index()),
            format!("{number}\n").as_bytes(),
            named_beside,
        )?;
        broken_off?;
        (self.after)(Step::Switched)
    }
}

struct Written {
    manifest: Manifest,
    vectors: Option<Embedded>,
}

/// The provisions with what their entries are made of, in the order that gives them their ordinals.
fn records(corpus: &Corpus) -> impl Iterator<Item = Record<'_>> {
    let documents: HashMap<&str, &Document> = corpus.documents.iter().map(|one| (one.id.as_str(), one)).collect();
    let jurisdictions: HashMap<&Code, &Jurisdiction> =
        corpus.jurisdictions.iter().map(|one| (&one.code, one)).collect();
    corpus.provisions.iter().filter_map(move |provision| {
        // Every provision comes out of a document of the same corpus.
        let document = documents.get(provision.document.as_str()).copied()?;
        let jurisdiction = document
            .jurisdiction
            .as_ref()
            .and_then(|code| jurisdictions.get(code).copied());
        Some(Record {
            provision,
            document,
            jurisdiction,
        })
    })
}
