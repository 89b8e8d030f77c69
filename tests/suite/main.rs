//! One test target: a file per room and per door, and `layers` for the order of rooms.

mod cli;
mod corpus;
mod index;
mod layers;
