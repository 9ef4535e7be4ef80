use asl_core::syntax::Intrinsic;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::Call;
use crate::fixed_scope::FixedScope;
use crate::random::SeededRandom;

fn evaluate(input: &Value, call: &str) -> Result<Value, String> {
    let parsed = Intrinsic::parse(call).unwrap_or_else(|error| panic!("{call}: {error}"));
    let prepared = Call::prepare(&parsed, call).unwrap();
    prepared.evaluate(&FixedScope::new(input.clone()), &SeededRandom::new(1)).map_err(|failure| {
        assert_eq!(failure.error, "States.Runtime");
        failure.cause
    })
}

#[track_caller]
fn check(input: &Value, call: &str, result: &Value) {
    assert_eq!(evaluate(input, call).as_ref(), Ok(result), "{call}");
}

/// For each line a call and its JSON, all with one input.
macro_rules! gives {
    ($input:expr; $($call:literal => $value:tt),+ $(,)?) => {
        let input = $input;
        $(check(&input, $call, &json!($value));)+
    };
}

#[track_caller]
fn fails(input: &Value, calls: &[&str]) {
    for call in calls {
        let cause = evaluate(input, call).expect_err(call);
        let function = call.split('(').next().unwrap();
        assert_eq!(
            cause,
            format!(
                "There was an error while evaluating the intrinsic function: {call}. Invalid arguments in {function}"
            )
        );
    }
}

#[test]
fn format_fills_the_holes_of_its_template() {
    gives! { json!({"name": "Ann", "o": {"Arg1": 1, "Arg2": [], "x": {"y": "z"}}, "t": "<{}>", "f": 1.50, "big": 1e21});
        "States.Format('Hello {}', $.name)" => "Hello Ann",
        "States.Format('{}{}', 1, null)" => "1null",
        "States.Format('{} {}', true, $.o)" => "true {Arg1=1, Arg2=[], x={y=z}}",
        "States.Format('{}', $.f)" => "1.5",
        "States.Format('{}', $.big)" => "1.0E21",
        "States.Format('no hole')" => "no hole",
        r"States.Format('\{\} {} it\'s \\', 1)" => r"{} 1 it's \",
        "States.Format($.t, 'x')" => "<x>",
        "States.Format('{}', '{}')" => "{}",
        "States.Format('{}', $$.Execution.Name)" => "run-1",
    }
}

#[test]
fn format_refuses_a_template_that_does_not_fit() {
    let input = json!({"open": "a{b", "close": "a}b"});
    let prefix = |call: &str| format!("There was an error while evaluating the intrinsic function: {call}. ");
    for (call, what) in [
        ("States.Format($.open)", "Invalid template in States.Format: matching '}' not found for '{'."),
        ("States.Format($.close)", "Invalid template in States.Format: matching '{' not found for '}'."),
        (
            "States.Format('{}{}', 1)",
            "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.",
        ),
        (
            "States.Format('{}', 1, 2)",
            "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.",
        ),
    ] {
        assert_eq!(evaluate(&input, call), Err(prefix(call) + what));
    }
}

#[test]
fn json_is_read_and_written() {
    gives! { json!({"text": "{\"a\": [1, 2.50, null]}", "value": {"b": ["x", 1.0, null]}, "blank": " \n", "zero": "[-0]", "q": "\"s\""});
        "States.StringToJson($.text)" => {"a": [1, 2.5, null]},
        "States.StringToJson($.blank)" => null,
        "States.StringToJson('')" => null,
        "States.StringToJson('7')" => 7,
        "States.StringToJson($.q)" => "s",
        "States.StringToJson($.zero)" => [0],
        "States.JsonToString($.value)" => "{\"b\":[\"x\",1.0,null]}",
        "States.JsonToString('s')" => "\"s\"",
        "States.StringToJson(States.JsonToString($.value))" => {"b": ["x", 1.0, null]},
        "States.JsonMerge($.value, States.StringToJson($.text), false)" => {"b": ["x", 1.0, null], "a": [1, 2.5, null]},
    }
    let cause = evaluate(&json!(null), "States.StringToJson('{oops')").unwrap_err();
    assert!(cause.contains("Cannot convert String to Json in States.StringToJson, caused by: "), "{cause}");
    fails(&json!({"o": {}}), &["States.StringToJson(1)", "States.StringToJson($.o)"]);
}

