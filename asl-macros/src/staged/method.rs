//! Method calls, and the closures among their arguments.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure, ExprMethodCall};

use super::call::is_handed_on;
use super::expression::{place, refuse, rewrite};
use super::{Scope, operator, pattern, types};
use crate::errors::Errors;
use crate::start;

pub(super) fn call(call: &ExprMethodCall, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let name = call.method.to_string();
    if name == "clone" && call.args.is_empty() {
        return rewrite(&call.receiver, scope, errors);
    }
    if let Expr::Path(path) = without_parentheses(&call.receiver)
        && path.path.get_ident().is_some_and(|receiver| scope.is_handle(receiver))
    {
        return of_handle(call, errors);
    }
    if let (Expr::Range(range), "contains", Some(value)) =
        (without_parentheses(&call.receiver), name.as_str(), call.args.first())
    {
        return operator::range_contains(range, value, scope, errors);
    }
    // `into` takes the value itself
    let receiver = if name == "into" {
        rewrite(&call.receiver, scope, errors)
    } else {
        place(&call.receiver, scope, errors)
    };
    let arguments = call.args.iter().map(|argument| self::argument(&name, argument, scope, errors));
    let method = &call.method;
    let turbofish =
        call.turbofish.clone().map(|it| if name == "collect" { types::collected(it) } else { it });
    let arguments = quote!(#(#arguments),*);
    quote_spanned!(start::of_expression(&call.receiver)=> #receiver.#method #turbofish(#arguments))
}

/// Methods of the handle that give values.
const OF_HANDLE: &[&str] = &[
    "now",
    "millis",
    "random",
    "uuid",
    "execution_name",
    "execution_id",
    "execution_start_time",
    "role_arn",
    "state_machine_name",
    "state_machine_id",
];

fn of_handle(call: &ExprMethodCall, errors: &mut Errors) -> TokenStream {
    let method = &call.method;
    let known = OF_HANDLE.iter().any(|known| method == known);
    if known && call.args.is_empty() {
        return quote_spanned!(start::of_expression(&call.receiver)=> ::asl_core::stage::context::#method());
    }
    let listed: Vec<String> = OF_HANDLE.iter().map(|known| format!("`{known}()`")).collect();
    refuse(
        errors,
        method,
        &format!("`{method}` of the handle gives no value in a workflow"),
        &format!(
            "there are {}; `sleep` and `sleep_until` are awaited in a statement of their own",
            listed.join(", ")
        ),
    )
}

fn without_parentheses(expression: &Expr) -> &Expr {
    match expression {
        Expr::Paren(inner) => without_parentheses(&inner.expr),
        Expr::Group(inner) => without_parentheses(&inner.expr),
        other => other,
    }
}

/// Methods whose arguments are functions.
const TAKES_A_FUNCTION: &[&str] = &[
    "map",
    "map_or_else",
    "filter",
    "filter_map",
    "flat_map",
    "and_then",
    "or_else",
    "unwrap_or_else",
    "any",
    "all",
    "find",
    "find_map",
    "position",
    "min_by_key",
    "max_by_key",
    "sorted_by_key",
    "map_or",
    "is_ok_and",
    "fold",
    "is_some_and",
    "is_none_or",
    "for_each",
];

fn argument(method: &str, argument: &Expr, scope: &Scope, errors: &mut Errors) -> TokenStream {
    match argument {
        Expr::Closure(closure) => self::closure(closure, scope, errors),
        Expr::Path(path) if TAKES_A_FUNCTION.contains(&method) => match path.path.get_ident() {
            Some(name) if name == "Some" => quote_spanned!(path.span()=> ::asl_core::expr::some),
            Some(name) if scope.has(name) => rewrite(argument, scope, errors),
            // the start of a fold, the default of a map
            None if matches!(method, "fold" | "map_or") => rewrite(argument, scope, errors),
            None if is_handed_on(&path.path) => {
                let name = &path.path;
                let closure = syn::parse_quote_spanned!(path.span()=> |__asl_item| #name(__asl_item));
                self::closure(&closure, scope, errors)
            }
            _ => {
                let name = &path.path;
                let name = quote!(#name).to_string().replace(' ', "");
                refuse(
                    errors,
                    argument,
                    &format!("the function `{name}` cannot be handed on in a workflow"),
                    &format!("write a closure: `|value| {name}(value)`"),
                )
            }
        },
        _ => rewrite(argument, scope, errors),
    }
}

fn closure(closure: &ExprClosure, scope: &Scope, errors: &mut Errors) -> TokenStream {
    if let Some(asyncness) = &closure.asyncness {
        return refuse(
            errors,
            asyncness,
            "a closure within an expression cannot wait for a task",
            "run tasks over a list with `map_each(items, async |item| …)`, or in a `for` loop",
        );
    }
    let mut scope = scope.closure();
    let mut parameters = Vec::new();
    let mut bindings = TokenStream::new();
    for (place, input) in closure.inputs.iter().enumerate() {
        let parameter = format_ident!("__asl_{}", place, span = input.span());
        let matched = pattern(input, &quote!(#parameter), &scope, errors);
        let names: Vec<_> = matched.names().cloned().collect();
        bindings.extend(matched.lets());
        scope = scope.with(&names);
        parameters.push(parameter);
    }
    let body = rewrite(&closure.body, &scope, errors);
    quote_spanned!(closure.span()=> |#(#parameters),*| { #bindings #body })
}
