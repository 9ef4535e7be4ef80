//! Runs AWS Step Functions state machines in process, deterministically, on a virtual clock.
//!
//! A year-long wait costs nothing, and two runs with the same seed give the same history.

mod failure;
mod data;
mod clock;
pub mod history;
mod program;
mod choice;
mod items;
mod hash_order;
mod intrinsic;
mod json_path;
pub mod jsonata;
mod random;
mod results;
mod template;
mod unprepared;
#[cfg(test)]
mod fixed_scope;
mod execution;
pub mod world;
pub mod native;

pub use data::{Data, Scope};
pub use execution::{Execution, Exhausted, NotRedrivable, Price, Settings, Status, UnknownToken};
pub use failure::{Failure, TaskError};
pub use history::History;
pub use native::{block_on, try_block_on};
pub use program::Unready;
pub use world::mocks::{self, Mocks};
