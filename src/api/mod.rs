//! JSON over HTTP, version 1: one file a resource.
//!
//! In come requests, out go answers of [`crate::library::Library`] as JSON, or a problem (RFC 9457) that says what was
//! wrong and what is allowed. In reading order:
//! - `server.rs`: the router and its layers, start and graceful stop, newer generations
//! - `parameters.rs`: the query string, read strictly; `problem.rs`: everything that can be refused, one row each
//! - `answer.rs`: JSON with an entity tag; `work.rs`: blocking work off the event loop, bounded in number and time
//! - `search.rs`, `documents.rs`, `provisions.rs`, `jurisdictions.rs`, `topics.rs`, `stats.rs`: the resources
//! - `health.rs`, `metrics.rs`: for whoever runs it; `openapi.rs`, `pages.rs`: for whoever reads about it
//!
//! Uses `library`, and the types its answers are made of.

mod answer;
mod documents;
mod health;
mod jurisdictions;
mod metrics;
mod openapi;
mod pages;
mod parameters;
mod problem;
mod provisions;
mod search;
mod server;
mod stats;
mod topics;
mod work;

pub use openapi::document;
pub use problem::Problem;
pub use server::{ApiError, Options, router, serve};
