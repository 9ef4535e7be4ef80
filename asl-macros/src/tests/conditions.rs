use super::state_json;

/// The JSON of the rule of one arm.
#[track_caller]
fn rule(condition: &str) -> String {
    let json = state_json(&format!("Choice {{ {condition} => S, _ => S }}"));
    let rule = json
        .strip_prefix(r#"{"Type":"Choice","Choices":[{"#)
        .and_then(|it| it.strip_suffix(r#","Next":"S"}],"Default":"S"}"#));
    rule.unwrap().to_owned()
}

#[test]
fn the_type_of_the_literal_gives_the_comparator() {
    for (condition, json) in [
        (r#"$.a == "x""#, r#""Variable":"$.a","StringEquals":"x""#),
        (r#"$.a < "x""#, r#""Variable":"$.a","StringLessThan":"x""#),
        ("$.a <= 5", r#""Variable":"$.a","NumericLessThanEquals":5"#),
        ("$.a > -5", r#""Variable":"$.a","NumericGreaterThan":-5"#),
        ("$.a >= 2.5", r#""Variable":"$.a","NumericGreaterThanEquals":2.5"#),
        ("$.a == true", r#""Variable":"$.a","BooleanEquals":true"#),
        (
            r#"$$.State.EnteredTime < timestamp("2026-01-01T00:00:00Z")"#,
            r#""Variable":"$$.State.EnteredTime","TimestampLessThan":"2026-01-01T00:00:00Z""#,
        ),
        ("$.a-b == 1", r#""Variable":"$.a-b","NumericEquals":1"#),
        (r#"$.a != "x""#, r#""Not":{"Variable":"$.a","StringEquals":"x"}"#),
    ] {
        assert_eq!(rule(condition), json, "{condition}");
    }
}

#[test]
fn a_path_on_the_right_says_its_type() {
    for (condition, json) in [
        ("$.a == string($.b)", r#""Variable":"$.a","StringEqualsPath":"$.b""#),
        ("$.a < number($v.b[0])", r#""Variable":"$.a","NumericLessThanPath":"$v.b[0]""#),
        ("$.a == boolean($.b)", r#""Variable":"$.a","BooleanEqualsPath":"$.b""#),
        ("$.a >= timestamp($.b)", r#""Variable":"$.a","TimestampGreaterThanEqualsPath":"$.b""#),
        ("$.a == string(#(b))", r#""Variable":"$.a","StringEquals":"${rust-expression-0}""#),
    ] {
        assert_eq!(rule(condition), json, "{condition}");
    }
}

#[test]
fn tests_are_functions() {
    assert_eq!(rule(r#"matches($.a, "log-*")"#), r#""Variable":"$.a","StringMatches":"log-*""#);
    for (test, comparator) in [
        ("is_null", "IsNull"),
        ("is_present", "IsPresent"),
        ("is_numeric", "IsNumeric"),
        ("is_string", "IsString"),
        ("is_boolean", "IsBoolean"),
        ("is_timestamp", "IsTimestamp"),
    ] {
        assert_eq!(rule(&format!("{test}($.a)")), format!(r#""Variable":"$.a","{comparator}":true"#));
    }
}

#[test]
fn and_binds_tighter_than_or_and_not_tighter_than_both() {
    let [a, b, c] = ["a", "b", "c"].map(|name| format!(r#"{{"Variable":"$.{name}","IsNull":true}}"#));
    let write = |text: &str| {
        ["a", "b", "c"].into_iter().fold(text.to_owned(), |text, name| {
            text.replace(&format!("<{name}>"), &format!("is_null($.{name})"))
        })
    };
    let check = |condition: &str, json: String| assert_eq!(rule(&write(condition)), json, "{condition}");
    check("<a> && <b> && <c>", format!(r#""And":[{a},{b},{c}]"#));
    check("(<a> && <b>) && <c>", format!(r#""And":[{a},{b},{c}]"#));
    check("<a> || (<b> || <c>)", format!(r#""Or":[{a},{b},{c}]"#));
    check("<a> && <b> || <c>", format!(r#""Or":[{{"And":[{a},{b}]}},{c}]"#));
    check("<a> && (<b> || <c>)", format!(r#""And":[{a},{{"Or":[{b},{c}]}}]"#));
    check("!<a> && <b>", format!(r#""And":[{{"Not":{a}}},{b}]"#));
    check("!(<a> || <b>)", format!(r#""Not":{{"Or":[{a},{b}]}}"#));
    check("((<a>))", a.trim_matches(['{', '}']).to_owned());
}

#[test]
fn arms_and_fields_may_be_mixed() {
    assert_eq!(
        state_json(
            r#"Choice {
                $.a == 1 => S,
                Comment: "which",
                $.a == 2 => { Next: S, Assign: { b: $.b }, Comment: "two" },
                _ => { Next: S, Assign: { c: 3 } },
            }"#
        ),
        r#"{"Type":"Choice","Comment":"which","Choices":[{"Variable":"$.a","NumericEquals":1,"Next":"S"},{"Comment":"two","Variable":"$.a","NumericEquals":2,"Assign":{"b.$":"$.b"},"Next":"S"}],"Default":"S","Assign":{"c":3}}"#
    );
}

#[test]
fn a_jsonata_condition_is_a_string() {
    assert_eq!(
        state_json(
            r#"Choice { QueryLanguage: JSONata, "{% $x > 1 %}" => { Next: S, Output: "{% $x %}" }, _ => S }"#
        ),
        r#"{"Type":"Choice","QueryLanguage":"JSONata","Choices":[{"Condition":"{% $x > 1 %}","Output":"{% $x %}","Next":"S"}],"Default":"S"}"#
    );
}

#[test]
fn the_literal_choices_work_too() {
    assert_eq!(
        state_json(
            "Choice { Choices: [{ Not: { Variable: $.a, StringEqualsPath: $.b }, Next: S }], Default: S }"
        ),
        r#"{"Type":"Choice","Choices":[{"Not":{"Variable":"$.a","StringEqualsPath":"$.b"},"Next":"S"}],"Default":"S"}"#
    );
}

#[test]
fn rust_values_keep_their_place_when_arms_and_fields_alternate() {
    let source = "StartAt: S, States: { S: Choice {
        $.a == string(#(first)) => S, Comment: #(second), $.b == string(#(third)) => S, _ => E
    }, E: Succeed {} }";
    let mut errors = crate::errors::Errors::default();
    let checked = crate::expand::checked(&mut errors, crate::emit::Form::Machine, source.parse().unwrap());
    let holes = checked.unwrap().holes;
    let holes: Vec<_> = holes.iter().map(|(at, hole)| format!("{at} {}", hole.expression)).collect();
    assert_eq!(
        holes,
        [
            "/States/S/Choices/0/StringEquals first",
            "/States/S/Comment second",
            "/States/S/Choices/1/StringEquals third"
        ]
    );
}
