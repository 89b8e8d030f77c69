//! `manifest.json`: what a generation was made from, and its files with their sums.
//!
//! It answers two questions without opening an engine: is the generation whole, and is it still up to the
//! corpus, the analyzers and the model?

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::corpus::FileFingerprint;
use crate::index::IndexError;
use crate::index::durable::{sum, write_synced};
use crate::index::error::chain;
use crate::index::passage::PassageParameters;

/// Version of the layout of a generation and of how the corpus is cut into provisions. Raise it with every
/// change of either, so that older indexes are built anew.
pub const FORMAT: u32 = 3;

/// Version of the keyword analyzers and fields. Raise it with every change of `keyword/`.
pub const ANALYZER: u32 = 2;

const NAME: &str = "manifest.json";

/// What a generation was made from, and what it consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORMAT`] when it was built.
    pub format: u32,
    /// Version of the program that built it.
    pub program: String,
    /// When it was built, in universal time.
    pub built_at: String,
    /// Hash over the paths and contents of all corpus files.
    pub corpus: String,
    /// [`ANALYZER`] when it was built.
    pub analyzer: u32,
    /// The model whose vectors it holds; none when it was built without one.
    pub model: Option<ModelStamp>,
    /// How much it holds.
    pub counts: Counts,
    /// Every file but this one, in order of path.
    pub files: Vec<FileSum>,
    /// CRC-32 of this manifest written with 0 in this place.
    pub crc32: u32,
}

/// The model and the cutting that the vectors come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelStamp {
    /// The embedder's id.
    pub id: String,
    /// Length of its vectors.
    pub dimensions: usize,
    /// How passages were cut.
    pub passages: PassageParameters,
}

/// How much a generation holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Documents.
    pub documents: usize,
    /// Provisions, decisions and passages of notes.
    pub provisions: usize,
    /// Vectors; 0 without a model.
    pub passages: usize,
    /// Problems found while reading the corpus.
    pub problems: usize,
}

/// A file with its length and sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSum {
    /// Path below the generation, with `/`.
    pub path: String,
    /// Length.
    pub bytes: u64,
    /// CRC-32.
    pub crc32: u32,
}

impl Manifest {
    /// Sums up the finished files of `generation` and writes the manifest beside them.
    pub(super) fn write(mut self, generation: &Path) -> Result<Self, IndexError> {
        self.files = files_of(generation)?;
        self.crc32 = self.own_sum();
        let json = serde_json::to_vec_pretty(&self).map_err(|error| IndexError::Io {
            path: generation.join(NAME),
            source: error.into(),
        })?;
        write_synced(&generation.join(NAME), |file| std::io::Write::write_all(file, &json))?;
        Ok(self)
    }

    /// Reads the manifest and checks the sum of every file.
    ///
    /// # Errors
    /// `Damaged` with the first file that is not as it should be, `Outdated` when the format is another.
    pub fn checked(generation: &Path) -> Result<Self, IndexError> {
        let damaged = |problem: String| IndexError::Damaged {
            path: generation.to_path_buf(),
            problem,
        };
        let json = fs::read(generation.join(NAME)).map_err(IndexError::io(&generation.join(NAME)));
        let json = json.map_err(|error| damaged(unreadable(NAME, &error)))?;
        let format = serde_json::from_slice::<Format>(&json).map(|found| found.format);
        let format = format.map_err(|_| damaged("manifest.json cannot be read".to_owned()))?;
        let manifest = serde_json::from_slice::<Self>(&json);
        // A newer layout may have another manifest; that is no damage. With the own sum in order, neither is an older.
        if format != FORMAT
            && manifest
                .as_ref()
                .map_or(true, |manifest| manifest.crc32 == manifest.own_sum())
        {
            let problem = format!("format {format}, this program writes {FORMAT}");
            return Err(IndexError::Outdated {
                path: generation.to_path_buf(),
                problem,
            });
        }
        let manifest = manifest.map_err(|_| damaged("manifest.json cannot be read".to_owned()))?;
        if manifest.crc32 != manifest.own_sum() {
            return Err(damaged("manifest.json has been altered".to_owned()));
        }
        for file in &manifest.files {
            let found = sum(&generation.join(&file.path)).map_err(|error| damaged(unreadable(&file.path, &error)))?;
            if found.0 != file.bytes {
                return Err(damaged(format!(
                    "{} has {} bytes, not {}",
                    file.path, found.0, file.bytes
                )));
            }
            if found.1 != file.crc32 {
                return Err(damaged(format!("the content of {} has changed", file.path)));
            }
        }
        Ok(manifest)
    }

    /// Length of all its files together.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    fn own_sum(&self) -> u32 {
        let bare = Self {
            crc32: 0,
            ..self.clone()
        };
        // A struct of strings and numbers always has a JSON form; an empty one would match no sum.
        serde_json::to_vec(&bare).map_or(0, |json| crc32fast::hash(&json))
    }
}

