//! Patterns: what they ask, and what they bind.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Ident, Index, Pat, PatIdent, PatRange, Path, RangeLimits, Token};

use super::Scope;
use super::call::is_capital;
use super::construct::{is_variant, named};
use super::expression::refuse;
use super::rewrite;
use crate::errors::Errors;

/// What a pattern means for a value.
#[derive(Debug, Default)]
pub(crate) struct Matched {
    tests: Vec<TokenStream>,
    bindings: Vec<(Ident, TokenStream)>,
}

impl Matched {
    /// Whether the pattern matches: an `Expr<bool>`.
    pub(crate) fn test(&self) -> TokenStream {
        let mut tests = self.tests.iter().cloned();
        let first = tests.next().unwrap_or_else(|| quote!(::asl_core::expr::lit(true)));
        tests.fold(first, |left, right| quote!(::asl_core::expr::and(#left, #right)))
    }

    /// What it binds, each name with an `Expr<T>`.
    pub(crate) fn bindings(&self) -> &[(Ident, TokenStream)] {
        &self.bindings
    }

    /// The names that it binds.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Ident> {
        self.bindings().iter().map(|(name, _)| name)
    }

    /// The bindings as statements.
    pub(crate) fn lets(&self) -> TokenStream {
        let lets = self.bindings.iter().map(|(name, value)| quote!(let #name = #value;));
        quote!(#(#lets)*)
    }
}

/// What a pattern means for `subject`, a place of type `Expr<T>`.
pub(crate) fn pattern(pat: &Pat, subject: &TokenStream, scope: &Scope, errors: &mut Errors) -> Matched {
    let mut matched = Matched::default();
    visit(pat, subject, &mut matched, scope, errors);
    matched
}

fn visit(pat: &Pat, subject: &TokenStream, matched: &mut Matched, scope: &Scope, errors: &mut Errors) {
    let at = pat.span();
    let value = quote_spanned!(at=> ::core::clone::Clone::clone(&#subject));
    match pat {
        Pat::Wild(_) | Pat::Rest(_) => {}
        Pat::Ident(ident) => name(ident, subject, matched, scope, errors),
        Pat::Lit(literal) => {
            let literal = rewrite(&syn::Expr::Lit(literal.clone()), scope, errors);
            matched.tests.push(quote_spanned!(at=> ::asl_core::expr::eq(#value, #literal)));
        }
        Pat::Range(range) => self::range(range, &value, matched, scope, errors),
        Pat::Or(or) => {
            let mut tests = Vec::new();
            for case in &or.cases {
                let own = pattern(case, subject, scope, errors);
                if let Some((name, _)) = own.bindings.first() {
                    refuse(
                        errors,
                        name,
                        "a workflow cannot bind a name in one of several patterns",
                        "write an arm for each pattern",
                    );
                }
                tests.push(own.test());
            }
            let test = tests.into_iter().reduce(|left, right| quote!(::asl_core::expr::or(#left, #right)));
            matched.tests.extend(test);
        }
        Pat::Path(path) => constant(&path.path, pat, subject, matched),
        Pat::TupleStruct(tuple) => {
            let names: Vec<String> = tuple.path.segments.iter().map(|it| it.ident.to_string()).collect();
            match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["Some"] => {
                    matched.tests.push(quote_spanned!(at=> #subject.is_some()));
                    if let Some(inner) = tuple.elems.first() {
                        visit(inner, &quote_spanned!(at=> #subject.__asl_value()), matched, scope, errors);
                    }
                }
                ["Ok" | "Err"] => {
                    refuse(
                        errors,
                        pat,
                        "a `Result` is no data of a workflow",
                        "match on the result of a task: `match task(…).await { … }`",
                    );
                }
                _ => {
                    let parts = parts(&tuple.path, subject, matched);
                    elements(&tuple.elems, &parts, matched, scope, errors);
                }
            }
        }
        Pat::Struct(structure) => {
            let parts = parts(&structure.path, subject, matched);
            for field in &structure.fields {
                let member = &field.member;
                visit(&field.pat, &quote_spanned!(field.span()=> #parts.#member), matched, scope, errors);
            }
        }
        Pat::Tuple(tuple) => elements(&tuple.elems, subject, matched, scope, errors),
        Pat::Reference(reference) => visit(&reference.pat, subject, matched, scope, errors),
        Pat::Paren(inner) => visit(&inner.pat, subject, matched, scope, errors),
        Pat::Type(typed) => visit(&typed.pat, subject, matched, scope, errors),
        Pat::Slice(slice) if slice.elems.is_empty() => {
            matched.tests.push(quote_spanned!(at=> #subject.is_empty()));
        }
        Pat::Slice(_) => {
            refuse(
                errors,
                pat,
                "a workflow cannot match the elements of a list",
                "ask `list.len()` and `list.first()`",
            );
        }
        _ => {
            refuse(
                errors,
                pat,
                "this pattern has no counterpart in a workflow",
                "match a part of the value, or compare it with `if`",
            );
        }
    }
}

fn name(ident: &PatIdent, subject: &TokenStream, matched: &mut Matched, scope: &Scope, errors: &mut Errors) {
    let at = ident.span();
    let value = quote_spanned!(at=> ::core::clone::Clone::clone(&#subject));
    let name = &ident.ident;
    if name == "None" {
        matched.tests.push(quote_spanned!(at=> #subject.is_none()));
    } else if is_capital(name) && ident.subpat.is_none() {
        // a constant: a variant without its enum would be taken for one, and is then no value
        matched
            .tests
            .push(quote_spanned!(at=> ::asl_core::expr::eq(#value, ::asl_core::expr::constant(#name))));
    } else {
        matched.bindings.push((name.clone(), value));
        if let Some((_, inner)) = &ident.subpat {
            visit(inner, subject, matched, scope, errors);
        }
    }
}

/// A variant without fields, or a constant of a type or module.
fn constant(path: &Path, pat: &Pat, subject: &TokenStream, matched: &mut Matched) {
    let at = pat.span();
    let is_constant = path.segments.last().is_some_and(|last| {
        let last = last.ident.to_string();
        last.len() > 1 && !last.contains(char::is_lowercase)
    });
    if is_variant(path) && !is_constant {
        let (owner, is) = named(path, "is");
        matched.tests.push(quote_spanned!(at=> #owner::#is(&#subject)));
    } else {
        let value = quote_spanned!(at=> ::core::clone::Clone::clone(&#subject));
        matched
            .tests
            .push(quote_spanned!(at=> ::asl_core::expr::eq(#value, ::asl_core::expr::constant(#path))));
    }
}

/// Where the fields of a struct or a variant are; a variant is asked for.
fn parts(path: &Path, subject: &TokenStream, matched: &mut Matched) -> TokenStream {
    let at = path.span();
    if !is_variant(path) {
        return subject.clone();
    }
    let (owner, is) = named(path, "is");
    let (_, of) = named(path, "of");
    matched.tests.push(quote_spanned!(at=> #owner::#is(&#subject)));
    quote_spanned!(at=> #owner::#of(&#subject))
}

fn elements(
    patterns: &Punctuated<Pat, Token![,]>,
    subject: &TokenStream,
    matched: &mut Matched,
    scope: &Scope,
    errors: &mut Errors,
) {
    let last = patterns.len().saturating_sub(1);
    for ((place, pat), index) in patterns.iter().enumerate().zip(0_u32..) {
        if matches!(pat, Pat::Rest(_)) && place < last {
            refuse(
                errors,
                pat,
                "`..` can only stand at the end here",
                "write `_` for each part that does not matter",
            );
            return;
        }
        let index = Index { index, span: pat.span() };
        visit(pat, &quote_spanned!(pat.span()=> #subject.#index), matched, scope, errors);
    }
}

fn range(range: &PatRange, value: &TokenStream, matched: &mut Matched, scope: &Scope, errors: &mut Errors) {
    let at = range.span();
    if let Some(first) = &range.start {
        let first = rewrite(first, scope, errors);
        matched.tests.push(quote_spanned!(at=> ::asl_core::expr::ge(#value, #first)));
    }
    if let Some(end) = &range.end {
        let end = rewrite(end, scope, errors);
        let below = match range.limits {
            RangeLimits::HalfOpen(_) => format_ident!("lt", span = at),
            RangeLimits::Closed(_) => format_ident!("le", span = at),
        };
        matched.tests.push(quote_spanned!(at=> ::asl_core::expr::#below(#value, #end)));
    }
}
