use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Expression, Template};
use crate::fixed_scope::FixedScope;
use crate::random::SeededRandom;

fn scope() -> FixedScope {
    FixedScope::new(json!({"a": 1, "o": {"b": [10, 20]}, "s": "text"})).with_variable("v", json!({"x": "y"}))
}

fn evaluate(template: &Value) -> Value {
    let template = Template::prepare(template).unwrap();
    template.evaluate(&scope(), &SeededRandom::new(1)).unwrap().json().clone()
}

fn cause(template: &Value) -> String {
    let failure = Template::prepare(template).unwrap().evaluate(&scope(), &SeededRandom::new(1)).unwrap_err();
    assert_eq!(failure.error, "States.Runtime");
    failure.cause
}

#[test]
fn fields_that_end_in_a_dollar_are_computed() {
    assert_eq!(
        evaluate(&json!({
            "plain": "$.a",
            "a.$": "$.a",
            "whole.$": "$",
            "name.$": "$$.Execution.Name",
            "variable.$": "$v.x",
            "call.$": "States.Format('{}!', $.s)",
            "nested": {"deep": [{"b.$": "$.o.b[1]"}, "$.a", 3], "same": true},
            "": null,
        })),
        json!({
            "plain": "$.a",
            "a": 1,
            "whole": {"a": 1, "o": {"b": [10, 20]}, "s": "text"},
            "name": "run-1",
            "variable": "y",
            "call": "text!",
            "nested": {"deep": [{"b": 20}, "$.a", 3], "same": true},
            "": null,
        })
    );
}

/// The order is recorded for the service.
#[test]
fn computed_fields_follow_the_others_in_the_order_of_a_hash_table() {
    let template = json!({
        "StateMachineArn.$": "$.a", "Z": 0, "Input.$": "$.a", "A": {"z.$": "$.a", "k": 1}, "Name.$": "$.a",
    });
    assert_eq!(
        evaluate(&template).to_string(),
        r#"{"Z":0,"A":{"k":1,"z":1},"Input":1,"StateMachineArn":1,"Name":1}"#
    );
}

#[test]
fn a_template_in_which_nothing_is_computed_is_shared() {
    for constant in [json!({"a": [1, {"b": "$.a"}], "$": 1, ".": 2}), json!("$.a"), json!([null]), json!(7)] {
        let template = Template::prepare(&constant).unwrap();
        let first = template.evaluate(&scope(), &SeededRandom::new(1)).unwrap();
        let second = template.evaluate(&scope(), &SeededRandom::new(1)).unwrap();
        assert_eq!(*first.json(), constant);
        assert!(std::ptr::eq(first.json(), second.json()));
    }
}

#[test]
fn a_path_that_leads_nowhere_fails_with_the_fields_name() {
    let input = r#"{"a":1,"o":{"b":[10,20]},"s":"text"}"#;
    assert_eq!(
        cause(&json!({"in": [{"value.$": "$.none"}]})),
        format!(
            "The JSONPath '$.none' specified for the field 'value.$' could not be found in the input '{input}'"
        )
    );
    assert_eq!(
        cause(&json!({"value.$": "$.a.b"})),
        format!(
            "The JSONPath '$.a.b' specified for the field 'value.$' could not be found in the input '{input}'"
        )
    );
    // measured on the service, by others
    assert_eq!(evaluate(&json!({"value.$": "$.o.b[5]"})), json!({"value": null}));
    assert_eq!(evaluate(&json!({"value.$": "$.o.b[5:]"})), json!({"value": []}));
}

#[test]
fn a_field_that_holds_no_expression_is_refused() {
    for template in [
        json!({"a.$": 1}),
        json!({"a.$": {"b": 1}}),
        json!({"a.$": "text"}),
        json!([{"a.$": "$.["}]),
        json!({"a": {"b.$": "States.Nothing()"}}),
    ] {
        Template::prepare(&template).unwrap_err();
    }
}

#[test]
fn error_and_cause_are_texts() {
    let text = |expression: &str| {
        let expression = Expression::parse(expression).unwrap();
        expression.text("CausePath", &scope(), &SeededRandom::new(1)).map_err(|failure| failure.cause)
    };
    assert_eq!(text("$.s").unwrap(), "text");
    assert_eq!(text("States.Format('{} {}', $.s, $.a)").unwrap(), "text 1");
    assert_eq!(text("$.a").unwrap_err(), "The value of the field 'CausePath' is not a string: 1");
    assert!(
        text("$.NoSuchCausePath").unwrap_err().starts_with(
            "The JSONPath '$.NoSuchCausePath' specified for the field 'CausePath' could not be found in the input '{"
        )
    );
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf =
        prop_oneof![Just(Value::Null), any::<i32>().prop_map(Value::from), "\\PC{0,4}".prop_map(Value::from)];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::btree_map("[a-z$.]{0,3}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_template_is_evaluated_or_refused(template in any_json()) {
        if let Ok(prepared) = Template::prepare(&template) {
            let computed = template.to_string().contains(".$\":");
            if let Ok(value) = prepared.evaluate(&scope(), &SeededRandom::new(1)) {
                prop_assert!(computed || *value.json() == template);
            }
        }
    }
}
