//! The keyword index: tantivy with an analyzer per language, exact fields, filters and facets.
//!
//! In: provisions with their document and jurisdiction. Out: provisions ranked for a query, counts, spelling, snippets.
//! Uses `law`, `corpus` and the filters and number sets of this room.

mod analysis;
mod arabic;
mod bm25;
mod collect;
mod compile;
mod error;
mod expand;
mod facets;
mod filtering;
mod finished;
mod fold;
mod foreign;
mod highlight;
mod query;
mod reader;
mod schema;
mod spelling;
mod stop_words;
#[cfg(test)]
mod tests;
mod weights;
mod words;
mod writer;

pub use analysis::{Analyzer, TermAt};
pub use bm25::{B, K1};
pub use collect::Ranked;
pub use error::KeywordError;
pub use facets::Facets;
pub use fold::{is_ignorable, lower, without_diacritics};
pub use foreign::language_of;
pub use highlight::{Highlighter, Snippet};
pub use query::{Clause, FieldName, Group, Occur, Query, TopicClause};
pub use reader::KeywordIndex;
pub use weights::KeywordWeights;
pub use writer::{KeywordWriter, Record};
