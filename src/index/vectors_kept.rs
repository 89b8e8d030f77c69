//! Vectors already made, by hash of model and text, so that an unchanged text is never embedded twice.
//!
//! One file per model, which only grows: a header, then records of one length (hash, vector, CRC-32). It is
//! written batch by batch; a kill loses at most a batch. A record that is torn or altered is passed over and
//! its text embedded again. It is a store of work done, never the truth: losing it costs time only.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::index::IndexError;
use crate::index::durable::{sync_parent, with_ending, write_synced};

const MAGIC: [u8; 8] = *b"COLLEXK\n";
const VERSION: u32 = 1;
const HEADER: usize = 48;

/// Hash of model and text: what a kept vector is found by.
pub(super) type Key = [u8; 32];

/// The kept vectors of one model.
pub(super) struct KeptVectors {
    path: PathBuf,
    file: File,
    model: String,
    dimensions: usize,
    /// Number of the record that holds a key's vector.
    places: HashMap<Key, u32>,
    /// Records in the file, unusable ones included.
    records: u32,
}

/// The key of a text under a model.
pub(super) fn key(model: &str, text: &str) -> Key {
    Sha256::new()
        .chain_update(model)
        .chain_update([0])
        .chain_update(text)
        .finalize()
        .into()
}

impl KeptVectors {
    /// Opens or begins the file of `model` below the index folder.
    pub(super) fn open(index: &Path, model: &str, dimensions: usize) -> Result<Self, IndexError> {
        let path = index.join("vectors").join(file_name(model));
        let file = open_file(&path, &header(model, dimensions)).map_err(IndexError::io(&path))?;
        let mut kept = Self {
            path,
            file,
            model: model.to_owned(),
            dimensions,
            places: HashMap::new(),
            records: 0,
        };
        kept.read_all().map_err(IndexError::io(&kept.path))?;
        Ok(kept)
    }

    /// Whether a vector is kept for the key.
    pub(super) fn contains(&self, key: &Key) -> bool {
        self.places.contains_key(key)
    }

    /// The vector kept for a key.
    pub(super) fn get(&mut self, key: &Key) -> Result<Option<Vec<f32>>, IndexError> {
        let Some(place) = self.places.get(key).copied() else {
            return Ok(None);
        };
        let mut record = vec![0; self.record_len()];
        self.file
            .seek(SeekFrom::Start(self.start_of(place)))
            .and_then(|_| self.file.read_exact(&mut record))
            .map_err(IndexError::io(&self.path))?;
        let (numbers, _) = record[32..32 + self.dimensions * 4].as_chunks::<4>();
        Ok(Some(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()))
    }

    /// As [`get`](Self::get), for a text that has been embedded before.
    ///
    /// # Errors
    /// `Damaged` when it is not there after all.
    pub(super) fn get_made(&mut self, key: &Key) -> Result<Vec<f32>, IndexError> {
        let problem = "a vector just kept is not there".to_owned();
        self.get(key)?.ok_or_else(|| IndexError::Damaged {
            path: self.path.clone(),
            problem,
        })
    }

    /// Keeps a batch, in one write brought to the disk.
    pub(super) fn add(&mut self, batch: &[(Key, Vec<f32>)]) -> Result<(), IndexError> {
        let mut bytes = Vec::with_capacity(batch.len() * self.record_len());
        for (key, vector) in batch {
            if vector.len() != self.dimensions {
                return Err(IndexError::Dimensions {
                    found: vector.len(),
                    expected: self.dimensions,
                });
            }
            let start = bytes.len();
            bytes.extend(key);
            vector.iter().for_each(|x| bytes.extend(x.to_le_bytes()));
            bytes.extend(crc32fast::hash(&bytes[start..]).to_le_bytes());
        }
        // Always at the end of the whole records: a write that failed half-way before is written over.
        let end = self.start_of(self.records);
        let written = self
            .file
            .seek(SeekFrom::Start(end))
            .and_then(|_| self.file.write_all(&bytes));
        written
            .and_then(|()| self.file.sync_data())
            .map_err(IndexError::io(&self.path))?;
        for (key, _) in batch {
            self.places.insert(*key, self.records);
            self.records += 1;
        }
        Ok(())
    }

