//! Expressions that only name data go another way; what they give is the same.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::State;
use crate::jsonata::{Limits, Prepared};
use crate::{Data, Failure};

/// What the short way gives, and what the evaluator gives.
fn both(code: &str, state: &State) -> [Result<Value, Failure>; 2] {
    let prepared = Prepared::new(code).unwrap();
    let json = |result: Result<Data, Failure>| result.map(|data| data.json().clone());
    [json(prepared.evaluate("Output", state)), json(prepared.run(state, &Limits::default(), &"Output"))]
}

#[test]
fn the_short_way_gives_what_the_evaluator_gives() {
    let input = json!({
        "a": {"b": {"c": 1, "d": [1], "e": [], "f": null, "g": "t", "x y": true}},
        "list": [{"x": 1}, {"x": [2, 3]}, 5],
        "nested": [[1], [[2]]],
        "one": [{"x": {"y": 1}}],
    });
    for code in [
        "1",
        "-2.50",
        "'text'",
        "true",
        "null",
        "$states.input",
        "$states.input.a",
        "$states.input.a.b.c",
        "$states.input.a.b.d",
        "$states.input.a.b.e",
        "$states.input.a.b.f",
        "$states.input.a.b.f.g",
        "$states.input.a.b.g.h",
        "$states.input.a.b.`x y`",
        "$states.input.a.b.'x y'",
        "$states.input.missing.deep",
        "$states.input.list.x",
        "$states.input.nested",
        "$states.input.nested.x",
        "$states.input.one.x.y",
        "$states.input.one.x",
        "$states.result",
        "$states.context.State.Name",
        "$v",
        "$v.a",
        "$w.`0`",
        "$sum",
        "$nothing",
        "$nothing.x",
    ] {
        let state = State::new(input.clone()).with("v", json!({"a": [[]]})).with("w", json!({"0": 0}));
        // before the data is known to JSONata, and after
        for _ in 0..2 {
            let [short, long] = both(code, &state);
            assert_eq!(short, long, "{code}");
        }
    }
}

#[test]
fn numbers_keep_their_digits_on_the_short_way() {
    let input: Value = serde_json::from_str(
        r#"{"id": 9007199254740993, "one": 1.0, "big": 9223372036854775808, "in": {"id": 9223372036854775807, "x": [2.0]}}"#,
    )
    .unwrap();
    let state = State::new(input);
    for _ in 0..2 {
        assert_eq!(state.said("$states.input.id"), "9007199254740993");
        assert_eq!(state.said("$states.input.one"), "1");
        assert_eq!(state.said("$states.input.big"), "9.223372036854776e+18");
        assert_eq!(state.said("$states.input.in"), r#"{"id":9223372036854775807,"x":[2]}"#);
        // DIFFERENCE: the service is exact here too
        assert_eq!(state.said("$states.input.id + 0"), "9007199254740992");
    }
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-5_i64..5).prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-c]", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_path_through_any_data_gives_the_same(input in json_value(), path in "(\\.[a-c]){0,4}") {
        let state = State::new(input);
        for code in [format!("$states.input{path}"), format!("$v{path}")] {
            let mut state = State::new(state.input.json().clone());
            state.variables.insert("v".to_owned(), state.input.clone());
            for _ in 0..2 {
                let [short, long] = both(&code, &state);
                prop_assert_eq!(short, long, "{}", code);
            }
        }
    }
}
