//! Data in both its forms.

use proptest::prelude::*;
use serde_json::{Map, Number, Value, json};

use crate::Data;
use crate::jsonata::{Native, number};

#[test]
fn what_is_put_together_is_not_converted() {
    let known = Data::from_native(Native::from_json(&json!({"a": 1})).0);
    let array = Data::array([known.clone(), Data::from(json!(2)), known.clone()]);
    assert!(array.json_if_there().is_none(), "{array}");
    let object = Data::object([("x", array), ("y", Data::from(json!(null)))]);
    assert!(object.json_if_there().is_none());
    assert_eq!(object.to_string(), r#"{"x":[{"a":1},2,{"a":1}],"y":null}"#);
    let task = Data::array([known, Data::from(json!({"from": "a task"}))]);
    assert!(task.native_if_there().is_none());
}

#[test]
fn parts_are_found_in_either_form() {
    let json = json!({"a": [1, {"b": 2}], "c": 9_007_199_254_740_993_i64});
    let data = Data::from(json.clone());
    let native = Data::from(json);
    native.native();
    for data in [data, native] {
        let a = data.member("a").unwrap();
        assert_eq!(a.elements().unwrap()[1].member("b").unwrap().json(), 2);
        assert_eq!(data.member("c").unwrap().to_string(), "9007199254740993");
        assert!(data.member("x").is_none() && a.member("x").is_none() && data.elements().is_none());
    }
}

#[test]
fn digits_survive_what_jsonata_cannot_hold() {
    let id = Data::from(json!(9_007_199_254_740_993_i64));
    let list = Data::array([id.clone(), Data::from_native(Native::null())]);
    assert_eq!(list.to_string(), "[9007199254740993,null]");
    assert_eq!(Data::object([("id", id)]).to_string(), r#"{"id":9007199254740993}"#);
}

/// Any JSON: numbers of all kinds, deep and wide.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("JSON has no such number", |it| Number::from_f64(it).map(Value::Number)),
        any::<i32>().prop_map(|it| Value::from(f64::from(it))),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((any::<String>(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// The same with each number as the double that JSONata has for it.
fn rounded(value: &Value) -> Value {
    match value {
        Value::Number(number) => number::to_json(number.as_f64().unwrap()),
        Value::Array(elements) => elements.iter().map(rounded).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), rounded(value))).collect(),
        other => other.clone(),
    }
}

proptest! {
    #[test]
    fn json_goes_through_jsonata_unchanged_but_for_digits_beyond_a_double(value in any_json()) {
        let data = Data::from(value.clone());
        let back = data.native().to_json();
        prop_assert_eq!(&back, &rounded(&value));
        // the text too, so the order of names
        prop_assert_eq!(back.to_string(), rounded(&value).to_string());
        if data.is_plain() {
            prop_assert_eq!(back.to_string(), value.to_string());
        }
        prop_assert_eq!(data.json(), &value);
    }
}
