//! Corpus -> passages and labels -> vectors, only those that are not kept from earlier.

use std::collections::HashSet;
use std::time::Instant;

use crate::index::IndexError;
use crate::index::embedding::Embedder;
use crate::index::keyword::Record;
use crate::index::passage::passages;
use crate::index::vector::Row;
use crate::index::vectors_kept::{KeptVectors, Key, key};
use crate::law::Taxonomy;

use super::{BuildOptions, Progress};

/// Passages embedded and kept at once: a kill loses at most so many.
const BATCH: usize = 32;

/// The rows of one file of vectors.
#[derive(Default)]
pub(super) struct Rows {
    /// In order of (ordinal, passage).
    pub rows: Vec<Row>,
    /// The key of each row's vector.
    pub keys: Vec<Key>,
}

/// The rows of a generation and where their vectors are.
pub(super) struct Embedded {
    /// A row for each passage.
    pub passages: Rows,
    /// A row for each label of a topic: the ordinal is the place of its concept in the taxonomy.
    pub labels: Rows,
    /// All keys, once each.
    pub used: HashSet<Key>,
    /// Where the vectors are.
    pub kept: KeptVectors,
    /// Passages embedded now.
    pub made: usize,
    /// Passages whose vectors were there.
    pub reused: usize,
}

/// Texts that were gathered for embedding.
struct Gathered<'a> {
    model: &'a str,
    kept: &'a KeptVectors,
    used: HashSet<Key>,
    missing: Vec<(Key, String)>,
}

impl Gathered<'_> {
    fn add(&mut self, into: &mut Rows, row: Row, text: String) {
        let key = key(self.model, &text);
        if self.used.insert(key) && !self.kept.contains(&key) {
            self.missing.push((key, text));
        }
        into.rows.push(row);
        into.keys.push(key);
    }
}

/// Embeds every passage and every label of a topic whose vector is not kept yet, batch by batch.
pub(super) fn embed<'r>(
    options: &BuildOptions,
    model: &dyn Embedder,
    records: impl Iterator<Item = Record<'r>>,
    taxonomy: &Taxonomy,
    after_batch: &dyn Fn() -> Result<(), IndexError>,
) -> Result<Embedded, IndexError> {
    let mut kept = KeptVectors::open(&options.index_dir, model.id(), model.dimensions())?;
    let (mut rows, mut labels) = (Rows::default(), Rows::default());
    let mut gathered = Gathered {
        model: model.id(),
        kept: &kept,
        used: HashSet::new(),
        missing: Vec::new(),
    };
    for (ordinal, record) in (0..).zip(records) {
        let Record {
            provision,
            document,
            jurisdiction,
        } = record;
        let cut = passages(provision, document, jurisdiction, model, &options.passages);
        for (number, passage) in (0..).zip(cut) {
            let row = Row {
                ordinal,
                passage: number,
                range: passage.range.start as u32..passage.range.end as u32,
            };
            gathered.add(&mut rows, row, passage.text);
        }
    }
    for (ordinal, concept) in (0..)
        .zip(&taxonomy.concepts)
        .filter(|(_, concept)| concept.topic().is_some())
    {
        for (passage, text) in (0..).zip(concept.texts()) {
            let row = Row {
                ordinal,
                passage,
                range: 0..0,
            };
            gathered.add(&mut labels, row, text.to_owned());
        }
    }
    let Gathered { used, missing, .. } = gathered;
    let made = missing.len();
    let reused = used.len() - made;
    embed_missing(options, model, missing, &mut kept, after_batch)?;
    Ok(Embedded {
        passages: rows,
        labels,
        used,
        kept,
        made,
        reused,
    })
}

fn embed_missing(
    options: &BuildOptions,
    model: &dyn Embedder,
    mut missing: Vec<(Key, String)>,
    kept: &mut KeptVectors,
    after_batch: &dyn Fn() -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    // Texts of like length share a batch: a model works on a batch as long as its longest text.
    missing.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    let (total, started) = (missing.len(), Instant::now());
    let letters: usize = missing.iter().map(|(_, text)| text.len()).sum();
    let (mut done, mut letters_done) = (0, 0);
    let report = |done: usize, letters_done: usize| {
        let seconds = started.elapsed().as_secs_f64();
        (options.progress)(Progress::Embedding {
            done,
            total,
            per_second: if seconds > 0.0 { done as f64 / seconds } else { 0.0 },
            seconds_left: (letters_done > 0).then(|| seconds / letters_done as f64 * (letters - letters_done) as f64),
        });
    };
    report(0, 0);
    for batch in missing.chunks_mut(BATCH) {
        let (keys, texts): (Vec<Key>, Vec<String>) =
            batch.iter_mut().map(|(key, text)| (*key, std::mem::take(text))).unzip();
        let vectors = model.embed_passages(&texts)?;
        kept.add(&keys.into_iter().zip(vectors).collect::<Vec<_>>())?;
        after_batch()?;
        done += texts.len();
        letters_done += texts.iter().map(String::len).sum::<usize>();
        report(done, letters_done);
    }
    Ok(())
}
