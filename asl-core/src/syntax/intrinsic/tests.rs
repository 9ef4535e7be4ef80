//! What calls look like, and the messages for those that go wrong.

use proptest::prelude::*;

use super::{ArgumentValue, Intrinsic};
use crate::syntax::MAX_DEPTH;

#[track_caller]
fn parse(text: &str) -> Intrinsic {
    Intrinsic::parse(text).unwrap_or_else(|error| panic!("{text}: {error} at {:?}", error.at))
}

#[track_caller]
fn refused(text: &str) -> String {
    let error = Intrinsic::parse(text).unwrap_err();
    let help = error.help.map(|help| format!("\n    {help}")).unwrap_or_default();
    format!("`{text}`\n  {:?} {}{help}", error.at, error.message)
}

#[track_caller]
fn faults(text: &str) -> String {
    let line = |fault: super::SyntaxError| {
        let help = fault.help.map(|help| format!(" ({help})")).unwrap_or_default();
        format!("\n  `{}` {}{help}", &text[fault.at.clone()], fault.message)
    };
    format!("{text}{}", parse(text).type_faults().into_iter().map(line).collect::<String>())
}

#[test]
fn calls_with_every_kind_of_argument_parse_and_display() {
    for (text, displayed) in [
        ("States.UUID()", "States.UUID()"),
        ("States.UUID( )   ", "States.UUID()"),
        ("States.Array()", "States.Array()"),
        ("States.Array(1,-2.5,1e3,true,false,null)", "States.Array(1, -2.5, 1000.0, true, false, null)"),
        (
            "States.Array( 'a' ,$.b[0]['c'], $$.Task.Token,$v )",
            "States.Array('a', $.b[0].c, $$.Task.Token, $v)",
        ),
        ("States.MathAdd(States.ArrayLength($.a), -1)", "States.MathAdd(States.ArrayLength($.a), -1)"),
        (r"States.Format('\'{}\' \{\} \\', $.a)", r"States.Format('\'{}\' \{\} \\', $.a)"),
        ("States.Format('costs ${}', ${Price})", "States.Format('costs ${}', ${Price})"),
        ("States.Array($.a[?(@.b == 'x,)')], $.c-d)", "States.Array($.a[?(@.b == 'x,)')], $.c-d)"),
        ("States.Array($.a.length(), $, $)", "States.Array($.a.length(), $, $)"),
        ("States.StringSplit('a\nb', '\n')", "States.StringSplit('a\nb', '\n')"),
        ("States.Format('a\\nb')", "States.Format('a\\nb')"),
        ("States.StringToJson('{\"a\": [1]}')", "States.StringToJson('{\"a\": [1]}')"),
        ("States.Format('{}', $.${Key}.a)", "States.Format('{}', $.${Key}.a)"),
    ] {
        let call = parse(text);
        assert_eq!(call.to_string(), displayed);
        assert_eq!(call, parse(displayed));
    }
}

#[test]
fn spans_are_those_of_the_whole_text() {
    let text = "States.Format('{}', States.ArrayGetItem($.a.b, 0))";
    let call = parse(text);
    assert_eq!(call.span, 0..text.len());
    assert_eq!(&text[call.arguments[0].span.clone()], "'{}'");
    let ArgumentValue::Call(inner) = &call.arguments[1].value else { panic!() };
    assert_eq!(&text[inner.span.clone()], "States.ArrayGetItem($.a.b, 0)");
    let ArgumentValue::Path(path) = &inner.arguments[0].value else { panic!() };
    assert_eq!(&text[path.segments()[1].span.clone()], ".b");
}