#[test]
fn merging_is_shallow_and_the_second_wins() {
    let input = json!({"a": {"x": {"deep": 1}, "y": 1}, "b": {"x": {"other": 2}, "z": 3}, "l": []});
    check(&input, "States.JsonMerge($.a, $.b, false)", &json!({"x": {"other": 2}, "y": 1, "z": 3}));
    fails(
        &input,
        &[
            "States.JsonMerge($.a, $.b, true)",
            "States.JsonMerge($.a, $.l, false)",
            "States.JsonMerge(1, $.b, false)",
        ],
    );
}

#[test]
fn arrays_are_made_and_taken_apart() {
    gives! { json!({"a": [1, 2, 3, 4, 5], "m": [1, "1", true, null, {"k": [1]}, [2]], "o": {"k": [1]}, "e": []});
        "States.Array()" => [],
        "States.Array(1, 'a', null, $.e)" => [1, "a", null, []],
        "States.ArrayPartition($.a, 2)" => [[1, 2], [3, 4], [5]],
        "States.ArrayPartition($.a, 2.9)" => [[1, 2], [3, 4], [5]],
        "States.ArrayPartition($.e, 4)" => [],
        "States.ArrayContains($.a, 3)" => true,
        "States.ArrayContains($.a, 6)" => false,
        "States.ArrayContains($.m, null)" => true,
        "States.ArrayContains($.m, $.o)" => true,
        "States.ArrayContains($.m, 'true')" => true,
        "States.ArrayContains($.e, 1)" => false,
        "States.ArrayRange(1, 9, 2)" => [1, 3, 5, 7, 9],
        "States.ArrayRange(1, 8, 3)" => [1, 4, 7],
        "States.ArrayRange(3, 1, -1)" => [3, 2, 1],
        "States.ArrayRange(3, 1, 1)" => [],
        "States.ArrayRange(1.9, 3.9, 1.9)" => [1, 2, 3],
        "States.ArrayGetItem($.a, 4)" => 5,
        "States.ArrayGetItem($.a, 1.9)" => 2,
        "States.ArrayGetItem($.e, 7)" => null,
        "States.ArrayLength($.a)" => 5,
        "States.ArrayLength($.e)" => 0,
        "States.ArrayUnique($.a)" => [1, 2, 3, 4, 5],
        "States.ArrayUnique(States.Array(3, 1, 3, 2, 1))" => [1, 2, 3],
        "States.ArrayUnique(States.Array(true, false, true, false))" => [false, true],
        "States.ArrayUnique(States.Array(null, null, 1, null))" => [null, 1],
        "States.ArrayUnique(States.Array(1, '1', 1, '01'))" => [1, "1", "01"],
        "States.ArrayUnique(States.Array(States.Array(1, 2), States.Array(1, 2), States.Array(2, 1)))"
            => [[2, 1], [1, 2]],
        "States.ArrayUnique(States.Array(1, 1.0, 1))" => [1.0, 1],
    }
    check(&json!(null), "States.ArrayLength(States.ArrayRange(1, 1000, 1))", &json!(1000));
    fails(
        &json!({"a": [1, 2], "n": 1}),
        &[
            "States.ArrayPartition($.a, 0)",
            "States.ArrayPartition($.a, -1)",
            "States.ArrayPartition($.n, 1)",
            "States.ArrayPartition($.a, '1')",
            "States.ArrayContains($.n, 1)",
            "States.ArrayRange(1, 2, 0)",
            "States.ArrayRange(1, 1001, 1)",
            "States.ArrayRange('1', 2, 1)",
            "States.ArrayGetItem($.a, 2)",
            "States.ArrayGetItem($.a, -1)",
            "States.ArrayLength($.n)",
            "States.ArrayUnique($.n)",
        ],
    );
}

