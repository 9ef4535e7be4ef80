//! `#[expr_fn]`.
//!
//! Beside the function stands a type without values, of the same name: functions and types have names of their own,
//! and `use` brings both. Its function `staged` is what workflows call.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{FnArg, GenericParam, Ident, ItemFn, ReturnType, Type};

use super::expression::refuse;
use super::{Scope, control, erased, pattern};
use crate::errors::Errors;

/// The function, unchanged, and its staged twin; with errors, the function and the errors.
pub(crate) fn expr_fn(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    if let Some(first) = arguments.into_iter().next() {
        errors.push_with_help(first.span(), "`expr_fn` has no options", "write `#[expr_fn]`");
    }
    let function: ItemFn = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            let error = error.to_compile_error();
            return quote!(#error #item);
        }
    };
    if let Some(receiver) = function.sig.receiver() {
        return method(receiver, &function, errors);
    }
    let twin = twin(&function, &mut errors);
    if errors.barrier().is_ok() {
        return quote!(#item #twin);
    }
    let errors = errors.into_items();
    let stand_in = stand_in(&function);
    quote!(#item #errors #stand_in)
}

/// Among the functions of a type no other items can stand, so there is no place for a twin, nor for errors.
fn method(receiver: &syn::Receiver, function: &ItemFn, mut errors: Errors) -> TokenStream {
    let name = &function.sig.ident;
    refuse(
        &mut errors,
        receiver,
        "an `#[expr_fn]` is a function, no method",
        &format!(
            "write `#[expr_fn] fn {name}(value: &ThatType, …)` outside of the `impl`; a workflow calls `{name}(&value)`, \
             and a method for others may call it, too"
        ),
    );
    let ItemFn { attrs, vis, sig, block, .. } = function;
    let (errors, statements) = (errors.into_tokens(), &block.stmts);
    quote!(#(#attrs)* #vis #sig { #errors #(#statements)* })
}

fn twin(function: &ItemFn, errors: &mut Errors) -> TokenStream {
    let signature = &function.sig;
    if let Some(asyncness) = &signature.asyncness {
        // what it waits for would be an error of its own
        return refuse(
            errors,
            asyncness,
            "an `#[expr_fn]` cannot wait",
            "use `#[state_machine]` for what runs tasks",
        );
    }
    check(function, errors);
    let mut scope = Scope::default();
    let (mut parameters, mut wrap) = (Vec::new(), Vec::new());
    for (place, input) in signature.inputs.iter().enumerate() {
        let FnArg::Typed(input) = input else { continue };
        let Some(ty) = parameter_type(&input.ty, errors) else { continue };
        let parameter = Ident::new(&format!("__asl_{place}"), input.pat.span());
        let matched = pattern(&input.pat, &quote!(#parameter), &scope, errors);
        scope = scope.with(matched.names());
        let hint = matched.names().next().map_or_else(|| "value".to_owned(), ToString::to_string);
        parameters.push(quote_spanned!(input.span()=> #parameter: ::asl_core::expr::Expr<#ty>));
        wrap.push((hint, parameter, matched.lets()));
    }
    let output = output(function);
    let body = control::block(&function.block, &scope, errors);
    let body = wrap.into_iter().rev().fold(body, |body, (hint, parameter, lets)| {
        quote!(::asl_core::expr::let_in(#hint, #parameter, |#parameter| { #lets #body }))
    });
    let (vis, name) = (&function.vis, &signature.ident);
    let plain = name.to_string();
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs, dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
        #vis enum #name {}

        #[allow(missing_docs, dead_code, unreachable_pub, unused_variables, unused_braces, clippy::all, clippy::pedantic)]
        impl #name {
            #[doc(hidden)]
            pub fn staged(#(#parameters),*) -> ::asl_core::expr::Expr<#output> {
                ::asl_core::expr::structure::call(#plain, || #body)
            }
        }
    }
}

/// What others call while there are errors.
fn stand_in(function: &ItemFn) -> TokenStream {
    let is_type = |parameter: &GenericParam| !matches!(parameter, GenericParam::Lifetime(_));
    if function.sig.generics.params.iter().any(is_type) {
        // its types would be unknown here
        return TokenStream::new();
    }
    let (vis, name) = (&function.vis, &function.sig.ident);
    let output = output(function);
    let types = function.sig.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(input) => erased(&input.ty),
        FnArg::Receiver(_) => None,
    });
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, missing_docs, dead_code, unreachable_pub)]
        #vis enum #name {}

        #[allow(missing_docs, dead_code, unreachable_pub)]
        impl #name {
            #[doc(hidden)]
            pub fn staged(#(_: ::asl_core::expr::Expr<#types>),*) -> ::asl_core::expr::Expr<#output> {
                ::core::unreachable!()
            }
        }
    }
}

fn output(function: &ItemFn) -> TokenStream {
    match &function.sig.output {
        ReturnType::Type(_, ty) => erased(ty).unwrap_or_else(|| quote!(())),
        ReturnType::Default => quote!(()),
    }
}

fn parameter_type(ty: &Type, errors: &mut Errors) -> Option<TokenStream> {
    match ty {
        Type::Reference(reference) if reference.mutability.is_some() => {
            refuse(
                errors,
                ty,
                "nothing is changed through `&mut` in a workflow",
                "take the value and return the new one",
            );
            None
        }
        Type::ImplTrait(_) => {
            refuse(errors, ty, "the type of an argument must be known", "write the type itself");
            None
        }
        ty => erased(ty),
    }
}

/// What a pure function cannot be.
fn check(function: &ItemFn, errors: &mut Errors) {
    let signature = &function.sig;
    if let syn::Safety::Unsafe(unsafety) = &signature.safety {
        refuse(errors, unsafety, "a workflow has no `unsafe`", "do it in a task");
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            refuse(
                errors,
                parameter,
                "an `#[expr_fn]` has no type parameters",
                "write the function for the type that it is used with",
            );
        }
    }
    if matches!(signature.output, ReturnType::Default) {
        refuse(errors, &signature.ident, "an `#[expr_fn]` must give a value", "add `-> Type` and return it");
    }
    let name = signature.ident.to_string();
    let body = &function.block;
    for ident in calls_of(&name, quote!(#body)) {
        refuse(
            errors,
            &ident,
            "an expression of a workflow cannot call itself",
            "use an iterator, or a loop in a `#[state_machine]`",
        );
    }
}

/// Where the function calls itself.
fn calls_of(name: &str, tokens: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut after_dot = false;
    while let Some(token) = tokens.next() {
        match &token {
            proc_macro2::TokenTree::Group(group) => found.extend(calls_of(name, group.stream())),
            proc_macro2::TokenTree::Ident(ident) if ident == name && !after_dot => {
                let is_call = matches!(tokens.peek(), Some(proc_macro2::TokenTree::Group(group))
                    if group.delimiter() == proc_macro2::Delimiter::Parenthesis);
                if is_call {
                    found.push(ident.clone());
                }
            }
            _ => {}
        }
        after_dot = matches!(&token, proc_macro2::TokenTree::Punct(punct) if punct.as_char() == '.' || punct.as_char() == ':');
    }
    found
}
