//! One test target: a file per room and per door, and `layers` for the order of rooms.

#[cfg(feature = "serve")]
mod api;
#[cfg(feature = "serve")]
mod api_topics;
mod cli;
mod cli_bad_input;
mod cli_new;
mod cli_stats;
mod compare;
mod compare_corpus;
mod corpus;
#[cfg(feature = "serve")]
mod drafts;
mod eval;
#[cfg(feature = "export")]
mod export;
#[cfg(feature = "serve")]
mod export_doors;
mod fixture;
mod index;
mod layers;
mod review;
mod search;
