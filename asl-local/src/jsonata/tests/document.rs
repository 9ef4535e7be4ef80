//! Expressions outside of a state machine.

use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::jsonata::{Environment, EvaluationError, Limits, evaluate_document};

fn evaluate(code: &str, data: &Value) -> Result<Option<Value>, EvaluationError> {
    evaluate_document(code, Some(data), &Map::new(), &Environment::default())
}

fn code(result: Result<Option<Value>, EvaluationError>) -> String {
    result.unwrap_err().code.unwrap_or_default()
}

#[test]
fn a_document_is_what_names_refer_to() {
    let data = json!([{"a": 1}, {"a": [2, 3]}]);
    assert_eq!(evaluate("a", &data), Ok(Some(json!([1, 2, 3]))));
    assert_eq!(evaluate("$$[0].a", &data), Ok(Some(json!(1))));
    assert_eq!(evaluate("b", &data), Ok(None));
    assert_eq!(evaluate("$eval('a[1]')", &data), Ok(Some(json!(2))));
    assert_eq!(evaluate("$partition([1,2,3], 2)", &data), Ok(Some(json!([[1, 2], [3]]))));
    let nothing = evaluate_document("$", None, &Map::new(), &Environment::default());
    assert_eq!(nothing, Ok(None));
    assert_eq!(evaluate("$", &Value::Null), Ok(Some(Value::Null)));
}

#[test]
fn faults_have_the_codes_of_the_reference() {
    let data = json!({});
    assert_eq!(code(evaluate("1 +", &data)), "S0207");
    assert_eq!(code(evaluate("1 /* a", &data)), "S0106");
    assert_eq!(code(evaluate("$sum(1", &data)), "S0203");
    assert_eq!(code(evaluate("1 + 'a'", &data)), "T2002");
    assert_eq!(code(evaluate("$nothing()", &data)), "T1006");
    assert_eq!(evaluate("$sum", &data).unwrap_err().to_string(), "the result is a function, or holds one");
}

#[test]
fn the_environment_is_what_is_given() {
    let bindings = json!({"n": 2, "twice": "x"}).as_object().unwrap().clone();
    let environment = Environment { now: 1, seed: 5, ..Environment::default() };
    let found = evaluate_document("[$n, $millis(), $now()]", None, &bindings, &environment);
    assert_eq!(found, Ok(Some(json!([2, 1, "1970-01-01T00:00:00.001Z"]))));
    let draw =
        |seed| evaluate_document("$uuid()", None, &bindings, &Environment { seed, ..environment }).unwrap();
    assert_eq!(draw(5), draw(5));
    assert_ne!(draw(5), draw(6));
}

#[test]
fn the_limits_are_those_given() {
    let data = json!({});
    let run = |code: &str, limits: Limits| {
        evaluate_document(code, Some(&data), &Map::new(), &Environment { limits, ..Environment::default() })
    };
    let recursion = "($f := function($n){ $n = 0 ? 0 : 1 + $f($n - 1) }; $f(100))";
    assert_eq!(code(run(recursion, Limits::default())), "D1011");
    let deep = Limits { depth: 1000, ..Limits::default() };
    assert_eq!(run(recursion, deep), Ok(Some(json!(100))));
    assert_eq!(code(run("[1..11]", Limits { sequence: 10, ..deep })), "D2015");
    let short = Limits { time: Duration::from_millis(20), ..deep };
    assert_eq!(code(run("($f := function(){ $f() }; $f())", short)), "D1012");
}
