//! Settings as given (file, then environment, then flags) -> settings in force, each with where it came from.
//!
//! Uses nothing of ours. The file is TOML (`collex.toml` in the working folder, or the one named by `--config`);
//! the environment has `COLLEX_` in front and a double underscore between parts: `COLLEX_SEARCH__RRF_CONSTANT`.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ::config::{Config, Environment, File, FileFormat, Source, Value};
use serde::{Deserialize, Serialize};

/// The file that is read where none is named.
pub const DEFAULT_FILE: &str = "collex.toml";

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Folder of the Markdown.
    pub corpus: PathBuf,
    /// Folder of the model laws.
    pub model_laws: PathBuf,
    /// Folder of what is built.
    pub index: PathBuf,
    /// Folder of fetched models; `models` below the index where not given.
    #[serde(default)]
    pub models: PathBuf,
    /// `default`, `off`, `fastembed:NAME` or the path of a model folder.
    pub model: String,
    /// Address and port to serve at.
    pub listen: SocketAddr,
    /// Threads for the model; 0 takes every core.
    pub threads: usize,
    /// What is logged, as a filter of tracing: `info`, `collex=debug` …
    pub log: String,
    /// Whether the texts of queries may appear in the log.
    pub log_queries: bool,
    /// Characters a query may have.
    pub max_query_chars: usize,
    /// Hits or groups on one page, at most.
    pub max_page: usize,
    /// Milliseconds after which a request is given up.
    pub timeout_ms: u64,
    /// Settings of ranking by name, read by the search.
    #[serde(default)]
    pub search: BTreeMap<String, f64>,
}

/// Settings with the place each came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// For each setting, `default`, a file, the environment variable or the flag.
    pub origins: BTreeMap<String, String>,
}

/// Settings that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file that was named is not there.
    #[error("the settings file {} does not exist; leave out --config or name another", .0.display())]
    NoFile(PathBuf),
    /// A key that is none.
    #[error("{origin}: there is no setting `{key}`{hint}; `collex config` lists them")]
    UnknownKey {
        /// Where it stands.
        origin: String,
        /// The key.
        key: String,
        /// The nearest key, as a question.
        hint: String,
    },
    /// A value that cannot be read.
    #[error("the settings cannot be read: {0}")]
    Bad(String),
}

const DEFAULTS: &[(&str, &str)] = &[
    ("corpus", "corpus"),
    ("model_laws", "model-laws"),
    ("index", "index"),
    ("models", ""),
    ("model", "default"),
    ("listen", "127.0.0.1:8080"),
    ("threads", "0"),
    ("log", "warn,collex=info"),
    ("log_queries", "false"),
    ("max_query_chars", "2000"),
    ("max_page", "100"),
    ("timeout_ms", "10000"),
];

/// Reads the settings: defaults, then the file, then `environment`, then `flags` (key and value).
///
/// `environment` is handed in so that tests need not change the process's own.
///
/// # Errors
/// For a file that was named and is missing or broken, an unknown key, or a value of the wrong type.
pub fn load(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
    flags: &[(&str, String)],
) -> Result<Loaded, ConfigError> {
    let bad = |error: ::config::ConfigError| {
        let sentence = one_sentence(&error.to_string());
        let cure = if sentence.contains("`listen`") {
            "; write address and port, as in 127.0.0.1:8080"
        } else {
            ""
        };
        ConfigError::Bad(format!("{sentence}{cure}"))
    };
    let mut builder = Config::builder();
    for (key, value) in DEFAULTS {
        builder = builder.set_default(*key, *value).map_err(bad)?;
    }
    match file {
        Some(path) if !path.is_file() => return Err(ConfigError::NoFile(path.to_owned())),
        _ => {}
    }
    let path = file.unwrap_or(Path::new(DEFAULT_FILE));
    builder = builder.add_source(File::from(path).format(FileFormat::Toml).required(false));
    let ours = environment
        .into_iter()
        .filter(|(key, _)| key.starts_with("COLLEX_") && !key.starts_with("COLLEX_TEST_"));
    let source = Environment::with_prefix("COLLEX").prefix_separator("_").separator("__");
    builder = builder.add_source(source.source(Some(ours.collect())));
    for (key, value) in flags {
        builder = builder.set_override(*key, value.as_str()).map_err(bad)?;
    }
    let built = builder.build().map_err(bad)?;
    let values = built.collect().map_err(bad)?.into_iter().collect();
    let origins = origins(&values, flags, path)?;
    let mut settings: Settings = built.try_deserialize().map_err(bad)?;
    if settings.models.as_os_str().is_empty() {
        settings.models = settings.index.join("models");
    }
    Ok(Loaded { settings, origins })
}

