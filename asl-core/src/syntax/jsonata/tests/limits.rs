//! Long and deep expressions.

use std::time::{Duration, Instant};

use super::super::{ErrorCode, Expression, MAX_DEPTH};

/// Does all that goes through a tree, on less than the 2 MiB that Rust gives a thread.
fn survives(text: String) -> Vec<ErrorCode> {
    let all = move || {
        let parsed = Expression::parse(&text);
        let written = parsed.expression.to_string();
        let again = Expression::parse(&written);
        assert!(!parsed.errors.is_empty() || again.expression == parsed.expression.clone());
        assert!(!format!("{:?}", parsed.expression).is_empty());
        parsed.expression.walk(&mut |_, _| {});
        parsed.errors.iter().map(|error| error.code).collect()
    };
    let stack = 1_500 << 10;
    std::thread::Builder::new().stack_size(stack).spawn(all).unwrap().join().unwrap()
}

/// A form that holds one more of itself, in front of and behind what it holds.
const NESTINGS: [(&str, &str); 20] = [
    ("(", ")"),
    ("[", "]"),
    ("[1..", "]"),
    ("{'a':", "}"),
    ("{", ": 1}"),
    ("a{'a':", "}"),
    ("$f(", ")"),
    ("$f", "(a)"),
    ("a[", "]"),
    ("a^(", ")"),
    ("a.(", ")"),
    ("-", ""),
    ("a ? ", " : b"),
    ("a ? b : ", ""),
    ("a ?: ", ""),
    ("$a := ", ""),
    ("function(){", "}"),
    ("|a|", "|"),
    ("", "[0]"),
    ("", " + 1"),
];

#[test]
fn an_expression_may_be_as_deep_as_the_limit_says() {
    for (open, close) in NESTINGS {
        // some forms nest two levels at a time
        let depth = MAX_DEPTH / 2 - 1;
        let text = format!("{}a{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(survives(text), [], "{open}{close}");
    }
    let sum = format!("1{}", " + 1".repeat(MAX_DEPTH - 1));
    assert_eq!(survives(sum), []);
}

#[test]
fn a_deeper_expression_is_refused_and_nothing_overflows() {
    for (open, close) in NESTINGS {
        let text = format!("{}a{}", open.repeat(20_000), close.repeat(20_000));
        assert_eq!(survives(text), [ErrorCode::TooDeep], "{open}{close}");
        survives(open.repeat(20_000));
        survives(close.repeat(20_000));
    }
    survives(format!("λ($a)<{}s{}>{{1}}", "a<".repeat(20_000), ">".repeat(20_000)));
    survives("!".repeat(20_000));
    survives("=".repeat(20_000));
}

#[test]
fn time_grows_with_the_length() {
    let parents = format!("a{}{}", ".a.%".repeat(20_000), ".%".repeat(20_000));
    for text in [
        format!("a{}", ".b".repeat(50_000)),
        format!("[a{}]", ", b.c".repeat(20_000)),
        format!("'{}'", r"\u0041\n".repeat(20_000)),
        format!("/{}/", r"\\a".repeat(20_000)),
        "a b, ".repeat(20_000),
        ") ".repeat(20_000),
        "' ".repeat(20_000),
        parents,
    ] {
        let start = Instant::now();
        let parsed = Expression::parse(&text);
        assert!(parsed.expression.span.end <= text.len());
        // a tenth of a second without a second reader; quadratic ways take minutes
        assert!(start.elapsed() < Duration::from_secs(10), "{}", &text[..20]);
    }
}
