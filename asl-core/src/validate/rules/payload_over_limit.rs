#![doc = include_str!("payload_over_limit.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{FieldValue, Jsonata, PathOrNull, QueryLanguage, State, Value};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0913"),
    name: "payload-over-limit",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("payload_over_limit.md"),
    check: Check::State(check),
};

/// The largest input, output or result of a state, in bytes of UTF-8.
const MAX_BYTES: usize = 262_144;

// The quota is documented and its error recorded for results of tasks; that a constant of this size fails was not
// recorded, hence a warning.
fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let Some(language) = cx.certain_language() else { return };
    // a result that is discarded may be as large as it likes
    if matches!(state, State::Pass(pass) if pass.result_path == Some(PathOrNull::Null)) {
        return;
    }
    let mut found = Vec::new();
    state.object().visit(&mut |name, value| {
        let is_evaluated = match (name, language) {
            ("Result", QueryLanguage::JsonPath) => None,
            ("Parameters" | "ResultSelector" | "ItemSelector", QueryLanguage::JsonPath)
            | ("Arguments" | "Output" | "ItemSelector", QueryLanguage::Jsonata) => Some(language),
            _ => return,
        };
        if let FieldValue::Json(value) = value {
            let bytes = least_bytes(value, is_evaluated);
            if bytes > MAX_BYTES {
                found.push((name, bytes));
            }
        }
    });
    for (name, bytes) in found {
        cx.report(format!("this has at least {bytes} bytes as JSON, and AWS passes on at most {MAX_BYTES}"))
            .help("keep it in S3, and pass on its bucket and key")
            .field(name);
    }
}

/// How many bytes of JSON a payload has at least, when it has been evaluated in this language.
fn least_bytes(value: &Value, language: Option<QueryLanguage>) -> usize {
    match value {
        // what is evaluated may come to a single digit
        Value::String(text) if language == Some(QueryLanguage::Jsonata) && Jsonata::is_meant(text.trim()) => {
            1
        }
        Value::String(text) => text.len() + 2,
        Value::Array(elements) => {
            let inside: usize = elements.iter().map(|element| least_bytes(element, language) + 1).sum();
            inside.max(1) + 1
        }
        Value::Object(object) => {
            let inside: usize = object
                .iter()
                .map(|(key, value)| match key.strip_suffix(".$") {
                    Some(key) if language == Some(QueryLanguage::JsonPath) => key.len() + 3 + 1 + 1,
                    _ => key.len() + 3 + least_bytes(value, language) + 1,
                })
                .sum();
            inside.max(1) + 1
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string().len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_evaluated_counts_as_it_is_written() {
        for value in [json!({}), json!([]), json!([1, [true, null], {"a": "é", "b": 1.5}]), json!("text")] {
            assert_eq!(least_bytes(&value, None), value.to_string().len(), "{value}");
        }
    }

    #[test]
    fn what_is_evaluated_counts_as_one_byte() {
        let long = json!({ "a.$": "$.a.long.path", "b": 1 });
        assert_eq!(least_bytes(&long, Some(QueryLanguage::JsonPath)), r#"{"a":0,"b":1}"#.len());
        let long = json!({ "a": "{% $states.input.a %}", "b": 1 });
        assert_eq!(least_bytes(&long, Some(QueryLanguage::Jsonata)), r#"{"a":0,"b":1}"#.len());
    }
}