    /// Writes the file anew without what is not in `used`, when that is more than half of it. True if it did.
    pub(super) fn compact(&mut self, used: &HashSet<Key>) -> Result<bool, IndexError> {
        let live = self.places.keys().filter(|key| used.contains(*key)).count();
        if self.records as usize <= live * 2 {
            return Ok(false);
        }
        let mut keep: Vec<_> = self.places.iter().filter(|(key, _)| used.contains(*key)).collect();
        keep.sort_unstable_by_key(|(_, place)| **place);
        let (mut source, len) = (
            self.file.try_clone().map_err(IndexError::io(&self.path))?,
            self.record_len(),
        );
        let beside = with_ending(&self.path, "new");
        let mut record = vec![0; len];
        write_synced(&beside, |file: &mut BufWriter<File>| {
            file.write_all(&header(&self.model, self.dimensions))?;
            keep.iter().try_for_each(|(_, place)| {
                source.seek(SeekFrom::Start(self.start_of(**place)))?;
                source.read_exact(&mut record)?;
                file.write_all(&record)
            })
        })?;
        fs::rename(&beside, &self.path).map_err(IndexError::io(&self.path))?;
        sync_parent(&self.path);
        self.places = keep
            .iter()
            .enumerate()
            .map(|(at, (key, _))| (**key, at as u32))
            .collect();
        self.records = self.places.len() as u32;
        self.file = open_file(&self.path, &header(&self.model, self.dimensions)).map_err(IndexError::io(&self.path))?;
        Ok(true)
    }

    fn record_len(&self) -> usize {
        32 + self.dimensions * 4 + 4
    }

    fn start_of(&self, place: u32) -> u64 {
        HEADER as u64 + u64::from(place) * self.record_len() as u64
    }

    /// Reads every record; passes over altered ones and cuts off a torn last one.
    fn read_all(&mut self) -> std::io::Result<()> {
        let len = self.record_len();
        let whole = (self.file.metadata()?.len() - HEADER as u64) / len as u64;
        self.file.seek(SeekFrom::Start(HEADER as u64))?;
        let mut reader = BufReader::with_capacity(1 << 18, &self.file);
        let mut record = vec![0; len];
        for place in 0..u32::try_from(whole).unwrap_or(u32::MAX) {
            reader.read_exact(&mut record)?;
            let (content, sum) = record.split_at(len - 4);
            if crc32fast::hash(content).to_le_bytes() == *sum {
                let key = std::array::from_fn(|n| content[n]);
                self.places.insert(key, place);
            }
            self.records = place + 1;
        }
        self.file.set_len(self.start_of(self.records))
    }
}

/// Opens the file; one that does not begin with `header` (new, torn, of another version) is begun anew.
fn open_file(path: &Path, header: &[u8]) -> std::io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    let mut found = Vec::new();
    Read::by_ref(&mut file).take(HEADER as u64).read_to_end(&mut found)?;
    if found != header {
        file.set_len(0)?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(header)?;
        file.sync_all()?;
        sync_parent(path);
    }
    Ok(file)
}

fn header(model: &str, dimensions: usize) -> Vec<u8> {
    let mut header = Vec::with_capacity(HEADER);
    header.extend(MAGIC);
    header.extend(VERSION.to_le_bytes());
    header.extend((dimensions as u32).to_le_bytes());
    header.extend(Sha256::digest(model));
    header
}

