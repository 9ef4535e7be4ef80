//! What the function takes and gives.

use proc_macro2::TokenStream;
use syn::spanned::Spanned;
use syn::{FnArg, GenericParam, Ident, ItemFn, Pat, ReturnType, Type};

use crate::errors::Errors;
use crate::signature::{handle, returned};
use crate::staged::{erased, refuse};

pub(super) struct Signature<'f> {
    /// The name of the handle.
    pub(super) handle: &'f Ident,
    pub(super) input: Option<Input<'f>>,
    pub(super) value: &'f Type,
    pub(super) error: &'f Type,
}

pub(super) struct Input<'f> {
    pub(super) pattern: &'f Pat,
    pub(super) ty: &'f Type,
}

impl Signature<'_> {
    /// The types of input, value and error in expressions.
    pub(super) fn data(&self) -> (TokenStream, TokenStream) {
        let unit = || quote::quote!(());
        let input = self.input.as_ref().map_or_else(unit, |input| erased(input.ty).unwrap_or_else(unit));
        (input, erased(self.value).unwrap_or_else(unit))
    }
}

pub(super) fn parse<'f>(errors: &mut Errors, function: &'f ItemFn) -> Option<Signature<'f>> {
    qualifiers(errors, function);
    let inputs: Vec<&FnArg> = function.sig.inputs.iter().collect();
    let handle = inputs.first().and_then(|first| handle(first)).map(|(name, _)| name);
    let typed: Vec<_> = inputs
        .iter()
        .filter_map(|input| match input {
            FnArg::Typed(typed) => Some(typed),
            FnArg::Receiver(receiver) => {
                refuse(
                    errors,
                    receiver,
                    "a workflow is a function, no method",
                    "write it outside of the `impl`, with what it needs as its input",
                );
                None
            }
        })
        .collect();
    if handle.is_none() && typed.len() == inputs.len() {
        let at = inputs.first().map_or_else(|| function.sig.ident.span(), Spanned::span);
        errors.push_with_help(
            at,
            "a workflow gets the handle first, through which it has all its effects",
            "begin the parameters with `ctx: &Ctx`",
        );
    }
    if let (Some(_), Some(third)) = (handle, typed.get(2)) {
        refuse(
            errors,
            third,
            "a workflow has one input",
            "put the inputs into one struct with `#[derive(Serialize, Deserialize, AslData)]`",
        );
    }
    let input = typed.get(1).map(|typed| Input { pattern: &typed.pat, ty: &typed.ty });
    if let Some(Input { ty: Type::Reference(reference), .. }) = &input {
        refuse(errors, reference, "the input of a workflow is its own", "take it by value");
    }
    let (value, error) = returned(&function.sig.output).or_else(|| {
        let help = "write `-> Result<Output, Failure>`; the error type is `Failure`, or an enum with \
                    `#[derive(AslError)]`";
        let message = "a workflow gives a `Result`, for every task may fail";
        match &function.sig.output {
            ReturnType::Type(_, output) => refuse(errors, output, message, help),
            ReturnType::Default => refuse(errors, &function.sig.ident, message, help),
        };
        None
    })?;
    Some(Signature { handle: handle?, input, value, error })
}

fn qualifiers(errors: &mut Errors, function: &ItemFn) {
    let signature = &function.sig;
    if signature.asyncness.is_none() {
        errors.push_with_help(
            signature.fn_token.span,
            "a workflow waits for its tasks",
            "write `async fn`; for a pure function there is `#[expr_fn]`",
        );
    }
    if let syn::Safety::Unsafe(unsafety) = &signature.safety {
        refuse(errors, unsafety, "a workflow has no `unsafe`", "do it in a task");
    }
    if let Some(constness) = &signature.constness {
        refuse(errors, constness, "a workflow runs when it is started", "remove `const`");
    }
    if let Some(abi) = &signature.abi {
        refuse(errors, abi, "a workflow is a function of Rust", "remove `extern`");
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            refuse(
                errors,
                parameter,
                "a state machine has one definition, so its function has no type parameters",
                "write the function for the type that it is used with",
            );
        }
    }
}
