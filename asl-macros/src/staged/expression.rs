//! One kind of expression after the other.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprPath, Lit, UnOp};

use super::{Scope, call, construct, control, method, noted, operator};
use crate::errors::Errors;
use crate::start;

pub(super) fn rewrite(expression: &Expr, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = start::of_expression(expression);
    match expression {
        Expr::Lit(literal) => self::literal(&literal.lit, errors),
        Expr::Path(path) => self::path(path, scope, errors),
        Expr::Field(_) => {
            let is_local = is_part_of_local(expression, scope);
            let place = place(expression, scope, errors);
            if is_local {
                quote_spanned!(at=> #place.clone())
            } else {
                quote_spanned!(at=> ::core::clone::Clone::clone(&#place))
            }
        }
        Expr::Paren(inner) => rewrite(&inner.expr, scope, errors),
        Expr::Group(inner) => rewrite(&inner.expr, scope, errors),
        Expr::Reference(reference) => {
            if let Some(mutability) = &reference.mutability {
                return refuse(
                    errors,
                    mutability,
                    "nothing is changed through `&mut` in a workflow",
                    "take the value and return the new one",
                );
            }
            rewrite(&reference.expr, scope, errors)
        }
        Expr::Unary(unary) => match (&unary.op, &*unary.expr) {
            (UnOp::Neg(_), Expr::Lit(_)) => quote_spanned!(at=> ::asl_core::expr::lit(#unary)),
            (op, operand) => {
                let operand = rewrite(operand, scope, errors);
                match op {
                    UnOp::Neg(_) => quote_spanned!(at=> ::asl_core::expr::neg(#operand)),
                    UnOp::Not(_) => quote_spanned!(at=> ::asl_core::expr::not(#operand)),
                    _ => operand,
                }
            }
        },
        Expr::Binary(binary) => operator::binary(binary, scope, errors),
        Expr::Cast(cast) => {
            let value = rewrite(&cast.expr, scope, errors);
            let ty = &cast.ty;
            quote_spanned!(at=> ::asl_core::expr::cast::<_, #ty>(#value))
        }
        Expr::Range(range) => operator::range(range, scope, errors),
        Expr::Index(index) => {
            if let Expr::Range(range) = &*index.index {
                return refuse(
                    errors,
                    range,
                    "a workflow cannot take a part of a list or of a text by a range",
                    "for a list write `list.iter().skip(from).take(count).collect::<Vec<_>>()`",
                );
            }
            let (base, key) = (rewrite(&index.expr, scope, errors), rewrite(&index.index, scope, errors));
            quote_spanned!(at=> ::asl_core::expr::index(#base, #key))
        }
        Expr::MethodCall(call) => method::call(call, scope, errors),
        Expr::Call(call) => call::call(call, scope, errors),
        Expr::Macro(invocation) => call::invocation(&invocation.mac, scope, errors),
        Expr::Struct(literal) => construct::literal(literal, scope, errors),
        Expr::Tuple(tuple) if tuple.elems.is_empty() => quote_spanned!(at=> ::asl_core::expr::lit(())),
        Expr::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(|part| rewrite(part, scope, errors));
            quote_spanned!(at=> ::asl_core::expr::tuple((#(#parts,)*)))
        }
        Expr::Array(array) => {
            let elements = array.elems.iter().map(|element| rewrite(element, scope, errors));
            quote_spanned!(at=> ::asl_core::expr::list([#(#elements),*]))
        }
        Expr::If(branch) => control::branch(branch, scope, errors),
        Expr::Match(choice) => control::choice(choice, scope, errors),
        Expr::Block(block) if block.label.is_none() => control::block(&block.block, scope, errors),
        other => unsupported(other, scope, errors),
    }
}

pub(crate) fn refuse(
    errors: &mut Errors,
    at: &(impl Spanned + quote::ToTokens),
    what: &str,
    help: &str,
) -> TokenStream {
    let tokens: Vec<_> = quote!(#at).into_iter().collect();
    let place = crate::errors::Place::of(&tokens).unwrap_or_else(|| at.span().into());
    errors.push_with_help(place, what, help);
    noted(at)
}

fn literal(literal: &Lit, errors: &mut Errors) -> TokenStream {
    let at = literal.span();
    match literal {
        Lit::Str(_) => quote_spanned!(at=> ::asl_core::expr::text(#literal)),
        Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) | Lit::Char(_) => {
            quote_spanned!(at=> ::asl_core::expr::lit(#literal))
        }
        _ => refuse(errors, literal, "a workflow has no bytes", "write a text: `\"…\"`"),
    }
}

fn path(path: &ExprPath, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = path.span();
    match path.path.get_ident() {
        // no method: the type of a closure's parameter may not be known yet
        Some(name) if scope.has(name) => quote_spanned!(at=> ::core::clone::Clone::clone(&#name)),
        Some(name) if scope.is_handle(name) => refuse(
            errors,
            name,
            &format!("the handle `{name}` is no data of a workflow"),
            "hand it to tasks only, as their first argument; its methods give the time, random values and names",
        ),
        Some(name) if name == "None" => quote_spanned!(at=> ::asl_core::expr::none()),
        _ => quote_spanned!(at=> ::asl_core::expr::constant(#path)),
    }
}

/// `local.field.field`
fn is_part_of_local(expression: &Expr, scope: &Scope) -> bool {
    match expression {
        Expr::Field(field) => is_part_of_local(&field.base, scope),
        Expr::Path(path) => path.path.get_ident().is_some_and(|name| scope.has(name)),
        _ => false,
    }
}

/// An expression that can be borrowed: a local and fields of it are not cloned.
pub(crate) fn place(expression: &Expr, scope: &Scope, errors: &mut Errors) -> TokenStream {
    match expression {
        Expr::Path(path) if path.path.get_ident().is_some_and(|name| scope.has(name)) => quote!(#path),
        Expr::Field(field) => {
            let base = place(&field.base, scope, errors);
            let member = &field.member;
            quote_spanned!(start::of_expression(&field.base)=> #base.#member)
        }
        Expr::Paren(inner) => place(&inner.expr, scope, errors),
        Expr::Group(inner) => place(&inner.expr, scope, errors),
        Expr::Reference(reference) if reference.mutability.is_none() => place(&reference.expr, scope, errors),
        other => rewrite(other, scope, errors),
    }
}

/// What has a meaning for statements only, or none at all.
fn unsupported(expression: &Expr, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let (what, help) = match expression {
        Expr::Await(_) if scope.in_closure => (
            "a closure within an expression cannot wait for a task",
            "run tasks over a list with `map_each(items, async |item| …)`, or in a `for` loop",
        ),
        Expr::Await(_) => (
            "a task cannot run in the middle of an expression",
            "give its result a name first: `let result = task(…).await?;`",
        ),
        Expr::Try(_) => (
            "`?` leaves the function, and an expression cannot",
            "use `.unwrap_or(…)` for an `Option`; `task(…).await?` stands in a statement of its own",
        ),
        Expr::Closure(_) => {
            ("a closure is no data of a workflow", "write it where it is used: `items.iter().map(|item| …)`")
        }
        Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => {
            ("a loop is no value", "use an iterator: `.iter().map(…)`, `.filter(…)`, `.fold(…)`, `.sum()`")
        }
        Expr::Assign(_) => ("nothing is assigned within an expression", "make a new value: `let name = …;`"),
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => {
            ("an expression cannot jump", "use `if … { … } else { … }`, and let the last value be the result")
        }
        Expr::Unsafe(_) => ("a workflow has no `unsafe`", "do it in a task"),
        Expr::Async(_) => {
            ("an `async` block is no value", "use `join!(…)`, or give the task's result a name")
        }
        Expr::Repeat(_) => {
            ("a workflow cannot repeat an element", "write `(0..count).map(|_| …).collect::<Vec<_>>()`")
        }
        Expr::Let(_) => ("`let` is no value", "use `matches!(value, pattern)`"),
        Expr::Block(_) => ("a label is for statements", "use `if … { … } else { … }`"),
        Expr::Const(_) => ("a `const` block has no counterpart", "name the value: `const NAME: Type = …;`"),
        Expr::Infer(_) => ("`_` is no value", "write the value"),
        _ => ("this expression has no counterpart in a workflow", "do it in a task"),
    };
    refuse(errors, expression, what, help)
}
