//! Runs AWS Step Functions state machines in process, deterministically, on a virtual clock.
//!
//! A year-long wait costs nothing, and two runs with the same seed give the same history.

mod failure;
mod data;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "the execution core will call it"))]
#[cfg_attr(test, allow(dead_code, unused_imports, reason = "the execution core will call it"))]
mod items;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "the execution core will call it"))]
#[cfg_attr(test, allow(dead_code, unused_imports, reason = "the execution core will call it"))]
mod results;
pub mod world;

pub use data::Data;
pub use failure::{Failure, TaskError};
