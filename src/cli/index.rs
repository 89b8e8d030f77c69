//! `collex index`: brings the index up to the corpus, with progress.

use std::cell::Cell;
use std::io::Write;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::exit::{Context, Failure};
use crate::cli::open;
use crate::index::embedding::Embedder;
use crate::index::{BuildOptions, Built, Progress, build};

/// How often a bar is drawn, so that time goes on where nothing else does.
pub(super) const TICK: Duration = Duration::from_millis(200);

/// Runs the command.
pub(super) fn run(context: &Context, no_model: bool) -> Result<(), Failure> {
    let model = if no_model { None } else { open::model(context, true)? };
    let built = bring_up_to_date(context, model.as_deref())?;
    let mut out = anstream::stdout();
    match (context.json, built) {
        (true, Built::Unchanged { generation }) => {
            writeln!(
                out,
                "{:#}",
                serde_json::json!({"generation": generation, "built": false})
            )?;
        }
        (
            true,
            Built::New {
                generation,
                counts,
                embedded,
                reused,
                bytes,
                seconds,
                ..
            },
        ) => {
            let built = serde_json::json!({
                "generation": generation, "built": true, "documents": counts.documents,
                "provisions": counts.provisions, "passages": counts.passages, "problems": counts.problems,
                "embedded": embedded, "reused": reused, "bytes": bytes, "seconds": seconds,
            });
            writeln!(out, "{built:#}")?;
        }
        (false, Built::Unchanged { generation }) => {
            writeln!(out, "The index is up to date (generation {generation}).")?;
        }
        (false, Built::New { .. }) => {}
    }
    Ok(())
}

/// Builds what is not up to date; says on standard error what was done.
pub(super) fn bring_up_to_date(context: &Context, model: Option<&dyn Embedder>) -> Result<Built, Failure> {
    let bar = bar(context.quiet);
    let quarter = Cell::new(0);
    let progress = |progress: Progress| tell(context, &bar, &quarter, progress);
    let options = BuildOptions::new(context.settings().index.clone(), open::roots(context), &progress);
    let built = build(&options, model);
    bar.finish_and_clear();
    let built = built?;
    if let Built::New {
        generation,
        counts,
        embedded,
        reused,
        seconds,
        ..
    } = &built
    {
        context.remark(&format!(
            "Generation {generation}: {} documents, {} provisions, {} passages ({embedded} embedded, {reused} kept) \
             in {seconds:.1} s.",
            counts.documents, counts.provisions, counts.passages,
        ));
        if counts.problems > 0 {
            let many = if counts.problems == 1 {
                "1 problem".to_owned()
            } else {
                format!("{} problems", counts.problems)
            };
            context.remark(&format!("The corpus has {many}; `collex check` lists them."));
        }
    }
    Ok(built)
}

/// Moves the bar; where there is no terminal to draw it on, says each quarter of the long step in a line.
fn tell(context: &Context, bar: &ProgressBar, quarter: &Cell<usize>, progress: Progress) {
    match progress {
        Progress::Waiting => bar.set_message("waiting for another build"),
        Progress::Started { reason } => {
            context.remark(&format!("Building the index: {reason}."));
            bar.enable_steady_tick(TICK);
        }
        Progress::Words { done, total } => {
            bar.set_length(total as u64);
            bar.set_message("words");
            bar.set_position(done as u64);
        }
        Progress::Embedding {
            done,
            total,
            per_second,
            seconds_left,
        } => {
            let left = seconds_left
                .map(|seconds| format!(", {} left", clock(seconds)))
                .unwrap_or_default();
            let rate = format!("{per_second:.0} a second{left}");
            bar.set_length(total as u64);
            bar.set_message("meaning");
            bar.set_position(done as u64);
            bar.set_prefix(rate.clone());
            let now = 4 * done / total.max(1);
            if bar.is_hidden() && now > quarter.replace(now) {
                context.remark(&format!("{done} of {total} passages embedded, {rate}."));
            }
        }
        Progress::Finishing => {
            bar.set_message("finishing");
            bar.set_prefix("");
        }
    }
}

/// Seconds as minutes and seconds.
fn clock(seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A bar with rate and time left; drawn on a terminal only.
pub(super) fn bar(quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{msg:>10} {wide_bar} {pos}/{len} {prefix}");
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
