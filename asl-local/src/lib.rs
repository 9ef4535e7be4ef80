//! Runs AWS Step Functions state machines in process, deterministically, on a virtual clock.
//!
//! A year-long wait costs nothing, and two runs with the same seed give the same history.

mod failure;
#[allow(dead_code, reason = "the part that runs states, which reads it, is not there yet")]
mod data;
#[allow(dead_code, reason = "the part that runs states, which calls it, is not there yet")]
mod choice;
#[allow(dead_code, reason = "the part that runs states, which calls it, is not there yet")]
mod template;
#[allow(dead_code, reason = "the part that runs states, which calls it, is not there yet")]
mod intrinsic;
#[allow(dead_code, reason = "the part that runs states, which calls it, is not there yet")]
mod json_path;
#[allow(dead_code, reason = "the part that runs states, which calls it, is not there yet")]
mod hash_order;
#[allow(dead_code, reason = "the part that runs states, which calls it, is not there yet")]
mod random;
mod unprepared;
#[cfg(test)]
mod fixed_scope;
pub mod world;

pub use data::Data;
pub use failure::{Failure, TaskError};
