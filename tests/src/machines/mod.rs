//! Generated definitions: [`definition`] mostly well formed, so that the rules are reached, with faults strewn in;
//! [`valid_definition`] without a fault.

mod valid;

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::{Value, json};

pub use valid::valid_definition;

/// A definition as JSON: any mixture of states, fields and faults.
pub fn definition() -> impl Strategy<Value = Value> {
    (scope(3), proptest::option::of(any_json(2)), language()).prop_map(|(mut machine, surprise, language)| {
        if let Some(language) = language {
            machine["QueryLanguage"] = language.into();
        }
        if let Some(surprise) = surprise {
            machine["Surprise"] = surprise;
        }
        machine
    })
}

fn language() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![4 => Just(None), 2 => Just(Some("JSONata")), 1 => Just(Some("JSONPath")), 1 => Just(Some("jsonata"))]
}

/// Names come from a few letters, so that targets are hit and missed, and duplicates happen.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![8 => "[A-E]", 1 => "[a-z~/\" ]{1,6}", 1 => Just(String::new())]
}

fn scope(depth: u32) -> BoxedStrategy<Value> {
    (name(), vec((name(), state(depth)), 0..5))
        .prop_map(|(start_at, states)| {
            let states: serde_json::Map<String, Value> = states.into_iter().collect();
            json!({"StartAt": start_at, "States": states})
        })
        .boxed()
}

fn state(depth: u32) -> BoxedStrategy<Value> {
    let plain = prop_oneof![
        Just(json!({"Type": "Succeed"})),
        Just(json!({"Type": "Fail", "Error": "E", "CausePath": "$.cause"})),
        Just(json!({"Type": "Pass", "Result": {"a.$": "$.b"}})),
        Just(json!({"Type": "Wait", "Seconds": "${Seconds}"})),
        Just(json!({"Type": "Wait", "Timestamp": "2030-02-30T00:00:00Z"})),
        Just(json!({"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken"})),
        Just(json!({"Type": "Tusk"})),
        any_json(2),
    ];
    let fields = (plain, transition(), vec((field_name(), any_json(2)), 0..3));
    let leaf = fields.prop_map(|(mut state, (key, target), extra)| {
        if let Some(object) = state.as_object_mut() {
            object.insert(key.to_owned(), target);
            object.extend(extra);
        }
        state
    });
    if depth == 0 {
        return leaf.boxed();
    }
    let parallel = (vec(scope(depth - 1), 0..3), transition())
        .prop_map(|(branches, (key, target))| json!({"Type": "Parallel", "Branches": branches, key: target}));
    let map = (scope(depth - 1), transition(), any::<bool>()).prop_map(
        |(mut processor, (key, target), distributed)| {
            if distributed {
                processor["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"});
            }
            json!({"Type": "Map", "ItemProcessor": processor, key: target})
        },
    );
    let choice = (vec((rule(2), name()), 0..3), proptest::option::of(name())).prop_map(|(rules, default)| {
        let rules: Vec<Value> = rules
            .into_iter()
            .map(|(mut rule, next)| {
                rule["Next"] = next.into();
                rule
            })
            .collect();
        json!({"Type": "Choice", "Choices": rules, "Default": default})
    });
    prop_oneof![6 => leaf, 1 => parallel, 1 => map, 2 => choice].boxed()
}

fn rule(depth: u32) -> BoxedStrategy<Value> {
    let comparison = prop_oneof![
        Just(json!({"Variable": "$.a", "NumericEquals": 1})),
        Just(json!({"Variable": "$.a", "StringEqualsPath": "$.b[*]"})),
        Just(json!({"Variable": "a", "IsPresent": "yes", "IsNull": true})),
        Just(json!({"Condition": "{% $states.input.a = 1 %}"})),
        Just(json!({"StringEquals": "x"})),
    ];
    if depth == 0 {
        return comparison.boxed();
    }
    prop_oneof![
        2 => comparison,
        1 => vec(rule(depth - 1), 0..3).prop_map(|rules| json!({"And": rules})),
        1 => rule(depth - 1).prop_map(|rule| json!({"Not": rule})),
    ]
    .boxed()
}

fn transition() -> impl Strategy<Value = (&'static str, Value)> {
    prop_oneof![
        6 => name().prop_map(|name| ("Next", json!(name))),
        3 => any::<bool>().prop_map(|end| ("End", json!(end))),
        1 => Just(("Nxt", json!("A"))),
    ]
}

fn field_name() -> impl Strategy<Value = String> {
    const NAMES: &[&str] = &[
        "Comment",
        "QueryLanguage",
        "InputPath",
        "OutputPath",
        "ResultPath",
        "Parameters",
        "Arguments",
        "Output",
        "Assign",
        "Retry",
        "Catch",
        "TimeoutSeconds",
        "TimeoutSecondsPath",
        "ResultSelector",
        "Credentials",
        "End",
        "Label",
        "Items",
        "ItemReader",
        "ItemBatcher",
        "ResultWriter",
        "MaxConcurrency",
        "Default",
    ];
    prop_oneof![8 => proptest::sample::select(NAMES).prop_map(str::to_owned), 1 => "[A-Za-z]{1,8}"]
}

/// Any JSON whose numbers a reader keeps.
pub fn any_json(depth: u32) -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1e6..1e6).prop_map(Value::from),
        "[$.{}% a-zé\"\\\\/\u{1}]{0,8}".prop_map(Value::from),
        Just(json!("$.a.b")),
        Just(json!("{% $states.input %}")),
        Just(json!("States.Format('{}', $.a)")),
    ];
    leaf.prop_recursive(depth, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            vec((field_name_or_template_key(), inner), 0..3)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn field_name_or_template_key() -> impl Strategy<Value = String> {
    prop_oneof![Just("a".to_owned()), Just("a.$".to_owned()), Just("ErrorEquals".to_owned()), "[a-z.$]{0,4}"]
}
