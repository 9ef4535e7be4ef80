//! `return`, `break`, `continue`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprBreak, ExprContinue, Lifetime};

use super::scope::{Compiler, Continue, Dest};

impl Compiler<'_> {
    pub(super) fn return_(&mut self, value: Option<&Expr>, at: &Expr, out: &mut TokenStream) {
        match value {
            Some(value) => self.into(value, &Dest::Return, out),
            None => {
                self.refuse(at, "a workflow gives a `Result`", "write `return Ok(());`");
            }
        }
    }

    /// The label that a jump names, or the nearest loop.
    fn target(&self, label: Option<&Lifetime>) -> Option<usize> {
        self.labels.iter().rposition(|known| match label {
            Some(label) => known.name.as_ref().is_some_and(|name| label.ident == name),
            None => !matches!(known.continues, Continue::No),
        })
    }

    pub(super) fn break_(&mut self, jump: &ExprBreak, out: &mut TokenStream) {
        let Some(target) = self.target(jump.label.as_ref()) else {
            self.leaves_nothing(jump, "break");
            return;
        };
        let (ident, dest) = (self.labels[target].ident.clone(), self.labels[target].dest.clone());
        if let Some(value) = &jump.expr {
            self.into(value, &dest, out);
        }
        out.extend(quote_spanned!(jump.span()=> __asl.break_(#ident);));
    }

    fn leaves_nothing(&mut self, jump: &impl quote::ToTokens, word: &str) {
        if self.level().depth == 0 {
            self.refuse(jump, &format!("there is no loop around this `{word}`"), "use `return`");
            return;
        }
        self.refuse(
            jump,
            &format!("`{word}` cannot leave an iteration or a branch, which is run beside the others"),
            "`return Ok(…)` ends this one; to stop before the others are done, write a `for` loop",
        );
    }

    pub(super) fn continue_(&mut self, jump: &ExprContinue, out: &mut TokenStream) {
        let Some(target) = self.target(jump.label.as_ref()) else {
            self.leaves_nothing(jump, "continue");
            return;
        };
        let label = &self.labels[target];
        let ident = &label.ident;
        out.extend(if let Continue::Leave(turn) = &label.continues {
            quote!(__asl.break_(#turn);)
        } else {
            quote!(__asl.continue_(#ident);)
        });
    }
}
