//! Rules about variables: what a state may rely on, and where exactly the findings point.

use std::collections::BTreeSet;
use std::fmt::Write;

use asl_core::diagnostic::Part;
use asl_core::model::WorkflowType;
use proptest::prelude::*;

/// The findings about variables in a JSONata machine with these states: `code place bytes`.
fn findings(states: &str) -> Vec<String> {
    let definition = format!(r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{states}}}}}"#);
    findings_in(&definition)
}

/// What the rules find, but the advice of section 09.
fn findings_in(definition: &str) -> Vec<String> {
    let decoded = asl_core::decode(definition).expect("the definition is JSON");
    let findings = decoded.all_findings(WorkflowType::Standard);
    let advice = asl_core::validate::advice(&decoded.machine, WorkflowType::Standard);
    findings
        .iter()
        .chain(&advice)
        // other advice may be right too
        .filter(|finding| !finding.code.as_str().starts_with("ASL09"))
        .map(|finding| match &finding.part {
            Part::Within(bytes) => format!("{} {} {bytes:?}", finding.code, finding.at),
            Part::Key => format!("{} {} key", finding.code, finding.at),
            Part::Value => format!("{} {}", finding.code, finding.at),
        })
        .collect()
}

#[track_caller]
fn check(states: &str, expected: &[&str]) {
    assert_eq!(findings(states), expected, "{states}");
}

#[test]
fn each_place_of_a_jsonpath_state_that_holds_a_path_may_read() {
    let unread = findings_in(
        r#"{"StartAt": "A", "States": {
            "A": {"Type": "Task", "Resource": "${F}", "InputPath": "$a.x", "OutputPath": "$b",
                  "TimeoutSecondsPath": "$c", "ResultSelector": {"x": [{"y.$": "States.Array($d, States.UUID())"}]},
                  "Parameters": {"text": "$e", "path.$": "$.f[?(@.x == $g)]"},
                  "Assign": {"z.$": "$h[0]"}, "ResultPath": "$.i", "Next": "B"},
            "B": {"Type": "Choice", "Default": "C", "Choices": [
                  {"Not": {"Variable": "$j", "StringEqualsPath": "$k"}, "Next": "C"}]},
            "C": {"Type": "Fail", "ErrorPath": "States.Format('{}', $l)", "CausePath": "$z"}}}"#,
    );
    let places: Vec<&str> = unread.iter().filter_map(|finding| finding.strip_prefix("ASL0208 ")).collect();
    assert_eq!(
        places,
        [
            "/States/A/InputPath 0..2",
            "/States/A/Parameters/path.$ 13..15",
            "/States/A/TimeoutSecondsPath 0..2",
            "/States/A/ResultSelector/x/0/y.$ 13..15",
            "/States/A/OutputPath 0..2",
            "/States/A/Assign/z.$ 0..2",
            "/States/B/Choices/0/Not/Variable 0..2",
            "/States/B/Choices/0/Not/StringEqualsPath 0..2",
            "/States/C/ErrorPath 20..22",
        ]
    );
}

#[test]
fn what_an_expression_binds_and_the_library_are_no_variables() {
    check(
        r#""A": {"Type": "Pass", "End": true, "Output": {
            "a": "{% ($x := 1; $map([$x, 2], function($y){ $y + $x })) ~> $sum %}",
            "b": "{% $map($states.input, $string) %}",
            "c": "{% $x + 1 %}"}}"#,
        &["ASL0208 /States/A/Output/c 3..5"],
    );
}

