//! What functions of libraries make: `Vec::new()`, `String::from(text)`, `Value::from(number)`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ExprCall, Path};

use super::{Scope, rewrite};
use crate::errors::Errors;
use crate::start;

/// The code of a call whose meaning is known by the function's name.
pub(super) fn made(
    call: &ExprCall,
    path: &Path,
    names: &[&str],
    scope: &Scope,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let at = start::of_expression(&call.func);
    let last = path.segments.last().map(|segment| &segment.ident);
    let mut arguments = || -> Vec<TokenStream> {
        call.args.iter().map(|argument| rewrite(argument, scope, errors)).collect()
    };
    Some(match names {
        // the same value in JSON
        [.., "Box" | "Rc" | "Arc", "new"] | [.., "String" | "Cow" | "Vec" | "VecDeque", "from"]
            if call.args.len() == 1 =>
        {
            let arguments = arguments();
            quote_spanned!(at=> #(#arguments)*)
        }
        [
            ..,
            "i16" | "i32" | "i64" | "u16" | "u32" | "u64" | "usize" | "isize" | "f64" | "Option",
            "from",
        ] if call.args.len() == 1 => {
            let ty = path.segments.iter().rev().nth(1).map(|segment| &segment.ident);
            let ty = ty.filter(|ty| *ty != "Option").map_or_else(|| quote!(_), |ty| quote!(#ty));
            let arguments = arguments();
            quote_spanned!(at=> #(#arguments)*.into::<#ty>())
        }
        [.., "cmp", "min" | "max"] if call.args.len() == 2 => {
            let arguments = arguments();
            let (left, right) = (&arguments[0], &arguments[1]);
            quote_spanned!(at=> #left.#last(#right))
        }
        // the error that has a name and a cause
        [.., "Failure", "new"] if call.args.len() == 2 => {
            let (failure, function) = super::named(path, "call");
            let arguments = arguments();
            quote_spanned!(at=> #failure::#function(#(#arguments),*))
        }
        ["Vec" | "VecDeque", "new" | "with_capacity"]
        | [.., "vec", "Vec", "new" | "with_capacity"]
        | [.., "collections", "VecDeque", "new" | "with_capacity"] => {
            quote_spanned!(at=> ::asl_core::expr::list([]))
        }
        ["String", "with_capacity"] => quote_spanned!(at=> ::asl_core::expr::text("")),
        [.., "BTreeMap" | "HashMap", "new"] if call.args.is_empty() => {
            quote_spanned!(at=> ::asl_core::expr::map([]))
        }
        [.., "BTreeMap" | "HashMap", "from"] if call.args.len() == 1 => {
            let pairs = arguments();
            quote_spanned!(at=> #(#pairs)*.into_iter().collect::<::std::collections::BTreeMap<_, _>>())
        }
        [.., "Value", "from"] if call.args.len() == 1 => {
            let arguments = arguments();
            quote_spanned!(at=> ::asl_core::expr::json(#(#arguments)*))
        }
        _ => return None,
    })
}
