//! A stack as Rust values: a state machine and the CloudFormation template that deploys it, per stage.
//!
//! What differs between the stages is in [`Stage`] and nowhere else; what the template creates reaches the machine
//! through placeholders. The tests are snapshots of both, so that a pull request shows what it changes in each stage.

mod stack;
mod workflow;
mod stage;

pub use stack::Stack;
pub use stage::{Stage, UnknownStage};
