//! Runs the questions of a set in every mode and measures what is found.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use crate::eval::{EvalError, Set, SetIndex, ndcg, recall};
use crate::index::Filters;
use crate::index::embedding::Embedder;
use crate::search::{Mode, Question, Tuning};

/// Places of the ranking that are measured.
const DEPTH: usize = 10;

/// How a set is measured.
pub struct EvalOptions<'a> {
    /// Where the indexes of sets are built, a folder each; vectors are kept there between runs.
    pub index_dir: PathBuf,
    /// Language of the passages; detected when none is given.
    pub language: Option<String>,
    /// The model; none measures the keyword leg alone.
    pub embedder: Option<Arc<dyn Embedder>>,
    /// Settings of ranking; `subject_floor` is not applied, for it is measured for the subject of the corpus, and every question
    /// of a set has its answer in it.
    pub tuning: Tuning,
    /// Hears how many of how many passages have been embedded.
    pub progress: &'a dyn Fn(usize, usize),
}

/// Figures of one mode.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LegReport {
    /// How was searched.
    pub mode: Mode,
    /// Mean nDCG@10.
    pub ndcg_at_10: f64,
    /// Mean recall@10.
    pub recall_at_10: f64,
    /// Time of all questions together.
    pub seconds: f64,
}

/// Figures of one set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Name of the set's folder.
    pub set: String,
    /// Passages in it.
    pub passages: usize,
    /// Questions that were measured.
    pub questions: usize,
    /// The model; none where only words were searched.
    pub model: Option<String>,
    /// Time of indexing, with the embedding of what was not kept from earlier.
    pub index_seconds: f64,
    /// Figures by mode: keyword, then, with a model, semantic and hybrid.
    pub legs: Vec<LegReport>,
}

/// Measures the set in `folder`.
///
/// # Errors
/// When the set cannot be read, or indexing, the model or a search fails.
pub fn evaluate(folder: &Path, options: &EvalOptions) -> Result<Report, EvalError> {
    let set = Set::read(folder)?;
    let embedder = options.embedder.as_deref();
    let begun = Instant::now();
    let index = SetIndex::build(
        &set,
        &options.index_dir.join(&set.name),
        options.language.as_deref(),
        embedder,
        options.progress,
    )?;
    let index_seconds = begun.elapsed().as_secs_f64();
    let modes: &[Mode] = match embedder {
        Some(_) => &[Mode::Keyword, Mode::Semantic, Mode::Hybrid],
        None => &[Mode::Keyword],
    };
    let legs = modes.iter().map(|mode| measure(&set, &index, options, *mode));
    Ok(Report {
        passages: set.passages.len(),
        questions: set.questions.len(),
        model: embedder.map(|embedder| embedder.id().to_owned()),
        index_seconds,
        legs: legs.collect::<Result<_, _>>()?,
        set: set.name.clone(),
    })
}

fn measure(set: &Set, index: &SetIndex, options: &EvalOptions, mode: Mode) -> Result<LegReport, EvalError> {
    let tuning = Tuning {
        subject_floor: 0.0,
        ..options.tuning.clone()
    };
    let searcher = index.searcher(options.embedder.as_deref(), &tuning);
    let (begun, mut gained, mut recalled) = (Instant::now(), 0.0, 0.0);
    for question in &set.questions {
        let found = searcher.find(
            &Question::read(&question.text, searcher.catalogue, true),
            mode,
            &Filters::default(),
        )?;
        // As BEIR does, a question that is itself a passage is not counted as its own answer.
        let ranked = found
            .order
            .iter()
            .filter_map(|hit| index.identifier(hit.0))
            .filter(|id| *id != question.id);
        let ranked: Vec<&str> = ranked.take(DEPTH).collect();
        let Some(grades) = set.judged.get(&question.id) else {
            continue;
        };
        gained += ndcg(&ranked, grades, DEPTH);
        recalled += recall(&ranked, grades, DEPTH);
    }
    let count = set.questions.len().max(1) as f64;
    Ok(LegReport {
        mode,
        ndcg_at_10: gained / count,
        recall_at_10: recalled / count,
        seconds: begun.elapsed().as_secs_f64(),
    })
}
