//! Exact search in process: every allowed row is compared, so nothing is missed under any filter and there is
//! nothing to train.
//!
//! The int8 rows are scanned (a quarter of the memory to read), and the best of them measured again by their
//! float32 rows, which gives the order that float32 alone would give.

use std::fs::File;
use std::ops::Range;
use std::path::Path;

use memmap2::Mmap;
use simsimd::SpatialSimilarity;

use super::file::{HEADER, Layout, MAGIC, ROW, VERSION, model_hash, normalised, quantized, scale_of};
use super::{Neighbour, VectorStore};
use crate::index::{BitSet, IndexError};

/// At least so many provisions are measured again in float32, however few are asked for: int8 may confuse
/// neighbours in the order, not a hundred of them.
const RESCORED: usize = 100;

/// From here on the scan is spread over threads; below, starting them costs more than it saves.
const ROWS_FOR_THREADS: usize = 50_000;

/// The vectors of one generation, memory-mapped.
pub struct ExactStore {
    map: Mmap,
    layout: Layout,
    dimensions: usize,
    rows: Vec<Passage>,
    /// `first[o]..first[o + 1]` are the rows of provision `o`.
    first: Vec<u32>,
}

struct Passage {
    scale: f32,
    range: Range<u32>,
}

impl ExactStore {
    /// Opens `vectors.bin`. With `model`, it must be of that model.
    ///
    /// # Errors
    /// When the file cannot be read, is of another layout or model, or is cut short.
    pub fn open(path: &Path, model: Option<&str>) -> Result<Self, IndexError> {
        let file = File::open(path).map_err(IndexError::io(path))?;
        // SAFETY: the map is only read, and the file of a finished generation is never written again: builds
        // write new files, and removing a file leaves its maps whole. Whoever changes it from outside while
        // the program runs could make it fault; a checksum cannot hinder that, a copy in memory would cost
        // the whole file.
        let map = unsafe { Mmap::map(&file) }.map_err(IndexError::io(path))?;
        Self::from_map(map, model).map_err(|problem| IndexError::Damaged {
            path: path.to_path_buf(),
            problem,
        })
    }

    fn from_map(map: Mmap, model: Option<&str>) -> Result<Self, String> {
        if map.len() < HEADER || map[..8] != MAGIC {
            return Err("no vector file".to_owned());
        }
        let version = u32_at(&map, 8);
        if version != VERSION {
            return Err(format!("version {version} of the vector file, not {VERSION}"));
        }
        if model.is_some_and(|model| map[24..56] != model_hash(model)) {
            return Err("its vectors are of another model".to_owned());
        }
        let dimensions = u32_at(&map, 12) as usize;
        let rows = u64::from(u32_at(&map, 16)) | u64::from(u32_at(&map, 20)) << 32;
        let layout = usize::try_from(rows).ok().and_then(|rows| Layout::of(rows, dimensions));
        let layout = layout.filter(|layout| layout.len == map.len());
        let layout = layout.ok_or_else(|| format!("{} bytes do not hold {rows} rows", map.len()))?;
        let (rows, first) = table(&map, rows as usize)?;
        Ok(Self {
            map,
            layout,
            dimensions,
            rows,
            first,
        })
    }

    fn rows_of(&self, ordinal: u32) -> Range<usize> {
        let at = ordinal as usize;
        match (self.first.get(at), self.first.get(at + 1)) {
            (Some(first), Some(end)) => *first as usize..*end as usize,
            _ => 0..0,
        }
    }

    fn int8(&self, row: usize) -> &[i8] {
        let start = self.layout.int8 + row * self.layout.stride;
        let bytes = &self.map[start..start + self.dimensions];
        // SAFETY: i8 has the size and alignment of u8, every bit pattern is one, and the length is the same.
        unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
    }

    fn float32(&self, row: usize) -> Vec<f32> {
        let start = self.layout.float32 + row * self.dimensions * 4;
        let (numbers, _) = self.map[start..start + self.dimensions * 4].as_chunks::<4>();
        numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
    }

