//! What may be typed, read by clap.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::cli::compare::Compare;
use crate::law::{Code, Confidence, InstrumentType, Kind, LegalSystem, PartialDate, Region, Status, Topic};
use crate::search::Mode;

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 problems or nothing found; 2 wrong arguments, settings or query; 3 the disk, network, port or \
program failed.";

/// Law on technology-facilitated gender-based violence: search, show, check and serve the notes.
///
/// Without a command: gets the model, builds the index where it is not up to date, and serves.
///
#[derive(Debug, Parser)]
#[command(name = "collex", version, about, max_term_width = 110, after_help = EXIT_CODES)]
pub(super) struct Arguments {
    /// What is common to all commands.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Flags of every command; each is a setting too (see `collex config`).
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Settings file [default: collex.toml, if there is one].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder of the Markdown.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub corpus: Option<String>,
    /// Folder of the model laws.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub model_laws: Option<String>,
    /// Folder of what is built.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub index: Option<String>,
    /// Folder of fetched models.
    #[arg(long, global = true, value_name = "FOLDER")]
    pub models: Option<String>,
    /// `default`, `off`, `fastembed:NAME` or the path of a model folder.
    #[arg(long, global = true)]
    pub model: Option<String>,
    /// Threads for the model; 0 takes every core.
    #[arg(long, global = true)]
    pub threads: Option<String>,
    /// Address and port to serve at.
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// What is logged on standard error, such as `debug` or `collex=debug`.
    #[arg(long, global = true, value_name = "FILTER")]
    pub log: Option<String>,
    /// Print JSON.
    #[arg(long, global = true)]
    pub json: bool,
    /// Print no progress, no remarks and no warnings.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Log more.
    #[arg(long, short, global = true)]
    pub verbose: bool,
}

