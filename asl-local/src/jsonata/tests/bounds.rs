//! How far an evaluation goes, measured on the service; and that nothing takes all time, stack or memory.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::State;
use crate::jsonata::{Limits, Prepared, Template};

const DEPTH: &str = "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive";
const MEMORY: &str = "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage";
const TIME: &str = "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop";

fn said(code: &str) -> String {
    State::new(json!({})).said(code)
}

#[test]
fn nesting_ends_where_the_service_ends_it() {
    let sum = |terms: usize| format!("1{}", "+1".repeat(terms - 1));
    assert_eq!(said(&sum(100)), "100");
    assert_eq!(said(&sum(101)), DEPTH);
    let nested = |open: &str, close: &str, times| format!("{}1{}", open.repeat(times), close.repeat(times));
    assert_eq!(said(&nested("(", ")", 99)), "1");
    assert_eq!(said(&nested("(", ")", 100)), DEPTH);
    assert!(said(&nested("[", "]", 99)).starts_with("[["));
    assert_eq!(said(&nested("[", "]", 100)), DEPTH);
    let recursion = |n| format!("($f := function($x){{ $x <= 0 ? 0 : 1 + $f($x-1) }}; $f({n}))");
    assert_eq!(said(&recursion(31)), "31");
    assert_eq!(said(&recursion(32)), DEPTH);
    // DIFFERENCE: the service goes on to 99; the evaluator counts one level more for a chain
    let chain = |times| format!("1{}", "~>$string".repeat(times));
    assert_eq!(said(&chain(98)), "\"1\"");
    assert_eq!(said(&chain(99)), DEPTH);
}

#[test]
fn endless_recursion_ends() {
    assert_eq!(said("($f := function($x){ 1 + $f($x) }; $f(1))"), DEPTH);
    assert_eq!(said("($f := function($x){ [$f($x)] }; $f(1))"), DEPTH);
    assert_eq!(said("($f := function($x){ {'a': $f($x)} }; $f(1))"), DEPTH);
}

