//! Calls of functions and macros.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, Ident, LitStr, Macro, Token};

use super::expression::refuse;
use super::rewrite;
use super::{Scope, construct, control};
use crate::errors::Errors;

pub(super) fn is_capital(name: &Ident) -> bool {
    name.to_string().trim_start_matches("r#").starts_with(char::is_uppercase)
}

pub(super) fn call(call: &ExprCall, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = call.span();
    let Expr::Path(function) = &*call.func else {
        return refuse(
            errors,
            &call.func,
            "a workflow cannot call what is computed",
            "call a function with `#[expr_fn]` by its name",
        );
    };
    let path = &function.path;
    let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(last) = path.segments.last().map(|segment| &segment.ident) else { return super::noted(call) };
    let mut arguments = || -> Vec<TokenStream> {
        call.args.iter().map(|argument| rewrite(argument, scope, errors)).collect()
    };
    match names.as_slice() {
        ["Some"] => {
            let arguments = arguments();
            quote_spanned!(at=> ::asl_core::expr::some(#(#arguments),*))
        }
        ["Ok" | "Err"] => refuse(
            errors,
            call,
            "a `Result` is no data of a workflow",
            "return it from the workflow, or use an `Option`",
        ),
        // the same value in JSON
        [.., "Box" | "Rc" | "Arc", "new"] | [.., "String" | "Cow" | "Vec", "from"]
            if call.args.len() == 1 =>
        {
            let arguments = arguments();
            quote_spanned!(at=> #(#arguments)*)
        }
        [
            ..,
            "i16" | "i32" | "i64" | "u16" | "u32" | "u64" | "usize" | "isize" | "f64" | "Option",
            "from",
        ] if call.args.len() == 1 => {
            let ty = path.segments.iter().rev().nth(1).map(|segment| &segment.ident);
            let ty = ty.filter(|ty| *ty != "Option").map_or_else(|| quote!(_), |ty| quote!(#ty));
            let arguments = arguments();
            quote_spanned!(at=> #(#arguments)*.into::<#ty>())
        }
        [.., "cmp", "min" | "max"] if call.args.len() == 2 => {
            let arguments = arguments();
            let (left, right) = (&arguments[0], &arguments[1]);
            quote_spanned!(at=> #left.#last(#right))
        }
        ["Vec", "new"] | [.., "vec", "Vec", "new"] => quote_spanned!(at=> ::asl_core::expr::list([])),
        // nothing of the workflow is in it
        [_, .., _] if call.args.is_empty() && !is_capital(last) && is_of_type(&names) => {
            quote_spanned!(at=> ::asl_core::expr::constant(#call))
        }
        _ if is_capital(last) => construct::tuple(path, &call.args, scope, errors),
        [_, .., _] if is_of_type(&names) => refuse(
            errors,
            &call.func,
            &format!("a workflow cannot call `{}`, which belongs to a type", names.join("::")),
            "write a function of its own with `#[expr_fn]`, or do it in a task",
        ),
        [_] if scope.has(last) => refuse(
            errors,
            &call.func,
            "a workflow cannot call a local",
            "call a function with `#[expr_fn]` by its name",
        ),
        _ => {
            let arguments = arguments();
            quote_spanned!(at=> #path::staged(#(#arguments),*))
        }
    }
}

/// Whether the function belongs to a type.
fn is_of_type(names: &[&str]) -> bool {
    names.iter().rev().nth(1).is_some_and(|owner| {
        owner.starts_with(char::is_uppercase)
            || matches!(*owner, "str" | "char" | "bool" | "f32" | "f64")
            || matches!(owner.strip_prefix(['i', 'u']), Some("8" | "16" | "32" | "64" | "128" | "size"))
    })
}

pub(super) fn invocation(invocation: &Macro, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let name = invocation.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
    match name.as_str() {
        "format" => format(invocation, scope, errors),
        "vec" => {
            let elements = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(invocation.tokens.clone());
            match elements {
                Ok(elements) => {
                    let elements = elements.iter().map(|element| rewrite(element, scope, errors));
                    quote_spanned!(invocation.span()=> ::asl_core::expr::list([#(#elements),*]))
                }
                Err(_) => refuse(
                    errors,
                    invocation,
                    "a workflow cannot repeat an element",
                    "write `(0..count).map(|_| …).collect::<Vec<_>>()`",
                ),
            }
        }
        "matches" => control::matches(invocation, scope, errors),
        "println" | "print" | "eprintln" | "eprint" | "dbg" => refuse(
            errors,
            invocation,
            "a workflow cannot print",
            "take it out: the history of an execution shows the data of each state",
        ),
        "panic" | "todo" | "unimplemented" | "unreachable" | "assert" | "assert_eq" | "assert_ne" => {
            refuse(errors, invocation, "a workflow cannot panic", "return an error from the workflow")
        }
        _ => refuse(
            errors,
            invocation,
            &format!("it is not known what `{name}!` does, so that a workflow cannot do it"),
            "within an expression there are `format!`, `vec!` and `matches!`",
        ),
    }
}

/// `format!("… {} {name}", value)`
fn format(invocation: &Macro, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = invocation.span();
    let parsed = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(invocation.tokens.clone());
    let text = parsed.as_ref().ok().and_then(|arguments| match arguments.first() {
        Some(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) => Some(text.clone()),
        _ => None,
    });
    let (Ok(arguments), Some(text)) = (parsed, text) else {
        return refuse(
            errors,
            invocation,
            "`format!` needs a text and values",
            "write `format!(\"… {}\", value)`",
        );
    };
    let (mut named, mut positional) = (Vec::new(), Vec::new());
    for argument in arguments.iter().skip(1) {
        match argument {
            Expr::Assign(assign) => {
                if let Expr::Path(path) = &*assign.left {
                    named.extend(
                        path.path.get_ident().map(|name| (name.to_string(), (*assign.right).clone())),
                    );
                }
            }
            other => positional.push(other.clone()),
        }
    }
    let Some((pieces, holes)) = pieces(&text, errors) else { return super::noted(invocation) };
    let mut next = positional.iter();
    let mut values = Vec::new();
    for hole in holes {
        let value = if hole.is_empty() {
            next.next().cloned()
        } else if let Ok(index) = hole.parse::<usize>() {
            positional.get(index).cloned()
        } else {
            let found = named.iter().find(|(name, _)| *name == hole).map(|(_, value)| value.clone());
            found.or_else(|| {
                let name = syn::parse_str::<Ident>(&hole).ok()?;
                let name = format_ident!("{}", name, span = text.span());
                Some(syn::parse_quote!(#name))
            })
        };
        let Some(value) = value else {
            return refuse(
                errors,
                &text,
                &format!("there is no value for `{{{hole}}}`"),
                "give `format!` as many values as there are `{}`",
            );
        };
        let span = value.span();
        let value = rewrite(&value, scope, errors);
        values.push(quote_spanned!(span=> (#value).to_string()));
    }
    quote_spanned!(at=> ::asl_core::expr::format([#(#pieces),*], [#(#values),*]))
}

/// The texts around the holes, and what is written in each.
fn pieces(text: &LitStr, errors: &mut Errors) -> Option<(Vec<String>, Vec<String>)> {
    let value = text.value();
    let (mut pieces, mut holes, mut piece) = (Vec::new(), Vec::new(), String::new());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '{' | '}' if characters.peek() == Some(&character) => {
                characters.next();
                piece.push(character);
            }
            '{' => {
                let hole: String = characters.by_ref().take_while(|character| *character != '}').collect();
                let (name, form) = hole.split_once(':').unwrap_or((&hole, ""));
                if !form.trim().is_empty() {
                    refuse(
                        errors,
                        text,
                        &format!("a workflow cannot write a value as `{{{hole}}}`"),
                        "write `{}`; for other forms make the text of the value first, or in a task",
                    );
                    return None;
                }
                holes.push(name.trim().to_owned());
                pieces.push(std::mem::take(&mut piece));
            }
            other => piece.push(other),
        }
    }
    pieces.push(piece);
    Some((pieces, holes))
}
