//! Runs a command and turns what went wrong into one sentence and an exit code.

use std::process::ExitCode;

use clap::Parser;

use crate::cli::arguments::{Arguments, Command};
use crate::cli::{check, compare, config, eval, index, model, new, print, search, serve, shell, show, stats, topics};
use crate::compare::{CompareError, DraftError};
use crate::config::{Loaded, Settings};
use crate::corpus::CorpusError;
use crate::index::IndexError;
use crate::index::embedding::EmbeddingError;
use crate::search::SearchError;

/// Why a command failed, by who can act.
#[derive(Debug)]
pub(super) enum Failure {
    /// Problems were found, or nothing is there; what there was to say has been said.
    Found,
    /// The arguments, settings or query are wrong.
    Input(anyhow::Error),
    /// The environment or the program failed.
    Environment(anyhow::Error),
}

impl Failure {
    /// The arguments or the query are wrong.
    pub(super) fn input(error: impl Into<anyhow::Error>) -> Self {
        Self::Input(error.into())
    }

    /// The arguments or the query are wrong, in a sentence.
    pub(super) fn refused(sentence: impl Into<String>) -> Self {
        Self::Input(anyhow::Error::msg(sentence.into()))
    }
}

/// Parts errors by who can act; what no rule names is the environment's.
impl<E: std::error::Error + Send + Sync + 'static> From<E> for Failure {
    fn from(error: E) -> Self {
        let error = anyhow::Error::from(error);
        let asked_wrongly = match (error.downcast_ref::<IndexError>(), error.downcast_ref::<SearchError>()) {
            (Some(IndexError::EmptyCorpus { .. } | IndexError::Corpus(CorpusError::Missing { .. })), _) => true,
            (_, Some(error)) => error.is_askers() || matches!(error, SearchError::NoMeaning { .. }),
            _ => {
                matches!(error.downcast_ref::<CompareError>(), Some(error) if error.is_askers())
                    || error.is::<DraftError>()
                    || matches!(error.downcast_ref(), Some(CorpusError::Missing { .. }))
                    || matches!(error.downcast_ref(), Some(EmbeddingError::UnknownSource { .. }))
                    || error.is::<crate::law::UnknownWord>()
            }
        };
        if asked_wrongly {
            Self::Input(error)
        } else {
            Self::Environment(error)
        }
    }
}

/// What a command is given.
pub(super) struct Context {
    pub loaded: Loaded,
    pub json: bool,
    pub quiet: bool,
}

impl Context {
    pub(super) fn settings(&self) -> &Settings {
        &self.loaded.settings
    }

    /// A remark on standard error, unless the user wants none.
    pub(super) fn remark(&self, text: &str) {
        if !self.quiet {
            anstream::eprintln!("{}", print::harmless(text));
        }
    }

    /// A warning that cannot be overlooked, unless the user wants none.
    pub(super) fn warn(&self, text: &str) {
        if !self.quiet {
            let warning = print::WARNING;
            anstream::eprintln!("{warning}WARNING: {}{warning:#}", print::harmless(text));
        }
    }
}

/// Reads the arguments, runs the command and gives its exit code.
pub fn run() -> ExitCode {
    match dispatch(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Found) => ExitCode::from(1),
        // Whoever reads the pipe has had enough; that is no failure.
        Err(Failure::Environment(error)) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(Failure::Input(error)) => said(&error, 2),
        Err(Failure::Environment(error)) => said(&error, 3),
    }
}

fn said(error: &anyhow::Error, code: u8) -> ExitCode {
    let wrong = print::WRONG;
    anstream::eprintln!("{wrong}collex:{wrong:#} {}", print::harmless(&sentence(error)));
    ExitCode::from(code)
}

/// The chain of causes as one sentence; a cause that only repeats its effect is left out.
pub(super) fn sentence(error: &anyhow::Error) -> String {
    let mut sentence = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !sentence.contains(&cause) {
            sentence = format!("{sentence}: {cause}");
        }
    }
    sentence
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let own = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        own.or_else(|| cause.downcast_ref::<serde_json::Error>()?.io_error_kind())
    };
    error
        .chain()
        .filter_map(kind)
        .any(|kind| kind == std::io::ErrorKind::BrokenPipe)
}

fn dispatch(arguments: Arguments) -> Result<(), Failure> {
    let common = &arguments.common;
    // What is not Unicode is none of our settings.
    let environment =
        std::env::vars_os().filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)));
    let loaded =
        crate::config::load(common.config.as_deref(), environment, &common.settings()).map_err(Failure::input)?;
    log_to_standard_error(&loaded.settings.log)?;
    let context = Context {
        loaded,
        json: common.json,
        quiet: common.quiet,
    };
    match arguments.command {
        None => serve::fetched_and_indexed(&context),
        Some(Command::Serve) => serve::run(&context),
        Some(Command::Index { no_model }) => index::run(&context, no_model),
        Some(Command::Search(search)) => search::run(&context, &search),
        Some(Command::Compare(compare)) => compare::run(&context, &compare),
        #[cfg(feature = "export")]
        Some(Command::Sheet(asked)) => crate::cli::sheet::run(&context, &asked),
        Some(Command::Show { id }) => show::run(&context, &id),
        Some(Command::Topics { words, language }) => topics::run(&context, &words, &language),
        Some(Command::Check(asked)) => check::run(&context, &asked),
        Some(Command::New { kind }) => new::run(&context, kind),
        Some(Command::Stats) => stats::run(&context),
        Some(Command::Model { command }) => model::run(&context, &command),
        Some(Command::Eval {
            folders,
            language,
            keep,
        }) => eval::run(&context, &folders, language.as_deref(), keep.as_deref()),
        Some(Command::Config) => config::run(&context),
        Some(Command::Completions { shell }) => shell::completions(shell),
        Some(Command::Man) => shell::man(),
    }
}

fn log_to_standard_error(filter: &str) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_new(filter)
        .map_err(|error| Failure::refused(format!("the setting `log` cannot be read: {error}")))?;
    let colours = std::io::IsTerminal::is_terminal(&std::io::stderr()) && std::env::var_os("NO_COLOR").is_none();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .init();
    Ok(())
}