#[test]
fn of_the_assigns_of_a_state_one_runs() {
    // the catcher's on the way of the catcher, the state's own on the other
    let task = |catcher: &str| {
        format!(
            r#""A": {{"Type": "Task", "Resource": "${{F}}", "Assign": {{"x": 1}}, "Next": "B",
                    "Catch": [{{"ErrorEquals": ["States.ALL"], {catcher} "Next": "B"}}]}},
              "B": {{"Type": "Pass", "Output": "{{% $x %}}", "End": true}}"#
        )
    };
    check(&task(r#""Assign": {"x": 2},"#), &[]);
    check(&task(""), &["ASL0209 /States/B/Output 3..5"]);
    // a Choice state's own is for the case that no rule matches
    let choice = |rule: &str| {
        format!(
            r#""A": {{"Type": "Choice", "Choices": [{{"Condition": true, {rule} "Next": "B"}}],
                    "Assign": {{"x": 1}}, "Default": "B"}},
              "B": {{"Type": "Pass", "Output": "{{% $x %}}", "End": true}}"#
        )
    };
    check(&choice(r#""Assign": {"x": 2},"#), &[]);
    check(&choice(""), &["ASL0209 /States/B/Output 3..5"]);
}

#[test]
fn a_path_without_a_value_is_named_and_a_long_one_shortened() {
    let mut states = String::from(
        r#""A": {"Type": "Choice", "Default": "S0", "Choices": [
        {"Condition": true, "Assign": {"x": 1}, "Next": "S0"}]},"#,
    );
    for state in 0..9 {
        write!(states, r#""S{state}": {{"Type": "Pass", "Next": "S{}"}},"#, state + 1).unwrap();
    }
    let definition = format!(
        r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{states}
            "S9": {{"Type": "Pass", "Output": "{{% $x %}}", "End": true}}}}}}"#
    );
    let findings = asl_core::decode(&definition).unwrap().all_findings(WorkflowType::Standard);
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        ["the variable `$x` has no value if the execution comes by \
          `A` (Default) → `S0` → `S1` → … → `S7` → `S8` → `S9`"]
    );
}

#[test]
fn values_are_those_at_the_entry_of_a_state() {
    check(
        r#""A": {"Type": "Pass", "Assign": {"x": 1, "y": "{% $x %}"}, "Next": "B"},
           "B": {"Type": "Pass", "Assign": {"x": "{% $y %}", "y": "{% $x %}"}, "End": true}"#,
        &["ASL0208 /States/A/Assign/y 3..5"],
    );
    // in a loop there is a value from the second time on
    check(
        r#""A": {"Type": "Pass", "Assign": {"n": "{% $n + 1 %}"}, "Next": "B"},
           "B": {"Type": "Choice", "Choices": [{"Condition": "{% $n < 3 %}", "Next": "A"}], "Default": "C"},
           "C": {"Type": "Succeed"}"#,
        &["ASL0209 /States/A/Assign/n 3..5"],
    );
}

#[test]
fn a_value_may_be_missing_where_that_is_asked_or_does_no_harm() {
    let read = |code: &str| {
        format!(
            r#""A": {{"Type": "Pass", "Assign": {{"n": "{{% {code} %}}"}}, "Next": "B"}},
               "B": {{"Type": "Choice", "Choices": [{{"Condition": "{{% $n < 3 %}}", "Next": "A"}}], "Default": "C"}},
               "C": {{"Type": "Succeed"}}"#
        )
    };
    for code in [
        "$exists($n) ? $n + 1 : 1",
        "$n ? $n + 1 : 1",
        "$append($n, 1)",
        "[$n, 1]",
        "$n & 'x'",
        "$count($n.x)",
        "($exists($n.x); $n)",
    ] {
        check(&read(code), &[]);
    }
    for code in ["$n", "$sum($n)", "$append([], $n + 1)", "{'n': $n}"] {
        assert_eq!(findings(&read(code)).len(), 1, "{code}");
    }
}

