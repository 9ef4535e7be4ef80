//! The items that replace the function.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Ident, ItemFn};

use super::attribute::Attribute;
use super::signature::Signature;
use crate::signature::returned;
use crate::staged::erased;

pub(super) fn items(
    function: &ItemFn,
    item: &TokenStream,
    signature: &Signature<'_>,
    attribute: &Attribute,
    body: &TokenStream,
) -> TokenStream {
    let native = native(function, item, signature, attribute);
    let (vis, name) = (&function.vis, &function.sig.ident);
    let (input, value) = signature.data();
    let (error, error_at) = (signature.error, signature.error.span());
    let machine = super::machine_name(attribute, function);
    let arn = match &attribute.arn {
        Some(arn) => arn.value(),
        None => format!("${{{}Arn}}", pascal(&name.to_string())),
    };
    let function_name = name.to_string();
    let line = u32::try_from(name.span().start().line).unwrap_or(0);
    let comment = option(attribute.comment.as_ref().map(|comment| quote!(#comment)));
    let timeout = option(attribute.timeout.map(|timeout| quote!(#timeout)));
    let workflow_type = if attribute.is_express { quote!(Express) } else { quote!(Standard) };
    let test = (!attribute.is_untested).then(|| test(name));
    let input_at =
        signature.input.as_ref().map_or_else(proc_macro2::Span::call_site, |input| input.ty.span());
    let machine_work = quote_spanned!(error_at=> ::asl_core::stage::Work::machine);
    let returns = quote_spanned!(error_at=> ::asl_core::stage::Returns::<#value, #error>::new());
    let call_parameter = signature
        .input
        .as_ref()
        .map(|_| quote_spanned!(input_at=> __asl_input: ::asl_core::expr::Expr<#input>));
    let start_parameter = signature.input.as_ref().map(|_| quote_spanned!(input_at=> __asl_input: &#input));
    let start_input = if signature.input.is_some() { quote!(__asl_input) } else { quote!(&()) };
    let call_input = if signature.input.is_some() {
        quote_spanned!(input_at=> __asl_input.into_value())
    } else {
        quote!(::asl_core::expr::structure::null())
    };
    let is_rust =
        format_ident!("compiles_with_{}", if signature.input.is_some() { "input" } else { "nothing" });
    let is_rust = quote!(::asl_core::stage::native::#is_rust);
    let variants = super::unknown_variant::of_all_types(body);
    let machine_call = quote_spanned!(error_at=> #machine_work(#function_name, #arn, #call_input));
    quote! {
        #native

        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, missing_docs, unreachable_pub, reason = "it has the function's name")]
        #vis struct #name {}

        #[allow(
            dead_code, missing_docs, unreachable_pub, unused_variables, unused_mut, unused_braces, unused_assignments,
            unused_imports, unreachable_code, redundant_semicolons, unused_parens, path_statements, clippy::all, clippy::pedantic,
            reason = "a copy of the function in other words"
        )]
        impl #name {
            /// The state machine's name.
            pub const NAME: &'static str = #machine;

            /// The state machine.
            ///
            /// # Panics
            ///
            /// If the function is none, with all that is wrong; the test that comes with the function says so too.
            #[must_use]
            pub fn definition() -> ::asl_core::Valid<::asl_core::model::StateMachine> {
                ::asl_core::ctx::Definition::unwrap(Self::try_definition())
            }

            /// The state machine with the places in the source that its states come from.
            ///
            /// # Errors
            ///
            /// What keeps the function from being a state machine, each with its place in the source.
            pub fn try_definition() -> ::core::result::Result<
                ::asl_core::ctx::Definition,
                ::asl_core::ctx::DefinitionError,
            > {
                const __ASL_IS_RUST: bool = #is_rust(&#name) && #is_rust(&#name::__asl_body);
                type __AslOf<T> = ::asl_core::stage::native::Of<T, __ASL_IS_RUST>;
                #variants
                let mut __asl = ::asl_core::stage::native::stage::<__ASL_IS_RUST>();
                let __asl_returns = #returns;
                #body
                __asl.finish(
                    ::asl_core::stage::Settings {
                        name: #function_name,
                        file: ::core::file!(),
                        line: #line,
                        comment: #comment,
                        timeout_seconds: #timeout,
                        workflow_type: ::asl_core::model::WorkflowType::#workflow_type,
                    },
                    &__asl_input,
                )
            }

            /// How a program outside starts an execution with this input, and reads how it ended.
            ///
            /// # Errors
            ///
            /// If the input cannot be written as JSON.
            pub fn start_execution(
                #start_parameter
            ) -> ::core::result::Result<
                ::asl_core::ctx::StartExecution<#value, #error>,
                ::asl_core::__private::JsonError,
            > {
                ::asl_core::ctx::StartExecution::new(#start_input)
            }

            #[doc(hidden)]
            pub fn __asl_call(#call_parameter) -> ::asl_core::stage::Work<#value, #error> {
                #machine_call
            }
        }

        #test
    }
}

/// The test that comes with the function.
fn test(name: &Ident) -> TokenStream {
    let test = format_ident!("{}_is_a_valid_state_machine", name.to_string().trim_start_matches("r#"));
    quote! {
        #[cfg(test)]
        #[allow(non_snake_case, reason = "it has the function's name")]
        #[test]
        fn #test() {
            let _ = #name::definition();
        }
    }
}

/// The function as it was written, beside one that runs it by the handle.
///
/// It stands there whole, so that rustc says about it what it says about any function. What is around it is no `async fn`,
/// only one that gives the same future: another coroutine would cost rustc half as much as the function itself.
fn native(
    function: &ItemFn,
    item: &TokenStream,
    signature: &Signature<'_>,
    attribute: &Attribute,
) -> TokenStream {
    let ItemFn { attrs, vis, sig, block, .. } = function;
    // the tokens as they came, where they can be had: to write them anew takes longer
    let block = match item.clone().into_iter().last() {
        Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Brace => body.into_token_stream(),
        _ => block.into_token_stream(),
    };
    let (handle, name) = (signature.handle, &sig.ident);
    let mut inner = sig.clone();
    inner.ident = format_ident!("__asl_body", span = sig.ident.span());
    // a workflow that runs no task has no use for the handle, but must take it
    if let Some(syn::FnArg::Typed(handle)) = inner.inputs.first_mut() {
        handle
            .attrs
            .push(syn::parse_quote!(#[allow(unused_variables, reason = "each workflow takes its handle")]));
    }
    let mut outer = sig.clone();
    let mut input = None;
    if let Some(syn::FnArg::Typed(typed)) = outer.inputs.get_mut(1) {
        let name = match &*typed.pat {
            syn::Pat::Ident(pattern) => pattern.ident.clone(),
            _ => format_ident!("input"),
        };
        typed.pat = syn::parse_quote!(#name);
        typed.attrs.clear();
        input = Some(name);
    }
    if let Some(syn::FnArg::Typed(typed)) = outer.inputs.first_mut() {
        typed.pat = syn::parse_quote!(#handle);
    }
    let is_lint = |attribute: &&syn::Attribute, words: &[&str]| {
        attribute.path().get_ident().is_some_and(|word| words.iter().any(|lint| word == lint))
    };
    // those within the body still stand there
    let is_before = |it: &&syn::Attribute| matches!(it.style, syn::AttrStyle::Outer);
    // what is said about lints is said about the body
    let lints = attrs
        .iter()
        .filter(is_before)
        .filter(|it| is_lint(it, &["allow", "warn", "deny", "forbid", "expect"]));
    let attrs = attrs.iter().filter(is_before).filter(|it| !is_lint(it, &["expect"]));
    let at = signature.error.span();
    outer.asyncness = None;
    if let syn::ReturnType::Type(_, output) = &sig.output {
        // reported once, if it is at the same place as what `run` says; by the rules of this crate's edition, in which it
        // holds the handle's lifetime as an `async fn` does
        let here = proc_macro2::Span::call_site().located_at(at);
        let future = quote_spanned!(here=> -> impl ::core::future::Future<Output = #output>);
        outer.output = syn::parse_quote!(#future);
    }
    let error = signature.error;
    let errors = quote_spanned!(at=> ::asl_core::__private::workflow_errors::<#error>());
    let timeout = option(attribute.timeout.map(|seconds| {
        let seconds = seconds.unsigned_abs();
        quote!(::core::time::Duration::from_secs(#seconds))
    }));
    let run = if let Some(input) = input {
        quote!(::asl_core::ctx::Ctx::workflow_of(#handle, #timeout, #errors, #input, #name::__asl_body))
    } else {
        quote!(::asl_core::ctx::Ctx::workflow_of_nothing(#handle, #timeout, #errors, #name::__asl_body))
    };
    quote! {
        #(#attrs)*
        #[allow(
            clippy::unused_async, clippy::used_underscore_binding, clippy::future_not_send,
            reason = "the handle is used to run it, in one thread"
        )]
        #vis #outer {
            #run
        }

        impl #name {
            #(#lints)*
            #[doc(hidden)]
            #[allow(
                clippy::unused_async, clippy::used_underscore_binding, clippy::future_not_send,
                reason = "it may do without its handle, and stays in one thread"
            )]
            #inner #block
        }
    }
}

/// What others call while there are errors.
pub(super) fn stand_in(function: &ItemFn) -> TokenStream {
    let (vis, name) = (&function.vis, &function.sig.ident);
    let Some((value, error)) = returned(&function.sig.output) else { return TokenStream::new() };
    let Some(value) = erased(value) else { return TokenStream::new() };
    if !function.sig.generics.params.is_empty() {
        return TokenStream::new();
    }
    let parameters = function.sig.inputs.iter().skip(1).filter_map(|input| match input {
        syn::FnArg::Typed(typed) => erased(&typed.ty),
        syn::FnArg::Receiver(_) => None,
    });
    let parameters: Vec<_> = parameters.collect();
    quote! {
        #[doc(hidden)]
        #[allow(non_camel_case_types, dead_code, missing_docs, unreachable_pub)]
        #vis struct #name {}

        #[allow(dead_code, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]
        impl #name {
            pub const NAME: &'static str = "";

            pub fn definition() -> ::asl_core::Valid<::asl_core::model::StateMachine> {
                ::asl_core::__private::not_compiled()
            }

            pub fn try_definition() -> ::core::result::Result<
                ::asl_core::ctx::Definition,
                ::asl_core::ctx::DefinitionError,
            > {
                ::asl_core::__private::not_compiled()
            }

            pub fn start_execution(#(_: &#parameters),*) -> ::core::result::Result<
                ::asl_core::ctx::StartExecution<#value, #error>,
                ::asl_core::__private::JsonError,
            > {
                ::asl_core::__private::not_compiled()
            }

            #[doc(hidden)]
            pub fn __asl_call(#(_: ::asl_core::expr::Expr<#parameters>),*) -> ::asl_core::stage::Work<#value, #error> {
                ::asl_core::__private::not_compiled()
            }
        }
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(
        || quote!(::core::option::Option::None),
        |value| quote!(::core::option::Option::Some(#value)),
    )
}

fn pascal(name: &str) -> String {
    let words = name.trim_start_matches("r#").split('_');
    words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}
