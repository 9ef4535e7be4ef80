//! The state that is tested, and the machine around it.

use std::fmt::Write as _;

use asl_core::Valid;
use asl_core::decode::decode;
use asl_core::model::{StateMachine, States, WorkflowType};
use serde_json::{Map, Value, json};

use super::{TestStateError, refused};

/// What a test is given to test: a state, or a machine of which one state is tested.
///
/// Text and JSON may be either: an object with `States` or `StartAt` is a machine, any other a state. A state by itself
/// may lead to states that are not there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Definition {
    /// The text of a state or of a machine.
    Text(String),
    /// A machine that is known to be valid.
    Machine(Box<Valid<StateMachine>>),
}

impl From<&str> for Definition {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Definition {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&Value> for Definition {
    fn from(json: &Value) -> Self {
        Self::Text(json.to_string())
    }
}

impl From<&Valid<StateMachine>> for Definition {
    fn from(machine: &Valid<StateMachine>) -> Self {
        Self::Machine(Box::new(machine.clone()))
    }
}

/// The name that the service gives a state which comes by itself.
const ALONE: &str = "StateName";

/// The machine and the name of the state in it.
pub(super) fn machine(
    definition: &Definition,
    name: Option<&str>,
    variables: &Map<String, Value>,
) -> Result<(Valid<StateMachine>, String), TestStateError> {
    if name == Some("") {
        return Err(refused("Invalid length for parameter stateName, value: 0, valid min length: 1"));
    }
    let text = match definition {
        Definition::Machine(machine) => return Ok(((**machine).clone(), chosen(machine, name)?)),
        Definition::Text(text) => text,
    };
    // text that is no JSON is for the decoder to explain
    let is_alone = |json: &Value| json.get("States").or_else(|| json.get("StartAt")).is_none();
    match serde_json::from_str::<Value>(text) {
        Ok(state) if state.is_object() && is_alone(&state) => {
            let machine = decode(&around(text, &state, variables))?.validate_as(WorkflowType::Standard)?;
            Ok((machine, ALONE.to_owned()))
        }
        _ => {
            let machine = decode(text)?.validate_as(WorkflowType::Standard)?;
            let name = chosen(&machine, name)?;
            Ok((machine, name))
        }
    }
}

fn chosen(machine: &StateMachine, name: Option<&str>) -> Result<String, TestStateError> {
    let only = || {
        let mut names = machine.states.iter().flat_map(States::names);
        names.next().filter(|_| names.next().is_none())
    };
    // the service's words are not known
    let name = name.or_else(only).ok_or_else(|| {
        let names: Vec<String> =
            machine.states.iter().flat_map(States::names).map(|name| format!("`{name}`")).collect();
        refused(format!(
            "the definition is a state machine: say which of its states is tested ({})",
            names.join(", ")
        ))
    })?;
    Ok(name.to_owned())
}

/// A machine of one state, with what it leads to, so that only the state itself is judged. Before it the variables are
/// assigned that the test gives; that never runs.
fn around(text: &str, state: &Value, variables: &Map<String, Value>) -> String {
    let mut others = Map::new();
    let lists = ["Choices", "Catch"].map(|list| state[list].as_array());
    let below = lists.into_iter().flatten().flatten();
    for target in below.chain([state]).flat_map(|object| [&object["Next"], &object["Default"]]) {
        if let Some(name) = target.as_str().filter(|name| *name != ALONE) {
            others.insert(name.to_owned(), json!({"Type": "Succeed"}));
        }
    }
    let mut start = ALONE.to_owned();
    if !variables.is_empty() {
        "Variables".clone_into(&mut start);
        while others.contains_key(&start) {
            start.push('_');
        }
        let assign: Map<String, Value> = variables.keys().map(|name| (name.clone(), Value::Null)).collect();
        others.insert(start.clone(), json!({"Type": "Pass", "Assign": assign, "Next": ALONE}));
    }
    // the state's own text: what is written twice in it is for the decoder to see
    let mut written = String::new();
    for (name, other) in &others {
        // writing to a string does not fail
        let _ = write!(written, ",{}:{other}", Value::from(name.as_str()));
    }
    format!(r#"{{"StartAt":{},"States":{{"{ALONE}":{text}{written}}}}}"#, Value::from(start))
}

/// Refuses the name of a state that is not within this Parallel or Map.
pub(super) fn check_within(machine: &StateMachine, name: &str, within: &str) -> Result<(), TestStateError> {
    let json = serde_json::to_value(machine).unwrap_or_default();
    let outer = find(&json, name).unwrap_or(&Value::Null);
    if find(outer, within).is_some() {
        return Ok(());
    }
    // the service's words are not known
    Err(refused(format!("there is no state `{within}` within the state `{name}` that could cause the error")))
}

/// The state of this name in a machine's or a state's scopes. As deep as the definition, which is decoded with a bound.
fn find<'a>(json: &'a Value, name: &str) -> Option<&'a Value> {
    let scopes = ["ItemProcessor", "Iterator"].into_iter().filter_map(|scope| json.get(scope));
    let branches = json.get("Branches").and_then(Value::as_array).into_iter().flatten();
    for scope in scopes.chain(branches).chain([json]) {
        let states = scope.get("States").and_then(Value::as_object);
        for (known, state) in states.into_iter().flatten() {
            if known == name {
                return Some(state);
            }
            if let Some(found) = find(state, name) {
                return Some(found);
            }
        }
    }
    None
}
