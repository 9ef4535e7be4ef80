//! Rules about JSONata expressions: what they take and refuse, and where exactly they point.

use asl_core::diagnostic::Part;
use asl_core::model::WorkflowType;
use proptest::prelude::*;

/// The findings in a JSONata machine with these states: `severity code place bytes`.
fn findings(states: &str) -> Vec<String> {
    let definition = format!(r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{states}}}}}"#);
    let decoded = asl_core::decode(&definition).expect("the definition is JSON");
    let findings = decoded.all_findings(WorkflowType::Standard);
    let described = findings.iter().map(|finding| match &finding.part {
        Part::Within(bytes) => format!("{} {} {} {bytes:?}", finding.severity, finding.code, finding.at),
        Part::Key => format!("{} {} {} key", finding.severity, finding.code, finding.at),
        Part::Value => format!("{} {} {}", finding.severity, finding.code, finding.at),
    });
    described.collect()
}

#[track_caller]
fn check(states: &str, expected: &[&str]) {
    assert_eq!(findings(states), expected, "{states}");
}

/// The findings in an expression, without their place.
fn in_expression(code: &str) -> Vec<String> {
    let output = serde_json::to_string(&format!("{{% {code} %}}")).unwrap();
    findings(&format!(r#""A": {{"Type": "Pass", "End": true, "Output": {output}}}"#))
        .into_iter()
        .map(|finding| finding.replace(" /States/A/Output", ""))
        .collect()
}

#[track_caller]
fn check_expression(code: &str, expected: &[&str]) {
    assert_eq!(in_expression(code), expected, "{code}");
}

#[test]
fn faults_are_counted_from_the_start_of_the_string() {
    check_expression("$sum(", &["error ASL0414 9..9"]);
    check(
        r#""A": {"Type": "Pass", "End": true, "Output": ["{%'a%}", {"b": "{%\n\n1 +%}"}]}"#,
        &["error ASL0414 /States/A/Output/0 2..4", "error ASL0414 /States/A/Output/1/b 7..7"],
    );
    check_expression("", &["error ASL0414 4..4"]);
    check_expression("$uuid() ?: 1", &["warning ASL0414 3..15"]);
}

#[test]
fn a_placeholder_in_a_text_is_text_and_anywhere_else_unknown() {
    check_expression("'${Stage}' & phone", &["error ASL0415 16..21"]);
    check_expression("${Limit} + phone +", &[]);
    check_expression("$states.input.${Field}", &[]);
}

#[test]
fn names_and_the_context_mean_something_only_inside() {
    for code in [
        "$states.input.items[price > 10 and $.isNew].{'a': b, 'c': $}",
        "$states.input.items^(price, >name)",
        "$states.input.items{kind: $sum(price)}",
        "$states.input ~> |items|{'a': b}, ['c']|",
        "$states.input.items[$contains(name, 'x')]",
        "$map($states.input.items, function($i){ $i.price })",
        "$states.input.**.id",
    ] {
        check_expression(code, &[]);
    }
    check_expression("a.b + c[d]", &["error ASL0415 3..4", "error ASL0415 9..10"]);
    check_expression(
        "$map([1], function($i){ price + $ })",
        &["error ASL0415 27..32", "error ASL0415 35..36"],
    );
    check_expression("$states.input[$$.a]", &["error ASL0415 17..19"]);
    check_expression("{a: 1}", &["error ASL0415 4..5"]);
    check_expression("**.id", &["warning ASL0415 3..5"]);
    check_expression("\"a\".b", &["warning ASL0415 3..6"]);
}

#[test]
fn fields_of_states_are_where_the_documentation_has_them() {
    check(
        r#""A": {"Type": "Map", "Items": "{% $states.result %}", "End": true,
              "ItemProcessor": {"StartAt": "B", "States": {
                  "B": {"Type": "Pass", "Assign": {"x": "{% $states.result %}"}, "End": true}}},
              "Assign": {"x2": "{% $states.result %}"}, "Output": ["{% $states.errorOutput %}"],
              "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $states.errorOutput %}",
                         "Assign": {"x3": "{% $states.result[0].a %}"}, "Next": "C"}]},
           "C": {"Type": "Choice", "Default": "D", "Choices": [
              {"Condition": "{% $states.input = 1 %}", "Output": "{% $states.result %}", "Next": "D"}]},
           "D": {"Type": "Succeed", "Output": "{% $states.context.Execution.Id & $string($states) %}"}"#,
        &[
            "error ASL0416 /States/A/Items 11..17",
            "error ASL0416 /States/A/ItemProcessor/States/B/Assign/x 11..17",
            "error ASL0416 /States/A/Output/0 11..22",
            "error ASL0416 /States/A/Catch/0/Assign/x3 11..17",
            "error ASL0416 /States/C/Choices/0/Output 11..17",
        ],
    );
    check_expression("($states := {'result': 1}; $states.result)", &[]);
    check_expression("$states.results", &["warning ASL0416 11..18"]);
}

