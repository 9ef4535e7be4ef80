//! Recorded calls of `TestState`: how an answer of ours differs from the service's.

use asl_local::Mocks;
use asl_local::test_state::TestState;
use serde_json::Value;

use super::executions::Case;
use super::pattern::{Pattern, Tokens};
use super::{Outcome, volatile};

const NEEDS_MODELS: &str = "whether a mocked result is what the service's API answers needs the API's model";

/// Runs the request of a case, and compares the whole answer.
#[must_use]
pub fn check(case: &Case) -> Outcome {
    if case.create_error().is_some_and(|error| error.starts_with("Mock result schema validation error: ")) {
        return Outcome::Skipped(NEEDS_MODELS);
    }
    match difference(case, &answer(case)) {
        Ok(difference) => Outcome::unless(difference),
        Err(error) => Outcome::Failed(error),
    }
}

fn answer(case: &Case) -> Result<Value, String> {
    let test = TestState::from_request(&case.json["request"]).map_err(|error| error.to_string())?;
    // what a task answered that was truly called is known only by what the service shows of it
    let answered = case.expected()["inspectionData"]["result"].as_str();
    let answered = answered.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null);
    let mut world = Mocks::new().otherwise(asl_local::mocks::succeeds(answered));
    let result = test.run_in(&mut world).map_err(|error| error.to_string())?;
    serde_json::to_value(result).map_err(|error| error.to_string())
}

/// The first difference between the answer of the service and ours: a response in the shape of the API, or the message
/// with which the call is refused.
///
/// Of a refusal only that it is one is compared: what its message says is the service's own.
///
/// # Errors
///
/// If the case is of a form that is not known.
pub fn difference(case: &Case, ours: &Result<Value, String>) -> Result<Option<String>, String> {
    let expected = case.expected();
    let ours = match (case.create_error(), ours) {
        (Some(_), Err(_)) => return Ok(None),
        (Some(error), Ok(ours)) => {
            return Ok(Some(format!("the service refuses: {error}; we answer {ours}")));
        }
        (None, Err(error)) => return Ok(Some(format!("the service answers {expected}; we refuse: {error}"))),
        (None, Ok(ours)) => ours,
    };
    let mut theirs = Pattern::of(&opened(expected), &Tokens::of_result(&case.json));
    theirs.open_all(&volatile::below(&case.json, "expected")?);
    Ok(theirs.difference(&opened(ours)).map(|difference| difference.to_string()))
}

/// A response with the payloads in it as JSON: the recorder did so with objects, and left other values as text.
fn opened(response: &Value) -> Value {
    let mut response = response.clone();
    let Some(fields) = response.as_object_mut() else { return response };
    if let Some(output) = fields.get_mut("output") {
        open_text(output);
    }
    if let Some(Value::Object(inspected)) = fields.get_mut("inspectionData") {
        inspected.values_mut().for_each(open_text);
    }
    response
}

fn open_text(value: &mut Value) {
    if let Some(json) = value.as_str().and_then(|text| serde_json::from_str(text).ok()) {
        *value = json;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(expected: &Value, ours: &Result<Value, String>, difference: Option<&str>) {
        let json = json!({"expected": expected, "volatile": ["$.expected.output.id"]});
        let case = Case { area: "test_state".to_owned(), name: "case".to_owned(), json };
        assert_eq!(super::difference(&case, ours).unwrap().as_deref(), difference);
    }

    #[test]
    fn responses_are_compared_with_their_payloads_as_json() {
        let theirs = json!({
            "status": "SUCCEEDED",
            "output": {"id": 1, "a": "x"},
            "inspectionData": {"input": {"b": 1}, "afterItemsPath": "[1, 2]", "maxConcurrency": 0}
        });
        let ours = |output: &str| {
            json!({
                "status": "SUCCEEDED",
                "output": output,
                "inspectionData": {"input": "{\"b\":1}", "afterItemsPath": "[1,2]", "maxConcurrency": 0}
            })
        };
        check(&theirs, &Ok(ours("{\"id\":2,\"a\":\"x\"}")), None);
        let other = Some(".output.a: the service has \"x\", we have \"y\"");
        check(&theirs, &Ok(ours("{\"id\":2,\"a\":\"y\"}")), other);
        let mut more = ours("{\"id\":2,\"a\":\"x\"}");
        more["nextState"] = json!("B");
        check(&theirs, &Ok(more), Some(".nextState: the service has nothing, we have \"B\""));
    }

    #[test]
    fn a_refusal_answers_a_refusal_only() {
        let refused = json!({"create_error": "no", "error_code": "ValidationException"});
        check(&refused, &Err("not so".to_owned()), None);
        check(&refused, &Ok(json!({})), Some("the service refuses: no; we answer {}"));
        let answered = json!({"status": "FAILED"});
        check(
            &answered,
            &Err("no".to_owned()),
            Some("the service answers {\"status\":\"FAILED\"}; we refuse: no"),
        );
    }
}
