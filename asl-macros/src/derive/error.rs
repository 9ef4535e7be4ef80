//! `#[derive(AslError)]`: variants by error names.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Member, Type};

use super::fields::{beside, last_name, unraw};
use crate::errors::{Errors, Reported};

/// What a variant stands for.
enum Role {
    /// An error name.
    Name(String),
    /// A task that takes too long.
    Timeout,
    /// All errors that have no variant.
    Other,
    /// All errors of another type.
    Transparent,
}

/// What a variant carries.
enum Payload {
    Nothing,
    /// The cause, as text.
    Cause(Member),
    /// A failure or an error of another type.
    Error(Member, Box<Type>),
}

struct Variant {
    ident: Ident,
    role: Role,
    payload: Payload,
}

pub(super) fn derive(input: &DeriveInput, errors: &mut Errors) -> Result<TokenStream, Reported> {
    let Data::Enum(data) = &input.data else {
        return Err(errors.push_with_help(
            input.ident.span(),
            "the errors of a workflow are an enum",
            "write an enum with a variant for each error name; for any error there is `asl_core::expr::Failure`",
        ));
    };
    if let Some(parameter) = input.generics.params.first() {
        errors.push_with_help(
            parameter.span(),
            "the errors of a workflow have no parameters",
            "an error carries its cause as `String`",
        );
    }
    let variants: Vec<Variant> = data.variants.iter().map(|variant| self::variant(variant, errors)).collect();
    doubled(&variants, errors);
    errors.barrier()?;
    Ok(tokens(&input.ident, &variants))
}

fn variant(variant: &syn::Variant, errors: &mut Errors) -> Variant {
    let mut role = Role::Name(unraw(&variant.ident));
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("asl")) {
        if let Ok(name) = attribute.parse_args::<LitStr>() {
            let help = format!("write `name = {}`", name.to_token_stream());
            errors.push_with_help(name.span(), "an error name is an option of the attribute", help);
            continue;
        }
        let read = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                role = Role::Name(meta.value()?.parse::<LitStr>()?.value());
            } else if meta.path.is_ident("other") {
                role = Role::Other;
            } else if meta.path.is_ident("timeout") {
                role = Role::Timeout;
            } else if meta.path.is_ident("transparent") {
                role = Role::Transparent;
            } else {
                let option = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                return Err(meta.error(format!(
                    "there is no option `{option}`\nhelp: there are `name = \"…\"`, `timeout`, `other` and `transparent`",
                )));
            }
            Ok(())
        });
        if let Err(error) = read {
            errors.push(error.span(), error.to_string());
        }
    }
    let payload = payload(variant, &role, errors);
    Variant { ident: variant.ident.clone(), role, payload }
}

fn payload(variant: &syn::Variant, role: &Role, errors: &mut Errors) -> Payload {
    let mut fields = variant.fields.members().zip(&variant.fields);
    let (first, more) = (fields.next(), fields.next());
    let is_text = |ty: &Type| last_name(ty).is_some_and(|name| name == "String");
    match (role, first, more) {
        (Role::Name(_) | Role::Timeout, None, _) => Payload::Nothing,
        (Role::Name(_) | Role::Timeout, Some((member, field)), None) if is_text(&field.ty) => {
            Payload::Cause(member)
        }
        (Role::Transparent, Some((member, field)), None) => {
            Payload::Error(member, Box::new(field.ty.clone()))
        }
        (Role::Other, Some((member, field)), None)
            if last_name(&field.ty).is_some_and(|name| name == "Failure") =>
        {
            Payload::Error(member, Box::new(field.ty.clone()))
        }
        (role, ..) => {
            let at = match &variant.fields {
                Fields::Unit => variant.ident.span(),
                fields => fields.span(),
            };
            let (what, help) = match role {
                Role::Other => {
                    ("this variant holds the error that has no other variant", "write `(Failure)`")
                }
                Role::Transparent => ("this variant holds an error of another type", "write `(ThatError)`"),
                _ => (
                    "an error carries nothing but its cause, which is a text",
                    "write `(String)` for the cause, or nothing; for another error use `#[asl(transparent)]`",
                ),
            };
            errors.push_with_help(at, what, help);
            Payload::Nothing
        }
    }
}

/// Two variants for the same errors: the second would never be.
fn doubled(variants: &[Variant], errors: &mut Errors) {
    let mut seen: Vec<String> = Vec::new();
    for variant in variants {
        let key = match &variant.role {
            Role::Name(name) if name == "States.ALL" => {
                errors.push_with_help(
                    variant.ident.span(),
                    "`States.ALL` is a pattern, no error name",
                    "use `#[asl(other)]` on a variant with a `Failure`",
                );
                continue;
            }
            Role::Name(name) => name.clone(),
            Role::Timeout => "States.Timeout".to_owned(),
            Role::Other => "other".to_owned(),
            Role::Transparent => continue,
        };
        if seen.contains(&key) {
            errors.push_with_help(
                variant.ident.span(),
                format!("two variants are for `{key}`"),
                "give each error name one variant",
            );
        }
        seen.push(key);
    }
}

