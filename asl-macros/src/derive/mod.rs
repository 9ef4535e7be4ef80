//! The derives: what a type's attributes say, as code that reads and builds its JSON.
//!
//! `attributes` is what serde is told, `fields` the fields of a struct or variant, `data` puts them together; `error` is
//! about enums of errors.

mod data;
mod error;
mod fields;
mod attributes;
mod case;
mod untagged;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::{Errors, Reported};

/// `#[derive(AslData)]`
pub(crate) fn asl_data(input: TokenStream) -> TokenStream {
    derived(input, data::derive)
}

/// `#[derive(AslError)]`
pub(crate) fn asl_error(input: TokenStream) -> TokenStream {
    derived(input, error::derive)
}

fn derived(
    input: TokenStream,
    derive: fn(&DeriveInput, &mut Errors) -> Result<TokenStream, Reported>,
) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    // rustc keeps the type itself whatever a derive says
    derive(&input, &mut errors).unwrap_or_else(|Reported| errors.into_items())
}
