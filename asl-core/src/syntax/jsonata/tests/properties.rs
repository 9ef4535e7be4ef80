//! What holds for every text, and for every tree.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::{Argument, BinaryOperator, Expression, Item, Kind, Pair, SortTerm, Word, parser};
use super::tree_of;

/// Words of the language, right or wrong, to be put together at random.
fn soup() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "a",
        "b",
        "`c d`",
        "$",
        "$$",
        "$x",
        "$f",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ";",
        ":",
        ".",
        "..",
        "+",
        "-",
        "*",
        "**",
        "/",
        "%",
        "&",
        "=",
        "!=",
        "<",
        ">",
        "<=",
        ">=",
        "and",
        "or",
        "in",
        "?",
        "?:",
        "??",
        "~>",
        ":=",
        "^",
        "@",
        "#",
        "|",
        "1",
        "2.5",
        "'s'",
        "\"t\"",
        "true",
        "null",
        "/a/",
        "function",
        "λ",
        "function($x){",
        "<s-n:b>",
        "!",
        "~",
        "'",
        "`",
        "/*",
        "*/",
        "\\",
        "é",
        "\u{a0}",
        "1e999",
        r"'\q'",
    ]);
    let space = prop_oneof![3 => Just(""), 1 => Just(" ")];
    vec((word, space), 0..24)
        .prop_map(|words| words.iter().flat_map(|(word, space)| [*word, *space]).collect())
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => "[a-c]", 1 => "[a-z 0-9.é'\"$]{0,4}", 1 => Just("and".into()), 1 => Just("null".into())]
}

fn word() -> impl Strategy<Value = Word> {
    "[a-c]?".prop_map(|name| Word { name, span: 0..0 })
}

fn made(kind: Kind) -> Expression {
    Expression::new(kind, 0..0)
}

/// A path that starts with a path is one path.
fn path(mut steps: Vec<Expression>) -> Kind {
    while let Kind::Path(first) = steps[0].kind.clone() {
        steps.splice(0..1, first);
    }
    Kind::Path(steps)
}

/// Trees that a program may build, without the parentheses that they need.
fn any_tree() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        name().prop_map(Kind::Name),
        "[a-z]".prop_map(Kind::Variable),
        "[a-z'\"\\\\\n\u{1}é]{0,4}".prop_map(Kind::String),
        prop::num::f64::POSITIVE.prop_map(Kind::Number),
        Just(Kind::Boolean(true)),
        Just(Kind::Null),
        Just(Kind::Context),
        Just(Kind::Root),
        Just(Kind::Wildcard),
        Just(Kind::Descendants),
        Just(Kind::Parent),
    ];
    leaf.prop_map(made).prop_recursive(5, 48, 4, |inner| {
        let one = inner.clone().prop_map(Box::new).boxed();
        let many = vec(inner.clone(), 0..3);
        let pair = (inner.clone(), inner.clone()).prop_map(|(key, value)| Pair { key, value });
        let pairs = vec(pair, 0..3).boxed();
        let item = prop_oneof![
            inner.clone().prop_map(Item::Value),
            (inner.clone(), inner.clone()).prop_map(|(first, last)| Item::Range { first, last })
        ];
        let argument = prop_oneof![
            4 => inner.clone().prop_map(Argument::Value),
            1 => Just(Argument::Placeholder(0..0))
        ];
        let term =
            (inner.clone(), any::<bool>()).prop_map(|(by, descending)| SortTerm { by, descending });
        prop_oneof![
            4 => (operator(), one.clone(), one.clone())
                .prop_map(|(operator, left, right)| Kind::Binary { operator, left, right }),
            2 => vec(inner.clone(), 2..4).prop_map(path),
            1 => (one.clone(), one.clone()).prop_map(|(target, predicate)| Kind::Filter { target, predicate }),
            1 => one.clone().prop_map(Kind::KeepArray),
            1 => one.clone().prop_map(Kind::Negate),
            1 => (one.clone(), vec(term, 1..3)).prop_map(|(target, terms)| Kind::Sort { target, terms }),
            1 => (one.clone(), pairs.clone()).prop_map(|(target, pairs)| Kind::GroupBy { target, pairs }),
            1 => (one.clone(), word()).prop_map(|(target, variable)| Kind::Focus { target, variable }),
            1 => (one.clone(), word()).prop_map(|(target, variable)| Kind::Index { target, variable }),
            1 => (word(), one.clone()).prop_map(|(variable, value)| Kind::Bind { variable, value }),
            1 => vec(item, 0..3).prop_map(Kind::Array),
            1 => pairs.prop_map(Kind::Object),
            1 => many.prop_map(Kind::Block),
            1 => (vec(word(), 0..3), one.clone())
                .prop_map(|(parameters, body)| Kind::Lambda { parameters, signature: None, body }),
            1 => (one.clone(), vec(argument, 0..3))
                .prop_map(|(function, arguments)| Kind::Call { function, arguments }),
            2 => (one.clone(), one.clone(), prop::option::of(one.clone()))
                .prop_map(|(condition, then, otherwise)| Kind::Condition { condition, then, otherwise }),
            1 => (one.clone(), one.clone()).prop_map(|(value, default)| Kind::Default { value, default }),
            1 => (one.clone(), one.clone()).prop_map(|(value, default)| Kind::Coalesce { value, default }),
            1 => (one.clone(), one.clone(), prop::option::of(one))
                .prop_map(|(pattern, update, delete)| Kind::Transform { pattern, update, delete }),
        ]
        .prop_map(made)
    })
}

fn operator() -> impl Strategy<Value = BinaryOperator> {
    use BinaryOperator as Op;
    prop::sample::select(vec![
        Op::And,
        Op::Or,
        Op::In,
        Op::Equal,
        Op::NotEqual,
        Op::Less,
        Op::AtMost,
        Op::Greater,
        Op::AtLeast,
        Op::Add,
        Op::Subtract,
        Op::Multiply,
        Op::Divide,
        Op::Remainder,
        Op::Concatenate,
        Op::Chain,
    ])
}

/// The part in parentheses that hold nothing else.
fn bare(mut expression: &Expression) -> &Expression {
    while let Kind::Block(parts) = &expression.kind
        && let [only] = parts.as_slice()
    {
        expression = only;
    }
    expression
}

proptest! {
    #![proptest_config(ProptestConfig::default())]

    #[test]
    fn no_text_panics_and_faults_lie_inside_it(text in prop_oneof![soup(), ".*"]) {
        let parsed = Expression::parse(&text);
        for error in &parsed.errors {
            prop_assert!(text.get(error.at.clone()).is_some(), "{:?}", error);
        }
        let mut spans = Vec::new();
        parsed.expression.walk(&mut |part, _| spans.push(part.span.clone()));
        for span in spans {
            prop_assert!(text.get(span.clone()).is_some(), "{:?}", span);
        }
        if parsed.errors.is_empty() {
            let written = parsed.expression.to_string();
            prop_assert_eq!(Expression::parse_strict(&written), Ok(parsed.expression), "{}", written);
        }
    }

    #[test]
    fn a_tree_that_a_program_made_gets_the_parentheses_it_needs(expression in any_tree()) {
        let written = expression.to_string();
        // whether the steps make sense is not asked here
        let (again, errors) = parser::parse(&written);
        prop_assert!(errors.is_empty(), "{} {:?}", written, errors);
        prop_assert_eq!(tree_of(&again, bare), tree_of(&expression, bare), "{}", written);
        prop_assert_eq!(again.to_string(), written);
    }
}
