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
            // rustc says it of the original function
            self.refuse(jump, "there is nothing around it that this leaves", "use `return`");
            return;
        };
        let (ident, dest) = (self.labels[target].ident.clone(), self.labels[target].dest.clone());
        if let Some(value) = &jump.expr {
            self.into(value, &dest, out);
        }
        out.extend(quote_spanned!(jump.span()=> __asl.break_(#ident);));
    }

    pub(super) fn continue_(&mut self, jump: &ExprContinue, out: &mut TokenStream) {
        let Some(target) = self.target(jump.label.as_ref()) else {
            self.refuse(jump, "there is no loop around it", "use `return`");
            return;
        };
        let label = &self.labels[target];
        let ident = &label.ident;
        out.extend(match &label.continues {
            Continue::Leave(turn) => quote!(__asl.break_(#turn);),
            _ => quote!(__asl.continue_(#ident);),
        });
    }
}
