//! `#[derive(AslData)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Generics, Ident, parse_quote};

use super::attributes::{Attributes, Place};
use super::fields::{Content, Form, beside, unraw};
use super::untagged::{self, Told};
use crate::errors::{Errors, Reported};

/// How serde tells variants apart.
enum Representation {
    External,
    Internal { tag: String },
    Adjacent { tag: String, content: String },
    Untagged,
}

struct Variant {
    ident: Ident,
    name: String,
    content: Content,
}

/// The implementation; errors are noted.
pub(super) fn derive(input: &DeriveInput, errors: &mut Errors) -> Result<TokenStream, Reported> {
    let attributes = Attributes::of(&input.attrs, Place::Container, errors);
    let generics = bounded(&input.generics);
    match &input.data {
        Data::Struct(data) => {
            let content =
                Content::of_struct(&data.fields, attributes.rename_all, attributes.transparent, errors);
            errors.barrier()?;
            Ok(of_struct(&input.ident, &generics, &attributes, &content))
        }
        Data::Enum(data) => of_enum(&input.ident, &generics, &attributes, data, errors),
        Data::Union(data) => Err(errors.push_with_help(
            data.union_token.span,
            "a union is no data of a workflow",
            "use an enum: its JSON says which variant it is",
        )),
    }
}

/// Each type parameter is data.
fn bounded(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.default = None;
        parameter.bounds.push(parse_quote!(::asl_core::expr::AslData));
    }
    generics
}

