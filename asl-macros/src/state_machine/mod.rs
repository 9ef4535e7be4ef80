//! `#[state_machine]`: an `async fn` becomes a state machine, and stays what it is.
//!
//! The function is emitted as it was written, run by `Ctx::workflow`. Beside it stands a type of its name, whose
//! `definition()` runs a copy of the body in which each statement is a call of `asl_core::stage` and each expression is
//! rewritten by [`staged`](crate::staged): rustc checks the types of both.
//!
//! | pass | file | finds |
//! | --- | --- | --- |
//! | parse | `attribute`, `signature` | what the attribute and the signature say |
//! | resolve, check | `check` | what has no meaning as states wherever it stands |
//! | compile | `statement`, `value`, `condition`, … | what a statement or expression means, with the locals that it sees |
//! | emit | `emit` | |
//!
//! Behind each pass is a barrier: all of its errors are reported, none that follow from them. Whatever is wrong, the
//! original function is emitted.

mod attribute;
mod signature;
mod check;
mod purity;
mod misplaced;
mod scope;
mod statement;
mod binding;
mod value;
mod condition;
mod choice;
mod repeat;
mod jump;
mod assign;
mod taken;
mod entry;
mod work;
mod outcome;
mod handled;
mod named_outcome;
mod concurrent;
mod distributed;
mod duration;
mod text;
mod unknown_variant;
mod emit;
#[cfg(test)]
mod tests;

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::ItemFn;

use crate::errors::{Errors, Reported};
use attribute::Attribute;
use signature::Signature;

/// The tokens that replace the function.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let function: ItemFn = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => return unread(&error, item),
    };
    let mut errors = Errors::default();
    compiled(&mut errors, arguments, item, &function)
        .unwrap_or_else(|Reported| stand_in(errors, item, &function))
}

/// The function as it is, so that editors know it, beside what is wrong with it.
fn stand_in(errors: Errors, item: &TokenStream, function: &ItemFn) -> TokenStream {
    // what the function does not use is no news while something is wrong with it
    let quiet = quote!(#[allow(unused_variables, unused_mut, unused_assignments, unused_unsafe)]);
    if function.sig.receiver().is_some() {
        // among the functions of a type no other items can stand
        let ItemFn { attrs, vis, sig, block, .. } = function;
        let (errors, statements) = (errors.into_tokens(), &block.stmts);
        return quote!(#quiet #(#attrs)* #vis #sig { #errors #(#statements)* });
    }
    let stand_in = emit::stand_in(function);
    let errors = errors.into_items();
    quote!(#quiet #item #errors #stand_in)
}

/// The item as it is, if it is no function that can be read: rustc reports what is wrong with its body.
fn unread(error: &syn::Error, item: &TokenStream) -> TokenStream {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    if !tokens.iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "fn")) {
        let mut errors = Errors::default();
        errors.push_with_help(
            error.span(),
            "`#[state_machine]` is for a function",
            "put it on `async fn name(ctx: &Ctx, input: Input) -> Result<Output, Failure> { … }`",
        );
        let errors = errors.into_items();
        return quote!(#item #errors);
    }
    let error = error.to_compile_error();
    // a body that is being typed is still the user's function, and callers can go on
    if let Some(TokenTree::Group(_)) = tokens.pop() {
        let head: TokenStream = tokens.into_iter().collect();
        if let Ok(function) = syn::parse2::<ItemFn>(quote!(#head {})) {
            let stand_in =
                if function.sig.receiver().is_some() { None } else { Some(emit::stand_in(&function)) };
            return quote!(#error #item #stand_in);
        }
    }
    quote!(#error #item)
}

fn compiled(
    errors: &mut Errors,
    arguments: TokenStream,
    item: &TokenStream,
    function: &ItemFn,
) -> Result<TokenStream, Reported> {
    let attribute = attribute::parse(errors, arguments);
    let signature = signature::parse(errors, function);
    errors.barrier()?;
    let (Some(attribute), Some(signature)) = (attribute, signature) else { return Err(Reported) };
    check::check(errors, function);
    errors.barrier()?;
    let body = body(errors, function, &signature);
    errors.barrier()?;
    Ok(emit::items(function, item, &signature, &attribute, &body))
}

/// The statements that write the function down.
fn body(errors: &mut Errors, function: &ItemFn, signature: &Signature<'_>) -> TokenStream {
    let mut compiler = scope::Compiler::new(errors, signature.handle);
    let mut out = TokenStream::new();
    if let Some(input) = &signature.input {
        compiler.parameter(input.pattern, input.ty, &mut out);
    } else {
        out.extend(quote!(let __asl_input = __asl.slot::<()>("input");));
    }
    compiler.block(&function.block, &scope::Dest::Return, &mut out);
    out
}

/// What both `emit` and `check` ask of the attribute.
fn machine_name(attribute: &Attribute, function: &ItemFn) -> String {
    attribute.name.as_ref().map_or_else(|| function.sig.ident.to_string(), syn::LitStr::value)
}
