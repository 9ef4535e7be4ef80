//! Runs AWS Step Functions state machines in process, deterministically, on a virtual clock.
//!
//! A year-long wait costs nothing, and two runs with the same seed give the same history.

mod failure;
mod data;
pub mod world;
pub mod native;

pub use data::Data;
pub use failure::{Failure, TaskError};
pub use native::{block_on, try_block_on};
