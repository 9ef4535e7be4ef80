//! What has no meaning as states wherever it stands.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ItemFn, Macro};

use crate::errors::Errors;
use crate::staged::refuse;

pub(super) fn check(errors: &mut Errors, function: &ItemFn) {
    let mut check = Check { errors, name: function.sig.ident.to_string() };
    check.visit_block(&function.block);
}

struct Check<'e> {
    errors: &'e mut Errors,
    name: String,
}

impl Check<'_> {
    fn refuse(&mut self, at: &impl ToTokens, what: &str, help: &str) {
        refuse(self.errors, &at.to_token_stream(), what, help);
    }
}

impl<'ast> Visit<'ast> for Check<'_> {
    /// Items within the body are no part of the workflow.
    fn visit_item(&mut self, _: &'ast syn::Item) {}

    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Unsafe(block) => {
                self.refuse(&block.unsafe_token, "a workflow has no `unsafe`", "do it in a task");
                return;
            }
            Expr::Reference(reference) => {
                if let Some(mutability) = &reference.mutability {
                    self.refuse(
                        mutability,
                        "nothing is changed through `&mut` in a workflow",
                        "take the value, and assign the new one: `value = changed(value);`",
                    );
                    return;
                }
            }
            Expr::Yield(_) => {
                self.refuse(expression, "a workflow has no `yield`", "return a value");
                return;
            }
            Expr::TryBlock(_) => {
                self.refuse(
                    expression,
                    "`try` blocks are not stable Rust",
                    "write `match async { …; Ok::<_, Failure>(value) }.await { … }`",
                );
                return;
            }
            Expr::Closure(closure) if closure.asyncness.is_none() => {
                // a loop or a jump in it is reported where it is rewritten
            }
            _ => {}
        }
        visit::visit_expr(self, expression);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let Expr::Path(path) = &*call.func {
            let segments = &path.path.segments;
            let last = segments.last().map(|last| last.ident.to_string());
            let is_own = last.as_deref() == Some(self.name.as_str())
                && segments.iter().rev().skip(1).all(|segment| segment.ident == "self");
            if is_own {
                self.refuse(
                    &path.path,
                    "a workflow cannot call itself: its definition would have no end",
                    "write a `loop`, or start it anew through a `#[task(state_machine = \"…\")]`",
                );
            }
            if let Some((what, help)) = super::misplaced::of_the_world(&path.path) {
                self.refuse(&path.path, what, help);
            }
            if matches!(last.as_deref(), Some("spawn" | "spawn_local" | "spawn_blocking" | "block_on")) {
                self.refuse(
                    &path.path,
                    "a workflow starts nothing in the background",
                    "run branches with `try_join!(a, b)?`, or another workflow by its function",
                );
            }
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_pat_slice(&mut self, slice: &'ast syn::PatSlice) {
        visit::visit_pat_slice(self, slice);
    }

    fn visit_pat_ident(&mut self, ident: &'ast syn::PatIdent) {
        if let (Some(_), Some(mutability)) = (&ident.by_ref, &ident.mutability) {
            self.refuse(
                mutability,
                "nothing is changed through `ref mut` in a workflow",
                "bind the value with `mut`, change it, and assign it where it belongs",
            );
        }
        visit::visit_pat_ident(self, ident);
    }

    fn visit_macro(&mut self, invocation: &'ast Macro) {
        let name = invocation.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        if matches!(name.as_str(), "select" | "tokio_select") {
            self.refuse(
                &invocation.path,
                "a workflow cannot wait for the first of several: a Parallel state waits for all",
                "give the task a `.timeout(…)`, or let the task itself decide",
            );
        }
    }
}