    /// The best int8 score of each allowed provision in `ordinals`.
    fn scan(&self, query: &[i8], allowed: Option<&BitSet>, ordinals: Range<u32>) -> Vec<(f32, u32)> {
        let best = |ordinal: u32| {
            let rows = self.rows_of(ordinal);
            let scores =
                rows.map(|row| i8::dot(query, self.int8(row)).unwrap_or(f64::MIN) as f32 * self.rows[row].scale);
            scores.max_by(f32::total_cmp).map(|score| (score, ordinal))
        };
        match allowed {
            None => ordinals.filter_map(best).collect(),
            Some(set) => ordinals
                .filter(|ordinal| set.contains(*ordinal))
                .filter_map(best)
                .collect(),
        }
    }

    fn scan_all(&self, query: &[i8], allowed: Option<&BitSet>) -> Vec<(f32, u32)> {
        let end = self.first.len().saturating_sub(1) as u32;
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let rows = allowed.map_or(self.rows.len(), |set| set.count().min(self.rows.len()));
        if rows < ROWS_FOR_THREADS || threads == 1 {
            return self.scan(query, allowed, 0..end);
        }
        let share = end.div_ceil(threads as u32).max(1);
        std::thread::scope(|scope| {
            let scans: Vec<_> = (0..end)
                .step_by(share as usize)
                .map(|from| scope.spawn(move || self.scan(query, allowed, from..end.min(from + share))))
                .collect();
            scans
                .into_iter()
                .flat_map(|scan| scan.join().expect("the scan does not panic"))
                .collect()
        })
    }

    /// The provision's best passage in float32.
    fn measured(&self, query: &[f32], ordinal: u32) -> Option<Neighbour> {
        let rows = self.rows_of(ordinal);
        let first = rows.start;
        rows.filter_map(|row| {
            let similarity = f32::dot(query, &self.float32(row))? as f32;
            Some(Neighbour {
                ordinal,
                similarity,
                passage: (row - first) as u32,
            })
        })
        .max_by(|a, b| a.similarity.total_cmp(&b.similarity).then(b.passage.cmp(&a.passage)))
    }
}

impl VectorStore for ExactStore {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn nearest(&self, query: &[f32], allowed: Option<&BitSet>, depth: usize) -> Result<Vec<Neighbour>, IndexError> {
        if query.len() != self.dimensions {
            return Err(IndexError::Dimensions {
                found: query.len(),
                expected: self.dimensions,
            });
        }
        let query = normalised(query).ok_or_else(|| IndexError::NoDirection {
            text: "the query".to_owned(),
        })?;
        // The query's own scale is the same for all rows and so does not change their order.
        let steps: Vec<i8> = quantized(&query, scale_of(&query)).collect();
        let mut scores = self.scan_all(&steps, allowed);
        let kept = depth.max(RESCORED);
        if scores.len() > kept {
            scores.select_nth_unstable_by(kept, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            scores.truncate(kept);
        }
        let mut found: Vec<_> = scores
            .into_iter()
            .filter_map(|(_, ordinal)| self.measured(&query, ordinal))
            .collect();
        found.sort_unstable_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.ordinal.cmp(&b.ordinal)));
        found.truncate(depth);
        Ok(found)
    }

    fn vectors_of(&self, ordinal: u32) -> Vec<Vec<f32>> {
        self.rows_of(ordinal).map(|row| self.float32(row)).collect()
    }

    fn passage(&self, ordinal: u32, passage: u32) -> Option<Range<usize>> {
        let row = self.rows_of(ordinal).nth(passage as usize)?;
        let range = &self.rows[row].range;
        Some(range.start as usize..range.end as usize)
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(std::array::from_fn(|n| bytes[at + n]))
}