/// Where each value came from, those of the search as `search.NAME`; refuses keys that are none.
fn origins(
    values: &BTreeMap<String, Value>,
    flags: &[(&str, String)],
    file: &Path,
) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut origins = BTreeMap::new();
    for (key, value) in values {
        if key == "search" {
            for (name, value) in value.clone().into_table().unwrap_or_default() {
                let key = format!("search.{name}");
                let origin = origin(&key, value.origin(), flags);
                origins.insert(key, origin);
            }
            continue;
        }
        let origin = origin(key, value.origin(), flags);
        if !DEFAULTS.iter().any(|(known, _)| known == key) {
            let likeness = |known: &str| strsim::jaro_winkler(known, key);
            let nearest = DEFAULTS
                .iter()
                .map(|(known, _)| *known)
                .max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
            let hint = nearest
                .filter(|known| likeness(known) > 0.8)
                .map(|known| format!(" (did you mean `{known}`?)"));
            let from_file = value.origin().is_some_and(|origin| origin != ENVIRONMENT);
            let line = line_of(key, file).filter(|_| from_file).map(|line| format!(":{line}"));
            let origin = format!("{origin}{}", line.unwrap_or_default());
            return Err(ConfigError::UnknownKey {
                origin,
                key: key.clone(),
                hint: hint.unwrap_or_default(),
            });
        }
        origins.insert(key.clone(), origin);
    }
    Ok(origins)
}

/// What the library that reads the environment calls it.
const ENVIRONMENT: &str = "the environment";

fn origin(key: &str, origin: Option<&str>, flags: &[(&str, String)]) -> String {
    match origin {
        _ if flags.iter().any(|(flag, _)| *flag == key) => format!("flag --{}", key.replace('_', "-")),
        Some(ENVIRONMENT) => format!("environment COLLEX_{}", key.replace('.', "__").to_uppercase()),
        Some(file) => file.to_owned(),
        None => "default".to_owned(),
    }
}

/// The line of the file on which a key of the top level is set, for whoever has to mend it.
fn line_of(key: &str, file: &Path) -> Option<usize> {
    let text = std::fs::read_to_string(file).ok()?;
    let sets = |line: &str| {
        let rest = line.trim_start().trim_start_matches(['[', '"']).strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start_matches('"').trim_start().starts_with(['=', ']', '.']))
    };
    text.lines().position(sets).map(|at| at + 1)
}

/// First and last line of a message that draws the place over several.
fn one_sentence(message: &str) -> String {
    let lines: Vec<&str> = message.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines.as_slice() {
        [first, .., last] => format!("{first}: {last}"),
        _ => message.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn flags_win_over_the_environment_and_that_over_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("collex.toml");
        std::fs::write(
            &file,
            "index = \"a\"\nmodel = \"off\"\nthreads = 3\n[search]\nrrf_constant = 7.5\n",
        )
        .unwrap();
        let given = environment(&[("COLLEX_MODEL", "default"), ("COLLEX_INDEX", "b"), ("PATH", "x")]);
        let loaded = load(Some(&file), given, &[("index", "c".to_owned())]).unwrap();
        assert_eq!(loaded.settings.index, Path::new("c"));
        assert_eq!(loaded.settings.models, Path::new("c/models"));
        assert_eq!(
            (loaded.settings.model.as_str(), loaded.settings.threads),
            ("default", 3)
        );
        assert_eq!(loaded.settings.search["rrf_constant"], 7.5);
        assert_eq!(loaded.origins["index"], "flag --index");
        assert_eq!(loaded.origins["model"], "environment COLLEX_MODEL");
        assert!(loaded.origins["search.rrf_constant"].ends_with("collex.toml"));
        assert!(loaded.origins["threads"].ends_with("collex.toml"));
        assert_eq!(loaded.origins["listen"], "default");
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        let error = load(None, environment(&[("COLLEX_LISTN", "x")]), &[]).unwrap_err();
        assert!(error.to_string().contains("did you mean `listen`?"), "{error}");
        let error = load(None, environment(&[("COLLEX_THREADS", "many")]), &[]).unwrap_err();
        assert!(error.to_string().contains("threads"), "{error}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mine.toml");
        std::fs::write(&file, "index = \"a\"\n\ncorpsu = \"b\"\n").unwrap();
        let error = load(Some(&file), Vec::new(), &[]).unwrap_err().to_string();
        assert!(
            error.contains("mine.toml:3: there is no setting `corpsu` (did you mean `corpus`?)"),
            "{error}"
        );
        std::fs::write(&file, "index = [\n").unwrap();
        let error = load(Some(&file), Vec::new(), &[]).unwrap_err().to_string();
        assert!(!error.contains('\n') && error.contains("line 1"), "{error}");
        assert!(matches!(
            load(Some(Path::new("no/such.toml")), Vec::new(), &[]),
            Err(ConfigError::NoFile(_))
        ));
    }
}
