//! Runs AWS Step Functions state machines in process, deterministically, on a virtual clock.
//!
//! A year-long wait costs nothing, and two runs with the same seed give the same history.

mod failure;
mod data;
pub mod jsonata;
pub mod world;

pub use data::{Data, Scope};
pub use failure::{Failure, TaskError};