/// The error names of a variant, a `Vec`; that of all is not one of them.
fn names(variant: &Variant) -> TokenStream {
    match (&variant.role, &variant.payload) {
        (Role::Name(name), _) => quote!(::std::vec![#name]),
        (Role::Timeout, _) => quote!(::std::vec!["States.Timeout", "States.HeartbeatTimeout"]),
        (Role::Transparent, Payload::Error(_, ty)) => quote!(<#ty as ::asl_core::expr::AslError>::names()),
        _ => quote!(::std::vec::Vec::<&'static str>::new()),
    }
}

#[expect(clippy::too_many_lines, reason = "one implementation, in the order in which it is written")]
fn tokens(ident: &Ident, variants: &[Variant]) -> TokenStream {
    let asl = quote!(::asl_core::expr);
    let mut definitions = TokenStream::new();
    let mut methods = TokenStream::new();
    let (mut literal, mut into, mut from) = (TokenStream::new(), TokenStream::new(), TokenStream::new());
    let mut from_other = None;
    let mut takes_others = quote!(false);
    let all_names: Vec<TokenStream> = variants.iter().map(names).collect();
    for (variant, own_names) in variants.iter().zip(&all_names) {
        let Variant { ident: name, role, payload } = variant;
        let plain = unraw(name);
        let fields = beside(ident, &plain);
        let [names_of, is, of, new] =
            ["names", "is", "of", "new"].map(|function| format_ident!("__asl_{}_{}", function, plain));
        let error_name = match role {
            Role::Name(name) => name.as_str(),
            _ => "States.Timeout",
        };
        let caught = match role {
            Role::Other => quote!(::std::vec!["States.ALL"]),
            Role::Transparent => {
                let ty =
                    if let Payload::Error(_, ty) = payload { quote!(#ty) } else { quote!(#asl::Failure) };
                quote!(if <#ty as #asl::AslError>::TAKES_OTHERS { ::std::vec!["States.ALL"] } else { #own_names })
            }
            Role::Name(_) | Role::Timeout => own_names.clone(),
        };
        let others =
            variants.iter().zip(&all_names).filter(|(other, _)| other.ident != *name).map(|(_, names)| names);
        let is_other = quote!({
            let mut __asl_names = ::std::vec::Vec::<&'static str>::new();
            #(__asl_names.extend(#others);)*
            #asl::not(__asl_failure.__asl_is_named(&__asl_names))
        });
        let test = match (role, payload) {
            (Role::Other, _) => is_other,
            (Role::Transparent, Payload::Error(_, ty)) => quote! {
                if <#ty as #asl::AslError>::TAKES_OTHERS { #is_other } else { __asl_failure.__asl_is_named(&#own_names) }
            },
            _ => quote!(__asl_failure.__asl_is_named(&#own_names)),
        };
        let (definition, read, build) = match payload {
            Payload::Nothing => (
                quote!(pub struct #fields {}),
                quote!(#fields {}),
                quote!(#asl::Expr::<#asl::Failure>::__asl_named(#error_name, #asl::text("")).into_tree()),
            ),
            Payload::Cause(member) => (
                held(&fields, member, &quote!(#asl::Expr<::std::string::String>)),
                quote!(#fields { #member: ::core::clone::Clone::clone(&__asl_failure.cause) }),
                quote!(#asl::Expr::<#asl::Failure>::__asl_named(
                    #error_name,
                    ::core::clone::Clone::clone(&__asl_fields.#member),
                ).into_tree()),
            ),
            Payload::Error(member, ty) => (
                held(&fields, member, &quote!(#asl::Expr<<#ty as #asl::AslData>::Data>)),
                quote!(#fields { #member: #asl::Expr::from_tree(__asl_failure.tree().clone()) }),
                quote!(::core::clone::Clone::clone(&__asl_fields.#member).into_tree()),
            ),
        };
        definitions.extend(definition);
        methods.extend(quote! {
            #[doc(hidden)]
            pub fn #names_of() -> ::std::vec::Vec<&'static str> { #caught }

            #[doc(hidden)]
            pub fn #is(__asl_value: &#asl::Expr<Self>) -> #asl::Expr<bool> {
                let __asl_failure = #asl::failure_of(::core::clone::Clone::clone(__asl_value));
                #test
            }

            #[doc(hidden)]
            pub fn #of(__asl_value: &#asl::Expr<Self>) -> #fields {
                let __asl_failure = #asl::failure_of(::core::clone::Clone::clone(__asl_value));
                #read
            }

            #[doc(hidden)]
            pub fn #new(__asl_set: impl FnOnce(&mut #fields)) -> #asl::Expr<Self> {
                let __asl_failure = #asl::Expr::<#asl::Failure>::from_tree(#asl::structure::unset());
                let mut __asl_fields = #read;
                __asl_set(&mut __asl_fields);
                #asl::Expr::from_tree(#build)
            }
        });
        match payload {
            Payload::Nothing => {
                literal.extend(quote!(Self::#name {} => #asl::Failure::new(#error_name, "").literal(),));
                into.extend(quote!(Self::#name {} => #asl::Failure::new(#error_name, ""),));
            }
            Payload::Cause(member) => {
                let held = quote!({ #member: __asl_held });
                literal.extend(quote!(Self::#name #held => #asl::Failure::new(#error_name, __asl_held.as_str()).literal(),));
                into.extend(quote!(Self::#name #held => #asl::Failure::new(#error_name, __asl_held),));
            }
            Payload::Error(member, ty) => {
                let held = quote!({ #member: __asl_held });
                literal.extend(quote!(Self::#name #held => #asl::AslData::literal(__asl_held),));
                into.extend(quote!(Self::#name #held => #asl::AslError::into_failure(__asl_held),));
                if matches!(role, Role::Other) {
                    takes_others = quote!(true);
                    from_other = Some(quote!(Self::#name { #member: __asl_failure }));
                } else {
                    takes_others = quote!(#takes_others || <#ty as #asl::AslError>::TAKES_OTHERS);
                }
            }
        }
        // what takes all errors comes after those that have a variant
        match (role, payload) {
            (Role::Other, _) => {}
            (Role::Transparent, Payload::Error(member, ty)) => from.extend(quote! {
                let __asl_failure = match <#ty as #asl::AslError>::from_failure(__asl_failure) {
                    ::core::result::Result::Ok(__asl_held) => {
                        return ::core::result::Result::Ok(Self::#name { #member: __asl_held });
                    }
                    ::core::result::Result::Err(__asl_failure) => __asl_failure,
                };
            }),
            (_, Payload::Cause(member)) => from.extend(quote! {
                if #own_names.contains(&__asl_failure.error.as_str()) {
                    return ::core::result::Result::Ok(Self::#name { #member: __asl_failure.cause });
                }
            }),
            _ => from.extend(quote! {
                if #own_names.contains(&__asl_failure.error.as_str()) {
                    return ::core::result::Result::Ok(Self::#name {});
                }
            }),
        }
    }
    let from_failure = from_other.as_ref().map(|other| {
        quote! {
            #[automatically_derived]
            impl ::core::convert::From<#asl::Failure> for #ident {
                fn from(__asl_failure: #asl::Failure) -> Self {
                    match <Self as #asl::AslError>::from_failure(__asl_failure) {
                        ::core::result::Result::Ok(__asl_error) => __asl_error,
                        ::core::result::Result::Err(__asl_failure) => #other,
                    }
                }
            }
        }
    });
    let otherwise = from_other.map_or_else(
        || quote!(::core::result::Result::Err(__asl_failure)),
        |other| quote!(::core::result::Result::Ok(#other)),
    );
    quote! {
        #[allow(non_snake_case, missing_docs, dead_code, unreachable_pub, clippy::all, clippy::pedantic)]
        const _: () = {
            #definitions

            #[automatically_derived]
            impl #asl::AslData for #ident {
                type Data = Self;
                type Fields = ();
                const SHAPE: #asl::Shape = #asl::Shape::PLAIN;

                fn fields(_: &::asl_core::syntax::jsonata::Expression) {}

                fn literal(&self) -> ::asl_core::syntax::jsonata::Expression {
                    match self { #literal }
                }
            }

            #[automatically_derived]
            impl #asl::AslError for #ident {
                const TAKES_OTHERS: bool = #takes_others;

                fn names() -> ::std::vec::Vec<&'static str> {
                    let mut __asl_names = ::std::vec::Vec::<&'static str>::new();
                    #(__asl_names.extend(#all_names);)*
                    __asl_names
                }

                fn from_failure(
                    __asl_failure: #asl::Failure,
                ) -> ::core::result::Result<Self, #asl::Failure> {
                    #from
                    #otherwise
                }

                fn into_failure(self) -> #asl::Failure {
                    match self { #into }
                }
            }

            impl #ident {
                /// The error name and the cause.
                #[must_use]
                pub fn into_failure(self) -> #asl::Failure {
                    #asl::AslError::into_failure(self)
                }

                #methods
            }

            #from_failure
        };
    }
}

/// A struct with one field.
fn held(name: &Ident, member: &Member, ty: &TokenStream) -> TokenStream {
    match member {
        Member::Named(member) => quote!(pub struct #name { pub #member: #ty }),
        Member::Unnamed(_) => quote!(pub struct #name(pub #ty);),
    }
}
