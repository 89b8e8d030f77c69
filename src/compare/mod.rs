//! Hits -> comparable provisions side by side, by jurisdiction.
//!
//! In comes a [`GridRequest`], out goes a [`Grid`]: elements (or articles of a model law) down, jurisdictions across, each cell
//! in one of four states. A grid is a plain value: every export is made from it without asking again. Uses `law`, `corpus`,
//! `index` and `search`. In reading order:
//! - `request.rs`: what is compared with what; `subject.rs`: from that to topics and elements, with the reason
//! - `facts.rs`: what a grid reads, held in memory
//! - `standing.rs`: whether a provision may fill a cell on a day; `scope.rs`: provisions on children alone
//! - `cell.rs`: how facts fill a cell; `value.rs`: values in order, their ranges
//! - `comparable.rs`: which provisions are comparable, how closely, and why
//! - `counting.rs`: which provisions count for an article; `against_model.rs`: a country's law against it, with the arithmetic
//! - `grid.rs`: the grid as a value; `assemble.rs`: makes it; `rows.rs`: its rows; `order.rs`: the order of rows and columns
//! - `in_words.rs`: signs of the states, values in words
//! - `draft.rs`: a draft set against model laws and other countries; `wording.rs`: two texts word by word
//! - `timeline.rs`: who provided what first; `error.rs`: what can go wrong, and the cure

mod against_model;
mod assemble;
mod cell;
mod comparable;
mod counting;
mod draft;
mod error;
mod facts;
mod grid;
mod in_words;
mod order;
mod request;
mod rows;
mod scope;
mod standing;
mod subject;
mod timeline;
mod value;
mod wording;

pub use against_model::{Alignment, AlignmentPart, MissingArticle, Weights, align, default_weight};
pub use assemble::assemble;
pub use cell::{Alternative, Beside, Cell, CellState, CellValue, fill};
pub use comparable::{Comparable, Degree};
pub use draft::{
    AlignedArticle, AskedElement, AskedState, Draft, DraftError, DraftFormat, DraftReport, DraftRequest, FoundWords,
    LackingArticle, MOST_BYTES as MOST_DRAFT_BYTES, MissingElement, NearProvision, Recognised, SectionReport,
    SectionTopic, Suggestion, Unusual, examine,
};
pub use error::CompareError;
pub use facts::{Facts, Held, ModelLaw, NamedGap};
pub use grid::{ArticleName, Column, ComparedProvision, Grid, GridSubject, Row, RowSummary};
pub use in_words::{grouped, said};
pub use order::{ColumnOrder, RowOrder};
pub use request::{BadWeight, GridRequest, Parameter, Subject, SubjectWords, model_law_id, weight};
pub use scope::is_on_children_alone;
pub use standing::{Standing, standing};
pub use timeline::{Timeline, TimelineEvent, Undated, timeline};
pub use value::{Extreme, Measure, Range, measure, ranges, unit};
pub use wording::{ComparedText, Difference, DifferenceKind, Passage, Place, Reuse, Wording, wording};