#[test]
fn a_choice_that_asks_for_a_variable_knows_it_behind() {
    let jsonpath = |test: &str| {
        findings_in(&format!(
            r#"{{"StartAt": "A", "States": {{
                "A": {{"Type": "Task", "Resource": "${{F}}", "Assign": {{"x.$": "$"}}, "Next": "B",
                       "Catch": [{{"ErrorEquals": ["States.ALL"], "Next": "B"}}]}},
                "B": {{"Type": "Choice", "Choices": [{{{test}, "Next": "C"}}], "Default": "D"}},
                "C": {{"Type": "Pass", "OutputPath": "$x", "End": true}}, "D": {{"Type": "Succeed"}}}}}}"#
        ))
    };
    assert_eq!(jsonpath(r#""Variable": "$x", "IsPresent": true"#), [""; 0]);
    assert_eq!(
        jsonpath(r#""Variable": "$x", "IsNull": false"#),
        ["ASL0209 /States/B/Choices/0/Variable 0..2", "ASL0209 /States/C/OutputPath 0..2"]
    );
}

/// A machine that assigns `x`, then goes over items with these fields and this state inside.
fn map(fields: &str, inside: &str) -> String {
    format!(
        r#""A": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "M"}},
           "M": {{"Type": "Map", {fields} "End": true, "ItemProcessor": {{
               "StartAt": "I", "States": {{"I": {{"Type": "Pass", {inside}, "Next": "J"}},
               "J": {{"Type": "Pass", "Output": "{{% [$x, $y] %}}", "End": true}}}}}}}}"#
    )
}

#[test]
fn inner_states_read_what_is_outside_and_do_not_write_it() {
    check(&map("", r#""Assign": {"y": "{% $x %}"}"#), &[]);
    check(
        &map("", r#""Assign": {"x": 1, "y": 1}"#),
        &["ASL0207 /States/M/ItemProcessor/States/I/Assign/x key"],
    );
    // what the Map assigns itself comes later
    check(&map(r#""Assign": {"y": 1},"#, r#""Assign": {"y": 2}"#), &[]);
    // and is not there inside
    check(
        &map(r#""Assign": {"y": "{% $x %}"},"#, r#""Comment": """#),
        &["ASL0208 /States/M/ItemProcessor/States/J/Output 8..10"],
    );
}

#[test]
fn children_of_a_distributed_map_see_nothing_of_what_is_outside() {
    let map = map("", r#""Assign": {"y": 1}"#).replace(
        r#""StartAt": "I""#,
        r#""ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "I""#,
    );
    check(&map, &["ASL0208 /States/M/ItemProcessor/States/J/Output 4..6", "ASL0210 /States/A/Assign/x key"]);
    let both = map.replace(r#""y": 1"#, r#""y": 1, "x": 2"#);
    check(
        &both,
        &["ASL0207 /States/M/ItemProcessor/States/I/Assign/x key", "ASL0210 /States/A/Assign/x key"],
    );
    let doubtful = map.replace("DISTRIBUTED", "${Mode}");
    assert!(!findings(&doubtful).iter().any(|finding| finding.starts_with("ASL0208")));
}

#[test]
fn branches_may_share_a_name() {
    let branch = |state: &str| {
        format!(
            r#"{{"StartAt": "{state}", "States": {{"{state}": {{"Type": "Pass", "Assign": {{"y": 1}}, "Next": "{state}2"}},
               "{state}2": {{"Type": "Pass", "Output": "{{% $y %}}", "End": true}}}}}}"#
        )
    };
    check(
        &format!(
            r#""A": {{"Type": "Parallel", "End": true, "Branches": [{}, {}]}}"#,
            branch("I"),
            branch("J")
        ),
        &[],
    );
}

#[test]
fn nothing_is_said_where_a_placeholder_or_a_fault_leaves_it_open() {
    check(
        r#""A": {"Type": "Pass", "Assign": {"${Name}": 1}, "Next": "B"},
           "B": {"Type": "Pass", "Output": "{% $x + ${Y} + $z %}", "End": true}"#,
        &[],
    );
    let path = |path: &str| {
        findings_in(&format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Pass", "Assign": {{"x": 1}}, "Next": "B"}},
                "B": {{"Type": "Pass", "InputPath": "{path}", "End": true}}}}}}"#
        ))
    };
    assert_eq!(path("$.a"), ["ASL0210 /States/A/Assign/x key"]);
    assert_eq!(path("${Path}"), [""; 0]);
    check(
        r#""A": {"Type": "Pass", "Assign": {"x": 1}, "Next": "${Next}"},
           "B": {"Type": "Pass", "Output": "{% $x %}", "End": true}"#,
        &[],
    );
    check(
        r#""A": {"Type": "Pass", "Assign": 1, "Next": "B"},
           "B": {"Type": "Pass", "Output": "{% $x %}", "End": true}"#,
        &["ASL0103 /States/A/Assign"],
    );
}

