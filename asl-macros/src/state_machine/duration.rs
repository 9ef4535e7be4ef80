//! Durations: known when the definition is written, or computed from data.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::purity::each_name;
use super::repeat::without_parentheses;
use super::scope::Compiler;

impl Compiler<'_> {
    /// Whether a local or the handle stands in the expression.
    pub(super) fn names_a_local(&self, expression: &Expr) -> bool {
        let mut found = false;
        each_name(quote!(#expression), &mut |name| {
            found |= self.declared(name).is_some();
        });
        found
    }

    /// The seconds of a duration.
    pub(super) fn seconds(&mut self, duration: &Expr, out: &mut TokenStream) -> TokenStream {
        let at = duration.span();
        if let Expr::Lit(_) = without_parentheses(duration) {
            return self.refuse(
                duration,
                "a duration has a unit",
                "write `Duration::from_secs(…)`, `secs(…)`, `minutes(…)`, `hours(…)` or `days(…)`",
            );
        }
        if !self.names_a_local(duration) {
            return quote_spanned!(at=> ::asl_core::stage::fixed(#duration));
        }
        // `Duration::from_secs(30) * attempts`: whole seconds, so that nothing is rounded twice
        if let Expr::Binary(product) = without_parentheses(duration)
            && matches!(product.op, syn::BinOp::Mul(_))
            && is_of_whole_seconds(&product.left)
        {
            let one = self.seconds(&product.left, out);
            let count = self.value(&product.right, "", out);
            return quote_spanned!(at=> ::asl_core::stage::times(#one, #count));
        }
        if let Expr::Call(call) = without_parentheses(duration)
            && let Expr::Path(path) = &*call.func
            && let (Some(last), [count]) =
                (path.path.segments.last(), call.args.iter().collect::<Vec<_>>().as_slice())
        {
            let times = match last.ident.to_string().as_str() {
                "from_secs" | "secs" => Some(1_u64),
                "from_mins" | "minutes" | "mins" => Some(60),
                "from_hours" | "hours" => Some(3_600),
                "days" => Some(86_400),
                "from_millis" => None,
                _ => return self.no_duration(duration),
            };
            let count = self.value(count, "", out);
            return match times {
                Some(1) => count,
                Some(times) => {
                    quote_spanned!(at=> ::asl_core::expr::mul(#count, ::asl_core::expr::lit(#times)))
                }
                // a part of a second counts whole
                None => quote_spanned!(at=> ::asl_core::expr::div(
                    ::asl_core::expr::add(#count, ::asl_core::expr::lit(999)),
                    ::asl_core::expr::lit(1_000),
                )),
            };
        }
        self.no_duration(duration)
    }

    fn no_duration(&mut self, duration: &Expr) -> TokenStream {
        self.refuse(
            duration,
            "a duration is no data of a workflow",
            "write it where it is used: `Duration::from_secs(job.delay)`, `minutes(5) * round`, `secs(…)`, `hours(…)`, `days(…)`",
        )
    }
}

/// Whether the expression is `Duration::from_secs(…)`, `minutes(…)` and the like.
fn is_of_whole_seconds(duration: &Expr) -> bool {
    let Expr::Call(call) = without_parentheses(duration) else { return false };
    let Expr::Path(path) = &*call.func else { return false };
    path.path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        matches!(
            name.as_str(),
            "from_secs" | "secs" | "from_mins" | "minutes" | "mins" | "from_hours" | "hours" | "days"
        )
    })
}
