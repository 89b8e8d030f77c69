//! `collex check`: every problem of the corpus, or of a part of it: errors, then advice in groups.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::cli::arguments::Check;
use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::corpus::{Problem, Roots, Severity};
use crate::index::IndexError;

/// Pieces of advice of one sort that are printed without `--all`.
const SHOWN: usize = 10;

/// Runs the command; fails with 1 if there is any error, with `--strict` also on advice.
pub(super) fn run(context: &Context, asked: &Check) -> Result<(), Failure> {
    let (roots, part) = match &asked.path {
        Some(path) => locate(path, open::roots(context))?,
        None => (open::roots(context), None),
    };
    let mut corpus = crate::corpus::load(&roots)?;
    if corpus.documents.is_empty() && corpus.problems.is_empty() {
        return Err(IndexError::EmptyCorpus { path: roots.corpus }.into());
    }
    let today = asked.as_of.unwrap_or_else(crate::law::today);
    let mut problems = crate::corpus::review(&corpus, today);
    problems.append(&mut corpus.problems);
    problems.retain(|problem| {
        part.as_ref()
            .is_none_or(|part| Path::new(&problem.path).starts_with(part))
    });
    problems.sort();
    let (errors, mut advice): (Vec<Problem>, Vec<Problem>) = problems
        .into_iter()
        .partition(|problem| problem.severity == Severity::Error);
    advice.sort_by_key(|problem| problem.question);
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &errors.iter().chain(&advice).collect::<Vec<_>>())?;
    } else {
        errors
            .iter()
            .try_for_each(|problem| say(&mut out, &roots, problem, print::WRONG))?;
        for group in advice.chunk_by(|a, b| a.question == b.question) {
            let shown = if asked.all { group.len() } else { SHOWN };
            print_group(&mut out, &roots, group, shown)?;
        }
        let (documents, provisions) = (corpus.documents.len(), corpus.provisions.len());
        let verdict = verdict(errors.len(), advice.len());
        context.remark(&format!(
            "{documents} documents, {provisions} provisions read: {verdict}."
        ));
    }
    if errors.is_empty() && (advice.is_empty() || !asked.strict) {
        Ok(())
    } else {
        Err(Failure::Found)
    }
}

/// How many of each there are, in words.
fn verdict(errors: usize, advice: usize) -> String {
    let errors = match errors {
        0 if advice == 0 => return "no problems".to_owned(),
        0 => "no errors".to_owned(),
        1 => "1 error".to_owned(),
        many => format!("{many} errors"),
    };
    match advice {
        0 => format!("{errors}, no advice"),
        1 => format!("{errors}, 1 piece of advice"),
        many => format!("{errors}, {many} pieces of advice"),
    }
}

/// Advice of one sort below its heading.
fn print_group(out: &mut impl Write, roots: &Roots, group: &[Problem], shown: usize) -> std::io::Result<()> {
    let (strong, many) = (print::STRONG, group.len());
    if let Some(first) = group.first() {
        writeln!(out, "\n{strong}Advice: {} ({many}){strong:#}", first.question.heading())?;
    }
    group
        .iter()
        .take(shown)
        .try_for_each(|problem| say(out, roots, problem, print::FAINT))?;
    match many.saturating_sub(shown) {
        0 => Ok(()),
        rest => writeln!(out, "… and {rest} more; `--all` prints them"),
    }
}

/// One problem as a line: file, line, what is wrong, the cure.
fn say(out: &mut impl Write, roots: &Roots, problem: &Problem, style: anstyle::Style) -> std::io::Result<()> {
    let (strong, place) = (print::STRONG, roots.file(&problem.path));
    let place = place.display();
    let (message, cure) = (print::harmless(&problem.message), print::harmless(&problem.cure));
    // A folder has no lines.
    let line = if problem.path.ends_with('/') {
        String::new()
    } else {
        format!(":{}", problem.line)
    };
    writeln!(
        out,
        "{strong}{place}{line}:{strong:#} {style}{message}{style:#} — {cure}"
    )
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
