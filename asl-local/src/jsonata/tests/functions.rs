//! The functions that the service adds, takes away, or has in a version of its own.

use serde_json::{Value, json};

use super::{State, check};

const UNDEFINED: &str = "returned nothing (undefined).";

fn mismatch(argument: usize, function: &str) -> String {
    format!(
        "threw an error during evaluation. T0410: Argument {argument} of function \"{function}\" does not match \
         function signature"
    )
}

#[test]
fn partition_cuts_an_array_into_chunks() {
    check(&[
        ("$partition([1,2,3,4,5], 2)", "[[1,2],[3,4],[5]]"),
        ("$partition([1,2], 2)", "[[1,2]]"),
        ("$partition([1,2,3])", "[[1,2,3]]"),
        ("$partition([1,2,3,4,5], 2.9)", "[[1,2],[3,4],[5]]"),
        ("$partition([1,2,3], 9999999999999999999)", "[[1,2,3]]"),
        ("$partition([], 2)", UNDEFINED),
        ("$partition([1], 0)", UNDEFINED),
        ("$partition([1], -0.5)", UNDEFINED),
        ("$partition($nothing, 2)", UNDEFINED),
        (
            "$partition([1], -1)",
            "threw an error during evaluation. D3137: Second argument must be zero or greater",
        ),
        (
            "$partition(null, 2)",
            "threw an error during evaluation. T0412: Argument 1 of function \"partition\" must be an array of undefined",
        ),
        ("$partition([1], 'a')", &mismatch(2, "partition")),
        ("$partition([1], 1, 1)", &mismatch(3, "partition")),
    ]);
}

#[test]
fn range_counts_with_its_last_number() {
    check(&[
        ("$range(0, 10, 3)", "[0,3,6,9]"),
        ("$range(0, 10, 2)", "[0,2,4,6,8,10]"),
        ("$range(10, 0, -2)", "[10,8,6,4,2,0]"),
        ("$range(-1.7, 2, 1)", "[-1,0,1,2]"),
        ("$range(5, 1, -1.5)", "[5,4,3,2,1]"),
        ("$range(3, 3, 1)", "3"),
        ("$range(5, 1, 1)", UNDEFINED),
        ("$range(1, 5, 0)", UNDEFINED),
        ("$range(1, 5)", UNDEFINED),
        ("$count($range(-9223372036854775808, 9223372036854775807, 9223372036854775807))", "3"),
        ("$count($range(1, 360145, 1))", "360145"),
        (
            "$range(1, 360146, 1)",
            "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
        ),
        ("$range(1)", &mismatch(2, "range")),
        ("$range()", &mismatch(1, "range")),
        ("$range(1, 2, 3, 4)", &mismatch(4, "range")),
    ]);
}

#[test]
fn hash_knows_five_algorithms() {
    check(&[
        ("$hash('input data', 'MD5')", "\"812f45842bc6d66ee14572ce20db8e86\""),
        ("$hash('Hello', 'SHA-1')", "\"f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0\""),
        ("$hash('ñ', 'MD5')", "\"94e9342ecbb1458b6043ecd3bfcbc192\""),
        ("$map(['a', 'b'], function($x){ $length($hash($x, 'SHA-512')) })", "[128,128]"),
        ("$hash('a')", UNDEFINED),
        (
            "$hash('a', 'md5')",
            "threw an error during evaluation. D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5",
        ),
        ("$hash(42, 'MD5')", &mismatch(1, "hash")),
        ("$hash('a', 5)", &mismatch(2, "hash")),
    ]);
}

