//! Types as they are in an expression: without references and lifetimes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned;
use syn::{AngleBracketedGenericArguments, GenericArgument, PathArguments, Type};

/// The type that a value of `ty` has in an expression; nothing if it is to be found by rustc.
pub(crate) fn erased(ty: &Type) -> Option<TokenStream> {
    if has_hole(ty) {
        return None;
    }
    let owned = owned(ty);
    Some(quote::quote_spanned!(ty.span()=> <#owned as ::asl_core::expr::AslData>::Data))
}

/// Whether `_` stands in it.
fn has_hole(ty: &Type) -> bool {
    quote!(#ty).into_iter().any(holds_underscore)
}

fn holds_underscore(token: proc_macro2::TokenTree) -> bool {
    match token {
        proc_macro2::TokenTree::Group(group) => group.stream().into_iter().any(holds_underscore),
        proc_macro2::TokenTree::Ident(ident) => ident == "_",
        proc_macro2::TokenTree::Punct(_) | proc_macro2::TokenTree::Literal(_) => false,
    }
}

/// What a list or a map is collected to: an expression has one type for each of both.
pub(super) fn collected(mut turbofish: AngleBracketedGenericArguments) -> AngleBracketedGenericArguments {
    if let Some(GenericArgument::Type(Type::Path(path))) = turbofish.args.first_mut()
        && let Some(last) = path.path.segments.last()
    {
        let arguments = &last.arguments;
        if last.ident == "HashMap" || last.ident == "IndexMap" {
            path.path = syn::parse_quote!(::std::collections::BTreeMap #arguments);
        } else if last.ident == "VecDeque" {
            path.path = syn::parse_quote!(::std::vec::Vec #arguments);
        }
    }
    turbofish
}

/// Without references, which would need lifetimes.
fn owned(ty: &Type) -> Type {
    match ty {
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(::std::string::String),
            inner => owned(inner),
        },
        Type::Slice(slice) => {
            let element = owned(&slice.elem);
            syn::parse_quote!(::std::vec::Vec<#element>)
        }
        Type::Paren(inner) => owned(&inner.elem),
        Type::Group(inner) => owned(&inner.elem),
        Type::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(owned);
            syn::parse_quote!((#(#parts,)*))
        }
        Type::Path(path) => {
            let mut path = path.clone();
            for segment in &mut path.path.segments {
                if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
                    for argument in &mut arguments.args {
                        match argument {
                            GenericArgument::Type(ty) => *ty = owned(ty),
                            GenericArgument::Lifetime(lifetime) => {
                                *lifetime = syn::Lifetime::new("'static", lifetime.span());
                            }
                            _ => {}
                        }
                    }
                }
            }
            Type::Path(path)
        }
        other => other.clone(),
    }
}
