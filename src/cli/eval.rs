//! `collex eval`: how good the answers are, on test sets with judged questions.

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;

use crate::cli::exit::{Context, Failure};
use crate::cli::{open, print};
use crate::eval::{EvalError, EvalOptions, Report, evaluate};

/// Runs the command.
pub(super) fn run(
    context: &Context,
    folders: &[PathBuf],
    language: Option<&str>,
    keep: Option<&Path>,
) -> Result<(), Failure> {
    let model = open::model(context, true)?;
    let tuning = open::tuning(context)?;
    let index_dir = keep.map_or_else(|| context.settings().index.join("eval"), Path::to_path_buf);
    let mut reports: Vec<Report> = Vec::new();
    for folder in folders {
        let bar = crate::cli::index::bar(context.quiet);
        bar.set_message("meaning");
        bar.enable_steady_tick(crate::cli::index::TICK);
        let progress = |done: usize, total: usize| told(&bar, done, total);
        let options = EvalOptions {
            index_dir: index_dir.clone(),
            language: language.map(str::to_owned),
            embedder: model.clone(),
            tuning: tuning.clone(),
            progress: &progress,
        };
        let report = evaluate(folder, &options);
        bar.finish_and_clear();
        match report {
            Err(
                error @ (EvalError::Unreadable { .. } | EvalError::Malformed { .. } | EvalError::NothingJudged { .. }),
            ) => {
                return Err(Failure::input(error));
            }
            report => reports.push(report?),
        }
    }
    let mut out = anstream::stdout();
    if context.json {
        print::json(&mut out, &reports)?;
    } else {
        let rows = reports
            .iter()
            .flat_map(|report| report.legs.iter().map(move |leg| (report, leg)))
            .map(|(report, leg)| {
                vec![
                    report.set.clone(),
                    leg.mode.as_str().to_owned(),
                    format!("{:.3}", leg.ndcg_at_10),
                    format!("{:.3}", leg.recall_at_10),
                    report.questions.to_string(),
                    report.passages.to_string(),
                    format!("{:.1}", leg.seconds * 1000.0 / report.questions.max(1) as f64),
                ]
            });
        print::table(
            &mut out,
            &[
                "set",
                "mode",
                "nDCG@10",
                "recall@10",
                "questions",
                "passages",
                "ms a question",
            ],
            rows,
        )?;
    }
    Ok(())
}

fn told(bar: &ProgressBar, done: usize, total: usize) {
    bar.set_length(total as u64);
    bar.set_position(done as u64);
}
