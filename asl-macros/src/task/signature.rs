//! The declared function.

use proc_macro2::{Span, TokenStream};
use syn::parse::{Parse, ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{
    Attribute, Block, FnArg, GenericParam, Ident, Pat, ReturnType, Signature as RustSignature, Token, Type,
    Visibility,
};

use crate::errors::{Errors, Reported};
use crate::signature::{handle, returned};

/// What was declared, right or wrong.
pub(super) struct Declaration {
    pub(super) attributes: Vec<Attribute>,
    pub(super) visibility: Visibility,
    /// Without our own attributes.
    pub(super) signature: RustSignature,
    body: Option<Block>,
    /// The indices of the parameters with `#[payload]`, with the places of the attributes.
    payloads: Vec<(usize, Span)>,
}

/// The signature of a task function that can be called.
pub(super) struct Signature {
    pub(super) name: Ident,
    /// The parameters after `ctx`.
    pub(super) parameters: Vec<Parameter>,
    /// Whether it gives `Result<(), E>`.
    pub(super) gives_nothing: bool,
}

pub(super) struct Parameter {
    pub(super) name: Ident,
    pub(super) r#type: Type,
    /// Whether it is all that is sent.
    pub(super) is_payload: bool,
}

impl Parse for Declaration {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = Attribute::parse_outer(input)?;
        let visibility = input.parse()?;
        let mut signature: RustSignature = input.parse()?;
        let body = if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            None
        } else {
            Some(input.parse()?)
        };
        let mut payloads = Vec::new();
        for (index, argument) in signature.inputs.iter_mut().enumerate() {
            let attributes = match argument {
                FnArg::Typed(typed) => &mut typed.attrs,
                FnArg::Receiver(receiver) => &mut receiver.attrs,
            };
            attributes.retain(|attribute| {
                let is_ours = attribute.path().is_ident("payload");
                if is_ours {
                    payloads.push((index, attribute.span()));
                }
                !is_ours
            });
        }
        Ok(Self { attributes, visibility, signature, body, payloads })
    }
}

pub(super) fn parse(errors: &mut Errors, item: &TokenStream) -> Result<Declaration, Reported> {
    Declaration::parse.parse2(item.clone()).map_err(|error| {
        errors.push_with_help(
            error.span(),
            format!("`#[task]` stands on the declaration of a function: {error}"),
            "write `async fn fetch_user(ctx: &Ctx, user_id: &str) -> Result<User, Failure>;`",
        )
    })
}

pub(super) fn check(errors: &mut Errors, declaration: &Declaration) -> Option<Signature> {
    let signature = &declaration.signature;
    if let Some(body) = &declaration.body {
        errors.push_with_help(
            body.span(),
            "a task function has no body: the task is done elsewhere",
            "write `;` instead of it; a function of your own that tasks call needs no `#[task]`",
        );
    }
    if signature.asyncness.is_none() {
        errors.push_with_help(signature.fn_token.span, "a task function is `async`", "write `async fn`");
    }
    for parameter in &signature.generics.params {
        if !matches!(parameter, GenericParam::Lifetime(_)) {
            errors.push_with_help(
                parameter.span(),
                "a task function has no type parameters: its state is one, with one form of data",
                "declare one function for each type",
            );
        }
    }
    let parameters = parameters(errors, declaration);
    let gives_nothing = returned(&signature.output)
        .map(|(value, _)| matches!(value, Type::Tuple(tuple) if tuple.elems.is_empty()));
    if gives_nothing.is_none() {
        let at = match &signature.output {
            ReturnType::Default => signature.ident.span(),
            ReturnType::Type(_, output) => output.span(),
        };
        errors.push_with_help(
            at,
            "a task function gives a `Result`, for every task may fail",
            "write `-> Result<User, Failure>`, with both types",
        );
    }
    Some(Signature { name: signature.ident.clone(), parameters: parameters?, gives_nothing: gives_nothing? })
}

fn parameters(errors: &mut Errors, declaration: &Declaration) -> Option<Vec<Parameter>> {
    let signature = &declaration.signature;
    let mut inputs = signature.inputs.iter().enumerate();
    let first = inputs.next().map(|(_, input)| input);
    if first.is_none_or(|input| handle(input).is_none()) {
        let help = "write `ctx: &Ctx` as the first parameter";
        match first {
            Some(FnArg::Receiver(receiver)) => errors.push_with_help(
                receiver.span(),
                "a task function is no method",
                "declare it outside of `impl` and `trait`, with `ctx: &Ctx` as the first parameter",
            ),
            Some(input) => errors.push_with_help(input.span(), "the first parameter is the handle", help),
            None => errors.push_with_help(signature.ident.span(), "the handle is missing", help),
        };
        return None;
    }
    let mut parameters = Vec::new();
    for (index, input) in inputs {
        let FnArg::Typed(typed) = input else { continue };
        let Pat::Ident(pattern) = &*typed.pat else {
            errors.push_with_help(
                typed.pat.span(),
                "a parameter of a task function is one name, which the task is given",
                "take the whole value, or a parameter for each part",
            );
            continue;
        };
        let is_payload = declaration.payloads.iter().any(|(of, _)| *of == index);
        let r#type = (*typed.ty).clone();
        parameters.push(Parameter { name: pattern.ident.clone(), r#type, is_payload });
    }
    if let [(_, at), ..] = declaration.payloads[..]
        && signature.inputs.len() > 2
    {
        errors.push_with_help(
            at,
            "`#[payload]` makes the parameter all that is sent, but there are others",
            "remove the others, or remove `#[payload]` and write `payload = { … }` in `#[task(…)]`",
        );
    }
    Some(parameters)
}
