//! What serde's attributes say of names and shapes.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, LitStr, Path, Token};

use super::case::Case;
use crate::errors::Errors;

/// Where an attribute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Container,
    Variant,
    Field,
}

/// What takes the place of a field that is left out.
#[derive(Clone)]
pub(super) enum Default {
    /// The `Default` of the type.
    OfType,
    /// What a function gives.
    Function(Path),
}

/// When a field is not written.
#[derive(Debug, Clone, Copy)]
pub(super) enum LeftOut {
    None,
    EmptyText,
    EmptyList,
    EmptyMap,
}

/// The attributes of a container, a variant or a field, as far as they matter.
#[derive(std::default::Default)]
pub(super) struct Attributes {
    pub(super) rename: Option<String>,
    pub(super) rename_all: Option<Case>,
    pub(super) rename_all_fields: Option<Case>,
    pub(super) tag: Option<String>,
    pub(super) content: Option<String>,
    pub(super) untagged: Option<Span>,
    pub(super) transparent: bool,
    pub(super) default: Option<Default>,
    pub(super) left_out: Option<LeftOut>,
    pub(super) flatten: Option<Span>,
    pub(super) skip: bool,
}

impl Attributes {
    pub(super) fn of(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Self {
        let mut found = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            let read = attribute.parse_nested_meta(|meta| found.take(&meta, place, errors));
            if let Err(error) = read {
                errors.push(error.span(), error.to_string());
            }
        }
        found
    }

    fn take(&mut self, meta: &ParseNestedMeta<'_>, place: Place, errors: &mut Errors) -> syn::Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let at = meta.path.span();
        match name.as_str() {
            "rename" => self.rename = both(meta, errors)?.map(|text| text.value()),
            "rename_all" => self.rename_all = case(meta, errors)?,
            "rename_all_fields" => self.rename_all_fields = case(meta, errors)?,
            "tag" => self.tag = Some(meta.value()?.parse::<LitStr>()?.value()),
            "content" => self.content = Some(meta.value()?.parse::<LitStr>()?.value()),
            "untagged" if place == Place::Container => self.untagged = Some(at),
            "transparent" => self.transparent = true,
            "default" => {
                self.default = Some(if meta.input.peek(Token![=]) {
                    let path = meta.value()?.parse::<LitStr>()?;
                    Default::Function(path.parse()?)
                } else {
                    Default::OfType
                });
            }
            "skip_serializing_if" => {
                let path = meta.value()?.parse::<LitStr>()?;
                self.left_out = left_out(&path, errors);
            }
            "flatten" => self.flatten = Some(at),
            "skip" => self.skip = true,
            // these change neither names nor shapes
            "deny_unknown_fields" | "bound" | "crate" | "expecting" | "borrow" => ignore(meta)?,
            _ => {
                ignore(meta)?;
                let (what, help) = unsupported(&name, place);
                errors.push_with_help(at, what, help);
            }
        }
        Ok(())
    }
}

/// Why an attribute cannot be, and what to do.
fn unsupported(name: &str, place: Place) -> (String, String) {
    let what = format!("data of a workflow cannot have `#[serde({name})]`");
    let help = match name {
        "with" | "serialize_with" | "deserialize_with" | "from" | "try_from" | "into" | "remote"
        | "getter" => "its JSON is made by code that a workflow cannot run: write the type as its JSON is",
        "alias" => "a workflow reads one name: use `rename`, and let a task read the others",
        "skip_serializing" | "skip_deserializing" => {
            "what is written must be what is read: use `skip` for both"
        }
        "other" | "untagged" if place == Place::Variant => {
            "a workflow tells each variant by a tag of its own: name the variants, or read `serde_json::Value`"
        }
        _ => "it is not known what it does to the JSON",
    };
    (what, help.to_owned())
}

/// A name that must be the same for writing and for reading.
fn both(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<LitStr>> {
    if meta.input.peek(Token![=]) {
        return Ok(Some(meta.value()?.parse()?));
    }
    let (mut serialize, mut deserialize) = (None, None);
    meta.parse_nested_meta(|meta| {
        let text: LitStr = meta.value()?.parse()?;
        if meta.path.is_ident("serialize") {
            serialize = Some(text);
        } else {
            deserialize = Some(text);
        }
        Ok(())
    })?;
    match (serialize, deserialize) {
        (Some(serialize), Some(deserialize)) if serialize.value() == deserialize.value() => {
            Ok(Some(serialize))
        }
        _ => {
            errors.push_with_help(
                meta.path.span(),
                "data of a workflow cannot have one name when it is written and another when it is read",
                "give one name: `rename = \"…\"`",
            );
            Ok(None)
        }
    }
}

fn case(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<Option<Case>> {
    let Some(text) = both(meta, errors)? else { return Ok(None) };
    let case = Case::named(&text.value());
    if case.is_none() {
        let names: Vec<_> = Case::NAMES.iter().map(|(name, _)| format!("`{name}`")).collect();
        let help = format!("use one of {}", names.join(", "));
        errors.push_with_help(text.span(), format!("serde has no case `{}`", text.value()), help);
    }
    Ok(case)
}

fn left_out(path: &LitStr, errors: &mut Errors) -> Option<LeftOut> {
    let text = path.value().replace(' ', "");
    let parts: Vec<&str> = text.split("::").collect();
    let known = match parts.as_slice() {
        [.., "Option", "is_none"] => Some(LeftOut::None),
        [.., "String", "is_empty"] | ["str", "is_empty"] => Some(LeftOut::EmptyText),
        [.., "Vec", "is_empty"] => Some(LeftOut::EmptyList),
        [.., "BTreeMap" | "HashMap" | "IndexMap", "is_empty"] => Some(LeftOut::EmptyMap),
        _ => None,
    };
    if known.is_none() {
        errors.push_with_help(
            path.span(),
            format!("a workflow cannot ask `{}`", path.value()),
            "use `Option::is_none`, `String::is_empty`, `Vec::is_empty` or `BTreeMap::is_empty`",
        );
    }
    known
}

/// Reads over the value of an attribute.
fn ignore(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<syn::Expr>()?;
    } else if meta.input.peek(syn::token::Paren) {
        let inside;
        syn::parenthesized!(inside in meta.input);
        inside.parse::<TokenStream>()?;
    }
    Ok(())
}

impl LeftOut {
    pub(super) fn tokens(self) -> TokenStream {
        let name = match self {
            Self::None => quote!(None),
            Self::EmptyText => quote!(EmptyText),
            Self::EmptyList => quote!(EmptyList),
            Self::EmptyMap => quote!(EmptyMap),
        };
        quote!(::asl_core::expr::structure::LeftOut::#name)
    }
}
