//! Runs AWS Step Functions state machines in process, deterministically, on a virtual clock.
//!
//! A year-long wait costs nothing, and two runs with the same seed give the same history. No account, no container, no
//! sleeping: `cargo test` is enough.
//!
//! # A first test
//!
//! [`Mocks`] answer the tasks, an [`Execution`] runs, the [`History`] says what happened.
//!
//! ```
//! use asl_local::mocks::outcomes;
//! use asl_local::{Execution, Mocks, Status, TaskError};
//! use serde_json::{Value, json};
//!
//! let machine = asl_core::decode(r#"{
//!     "StartAt": "Charge",
//!     "States": {
//!         "Charge": {"Type": "Task", "Resource": "${ChargeArn}", "ResultPath": "$.payment", "Next": "Ship",
//!             "Retry": [{"ErrorEquals": ["Busy"], "IntervalSeconds": 30}]},
//!         "Ship": {"Type": "Task", "Resource": "${ShipArn}", "End": true}
//!     }
//! }"#)?.validate()?;
//!
//! let mocks = Mocks::new()
//!     .on("Charge", outcomes([Err(TaskError::new("Busy", "try again")), Ok(json!({"id": "p-1"}))]))
//!     .on("Ship", |order: &Value| Ok(json!({"paid with": order["payment"]["id"]})));
//! let mut execution = Execution::start(&machine, json!({"order": 7}), mocks)?;
//!
//! assert_eq!(execution.run()?, Status::Succeeded);
//! assert_eq!(execution.output(), Some(&json!({"paid with": "p-1"})));
//! assert_eq!(execution.history().states().collect::<Vec<_>>(), ["Charge", "Ship"]);
//! assert_eq!(execution.history().retries("Charge"), 1);
//! assert_eq!(execution.elapsed().as_secs(), 30);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Looking at the middle
//!
//! Nothing happens between calls. [`Execution::advance`] lets time pass, [`Execution::run_until_token`] stops where a
//! task token is waited for, [`Execution::step`] makes one thing happen; then [`Execution::task_success`],
//! [`task_failure`](Execution::task_failure), [`heartbeat`](Execution::heartbeat), [`stop`](Execution::stop) and
//! [`redrive`](Execution::redrive) do what the service's API does.
//!
//! # What is outside
//!
//! The trait [`world::World`] answers tasks and holds objects. [`Mocks`] is one: answers by state, resource, function
//! or action, delays, faults on purpose, records of calls. [`world::mock_config`] reads the mock configuration file of
//! Step Functions Local. Items and results of a Distributed Map are in memory, or in a folder with
//! [`world::FolderObjects`].
//!
//! # How far a run goes
//!
//! Faults of the machine under test are results: an execution that fails has a [`Status`], an error and a cause. A loop
//! without an end is broken off with [`Exhausted`]; [`Settings`] say after how many transitions, how much virtual time
//! and how much data in histories. Where a machine makes more events than memory should hold, a
//! [`history::Sink`] takes them as they happen.
//!
//! # What is the service's, and what is not
//!
//! The quotas are the service's: 256 KiB for a payload and for the variables that a state assigns, 10 MiB for all
//! variables, 25,000 events for the history of a Standard execution, a year, five minutes for an Express one, 40
//! iterations of an inline Map and 10,000 children of a Distributed one at a time. Time passes only where the machine or
//! a mock says so. Missing: the file of items that were not started, which a Map Run with a `ResultWriter` writes when it
//! fails.

mod failure;
mod data;
mod clock;
mod digest;
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
pub mod test_state;
pub mod world;
pub mod native;

pub use data::{Data, Scope};
pub use execution::{Execution, Exhausted, NotRedrivable, Price, Settings, Status, UnknownToken};
pub use failure::{Failure, TaskError};
pub use history::History;
pub use native::{block_on, try_block_on};
pub use program::Unready;
pub use world::mocks::{self, Mocks};
