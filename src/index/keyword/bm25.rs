//! BM25 over the fields of a provision taken together (BM25F), with parameters of our own.
//!
//! tantivy 0.27 has k1 = 1.2 and b = 0.75 written into its own scorer, and adds the scores of fields, so that a word
//! in heading and text counts double. Here the weighted frequencies are added first and saturate together, with
//! [`K1`] and [`B`] as in the reference figures. Phrases are still scored by tantivy.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::index::{SegmentId, SegmentReader};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED, Term};

use super::schema::Fields;

/// How soon further occurrences of a word stop counting.
pub const K1: f32 = 0.9;
/// How far long provisions are held back.
pub const B: f32 = 0.4;

/// What the length of each provision does to its scores, per segment.
#[derive(Debug, Default)]
pub struct Lengths {
    /// How many provisions there are in each language, in the order of the fields.
    pub counts: Vec<u64>,
    norms: HashMap<SegmentId, Arc<[f32]>>,
}

impl Lengths {
    /// Reads the lengths of all provisions; each is compared with the mean of its own language.
    pub fn of(searcher: &Searcher, fields: &Fields) -> tantivy::Result<Self> {
        let segments = searcher.segment_readers();
        let mut norms: Vec<Vec<f32>> = segments
            .iter()
            .map(|segment| vec![K1; segment.max_doc() as usize])
            .collect();
        let mut counts = Vec::new();
        for pair in &fields.languages {
            let lengths: Vec<Vec<u32>> = segments
                .iter()
                .map(|segment| lengths(segment, pair))
                .collect::<tantivy::Result<_>>()?;
            let total: u64 = lengths.iter().flatten().map(|length| u64::from(*length)).sum();
            let count = lengths.iter().flatten().filter(|length| **length > 0).count() as u64;
            let mean = total as f32 / count.max(1) as f32;
            for (norm, length) in norms
                .iter_mut()
                .flatten()
                .zip(lengths.iter().flatten())
                .filter(|(_, length)| **length > 0)
            {
                *norm = K1 * (1.0 - B + B * *length as f32 / mean);
            }
            counts.push(count);
        }
        let norms = segments
            .iter()
            .map(|segment| segment.segment_id())
            .zip(norms.into_iter().map(Arc::from))
            .collect();
        Ok(Self { counts, norms })
    }
}

/// Words in head and text of every provision of a segment in one language; 0 for those in another.
fn lengths(segment: &SegmentReader, pair: &super::schema::LanguageFields) -> tantivy::Result<Vec<u32>> {
    let head = segment.get_fieldnorms_reader(pair.head)?;
    let body = segment.get_fieldnorms_reader(pair.body)?;
    Ok((0..segment.max_doc())
        .map(|doc| head.fieldnorm(doc) + body.fieldnorm(doc))
        .collect())
}

/// One field in which a word is looked for.
#[derive(Debug, Clone)]
pub struct Part {
    /// The term in its field.
    pub term: Term,
    /// How much one occurrence counts.
    pub weight: f32,
    /// How rare the word is among the provisions of the field's language.
    pub idf: f32,
    /// Whether it counts only where no other part is found.
    pub last_resort: bool,
}

/// Rarity of a word that stands in `holders` of `provisions`.
pub fn idf(holders: u64, provisions: u64) -> f32 {
    let (holders, provisions) = (holders as f32, provisions.max(holders) as f32);
    (1.0 + (provisions - holders + 0.5) / (holders + 0.5)).ln()
}

/// A word in all its fields. Parts stand in order of trust: the first that is found tells how rare the word is.
#[derive(Debug, Clone)]
pub struct WordQuery {
    /// The fields it is looked for in.
    pub parts: Vec<Part>,
    /// Lengths of the provisions.
    pub lengths: Arc<Lengths>,
}

impl Query for WordQuery {
    fn weight(&self, _scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.parts.iter().for_each(|part| visitor(&part.term, false));
    }
}

impl Weight for WordQuery {
    fn scorer(&self, segment: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut lists = Vec::new();
        for part in &self.parts {
            let index = segment.inverted_index(part.term.field())?;
            if let Some(postings) = index.read_postings(&part.term, IndexRecordOption::WithFreqs)? {
                lists.push(List {
                    postings,
                    weight: part.weight,
                    idf: part.idf,
                    last_resort: part.last_resort,
                });
            }
        }
        let Some(norms) = self
            .lengths
            .norms
            .get(&segment.segment_id())
            .filter(|_| !lists.is_empty())
        else {
            return Ok(Box::new(EmptyScorer));
        };
        let doc = lists.iter().map(|list| list.postings.doc()).min().unwrap_or(TERMINATED);
        Ok(Box::new(WordScorer {
            lists,
            norms: Arc::clone(norms),
            doc,
            boost,
        }))
    }

    fn explain(&self, segment: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(segment, 1.0)?;
        let score = if scorer.doc() <= doc && scorer.seek(doc) == doc {
            scorer.score()
        } else {
            0.0
        };
        Ok(Explanation::new("BM25F of a word", score))
    }
}

struct List {
    postings: SegmentPostings,
    weight: f32,
    idf: f32,
    last_resort: bool,
}

struct WordScorer {
    lists: Vec<List>,
    norms: Arc<[f32]>,
    doc: DocId,
    boost: Score,
}

impl WordScorer {
    fn settle(&mut self) -> DocId {
        self.doc = self
            .lists
            .iter()
            .map(|list| list.postings.doc())
            .min()
            .unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        for list in self.lists.iter_mut().filter(|list| list.postings.doc() == self.doc) {
            list.postings.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for list in self.lists.iter_mut().filter(|list| list.postings.doc() < target) {
            list.postings.seek(target);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists
            .iter()
            .map(|list| list.postings.size_hint())
            .max()
            .unwrap_or(0)
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        let here = self.lists.iter().filter(|list| list.postings.doc() == self.doc);
        let (mut frequency, mut rarity) = (0.0, None);
        for list in here {
            if list.last_resort && rarity.is_some() {
                break;
            }
            frequency += list.weight * list.postings.term_freq() as f32;
            rarity.get_or_insert(list.idf);
        }
        let norm = self.norms.get(self.doc as usize).copied().unwrap_or(K1);
        self.boost * rarity.unwrap_or(0.0) * frequency * (K1 + 1.0) / (frequency + norm)
    }
}