#[test]
fn an_endless_loop_ends_with_the_time() {
    let limits = Limits { time: Duration::from_millis(100), ..Limits::default() };
    let start = Instant::now();
    for code in [
        "($f := function($x){ $f($x + 1) }; $f(1))",
        "[1..200000].($sum([1..200000]))",
        "[1..200000]#$i[$i.**]",
    ] {
        let failure =
            Prepared::new(code).unwrap().run(&State::new(json!({})), &limits, &"Output").unwrap_err();
        assert!(failure.cause.ends_with(TIME) || failure.cause.ends_with(MEMORY), "{failure:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn arrays_and_texts_end_where_the_service_ends_them() {
    assert_eq!(said("[1..873782] ~> $count()"), "873782");
    assert_eq!(said("[1..873783] ~> $count()"), MEMORY);
    assert_eq!(said("$sum([1..900000])"), MEMORY);
    let doubled = |times| {
        format!("($f := function($s, $n){{ $n = 0 ? $s : $f($s & $s, $n - 1) }}; $length($f('x', {times})))")
    };
    assert_eq!(said(&doubled(22)), "4194304");
    assert_eq!(said(&doubled(23)), MEMORY);
}

#[test]
fn nothing_takes_all_memory() {
    for code in [
        "$pad('x', 1e15)",
        "$pad('x', -99999999)",
        "'x' ~> $pad(1e12, '#')",
        "$reduce([1..60], function($a, $i){ $a & $a }, 'x')",
        "$reduce([1..60], function($a, $i){ [$a, $a] }, [1])",
        "$reduce([1..60], function($a, $i){ $append($a, $a) }, [1])",
        "($f := function($s, $n){ $n = 0 ? $s : $f([$s, $s], $n - 1) }; $count($f([1], 60)))",
        "$map([1..800000], function($i){ [1..800000] })",
        "[1..800000].([1..800000])",
        "($s := $pad('x', 1000000); $join([1..800000].($s), ','))",
        "($s := $pad('x', 6000000); $replace($s, /x/, $s))",
        "$reduce([1..60], function($a, $i){ {'x': $a, 'y': $a} }, 1)",
        "$string($reduce([1..60], function($a, $i){ {'x': $a, 'y': $a} }, 1))",
        "'' & $reduce([1..60], function($a, $i){ {'x': $a, 'y': $a} }, 1)",
    ] {
        let limits = Limits { time: Duration::from_secs(1), ..Limits::default() };
        let failure =
            Prepared::new(code).unwrap().run(&State::new(json!({})), &limits, &"Output").unwrap_err();
        // a slow computer comes to the end of the time first
        assert!(failure.cause.ends_with(MEMORY) || failure.cause.ends_with(TIME), "{failure:?}");
    }
}

#[test]
fn a_result_is_not_nested_without_end() {
    let nested = |n| format!("$reduce([1..{n}], function($a, $i){{ {{'x': $a}} }}, 1)");
    assert!(said(&nested(400)).starts_with("{\"x\":"));
    assert_eq!(said(&nested(600)), DEPTH);
    // what was made on the way is taken apart without recursion
    assert_eq!(said(&nested(5_000)), DEPTH);
    assert_eq!(said(&format!("$exists({})", nested(5_000))), "true");
}

#[test]
fn a_known_panic_of_the_evaluator_is_a_failure() {
    let failure = State::new(json!({})).evaluate("$parseInteger('①①.①①①e①', '###０')").unwrap_err();
    assert!(failure.cause.contains("threw an error during evaluation: "), "{failure:?}");
}

#[test]
fn deep_data_is_converted_without_recursion() {
    let mut deep = json!(1);
    for _ in 0..100_000 {
        deep = Value::Array(vec![deep]);
    }
    let state = State::new(deep);
    assert_eq!(state.said("$count($states.input)"), "1");
    assert_eq!(state.said("$states.input[0][0]"), DEPTH);
    // `serde_json` takes such a value apart by recursion, which the stack of a test may not bear
    std::mem::forget(state);
}

#[test]
fn a_deep_template_is_read_and_filled() {
    let mut template = json!("{% 1 %}");
    for _ in 0..200 {
        template = json!({"x": [template]});
    }
    let template = Template::prepare(&template).unwrap();
    let data = template.evaluate("Output", &State::new(json!(1))).unwrap();
    assert_eq!(data.to_string().matches("{\"x\":[").count(), 200);
}

/// Pieces of expressions, put together without sense.
const PIECES: &[&str] = &[
    "$",
    "$$",
    "a",
    "*",
    "**",
    "%",
    "1",
    "-",
    "'t'",
    "null",
    "/b+/",
    "[",
    "]",
    "{",
    "}",
    "(",
    ")",
    ",",
    ":",
    ";",
    ".",
    "+",
    "&",
    "=",
    "<",
    "in",
    "and",
    "?",
    ":=",
    "~>",
    "..",
    "@$i",
    "#$j",
    "^(",
    "|",
    "?:",
    "??",
    "$f",
    "$states.input",
    "$v",
    "function($x){",
    "$x",
    "$map(",
    "$string(",
    "$pad(",
    "$join(",
    "$range(",
    "$now(",
    "$toMillis(",
    "$reduce(",
    "[1..9]",
];

proptest! {
    #[test]
    fn whatever_is_written_comes_to_an_end(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 1..14)) {
        let state = State::new(json!({"a": [{"b": 1}, {"b": "t"}]})).with("v", json!([1, [2]]));
        for separator in ["", " "] {
            if let Ok(prepared) = Prepared::new(&pieces.join(separator)) {
                let limits = Limits { time: Duration::from_millis(200), ..Limits::default() };
                let [short, long] =
                    [prepared.evaluate("Output", &state), prepared.run(&state, &limits, &"Output")];
                if let (Ok(short), Ok(long)) = (short, long) {
                    prop_assert_eq!(short, long);
                }
            }
        }
    }
}
