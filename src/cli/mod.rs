//! The command line: one file a command.
//!
//! In come arguments, out go text on a terminal, plain text in a pipe, or JSON, and an exit code:
//! 0 done; 1 problems were found, or nothing was found; 2 the arguments or the query are wrong;
//! 3 the environment failed (disk, network, port) or the program did.

mod arguments;
mod check;
mod compare;
mod config;
mod draft;
mod eval;
mod exit;
#[cfg(feature = "export")]
mod file;
mod grid;
mod index;
mod model;
mod new;
mod open;
mod print;
mod search;
mod serve;
#[cfg(feature = "export")]
mod sheet;
mod shell;
mod show;
mod stats;
mod topics;

pub use exit::run;
