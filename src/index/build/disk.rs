//! The folder around a build: swept before, brought to the disk at the end, and kept from growing.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use crate::index::IndexError;
use crate::index::durable::{NEW, sync_folder, with_ending, write_synced};
use crate::index::generation::{self, DOCUMENTS, KEYWORD};
use crate::index::manifest::Manifest;

use super::BUILDING;

/// Ending of a generation that is being removed.
pub(super) const OLD: &str = "old";

/// Removes what killed builds left. Only called under the lock.
pub(super) fn sweep(index: &Path) {
    let is_left = |path: &Path| {
        path.extension()
            .is_some_and(|ending| ending == BUILDING || ending == OLD)
    };
    for entry in fs::read_dir(index.join("generations")).into_iter().flatten().flatten() {
        if is_left(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    for folder in [index.to_path_buf(), index.join("vectors")] {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|ending| ending == NEW) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The keyword engine's threads may end on a full disk without saying why; then a write of our own tells.
pub(super) fn or_full_disk(building: &Path, error: IndexError) -> IndexError {
    let room = || write_synced(&building.join("room"), |file| file.write_all(&[0; 1 << 20]));
    match error {
        IndexError::Keyword(_) => room()
            .err()
            .filter(|cause| matches!(cause, IndexError::DiskFull { .. }))
            .unwrap_or(error),
        other => other,
    }
}

/// Brings every file and every list of files to the disk, before the generation gets its name.
pub(super) fn bring_to_disk(building: &Path, manifest: &Manifest) -> Result<(), IndexError> {
    // The keyword engine makes some of its files readable to their owner only; whoever may read one file may read
    // all, so that a server can run as another user than the builder.
    let documents = building.join(DOCUMENTS);
    let rights = fs::metadata(&documents)
        .map_err(IndexError::io(&documents))?
        .permissions();
    for file in &manifest.files {
        let path = building.join(&file.path);
        fs::set_permissions(&path, rights.clone()).map_err(IndexError::io(&path))?;
        File::open(&path)
            .and_then(|file| file.sync_all())
            .map_err(IndexError::io(&path))?;
    }
    sync_folder(&building.join(KEYWORD));
    sync_folder(building);
    Ok(())
}

/// Keeps the generation in use and the newest whole one besides, for a reader that is late and for a fall back;
/// removes all others. What cannot be removed stays: it costs room, no more.
pub(super) fn keep_two(
    index: &Path,
    number: u32,
    set_aside: &dyn Fn() -> Result<(), IndexError>,
) -> Result<(), IndexError> {
    let mut others: Vec<u32> = generation::numbers(index)?
        .into_iter()
        .filter(|n| *n != number)
        .collect();
    let whole = |number: &u32| Manifest::checked(&generation::folder(index, *number)).is_ok();
    let spare = others.iter().rev().copied().find(whole);
    others.retain(|other| Some(*other) != spare);
    for folder in others.into_iter().map(|other| generation::folder(index, other)) {
        // Renamed first: a generation half removed must not look like one.
        let aside = with_ending(&folder, OLD);
        if fs::rename(&folder, &aside).is_ok() {
            set_aside()?;
            let _ = fs::remove_dir_all(&aside);
        }
    }
    Ok(())
}
