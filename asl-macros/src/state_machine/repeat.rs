//! Loops.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprForLoop, ExprLoop, ExprRange, ExprWhile, Pat, RangeLimits};

use super::scope::{Compiler, Continue, Dest, Label};
use super::text::text;
use crate::start;

impl Compiler<'_> {
    fn enter(&mut self, label: Option<&syn::Label>, dest: &Dest, continues: Continue) -> proc_macro2::Ident {
        let ident = self.fresh("loop");
        let name = label.map(|label| label.name.ident.to_string());
        self.labels.push(Label { name, ident: ident.clone(), dest: dest.clone(), continues });
        ident
    }

    pub(super) fn loop_(&mut self, repeated: &ExprLoop, dest: &Dest, out: &mut TokenStream) {
        let ident = self.enter(repeated.label.as_ref(), dest, Continue::Loop);
        let mut body = TokenStream::new();
        self.block(&repeated.body, &Dest::Ignore, &mut body);
        self.labels.pop();
        out.extend(quote! {
            let #ident = __asl.label();
            __asl.begin();
            #body
            __asl.repeat(#ident);
        });
    }

    pub(super) fn while_(&mut self, repeated: &ExprWhile, out: &mut TokenStream) {
        let ident = self.enter(repeated.label.as_ref(), &Dest::Ignore, Continue::Loop);
        let mark = self.locals.len();
        let mut body = self.line(start::of_expression(&repeated.cond));
        self.unless(&repeated.cond, &ident, &mut body);
        self.block(&repeated.body, &Dest::Ignore, &mut body);
        self.locals.truncate(mark);
        self.labels.pop();
        out.extend(quote! {
            let #ident = __asl.label();
            __asl.begin();
            { #body }
            __asl.repeat(#ident);
        });
    }

    pub(super) fn for_(&mut self, repeated: &ExprForLoop, out: &mut TokenStream) {
        let mark = self.locals.len();
        let name = format!("for {} in {}", text(&repeated.pat), text(&repeated.expr));
        let mut before = TokenStream::new();
        let counted = match without_parentheses(&repeated.expr) {
            Expr::Range(range) => self.range(range, &repeated.pat, &mut before),
            _ => Some(self.elements(repeated, &mut before)),
        };
        let Some(Counted { index, goes_on, bind }) = counted else { return };
        let turn = self.fresh("turn");
        let ident = self.enter(repeated.label.as_ref(), &Dest::Ignore, Continue::Leave(turn.clone()));
        let mut body = TokenStream::new();
        match bind {
            Some((pattern, value)) => {
                let at = repeated.expr.span();
                let element = self.fresh_at("element", at);
                body.extend(quote_spanned!(at=> let #element = #value;));
                self.bind(pattern, &element, false, &mut body);
            }
            None => self.bind(&repeated.pat, &index, false, &mut body),
        }
        self.block(&repeated.body, &Dest::Ignore, &mut body);
        self.labels.pop();
        self.locals.truncate(mark);
        out.extend(quote! {
            {
                #before
                let #ident = __asl.label();
                __asl.begin();
                __asl.unless(#goes_on, #name, #ident);
                let #turn = __asl.label();
                __asl.begin();
                { #body }
                __asl.labelled(#turn);
                __asl.set(
                    &#index,
                    ::asl_core::expr::add(::core::clone::Clone::clone(&#index), ::asl_core::expr::lit(1)),
                );
                __asl.repeat(#ident);
            }
        });
    }

    fn range<'p>(
        &mut self,
        range: &ExprRange,
        pattern: &Pat,
        before: &mut TokenStream,
    ) -> Option<Counted<'p>> {
        let (Some(first), Some(end)) = (&range.start, &range.end) else {
            self.refuse(
                range,
                "a range without an end cannot be gone through",
                "give both ends, `0..count`, or write `loop` with a counter",
            );
            return None;
        };
        let index = self.fresh("index");
        let hint =
            super::binding::hint(pattern).filter(|name| name != "_").unwrap_or_else(|| "index".to_owned());
        let hint = hint.trim_start_matches('_').to_owned();
        let first = self.value(first, &hint, before);
        before.extend(quote_spanned!(range.span()=> let #index = __asl.hold(#hint, #first);));
        let end = self.subject(end, before);
        let below = match range.limits {
            RangeLimits::HalfOpen(_) => format_ident!("lt"),
            RangeLimits::Closed(_) => format_ident!("le"),
        };
        let goes_on = quote_spanned!(range.span()=> ::asl_core::expr::#below(
            ::core::clone::Clone::clone(&#index),
            ::core::clone::Clone::clone(&#end),
        ));
        Some(Counted { index, goes_on, bind: None })
    }

    fn elements<'p>(&mut self, repeated: &'p ExprForLoop, before: &mut TokenStream) -> Counted<'p> {
        let at = repeated.expr.span();
        let (list, index) = (self.fresh_at("list", at), self.fresh("index"));
        let item = super::binding::hint(&repeated.pat).unwrap_or_else(|| "item".to_owned());
        let item = item.trim_start_matches('_');
        let (items_name, index_name) = (format!("{item}_list"), format!("{item}_index"));
        let source = self.subject_list(&repeated.expr, &items_name, before);
        before.extend(quote_spanned!(at=>
            let #list = #source;
            let #index = __asl.hold(#index_name, ::asl_core::expr::lit::<usize>(0));
        ));
        let goes_on = quote!(::asl_core::expr::lt(::core::clone::Clone::clone(&#index), #list.len()));
        let element = quote_spanned!(at=> ::asl_core::expr::index(
            ::core::clone::Clone::clone(&#list),
            ::core::clone::Clone::clone(&#index),
        ));
        Counted { index, goes_on, bind: Some((&repeated.pat, element)) }
    }

    /// The list that a loop goes through. One that nothing changes stands for itself.
    fn subject_list(&mut self, expression: &Expr, hint: &str, out: &mut TokenStream) -> TokenStream {
        let expression = without_iter(expression);
        let at = expression.span();
        let subject =
            if matches!(without_parentheses(expression), Expr::Path(_) | Expr::Field(_) | Expr::Reference(_))
            {
                let subject = self.subject(expression, out);
                quote_spanned!(at=> ::core::clone::Clone::clone(&#subject))
            } else if super::purity::is_pure(expression) {
                let value = self.pure(expression);
                return quote_spanned!(at=> {
                    let __asl_listed = ::asl_core::stage::Listed::listed(#value);
                    __asl.hold(#hint, __asl_listed)
                });
            } else {
                self.value(expression, hint, out)
            };
        quote_spanned!(at=> ::asl_core::stage::Listed::stored(#subject, &mut __asl, #hint))
    }
}

/// What a `for` loop counts.
struct Counted<'p> {
    index: proc_macro2::Ident,
    goes_on: TokenStream,
    /// The element, and the pattern for it; else it is the index.
    bind: Option<(&'p Pat, TokenStream)>,
}

pub(super) fn without_parentheses(expression: &Expr) -> &Expr {
    match expression {
        Expr::Paren(inner) => without_parentheses(&inner.expr),
        Expr::Group(inner) => without_parentheses(&inner.expr),
        other => other,
    }
}

/// `list.iter()` as `list`.
fn without_iter(expression: &Expr) -> &Expr {
    match without_parentheses(expression) {
        Expr::MethodCall(call)
            if call.args.is_empty()
                && (call.method == "iter" || call.method == "into_iter" || call.method == "clone")
                && matches!(without_parentheses(&call.receiver), Expr::Path(_) | Expr::Field(_)) =>
        {
            &call.receiver
        }
        other => other,
    }
}
