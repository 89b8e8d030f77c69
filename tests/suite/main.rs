//! One test target: a file per room and per door, and `layers` for the order of rooms.

mod cli;
mod cli_bad_input;
mod corpus;
mod eval;
mod index;
mod layers;
mod search;
