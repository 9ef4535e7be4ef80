//! Values: effects within an expression are done before it, in their order.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{BinOp, Expr, Ident, Token, parse_quote};

use super::purity::{is_concurrent, is_pure};
use super::scope::{Compiler, Dest};
use crate::staged::Json;
use crate::start;

/// A value that has a name in the emitted code.
pub(super) struct Named {
    pub(super) ident: Ident,
    /// Whether it is a local that nobody else has.
    pub(super) is_own: bool,
}

impl Compiler<'_> {
    /// The code of an expression's value; what it does comes before.
    pub(super) fn value(&mut self, expression: &Expr, hint: &str, out: &mut TokenStream) -> TokenStream {
        let lifted = self.lift(expression, hint, out);
        self.pure(&lifted)
    }

    /// The value under a name: a local of the workflow.
    pub(super) fn named(&mut self, expression: &Expr, hint: &str, out: &mut TokenStream) -> Named {
        let at = start::of_expression(expression);
        let lifted = self.lift(expression, hint, out);
        // an effect or a slot has made a local for it
        if let Expr::Path(path) = &lifted
            && let Some(ident) = path.path.get_ident()
            && ident.to_string().starts_with("__asl_")
            && !is_pure(expression)
        {
            return Named { ident: ident.clone(), is_own: true };
        }
        let value = self.pure(&lifted);
        let ident = self.fresh_at("value", at);
        let name = if hint.is_empty() { "value" } else { hint };
        // what is computed later, such as an iterator, is made of what is now
        let hold = if self.may_change(&lifted) { quote!(hold_now) } else { quote!(hold) };
        out.extend(quote_spanned!(at=> let #ident = __asl.#hold(#name, #value);));
        Named { ident, is_own: true }
    }

    /// The same expression with nothing in it that needs a statement.
    pub(super) fn lift(&mut self, expression: &Expr, hint: &str, out: &mut TokenStream) -> Expr {
        if is_pure(expression) {
            return expression.clone();
        }
        match expression {
            Expr::Paren(inner) => self.lift(&inner.expr, hint, out),
            Expr::Group(inner) => self.lift(&inner.expr, hint, out),
            Expr::Try(operand) => self.try_(&operand.expr, hint, out),
            Expr::Await(awaited) => self.await_(expression, &awaited.base, out),
            Expr::Macro(invocation) if is_concurrent(&invocation.mac) => {
                self.joined(expression, &invocation.mac, out)
            }
            Expr::If(_) | Expr::Match(_) | Expr::Block(_) | Expr::Loop(_) => self.slot(expression, hint, out),
            Expr::Binary(binary)
                if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) && !is_pure(&binary.right) =>
            {
                self.slot(&short_circuit(binary), hint, out)
            }
            Expr::MethodCall(call) if self.is_work(&call.receiver) => self.adapted(call, hint, out),
            Expr::MethodCall(call) if super::taken::takes(call) => self.take(call, hint, out),
            Expr::Async(_) => {
                self.refuse(
                    expression,
                    "an `async` block is no value: it does nothing until it is awaited",
                    "write `async { … }.await`; what runs at the same time is written `try_join!(a, b)?`",
                );
                parse_quote!(())
            }
            _ => self.lift_parts(expression, out),
        }
    }

    /// A local that the ways through the expression give values.
    fn slot(&mut self, expression: &Expr, hint: &str, out: &mut TokenStream) -> Expr {
        let slot = self.fresh("slot");
        let name = if hint.is_empty() { "value" } else { hint };
        out.extend(quote_spanned!(start::of_expression(expression)=> let #slot = __asl.slot(#name);));
        let mut inner = TokenStream::new();
        self.into(expression, &Dest::Slot(slot.clone()), &mut inner);
        out.extend(quote!({ #inner }));
        self.temporary(&slot)
    }

    /// A name of the emitted code as an expression.
    pub(super) fn temporary(&mut self, ident: &Ident) -> Expr {
        self.declare(ident, false);
        Expr::Path(syn::ExprPath { attrs: Vec::new(), qself: None, path: ident.clone().into() })
    }

    fn lift_parts(&mut self, expression: &Expr, out: &mut TokenStream) -> Expr {
        let mut copy = expression.clone();
        match &mut copy {
            Expr::Binary(binary) => {
                self.lift_all([&mut *binary.left, &mut *binary.right], out);
            }
            Expr::Unary(unary) => self.lift_all([&mut *unary.expr], out),
            Expr::Cast(cast) => self.lift_all([&mut *cast.expr], out),
            Expr::Field(field) => self.lift_all([&mut *field.base], out),
            Expr::Reference(reference) => self.lift_all([&mut *reference.expr], out),
            Expr::Index(index) => self.lift_all([&mut *index.expr, &mut *index.index], out),
            Expr::Range(range) => {
                let ends = range.start.iter_mut().chain(range.end.iter_mut()).map(|end| &mut **end);
                self.lift_all(ends, out);
            }
            Expr::Tuple(tuple) => self.lift_all(tuple.elems.iter_mut(), out),
            Expr::Array(array) => self.lift_all(array.elems.iter_mut(), out),
            Expr::Call(call) => self.lift_all(call.args.iter_mut(), out),
            Expr::MethodCall(call) => {
                let receiver = std::iter::once(&mut *call.receiver);
                self.lift_all(receiver.chain(call.args.iter_mut()), out);
            }
            Expr::Struct(literal) => {
                let fields = literal.fields.iter_mut().map(|field| &mut field.expr);
                self.lift_all(fields.chain(literal.rest.iter_mut().map(|rest| &mut **rest)), out);
            }
            Expr::Macro(invocation) =>
            {
                #[allow(clippy::collapsible_match, reason = "a guard cannot change what it matches")]
                if !self.lift_arguments(&mut invocation.mac, out) {
                    self.refuse(
                        expression,
                        "nothing can be done within the arguments of this macro",
                        "give its result a name first: `let result = task(…).await?;`",
                    );
                    return parse_quote!(());
                }
            }
            Expr::Let(_) => {
                self.refuse(expression, "`let` is no value", "use `matches!(value, pattern)`");
                return parse_quote!(());
            }
            // jumps, and what has no counterpart
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => {
                self.into(expression, &Dest::Ignore, out);
                let slot = self.fresh("never");
                out.extend(quote!(let #slot = __asl.slot("value");));
                return self.temporary(&slot);
            }
            Expr::Assign(_) | Expr::While(_) | Expr::ForLoop(_) => {
                self.into(expression, &Dest::Ignore, out);
                return parse_quote!(());
            }
            _ => {}
        }
        copy
    }

    /// The arguments of `format!`, `vec!`, `matches!` and `json!`. Whether it is one of them.
    fn lift_arguments(&mut self, invocation: &mut syn::Macro, out: &mut TokenStream) -> bool {
        let name = invocation.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        match name.as_str() {
            "format" | "vec" => {
                let parsed = invocation.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
                let Ok(mut arguments) = parsed else { return false };
                let values = arguments.iter_mut().map(|argument| match argument {
                    Expr::Assign(named) => &mut *named.right,
                    value => value,
                });
                self.lift_all(values, out);
                invocation.tokens = quote!(#arguments);
            }
            "matches" => {
                let parsed = invocation.parse_body_with(|input: ParseStream<'_>| {
                    Ok((input.parse::<Expr>()?, input.parse::<TokenStream>()?))
                });
                let Ok((subject, pattern)) = parsed else { return false };
                let subject = self.lift(&subject, "", out);
                invocation.tokens = quote!(#subject #pattern);
            }
            "json" => {
                let Ok(mut json) = invocation.parse_body::<Json>() else { return false };
                self.lift_all(json.expressions(), out);
                invocation.tokens = quote!(#json);
            }
            _ => return false,
        }
        true
    }

    /// Parts of one expression, which are evaluated one after the other.
    pub(super) fn lift_all<'x>(
        &mut self,
        parts: impl IntoIterator<Item = &'x mut Expr>,
        out: &mut TokenStream,
    ) {
        let parts: Vec<&mut Expr> = parts.into_iter().collect();
        let last = parts.iter().rposition(|part| !is_pure(part)).unwrap_or(0);
        for (index, part) in parts.into_iter().enumerate() {
            if !is_pure(part) {
                *part = self.lift(part, "", out);
            } else if index < last && self.may_change(part) {
                // it is evaluated before what follows
                let value = self.pure(part);
                let ident = self.fresh("before");
                out.extend(quote!(let #ident = __asl.hold("value", #value);));
                *part = self.temporary(&ident);
            }
        }
    }

    /// Whether the value may be another after an effect: a local that is assigned, the time, a random value.
    fn may_change(&self, expression: &Expr) -> bool {
        let mut changes = false;
        super::purity::each_name(quote!(#expression), &mut |name| {
            changes |= self.local(name).is_some_and(|local| local.is_mutable);
            changes |= self.is_named_handle(name);
        });
        changes
    }
}

/// `a && b` as `if a { b } else { false }`.
fn short_circuit(binary: &syn::ExprBinary) -> Expr {
    let (left, right) = (&binary.left, &binary.right);
    match binary.op {
        BinOp::And(_) => parse_quote!(if #left { #right } else { false }),
        _ => parse_quote!(if #left { true } else { #right }),
    }
}
