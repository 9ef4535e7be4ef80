//! The Rust code that the macros leave.
//!
//! It names `::asl_core` and `::core` only, by absolute paths, and has the spans of the user's tokens wherever rustc
//! may have something to say.

use asl_core::model::WorkflowType;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::check::{Checked, Warning};
use crate::errors::Errors;

/// What a macro call evaluates to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `Valid<StateMachine>`
    Machine,
    /// `Result<Valid<StateMachine>, Box<Invalid<StateMachine>>>`
    Result,
    /// `&'static str`
    Json,
}

/// The expression of a definition without errors. `beside` are statements that rustc shall see as well.
pub(crate) fn definition(form: Form, checked: &Checked, beside: &TokenStream) -> TokenStream {
    let value = value(form, checked);
    let value = if beside.is_empty() && checked.warnings.is_empty() {
        value
    } else {
        let warnings = checked.warnings.iter().map(warning);
        quote!({ #beside #(#warnings)* #value })
    };
    around(form, value)
}

/// What a macro call evaluates to, around the block with everything that rustc shall see.
///
/// In the block the call would be its last expression, of which rustc expects what is expected of the block: then
/// `&asl! { … }` is no `&StateMachine`.
fn around(form: Form, value: TokenStream) -> TokenStream {
    match form {
        Form::Machine => quote!(::asl_core::__private::unwrap(#value)),
        Form::Result | Form::Json => value,
    }
}

/// The JSON, or the result of validation.
fn value(form: Form, checked: &Checked) -> TokenStream {
    let json = &checked.json;
    if form == Form::Json {
        return quote!(#json);
    }
    let workflow_type = match checked.workflow_type {
        WorkflowType::Standard => quote!(::asl_core::model::WorkflowType::Standard),
        WorkflowType::Express => quote!(::asl_core::model::WorkflowType::Express),
    };
    if checked.holes.is_empty() {
        return quote!(::asl_core::__private::validated(#json, #workflow_type));
    }
    let values = checked.holes.iter().map(|(pointer, hole)| {
        let expression = &hole.expression;
        let first =
            expression.clone().into_iter().next().map_or_else(proc_macro2::Span::call_site, |it| it.span());
        let value = quote_spanned!(first=> ::core::convert::Into::into(#expression));
        quote!((#pointer, #value))
    });
    quote!(::asl_core::__private::interpolated(#json, #workflow_type, [#(#values),*]))
}

/// The errors, and a value of the right type, so that nothing is reported that only follows from them.
pub(crate) fn errors(form: Form, errors: Errors) -> TokenStream {
    let errors = errors.into_tokens();
    let value = match form {
        Form::Machine | Form::Result => quote!(::asl_core::__private::not_compiled::<
            ::core::result::Result<
                ::asl_core::Valid<::asl_core::model::StateMachine>,
                ::std::boxed::Box<::asl_core::Invalid<::asl_core::model::StateMachine>>,
            >,
        >()),
        Form::Json => quote!(""),
    };
    around(form, quote!({ #errors #value }))
}

/// Stable Rust lets no macro warn, but rustc warns where something deprecated is used.
fn warning(warning: &Warning) -> TokenStream {
    let note = &warning.message;
    let used = quote_spanned!(warning.place.start()=> state_machine_warning);
    quote!({
        #[deprecated(note = #note)]
        #[allow(non_upper_case_globals)]
        const state_machine_warning: () = ();
        #used
    })
}
