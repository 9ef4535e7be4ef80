//! From the tokens of a call to the tokens that replace it.

use asl_core::model::WorkflowType;
use proc_macro2::TokenStream;

use crate::check::{Checked, check};
use crate::emit::{self, Form};
use crate::errors::{Errors, Reported};
use crate::{include, lower, parse};

/// `asl!`, `try_asl!`, `asl_json!`
pub(crate) fn definition(form: Form, body: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    match checked(&mut errors, form, body) {
        Ok(checked) => emit::definition(form, &checked, &TokenStream::new()),
        Err(Reported) => emit::errors(form, errors),
    }
}

/// `include_asl!`, `include_asl_json!`
pub(crate) fn file(form: Form, arguments: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let file = include::file(&mut errors, arguments);
    match file.and_then(|file| errors.barrier().map(|()| file)) {
        Ok((checked, tracked)) => emit::definition(form, &checked, &tracked),
        Err(Reported) => emit::errors(form, errors),
    }
}

/// The passes.
pub(crate) fn checked(errors: &mut Errors, form: Form, body: TokenStream) -> Result<Checked, Reported> {
    let definition = parse::definition(errors, body);
    errors.barrier()?;
    let workflow_type = if definition.express { WorkflowType::Express } else { WorkflowType::Standard };
    let lowered = lower::lower(errors, definition.machine);
    if form == Form::Json {
        for hole in &lowered.holes {
            errors.push_with_help(
                hole.place,
                "a Rust value cannot stand in a constant",
                "use `asl!` and its `to_json()`",
            );
        }
    }
    errors.barrier()?;
    let checked = check(errors, lowered, workflow_type);
    errors.barrier()?;
    Ok(checked)
}
