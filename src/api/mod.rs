//! JSON over HTTP: version 1 of the API, and the plain pages that belong to it.
//!
//! In comes a [`crate::library::Library`], out goes a server ([`serve`]) or its [`router`]. Uses `library`, `config` and
//! the types that answers are made of. In reading order:
//! - `options.rs`: bounds and addresses; `serve.rs`: listens, takes up new generations, stops in good order
//! - `router.rs`: which address is answered by which file; `guard.rs`: what every request passes on its way
//! - `parameters.rs`: `?a=b&c=d` -> values, or a refusal that says what is allowed; `errors.rs`: every way to fail
//! - `lanes.rs`: where the work is done, so that quick questions do not wait behind slow ones; `state.rs`: what all share;
//!   `download.rs`: answers as files
//! - one file per resource: `search.rs`, `compare.rs`, `drafts.rs`, `wording.rs`, `sheets.rs`, `schemas.rs`, `documents.rs`,
//!   `provisions.rs`, `jurisdictions.rs`, `topics.rs`, `stats.rs`,
//!   `health.rs`, `metrics.rs`, `openapi.rs`
//! - pages: `home.rs`, `docs.rs`, both in the frame of `html.rs`

mod compare;
mod docs;
mod documents;
mod download;
mod drafts;
mod errors;
mod guard;
mod health;
mod home;
mod html;
mod jurisdictions;
mod lanes;
mod metrics;
mod openapi;
mod options;
mod parameters;
mod provisions;
mod router;
mod schemas;
mod search;
mod serve;
mod sheets;
mod skos;
mod state;
mod stats;
mod topics;
mod wording;

pub use errors::{Code, Problem};
pub use openapi::document as openapi;
pub use options::Options;
pub use router::router;
pub use serve::{ApiError, serve, serve_until};