/// The one field that every version of the manifest has.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// One hash over all files of the corpus, by path and content.
pub fn corpus_hash(files: &[FileFingerprint]) -> String {
    let mut lines: Vec<String> = files
        .iter()
        .map(|file| format!("{}\0{}\n", file.path, file.sha256))
        .collect();
    lines.sort_unstable();
    let hash = lines
        .iter()
        .fold(Sha256::new(), |hash, line| hash.chain_update(line))
        .finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Why a file of the generation cannot be read, in a few words.
fn unreadable(path: &str, error: &IndexError) -> String {
    match error {
        IndexError::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => format!("{path} is missing"),
        IndexError::Io { source, .. } => format!("{path} cannot be read: {source}"),
        IndexError::NotWritable { reason, .. } => format!("{path} cannot be read: {reason}"),
        other => chain(other),
    }
}

/// All files below a generation with their sums. Locks of the keyword engine hold nothing and may come and go.
fn files_of(generation: &Path) -> Result<Vec<FileSum>, IndexError> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(generation).sort_by_file_name() {
        let entry = entry.map_err(|error| IndexError::Io {
            path: generation.to_path_buf(),
            source: error.into(),
        })?;
        let below = entry.path().strip_prefix(generation).unwrap_or(entry.path());
        let path = below.to_string_lossy().replace('\\', "/");
        if entry.file_type().is_file() && path != NAME && !path.ends_with(".lock") {
            let (bytes, crc32) = sum(entry.path())?;
            files.push(FileSum { path, bytes, crc32 });
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("keyword")).unwrap();
        fs::write(folder.path().join("keyword/a"), b"abc").unwrap();
        fs::write(folder.path().join("keyword/.tantivy.lock"), b"").unwrap();
        fs::write(folder.path().join("vectors.bin"), b"defg").unwrap();
        let manifest = Manifest {
            format: FORMAT,
            program: "0".to_owned(),
            built_at: "2026-11-25T00:00:00Z".to_owned(),
            corpus: corpus_hash(&[]),
            analyzer: ANALYZER,
            model: Some(ModelStamp {
                id: "m".to_owned(),
                dimensions: 3,
                passages: PassageParameters::default(),
            }),
            counts: Counts::default(),
            files: Vec::new(),
            crc32: 0,
        };
        manifest.write(folder.path()).unwrap();
        folder
    }

    #[test]
    fn lists_files_with_their_sums() {
        let folder = written();
        let manifest = Manifest::checked(folder.path()).unwrap();
        let paths: Vec<_> = manifest.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["keyword/a", "vectors.bin"]);
        assert_eq!(manifest.bytes(), 7);
    }

    #[test]
    fn every_flip_and_every_cut_is_seen() {
        let folder = written();
        for name in ["manifest.json", "keyword/a", "vectors.bin"] {
            let path = folder.path().join(name);
            let whole = fs::read(&path).unwrap();
            for at in 0..whole.len() {
                let mut flipped = whole.clone();
                flipped[at] ^= 1;
                fs::write(&path, &flipped).unwrap();
                let found = Manifest::checked(folder.path());
                // White space between the fields says nothing and may be altered.
                assert!(
                    found.is_err() || whole[at].is_ascii_whitespace(),
                    "{name} byte {at}: {found:?}"
                );
                fs::write(&path, &whole[..at]).unwrap();
                assert!(Manifest::checked(folder.path()).is_err(), "{name} cut to {at}");
            }
            fs::remove_file(&path).unwrap();
            assert!(matches!(
                Manifest::checked(folder.path()),
                Err(IndexError::Damaged { .. })
            ));
            fs::write(&path, &whole).unwrap();
        }
        assert!(Manifest::checked(folder.path()).is_ok());
    }

    #[test]
    fn another_format_is_outdated_not_damaged() {
        let folder = written();
        fs::write(folder.path().join(NAME), br#"{"format": 99, "whatever": true}"#).unwrap();
        assert!(matches!(
            Manifest::checked(folder.path()),
            Err(IndexError::Outdated { .. })
        ));
        fs::write(folder.path().join(NAME), b"\0\xff garbage").unwrap();
        assert!(matches!(
            Manifest::checked(folder.path()),
            Err(IndexError::Damaged { .. })
        ));
    }

    #[test]
    fn corpus_hash_depends_on_paths_and_contents_only() {
        let file = |path: &str, sha: &str| FileFingerprint {
            path: path.to_owned(),
            sha256: sha.to_owned(),
        };
        let (a, b) = (file("a.md", "1"), file("b.md", "2"));
        assert_eq!(
            corpus_hash(&[a.clone(), b.clone()]),
            corpus_hash(&[b.clone(), a.clone()])
        );
        assert_ne!(corpus_hash(std::slice::from_ref(&a)), corpus_hash(&[file("a.md", "2")]));
        assert_ne!(corpus_hash(std::slice::from_ref(&a)), corpus_hash(&[a, b]));
    }
}
