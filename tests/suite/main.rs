//! One test target: a file per room and per door, and `layers` for the order of rooms.

mod index;
mod layers;
