//! Collex.
pub mod config;
pub mod index;
pub mod law;
pub mod corpus;
pub mod search;
pub mod library;
pub mod eval;
#[cfg(feature = "serve")]
pub mod api;
pub mod cli;
