//! `if`, and conditions that run tasks.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{BinOp, Expr, ExprIf, ExprLet, Ident, UnOp};

use super::purity::is_pure;
use super::repeat::without_parentheses;
use super::scope::{Compiler, Dest};
use super::text::text;
use crate::staged::pattern;
use crate::start;

/// The parts of a condition that must all hold.
fn conjuncts<'a>(condition: &'a Expr, parts: &mut Vec<&'a Expr>) {
    match condition {
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            conjuncts(&binary.left, parts);
            conjuncts(&binary.right, parts);
        }
        other => parts.push(other),
    }
}

impl Compiler<'_> {
    pub(super) fn if_(&mut self, branch: &ExprIf, dest: &Dest, out: &mut TokenStream) {
        if let Expr::Let(condition) = without_parentheses(&branch.cond)
            && self.is_work(&condition.expr)
        {
            self.if_let_of_work(branch, condition, dest, out);
            return;
        }
        if !self.is_plain_condition(&branch.cond) {
            self.if_with_effects(branch, dest, out);
            return;
        }
        let at = start::of_expression(&branch.cond);
        let (name, line) = (text(&branch.cond), self.line(at));
        let mut code = quote_spanned!(at=> #line __asl.chain(#name););
        let mut rest = Some(branch);
        let mut otherwise = None;
        while let Some(current) = rest.take() {
            self.arm(current, dest, &mut code);
            match current.else_branch.as_ref().map(|(_, other)| without_parentheses(other)) {
                Some(Expr::If(next)) if Self::is_stable_condition(&next.cond) => rest = Some(next),
                other => otherwise = other,
            }
        }
        let Some(other) = otherwise else {
            out.extend(quote!({ #code __asl.otherwise_nothing(); }));
            return;
        };
        let mut inner = TokenStream::new();
        self.into(other, dest, &mut inner);
        out.extend(quote!({
            #code
            __asl.begin();
            { #inner }
            __asl.otherwise();
        }));
    }

    /// One arm of a chain: the test, the block.
    fn arm(&mut self, branch: &ExprIf, dest: &Dest, out: &mut TokenStream) {
        let mark = self.locals.len();
        let mut parts = Vec::new();
        conjuncts(&branch.cond, &mut parts);
        let mut code = TokenStream::new();
        let mut tests = Vec::new();
        let mut mutable = Vec::new();
        for part in parts {
            let test = match without_parentheses(part) {
                Expr::Let(condition) => {
                    mutable.extend(super::binding::mutable(&condition.pat));
                    self.let_condition(condition, &mut code)
                }
                part => self.pure(part),
            };
            let at = start::of_expression(part);
            let ident = self.fresh_at("test", at);
            code.extend(quote_spanned!(at=> let #ident = #test;));
            tests.push(ident);
        }
        let test = all(&tests);
        let held = self.held(&mutable);
        let mut body = TokenStream::new();
        self.block(&branch.then_branch, dest, &mut body);
        self.locals.truncate(mark);
        out.extend(quote_spanned!(start::of_expression(&branch.cond)=> {
            #code
            __asl.begin();
            #held
            #body
            __asl.arm(#test);
        }));
    }

    /// Locals of their own for what a pattern binds as mutable.
    fn held(&mut self, mutable: &[String]) -> TokenStream {
        let mut code = TokenStream::new();
        for name in mutable {
            let ident = Ident::new(name, proc_macro2::Span::call_site());
            code.extend(quote!(let #ident = __asl.hold(#name, #ident);));
            self.declare(&ident, true);
        }
        code
    }

    /// The test of `let pattern = value`; what it binds is in scope from here on.
    fn let_condition(&mut self, condition: &ExprLet, out: &mut TokenStream) -> TokenStream {
        let subject = self.subject(&condition.expr, out);
        let scope = self.scope();
        let matched = pattern(&condition.pat, &quote!(#subject), &scope, self.errors);
        let lets = matched.lets();
        out.extend(lets);
        for name in matched.names() {
            self.declare(name, false);
        }
        matched.test()
    }

    /// Whether the condition is one expression, or `let`s of values.
    fn is_plain_condition(&self, condition: &Expr) -> bool {
        let mut parts = Vec::new();
        conjuncts(condition, &mut parts);
        parts.iter().all(|part| match without_parentheses(part) {
            Expr::Let(condition) => is_pure(&condition.expr) && !self.is_work(&condition.expr),
            part => is_pure(part),
        })
    }

    /// Whether nothing is to be computed before the condition.
    fn is_stable_condition(condition: &Expr) -> bool {
        let mut parts = Vec::new();
        conjuncts(condition, &mut parts);
        parts.iter().all(|part| match without_parentheses(part) {
            Expr::Let(condition) => {
                is_pure(&condition.expr)
                    && matches!(
                        without_parentheses(&condition.expr),
                        Expr::Path(_) | Expr::Field(_) | Expr::Reference(_)
                    )
            }
            part => is_pure(part),
        })
    }

    /// A condition that runs tasks: what it does stops where its value is decided.
    fn if_with_effects(&mut self, branch: &ExprIf, dest: &Dest, out: &mut TokenStream) {
        let (end, otherwise) = (self.fresh("end"), self.fresh("else"));
        let mark = self.locals.len();
        let mut condition = TokenStream::new();
        self.unless(&branch.cond, &otherwise, &mut condition);
        let mut then = TokenStream::new();
        self.block(&branch.then_branch, dest, &mut then);
        self.locals.truncate(mark);
        let mut inner = TokenStream::new();
        if let Some((_, other)) = &branch.else_branch {
            self.into(other, dest, &mut inner);
        }
        out.extend(quote!({
            let #end = __asl.label();
            let #otherwise = __asl.label();
            __asl.begin();
            __asl.begin();
            { #condition #then }
            __asl.break_(#end);
            __asl.labelled(#otherwise);
            { #inner }
            __asl.labelled(#end);
        }));
    }

    /// Goes on if the condition holds, and else leaves the label's block. What it binds stays in scope.
    pub(super) fn unless(&mut self, condition: &Expr, label: &Ident, out: &mut TokenStream) {
        match without_parentheses(condition) {
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) && !is_simple(condition) => {
                self.unless(&binary.left, label, out);
                self.unless(&binary.right, label, out);
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::Or(_)) && !is_pure(condition) => {
                let holds = self.fresh("holds");
                out.extend(quote!(let #holds = __asl.label(); __asl.begin();));
                self.leave_if(&binary.left, &holds, out);
                self.unless(&binary.right, label, out);
                out.extend(quote!(__asl.labelled(#holds);));
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) && !is_pure(condition) => {
                self.leave_if(&unary.expr, label, out);
            }
            Expr::Let(condition) if self.is_work(&condition.expr) => {
                self.unless_work_matches(condition, label, out);
            }
            Expr::Let(pattern) => {
                let mutable = super::binding::mutable(&pattern.pat);
                let test = self.let_condition(pattern, out);
                let name = text(condition);
                out.extend(quote!(__asl.unless(#test, #name, #label);));
                let held = self.held(&mutable);
                out.extend(held);
            }
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Bool(value), .. }) if value.value => {}
            other => {
                let name = text(other);
                let test = self.value(other, "holds", out);
                out.extend(quote_spanned!(start::of_expression(other)=> { let __asl_test = #test; __asl.unless(__asl_test, #name, #label); }));
            }
        }
    }

    /// Leaves the label's block if the condition holds.
    fn leave_if(&mut self, condition: &Expr, label: &Ident, out: &mut TokenStream) {
        match without_parentheses(condition) {
            Expr::Binary(binary) if matches!(binary.op, BinOp::Or(_)) && !is_pure(condition) => {
                self.leave_if(&binary.left, label, out);
                self.leave_if(&binary.right, label, out);
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) && !is_pure(condition) => {
                let fails = self.fresh("fails");
                out.extend(quote!(let #fails = __asl.label(); __asl.begin();));
                self.unless(&binary.left, &fails, out);
                self.leave_if(&binary.right, label, out);
                out.extend(quote!(__asl.labelled(#fails);));
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) && !is_pure(condition) => {
                self.unless(&unary.expr, label, out);
            }
            other => {
                let name = text(other);
                let test = self.value(other, "holds", out);
                out.extend(quote_spanned!(start::of_expression(other)=> { let __asl_test = #test; __asl.leave_if(__asl_test, #name, #label); }));
            }
        }
    }
}

/// Whether the condition is a value without `let`.
fn is_simple(condition: &Expr) -> bool {
    let mut parts = Vec::new();
    conjuncts(condition, &mut parts);
    is_pure(condition) && !parts.iter().any(|part| matches!(without_parentheses(part), Expr::Let(_)))
}

/// All tests in one.
pub(super) fn all(tests: &[Ident]) -> TokenStream {
    let mut tests = tests.iter().map(|test| quote!(#test));
    let first = tests.next().unwrap_or_else(|| quote!(::asl_core::expr::lit(true)));
    tests.fold(first, |left, right| quote!(::asl_core::expr::and(#left, #right)))
}
