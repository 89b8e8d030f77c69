//! Collectors: the best by score and number, and all numbers.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::ColumnValues;
use tantivy::index::SegmentReader;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, Searcher, TERMINATED, Term};

/// Provisions in the order of their scores.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ranked {
    /// Number and score, best first; equal scores in the order of the numbers.
    pub hits: Vec<(u32, f32)>,
    /// How many match in all.
    pub total: usize,
}

/// A hit in the order in which the worst comes out of the heap first.
#[derive(PartialEq)]
struct Hit(f32, u32);

impl Eq for Hit {}

impl Ord for Hit {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.total_cmp(&self.0).then(self.1.cmp(&other.1))
    }
}

impl PartialOrd for Hit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Keeps the best `depth` and counts all.
pub struct Best {
    /// How many are kept.
    pub depth: usize,
}

/// The part of [`Best`] in one segment.
pub struct BestOfSegment {
    depth: usize,
    heap: BinaryHeap<Hit>,
    total: usize,
    ordinals: Arc<dyn ColumnValues<u64>>,
}

fn ordinals(segment: &SegmentReader) -> tantivy::Result<Arc<dyn ColumnValues<u64>>> {
    Ok(segment.fast_fields().u64("ordinal")?.first_or_default_col(0))
}

/// Whether a term stands in a provision that is `wanted` by its number.
pub fn holds(searcher: &Searcher, term: &Term, wanted: impl Fn(u32) -> bool) -> tantivy::Result<bool> {
    for segment in searcher.segment_readers() {
        let postings = segment
            .inverted_index(term.field())?
            .read_postings(term, IndexRecordOption::Basic)?;
        let Some(mut postings) = postings else { continue };
        let ordinals = ordinals(segment)?;
        while postings.doc() != TERMINATED {
            if wanted(ordinals.get_val(postings.doc()) as u32) {
                return Ok(true);
            }
            postings.advance();
        }
    }
    Ok(false)
}

impl Collector for Best {
    type Fruit = Ranked;
    type Child = BestOfSegment;

    fn for_segment(&self, _number: u32, segment: &SegmentReader) -> tantivy::Result<BestOfSegment> {
        Ok(BestOfSegment {
            depth: self.depth,
            heap: BinaryHeap::new(),
            total: 0,
            ordinals: ordinals(segment)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, fruits: Vec<(Vec<Found>, usize)>) -> tantivy::Result<Ranked> {
        let total = fruits.iter().map(|(_, total)| total).sum();
        let mut hits: Vec<(u32, f32)> = fruits.into_iter().flat_map(|(hits, _)| hits).collect();
        hits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        hits.truncate(self.depth);
        Ok(Ranked { hits, total })
    }
}

type Found = (u32, f32);

impl SegmentCollector for BestOfSegment {
    type Fruit = (Vec<Found>, usize);

    fn collect(&mut self, doc: DocId, score: Score) {
        self.total += 1;
        if self.heap.len() == self.depth && self.heap.peek().is_none_or(|worst| worst.0 > score) {
            return;
        }
        self.heap.push(Hit(score, self.ordinals.get_val(doc) as u32));
        if self.heap.len() > self.depth {
            self.heap.pop();
        }
    }

    fn harvest(self) -> Self::Fruit {
        (
            self.heap
                .into_iter()
                .map(|Hit(score, ordinal)| (ordinal, score))
                .collect(),
            self.total,
        )
    }
}

/// Every number that matches, in no order.
pub struct All;

/// The part of [`All`] in one segment.
pub struct AllOfSegment {
    found: Vec<u32>,
    ordinals: Arc<dyn ColumnValues<u64>>,
}

impl Collector for All {
    type Fruit = Vec<u32>;
    type Child = AllOfSegment;

    fn for_segment(&self, _number: u32, segment: &SegmentReader) -> tantivy::Result<AllOfSegment> {
        Ok(AllOfSegment {
            found: Vec::new(),
            ordinals: ordinals(segment)?,
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<u32>>) -> tantivy::Result<Vec<u32>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for AllOfSegment {
    type Fruit = Vec<u32>;

    fn collect(&mut self, doc: DocId, _score: Score) {
        self.found.push(self.ordinals.get_val(doc) as u32);
    }

    fn harvest(self) -> Vec<u32> {
        self.found
    }
}
