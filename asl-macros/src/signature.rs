//! What the signatures of tasks and of workflows have in common: the handle, and the `Result`.

use syn::{FnArg, GenericArgument, Ident, Lifetime, Pat, PathArguments, ReturnType, Type};

/// The name and the lifetime of the handle, `ctx: &Ctx`.
pub(crate) fn handle(input: &FnArg) -> Option<(&Ident, Option<&Lifetime>)> {
    let FnArg::Typed(typed) = input else { return None };
    let (Pat::Ident(pattern), Type::Reference(reference)) = (&*typed.pat, &*typed.ty) else { return None };
    let Type::Path(path) = &*reference.elem else { return None };
    let is_handle = path.path.segments.last().is_some_and(|segment| segment.ident == "Ctx");
    (is_handle && reference.mutability.is_none()).then_some((&pattern.ident, reference.lifetime.as_ref()))
}

/// The two types of `Result<T, E>`.
pub(crate) fn returned(output: &ReturnType) -> Option<(&Type, &Type)> {
    let ReturnType::Type(_, output) = output else { return None };
    let Type::Path(path) = &**output else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(r#type) => Some(r#type),
        _ => None,
    });
    let (value, error) = (types.next()?, types.next()?);
    (last.ident == "Result" && types.next().is_none()).then_some((value, error))
}
