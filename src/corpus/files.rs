//! The folders of the corpus: which files there are, what stands where it should not, and their fingerprints.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::problem::{Problem, Report};
use crate::law::Kind;

/// The two folders that hold the Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roots {
    /// Folder of the corpus.
    pub corpus: PathBuf,
    /// Folder of the model laws.
    pub model_laws: PathBuf,
}

impl Roots {
    /// The file that [`Problem::path`] names, as it can be opened from here.
    pub fn file(&self, path: &str) -> PathBuf {
        match path.strip_prefix("model-laws/") {
            Some(path) => self.model_laws.join(path),
            None => self.corpus.join(path),
        }
    }
}

/// A folder that cannot be read: nothing can be loaded.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// There is no such folder.
    #[error("there is no folder {}; name the folder that holds the {holds}", .path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
        /// What it should hold.
        holds: &'static str,
    },
    /// A folder cannot be read.
    #[error("the folder {} cannot be read", .path.display())]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// A file as it stood when it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FileFingerprint {
    /// The file, as in `legislation/ke/computer-misuse-act.md`.
    pub path: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

/// A file that stands where a document of some kind belongs.
#[derive(Debug)]
pub(super) struct Found {
    /// Where it is on this machine.
    pub file: PathBuf,
    /// As [`Problem::path`] names it.
    pub path: String,
    /// Identifier of its document.
    pub id: String,
    /// What its folder tells that it holds.
    pub holds: Holds,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// A document of this kind.
    Document(Kind),
    /// A concept of the taxonomy.
    Concept,
}

/// A note is a few pages; what is larger was put here by mistake, and would be read into memory whole.
const LARGEST: u64 = 4 * 1024 * 1024;

/// Finds the documents, in the order of their paths, and what does not belong.
pub(super) fn walk(roots: &Roots) -> Result<(Vec<Found>, Vec<Problem>), CorpusError> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    walk_one(&roots.corpus, "", "corpus", &mut found, &mut problems)?;
    walk_one(
        &roots.model_laws,
        "model-laws/",
        "model laws",
        &mut found,
        &mut problems,
    )?;
    Ok((found, problems))
}

fn walk_one(
    root: &Path,
    prefix: &str,
    holds: &'static str,
    found: &mut Vec<Found>,
    problems: &mut Vec<Problem>,
) -> Result<(), CorpusError> {
    if !root.is_dir() {
        return Err(CorpusError::Missing {
            path: root.to_owned(),
            holds,
        });
    }
    let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name())) {
        let entry = entry.map_err(|error| CorpusError::Unreadable {
            path: error.path().unwrap_or(root).to_owned(),
            source: error
                .into_io_error()
                .unwrap_or_else(|| std::io::Error::other("the folder refers to itself")),
        })?;
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let path = format!("{prefix}{}", below.to_string_lossy().replace('\\', "/"));
        if entry.depth() == 0 || entry.file_type().is_dir() || entry.file_name() == "README.md" {
            continue;
        }
        let mut report = Report::on(&path);
        if entry.path_is_symlink() {
            report.say(
                1,
                "this is a link to another file, which is not followed",
                "Put the file itself here",
            );
        } else if let Some((id, holds)) = place(&path, !prefix.is_empty(), &mut report) {
            found.push(Found {
                file: entry.into_path(),
                path,
                id,
                holds,
            });
        }
        problems.extend(report.problems);
    }
    Ok(())
}

