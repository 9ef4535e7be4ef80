//! The words of `#[task(…)]`.

use asl_core::syntax::closest;
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, parenthesized, token};

use super::value::Value;
use crate::errors::Errors;

/// What is called, and how.
pub(super) struct Attribute {
    pub(super) target: Target,
    pub(super) wait_for_task_token: Option<Span>,
    pub(super) sync: Option<Span>,
    pub(super) payload: Option<(Span, Value)>,
    pub(super) result: Option<(Span, Value)>,
    pub(super) name: Option<LitStr>,
    /// `method = "POST"`, by name.
    pub(super) options: Vec<(Ident, Value)>,
}

pub(super) enum Target {
    /// `lambda = "…"`.
    Named(Ident, LitStr),
    /// `dynamodb::put_item(table = "…")`.
    Action { path: Vec<Ident>, arguments: Vec<(Ident, Value)> },
}

/// The words before an ARN, a URL or a name.
pub(super) const TARGETS: [&str; 9] =
    ["lambda", "lambda_invoke", "activity", "sqs", "sns", "events", "state_machine", "http", "resource"];
const SETTINGS: [&str; 3] = ["payload", "result", "name"];
const FLAGS: [&str; 2] = ["wait_for_task_token", "sync"];
/// Which options a target has.
const OPTIONS: [(&str, &[&str]); 2] =
    [("http", &["method", "connection"]), ("events", &["source", "detail_type"])];

enum Word {
    Flag(Ident),
    Setting(Ident, Value),
    Action { path: Vec<Ident>, arguments: Vec<(Ident, Value)> },
}

pub(super) fn parse(errors: &mut Errors, arguments: TokenStream) -> Option<Attribute> {
    let words = |input: ParseStream<'_>| Punctuated::<Word, Token![,]>::parse_terminated_with(input, word);
    let words = match words.parse2(arguments) {
        Ok(words) => words,
        Err(error) => {
            errors.push(error.span(), error.to_string());
            return None;
        }
    };
    let mut attribute = Draft::default();
    for word in words {
        match word {
            Word::Flag(name) => attribute.flag(errors, &name),
            Word::Setting(name, value) => attribute.setting(errors, name, value),
            Word::Action { path, arguments } => {
                let at = path[0].span();
                attribute.target(errors, at, Target::Action { path, arguments });
            }
        }
    }
    attribute.finish(errors)
}

fn word(input: ParseStream<'_>) -> syn::Result<Word> {
    let first = Ident::parse_any(input)?;
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(Word::Setting(first, input.parse()?));
    }
    if !input.peek(Token![::]) {
        return Ok(Word::Flag(first));
    }
    let mut path = vec![first];
    while input.peek(Token![::]) {
        input.parse::<Token![::]>()?;
        path.push(Ident::parse_any(input)?);
    }
    let mut arguments = Vec::new();
    if input.peek(token::Paren) {
        let inside;
        parenthesized!(inside in input);
        let argument = |input: ParseStream<'_>| -> syn::Result<(Ident, Value)> {
            let name = Ident::parse_any(input)?;
            input.parse::<Token![=]>()?;
            Ok((name, input.parse()?))
        };
        arguments =
            Punctuated::<_, Token![,]>::parse_terminated_with(&inside, argument)?.into_iter().collect();
    }
    Ok(Word::Action { path, arguments })
}

#[derive(Default)]
struct Draft {
    target: Option<Target>,
    wait_for_task_token: Option<Span>,
    sync: Option<Span>,
    payload: Option<(Span, Value)>,
    result: Option<(Span, Value)>,
    name: Option<LitStr>,
    options: Vec<(Ident, Value)>,
}

impl Draft {
    fn target(&mut self, errors: &mut Errors, at: Span, target: Target) {
        if self.target.is_some() {
            errors.push_with_help(at, "a task calls one thing", "declare a function for each");
        }
        self.target.get_or_insert(target);
    }

