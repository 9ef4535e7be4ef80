//! What the engine does, by subject: every test runs a small machine and looks at what came of it.

mod budgets;
mod catchers;
mod distributed;
mod histories;
mod limits;
mod maps;
mod nested;
mod parallel;
mod properties;
mod redrive;
mod retriers;
mod timeouts;
mod tokens;
mod variables;

use asl_core::Valid;
use asl_core::model::StateMachine;
use asl_local::{Execution, Mocks};
use serde_json::{Value, json};

const FUNCTION: &str = "arn:aws:lambda:us-east-1:123456789012:function:work";
const TOKEN: &str = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";

/// A machine of these states that starts at the first.
fn machine(states: Value) -> Valid<StateMachine> {
    let start = states.as_object().and_then(|states| states.keys().next()).expect("a state");
    let mut machine = json!({"StartAt": start});
    machine["States"] = states;
    definition(&machine)
}

fn definition(definition: &Value) -> Valid<StateMachine> {
    asl_core::decode(&definition.to_string())
        .unwrap()
        .validate()
        .unwrap_or_else(|invalid| panic!("{invalid}"))
}

/// A task that ends its scope, with these fields besides.
fn task(fields: Value) -> Value {
    with(json!({"Type": "Task", "Resource": FUNCTION, "End": true}), fields)
}

/// A task that waits for its token.
fn token_task(fields: Value) -> Value {
    let parameters = json!({"QueueUrl": "https://queue", "MessageBody": {"token.$": "$$.Task.Token"}});
    with(json!({"Type": "Task", "Resource": TOKEN, "Parameters": parameters, "End": true}), fields)
}

fn with(mut object: Value, fields: Value) -> Value {
    if let (Some(object), Value::Object(fields)) = (object.as_object_mut(), fields) {
        object.extend(fields);
    }
    object
}

fn start(machine: &Valid<StateMachine>, input: Value, mocks: &Mocks) -> Execution<Mocks> {
    Execution::start(machine, input, mocks.clone()).unwrap()
}

/// Runs the machine until nothing happens by itself.
fn run(machine: &Valid<StateMachine>, input: Value, mocks: &Mocks) -> Execution<Mocks> {
    let mut execution = start(machine, input, mocks);
    execution.run().unwrap();
    execution
}

/// The types of the events, in order.
fn types<W: asl_local::world::World>(execution: &Execution<W>) -> Vec<&'static str> {
    execution.history().events().iter().map(|event| event.event_type().as_str()).collect()
}
