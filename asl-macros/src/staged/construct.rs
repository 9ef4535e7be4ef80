//! Structs and variants, built by what the derives made for them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprStruct, Index, Path, Token};

use super::Scope;
use super::call::is_capital;
use super::expression::{place, rewrite};
use crate::errors::Errors;
use crate::start;

/// The type, and the function of it for what the path names: a struct, or a variant.
pub(crate) fn named(path: &Path, function: &str) -> (Path, syn::Ident) {
    let span = path.segments.last().map_or_else(|| path.span(), |last| last.ident.span());
    let owner = path.segments.iter().rev().nth(1).map(|segment| &segment.ident);
    if !owner.is_some_and(is_capital) {
        return (path.clone(), format_ident!("__asl_{}", function, span = span));
    }
    let mut owner = path.clone();
    let variant = owner.segments.pop().map(|segment| segment.ident.to_string()).unwrap_or_default();
    owner.segments.pop_punct();
    (owner, format_ident!("__asl_{}_{}", function, variant.trim_start_matches("r#"), span = span))
}

/// Whether the path names a variant.
pub(super) fn is_variant(path: &Path) -> bool {
    path.segments.iter().rev().nth(1).is_some_and(|owner| is_capital(&owner.ident))
}

/// `Path { field: value, ..base }`
pub(super) fn literal(literal: &ExprStruct, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = literal.span();
    let sets = literal.fields.iter().map(|field| {
        let member = &field.member;
        let value = rewrite(&field.expr, scope, errors);
        quote_spanned!(field.span()=> __asl_fields.#member = #value;)
    });
    let sets = quote!(#(#sets)*);
    if let Some(base) = &literal.rest {
        let (owner, function) = named(&literal.path, "with");
        let base = place(base, scope, errors);
        return quote_spanned!(at=> #owner::#function(&#base, |__asl_fields| { #sets }));
    }
    let (owner, function) = named(&literal.path, "new");
    quote_spanned!(at=> #owner::#function(|__asl_fields| { #sets }))
}

/// `Path(value, …)`
pub(super) fn tuple(
    path: &Path,
    arguments: &Punctuated<Expr, Token![,]>,
    scope: &Scope,
    errors: &mut Errors,
) -> TokenStream {
    let (owner, function) = named(path, "new");
    let sets = arguments.iter().zip(0_u32..).map(|(argument, index)| {
        let at = start::of_expression(argument);
        let index = Index { index, span: at };
        let value = rewrite(argument, scope, errors);
        quote_spanned!(at=> __asl_fields.#index = #value;)
    });
    let sets = quote!(#(#sets)*);
    quote_spanned!(path.span()=> #owner::#function(|__asl_fields| { #sets }))
}
