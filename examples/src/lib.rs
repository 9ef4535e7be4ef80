//! Workflow patterns to copy.
//!
//! Each module of [`patterns`] is one idea, as a program of its own and twice: `built` calls the builders, `written`
//! writes `asl!` tokens. Both give the same bytes, which the tests of this package prove. [`PATTERNS`] lists them.
//!
//! Each module of [`workflows`] is a Rust function with `#[state_machine]`, with its tasks and unit tests.

pub mod patterns;
pub mod workflows;
pub mod report;

use asl_core::{Valid, Validation};
use workflows::Workflow;

/// A pattern: its name, and both ways to say it.
#[derive(Debug, Clone, Copy)]
pub struct Pattern {
    /// The name of its module.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub about: &'static str,
    /// The machine as builder calls.
    pub built: fn() -> Validation,
    /// The machine as `asl!` tokens.
    pub written: fn() -> Valid,
}

macro_rules! patterns {
    ($($name:ident $about:literal)+) => {
        &[$(Pattern {
            name: stringify!($name),
            about: $about,
            built: patterns::$name::built,
            written: patterns::$name::written,
        }),+]
    };
}

/// All patterns, the simplest first.
pub const PATTERNS: &[Pattern] = patterns! {
    hello "one Lambda function"
    lambda_task "a result beside the input: InputPath, ResultPath, OutputPath"
    dynamodb_put_item "a row in DynamoDB without a Lambda function"
    ecs_run_task "a container, waited for"
    auxiliary_states "Pass, Wait, Succeed, Fail"
    choice_by_plan "the data decides what is next"
    parallel_notifications "two things at once"
    map_orders "every order of an array, ten at a time"
    distributed_map "every row of a CSV file in S3, in batches"
    retry_billing "retries with backoff"
    catch_failure "another way to go after a failure"
    saga "what was done is undone in reverse"
    wait_for_callback "a person decides"
    polling "ask every 30 seconds whether a job is done"
    express_event_processing "short and frequent: an event becomes a row"
    s3_reference "pass the key, not the payload"
    order_workflow "the whole workflow of an order"
    order_workflow_jsonata "the same with expressions and variables"
};

/// A workflow by its name.
///
/// # Errors
///
/// If there is none, with those that there are.
pub fn workflow(name: &str) -> Result<Workflow, String> {
    let all = workflows::workflows();
    let names: Vec<&str> = all.iter().map(|workflow| workflow.name).collect();
    let message = format!("there is no workflow `{name}`; there are {}", names.join(", "));
    all.into_iter().find(|workflow| workflow.name == name).ok_or(message)
}
