//! `#[task]`: a declaration becomes a function that calls a task, and a description of the Task state.
//!
//! `signature` and `attribute` read what is written; `family` makes arguments and a resource of it, in the way of the
//! integration; `check` holds them against the catalogue; `emit` writes the code. Each stops at its end if there were
//! errors. Whatever is wrong, a function of the declared signature is left, so that its callers compile.

mod signature;
mod attribute;
mod value;
mod tree;
mod spelling;
mod family;
mod check;
mod emit;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;

use crate::errors::{Errors, Reported};
use emit::Description;
use signature::Declaration;

/// The tokens that replace the declaration.
pub(crate) fn expand(arguments: TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let Ok(declaration) = signature::parse(&mut errors, item) else {
        // what is no function has no signature to keep
        let errors = errors.into_tokens();
        return quote::quote!(#errors #item);
    };
    match described(&mut errors, &declaration, arguments) {
        Ok(description) => emit::task(&declaration, &description),
        Err(Reported) => emit::fallback(&declaration, errors),
    }
}

/// Parse, check: with a barrier behind each.
fn described(
    errors: &mut Errors,
    declaration: &Declaration,
    arguments: TokenStream,
) -> Result<Description, Reported> {
    let signature = signature::check(errors, declaration);
    let attribute = attribute::parse(errors, arguments);
    errors.barrier()?;
    let (Some(signature), Some(attribute)) = (signature, attribute) else { return Err(Reported) };
    let task = family::resolve(errors, &signature, attribute);
    errors.barrier()?;
    let Some(task) = task else { return Err(Reported) };
    check::check(errors, &signature, &task);
    errors.barrier()?;
    Ok(Description { task, discards_result: signature.gives_nothing })
}