/// The model's id as a file name; ids that differ only in what a file name cannot hold stay apart by a hash.
fn file_name(model: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let name: String = model.chars().map(|c| if fits(c) { c } else { '-' }).take(80).collect();
    if name == model && !name.starts_with('.') {
        return format!("{name}.kept");
    }
    let hash: String = Sha256::digest(model)
        .iter()
        .take(4)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{}-{hash}.kept", name.trim_start_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(numbers: std::ops::Range<u32>) -> Vec<(Key, Vec<f32>)> {
        numbers
            .map(|n| (key("m", &n.to_string()), vec![n as f32, 1.0, -2.5]))
            .collect()
    }

    fn kept_numbers(kept: &mut KeptVectors, numbers: std::ops::Range<u32>) -> Vec<u32> {
        let known = |(key, vector): (Key, Vec<f32>)| {
            kept.get(&key).unwrap().map(|found| {
                assert_eq!(found, vector);
                vector[0] as u32
            })
        };
        batch(numbers).into_iter().filter_map(known).collect()
    }

    #[test]
    fn keeps_by_model_and_text() {
        let folder = tempfile::tempdir().unwrap();
        let mut kept = KeptVectors::open(folder.path(), "m", 3).unwrap();
        kept.add(&batch(0..5)).unwrap();
        kept.add(&batch(5..6)).unwrap();
        drop(kept);
        let mut again = KeptVectors::open(folder.path(), "m", 3).unwrap();
        assert_eq!(kept_numbers(&mut again, 0..9), [0, 1, 2, 3, 4, 5]);
        assert!(
            !KeptVectors::open(folder.path(), "other/m", 3)
                .unwrap()
                .contains(&key("m", "0"))
        );
        assert_ne!(key("m", "0"), key("m0", ""));
        assert!(matches!(
            again.add(&[(key("m", "x"), vec![1.0])]),
            Err(IndexError::Dimensions { .. })
        ));
    }

    #[test]
    fn a_torn_tail_is_cut_and_written_over() {
        let folder = tempfile::tempdir().unwrap();
        KeptVectors::open(folder.path(), "m", 3)
            .unwrap()
            .add(&batch(0..4))
            .unwrap();
        let path = folder.path().join("vectors/m.kept");
        let whole = fs::read(&path).unwrap();
        for len in 0..whole.len() {
            fs::write(&path, &whole[..len]).unwrap();
            let mut kept = KeptVectors::open(folder.path(), "m", 3).unwrap();
            let survived = (len.saturating_sub(HEADER) / 48) as u32;
            assert_eq!(kept_numbers(&mut kept, 0..9), (0..survived).collect::<Vec<_>>());
            kept.add(&batch(7..9)).unwrap();
            drop(kept);
            let mut again = KeptVectors::open(folder.path(), "m", 3).unwrap();
            assert_eq!(kept_numbers(&mut again, 7..9), [7, 8]);
        }
    }

    #[test]
    fn an_altered_record_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        KeptVectors::open(folder.path(), "m", 3)
            .unwrap()
            .add(&batch(0..4))
            .unwrap();
        let path = folder.path().join("vectors/m.kept");
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut flipped = whole.clone();
            flipped[at] ^= 4;
            fs::write(&path, flipped).unwrap();
            let mut kept = KeptVectors::open(folder.path(), "m", 3).unwrap();
            assert_eq!(
                kept_numbers(&mut kept, 0..4).len(),
                if at < HEADER { 0 } else { 3 },
                "byte {at}"
            );
        }
    }

    #[test]
    fn is_compacted_when_more_than_half_is_unused() {
        let folder = tempfile::tempdir().unwrap();
        let mut kept = KeptVectors::open(folder.path(), "m", 3).unwrap();
        kept.add(&batch(0..10)).unwrap();
        let used = |numbers| batch(numbers).into_iter().map(|(key, _)| key).collect::<HashSet<_>>();
        assert!(!kept.compact(&used(0..5)).unwrap());
        assert!(kept.compact(&used(3..7)).unwrap());
        assert_eq!(kept_numbers(&mut kept, 0..10), [3, 4, 5, 6]);
        kept.add(&batch(8..9)).unwrap();
        assert_eq!(
            kept_numbers(&mut KeptVectors::open(folder.path(), "m", 3).unwrap(), 0..10),
            [3, 4, 5, 6, 8]
        );
    }

    #[test]
    fn file_names_are_safe() {
        assert_eq!(file_name("e5-small.int8"), "e5-small.int8.kept");
        assert!(!file_name("../../x").contains('/'));
        assert_ne!(file_name("a/b"), file_name("a:b"));
        assert!(!file_name("..").starts_with('.'));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut kept = KeptVectors::open(folder.path(), "m", 3).unwrap();
        kept.add(&batch(0..2)).unwrap();
        let file = std::mem::replace(&mut kept.file, File::options().write(true).open("/dev/full").unwrap());
        assert!(matches!(kept.add(&batch(2..4)), Err(IndexError::DiskFull { .. })));
        kept.file = file;
        kept.add(&batch(5..6)).unwrap();
        assert_eq!(kept_numbers(&mut kept, 0..9), [0, 1, 5]);
    }
}
