//! Files that are whole or not there: written beside, brought to the disk, then renamed.

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use crate::index::IndexError;

/// Ending of what is written beside a file before it takes its place.
pub(super) const NEW: &str = "new";

/// Writes a new file and brings it to the disk; buffered, so `fill` may write in small pieces.
pub(super) fn write_synced(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
) -> Result<(), IndexError> {
    let write = || {
        let mut writer = BufWriter::with_capacity(1 << 16, File::create(path)?);
        fill(&mut writer)?;
        writer
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?
            .sync_all()
    };
    write().map_err(IndexError::io(path))
}

/// Replaces a small file so that a reader sees the old content or the new, never a part.
///
/// `go_on` is asked when the new content lies beside the old; no leaves both (for tests of a kill in between).
pub(super) fn replace(path: &Path, content: &[u8], go_on: impl FnOnce() -> bool) -> Result<(), IndexError> {
    let beside = with_ending(path, NEW);
    write_synced(&beside, |writer| writer.write_all(content))?;
    if !go_on() {
        return Ok(());
    }
    fs::rename(&beside, path).map_err(IndexError::io(path))?;
    sync_parent(path);
    Ok(())
}

/// Makes a creation or rename in the folder of `path` last.
pub(super) fn sync_parent(path: &Path) {
    if let Some(parent) = path.parent() {
        sync_folder(parent);
    }
}

/// Brings the list of a folder's files to the disk.
pub(super) fn sync_folder(folder: &Path) {
    // Some file systems and all of Windows refuse to; the files themselves are on the disk already.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// `name` -> `name.ending`
pub(super) fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

/// Length and CRC-32 of a file.
pub(super) fn sum(path: &Path) -> Result<(u64, u32), IndexError> {
    let read = || {
        let mut file = File::open(path)?;
        let (mut hasher, mut bytes, mut buffer) = (crc32fast::Hasher::new(), 0, vec![0; 1 << 17]);
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok((bytes, hasher.finalize())),
                read => {
                    hasher.update(&buffer[..read]);
                    bytes += read as u64;
                }
            }
        }
    };
    read().map_err(IndexError::io(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_and_sums() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("current");
        replace(&path, b"1", || !path.exists()).unwrap();
        replace(&path, b"22", || fs::read(&path).unwrap() == b"1").unwrap();
        assert_eq!(sum(&path).unwrap(), (2, crc32fast::hash(b"22")));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_named() {
        let error = write_synced(Path::new("/dev/full"), |w| w.write_all(&[1; 100_000])).unwrap_err();
        assert!(matches!(error, IndexError::DiskFull { .. }), "{error}");
        let small = write_synced(Path::new("/dev/full"), |w| w.write_all(b"x")).unwrap_err();
        assert!(matches!(small, IndexError::DiskFull { .. }), "{small}");
    }
}
