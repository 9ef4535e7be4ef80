//! The words of `#[state_machine(…)]`.

use asl_core::syntax::closest;
use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Lit, LitStr, Token};

use crate::errors::Errors;

#[derive(Default)]
pub(super) struct Attribute {
    pub(super) name: Option<LitStr>,
    pub(super) comment: Option<LitStr>,
    pub(super) arn: Option<LitStr>,
    /// Seconds.
    pub(super) timeout: Option<i64>,
    pub(super) is_express: bool,
    /// Whether no test comes with it: within a function there can be none.
    pub(super) is_untested: bool,
}

const WORDS: [&str; 6] = ["name", "timeout", "type", "comment", "arn", "test"];

const KNOWN: &str = "`name = \"…\"`, `timeout = \"1h\"`, `type = express`, `comment = \"…\"`, `arn = \"…\"` and `test = false`";

pub(super) fn parse(errors: &mut Errors, arguments: TokenStream) -> Option<Attribute> {
    let word = |input: ParseStream<'_>| -> syn::Result<(Ident, Option<Expr>)> {
        let name = Ident::parse_any(input)?;
        if !input.peek(Token![=]) {
            return Ok((name, None));
        }
        input.parse::<Token![=]>()?;
        Ok((name, Some(input.parse()?)))
    };
    let words = |input: ParseStream<'_>| Punctuated::<_, Token![,]>::parse_terminated_with(input, word);
    let words = match words.parse2(arguments) {
        Ok(words) => words,
        Err(error) => {
            let help = format!("known are {KNOWN}");
            errors.push_with_help(error.span(), "`#[state_machine]` takes words, each with its value", help);
            return None;
        }
    };
    let mut attribute = Attribute::default();
    let mut seen: Vec<String> = Vec::new();
    for (name, value) in words {
        let word = name.unraw().to_string();
        if seen.contains(&word) {
            errors.push(name.span(), format!("`{word}` is written twice"));
        }
        set(&mut attribute, &name, &word, value.as_ref(), errors);
        seen.push(word);
    }
    Some(attribute)
}

fn set(attribute: &mut Attribute, name: &Ident, word: &str, value: Option<&Expr>, errors: &mut Errors) {
    if !WORDS.contains(&word) {
        let help = match closest(word, WORDS.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("known are {KNOWN}"),
        };
        errors.push_with_help(name.span(), format!("`#[state_machine]` knows no `{word}`"), help);
        return;
    }
    let Some(value) = value else {
        let example = match word {
            "type" => "type = express".to_owned(),
            "test" => "test = false".to_owned(),
            "timeout" => "timeout = \"1h\"".to_owned(),
            _ => format!("{word} = \"…\""),
        };
        errors.push_with_help(name.span(), format!("`{word}` has no value"), format!("write `{example}`"));
        return;
    };
    match word {
        "timeout" => attribute.timeout = timeout(value, errors),
        "type" => match value {
            Expr::Path(path) if path.path.is_ident("express") => attribute.is_express = true,
            Expr::Path(path) if path.path.is_ident("standard") => {}
            other => {
                crate::staged::refuse(
                    errors,
                    other,
                    "a workflow is of the type `standard` or `express`",
                    "write `type = express`",
                );
            }
        },
        "test" => match value {
            Expr::Lit(syn::ExprLit { lit: Lit::Bool(test), .. }) => attribute.is_untested = !test.value,
            other => {
                crate::staged::refuse(
                    errors,
                    other,
                    "`test` is `true` or `false`",
                    "write `test = false` for a function within a function, where Rust runs no tests",
                );
            }
        },
        _ => {
            let Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = value else {
                crate::staged::refuse(
                    errors,
                    value,
                    &format!("`{word}` is a text"),
                    &format!("write `{word} = \"…\"`"),
                );
                return;
            };
            if word == "name" {
                machine_name(text, errors);
            }
            let place = match word {
                "name" => &mut attribute.name,
                "comment" => &mut attribute.comment,
                _ => &mut attribute.arn,
            };
            *place = Some(text.clone());
        }
    }
}

/// 1 to 80 characters, as `CreateStateMachine` takes them for logs: letters, digits, `-` and `_`.
fn machine_name(text: &LitStr, errors: &mut Errors) {
    let name = text.value();
    let is_usable = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if name.is_empty() || name.chars().count() > 80 || !name.chars().all(is_usable) {
        errors.push_with_help(
            text.span(),
            format!("`{name}` cannot name a state machine"),
            "a name has 1 to 80 characters: letters, digits, `-` and `_`",
        );
    }
}

fn timeout(value: &Expr, errors: &mut Errors) -> Option<i64> {
    let seconds = match value {
        Expr::Lit(syn::ExprLit { lit: Lit::Int(number), .. }) if number.suffix().is_empty() => {
            number.base10_parse().ok()
        }
        Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => seconds(&text.value()),
        _ => None,
    };
    if seconds.is_none_or(|seconds| seconds < 1) {
        crate::staged::refuse(
            errors,
            value,
            "this is no duration of at least a second",
            "write it with units, `timeout = \"1h 30m\"` (`d`, `h`, `m`, `s`), or as a number of seconds",
        );
        return None;
    }
    seconds
}

/// `1h`, `90m`, `1h 30m`, `2d`.
fn seconds(text: &str) -> Option<i64> {
    let (mut total, mut number) = (0_i64, String::new());
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        if letter.is_ascii_digit() {
            number.push(letter);
            continue;
        }
        let unit = match letter {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => return None,
        };
        total = total.checked_add(number.parse::<i64>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    (number.is_empty() && !text.trim().is_empty()).then_some(total)
}

#[cfg(test)]
mod unit {
    use super::seconds;

    #[test]
    fn durations_have_units() {
        assert_eq!(seconds("1h"), Some(3_600));
        assert_eq!(seconds("1h 30m"), Some(5_400));
        assert_eq!(seconds("2d5s"), Some(172_805));
        assert_eq!([seconds("5"), seconds(""), seconds("h"), seconds("1y")], [None; 4]);
    }
}