#[test]
fn a_message_says_what_is_wrong_with_a_call() {
    let errors = [
        "",
        "States.Xyz($.a)",
        "States.Fromat('a')",
        "states.format('a')",
        "Format('a')",
        " States.UUID()",
        "States. ",
        "States.UUID",
        "States.StringToJson $.a)",
        "States.JsonToString($",
        "States.Array(1,)",
        "States.Array(,1)",
        "States.Array(1 2)",
        "States.Array($.a $.b)",
        "States.Array($.)",
        "States.Array(\"a\")",
        "States.Array(a)",
        "States.Array(007)",
        "States.Array('a)",
        "States.Array({})",
        "States.UUID().a",
        "States.UUID())",
        "States.Format(Format('a'))",
    ]
    .map(refused);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    ``
      0..0 expected a function such as `States.Format`, found the end of the call
    `States.Xyz($.a)`
      0..10 there is no intrinsic function `States.Xyz`
    `States.Fromat('a')`
      0..13 there is no intrinsic function `States.Fromat`
        did you mean `States.Format`?
    `states.format('a')`
      0..13 there is no intrinsic function `states.format`
        did you mean `States.Format`?
    `Format('a')`
      0..6 there is no intrinsic function `Format`
        did you mean `States.Format`?
    ` States.UUID()`
      0..1 expected a function such as `States.Format`, found a space
    `States. `
      0..7 there is no intrinsic function `States.`
    `States.UUID`
      11..11 expected `(` directly after `States.UUID`, found the end of the call
    `States.StringToJson $.a)`
      19..20 expected `(` directly after `States.StringToJson`, found a space
    `States.JsonToString($`
      19..21 the `(` of the call has no closing `)`
    `States.Array(1,)`
      15..16 expected an argument, found `)`
        an argument is a path, a string in single quotes, a number, `true`, `false`, `null` or a call
    `States.Array(,1)`
      13..14 expected an argument, found `,`
        an argument is a path, a string in single quotes, a number, `true`, `false`, `null` or a call
    `States.Array(1 2)`
      15..16 expected `,` or `)` after an argument, found `2`
    `States.Array($.a $.b)`
      17..18 expected `,` or `)` after an argument, found `$`
    `States.Array($.)`
      15..16 expected a field name after `.`, found `)`
    `States.Array("a")`
      13..14 expected an argument, found `"`
        strings in intrinsic functions have single quotes: `'text'`
    `States.Array(a)`
      13..14 expected an argument, found the word `a`
        write `'a'` for the string, `$.a` for the field
    `States.Array(007)`
      13..16 `007` is not a number as JSON writes them
    `States.Array('a)`
      13..16 a string that starts with `'` has no closing `'`
    `States.Array({})`
      13..14 expected an argument, found `{`
        an argument is a path, a string in single quotes, a number, `true`, `false`, `null` or a call
    `States.UUID().a`
      13..14 expected nothing after the closing `)`, found `.`
        a call has no fields; assign its result first and take the field in the next state
    `States.UUID())`
      13..14 expected nothing after the closing `)`, found `)`
    `States.Format(Format('a'))`
      14..20 there is no intrinsic function `Format`
        did you mean `States.Format`?
    "#);
}

#[test]
fn a_function_wants_its_number_of_arguments() {
    let errors = [
        "States.UUID(1)",
        "States.ArrayLength()",
        "States.Hash($.a)",
        "States.Format()",
        "States.MathRandom(1)",
        "States.MathRandom(1, 2, 3, 4)",
        "States.Array(States.Hash($.a))",
    ]
    .map(refused);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    `States.UUID(1)`
      11..14 `States.UUID` takes no arguments, found 1
        call it as `States.UUID()`
    `States.ArrayLength()`
      18..20 `States.ArrayLength` takes 1 argument, found 0
        call it as `States.ArrayLength(array)`
    `States.Hash($.a)`
      11..16 `States.Hash` takes 2 arguments, found 1
        call it as `States.Hash(data, algorithm)`
    `States.Format()`
      13..15 `States.Format` takes at least 1 argument, found 0
        call it as `States.Format(template, values…)`
    `States.MathRandom(1)`
      17..20 `States.MathRandom` takes 2 or 3 arguments, found 1
        call it as `States.MathRandom(start, end[, seed])`
    `States.MathRandom(1, 2, 3, 4)`
      17..29 `States.MathRandom` takes 2 or 3 arguments, found 4
        call it as `States.MathRandom(start, end[, seed])`
    `States.Array(States.Hash($.a))`
      24..29 `States.Hash` takes 2 arguments, found 1
        call it as `States.Hash(data, algorithm)`
    "#);
}