#[test]
fn parse_reads_strict_json() {
    check(&[
        (r#"$parse('{"b":1,"a":[null]}')"#, r#"{"b":1,"a":[null]}"#),
        ("$parse('1.0')", "1"),
        ("$parse('1e2')", "100"),
        ("$exists($parse('null'))", "true"),
        (r#"$map(['{"a":1}', '{"a":2}'], $parse).a"#, "[1,2]"),
        ("$parse()", UNDEFINED),
        ("$parse($nothing)", UNDEFINED),
        ("$parse(null)", &mismatch(1, "parse")),
        ("$parse('{}', 'x')", &mismatch(2, "parse")),
    ]);
    for json in
        ["", "  ", r#"{"a":1}{"b":2}"#, r#"{"a":1,"a":2}"#, r#"[{"x":{"a":1,"a":1}}]"#, "1e400", "nope"]
    {
        check(&[(&format!("$parse('{json}')"), "threw an error during evaluation. D3137: Invalid JSON")]);
    }
}

#[test]
fn random_is_that_of_the_seed() {
    check(&[
        ("$random(42)", "0.7275636800328681"),
        ("$random(0.9) = $random(0)", "true"),
        ("$random() = $random()", "false"),
        ("$random() >= 0 and $random() < 1", "true"),
        ("$random('a')", &mismatch(1, "random")),
        ("$random(1, 2)", &mismatch(2, "random")),
        ("$uuid() = $uuid()", "false"),
        ("$uuid('seed')", &mismatch(1, "uuid")),
        ("$sort($shuffle([3,1,2]))", "[1,2,3]"),
    ]);
    let state = State::new(json!({}));
    let uuid = state.evaluate("$uuid()").unwrap();
    assert_eq!(uuid, state.evaluate("$uuid()").unwrap(), "the same seed gives the same");
    let uuid = uuid.as_str().unwrap();
    assert_eq!((uuid.len(), &uuid[14..15]), (36, "4"));
    assert!("89ab".contains(&uuid[19..20]), "{uuid}");
}

#[test]
fn the_clock_is_the_virtual_one() {
    check(&[
        ("$now()", "\"2025-01-01T00:00:00.123Z\""),
        ("$millis()", "1735689600123"),
        ("$now('[Y]/[M01]')", "\"2025/01\""),
        ("$now('[H01]:[m01]', '+0130')", "\"01:30\""),
        ("$map([1,2], $millis)", "[1735689600123,1735689600123]"),
        ("$fromMillis($millis()) = $now()", "true"),
        ("$toMillis('13:45', '[H]:[m]')", "1735739100000"),
        ("$toMillis('06-02', '[M]-[D]')", "1748822400000"),
        ("$toMillis('2018-03-27', '[Y]-[M]-[D]')", "1522108800000"),
        ("$toMillis($nothing, '[H]')", UNDEFINED),
        ("$toMillis('2020-01-01T00:00:00Z')", "1577836800000"),
    ]);
}

#[test]
fn eval_is_not_there() {
    let cause = "threw an error during evaluation. T1006: Attempted to invoke a non-function";
    check(&[("$eval('1 + 1')", cause), ("($f := $eval; $f('1'))", cause), ("$exists($eval)", "false")]);
}

#[test]
fn urls_are_encoded_as_in_javascript() {
    check(&[
        ("$encodeUrl('https://x.y/a b?q=é&r=[1]#z')", "\"https://x.y/a%20b?q=%C3%A9&r=%5B1%5D#z\""),
        ("$encodeUrlComponent('a-b_c.d!~*()/?&=é')", "\"a-b_c.d!~*()%2F%3F%26%3D%C3%A9\""),
        ("['a b'].$encodeUrl()", "\"a%20b\""),
        ("['a b', 'c/d'].$encodeUrlComponent()", r#"["a%20b","c%2Fd"]"#),
        ("$encodeUrl($nothing)", UNDEFINED),
        ("$encodeUrl(1)", &mismatch(1, "encodeUrl")),
    ]);
}

#[test]
fn numbers_are_written_as_the_service_writes_them() {
    check(&[
        ("$string(1e20)", "\"100000000000000000000\""),
        ("$string(1e21)", "\"1e+21\""),
        ("$string(-1.5e20)", "\"-150000000000000000000\""),
        ("$string(1e-7)", "\"1e-7\""),
        ("$string(1/3)", "\"0.333333333333333\""),
        ("$string({'n': 1e20})", "\"{\\\"n\\\":100000000000000000000}\""),
        ("3.0", "3"),
        ("-0", "0"),
        ("7 / 2", "3.5"),
        ("6 / 2", "3"),
        ("1/0", "\"Infinity\""),
        ("-1/0", "\"-Infinity\""),
        ("1e308 * 10", "\"Infinity\""),
        ("0/0", "\"NaN\""),
        ("[1/0, {'k': 0/0}]", r#"["Infinity",{"k":"NaN"}]"#),
        ("$parseInteger('abc', '0')", "\"NaN\""),
    ]);
}

#[test]
fn null_is_a_value() {
    let state = State::new(json!({"bar": null}));
    for (code, expected) in [
        ("null", "null"),
        ("$states.input.bar", "null"),
        ("[null, $states.input.bar]", "[null,null]"),
        ("{'a': null}", r#"{"a":null}"#),
        ("$exists($states.input.bar)", "true"),
        ("$type($states.input.bar)", "\"null\""),
        ("$lookup($states.input, 'bar')", "null"),
    ] {
        assert_eq!(state.said(code), expected, "{code}");
    }
    assert_eq!(state.evaluate("null").unwrap(), Value::Null);
}