#[test]
fn references_are_sorted_and_belong_to_the_state_that_reads() {
    let decoded = asl_core::decode(&format!(
        r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{}}}}}"#,
        map(r#""Items": "{% $count($list) %}","#, r#""Output": "{% $sum($b.$a) %}""#)
    ))
    .unwrap();
    let references = asl_core::validate::variable_references(&decoded.machine);
    let references: Vec<String> =
        references.iter().map(|(state, names)| format!("{state} {names:?}")).collect();
    assert_eq!(references, [r#"I {"a", "b"}"#, r#"J {"x", "y"}"#, r#"M {"list"}"#]);
}

/// A graph of states: for each its ways out, with the number of the next state and whether the way assigns `x`.
fn graph() -> impl Strategy<Value = Vec<Vec<(usize, bool)>>> {
    (1..8_usize).prop_flat_map(|states| {
        let ways = prop::collection::vec((0..states, any::<bool>()), 1..4);
        prop::collection::vec(ways, states)
    })
}

/// Choice states that each read `x`, and a state that ends.
fn machine_of(graph: &[Vec<(usize, bool)>]) -> String {
    let mut states = String::new();
    for (state, ways) in graph.iter().enumerate() {
        let name = |state: usize| if state == 0 { "A".to_owned() } else { format!("S{state}") };
        let rule = |(to, assigns): &(usize, bool)| {
            let assign = if *assigns { r#""Assign": {"x": 1}, "# } else { "" };
            format!(r#"{{"Condition": true, {assign}"Next": "{}"}}"#, name(*to))
        };
        let rules: Vec<String> = ways.iter().map(rule).collect();
        write!(
            states,
            r#""{}": {{"Type": "Choice", "Choices": [{}], "Default": "End", "Output": "{{% $x %}}"}},"#,
            name(state),
            rules.join(", ")
        )
        .unwrap();
    }
    states + r#""End": {"Type": "Succeed"}"#
}

/// The states that may be entered without and with a value of `x`, by trying all ways.
fn entered(graph: &[Vec<(usize, bool)>]) -> BTreeSet<(usize, bool)> {
    let mut seen = BTreeSet::from([(0, false)]);
    let mut open = vec![(0, false)];
    while let Some((state, has_value)) = open.pop() {
        for (to, assigns) in &graph[state] {
            let next = (*to, has_value || *assigns);
            if seen.insert(next) {
                open.push(next);
            }
        }
    }
    seen
}

proptest! {
    #[test]
    fn a_variable_is_doubted_exactly_where_some_path_brings_no_value(graph in graph()) {
        let entered = entered(&graph);
        let assigned = graph.iter().flatten().any(|(_, assigns)| *assigns);
        let mut expected: BTreeSet<String> = BTreeSet::new();
        for (state, _) in graph.iter().enumerate() {
            let name = if state == 0 { "A".to_owned() } else { format!("S{state}") };
            let code = match (entered.contains(&(state, false)), entered.contains(&(state, true))) {
                (true, true) => "ASL0209",
                (true, false) => "ASL0208",
                // where nothing is ever assigned, states that are not reached are told too
                (false, false) if !assigned => "ASL0208",
                (false, _) => continue,
            };
            expected.insert(format!("{code} /States/{name}/Output 3..5"));
        }
        let found: BTreeSet<String> = findings(&machine_of(&graph))
            .into_iter()
            .filter(|finding| finding.starts_with("ASL02"))
            .collect();
        prop_assert_eq!(found, expected);
    }
}