/// Reads the row table, and where each provision's rows begin.
fn table(map: &[u8], count: usize) -> Result<(Vec<Passage>, Vec<u32>), String> {
    let (mut rows, mut first) = (Vec::with_capacity(count), Vec::new());
    let mut before = None;
    for at in (0..count).map(|row| HEADER + row * ROW) {
        let (ordinal, passage) = (u32_at(map, at), u32_at(map, at + 4));
        let follows = match before {
            Some((same, last)) if same == ordinal => passage == last + 1,
            Some((lower, _)) => passage == 0 && ordinal > lower,
            None => passage == 0,
        };
        // An ordinal far beyond the rows would only come from damage, and would ask for gigabytes below.
        if !follows || ordinal as usize > count.saturating_mul(1000).saturating_add(1_000_000) {
            return Err(format!("row {} out of order", rows.len()));
        }
        before = Some((ordinal, passage));
        first.resize(ordinal as usize + 1, rows.len() as u32);
        rows.push(Passage {
            scale: f32::from_bits(u32_at(map, at + 16)),
            range: u32_at(map, at + 8)..u32_at(map, at + 12),
        });
    }
    if !rows.is_empty() {
        first.push(rows.len() as u32);
    }
    Ok((rows, first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Row, write};
    use super::*;

    const MODEL: &str = "test";

    /// Pseudo-random vectors (xorshift), `passages[o]` to provision `o`, written and opened.
    fn store(seed: u64, dimensions: usize, passages: &[u32]) -> (tempfile::TempDir, ExactStore, Vec<(u32, Vec<f32>)>) {
        let mut state = seed | 1;
        let mut number = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
        };
        let (mut rows, mut vectors) = (Vec::new(), Vec::new());
        for (ordinal, count) in passages.iter().enumerate() {
            for passage in 0..*count {
                rows.push(Row {
                    ordinal: ordinal as u32,
                    passage,
                    range: passage..passage + 7,
                });
                let vector: Vec<f32> = (0..dimensions).map(|_| number()).collect();
                vectors.push((ordinal as u32, normalised(&vector).unwrap()));
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.bin");
        write(&path, MODEL, dimensions, &rows, |n| Ok(vectors[n].1.clone())).unwrap();
        let store = ExactStore::open(&path, Some(MODEL)).unwrap();
        (folder, store, vectors)
    }

    /// What float32 alone would find: the measure of all this.
    fn naive(vectors: &[(u32, Vec<f32>)], query: &[f32], allowed: Option<&BitSet>, depth: usize) -> Vec<u32> {
        let mut best = std::collections::BTreeMap::<u32, f64>::new();
        for (ordinal, vector) in vectors
            .iter()
            .filter(|(o, _)| allowed.is_none_or(|set| set.contains(*o)))
        {
            let dot: f64 = vector
                .iter()
                .zip(query)
                .map(|(a, b)| f64::from(*a) * f64::from(*b))
                .sum();
            best.entry(*ordinal)
                .and_modify(|most| *most = most.max(dot))
                .or_insert(dot);
        }
        let mut order: Vec<_> = best.into_iter().collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order.into_iter().take(depth).map(|(ordinal, _)| ordinal).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn finds_what_float_alone_would_find(
            seed in any::<u64>(),
            dimensions in prop::sample::select(vec![3usize, 64, 100, 384]),
            passages in prop::collection::vec(0u32..4, 1..900),
            every in 1u32..5,
        ) {
            let (_folder, store, vectors) = store(seed, dimensions, &passages);
            let query: Vec<f32> = (0..dimensions).map(|n| ((n as u64 ^ seed) % 1000) as f32 - 500.3).collect();
            let mut some = BitSet::new(passages.len());
            (0..passages.len() as u32).filter(|o| o % every == 0).for_each(|o| some.insert(o));
            for allowed in [None, Some(&some)] {
                let found = store.nearest(&query, allowed, 10).unwrap();
                let unit = normalised(&query).unwrap();
                let wanted = naive(&vectors, &unit, allowed, 10);
                // Ties within float32's precision may change places; the set may not.
                let ordinals: std::collections::BTreeSet<u32> = found.iter().map(|hit| hit.ordinal).collect();
                prop_assert_eq!(ordinals, wanted.iter().copied().collect());
                prop_assert!(found.is_sorted_by(|a, b| a.similarity >= b.similarity));
                for hit in &found {
                    let all = store.vectors_of(hit.ordinal);
                    let dot: f32 = all[hit.passage as usize].iter().zip(&unit).map(|(a, b)| a * b).sum();
                    prop_assert!((dot - hit.similarity).abs() < 1e-4);
                }
            }
        }
    }

    #[test]
    fn gives_back_what_was_written() {
        let (_folder, store, vectors) = store(7, 64, &[2, 0, 0, 3]);
        assert_eq!((store.len(), store.dimensions(), store.is_empty()), (5, 64, false));
        assert_eq!(store.vectors_of(3).len(), 3);
        assert!(store.vectors_of(1).is_empty() && store.vectors_of(99).is_empty());
        assert!(
            store.vectors_of(0)[1]
                .iter()
                .zip(&vectors[1].1)
                .all(|(a, b)| (a - b).abs() < 1e-6)
        );
        assert_eq!(store.passage(3, 2), Some(2..9));
        assert_eq!(store.passage(3, 3), None);
        let hit = store.nearest(&vectors[3].1, None, 1).unwrap()[0];
        assert_eq!((hit.ordinal, hit.passage), (3, 1));
        assert!((hit.similarity - 1.0).abs() < 1e-5);
    }

    #[test]
    fn equal_vectors_come_by_ordinal() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vectors.bin");
        let rows: Vec<Row> = (0..300)
            .map(|ordinal| Row {
                ordinal,
                passage: 0,
                range: 0..1,
            })
            .collect();
        write(&path, MODEL, 8, &rows, |_| Ok(vec![0.5; 8])).unwrap();
        let found = ExactStore::open(&path, None)
            .unwrap()
            .nearest(&[1.0; 8], None, 7)
            .unwrap();
        assert_eq!(
            found.iter().map(|hit| hit.ordinal).collect::<Vec<_>>(),
            (0..7).collect::<Vec<_>>()
        );
    }

    #[test]
    fn threads_find_the_same() {
        let (_folder, store, vectors) = store(3, 16, &vec![1; ROWS_FOR_THREADS + 5000]);
        let found = store.nearest(&vectors[54_000].1, None, 20).unwrap();
        let wanted = naive(&vectors, &vectors[54_000].1, None, 20);
        assert_eq!(found.iter().map(|hit| hit.ordinal).collect::<Vec<_>>(), wanted);
    }

    #[test]
    fn refuses_queries_that_do_not_fit() {
        let (_folder, store, _) = store(5, 8, &[1, 1]);
        assert!(matches!(
            store.nearest(&[1.0; 9], None, 5),
            Err(IndexError::Dimensions { found: 9, expected: 8 })
        ));
        assert!(matches!(
            store.nearest(&[0.0; 8], None, 5),
            Err(IndexError::NoDirection { .. })
        ));
        assert!(matches!(
            store.nearest(&[f32::NAN; 8], None, 5),
            Err(IndexError::NoDirection { .. })
        ));
        assert!(store.nearest(&[1.0; 8], Some(&BitSet::new(0)), 5).unwrap().is_empty());
        assert!(store.nearest(&[1.0; 8], None, 0).unwrap().is_empty());
    }

    #[test]
    fn an_empty_store_finds_nothing() {
        let (_folder, store, _) = store(5, 8, &[0, 0]);
        assert!(store.is_empty() && store.nearest(&[1.0; 8], None, 5).unwrap().is_empty());
    }

    #[test]
    fn damage_is_an_error_and_no_panic() {
        let (folder, _, _) = store(5, 8, &[1, 2, 1]);
        let whole = std::fs::read(folder.path().join("vectors.bin")).unwrap();
        let path = folder.path().join("damaged.bin");
        for len in (0..whole.len()).step_by(3) {
            std::fs::write(&path, &whole[..len]).unwrap();
            assert!(ExactStore::open(&path, Some(MODEL)).is_err(), "cut to {len} bytes");
        }
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 0x81;
            std::fs::write(&path, &flipped).unwrap();
            // The manifest's sum finds every flip; here none may panic.
            if let Ok(store) = ExactStore::open(&path, Some(MODEL)) {
                let _ = store.nearest(&[1.0; 8], None, 3).unwrap();
            }
        }
        std::fs::write(&path, &whole).unwrap();
        assert!(ExactStore::open(&path, Some("other")).is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named() {
        let rows = [Row {
            ordinal: 0,
            passage: 0,
            range: 0..1,
        }];
        let error = write(Path::new("/dev/full"), MODEL, 8, &rows, |_| Ok(vec![1.0; 8])).unwrap_err();
        assert!(matches!(error, IndexError::DiskFull { .. }), "{error}");
    }
}