    fn flag(&mut self, errors: &mut Errors, name: &Ident) {
        let word = name.to_string();
        match word.as_str() {
            "wait_for_task_token" => once(errors, &mut self.wait_for_task_token, name, name.span()),
            "sync" => once(errors, &mut self.sync, name, name.span()),
            known if TARGETS.contains(&known) || SETTINGS.contains(&known) => {
                errors.push_with_help(
                    name.span(),
                    format!("`{word}` has no value"),
                    format!("write `{word} = \"…\"`"),
                );
            }
            _ => unknown(errors, name),
        }
    }

    fn setting(&mut self, errors: &mut Errors, name: Ident, value: Value) {
        let word = name.to_string();
        match word.as_str() {
            "payload" => once(errors, &mut self.payload, &name, (name.span(), value)),
            "result" => once(errors, &mut self.result, &name, (name.span(), value)),
            "name" => {
                if let Some(text) = text(errors, &name, value) {
                    once(errors, &mut self.name, &name, text);
                }
            }
            known if TARGETS.contains(&known) => {
                if let Some(text) = text(errors, &name, value) {
                    self.target(errors, name.span(), Target::Named(name, text));
                }
            }
            known if OPTIONS.iter().any(|(_, options)| options.contains(&known)) => {
                self.options.push((name, value));
            }
            known if FLAGS.contains(&known) => {
                errors.push_with_help(
                    name.span(),
                    format!("`{word}` has a value"),
                    format!("write `{word}` alone"),
                );
            }
            _ => unknown(errors, &name),
        }
    }

    fn finish(self, errors: &mut Errors) -> Option<Attribute> {
        let Self { target, wait_for_task_token, sync, payload, result, name, options } = self;
        let Some(target) = target else {
            // what stands instead has been said
            if errors.barrier().is_ok() {
                errors.push_with_help(
                    Span::call_site(),
                    "it is not said what the task calls",
                    "write `#[task(lambda = \"${FetchUserArn}\")]`, or an action such as \
                     `#[task(dynamodb::put_item(table = \"${Table}\"))]`",
                );
            }
            return None;
        };
        let of = match &target {
            Target::Named(name, _) => name.to_string(),
            Target::Action { .. } => String::new(),
        };
        for (option, _) in &options {
            let known = OPTIONS.iter().find(|(_, options)| options.iter().any(|known| option == known));
            if let Some((owner, _)) = known
                && *owner != of
            {
                errors.push(option.span(), format!("`{option}` belongs to `{owner} = \"…\"` only"));
            }
        }
        if let (Some(at), Some(_)) = (sync, wait_for_task_token) {
            errors.push_with_help(
                at,
                "a task waits for its job or for its token, not for both",
                "remove `sync` or `wait_for_task_token`",
            );
        }
        Some(Attribute { target, wait_for_task_token, sync, payload, result, name, options })
    }
}

fn once<T>(errors: &mut Errors, place: &mut Option<T>, name: &Ident, value: T) {
    if place.is_some() {
        errors.push(name.span(), format!("`{name}` is written twice"));
    }
    place.get_or_insert(value);
}

fn text(errors: &mut Errors, name: &Ident, value: Value) -> Option<LitStr> {
    if let Value::Text(text) = value {
        return Some(text);
    }
    errors.push_with_help(
        name.span(),
        format!("`{name}` is a text that is known when the program is compiled"),
        format!("write `{name} = \"…\"`; what is known at deployment only is a placeholder, `\"${{Name}}\"`"),
    );
    None
}

fn unknown(errors: &mut Errors, name: &Ident) {
    let options = OPTIONS.iter().flat_map(|(_, options)| options.iter());
    let known = TARGETS.iter().chain(&SETTINGS).chain(&FLAGS).chain(options).copied();
    let word = name.to_string();
    let help = match closest(&word, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!(
            "known are {}, `service::action(…)`, {}",
            listed(&TARGETS),
            listed(&[&SETTINGS[..], &FLAGS].concat())
        ),
    };
    errors.push_with_help(name.span(), format!("`#[task]` knows no `{word}`"), help);
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
