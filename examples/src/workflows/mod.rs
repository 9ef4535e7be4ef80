//! Workflows as Rust functions, each with the tasks that it calls, its unit tests and a world to run it in.

pub mod onboarding;
pub mod order_saga;
pub mod expense_approval;
pub mod nightly_etl;
pub mod event_processing;
pub mod polling;

use asl_core::ctx::{AslError, Ctx, Failure};
use asl_core::ctx::{Definition, DefinitionError};
use asl_local::{Mocks, block_on};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A workflow function, and what may happen to it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Workflow {
    /// The function's name.
    pub name: &'static str,
    /// What it shows, in a few words.
    pub about: &'static str,
    /// The text of the file that the function stands in.
    pub source: &'static str,
    /// The state machine, and the line that each state comes from.
    pub definition: fn() -> Result<Definition, DefinitionError>,
    /// The function itself, run to its end.
    pub native: fn(&Ctx, Value) -> Result<Value, Failure>,
    /// An input.
    pub input: Value,
    /// What its tasks answer.
    pub mocks: fn() -> Mocks,
}

/// All workflows.
#[must_use]
pub fn workflows() -> Vec<Workflow> {
    vec![
        onboarding::example(),
        order_saga::example(),
        expense_approval::example(),
        nightly_etl::example(),
        event_processing::example(),
        polling::example(),
    ]
}

/// The function, its input and its output as JSON.
fn run<I, O, E>(
    function: &impl AsyncFn(&Ctx, I) -> Result<O, E>,
    ctx: &Ctx,
    input: Value,
) -> Result<Value, Failure>
where
    I: DeserializeOwned,
    O: Serialize,
    E: AslError,
{
    let json = |error: serde_json::Error| Failure::new("States.Runtime", error.to_string());
    let input = serde_json::from_value(input).map_err(json)?;
    let output = block_on(function(ctx, input)).map_err(AslError::into_failure)?;
    serde_json::to_value(output).map_err(json)
}

macro_rules! workflow {
    ($function:ident, $about:literal, $input:expr, $mocks:expr) => {
        $crate::workflows::Workflow {
            name: stringify!($function),
            about: $about,
            source: include_str!(concat!(stringify!($function), ".rs")),
            definition: $function::try_definition,
            native: |ctx, input| $crate::workflows::run(&$function, ctx, input),
            input: $input,
            mocks: $mocks,
        }
    };
}
use workflow;
