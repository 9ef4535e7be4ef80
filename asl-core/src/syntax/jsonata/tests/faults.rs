//! Each fault, and what is found behind it.

use super::super::{ErrorCode, Expression};

fn faults(text: &str) -> String {
    let errors = Expression::parse(text).errors;
    let lines = errors.iter().map(|error| {
        let help = error.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("  {} {:?} {}{help}", error.code, error.at, error.message)
    });
    format!("{text}\n{}", lines.collect::<Vec<_>>().join("\n"))
}

/// One text for each fault.
const ONE_EACH: [(ErrorCode, &str); 28] = [
    (ErrorCode::UnclosedString, "$f('a, b)"),
    (ErrorCode::NumberOutOfRange, "1 + 1e1000"),
    (ErrorCode::UnknownEscape, r"'\d'"),
    (ErrorCode::UnicodeEscape, r"'\u12'"),
    (ErrorCode::UnclosedName, "a.`b c"),
    (ErrorCode::UnclosedComment, "a /* b"),
    (ErrorCode::Trailing, "'Hello ' $name"),
    (ErrorCode::Unexpected, "$f(a b)"),
    (ErrorCode::UnexpectedEnd, "$f(a"),
    (ErrorCode::UnknownOperator, "!a"),
    (ErrorCode::MissingOperand, "a + "),
    (ErrorCode::Parameter, "function(x){ x }"),
    (ErrorCode::PredicateAfterGroup, "[1]{'a': $} [0]"),
    (ErrorCode::SecondGroup, "a{b: c}{d: e}"),
    (ErrorCode::NotAPrefix, "a = = b"),
    (ErrorCode::AssignToValue, "a := 1"),
    (ErrorCode::LiteralStep, "a.7"),
    (ErrorCode::NotAVariable, "a@x.b"),
    (ErrorCode::FocusAfterPredicate, "a[0]@$x"),
    (ErrorCode::FocusAfterSort, "a^(b)@$x"),
    (ErrorCode::NoParent, "$x.%"),
    (ErrorCode::EmptyRegex, "$f(//)"),
    (ErrorCode::UnclosedRegex, "$f(/(a/)"),
    (ErrorCode::TypeParameter, "λ($a)<n<n>>{1}"),
    (ErrorCode::ParameterizedChoice, "λ($a)<(sa<n>)>{1}"),
    (ErrorCode::InvalidRegex, "$f(/[z-a]/)"),
    (ErrorCode::InvalidSignature, "λ($a)<s?+>{1}"),
    (ErrorCode::TooDeep, "a.b[%]"),
];

#[test]
fn each_fault_is_named_at_its_place() {
    let deep = "(".repeat(500);
    let texts = ONE_EACH.map(|(code, text)| {
        let text = if code == ErrorCode::TooDeep { &deep } else { text };
        let errors = Expression::parse(text).errors;
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), [code], "{text}");
        faults(text).replace(&deep, "((…")
    });
    assert_eq!(ONE_EACH.map(|(code, _)| code), ErrorCode::ALL);
    insta::assert_snapshot!(texts.join("\n"));
}

#[test]
fn several_faults_are_found_at_once() {
    let texts = [
        "$f(a b, c d)",
        "[1, , 2, +]",
        "{'a' 1, 'b': , 'c': 3}",
        "($a := ; $b = = 2; x := 3)",
        "a) + b) + c",
        "a; b; c",
        "$f([a, (b], c)",
        "a[b.7].true{c: d}{e: f}",
        r"'\d' & '\e'",
        "! ! a ~ b",
        "function(a, b c){ + }",
        "function($a) $a",
        "function($a)<n<n>>>{ 1 : 2 }",
        "a^b",
        "a ? : b",
        "|a|, b|",
        "|a, b|",
        "%.a + %",
        "$x.(%.%)",
        "$f(a, `b",
        "a@ + b#",
        "/[/ + ",
    ];
    insta::assert_snapshot!(texts.map(faults).join("\n"));
}

#[test]
fn an_empty_expression_lacks_a_value() {
    insta::assert_snapshot!(["", " ", "/* a */"].map(faults).join("\n"), @"
    
      S0207 0..0 the expression is empty
     
      S0207 1..1 the expression is empty
    /* a */
      S0207 7..7 the expression is empty
    ");
}

#[test]
fn a_slash_after_these_brackets_is_no_division() {
    // quirks of the reference: what it takes for a regular expression depends on the bracket before
    for text in ["a[] / 2", "a^(b) / 2", "function(){1} / 2", "(/a/)", "[/a/]", "{/a/: 1}"] {
        assert!(Expression::parse_strict(text).is_err(), "{text}");
    }
    for text in ["a[0] / 2", "(a) / 2", "$f() / 2", "$f(/a/)", "[0, /a/]", "(0; /a/)"] {
        assert!(Expression::parse_strict(text).is_ok(), "{text}");
    }
}

#[test]
fn a_group_is_the_whole_path_s_and_stays_when_it_goes_on() {
    assert!(Expression::parse_strict("a{b: c}[0]").is_ok());
    assert_eq!(Expression::parse("a{b: c}.d{e: f}").errors[0].code, ErrorCode::SecondGroup);
}
