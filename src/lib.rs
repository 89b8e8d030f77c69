//! Collex: a knowledge base of model laws, legislation, decisions and notes on technology-facilitated gender-based
//! violence, and the engine that searches it and finds comparable provisions of other countries.
//!
//! The rooms, in the order in which a provision passes through them; each uses only those above it:
//!
//! - [`law`]: the words of the field as plain data: provision, pinpoint, instrument, judgment, topics, elements
//! - [`corpus`]: Markdown files -> documents -> provisions, with every problem named by file and line
//! - [`index`]: provisions -> what can be searched: by words, by meaning; built in generations
//! - [`search`]: a question -> hits with reasons
//! - [`compare`]: comparable provisions of any number of countries in one grid
//! - `export`: a grid or a sheet -> files to take away
//! - [`config`]: settings as given -> settings in force
//! - [`library`]: an opened corpus with its indexes; the one handle for the doors
//! - [`eval`]: test sets with judged questions -> how good the search is
//! - [`api`]: JSON over HTTP; [`cli`]: one file a command
//!
//! Read on in `law/provision.rs`, then `library.rs`, then the door that interests you. A search, without a model:
//!
//! ```
//! use collex::corpus::Roots;
//! use collex::index::{BuildOptions, build};
//! use collex::library::Library;
//! use collex::search::{Request, Tuning};
//!
//! # let folder = tempfile::tempdir()?;
//! # let index = folder.path().to_path_buf();
//! let roots = Roots { corpus: "tests/fixtures/corpus".into(), model_laws: "tests/fixtures/model-laws".into() };
//! build(&BuildOptions::new(index.clone(), roots, &|_| {}), None)?;
//!
//! let library = Library::open(&index, None, Tuning::default())?;
//! let answer = library.search(&Request { query: "intimate image".to_owned(), ..Request::default() })?;
//! assert!(answer.total > 0);
//! println!("{} · {}", answer.hits[0].title, answer.hits[0].heading);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "serve")]
pub mod api;
pub mod cli;
pub mod compare;
pub mod config;
pub mod corpus;
pub mod eval;
#[cfg(feature = "export")]
pub mod export;
pub mod index;
pub mod law;
pub mod library;
pub mod search;
