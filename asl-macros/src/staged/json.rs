//! `json!`: literal JSON with values of the workflow in it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Ident, Macro, Token, braced, bracketed, token};

use super::Scope;
use super::expression::{refuse, rewrite};
use crate::errors::Errors;
use crate::start;

/// What `json!` takes.
pub(crate) enum Json {
    Null(Ident),
    Array(Span, Punctuated<Json, Token![,]>),
    Object(Span, Punctuated<Entry, Token![,]>),
    Value(Box<Expr>),
}

/// `"key": value`
pub(crate) struct Entry {
    key: Expr,
    colon: Token![:],
    value: Json,
}

impl Parse for Json {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(token::Brace) {
            let entries;
            let at = braced!(entries in input).span.open();
            return Ok(Self::Object(at, entries.parse_terminated(Entry::parse, Token![,])?));
        }
        if input.peek(token::Bracket) {
            let elements;
            let at = bracketed!(elements in input).span.open();
            return Ok(Self::Array(at, elements.parse_terminated(Self::parse, Token![,])?));
        }
        if input.fork().parse::<Ident>().is_ok_and(|word| word == "null") {
            return Ok(Self::Null(input.parse()?));
        }
        Ok(Self::Value(input.parse()?))
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self { key: input.parse()?, colon: input.parse()?, value: input.parse()? })
    }
}

impl ToTokens for Json {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::Null(null) => quote!(#null),
            Self::Array(at, elements) => quote_spanned!(*at=> [#elements]),
            Self::Object(at, entries) => quote_spanned!(*at=> {#entries}),
            Self::Value(value) => quote!(#value),
        });
    }
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self { key, colon, value } = self;
        tokens.extend(quote!(#key #colon #value));
    }
}

impl Json {
    /// The expressions in it, in the order in which they are computed.
    pub(crate) fn expressions(&mut self) -> Vec<&mut Expr> {
        match self {
            Self::Null(_) => Vec::new(),
            Self::Array(_, elements) => elements.iter_mut().flat_map(Self::expressions).collect(),
            Self::Object(_, entries) => entries
                .iter_mut()
                .flat_map(|Entry { key, value, .. }| std::iter::once(key).chain(value.expressions()))
                .collect(),
            Self::Value(value) => vec![value],
        }
    }

    fn staged(&self, scope: &Scope, errors: &mut Errors) -> TokenStream {
        match self {
            Self::Null(null) => {
                quote_spanned!(null.span()=> ::asl_core::expr::json_part(::asl_core::expr::lit(())))
            }
            Self::Array(at, elements) => {
                let elements = elements.iter().map(|element| element.staged(scope, errors));
                quote_spanned!(*at=> ::asl_core::expr::json_array([#(#elements),*]))
            }
            Self::Object(at, entries) => {
                let entries = entries.iter().map(|Entry { key, value, .. }| {
                    let (key, value) = (rewrite(key, scope, errors), value.staged(scope, errors));
                    quote!((#key, #value))
                });
                quote_spanned!(*at=> ::asl_core::expr::json_object([#(#entries),*]))
            }
            Self::Value(value) => {
                let (at, value) = (start::of_expression(value), rewrite(value, scope, errors));
                quote_spanned!(at=> ::asl_core::expr::json_part(#value))
            }
        }
    }
}

pub(super) fn json(invocation: &Macro, scope: &Scope, errors: &mut Errors) -> TokenStream {
    match invocation.parse_body::<Json>() {
        Ok(json) => {
            let json = json.staged(scope, errors);
            quote!(#json.into_expr())
        }
        Err(_) => refuse(
            errors,
            invocation,
            "this is no JSON that a workflow can read",
            "write `json!({ \"key\": value, \"list\": [1, 2] })`",
        ),
    }
}