#[test]
fn the_token_is_where_a_callback_is_waited_for() {
    let task = |resource: &str| {
        findings(&format!(
            r#""A": {{"Type": "Task", "End": true, "Resource": "{resource}",
                "Arguments": {{"t": "{{% $states.context.Task.Token %}}", "FunctionName": "f"}}}}"#
        ))
    };
    for resource in [
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "arn:aws:states:us-east-1:111111111111:activity:a",
        "${Resource}",
    ] {
        assert_eq!(task(resource), [""; 0], "{resource}");
    }
    assert_eq!(task("arn:aws:states:::lambda:invoke"), ["warning ASL0417 /States/A/Arguments/t 19..29"]);
}

#[test]
fn calls_are_counted_with_what_is_handed_to_them() {
    for code in [
        "$states.input.a ~> $split(',') ~> $join",
        "$states.input.a ~> $substring(?, 1)",
        "($f := function($a, $b){ $a + $b }; $f(1, 2) + $f(1))",
        "$map([1], $string)",
        "($sum := function($a, $b){ $a + $b }; $sum(1, 2))",
        "$zip([1], [2], [3], [4])",
        "$states.input.a.$length()",
    ] {
        check_expression(code, &[]);
    }
    check_expression("$states.input.a ~> $count(1)", &["warning ASL0419 22..28"]);
    check_expression("$range(1, 2)", &["warning ASL0419 3..9"]);
    check_expression("$f(1) + $eval('1')", &["warning ASL0418 3..5", "warning ASL0418 11..16"]);
}

#[test]
fn a_condition_is_doubted_only_if_no_input_makes_it_boolean() {
    let condition = |code: &str| {
        findings(&format!(
            r#""A": {{"Type": "Choice", "Default": "B", "Choices": [{{"Condition": "{{% {code} %}}", "Next": "B"}}]}},
               "B": {{"Type": "Succeed"}}"#
        ))
    };
    for code in [
        "$states.input.flag",
        "$x := true",
        "1 = 2",
        "$not(1)",
        "true",
        "$states.input.a ? 1 : true",
        "($count := function(){ true }; $count())",
        "$states.input[a]",
    ] {
        assert_eq!(condition(code), [""; 0], "{code}");
    }
    for code in
        ["1", "[true]", "{}", "(1; 'a')", "$states.input.a ? 1 : null", "-1", "$keys({})", "'a' & true"]
    {
        let found = condition(code);
        assert!(
            found.iter().all(|it| it.starts_with("warning ASL0420")) && found.len() == 1,
            "{code} {found:?}"
        );
    }
}

#[test]
fn what_is_called_condition_in_a_payload_is_none() {
    check_expression("1", &[]);
    check(
        r#""A": {"Type": "Choice", "Default": "B", "Choices": [
              {"Condition": true, "Output": {"Condition": "{% 1 %}"}, "Next": "B"}], "Output": {"Condition": "{% 1 %}"}},
           "B": {"Type": "Succeed"}"#,
        &[],
    );
}

#[test]
fn items_collapse_unless_the_array_is_kept() {
    let advice = |code: &str| {
        let definition = format!(
            r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{"A": {{"Type": "Map", "Items": "{{% {code} %}}",
                "ItemProcessor": {{"StartAt": "B", "States": {{"B": {{"Type": "Succeed"}}}}}}, "End": true}}}}}}"#
        );
        let decoded = asl_core::decode(&definition).unwrap();
        asl_core::validate::advice(&decoded.machine, WorkflowType::Standard).len()
    };
    for code in [
        "$states.input.a[b]",
        "$filter($states.input, λ($i){$i.b})",
        "$states.input ~> $map(λ($i){$i})",
        "$states.input.a^(b)",
    ] {
        assert_eq!(advice(code), 1, "{code}");
    }
    for code in [
        "$states.input.a",
        "$states.input.a[0]",
        "$states.input.a[b][]",
        "[$states.input.a[b]]",
        "$states.input.a[][b]",
        "$append([], $states.input.a[b])",
    ] {
        assert_eq!(advice(code), 0, "{code}");
    }
}

proptest! {
    #[test]
    fn no_expression_makes_the_rules_panic(code in r#"([$]states|[$]x|result|input|[.]|[(]|[)]|[\[]|[\]]|[{]|[}]|"a"|[?:;,=~>*%@#|]|:=|1| |function[(][$]y[)]|é){0,24}"#) {
        let text = serde_json::to_string(&format!("{{%{code}%}}")).unwrap();
        let states = format!(
            r#""A": {{"Type": "Choice", "Default": "B", "Choices": [{{"Condition": {text}, "Assign": {{"x": {text}}}, "Next": "B"}}]}},
               "B": {{"Type": "Map", "Items": {text}, "End": true, "ItemProcessor": {{"StartAt": "C",
                   "States": {{"C": {{"Type": "Pass", "Output": {text}, "End": true}}}}}}}}"#
        );
        let definition = format!(r#"{{"QueryLanguage": "JSONata", "StartAt": "A", "States": {{{states}}}}}"#);
        let decoded = asl_core::decode(&definition).unwrap();
        let findings = decoded.all_findings(WorkflowType::Standard);
        let advice = asl_core::validate::advice(&decoded.machine, WorkflowType::Standard);
        for finding in findings.iter().chain(&advice) {
            if let Part::Within(bytes) = &finding.part {
                prop_assert!(format!("{{%{code}%}}").get(bytes.clone()).is_some(), "{finding}");
            }
        }
    }
}
