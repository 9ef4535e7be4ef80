//! The derives: what a type's attributes say, as code that reads and builds its JSON.
//!
//! `attributes` is what serde is told, `fields` the fields of a struct or variant, `data` puts them together.

mod data;
mod fields;
mod attributes;
mod case;
mod untagged;

use proc_macro2::TokenStream;

use crate::errors::Errors;

/// `#[derive(AslData)]`
pub(crate) fn asl_data(input: TokenStream) -> TokenStream {
    let input: syn::DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    match data::derive(&input, &mut errors) {
        Ok(tokens) => tokens,
        // at the level of items an error ends with a semicolon
        Err(_) => errors.into_items(),
    }
}
