//! Operators and ranges.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::{BinOp, ExprBinary, ExprRange, RangeLimits};

use super::expression::refuse;
use super::rewrite;
use super::{Scope, noted};
use crate::errors::Errors;
use crate::start;

pub(super) fn binary(binary: &ExprBinary, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let name = match &binary.op {
        BinOp::Add(_) => "add",
        BinOp::Sub(_) => "sub",
        BinOp::Mul(_) => "mul",
        BinOp::Div(_) => "div",
        BinOp::Rem(_) => "rem",
        BinOp::And(_) => "and",
        BinOp::Or(_) => "or",
        BinOp::Eq(_) => "eq",
        BinOp::Ne(_) => "ne",
        BinOp::Lt(_) => "lt",
        BinOp::Le(_) => "le",
        BinOp::Gt(_) => "gt",
        BinOp::Ge(_) => "ge",
        BinOp::BitXor(_) | BinOp::BitAnd(_) | BinOp::BitOr(_) | BinOp::Shl(_) | BinOp::Shr(_) => {
            refuse(
                errors,
                &binary.op,
                "JSONata has no operators on bits",
                "use `&&` and `||` for booleans, `*`, `/` and `%` for numbers",
            );
            return noted(binary);
        }
        _ => {
            refuse(
                errors,
                &binary.op,
                "nothing is assigned within an expression",
                "make a new value: `let name = …;`",
            );
            return noted(binary);
        }
    };
    let name = Ident::new(name, binary.op.span());
    let (left, right) = (rewrite(&binary.left, scope, errors), rewrite(&binary.right, scope, errors));
    quote_spanned!(start::of_expression(&binary.left)=> ::asl_core::expr::#name(#left, #right))
}

/// `first..end`, as an iterator.
pub(super) fn range(range: &ExprRange, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let (Some(first), Some(end)) = (&range.start, &range.end) else {
        return refuse(
            errors,
            range,
            "a range without an end cannot be gone through",
            "give both ends: `0..count`",
        );
    };
    let (first, end) = (rewrite(first, scope, errors), rewrite(end, scope, errors));
    match range.limits {
        RangeLimits::HalfOpen(_) => quote_spanned!(range.span()=> ::asl_core::expr::range(#first, #end)),
        RangeLimits::Closed(_) => {
            quote_spanned!(range.span()=> ::asl_core::expr::range_inclusive(#first, #end))
        }
    }
}

/// `(first..end).contains(&value)`
pub(super) fn range_contains(
    range: &ExprRange,
    value: &syn::Expr,
    scope: &Scope,
    errors: &mut Errors,
) -> TokenStream {
    let at = range.span();
    let value = rewrite(value, scope, errors);
    let subject = quote_spanned!(at=> ::core::clone::Clone::clone(&__asl_value));
    let from = range.start.as_ref().map(|first| {
        let first = rewrite(first, scope, errors);
        quote_spanned!(at=> ::asl_core::expr::ge(#subject, #first))
    });
    let to = range.end.as_ref().map(|end| {
        let name = match range.limits {
            RangeLimits::HalfOpen(_) => Ident::new("lt", at),
            RangeLimits::Closed(_) => Ident::new("le", at),
        };
        let end = rewrite(end, scope, errors);
        quote_spanned!(at=> ::asl_core::expr::#name(#subject, #end))
    });
    let test = match (from, to) {
        (Some(from), Some(to)) => quote_spanned!(at=> ::asl_core::expr::and(#from, #to)),
        (Some(test), None) | (None, Some(test)) => test,
        (None, None) => quote_spanned!(at=> ::asl_core::expr::lit(true)),
    };
    quote_spanned!(at=> ::asl_core::expr::let_in("value", #value, |__asl_value| #test))
}
