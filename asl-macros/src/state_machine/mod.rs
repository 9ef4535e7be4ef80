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
mod scope;
mod statement;
mod binding;
mod value;
mod condition;
mod choice;
mod repeat;
mod jump;
mod assign;
mod work;
mod outcome;
mod handled;
mod concurrent;
mod distributed;
mod duration;
mod text;
mod emit;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

use crate::errors::{Errors, Reported};
use attribute::Attribute;
use signature::Signature;

/// The tokens that replace the function.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let function: ItemFn = match syn::parse2(item.clone()) {
        Ok(function) => function,
        Err(error) => {
            // a body that is being typed is still the user's function
            let error = error.to_compile_error();
            return quote!(#error #item);
        }
    };
    let mut errors = Errors::default();
    match compiled(&mut errors, arguments, &function) {
        Ok(tokens) => tokens,
        Err(Reported) => {
            if function.sig.receiver().is_some() {
                // among the functions of a type no other items can stand
                let ItemFn { attrs, vis, sig, block, .. } = &function;
                let (errors, statements) = (errors.into_tokens(), &block.stmts);
                return quote!(#(#attrs)* #vis #sig { #errors #(#statements)* });
            }
            let stand_in = emit::stand_in(&function);
            let errors = errors.into_items();
            quote!(#item #errors #stand_in)
        }
    }
}

fn compiled(errors: &mut Errors, arguments: TokenStream, function: &ItemFn) -> Result<TokenStream, Reported> {
    let attribute = attribute::parse(errors, arguments);
    let signature = signature::parse(errors, function);
    errors.barrier()?;
    let (Some(attribute), Some(signature)) = (attribute, signature) else { return Err(Reported) };
    check::check(errors, function);
    errors.barrier()?;
    let body = body(errors, function, &signature);
    errors.barrier()?;
    Ok(emit::items(function, &signature, &attribute, &body))
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
