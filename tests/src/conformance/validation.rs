//! What `CreateStateMachine`, `TestState` and `ValidateStateMachineDefinition` say of a definition.

use super::executions::Case;
use super::places::{self, Refusal};
use super::{Area, Outcome, refusal};

/// Area `validation`: what these calls refuse we refuse, and what they take we take.
#[must_use]
pub fn verdicts(cases: &[Case]) -> Area {
    let mut area = Area::new("validation");
    for case in cases.iter().filter(|case| case.is_about_the_definition()) {
        area.check(&case.title(), || verdict(case));
    }
    area
}

fn verdict(case: &Case) -> Outcome {
    let expected = case.expected();
    let takes = match (expected["error_code"].as_str(), expected["validate_response"]["result"].as_str()) {
        (Some("InvalidDefinition"), _) | (None, Some("FAIL")) => false,
        (None, Some("OK")) => true,
        (Some(_), _) => return Outcome::Skipped("the service refuses another argument than the definition"),
        (None, _) => return Outcome::Failed(format!("the case is of an unknown shape: {expected}")),
    };
    let refused = refusal(case.definition().as_bytes(), case.workflow_type());
    if takes {
        Outcome::unless(refused.map(|finding| format!("refused: {finding}")))
    } else {
        Outcome::unless(refused.is_none().then(|| format!("accepted, but: {expected}")))
    }
}

/// Area `places`: where the service names a place, we have an error at that place.
pub fn places(cases: &[Case], area: &mut Area) {
    for case in cases.iter().filter(|case| case.is_about_the_definition()) {
        for recorded in refusals(case) {
            area.check(&case.title(), || {
                places::compare(case.definition().as_bytes(), case.workflow_type(), &recorded)
            });
        }
    }
}

fn refusals(case: &Case) -> Vec<Refusal> {
    let expected = case.expected();
    if let Some(diagnostics) = expected["validate_response"]["diagnostics"].as_array() {
        return diagnostics.iter().map(Refusal::from_diagnostic).collect();
    }
    match (expected["error_code"].as_str(), expected["create_error"].as_str().map(Refusal::all)) {
        (Some("InvalidDefinition"), Some(refusals)) => refusals,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn case(definition: &Value, expected: &Value) -> Case {
        let json = json!({"definition_text": definition.to_string(), "definition": definition, "expected": expected});
        Case { area: "validation".to_owned(), name: "case".to_owned(), json }
    }

    #[test]
    fn a_verdict_is_compared_in_both_directions() {
        let (good, bad) = (json!({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}), json!({}));
        let taken = json!({"validate_response": {"result": "OK", "diagnostics": []}});
        let refused = json!({"error_code": "InvalidDefinition", "create_error": "C: m at /"});
        assert_eq!(verdict(&case(&good, &taken)), Outcome::Passed);
        assert_eq!(verdict(&case(&bad, &refused)), Outcome::Passed);
        assert!(matches!(verdict(&case(&bad, &taken)), Outcome::Failed(_)));
        assert!(matches!(verdict(&case(&good, &refused)), Outcome::Failed(_)));
        assert!(matches!(verdict(&case(&good, &json!({}))), Outcome::Failed(_)));
    }
}
