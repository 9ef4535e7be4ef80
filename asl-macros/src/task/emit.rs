//! The function that calls the task, and its description.
//!
//! The description is a constant of a type with the function's name: `fetch_user::__ASL_TASK`. Functions and types have
//! name spaces of their own, so the two live side by side, and one `use` imports both. A typed call for the definition
//! (`fn` of `Expr<T>` for each parameter) belongs into the same `impl`, in [`beside`]: it sees the names of the user's
//! types there, and `Task::stage` makes the arguments.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{FnArg, Lifetime, Pat, Type, parse_quote};

use super::family::Task;
use super::signature::Declaration;
use super::tree::Part;
use crate::errors::Errors;
use crate::signature::{handle, returned};
use crate::staged::erased;

pub(super) struct Description {
    pub(super) task: Task,
    pub(super) discards_result: bool,
}

pub(super) fn task(declaration: &Declaration, description: &Description) -> TokenStream {
    let Description { task, discards_result } = description;
    let Task { resource, state, arguments, result, has_token, .. } = task;
    let name = &declaration.signature.ident;
    let function = name.to_string();
    let parameters: Vec<_> = parameters(declaration).collect();
    let names = parameters.iter().map(ToString::to_string);
    let values =
        parameters.iter().map(|name| quote_spanned!(name.span()=> ::asl_core::__private::json(&#name)));
    let arguments = arguments.tokens();
    let result = if *discards_result { Part::Nothing.tokens() } else { result.tokens() };
    let constant = quote! {
        ::asl_core::ctx::Task {
            function: #function,
            state: #state,
            resource: #resource,
            parameters: &[#(#names),*],
            arguments: #arguments,
            result: #result,
            has_token: #has_token,
        }
    };
    let handle = declaration.signature.inputs.first().and_then(|input| handle(input)).map(|(name, _)| name);
    // what rustc says about the two types is said at them, once, and not where the function is called
    let types = returned(&declaration.signature.output).map(|(value, error)| {
        let value = quote_spanned!(value.span()=> ::asl_core::__private::result::<#value>());
        let error = quote_spanned!(error.span()=> ::asl_core::__private::errors::<#error>());
        quote!((#value, #error))
    });
    let body = quote!(#name::__ASL_TASK.call(#handle, [#(#values),*], #types));
    let function = function_with(declaration, &body);
    let beside = beside(declaration, &constant, &staged(declaration));
    quote!(#function #beside)
}

/// The call as a workflow makes it: typed, with an expression for each parameter.
fn staged(declaration: &Declaration) -> TokenStream {
    let Some((value, error)) = returned(&declaration.signature.output) else { return TokenStream::new() };
    let Some(value) = erased(value) else { return TokenStream::new() };
    let error = quote_spanned!(error.span()=> #error);
    let types: Vec<_> = declaration
        .signature
        .inputs
        .iter()
        .skip(1)
        .filter_map(|input| match input {
            FnArg::Typed(typed) => erased(&typed.ty),
            FnArg::Receiver(_) => None,
        })
        .collect();
    let names: Vec<_> = (0..types.len()).map(|index| format_ident!("__asl_{}", index)).collect();
    quote! {
        #[doc(hidden)]
        #[allow(dead_code, reason = "for definitions")]
        pub fn __asl_call(#(#names: ::asl_core::expr::Expr<#types>),*) -> ::asl_core::stage::Work<#value, #error> {
            ::asl_core::stage::Work::task(&Self::__ASL_TASK, [#(#names.into_value()),*])
        }
    }
}

/// What is left of a declaration that is wrong: callers compile, as nothing here runs.
pub(super) fn fallback(declaration: &Declaration, errors: Errors) -> TokenStream {
    let errors = errors.into_tokens();
    let function = function_with(declaration, &quote!(::asl_core::__private::not_compiled()));
    let constant = quote!(::asl_core::__private::not_compiled_task());
    // callers of the staged call are not compiled either
    let beside = beside(declaration, &constant, &staged(declaration));
    quote!(#errors #function #beside)
}

fn function_with(declaration: &Declaration, body: &TokenStream) -> TokenStream {
    let Declaration { attributes, visibility, .. } = declaration;
    let mut signature = declaration.signature.clone();
    let types = returned(&signature.output).map(|(value, error)| (value.clone(), error.clone()));
    let lifetime = signature.inputs.first().and_then(handle).map(|(_, lifetime)| lifetime.cloned());
    let (Some((value, error)), Some(lifetime)) = (types, lifetime) else {
        return quote! {
            #(#attributes)*
            #[allow(unused_variables, clippy::unused_async, reason = "the declaration has errors")]
            #visibility #signature { #body }
        };
    };
    let lifetime = lifetime.unwrap_or_else(|| {
        let own: Lifetime = parse_quote!('asl_ctx);
        signature.generics.params.insert(0, parse_quote!(#own));
        if let Some(FnArg::Typed(typed)) = signature.inputs.first_mut()
            && let Type::Reference(reference) = &mut *typed.ty
        {
            reference.lifetime = Some(own.clone());
        }
        own
    });
    signature.asyncness = None;
    signature.output = parse_quote!(-> ::asl_core::ctx::Call<#lifetime, #value, #error>);
    quote! {
        #(#attributes)*
        #[allow(unused_variables, clippy::needless_pass_by_value, reason = "the declaration is the user's")]
        #visibility #signature { #body }
    }
}

/// The type of the function's name.
fn beside(declaration: &Declaration, constant: &TokenStream, staged: &TokenStream) -> TokenStream {
    let Declaration { visibility, signature, .. } = declaration;
    let name = &signature.ident;
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, reason = "it has the function's name")]
        #visibility struct #name {}

        impl #name {
            #[doc(hidden)]
            #[allow(dead_code, reason = "for definitions")]
            pub const __ASL_TASK: ::asl_core::ctx::Task = #constant;

            #staged
        }
    }
}

fn parameters(declaration: &Declaration) -> impl Iterator<Item = syn::Ident> {
    declaration.signature.inputs.iter().skip(1).filter_map(|input| match input {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(pattern) => {
                let mut name = pattern.ident.clone();
                // what rustc says about a type is said at the type
                let ty = match &*typed.ty {
                    Type::Reference(reference) => &*reference.elem,
                    ty => ty,
                };
                name.set_span(name.span().located_at(ty.span()));
                Some(name)
            }
            _ => None,
        },
        FnArg::Receiver(_) => None,
    })
}
