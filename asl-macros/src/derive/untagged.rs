//! How the variants of an untagged enum can be told apart by their JSON.
//!
//! Serde takes the first variant that can be read. A workflow can ask for the JSON type of a value, and which fields
//! it has; where that does not decide, the enum is refused.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;
use syn::spanned::Spanned;

use super::attributes::LeftOut;
use super::fields::{Content, Form, last_name};
use crate::errors::Errors;

/// What a variant is told by.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Told {
    /// The name that JSONata's `$type` has for it.
    Type(&'static str),
    /// An object with these fields.
    Fields(Vec<String>),
}

pub(super) fn tell<'a>(
    at: Span,
    variants: impl Iterator<Item = (&'a Ident, &'a Content)>,
    errors: &mut Errors,
) -> Vec<Told> {
    let mut told: Vec<(&Ident, Told)> = Vec::new();
    for (ident, content) in variants {
        let Some(own) = of(content) else {
            let place = content.fields.first().map_or_else(|| ident.span(), |field| field.ty.span());
            errors.push_with_help(
                place,
                format!("a workflow cannot tell by its JSON whether a value is `{ident}`"),
                "write its fields in the variant, or use `#[serde(tag = \"…\")]`",
            );
            continue;
        };
        for (other, before) in &told {
            let is_hidden = match (before, &own) {
                (Told::Type(before), Told::Type(own)) => before == own,
                (Told::Fields(before), Told::Fields(own)) => before.iter().all(|field| own.contains(field)),
                _ => false,
            };
            if is_hidden {
                errors.push_with_help(
                    at,
                    format!("a workflow cannot tell `{ident}` from `{other}` by their JSON"),
                    "use `#[serde(tag = \"…\")]`, or put the variant with more fields first",
                );
            }
        }
        told.push((ident, own));
    }
    told.into_iter().map(|(_, told)| told).collect()
}

fn of(content: &Content) -> Option<Told> {
    match content.form {
        Form::Unit => Some(Told::Type("null")),
        Form::Array => Some(Told::Type("array")),
        Form::Object => Some(Told::Fields(
            content
                .fields
                .iter()
                .filter(|field| {
                    let optional = last_name(&field.ty).is_some_and(|name| name == "Option");
                    let attributes = &field.attributes;
                    let left_out = matches!(attributes.left_out, Some(LeftOut::None));
                    !optional && !left_out && attributes.default.is_none() && attributes.flatten.is_none()
                })
                .map(|field| field.name.clone())
                .collect(),
        )),
        Form::Only => {
            let name = last_name(&content.fields.first()?.ty)?;
            Some(Told::Type(match name.as_str() {
                "String" | "str" | "char" => "string",
                "bool" => "boolean",
                "Vec" => "array",
                "i8" | "i16" | "i32" | "i64" | "isize" | "u8" | "u16" | "u32" | "u64" | "usize" | "f32"
                | "f64" => "number",
                _ => return None,
            }))
        }
    }
}

/// Whether `__asl_value` is the variant at a place: it has what tells it, and nothing that tells one before it.
pub(super) fn test(told: &[Told], place: usize) -> TokenStream {
    let own = own_test(&told[place]);
    let before = told[..place]
        .iter()
        .filter(|before| matches!((before, &told[place]), (Told::Fields(_), Told::Fields(_))));
    before.fold(own, |test, before| {
        let before = own_test(before);
        quote!(::asl_core::expr::and(#test, ::asl_core::expr::not(#before)))
    })
}

fn own_test(told: &Told) -> TokenStream {
    let structure = quote!(::asl_core::expr::structure);
    match told {
        Told::Type(name) => quote!(#structure::is_type(__asl_value, #name)),
        Told::Fields(names) => {
            let object = quote!(#structure::is_type(__asl_value, "object"));
            names.iter().fold(
                object,
                |test, name| quote!(::asl_core::expr::and(#test, #structure::has(__asl_value, #name))),
            )
        }
    }
}