#[test]
fn a_backslash_before_a_double_quote_is_refused_as_the_service_was_recorded_to_do() {
    let errors = [
        r#"States.StringToJson('{"text":"An \"escaped double quote\" here"}')"#,
        r#"States.Format('He said, \"Hello, {}!\"', 'Test \"Name\" Here')"#,
    ]
    .map(refused);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    `States.StringToJson('{"text":"An \"escaped double quote\" here"}')`
      33..35 `\"` is not an escape of intrinsic functions
        remove the backslash: inside single quotes a `"` stands for itself
    `States.Format('He said, \"Hello, {}!\"', 'Test \"Name\" Here')`
      24..26 `\"` is not an escape of intrinsic functions
        remove the backslash: inside single quotes a `"` stands for itself
    "#);
    parse(r#"States.Format('a \\" b')"#);
}

#[test]
fn type_faults_tell_what_literals_show() {
    let found = [
        "States.MathAdd(1, '-1')",
        "States.MathAdd('a', null)",
        "States.ArrayLength('a')",
        "States.ArrayLength(States.UUID())",
        "States.StringSplit('a', States.MathAdd(1, true))",
        "States.Format('{} {}', $.a)",
        "States.Format('{}')",
        "States.Format('', 1)",
        "States.ArrayRange(1, 9, 0)",
        "States.ArrayPartition($.a, 0)",
        "States.ArrayGetItem($.a, -1)",
        "States.Hash($.a, 'md5')",
        "States.JsonMerge($.a, $.b, true)",
        r"States.Format('a\nb')",
    ]
    .map(faults);
    insta::assert_snapshot!(found.join("\n"), @r#"
    States.MathAdd(1, '-1')
      `'-1'` `States.MathAdd` wants a number as its argument `second`, found a string (remove the quotes: `-1`)
    States.MathAdd('a', null)
      `'a'` `States.MathAdd` wants a number as its argument `first`, found a string
      `null` `States.MathAdd` wants a number as its argument `second`, found null
    States.ArrayLength('a')
      `'a'` `States.ArrayLength` wants an array as its argument `array`, found a string
    States.ArrayLength(States.UUID())
      `States.UUID()` `States.ArrayLength` wants an array as its argument `array`, found a string
    States.StringSplit('a', States.MathAdd(1, true))
      `States.MathAdd(1, true)` `States.StringSplit` wants a string as its argument `delimiters`, found a number
      `true` `States.MathAdd` wants a number as its argument `second`, found a boolean
    States.Format('{} {}', $.a)
      `'{} {}'` the template has 2 `{}`, but 1 value follows it (write one `{}` for each value; a brace that stays is `\{`)
    States.Format('{}')
      `'{}'` the template has 1 `{}`, but 0 values follow it (write one `{}` for each value; a brace that stays is `\{`)
    States.Format('', 1)
      `''` the template has 0 `{}`, but 1 value follows it (write one `{}` for each value; a brace that stays is `\{`)
    States.ArrayRange(1, 9, 0)
      `0` the step of a range must not be 0
    States.ArrayPartition($.a, 0)
      `0` the size of a partition must be at least 1
    States.ArrayGetItem($.a, -1)
      `-1` an index counts from 0 and must not be negative
    States.Hash($.a, 'md5')
      `'md5'` `States.Hash` has no algorithm `md5` (it has `MD5`, `SHA-1`, `SHA-256`, `SHA-384`, `SHA-512`)
    States.JsonMerge($.a, $.b, true)
      `true` `States.JsonMerge` merges the top level only (write `false`)
    States.Format('a\nb')
      `\n` `\n` is not an escape of intrinsic functions (only `\'`, `\{`, `\}` and `\\` are)
    "#);
}

#[test]
fn what_cannot_be_known_is_no_fault() {
    for text in [
        "States.MathAdd($.a, ${B})",
        "States.Format($.template, 1, 2)",
        "States.Hash($.a, '${Algorithm}')",
        "States.Hash('a', 'SHA-512')",
        "States.ArrayLength(States.StringToJson($.a))",
        "States.Array(1, 'a', null, States.UUID())",
        "States.JsonMerge($.a, $.b, false)",
        "States.Format('${Stage} {}', $.a)",
    ] {
        assert_eq!(parse(text).type_faults(), [], "{text}");
    }
}

#[test]
fn a_field_calls_at_most_ten_functions() {
    let calls = |inner: usize| format!("States.Array({})", vec!["States.UUID()"; inner].join(","));
    assert_eq!(parse(&calls(9)).type_faults(), []);
    assert_eq!(
        parse(&calls(10)).type_faults()[0].message,
        "a field may call 10 intrinsic functions, this calls 11"
    );
}

#[test]
fn nesting_ends_in_an_error_and_not_in_a_full_stack() {
    let nested = |depth: usize| format!("{}{}", "States.Array(".repeat(depth), ")".repeat(depth));
    assert_eq!(parse(&nested(MAX_DEPTH)).to_string(), nested(MAX_DEPTH));
    let message = format!("nested more than {MAX_DEPTH} levels deep");
    assert_eq!(Intrinsic::parse(&nested(100_000)).unwrap_err().message, message);
    let mixed = format!("States.Array($[?({}", "(".repeat(100_000));
    assert_eq!(Intrinsic::parse(&mixed).unwrap_err().message, message);
}

#[test]
fn a_long_call_takes_a_time_in_proportion() {
    parse(&format!("States.Array(0{})", ",'a'".repeat(200_000)));
    let _ = parse(&format!("States.Format('{}')", r"\'{}${a".repeat(200_000))).type_faults();
    assert!(Intrinsic::parse(&"a".repeat(1_000_000)).is_err());
    assert!(Intrinsic::parse(&format!("States.Array({})", "1".repeat(1_000_000))).is_err());
}

fn scraps() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "States.",
        "States.Format",
        "States.Array(",
        "States.UUID()",
        "(",
        ")",
        ",",
        " ",
        "'",
        "'{}'",
        "\\'",
        "\\",
        "$",
        "$.a",
        "$$.b",
        "$v",
        "-1",
        "2.5",
        "1e400",
        "true",
        "null",
        "x",
        "${",
        "${A}",
        "}",
        "\"",
        "[?(@.a)]",
        ".length()",
        "ж",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = Intrinsic::parse(&text);
        let _ = Intrinsic::parse(&format!("States.Array({text})")).map(|call| call.type_faults());
    }

    #[test]
    fn what_displays_parses_to_the_same_call_and_errors_point_into_the_text(text in scraps()) {
        for text in [text.clone(), format!("States.Array({text})"), format!("States.Format('{text}')")] {
            match Intrinsic::parse(&text) {
                Ok(call) => {
                    for fault in call.type_faults() {
                        prop_assert!(text.get(fault.at).is_some());
                    }
                    prop_assert_eq!(&Intrinsic::parse(&call.to_string()), &Ok(call), "{}", text);
                }
                Err(error) => prop_assert!(text.get(error.at).is_some()),
            }
        }
    }
}
