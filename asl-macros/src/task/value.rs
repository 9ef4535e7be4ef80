//! Values in the attribute: JSON with names of parameters in it.

use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, Lit, LitStr, Token, braced, bracketed, parenthesized, token};

pub(super) enum Value {
    Text(LitStr),
    Integer(i64),
    Number(f64),
    Bool(bool),
    Null,
    /// `name`, or `Field.Field`.
    Path(Vec<Ident>),
    /// `text(value)`.
    AsText(Box<Value>),
    Object(Vec<(Key, Value)>),
    Array(Vec<Value>),
}

pub(super) struct Key {
    pub(super) text: String,
    pub(super) at: Span,
}

impl Parse for Key {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            let text: LitStr = input.parse()?;
            return Ok(Self { text: text.value(), at: text.span() });
        }
        let name = Ident::parse_any(input)?;
        Ok(Self { text: name.to_string(), at: name.span() })
    }
}

impl Parse for Value {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(token::Brace) {
            let inside;
            braced!(inside in input);
            let entry = |input: ParseStream<'_>| -> syn::Result<(Key, Self)> {
                let key = input.parse()?;
                input.parse::<Token![:]>()?;
                Ok((key, input.parse()?))
            };
            let entries = Punctuated::<_, Token![,]>::parse_terminated_with(&inside, entry)?;
            return Ok(Self::Object(entries.into_iter().collect()));
        }
        if input.peek(token::Bracket) {
            let inside;
            bracketed!(inside in input);
            let elements = Punctuated::<Self, Token![,]>::parse_terminated(&inside)?;
            return Ok(Self::Array(elements.into_iter().collect()));
        }
        if input.peek(Token![-]) {
            input.parse::<Token![-]>()?;
            return literal(input.parse()?, true);
        }
        if input.peek(Lit) {
            return literal(input.parse()?, false);
        }
        let first = Ident::parse_any(input).map_err(|error| {
            syn::Error::new(error.span(), "expected a value: JSON, the name of a parameter, or `token`")
        })?;
        if first == "null" {
            return Ok(Self::Null);
        }
        if first == "text" && input.peek(token::Paren) {
            let inside;
            parenthesized!(inside in input);
            return Ok(Self::AsText(Box::new(inside.parse()?)));
        }
        let mut path = vec![first];
        while input.peek(Token![.]) {
            input.parse::<Token![.]>()?;
            path.push(Ident::parse_any(input)?);
        }
        Ok(Self::Path(path))
    }
}

fn literal(literal: Lit, is_negative: bool) -> syn::Result<Value> {
    let at = literal.span();
    match literal {
        Lit::Str(text) if !is_negative => Ok(Value::Text(text)),
        Lit::Bool(value) if !is_negative => Ok(Value::Bool(value.value)),
        Lit::Int(number) => {
            let value: i64 = number.base10_parse()?;
            Ok(Value::Integer(if is_negative { -value } else { value }))
        }
        Lit::Float(number) => {
            let value: f64 = number.base10_parse()?;
            Ok(Value::Number(if is_negative { -value } else { value }))
        }
        _ => {
            Err(syn::Error::new(at, "this has no JSON: write a string, a number, `true`, `false` or `null`"))
        }
    }
}