impl Common {
    /// The flags that are settings, by key.
    pub(super) fn settings(&self) -> Vec<(&'static str, String)> {
        let level = match (self.quiet, self.verbose) {
            (true, _) => Some("error".to_owned()),
            (_, true) => Some("info,collex=debug".to_owned()),
            _ => None,
        };
        let log = self.log.clone().or(level);
        let flags = [
            ("corpus", &self.corpus),
            ("model_laws", &self.model_laws),
            ("index", &self.index),
            ("models", &self.models),
            ("model", &self.model),
            ("threads", &self.threads),
            ("listen", &self.listen),
            ("log", &log),
        ];
        flags
            .into_iter()
            .filter_map(|(key, value)| Some((key, value.clone()?)))
            .collect()
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the index that is there; builds one where there is none, and fetches nothing.
    Serve,
    /// Bring the index up to the corpus; gets the model first where it is missing.
    Index {
        /// Build for search by words only.
        #[arg(long)]
        no_model: bool,
    },
    /// Search provisions, decisions and notes.
    Search(Box<Search>),
    /// Set comparable provisions of any number of countries side by side.
    Compare(Box<Compare>),
    /// Show what is known of one country or topic on a page.
    #[cfg(feature = "export")]
    Sheet(crate::cli::sheet::Sheet),
    /// Show a document, or a provision with its facts and sources.
    Show {
        /// Identifier, such as legislation/ke/computer-misuse-and-cybercrimes-act-2018#s-37.
        id: String,
    },
    /// Look topics up, by name or by words in six languages: labels, definition, place in the frameworks; without words, the tree.
    Topics {
        /// A name such as `doxing`, or words such as `revenge porn`, `Ley Olimpia`.
        words: Vec<String>,
        /// Language of the labels shown in the tree: en, fr, es, pt, ar or sw.
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Report every problem of the corpus: file, line, what is wrong, the cure; then advice on what to look at.
    Check(Check),
    /// Write the skeleton of a new note into the corpus, and tell what to fill in.
    New {
        /// What it is about.
        #[command(subcommand)]
        kind: New,
    },
    /// Count what the corpus holds: by region, topic, kind, trust, age, language.
    Stats,
    /// Get the embedding model, or tell what of it is in place.
    Model {
        /// What to do.
        #[command(subcommand)]
        command: Model,
    },
    /// Measure search on test sets in BEIR format (corpus.jsonl, queries.jsonl, qrels/test.tsv).
    Eval {
        /// Folders, one a set.
        #[arg(required = true, value_name = "FOLDER")]
        folders: Vec<PathBuf>,
        /// BCP 47 code of the passages' language; found out from the texts where not given.
        #[arg(long)]
        language: Option<String>,
        /// Folder that keeps indexes and vectors between runs [default: eval in the index folder].
        #[arg(long, value_name = "FOLDER")]
        keep: Option<PathBuf>,
    },
    /// Show the settings in force and where each came from.
    Config,
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// A check.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// A file or folder of the corpus, or another corpus [default: the whole corpus].
    pub path: Option<PathBuf>,
    /// Fail on advice too.
    #[arg(long)]
    pub strict: bool,
    /// Print all advice, not only the first ten of each sort.
    #[arg(long)]
    pub all: bool,
    /// Day from which the age of what was read is measured [default: today].
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<jiff::civil::Date>,
}

/// Kinds of note that can be begun.
#[derive(Debug, Subcommand)]
pub(super) enum New {
    /// A law of a country.
    Law(NewLaw),
    /// A treaty, directive, resolution or soft-law standard.
    Instrument(NewLaw),
    /// A decision of a court or body.
    Case(NewCase),
    /// A note on a jurisdiction.
    Note(NewNote),
    /// A model law of our own.
    ModelLaw(NewDocument),
}

/// What every new note may be given.
#[derive(Debug, Args)]
pub(super) struct NewDocument {
    /// Title; the name of the file is made from it.
    #[arg(long)]
    pub title: Option<String>,
    /// Name of the file, without `.md`.
    #[arg(long, value_name = "NAME")]
    pub id: Option<String>,
    /// BCP 47 code of the language in which you write.
    #[arg(long, default_value = "en")]
    pub language: String,
    /// Print the skeleton and write no file; what is not given stays open.
    #[arg(long)]
    pub print: bool,
}

/// A new law or instrument.
#[derive(Debug, Args)]
pub(super) struct NewLaw {
    #[command(flatten)]
    pub document: NewDocument,
    /// Code of the country or body: KE, US-CA, COE.
    #[arg(long, value_name = "CODE")]
    pub jurisdiction: Option<Code>,
    /// Sort of law or instrument: act, code, treaty …
    #[arg(long = "type", value_name = "TYPE")]
    pub instrument_type: Option<InstrumentType>,
    /// Number as it is cited, such as "No. 5 of 2018".
    #[arg(long)]
    pub number: Option<String>,
    /// Address of the official text.
    #[arg(long)]
    pub url: Option<String>,
}

/// A new decision.
#[derive(Debug, Args)]
pub(super) struct NewCase {
    #[command(flatten)]
    pub document: NewDocument,
    /// Code of the country or body: KE, US-CA, COE.
    #[arg(long, value_name = "CODE")]
    pub jurisdiction: Option<Code>,
    /// Folder, where it is not that of the jurisdiction but of a court, such as ecthr.
    #[arg(long)]
    pub folder: Option<String>,
    /// English name of the court.
    #[arg(long)]
    pub court: Option<String>,
    /// Day of the decision.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<PartialDate>,
    /// Citation, such as "[2020] eKLR".
    #[arg(long)]
    pub citation: Option<String>,
    /// Address of the decision.
    #[arg(long)]
    pub url: Option<String>,
}

/// A new jurisdictional note.
#[derive(Debug, Args)]
pub(super) struct NewNote {
    #[command(flatten)]
    pub document: NewDocument,
    /// Code of the country or body: KE, US-CA, COE.
    #[arg(long, value_name = "CODE")]
    pub jurisdiction: Option<Code>,
    /// Region by which it is counted.
    #[arg(long)]
    pub region: Option<Region>,
    /// Tradition of its law.
    #[arg(long, value_name = "SYSTEM")]
    pub legal_system: Option<LegalSystem>,
}

/// Commands about the model.
#[derive(Debug, Subcommand)]
pub(super) enum Model {
    /// Download and convert the model; what is in place stays.
    Fetch,
    /// Tell which files are in place and whether they are whole.
    Status,
}

/// A search. Lists are separated by commas.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words, "phrases", AND OR NOT, +word -word, prefix*, field:value; nothing lists all that the filters allow.
    ///
    /// Write `--` before a query that begins with a minus sign.
    pub query: Vec<String>,
    /// hybrid, keyword or semantic.
    #[arg(long, default_value = "hybrid")]
    pub mode: Mode,
    /// Codes of jurisdictions: KE,MX,KR.
    #[arg(long, value_delimiter = ',', value_name = "CODES")]
    pub jurisdiction: Vec<Code>,
    /// Regions.
    #[arg(long, value_delimiter = ',', value_name = "REGIONS")]
    pub region: Vec<Region>,
    /// Legal systems.
    #[arg(long, value_delimiter = ',', value_name = "SYSTEMS")]
    pub legal_system: Vec<LegalSystem>,
    /// Topics.
    #[arg(long, value_delimiter = ',', value_name = "TOPICS")]
    pub topic: Vec<Topic>,
    /// Kinds of document.
    #[arg(long, value_delimiter = ',', value_name = "KINDS")]
    pub kind: Vec<Kind>,
    /// Languages of the text.
    #[arg(long, value_delimiter = ',', value_name = "LANGUAGES")]
    pub language: Vec<String>,
    /// Fates of the law or provision.
    #[arg(long, value_delimiter = ',', value_name = "STATUSES")]
    pub status: Vec<Status>,
    /// Degrees of trust.
    #[arg(long, value_delimiter = ',', value_name = "DEGREES")]
    pub confidence: Vec<Confidence>,
    /// Leave out what is known not to have been in force on this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<jiff::civil::Date>,
    /// Group by jurisdiction.
    #[arg(long, value_parser = ["jurisdiction"])]
    pub group: Option<String>,
    /// Hits shown of each jurisdiction when grouped.
    #[arg(long, default_value_t = 3)]
    pub per_group: usize,
    /// Hits (groups, when grouped) on the page.
    #[arg(long, short = 'n', default_value_t = 10)]
    pub limit: usize,
    /// Hits (groups, when grouped) to pass over.
    #[arg(long, default_value_t = 0)]
    pub offset: usize,
    /// Do not widen the question by the topics that it names.
    #[arg(long)]
    pub no_expand: bool,
    /// Say why each was found.
    #[arg(long)]
    pub explain: bool,
}

/// A whole day; half a date would leave open which law applied.
pub(super) fn day(text: &str) -> Result<jiff::civil::Date, String> {
    match text.trim().parse::<PartialDate>() {
        Ok(PartialDate::Day(date)) => Ok(date),
        Ok(_) => Err("the day is missing; write YYYY-MM-DD".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
