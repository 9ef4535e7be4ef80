//! Calls of functions and macros.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, Ident, Macro, Path, Token};

use super::expression::refuse;
use super::rewrite;
use super::{Scope, construct, control, format, json, library};
use crate::errors::Errors;
use crate::start;

pub(super) fn is_capital(name: &Ident) -> bool {
    name.to_string().trim_start_matches("r#").starts_with(char::is_uppercase)
}

pub(super) fn call(call: &ExprCall, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = start::of_expression(&call.func);
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
    if let Some(made) = library::made(call, path, &names, scope, errors) {
        return made;
    }
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
        // a method, called by the name of its type
        [.., owner, method] if !call.args.is_empty() && is_method(owner, method) => {
            let mut arguments = call.args.clone().into_iter();
            let Some(receiver) = arguments.next() else { return super::noted(call) };
            let as_method = syn::ExprMethodCall {
                attrs: Vec::new(),
                receiver: Box::new(receiver),
                dot_token: Token![.](last.span()),
                method: last.clone(),
                turbofish: None,
                paren_token: call.paren_token,
                args: arguments.collect(),
            };
            super::method::call(&as_method, scope, errors)
        }
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
            staged(path, &arguments, at)
        }
    }
}

/// The most arguments for which `asl_core::expr::plain` has a module.
const MOST_ARGUMENTS: usize = 8;

/// The call of the twin that `#[expr_fn]` made; for a function without one, a message about that.
fn staged(path: &Path, arguments: &[TokenStream], at: Span) -> TokenStream {
    let has_generics = path.segments.iter().any(|segment| !segment.arguments.is_empty());
    let name = path.segments.last().map(|last| &last.ident);
    let Some(name) = name.filter(|_| !has_generics && arguments.len() <= MOST_ARGUMENTS) else {
        return quote_spanned!(at=> #path::staged(#(#arguments),*));
    };
    let here = name.span();
    let otherwise = format_ident!("of_{}", arguments.len(), span = here);
    let function = Ident::new("__asl_function", here);
    let twin = quote_spanned!(here=> #function::staged);
    quote_spanned! {at=> {
        #[allow(unused_imports)]
        use ::asl_core::expr::plain::#otherwise::*;
        #[allow(unused_imports)]
        use #path as #function;
        #twin(#(#arguments),*)
    }}
}

/// Whether the function of a type of the standard library takes a value of it, as far as its name tells.
fn is_method(owner: &str, method: &str) -> bool {
    let makes_one = ["from", "try_from", "new", "with", "default", "repeat"]
        .iter()
        .any(|begin| method.starts_with(begin));
    let is_trait = matches!(owner, "ToString" | "ToOwned" | "Clone" | "Into");
    let is_known = is_trait
        || matches!(owner, "str" | "String" | "Option" | "Vec" | "bool" | "f32" | "f64")
        || matches!(owner.strip_prefix(['i', 'u']), Some("8" | "16" | "32" | "64" | "size"));
    is_known && !makes_one && !method.starts_with(char::is_uppercase)
}

/// Whether the path names a method of the standard library, or a conversion, that can be handed on: `str::to_owned`.
pub(super) fn is_handed_on(path: &Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let (Some(method), Some(owner)) = (names.next(), names.next()) else { return false };
    is_method(&owner, &method)
        || (method == "from" && matches!(owner.as_str(), "String" | "u64" | "i64" | "f64"))
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
        "format" => format::format(invocation, scope, errors),
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
        "json" => json::json(invocation, scope, errors),
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
            "within an expression there are `format!`, `vec!`, `matches!` and `json!`",
        ),
    }
}
