//! What expressions give in a state, word for word where the service was recorded or measured.

mod functions;
mod failures;
mod bounds;
mod templates;
mod references;
mod data;
mod document;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Prepared;
use crate::{Data, Failure, Scope};

/// What a state's expressions may refer to.
struct State {
    input: Data,
    context: Data,
    result: Option<Data>,
    error_output: Option<Data>,
    variables: BTreeMap<String, Data>,
}

impl State {
    fn new(input: Value) -> Self {
        Self {
            input: Data::from(input),
            context: Data::from(json!({"State": {"Name": "S"}})),
            result: None,
            error_output: None,
            variables: BTreeMap::new(),
        }
    }

    fn with(mut self, name: &str, value: Value) -> Self {
        self.variables.insert(name.to_owned(), Data::from(value));
        self
    }

    fn evaluate(&self, code: &str) -> Result<Value, Failure> {
        let prepared = Prepared::new(code).unwrap_or_else(|error| panic!("{code}: {error}"));
        prepared.evaluate("Output/v", self).map(|data| data.json().clone())
    }

    /// The result as JSON text, or what follows the sentence's beginning.
    fn said(&self, code: &str) -> String {
        match self.evaluate(code) {
            Ok(value) => value.to_string(),
            Err(failure) => {
                assert_eq!(failure.error, "States.QueryEvaluationError");
                assert_eq!(failure.location.as_deref(), Some("Output/v"));
                let start = format!("The JSONata expression '{code}' specified for the field 'Output/v' ");
                failure.cause.strip_prefix(&start).unwrap_or_else(|| panic!("{failure:?}")).to_owned()
            }
        }
    }
}

impl Scope for State {
    fn now(&self) -> i64 {
        1_735_689_600_123
    }

    fn random(&self) -> u64 {
        7
    }

    fn input(&self) -> &Data {
        &self.input
    }

    fn context(&self) -> &Data {
        &self.context
    }

    fn variable(&self, name: &str) -> Option<&Data> {
        self.variables.get(name)
    }

    fn result(&self) -> Option<&Data> {
        self.result.as_ref()
    }

    fn error_output(&self) -> Option<&Data> {
        self.error_output.as_ref()
    }
}

/// Asserts what each expression gives in a state without input and variables.
#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let state = State::new(json!({}));
    for (code, expected) in cases {
        assert_eq!(state.said(code), *expected, "{code}");
    }
}

#[test]
fn states_and_variables_are_there() {
    let mut state = State::new(json!({"n": 2, "list": [{"x": 1}, {"x": 2}]})).with("v", json!({"a": [3]}));
    state.result = Some(Data::from(json!("done")));
    for (code, expected) in [
        ("$states.input.n * $v.a[0]", "6"),
        ("$states.input.list[x > 1].x", "2"),
        ("$states.context.State.Name & '!'", "\"S!\""),
        ("$states.result", "\"done\""),
        ("$keys($states)", r#"["input","context","result"]"#),
        ("$states.input.list.x", "[1,2]"),
        ("$v", r#"{"a":[3]}"#),
        ("$states.errorOutput", "returned nothing (undefined)."),
        ("$exists($nothing)", "false"),
    ] {
        assert_eq!(state.said(code), expected, "{code}");
    }
    state.error_output = Some(Data::from(json!({"Error": "E", "Cause": "c"})));
    assert_eq!(state.said("$states.errorOutput.Error"), "\"E\"");
}

#[test]
fn there_is_no_document_for_plain_names_and_the_context() {
    // the service refuses these when the machine is created
    let state = State::new(json!({"name": "x"}));
    for code in ["name", "$", "$$", "*", "$string()"] {
        assert_eq!(state.said(code), "returned nothing (undefined).", "{code}");
    }
}

#[test]
fn a_variable_hides_a_function_of_its_name() {
    let state = State::new(json!({})).with("count", json!(3)).with("now", json!("then"));
    assert_eq!(state.said("$count + 1"), "4");
    assert_eq!(state.said("$now"), "\"then\"");
    assert_eq!(
        state.said("$count([1])"),
        "threw an error during evaluation. T1006: Attempted to invoke a non-function"
    );
}
