//! Rust expressions that are run by a workflow: rewritten, so that they build `asl_core::expr::Expr`.
//!
//! [`rewrite`] knows words and scopes, rustc the types: what comes out is ordinary Rust with the user's spans, in
//! which each local is a variable of type `Expr<T>`. Nothing here knows of states. What has no meaning without states
//! (`await`, loops, assignments) is an error; whoever compiles statements takes these out first.
//!
//! | Rust | staged |
//! | --- | --- |
//! | `user`, a local | `Clone::clone(&user)` |
//! | `user.plan` | `user.plan.clone()`: a field of the proxy that the derive made |
//! | `3`, `"a"`, `MAX`, `Plan::Pro` | `lit(3)`, `text("a")`, `constant(MAX)`, `constant(Plan::Pro)` |
//! | `a + b`, `a == b`, `a && b`, `a as u8` | `add(a, b)`, `eq(a, b)`, `and(a, b)`, `cast::<_, u8>(a)` |
//! | `x.method(y, \|z\| …)` | the same method of `Expr<T>`, of `Items<T>` |
//! | `if`, `match`, `let` | `if_else`, a chain of tests, `let_in` |
//! | `Some(x)`, `(a, b)`, `vec![a]`, `format!("{a}")`, `json!({"key": a})` | `some`, `tuple`, `list`, `format`, `json_object` |
//! | `User { id, plan: p }` | `User::__asl_new(\|f\| { f.id = …; f.plan = …; })` |
//! | `User { id, ..old }` | `User::__asl_with(&old, \|f\| { f.id = …; })` |
//! | `Wrapper(x)` | `Wrapper::__asl_new(\|f\| { f.0 = …; })` |
//! | `Decision::Approved { by }`, `Decision::Approved(by)` | `Decision::__asl_new_Approved(\|f\| { f.by = …; })` |
//! | pattern `Decision::Approved { by }` | `Decision::__asl_is_Approved(&e)`, `Decision::__asl_of_Approved(&e).by` |
//! | pattern `User { plan, .. }`, `(a, b)`, `Some(x)` | `e.plan`; `e.0`, `e.1`; `e.is_some()`, `e.__asl_value()` |
//! | pattern `[first, .., last]`, `Ok(x)` of `parse` | `e.__asl_at(0)`, `e.__asl_at(-1)`; `e.is_ok()`, `e.__asl_value()` |
//! | `total(order)`, an `#[expr_fn]` | `total::staged(order)`, by way of `asl_core::expr::plain` |
//!
//! `A::B` is a variant if `A` begins with a capital letter, and else `B` of the module `A`.

mod expression;
mod operator;
mod method;
mod call;
mod library;
mod format;
mod json;
mod construct;
mod control;
mod pattern;
mod types;
mod function;

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::Ident;
use syn::spanned::Spanned;

use crate::errors::Errors;

pub(crate) use construct::named;
pub(crate) use expression::{place, refuse};
pub(crate) use function::expr_fn;
pub(crate) use json::Json;
pub(crate) use pattern::{Matched, pattern};
pub(crate) use types::erased;

/// The locals that an expression can name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    locals: Vec<String>,
    /// Handles: what they know is read through their methods.
    handles: Vec<String>,
    in_closure: bool,
}

impl Scope {
    /// The same and more locals.
    pub(crate) fn with<'a>(&self, names: impl IntoIterator<Item = &'a Ident>) -> Self {
        let mut scope = self.clone();
        scope.locals.extend(names.into_iter().map(ToString::to_string));
        scope
    }

    /// The same, within a closure.
    fn closure(&self) -> Self {
        Self { in_closure: true, ..self.clone() }
    }

    /// Locals in the order of their declaration, each with whether it is a handle, a `Ctx`. The last of a name counts.
    pub(crate) fn of<'a>(locals: impl Iterator<Item = (&'a str, bool)>) -> Self {
        let mut scope = Self::default();
        for (name, is_handle) in locals {
            if is_handle {
                scope.locals.retain(|local| local != name);
                scope.handles.push(name.to_owned());
            } else {
                scope.locals.push(name.to_owned());
            }
        }
        scope
    }

    /// Whether the name is a handle.
    pub(crate) fn is_handle(&self, name: &Ident) -> bool {
        // once: an identifier is turned into text for each comparison
        let name = name.to_string();
        !self.locals.contains(&name) && self.handles.contains(&name)
    }

    /// Whether the name is a local.
    pub(crate) fn has(&self, name: &Ident) -> bool {
        let name = name.to_string();
        self.locals.contains(&name)
    }
}

/// The code that builds the expression: an `Expr<T>` of its own, or what a method gives that is not data, such as
/// `Items<T>`. What has no meaning here is noted; the code is then of the type `!`.
pub(crate) fn rewrite(expression: &syn::Expr, scope: &Scope, errors: &mut Errors) -> TokenStream {
    expression::rewrite(expression, scope, errors)
}

/// A value of any type, where an error was noted.
fn noted(at: &impl Spanned) -> TokenStream {
    quote_spanned!(at.span()=> ::core::unreachable!())
}
