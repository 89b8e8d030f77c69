//! `collex check`: every problem of the corpus, or of a part of it.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::corpus::{Problem, Roots};
use crate::index::IndexError;

/// Runs the command; fails with 1 if there is any problem.
pub(super) fn run(context: &Context, path: Option<&Path>) -> Result<(), Failure> {
    let (roots, part) = match path {
        Some(path) => locate(path, open::roots(context))?,
        None => (open::roots(context), None),
    };
    let corpus = crate::corpus::load(&roots)?;
    if corpus.documents.is_empty() && corpus.problems.is_empty() {
        return Err(IndexError::EmptyCorpus { path: roots.corpus }.into());
    }
    let concerned = |problem: &&Problem| {
        part.as_ref()
            .is_none_or(|part| Path::new(&problem.path).starts_with(part))
    };
    let problems: Vec<&Problem> = corpus.problems.iter().filter(concerned).collect();
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &problems)?;
    } else {
        let (strong, wrong) = (print::STRONG, print::WRONG);
        for problem in &problems {
            let (place, message) = (file(&roots, problem), print::harmless(&problem.message));
            let (line, cure) = (problem.line, print::harmless(&problem.cure));
            writeln!(
                out,
                "{strong}{place}:{line}:{strong:#} {wrong}{message}{wrong:#} — {cure}"
            )?;
        }
        let verdict = match problems.len() {
            0 => "no problems".to_owned(),
            1 => "1 problem".to_owned(),
            many => format!("{many} problems"),
        };
        let (documents, provisions) = (corpus.documents.len(), corpus.provisions.len());
        context.remark(&format!(
            "{documents} documents, {provisions} provisions read: {verdict}."
        ));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Failure::Found)
    }
}

/// The corpus that a path belongs to, and which part of it is meant: paths of problems begin with it.
fn locate(path: &Path, roots: Roots) -> Result<(Roots, Option<PathBuf>), Failure> {
    let Ok(whole) = path.canonicalize() else {
        return Err(Failure::refused(format!(
            "there is no file or folder {}",
            path.display()
        )));
    };
    let below = |root: &Path| {
        whole
            .strip_prefix(root.canonicalize().ok()?)
            .ok()
            .map(Path::to_path_buf)
    };
    if let Some(part) = below(&roots.corpus) {
        return Ok((roots, Some(part).filter(|part| !part.as_os_str().is_empty())));
    }
    if let Some(part) = below(&roots.model_laws) {
        return Ok((roots, Some(Path::new("model-laws").join(part))));
    }
    if !whole.is_dir() {
        return Err(Failure::refused(format!(
            "{} stands neither in the corpus nor in the model laws",
            path.display()
        )));
    }
    // Another corpus brings its model laws along, where it has any.
    let beside = path.parent().unwrap_or(path).join("model-laws");
    let model_laws = if beside.is_dir() { beside } else { roots.model_laws };
    Ok((
        Roots {
            corpus: path.to_owned(),
            model_laws,
        },
        None,
    ))
}

/// The file of a problem as it can be opened from here.
fn file(roots: &Roots, problem: &Problem) -> String {
    match problem.path.strip_prefix("model-laws/") {
        Some(path) => roots.model_laws.join(path),
        None => roots.corpus.join(&problem.path),
    }
    .display()
    .to_string()
}
