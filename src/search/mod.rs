//! A question -> provisions with the reason why each was found.
//!
//! In comes a [`Request`], out goes an [`Answer`]. Uses `law`, `corpus` and `index`. In reading order:
//! - `request.rs`: what was asked; `query.rs`: the query language; `question.rs`: a question that has been read
//! - `plan.rs`: which legs run and what each counts for, decided before anything is fetched
//! - `searcher.rs`: runs the legs, joins, counts, pages; `meaning.rs`: the leg by meaning; `references.rs`: pinpoints, numbers
//!   and names; `background.rs`: how near a query is to anything at all
//! - `fusion.rs`: joins ranked lists, pure arithmetic; `names.rs`: laws and cases called by their name;
//!   `places.rs`: countries called by name, in six languages (`place_names.rs`)
//! - `vocabulary.rs`: topics called by any of their labels; `expand.rs`: what a query gains by
//!   them; `topics.rs`: how far it is on each topic
//! - `models.rs`: articles of model laws stand beside the law, never among it
//! - `catalogue.rs`: documents and jurisdictions behind the numbers of the index
//! - `hit.rs`: the answer; `present.rs`: numbers -> hits with snippets and reasons; `similar.rs`: like provisions elsewhere
//! - `unindexed.rs`: texts that are not in the index, set against it
//! - `tuning.rs`: named settings with measured defaults; `error.rs`: what can go wrong, and the cure

mod background;
mod catalogue;
mod error;
mod expand;
mod fusion;
mod hit;
mod meaning;
mod models;
mod names;
mod place_names;
mod places;
mod plan;
mod present;
pub mod query;
mod question;
mod references;
mod request;
mod searcher;
mod similar;
mod topics;
mod tuning;
mod unindexed;
mod vocabulary;

pub use crate::index::keyword::{Facets, Snippet};
pub use catalogue::Catalogue;
pub use error::SearchError;
pub use fusion::{RankedList, reciprocal_rank};
pub use hit::{Answer, Group, Hit, Leg, Similar, SimilarGroup, SimilarHit, Took, Why};
pub use places::country;
pub use plan::Plan;
pub use question::Question;
pub use request::{Limits, Mode, Request};
pub use searcher::{Found, Legs, Searcher};
pub use similar::Alike;
pub use topics::TopicShare;
pub use tuning::Tuning;
pub use vocabulary::{CalledTopic, Vocabulary};
