//! Collex.
pub mod config;
pub mod index;
pub mod law;
pub mod corpus;