#[test]
fn texts_are_encoded_split_and_hashed() {
    gives! { json!({"n": 1, "o": {"k": "v"}});
        "States.Base64Encode('Data to encode')" => "RGF0YSB0byBlbmNvZGU=",
        "States.Base64Encode('')" => "",
        "States.Base64Decode('RGF0YSB0byBlbmNvZGU=')" => "Data to encode",
        "States.Base64Decode('RGF0YSB0byBlbmNvZGU')" => "Data to encode",
        "States.Base64Decode('')" => "",
        "States.StringSplit('1,2;3', ',;')" => ["1", "2", "3"],
        "States.StringSplit(',,1,', ',')" => ["1"],
        "States.StringSplit('abc', '')" => ["abc"],
        "States.StringSplit('', ',')" => [],
        "States.Hash('input data', 'SHA-1')" => "aaff4a450a104cd177d28d18d74485e8cae074b7",
        "States.Hash('', 'MD5')" => "d41d8cd98f00b204e9800998ecf8427e",
        "States.Hash('abc', 'SHA-256')" => "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    }
    // the digests are as long as their algorithms say
    for (algorithm, length) in
        [("MD5", 32), ("SHA-1", 40), ("SHA-256", 64), ("SHA-384", 96), ("SHA-512", 128)]
    {
        let digest = evaluate(&json!(null), &format!("States.Hash('x', '{algorithm}')")).unwrap();
        assert_eq!(digest.as_str().unwrap().len(), length);
    }
    fails(
        &json!({"n": 1}),
        &[
            "States.Base64Encode($.n)",
            "States.Base64Decode($.n)",
            "States.Hash('x', 'SHA256')",
            "States.Hash('x', $.n)",
            "States.StringSplit($.n, ',')",
            "States.StringSplit('a', $.n)",
        ],
    );
}

#[test]
fn a_text_is_encoded_and_hashed_up_to_a_length() {
    let input = json!({"most": "\u{fc}".repeat(10_000), "more": "x".repeat(10_001)});
    evaluate(&input, "States.Base64Encode($.most)").unwrap();
    evaluate(&input, "States.Hash($.most, 'MD5')").unwrap();
    fails(
        &input,
        &["States.Base64Encode($.more)", "States.Base64Decode($.more)", "States.Hash($.more, 'MD5')"],
    );
}

#[test]
fn base64_is_decoded_leniently() {
    gives! { json!(null);
        "States.Base64Decode('ab==cd')" => "i",
        "States.Base64Decode('SGVsb')" => "Hel",
        "States.Base64Decode('_-__')" => "\u{fffd}\u{fffd}\u{fffd}",
        "States.Base64Decode('SGVs bG8=')" => "Hello",
        "States.Base64Decode('SGVsbG8=SGVsbG8=')" => "Hello",
        "States.Base64Decode('SGVsbG8h!!')" => "Hello!",
    }
}

#[test]
fn numbers_are_added_as_whole_ones() {
    gives! { json!({"a": 111});
        "States.MathAdd($.a, -1)" => 110,
        "States.MathAdd(1.5, 0)" => 2,
        "States.MathAdd(1.49, 0)" => 1,
        "States.MathAdd(-1.5, 0)" => (-1),
        "States.MathAdd(-1.51, 0)" => (-2),
        "States.MathAdd(0.5, 0.5)" => 2,
        "States.MathAdd(2147483646, 1)" => 2_147_483_647,
    }
    fails(
        &json!(null),
        &[
            "States.MathAdd(2147483647, 1)",
            "States.MathAdd(2147483648, 0)",
            "States.MathAdd('1', 1)",
            "States.MathAdd(null, 1)",
        ],
    );
}

/// Measured on the service, by others.
#[test]
fn a_seed_gives_the_number_of_the_service() {
    gives! { json!(null);
        "States.MathRandom(1, 100, 42)" => 63,
        "States.MathRandom(1, 1000, 1)" => 106,
        "States.MathRandom(1, 1000, 2)" => 806,
        "States.MathRandom(1, 5, 42)" => 3,
        "States.MathRandom(1, 10, -10)" => 1,
        "States.MathRandom(2147483640, 2147483647, 1)" => 2_147_483_644,
        "States.MathRandom(-5, 5, 42)" => (-5),
        "States.MathRandom(1.9, 2.9)" => 1,
    }
    fails(
        &json!(null),
        &[
            "States.MathRandom(1, 1)",
            "States.MathRandom(2, 1)",
            "States.MathRandom(-2147483648, 2147483647)",
            "States.MathRandom(1, 2147483648)",
            "States.MathRandom('1', 2)",
            "States.MathRandom(1, 2, 'seed')",
        ],
    );
}

#[test]
fn a_uuid_is_drawn_from_the_execution() {
    let uuid = evaluate(&json!(null), "States.UUID()").unwrap();
    assert_eq!(uuid, evaluate(&json!(null), "States.UUID()").unwrap());
    assert_eq!(uuid.as_str().unwrap().len(), 36);
    let two = evaluate(&json!(null), "States.Array(States.UUID(), States.UUID())").unwrap();
    assert_ne!(two[0], two[1]);
}

#[test]
fn calls_inside_calls_name_the_whole_call_when_they_fail() {
    let input = json!({"parts": ["a", "b"]});
    check(
        &input,
        "States.Format('{}-{}', States.ArrayGetItem($.parts, 0), States.ArrayLength($.parts))",
        &json!("a-2"),
    );
    assert_eq!(
        evaluate(&input, "States.Format('{}', States.ArrayGetItem($.parts, 2))").unwrap_err(),
        "There was an error while evaluating the intrinsic function: \
         States.Format('{}', States.ArrayGetItem($.parts, 2)). Invalid arguments in States.ArrayGetItem"
    );
    assert_eq!(
        evaluate(&input, "States.Format('{}', States.ArrayLength($.none))").unwrap_err(),
        "The function 'States.Format('{}', States.ArrayLength($.none))' had the following error: \
         The JsonPath argument for the field '$.none' could not be found in the input '{\"parts\":[\"a\",\"b\"]}'"
    );
}

#[test]
fn a_call_that_waits_for_deployment_is_refused() {
    let text = "States.Array(${Name})";
    if let Ok(call) = Intrinsic::parse(text) {
        Call::prepare(&call, text).unwrap_err();
    }
    // inside of a text it is the text's
    check(&json!(null), "States.Format('${Name} {}', 1)", &json!("${Name} 1"));
}

proptest! {
    #[test]
    fn partitions_are_the_array_again(array in prop::collection::vec(any::<u8>(), 0..40), size in 1_usize..9) {
        let parts = evaluate(&json!(array), &format!("States.ArrayPartition($, {size})")).unwrap();
        let parts: Vec<Vec<u8>> = serde_json::from_value(parts).unwrap();
        prop_assert_eq!(parts.concat(), array);
        prop_assert!(parts.iter().rev().skip(1).all(|part| part.len() == size));
        prop_assert!(parts.iter().all(|part| (1..=size).contains(&part.len())));
    }

    #[test]
    fn unique_keeps_each_value_once(array in prop::collection::vec(-4_i8..4, 0..40)) {
        let unique = evaluate(&json!(array), "States.ArrayUnique($)").unwrap();
        let mut unique: Vec<i8> = serde_json::from_value(unique).unwrap();
        let mut expected = array;
        unique.sort_unstable();
        expected.sort_unstable();
        expected.dedup();
        prop_assert_eq!(unique, expected);
    }

    #[test]
    fn what_was_encoded_is_decoded(text in "\\PC{0,40}") {
        let input = json!(text);
        let both = evaluate(&input, "States.Base64Decode(States.Base64Encode($))");
        prop_assert_eq!(both.unwrap(), input);
    }

    #[test]
    fn what_was_written_is_read(text in "\\PC{0,20}", number in any::<i64>(), float in -1e9..1e9_f64) {
        let input = json!({"a": [text, number, float, null, true]});
        let both = evaluate(&input, "States.StringToJson(States.JsonToString($))");
        prop_assert_eq!(both.unwrap(), input);
    }

    #[test]
    fn a_range_is_that_of_its_definition(first in -50_i64..50, last in -50_i64..50, step in -9_i64..9) {
        let range = evaluate(&json!(null), &format!("States.ArrayRange({first}, {last}, {step})"));
        let mut expected = Vec::new();
        let mut number = first;
        while step != 0 && (number - last) * step.signum() <= 0 {
            expected.push(number);
            number += step;
        }
        prop_assert_eq!(range.ok(), (step != 0).then(|| json!(expected)));
    }

    #[test]
    fn a_random_number_is_in_its_range(start in -99_i32..99, size in 1_i32..99, seed in any::<i64>()) {
        let call = format!("States.MathRandom({start}, {}, {seed})", start + size);
        let number = evaluate(&json!(null), &call).unwrap().as_i64().unwrap();
        prop_assert!((i64::from(start)..i64::from(start + size)).contains(&number));
    }
}
