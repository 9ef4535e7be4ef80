//! No input panics: every token of a machine is taken away, doubled or replaced in turn.

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::emit::Form;
use crate::expand;

const MACHINE: &str = r#"
    #![express]
    StartAt: Fetch,
    States: {
        Fetch: Task {
            Resource: #(arn), Parameters: { id: $.user[0]["a b"].x-y, text: States.Format("{}", $$.a, -1) },
            Retry: [{ ErrorEquals: [States.ALL], BackoffRate: 2.0 }], Next: "Which plan?",
        },
        "Which plan?": Choice {
            $.plan == "pro" && !($.n >= -3 || is_null($.x)) => Done,
            matches($v.s, r"log-*") || $.a != string($.b) => { Next: Done, Assign: { a: $.b } },
            _ => Done,
        },
        Each: Map { ItemProcessor: { StartAt: A, States: { A: { Type: Pass, End: true } } }, Next: Done },
        Done: Succeed { QueryLanguage: JSONata, Output: "{% $x %}" },
    },
"#;

/// How many tokens there are, brackets counted as one.
fn count(tokens: &TokenStream) -> usize {
    tokens
        .clone()
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 1 + count(&group.stream()),
            _ => 1,
        })
        .sum()
}

/// The tokens with one of them changed; `index` counts down on the way.
fn change(
    tokens: TokenStream,
    index: &mut Option<usize>,
    by: &dyn Fn(TokenTree) -> Vec<TokenTree>,
) -> TokenStream {
    let mut changed = Vec::new();
    for token in tokens {
        if *index == Some(0) {
            *index = None;
            changed.extend(by(token));
            continue;
        }
        *index = index.map(|left| left - 1);
        changed.push(match token {
            TokenTree::Group(group) => {
                Group::new(group.delimiter(), change(group.stream(), index, by)).into()
            }
            token => token,
        });
    }
    changed.into_iter().collect()
}

#[track_caller]
fn check(by: &dyn Fn(TokenTree) -> Vec<TokenTree>) {
    let machine: TokenStream = MACHINE.parse().unwrap();
    for index in 0..count(&machine) {
        let changed = change(machine.clone(), &mut Some(index), by);
        for form in [Form::Machine, Form::Result, Form::Json] {
            let expansion = expand::definition(form, changed.clone());
            assert!(syn::parse2::<syn::Expr>(expansion).is_ok(), "{changed}");
        }
    }
}

#[test]
fn without_any_token_the_expansion_is_an_expression() {
    check(&|_| Vec::new());
}

#[test]
fn with_any_token_twice_the_expansion_is_an_expression() {
    check(&|token| vec![token.clone(), token]);
}

#[test]
fn with_any_other_token_the_expansion_is_an_expression() {
    for other in ["#", "$", ",", ":", "=>", "!", "-", "x", "'x'", "1", "\"s\"", "()", "[]", "{}", "$.", "::"]
    {
        let other: Vec<TokenTree> = other.parse::<TokenStream>().unwrap().into_iter().collect();
        check(&|_| other.clone());
    }
}

#[test]
fn an_empty_call_says_what_a_machine_needs() {
    let messages = super::messages(Form::Machine, "");
    assert_eq!(messages.len(), 1);
    assert!(
        messages[0].starts_with("[ASL0101] a state machine needs `StartAt` and `States`"),
        "{messages:?}"
    );
}
