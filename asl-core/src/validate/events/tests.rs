//! The numbers, held against recorded histories and against machines whose histories can be told by hand.

use crate::model::{Kind, StateMachine, Value};
use crate::validate::recorded::{executions, replaced};
use crate::validate::scope::Scope;
use crate::validate::shapes::Followed;

use super::{Amount, Histories, Pointer};

fn amount(machine: &StateMachine, followed: Followed<'_>) -> Amount {
    let states = machine.states.as_ref().unwrap();
    let scope = Scope { kind: Kind::StateMachine, start_at: machine.start_at.as_deref(), states };
    // the machine lives as long as what is known of it
    Histories::of(followed).execution(&scope, &Pointer::root(), 0)
}

#[test]
fn no_recorded_history_without_failures_has_fewer_events() {
    let (mut wrong, mut all, mut exact) = (Vec::new(), 0, 0);
    for (file, case, machine) in executions() {
        let events: Vec<&Value> = case["history"].as_array().into_iter().flatten().collect();
        let has = |end: &str| {
            events.iter().any(|event| event["type"].as_str().is_some_and(|name| name.ends_with(end)))
        };
        if !has("ExecutionSucceeded") || has("Failed") || has("TimedOut") || has("Aborted") {
            continue;
        }
        // what Express logs is no history
        let Some(recorded) = events.iter().filter_map(|event| event["id"].as_u64()).max() else { continue };
        let input = replaced(&case["input"], &case["tokens"]);
        let language = machine.language();
        for followed in [Followed::of(&machine, language), Followed::with_value(&machine, &input)] {
            let foreseen = amount(&machine, followed).sure;
            all += 1;
            exact += u32::from(foreseen == recorded);
            if foreseen > recorded {
                wrong.push(format!("{file}: at least {foreseen} were foreseen, {recorded} recorded"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // the others run over items that only their input or a function knows
    assert!(exact * 100 >= all * 97, "{exact} of {all} are exact");
}

/// How many events a machine with these states adds, and how many if no loop is left early.
#[track_caller]
fn check_in(language: &str, states: &str, sure: u64, counted: u64) {
    let text = format!(r#"{{"QueryLanguage": "{language}", "StartAt": "A", "States": {{{states}}}}}"#);
    let machine = crate::decode(&text).unwrap().machine;
    let found = amount(&machine, Followed::of(&machine, machine.language()));
    assert_eq!((found.sure, found.counted), (sure, counted), "{states}");
}

#[track_caller]
fn check_jsonata(states: &str, sure: u64, counted: u64) {
    check_in("JSONata", states, sure, counted);
}

#[track_caller]
fn check_jsonpath(states: &str, sure: u64, counted: u64) {
    check_in("JSONPath", states, sure, counted);
}

/// Started and succeeded.
const EXECUTION: u64 = 2;

#[test]
fn states_add_what_was_recorded_and_the_shortest_way_counts() {
    check_jsonpath(r#""A": {"Type": "Pass", "End": true}"#, EXECUTION + 2, EXECUTION + 2);
    check_jsonpath(r#""A": {"Type": "Task", "Resource": "${F}", "End": true}"#, EXECUTION + 5, EXECUTION + 5);
    let token = "arn:aws:states:::sqs:sendMessage.waitForTaskToken";
    let token = format!(r#""A": {{"Type": "Task", "Resource": "{token}", "End": true}}"#);
    check_jsonpath(&token, EXECUTION + 6, EXECUTION + 6);
    let choice = r#""A": {"Type": "Choice", "Default": "B",
            "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "C"}]},
        "B": {"Type": "Task", "Resource": "${F}", "Next": "C",
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "C"}]},
        "C": {"Type": "Succeed"}"#;
    check_jsonpath(choice, EXECUTION + 2 + 2, EXECUTION + 2 + 2);
    let parallel = r#""A": {"Type": "Parallel", "End": true, "Branches": [
        {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}},
        {"StartAt": "C", "States": {"C": {"Type": "Wait", "Seconds": 1, "Next": "D"}, "D": {"Type": "Succeed"}}}]}"#;
    check_jsonpath(parallel, EXECUTION + 4 + 2 + 4, EXECUTION + 4 + 2 + 4);
    // a failure is no way out where there is another
    let fail = r#""A": {"Type": "Choice", "Default": "B",
            "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "C"}]},
        "B": {"Type": "Fail"}, "C": {"Type": "Task", "Resource": "${F}", "End": true}"#;
    check_jsonpath(fail, EXECUTION + 2 + 5, EXECUTION + 2 + 5);
}

/// A JSONata Map state over these items, of one Pass state.
fn map(items: &str) -> String {
    format!(
        r#""A": {{"Type": "Map", "Items": {items}, "End": true,
            "ItemProcessor": {{"StartAt": "P", "States": {{"P": {{"Type": "Pass", "End": true}}}}}}}}"#
    )
}

#[test]
fn items_count_where_the_definition_builds_them() {
    let around = EXECUTION + 4;
    for (items, count) in [
        ("[1, 2, 3]", 3),
        ("[]", 0),
        (r#""{% [1..1000] %}""#, 1_000),
        (r#""{% [1..10, 20, 30..40] %}""#, 22),
        (r#""{% $range(1, 100, 2) %}""#, 50),
        (r#""{% $partition([1..100], 30) %}""#, 4),
        (r#""{% [$uuid(), 'a'] %}""#, 0),
        (r#""{% [1..$states.input.last] %}""#, 0),
        (r#""{% $states.input %}""#, 0),
        (r#""{% [[1..5], [1]] %}""#, 2),
    ] {
        check_jsonata(&map(items), around + count * 4, around + count * 4);
    }
}

#[test]
fn items_are_known_through_states_and_variables() {
    let around = EXECUTION + 2 + 4;
    let inside = r#""ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}"#;
    let check = |first: &str, path: &str, count: u64| {
        let states = format!(
            r#""A": {{"Type": "Pass", {first}, "Next": "M"}},
            "M": {{"Type": "Map", "ItemsPath": "{path}", {inside}, "End": true}}"#
        );
        check_jsonpath(&states, around + count * 4, around + count * 4);
    };
    check(r#""Result": {"all": [1, 2]}"#, "$.all", 2);
    check(r#""Result": [1, 2], "ResultPath": "$.made""#, "$.made", 2);
    check(r#""Parameters": {"n.$": "States.ArrayRange(0, 99, 1)"}"#, "$.n", 100);
    check(r#""Assign": {"n.$": "States.ArrayRange(0, 99, 1)"}"#, "$n", 100);
    check(r#""Parameters": {"n.$": "States.Array($.a, $.b)"}"#, "$.n", 2);
    check(r#""Parameters": {"n.$": "$.items"}"#, "$.n", 0);
    let twice = format!(
        r#""A": {{"Type": "Map", "Items": "{{% [1..50] %}}", {inside}, "Next": "M"}},
        "M": {{"Type": "Map", {inside}, "End": true}}"#
    );
    check_jsonata(&twice, EXECUTION + 2 * (4 + 50 * 4), EXECUTION + 2 * (4 + 50 * 4));
}

#[test]
fn items_of_child_executions_add_nothing_here() {
    let states = r#""A": {"Type": "Map", "Items": "{% [1..100] %}", "End": true, "ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}"#;
    check_jsonata(states, EXECUTION + 6, EXECUTION + 6);
}

/// A loop of a Task and a Choice whose counter is a variable. `{rule}` leads back to the Task.
fn variable_loop(first: &str, next: &str, condition: &str) -> String {
    format!(
        r#""A": {{"Type": "Pass", "Assign": {{"i": {first}}}, "Next": "T"}},
        "T": {{"Type": "Task", "Resource": "${{F}}", "Assign": {{"i": "{{% {next} %}}"}}, "Next": "C"}},
        "C": {{"Type": "Choice", "Choices": [{{"Condition": "{{% {condition} %}}", "Next": "T"}}], "Default": "D"}},
        "D": {{"Type": "Succeed"}}"#
    )
}

#[test]
fn rounds_count_where_a_number_does() {
    // what comes before, the first round, and what comes after
    let around = EXECUTION + 2 + (5 + 2) + 2;
    for (first, next, condition, times) in [
        ("0", "$i + 1", "$i < 10", 9),
        ("0", "$i + 1", "$i <= 10", 10),
        ("0", "1 + $i", "10 > $i", 9),
        ("0", "$i + 3", "$i < 10", 3),
        ("0", "$i + 3", "$i <= 9", 3),
        ("100", "$i - 1", "$i > 0", 99),
        ("100", "$i - 1", "$i >= 0", 100),
        ("0", "$i + 1", "$i != 10", 9),
        ("0", "$i + 1", "$not($i = 10)", 9),
        ("0", "$i + 1", "($i + 5) < 10", 4),
        ("0", "$i + 1", "$i < $count([1..70])", 69),
        ("0", "$i + 1", "$i < 10 or $i < 20", 19),
        ("0", "$i + 1", "$i < 10 and $i < 20", 9),
        ("0", "$i + 1", "$i < 10 and $i != 5", 4),
        (r#""{% 1 + 1 %}""#, "$i + 1", "$i < 10", 7),
        // it does not begin
        ("10", "$i + 1", "$i < 10", 0),
    ] {
        let states = variable_loop(first, next, condition);
        check_jsonata(&states, around + times * 7, around + times * 7);
    }
}

#[test]
fn nothing_is_counted_where_a_number_is_not_known() {
    let around = EXECUTION + 2 + (5 + 2) + 2;
    for (first, next, condition) in [
        (r#""{% $states.input.first %}""#, "$i + 1", "$i < 10"),
        ("0", "$states.result.next", "$i < 10"),
        ("0", "$i + $states.result.step", "$i < 10"),
        ("0", "$i * 2", "$i < 10"),
        ("1", "$i + $i", "$i < 10"),
        ("0", "0", "$i < 10"),
        ("0", "$i + 0.5", "$i < 10"),
        ("0", "$i > 5 ? $i + 2 : $i + 1", "$i < 10"),
        ("0", "$i + 1", "$i < $states.input.last"),
        ("0", "$i + 1", "$states.input.more"),
        // never, or not by counting
        ("0", "$i - 1", "$i < 10"),
        ("0", "$i + 3", "$i != 10"),
        ("0", "$i + 1", "$random() < $i"),
    ] {
        check_jsonata(&variable_loop(first, next, condition), around, around);
    }
}

#[test]
fn a_loop_that_may_be_left_early_is_not_sure() {
    let around = EXECUTION + 2 + (5 + 2) + 2;
    let more = variable_loop("0", "$i + 1", "$i < 10 and $states.input.more");
    check_jsonata(&more, around, around + 9 * 7);
    let first_rule = variable_loop("0", "$i + 1", "$i < 10").replace(
        r#""Choices": ["#,
        r#""Choices": [{"Condition": "{% $states.input.done %}", "Next": "D"}, "#,
    );
    check_jsonata(&first_rule, around, around + 9 * 7);
    // a failure in the loop is not foreseen
    let catch = variable_loop("0", "$i + 1", "$i < 10")
        .replace(r#""Next": "C""#, r#""Next": "C", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "D"}]"#);
    check_jsonata(&catch, around + 9 * 7, around + 9 * 7);
    let other_exit = variable_loop("0", "$i + 1", "$i < 10").replace(
        r#""Next": "C""#,
        r#""Next": "B"}, "B": {"Type": "Choice", "Choices": [
            {"Condition": "{% $states.input.done %}", "Next": "D"}], "Default": "C""#,
    );
    check_jsonata(&other_exit, around, around + 9 * 9);
}

#[test]
fn a_counter_may_stand_in_the_data() {
    let around = EXECUTION + 2 + (5 + 2 + 2) + 2;
    let check = |task: &str, count: &str, path: &str, times: u64| {
        let states = format!(
            r#""A": {{"Type": "Pass", "Result": {{"i": 0, "last": 30}}, "ResultPath": "$.loop", "Next": "T"}},
            "T": {{"Type": "Task", "Resource": "${{F}}", {task}, "Next": "P"}},
            "P": {{"Type": "Pass", {count}, "Next": "C"}},
            "C": {{"Type": "Choice", "Default": "D", "Choices": [
                {{"And": [{{"Variable": "$.loop", "IsPresent": true}}, {path}], "Next": "T"}}]}},
            "D": {{"Type": "Succeed"}}"#
        );
        check_jsonpath(&states, around + times * 9, around + times * 9);
    };
    let less = r#"{"Variable": "$.loop.i", "NumericLessThan": 10}"#;
    let add = r#""Parameters": {"i.$": "States.MathAdd($.loop.i, 1)", "last": 30}, "ResultPath": "$.loop""#;
    check(r#""ResultPath": null"#, add, less, 9);
    check(r#""ResultPath": "$.answer""#, add, less, 9);
    let of_data = r#"{"Variable": "$.loop.i", "NumericLessThanPath": "$.loop.last"}"#;
    check(r#""ResultPath": null"#, add, of_data, 29);
    let until = r#"{"Not": {"Variable": "$.loop.i", "NumericGreaterThanEquals": 10}}"#;
    check(r#""ResultPath": null"#, add, until, 9);
    // what a function gives is not known, nor what it leaves of the data
    check(r#""ResultPath": "$""#, add, less, 0);
    check(r#""ResultPath": "$.loop.i""#, add, less, 0);
    check(r#""ResultPath": null"#, r#""ResultPath": "$.other""#, less, 0);
}

#[test]
fn a_counter_may_stand_in_the_output_or_in_the_assign_of_a_rule() {
    let output = r#""A": {"Type": "Pass", "Output": {"i": 0}, "Next": "T"},
        "T": {"Type": "Pass", "Output": "{% $merge([$states.input, {'i': $states.input.i + 1}]) %}", "Next": "C"},
        "C": {"Type": "Choice", "Choices": [{"Condition": "{% $states.input.i < 10 %}", "Next": "T"}], "Default": "D"},
        "D": {"Type": "Succeed"}"#;
    check_jsonata(output, EXECUTION + 2 + 4 + 2 + 9 * 4, EXECUTION + 2 + 4 + 2 + 9 * 4);
    let rule = r#""A": {"Type": "Pass", "Assign": {"i": 0}, "Next": "C"},
        "C": {"Type": "Choice", "Default": "D", "Choices": [
            {"Condition": "{% $i < 10 %}", "Assign": {"i": "{% $i + 1 %}"}, "Next": "C"}]},
        "D": {"Type": "Succeed"}"#;
    check_jsonata(rule, EXECUTION + 2 + 2 + 2 + 10 * 2, EXECUTION + 2 + 2 + 2 + 10 * 2);
}

#[test]
fn a_loop_over_failures_counts_the_shortest_of_them() {
    let states = r#""A": {"Type": "Pass", "Assign": {"i": 0}, "Next": "T"},
        "T": {"Type": "Task", "Resource": "${F}", "Next": "D",
            "Catch": [{"ErrorEquals": ["States.ALL"], "Assign": {"i": "{% $i + 1 %}"}, "Next": "C"}]},
        "C": {"Type": "Choice", "Choices": [{"Condition": "{% $i < 10 %}", "Next": "T"}], "Default": "F"},
        "F": {"Type": "Fail"}, "D": {"Type": "Succeed"}"#;
    check_jsonata(states, EXECUTION + 2 + 5 + 2, EXECUTION + 2 + 5 + 2 + 9 * (2 + 2));
}

#[test]
fn loops_and_items_multiply() {
    let inner = r#""A": {"Type": "Pass", "Assign": {"i": 0}, "Next": "B"},
        "B": {"Type": "Pass", "Assign": {"j": 0}, "Next": "T"},
        "T": {"Type": "Pass", "Assign": {"j": "{% $j + 1 %}"}, "Next": "J"},
        "J": {"Type": "Choice", "Choices": [{"Condition": "{% $j < 20 %}", "Next": "T"}], "Default": "P"},
        "P": {"Type": "Pass", "Assign": {"i": "{% $i + 1 %}"}, "Next": "I"},
        "I": {"Type": "Choice", "Choices": [{"Condition": "{% $i < 10 %}", "Next": "B"}], "Default": "D"},
        "D": {"Type": "Succeed"}"#;
    let round = 2 + 20 * 4 + 2 + 2;
    check_jsonata(inner, EXECUTION + 2 + 10 * round + 2, EXECUTION + 2 + 10 * round + 2);
    // the outer loop is not counted, but what the inner one adds in its only sure round is
    let outer = inner.replace("$i < 10", "$states.input.more");
    check_jsonata(&outer, EXECUTION + 2 + round + 2, EXECUTION + 2 + round + 2);
    let items = r#""A": {"Type": "Map", "Items": "{% [1..30] %}", "End": true, "ItemProcessor": {"StartAt": "B", "States": {
        "B": {"Type": "Map", "Items": [1, 2, 3], "End": true, "ItemProcessor": {"StartAt": "P", "States": {
            "P": {"Type": "Pass", "End": true}}}}}}}"#;
    let each = 2 + 4 + 3 * 4;
    check_jsonata(items, EXECUTION + 4 + 30 * each, EXECUTION + 4 + 30 * each);
    let in_loop = variable_loop("0", "$i + 1", "$i < 10").replace(
        r#""T": {"Type": "Task", "Resource": "${F}""#,
        r#""T": {"Type": "Map", "Items": "{% [1..30] %}", "ItemProcessor": {"StartAt": "P", "States": {
            "P": {"Type": "Pass", "End": true}}}"#,
    );
    let around = EXECUTION + 2 + 2;
    let round = 4 + 30 * 4 + 2;
    check_jsonata(&in_loop, around + 10 * round, around + 10 * round);
}

#[test]
fn great_numbers_stay_great() {
    let states = variable_loop("0", "$i + 1", "$i < 9007199254740991")
        .replace("${F}", "arn:aws:states:::sqs:sendMessage");
    let around = EXECUTION + 2 + 7 + 2;
    let all = around + 7 * 9_007_199_254_740_990;
    check_jsonata(&states, all, all);
    let mut nested = String::from(r#""StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}"#);
    for level in 0..5 {
        nested = format!(
            r#""StartAt": "M{level}", "States": {{"M{level}": {{"Type": "Map", "Items": "{{% [1..10000000] %}}",
                "ItemProcessor": {{{nested}}}, "End": true}}}}"#
        );
    }
    let text = format!(r#"{{"QueryLanguage": "JSONata", {nested}}}"#);
    let machine = crate::decode(&text).unwrap().machine;
    assert_eq!(amount(&machine, Followed::of(&machine, machine.language())).sure, u64::MAX);
}