fn of_struct(ident: &Ident, generics: &Generics, attributes: &Attributes, content: &Content) -> TokenStream {
    let fields = beside(ident, "Fields");
    let (for_impl, for_type, where_clause) = generics.split_for_impl();
    let definition = content.definition(&fields, generics);
    let read = content.read(&fields, &quote!(__asl_base), attributes.default.as_ref());
    let start = attributes.tag.as_ref().map(|tag| {
        let name = attributes.rename.clone().unwrap_or_else(|| unraw(ident));
        quote!(::asl_core::expr::structure::Object::new().tag(#tag, #name))
    });
    let build = content.build(start);
    let (pattern, literal) = content.literal(&fields);
    let rebuilt = (content.form == Form::Object).then(|| {
        quote! {
            fn rebuilt(
                __asl_base: ::asl_core::syntax::jsonata::Expression,
            ) -> ::asl_core::syntax::jsonata::Expression {
                Self::__asl_tree(&<Self as ::asl_core::expr::AslData>::fields(&__asl_base))
            }
        }
    });
    let shape = match (content.form, content.fields.first()) {
        (Form::Only, Some(only)) => {
            let ty = &only.ty;
            quote!(<#ty as ::asl_core::expr::AslData>::SHAPE)
        }
        (Form::Array, _) => quote!(::asl_core::expr::Shape::ARRAY),
        _ => quote!(::asl_core::expr::Shape::PLAIN),
    };
    around(&quote! {
        #definition

        #[automatically_derived]
        impl #for_impl ::asl_core::expr::AslData for #ident #for_type #where_clause {
            type Data = Self;
            type Fields = #fields #for_type;
            const SHAPE: ::asl_core::expr::Shape = #shape;

            fn fields(__asl_base: &::asl_core::syntax::jsonata::Expression) -> Self::Fields {
                #read
            }

            fn literal(&self) -> ::asl_core::syntax::jsonata::Expression {
                let Self #pattern = self;
                Self::__asl_tree(&#literal)
            }
            #rebuilt
        }

        impl #for_impl #ident #for_type #where_clause {
            fn __asl_tree(__asl_fields: &#fields #for_type) -> ::asl_core::syntax::jsonata::Expression {
                #build
            }

            #[doc(hidden)]
            pub fn __asl_new(__asl_set: impl FnOnce(&mut #fields #for_type)) -> ::asl_core::expr::Expr<Self> {
                let __asl_base = &::asl_core::expr::structure::unset();
                let mut __asl_fields = <Self as ::asl_core::expr::AslData>::fields(__asl_base);
                __asl_set(&mut __asl_fields);
                ::asl_core::expr::Expr::from_tree(Self::__asl_tree(&__asl_fields))
            }

            #[doc(hidden)]
            pub fn __asl_with(
                __asl_base: &::asl_core::expr::Expr<Self>,
                __asl_set: impl FnOnce(&mut #fields #for_type),
            ) -> ::asl_core::expr::Expr<Self> {
                let mut __asl_fields = <Self as ::asl_core::expr::AslData>::fields(__asl_base.tree());
                __asl_set(&mut __asl_fields);
                ::asl_core::expr::Expr::from_tree(Self::__asl_tree(&__asl_fields))
            }
        }
    })
}

fn of_enum(
    ident: &Ident,
    generics: &Generics,
    attributes: &Attributes,
    data: &DataEnum,
    errors: &mut Errors,
) -> Result<TokenStream, Reported> {
    let representation = match (&attributes.tag, &attributes.content, attributes.untagged) {
        (_, _, Some(_)) => Representation::Untagged,
        (Some(tag), Some(content), _) => {
            Representation::Adjacent { tag: tag.clone(), content: content.clone() }
        }
        (Some(tag), None, _) => Representation::Internal { tag: tag.clone() },
        (None, ..) => Representation::External,
    };
    let mut variants = Vec::new();
    for variant in &data.variants {
        let own = Attributes::of(&variant.attrs, Place::Variant, errors);
        if own.skip {
            continue;
        }
        let plain = unraw(&variant.ident);
        let case = attributes.rename_all;
        let name = own.rename.unwrap_or_else(|| case.map_or(plain.clone(), |case| case.of_variant(&plain)));
        let content =
            Content::of_variant(&variant.fields, own.rename_all.or(attributes.rename_all_fields), errors);
        variants.push(Variant { ident: variant.ident.clone(), name, content });
    }
    let told = match attributes.untagged {
        Some(at) => {
            untagged::tell(at, variants.iter().map(|variant| (&variant.ident, &variant.content)), errors)
        }
        None => Vec::new(),
    };
    errors.barrier()?;
    let skipped = variants.len() < data.variants.len();
    Ok(enum_tokens(ident, generics, &representation, &variants, &told, skipped))
}

fn enum_tokens(
    ident: &Ident,
    generics: &Generics,
    representation: &Representation,
    variants: &[Variant],
    told: &[Told],
    skipped: bool,
) -> TokenStream {
    let (for_impl, for_type, where_clause) = generics.split_for_impl();
    let is_scalar = matches!(representation, Representation::External)
        && variants.iter().all(|variant| variant.content.form == Form::Unit);
    let shape = match representation {
        Representation::Untagged => quote!(ANY),
        _ if is_scalar => quote!(SCALAR),
        _ => quote!(PLAIN),
    };
    let mut definitions = TokenStream::new();
    let mut methods = TokenStream::new();
    let mut arms = TokenStream::new();
    for (place, variant) in variants.iter().enumerate() {
        let Variant { ident: variant_ident, content, .. } = variant;
        let test = test(representation, variant, told, place);
        let is = format_ident!("__asl_is_{}", unraw(variant_ident));
        methods.extend(quote! {
            #[doc(hidden)]
            pub fn #is(__asl_value: &::asl_core::expr::Expr<Self>) -> ::asl_core::expr::Expr<bool> {
                let __asl_value = __asl_value.tree();
                #test
            }
        });
        if content.form == Form::Unit {
            let tree = build(representation, variant);
            arms.extend(quote!(Self::#variant_ident { .. } => #tree,));
            continue;
        }
        let fields = beside(ident, &unraw(variant_ident));
        definitions.extend(content.definition(&fields, generics));
        let base = base(representation, variant);
        let read = content.read(&fields, &quote!(__asl_base), None);
        let tree = build(representation, variant);
        let (of, new) = (
            format_ident!("__asl_of_{}", unraw(variant_ident)),
            format_ident!("__asl_new_{}", unraw(variant_ident)),
        );
        let built = format_ident!("__asl_tree_{}", unraw(variant_ident));
        methods.extend(quote! {
            #[doc(hidden)]
            pub fn #of(__asl_value: &::asl_core::expr::Expr<Self>) -> #fields #for_type {
                let __asl_value = __asl_value.tree();
                let __asl_base = &#base;
                #read
            }

            fn #built(__asl_fields: &#fields #for_type) -> ::asl_core::syntax::jsonata::Expression {
                #tree
            }

            #[doc(hidden)]
            pub fn #new(__asl_set: impl FnOnce(&mut #fields #for_type)) -> ::asl_core::expr::Expr<Self> {
                let __asl_base = &::asl_core::expr::structure::unset();
                let mut __asl_fields = #read;
                __asl_set(&mut __asl_fields);
                ::asl_core::expr::Expr::from_tree(Self::#built(&__asl_fields))
            }
        });
        let (pattern, literal) = content.literal(&fields);
        arms.extend(quote!(Self::#variant_ident #pattern => Self::#built(&#literal),));
    }
    let rebuilt = rebuilt(representation, variants);
    if skipped || variants.is_empty() {
        // serde does not write these
        arms.extend(quote!(_ => ::asl_core::expr::structure::null(),));
    }
    around(&quote! {
        #definitions

        #[automatically_derived]
        impl #for_impl ::asl_core::expr::AslData for #ident #for_type #where_clause {
            type Data = Self;
            type Fields = ();
            const SHAPE: ::asl_core::expr::Shape = ::asl_core::expr::Shape::#shape;

            fn fields(_: &::asl_core::syntax::jsonata::Expression) {}

            fn literal(&self) -> ::asl_core::syntax::jsonata::Expression {
                match self { #arms }
            }
            #rebuilt
        }

        impl #for_impl #ident #for_type #where_clause {
            #methods
        }
    })
}

/// `AslData::rebuilt` of an enum whose variants are objects; the last one is not asked for.
fn rebuilt(representation: &Representation, variants: &[Variant]) -> Option<TokenStream> {
    let is_flattened =
        matches!(representation, Representation::Internal { .. } | Representation::Adjacent { .. });
    let (last, others) = variants.split_last().filter(|_| is_flattened)?;
    let built = |variant: &Variant| {
        if variant.content.form == Form::Unit {
            let tree = build(representation, variant);
            return quote!(::asl_core::expr::Expr::<Self>::from_tree(#tree));
        }
        let of = format_ident!("__asl_of_{}", unraw(&variant.ident));
        let tree = format_ident!("__asl_tree_{}", unraw(&variant.ident));
        quote!(::asl_core::expr::Expr::<Self>::from_tree(Self::#tree(&Self::#of(&__asl_base))))
    };
    let chain = others.iter().rev().fold(built(last), |otherwise, variant| {
        let is = format_ident!("__asl_is_{}", unraw(&variant.ident));
        let then = built(variant);
        quote!(::asl_core::expr::if_else(Self::#is(&__asl_base), #then, #otherwise))
    });
    Some(quote! {
        fn rebuilt(__asl_base: ::asl_core::syntax::jsonata::Expression) -> ::asl_core::syntax::jsonata::Expression {
            let __asl_base = ::asl_core::expr::Expr::<Self>::from_tree(__asl_base);
            #chain.into_tree()
        }
    })
}

/// Whether `__asl_value` is the variant.
fn test(representation: &Representation, variant: &Variant, told: &[Told], place: usize) -> TokenStream {
    let structure = quote!(::asl_core::expr::structure);
    let name = &variant.name;
    match representation {
        Representation::External if variant.content.form == Form::Unit => {
            quote!(#structure::is(__asl_value, #name))
        }
        Representation::External => quote!(#structure::has(__asl_value, #name)),
        Representation::Internal { tag } | Representation::Adjacent { tag, .. } => {
            quote!(#structure::tag_is(__asl_value, #tag, #name))
        }
        Representation::Untagged => untagged::test(told, place),
    }
}

/// The content of the variant that `__asl_value` is.
fn base(representation: &Representation, variant: &Variant) -> TokenStream {
    let name = &variant.name;
    match representation {
        Representation::External => quote!(::asl_core::expr::structure::inside(__asl_value, #name)),
        Representation::Adjacent { content, .. } => {
            quote!(::asl_core::expr::structure::inside(__asl_value, #content))
        }
        Representation::Internal { .. } | Representation::Untagged => {
            quote!(::core::clone::Clone::clone(__asl_value))
        }
    }
}

/// The variant with the fields in `__asl_fields`.
fn build(representation: &Representation, variant: &Variant) -> TokenStream {
    let structure = quote!(::asl_core::expr::structure);
    let Variant { name, content, .. } = variant;
    let is_unit = content.form == Form::Unit;
    match representation {
        Representation::External if is_unit => quote!(#structure::string(#name)),
        Representation::External => {
            let inside = content.build(None);
            quote!(#structure::Object::new().put_tree(#name, #inside).finish())
        }
        Representation::Internal { tag } => {
            content.build(Some(quote!(#structure::Object::new().tag(#tag, #name))))
        }
        Representation::Adjacent { tag, .. } if is_unit => {
            quote!(#structure::Object::new().tag(#tag, #name).finish())
        }
        Representation::Adjacent { tag, content: key } => {
            let inside = content.build(None);
            quote!(#structure::Object::new().tag(#tag, #name).put_tree(#key, #inside).finish())
        }
        Representation::Untagged => content.build(None),
    }
}

/// In a scope of its own, where nothing is named by the user.
fn around(items: &TokenStream) -> TokenStream {
    quote! {
        #[allow(non_snake_case, missing_docs, dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
        const _: () = { #items };
    }
}
