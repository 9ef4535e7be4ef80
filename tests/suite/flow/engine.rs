//! Runs states with the local engine.

use std::rc::Rc;
use std::time::Duration;

use asl_core::Valid;
use asl_core::model::StateMachine;
use asl_local::mocks::from_call;
use asl_local::world::{Outcome as Answered, Reply};
use asl_local::{Execution, Mocks, Settings, Status, TaskError};
use serde_json::Value;

use super::world::{Attempt, Failure, Outcome, World, attempt};

/// Milliseconds at which executions begin.
pub(crate) const START: i64 = 1_735_689_600_000;

pub(crate) struct Run {
    pub(crate) result: Result<Value, Failure>,
    pub(crate) log: Vec<Attempt>,
    /// How long it took, in milliseconds.
    pub(crate) end: i64,
    /// All transitions, those of child executions too.
    pub(crate) transitions: u64,
    /// The names of the states of tasks, in the order of their attempts.
    pub(crate) mocks: Mocks,
}

/// Runs a machine; `None` if it goes on without end.
pub(crate) fn run(
    machine: &Valid<StateMachine>,
    input: &Value,
    world: World,
    objects: &Objects,
) -> Option<Run> {
    let world = Rc::new(world);
    let answer = from_call(move |call| {
        let arguments = without_token(call.input, call.token);
        let (after, outcome) = world.answer(call.resource, &arguments, call.time - START);
        let outcome = match outcome {
            Outcome::Gives(value) => Answered::Success(value),
            Outcome::Fails(Failure { error, cause, .. }) => {
                Answered::Failure(TaskError { error: Some(error), cause })
            }
            Outcome::Hangs => Answered::Pending,
        };
        Reply { after: Duration::from_millis(after.unsigned_abs()), ..Reply::new(outcome) }
    });
    let mut mocks = Mocks::new().otherwise(answer).bucket("results");
    for (bucket, key, body) in objects {
        mocks = mocks.object(bucket, key, body.as_bytes());
    }
    let settings = Settings::new().start_time(START).max_transitions(4_000).keep_history(false);
    let mut execution =
        Execution::with(settings, machine, input.clone(), mocks.clone()).expect("it can be run");
    let status = execution.run().ok()?;
    let result = match status {
        Status::Succeeded => Ok(execution.output().cloned().expect("it has an output")),
        Status::Failed => Err(Failure {
            error: execution.error().unwrap_or_default().to_owned(),
            cause: execution.cause().map(str::to_owned),
            is_heartbeat: false,
        }),
        other => panic!("{other}"),
    };
    let calls = mocks.calls();
    let log = calls.iter().map(|call| {
        let arguments = without_token(&call.input, call.token.as_deref());
        attempt(call.time - START, &call.resource, &arguments, call.credentials.as_ref())
    });
    let log = log.collect::<Vec<_>>();
    let end = i64::try_from(execution.elapsed().as_millis()).expect("less than two years");
    Some(Run { result, log, end, transitions: execution.all_transitions(), mocks })
}

/// Stored objects: bucket, key and content.
pub(crate) type Objects = Vec<(String, String, String)>;

/// The arguments with a word for the token, which another run has not.
fn without_token(arguments: &Value, token: Option<&str>) -> Value {
    match (token, arguments) {
        (Some(token), Value::String(text)) if text == token => Value::from("token"),
        (_, Value::Array(items)) => items.iter().map(|item| without_token(item, token)).collect(),
        (_, Value::Object(fields)) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), without_token(value, token)));
            Value::Object(fields.collect())
        }
        _ => arguments.clone(),
    }
}
