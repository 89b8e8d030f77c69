//! Files that are either whole or not there: written as `.part`, checked, flushed to the disk, then renamed.
//!
//! A download that breaks off, a full disk or a power cut must never leave a file that looks finished; a model
//! with a hole in it would still load and give wrong vectors.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::EmbeddingError;

/// What a file must be: its length in bytes and the SHA-256 of its content in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fingerprint {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: String,
}

impl Fingerprint {
    /// Of bytes in memory.
    pub(super) fn of(content: &[u8]) -> Self {
        Self {
            bytes: content.len() as u64,
            sha256: hex(&Sha256::digest(content)),
        }
    }

    /// Of a file. Reads it once, in pieces.
    pub(super) fn of_file(path: &Path) -> Result<Self, EmbeddingError> {
        let mut file = File::open(path).map_err(EmbeddingError::io(path))?;
        let mut hashing = Hashing {
            inner: io::sink(),
            hash: Sha256::new(),
            bytes: 0,
        };
        io::copy(&mut file, &mut hashing).map_err(EmbeddingError::io(path))?;
        Ok(hashing.finish().1)
    }

    /// Says how `found` differs, as an error about `path`.
    pub(super) fn expect(&self, path: &Path, found: &Self) -> Result<(), EmbeddingError> {
        let problem = if found.bytes != self.bytes {
            format!("{} bytes, not {}", found.bytes, self.bytes)
        } else if found.sha256 != self.sha256 {
            format!("SHA-256 {}, not {}", found.sha256, self.sha256)
        } else {
            return Ok(());
        };
        Err(EmbeddingError::Altered {
            path: path.to_path_buf(),
            problem,
        })
    }

    /// Checks a file on the disk; the cheap look at its length comes first.
    ///
    /// # Errors
    /// `Missing` when it is not there, `Altered` when it is another file.
    pub(super) fn check(&self, path: &Path) -> Result<(), EmbeddingError> {
        let bytes = match fs::metadata(path) {
            Ok(metadata) => metadata.len(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(EmbeddingError::Missing {
                    path: path.to_path_buf(),
                    cure: "run `collex model fetch`".to_owned(),
                });
            }
            Err(error) => return Err(EmbeddingError::io(path)(error)),
        };
        if bytes != self.bytes {
            return self.expect(
                path,
                &Self {
                    bytes,
                    sha256: String::new(),
                },
            );
        }
        self.expect(path, &Self::of_file(path)?)
    }
}

/// Writes a file so that it appears under its name only when complete; gives its fingerprint.
///
/// With `expected`, content that differs is thrown away and is an error.
pub(super) fn write_whole(
    path: &Path,
    expected: Option<&Fingerprint>,
    content: &mut dyn Read,
) -> Result<Fingerprint, EmbeddingError> {
    let part = part_name(path);
    let written = (|| {
        let file = File::create(&part)?;
        let mut hashing = Hashing {
            inner: BufWriter::new(file),
            hash: Sha256::new(),
            bytes: 0,
        };
        io::copy(content, &mut hashing)?;
        let (writer, found) = hashing.finish();
        writer
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()?;
        Ok(found)
    })()
    .map_err(EmbeddingError::io(&part))?;
    if let Some(Err(error)) = expected.map(|expected| expected.expect(path, &written)) {
        // Best effort: the next run overwrites it anyway.
        let _ = fs::remove_file(&part);
        return Err(error);
    }
    fs::rename(&part, path).map_err(EmbeddingError::io(path))?;
    sync_folder(path);
    Ok(written)
}

/// Makes the rename itself last. Windows cannot open folders; there the file system sees to it.
fn sync_folder(path: &Path) {
    #[cfg(unix)]
    if let Some(Ok(folder)) = path.parent().map(File::open) {
        // Some network file systems refuse; the content is safe already.
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = path;
}

fn part_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// Hashes and counts what passes through.
struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W> Hashing<W> {
    fn finish(self) -> (W, Fingerprint) {
        (
            self.inner,
            Fingerprint {
                bytes: self.bytes,
                sha256: hex(&self.hash.finalize()),
            },
        )
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_truncated_file_is_recognised() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weights");
        let whole = write_whole(&path, None, &mut &b"all of it"[..]).unwrap();
        assert_eq!(whole, Fingerprint::of(b"all of it"));
        whole.check(&path).unwrap();

        fs::write(&path, b"all of").unwrap();
        assert!(matches!(whole.check(&path), Err(EmbeddingError::Altered { .. })));
        fs::write(&path, b"all of IT").unwrap();
        assert!(matches!(whole.check(&path), Err(EmbeddingError::Altered { .. })));
        fs::remove_file(&path).unwrap();
        assert!(matches!(whole.check(&path), Err(EmbeddingError::Missing { .. })));
    }

    #[test]
    fn unexpected_content_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weights");
        let expected = Fingerprint::of(b"this");
        assert!(write_whole(&path, Some(&expected), &mut &b"that"[..]).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
