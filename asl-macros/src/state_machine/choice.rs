//! `match` on values.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Arm, Expr, ExprMatch, Ident, Pat};

use super::purity::is_pure;
use super::scope::{Compiler, Dest};
use super::text::text;
use crate::staged::pattern;
use crate::start;

/// An arm of a `match` in parts.
#[derive(Clone)]
pub(super) struct Case<'a> {
    pub(super) pat: &'a Pat,
    pub(super) guard: Option<&'a Expr>,
    pub(super) body: &'a Expr,
}

impl<'a> Case<'a> {
    pub(super) fn of(arm: &'a Arm) -> Self {
        match &arm.pat {
            Pat::Guard(guarded) => Self { pat: &guarded.pat, guard: Some(&guarded.guard), body: &arm.body },
            pat => Self { pat, guard: None, body: &arm.body },
        }
    }
}

impl Compiler<'_> {
    pub(super) fn match_(&mut self, choice: &ExprMatch, dest: &Dest, out: &mut TokenStream) {
        let cases: Vec<Case<'_>> = choice.arms.iter().map(Case::of).collect();
        if self.is_work(&choice.expr) {
            self.match_work(&choice.expr, &cases, dest, out);
            return;
        }
        let mut code = self.line(start::of_expression(&choice.expr));
        let mark = self.locals.len();
        let subject = self.subject(&choice.expr, &mut code);
        self.cases(&subject, &text(&choice.expr), &cases, dest, &mut code);
        self.locals.truncate(mark);
        out.extend(quote!({ #code }));
    }

    /// The chain of tests for a value.
    pub(super) fn cases(
        &mut self,
        subject: &Ident,
        name: &str,
        cases: &[Case<'_>],
        dest: &Dest,
        out: &mut TokenStream,
    ) {
        let reached: Vec<_> = cases.iter().filter(|case| !is_unreachable(case.body)).collect();
        let mut code = quote!(__asl.chain(#name););
        let mut has_rest = false;
        for (index, case) in reached.iter().enumerate() {
            let is_last = index + 1 == reached.len() && reached.len() == cases.len();
            let mark = self.locals.len();
            let scope = self.scope();
            let matched = pattern(case.pat, &quote!(#subject), &scope, self.errors);
            let test = matched.test();
            let is_rest =
                case.guard.is_none() && (is_irrefutable(case.pat) || (is_last && is_one_of_two(case.pat)));
            let lets = matched.lets();
            for bound in matched.names() {
                self.declare(bound, false);
            }
            let guard = case.guard.map(|guard| {
                if is_pure(guard) {
                    self.pure(guard)
                } else {
                    self.refuse(
                        guard,
                        "a task cannot run in the guard of an arm",
                        "ask it before the `match`, or with `if` inside of the arm",
                    )
                }
            });
            let test = match guard {
                Some(guard) => quote!(::asl_core::expr::and(#test, #guard)),
                None => test,
            };
            let mutable = super::binding::mutable(case.pat);
            let held: TokenStream = mutable
                .iter()
                .map(|name| {
                    let ident = Ident::new(name, proc_macro2::Span::call_site());
                    self.declare(&ident, true);
                    quote!(let #ident = __asl.hold(#name, #ident);)
                })
                .collect();
            let mut body = self.line(start::of_expression(case.body));
            self.into(case.body, dest, &mut body);
            self.locals.truncate(mark);
            let at = case.pat.span();
            if is_rest {
                code.extend(quote!(__asl.begin(); { #lets #held #body }));
                has_rest = true;
                break;
            }
            code.extend(quote_spanned!(at=> {
                #lets
                let __asl_test = #test;
                __asl.begin();
                { #held #body }
                __asl.arm(__asl_test);
            }));
        }
        code.extend(if has_rest { quote!(__asl.otherwise();) } else { quote!(__asl.exhaustive();) });
        out.extend(quote!({ #code }));
    }
}

/// Whether every value matches.
pub(super) fn is_irrefutable(pat: &Pat) -> bool {
    match pat {
        Pat::Wild(_) | Pat::Rest(_) => true,
        Pat::Ident(ident) => {
            let is_constant = ident.ident.to_string().starts_with(char::is_uppercase);
            !is_constant && ident.subpat.as_ref().is_none_or(|(_, inner)| is_irrefutable(inner))
        }
        Pat::Paren(inner) => is_irrefutable(&inner.pat),
        Pat::Reference(inner) => is_irrefutable(&inner.pat),
        Pat::Type(inner) => is_irrefutable(&inner.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().all(is_irrefutable),
        // a struct, no variant
        Pat::Struct(structure) => {
            let is_variant = structure.path.segments.len() > 1
                && structure
                    .path
                    .segments
                    .iter()
                    .rev()
                    .nth(1)
                    .is_some_and(|owner| owner.ident.to_string().starts_with(char::is_uppercase));
            !is_variant && structure.fields.iter().all(|field| is_irrefutable(&field.pat))
        }
        _ => false,
    }
}

/// `None`, `Some(name)`, `true`, `false`: behind the other one, it is what remains.
fn is_one_of_two(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(ident) => ident.ident == "None",
        Pat::Path(path) => path.path.is_ident("None"),
        Pat::TupleStruct(tuple) => tuple.path.is_ident("Some") && tuple.elems.iter().all(is_irrefutable),
        Pat::Lit(literal) => matches!(literal.lit, syn::Lit::Bool(_)),
        Pat::Paren(inner) => is_one_of_two(&inner.pat),
        Pat::Reference(inner) => is_one_of_two(&inner.pat),
        _ => false,
    }
}

/// `unreachable!()` as the body of an arm: no value leads there.
fn is_unreachable(body: &Expr) -> bool {
    match body {
        Expr::Macro(invocation) => {
            invocation.mac.path.segments.last().is_some_and(|last| last.ident == "unreachable")
        }
        _ => false,
    }
}