/// Identifier and content that a path tells; reports a path that belongs to neither.
pub(super) fn place(path: &str, model_laws: bool, report: &mut Report) -> Option<(String, Holds)> {
    let Some(id) = path.strip_suffix(".md") else {
        report.say(
            1,
            "only Markdown files (`.md`) belong here",
            "Rename the file so that it ends in `.md`, or remove it",
        );
        return None;
    };
    let parts: Vec<&str> = id.split('/').collect();
    let holds = match parts.as_slice() {
        ["legislation", _, _] => Holds::Document(Kind::Legislation),
        ["instruments", _, _] => Holds::Document(Kind::Instrument),
        ["jurisprudence", _, _] => Holds::Document(Kind::Judgment),
        ["jurisdictions", _] => Holds::Document(Kind::Jurisdiction),
        ["topics", _] => Holds::Concept,
        ["model-laws", _] if model_laws => Holds::Document(Kind::ModelLaw),
        _ => {
            report.say(
                1,
                "the file stands in no folder for documents",
                "Move it to legislation/<code>/, instruments/<body>/, jurisprudence/<court>/, jurisdictions/ or topics/",
            );
            return None;
        }
    };
    let kebab = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let (name, folders) = parts.split_last()?;
    let (stem, language) = name
        .split_once('.')
        .map_or((*name, None), |(stem, language)| (stem, Some(language)));
    let language_fits =
        language.is_none_or(|code| code.len() >= 2 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    if !(kebab(stem) && folders.iter().all(|folder| kebab(folder)) && language_fits) {
        let cure = "Use small letters a to z, digits and hyphens; a version in another language ends in `.fr.md`";
        report.say(1, "the name of the file or folder cannot be an identifier", cure);
    }
    Some((id.to_owned(), holds))
}

/// Reads a file's bytes; reports one that cannot be read or is too large.
pub(super) fn read(found: &Found, report: &mut Report) -> Option<(FileFingerprint, Vec<u8>)> {
    match fs::metadata(&found.file) {
        Ok(about) if about.len() > LARGEST => {
            let message = format!("the file has {} MiB; at most 4 are read", about.len() / 1024 / 1024);
            report.say(1, message, "Part it into several documents");
            return None;
        }
        _ => {}
    }
    match fs::read(&found.file) {
        Ok(bytes) => {
            let sha256 = Sha256::digest(&bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            Some((
                FileFingerprint {
                    path: found.path.clone(),
                    sha256,
                },
                bytes,
            ))
        }
        Err(error) => {
            report.say(
                1,
                format!("the file cannot be read: {error}"),
                "Check that it may be read",
            );
            None
        }
    }
}

/// The bytes as text; reports what editors leave behind that would be misread.
pub(super) fn text(bytes: &[u8], report: &mut Report) -> Option<String> {
    let line_of = |at: usize| bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let mut text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let cure = "Save the file as UTF-8 (in most editors: Save with Encoding)";
            report.say(line_of(error.valid_up_to()), "a letter here is not UTF-8", cure);
            return None;
        }
    };
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        report.say(
            1,
            "the file begins with a byte order mark",
            "Save it as UTF-8 without BOM",
        );
        text = rest.to_owned();
    }
    if let Some(at) = text.find('\r') {
        report.say(
            line_of(at),
            "lines end as on Windows (CR LF)",
            "Save the file with line ends of one LF",
        );
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if let Some(at) = text.find('\t') {
        report.say(
            line_of(at),
            "there is a tab, which looks different in every editor",
            "Write spaces instead",
        );
        text = text.replace('\t', "  ");
    }
    if let Some(at) = text.find(|c: char| c.is_control() && c != '\n') {
        report.say(
            line_of(at),
            "there is a control character that cannot be seen",
            "Delete it",
        );
        text = text.replace(|c: char| c.is_control() && c != '\n', " ");
    }
    Some(text)
}

/// Does `work` for every item on the machine's processors, results in the order of the items.
pub(super) fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let share = items.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let shares: Vec<_> = items
            .chunks(share)
            .map(|chunk| scope.spawn(|| chunk.iter().map(&work).collect::<Vec<R>>()))
            .collect();
        let join = |share: std::thread::ScopedJoinHandle<'_, Vec<R>>| match share.join() {
            Ok(results) => results,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        shares.into_iter().flat_map(join).collect()
    })
}
