//! Collex.
pub mod law;
pub mod corpus {
    mod document;
    pub use document::*;
}
