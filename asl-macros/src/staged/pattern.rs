//! Patterns: what they ask, and what they bind.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Ident, Index, Pat, PatIdent, PatRange, PatSlice, Path, RangeLimits, Token};

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
            let cases: Vec<Matched> =
                or.cases.iter().map(|case| pattern(case, subject, scope, errors)).collect();
            let tests = cases.iter().map(Matched::test);
            matched.tests.extend(tests.reduce(|left, right| quote!(::asl_core::expr::or(#left, #right))));
            matched.bindings.extend(common(&cases));
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
                // only what `parse` gives has these
                ["Ok"] => {
                    matched.tests.push(quote_spanned!(at=> #subject.is_ok()));
                    if let Some(inner) = tuple.elems.first() {
                        visit(inner, &quote_spanned!(at=> #subject.__asl_value()), matched, scope, errors);
                    }
                }
                ["Err"] => {
                    matched.tests.push(quote_spanned!(at=> #subject.is_err()));
                    // what was reported may be why this is no outcome of a task
                    if let Some(inner) =
                        tuple.elems.first().filter(|inner| !matches!(inner, Pat::Wild(_) | Pat::Rest(_)))
                        && errors.barrier().is_ok()
                    {
                        refuse(
                            errors,
                            inner,
                            "a workflow does not know why a text is no number",
                            "write `Err(_)`",
                        );
                    }
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
        Pat::Slice(slice) => self::slice(slice, subject, matched, scope, errors),
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

/// What each of several patterns binds: where it stands in the one that matches. rustc sees to it, in the function as it
/// was written, that all bind the same names.
fn common(cases: &[Matched]) -> Vec<(Ident, TokenStream)> {
    let Some((last, others)) = cases.split_last() else { return Vec::new() };
    let value_in = |case: &Matched, name: &Ident| {
        case.bindings.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone())
    };
    let merged = last.bindings.iter().map(|(name, value)| {
        let value = others.iter().rev().fold(value.clone(), |otherwise, case| {
            let Some(value) = value_in(case, name) else { return otherwise };
            let test = case.test();
            quote_spanned!(name.span()=> ::asl_core::expr::if_else(#test, #value, #otherwise))
        });
        (name.clone(), value)
    });
    merged.collect()
}

/// `[first, rest @ .., last]`
fn slice(slice: &PatSlice, subject: &TokenStream, matched: &mut Matched, scope: &Scope, errors: &mut Errors) {
    let at = slice.span();
    if slice.elems.is_empty() {
        matched.tests.push(quote_spanned!(at=> #subject.is_empty()));
        return;
    }
    let is_rest = |pat: &Pat| match pat {
        Pat::Rest(_) => true,
        Pat::Ident(ident) => ident.subpat.as_ref().is_some_and(|(_, inner)| matches!(**inner, Pat::Rest(_))),
        _ => false,
    };
    let rest = slice.elems.iter().position(is_rest);
    let count = slice.elems.len() - usize::from(rest.is_some());
    let compare = if rest.is_some() { quote_spanned!(at=> ge) } else { quote_spanned!(at=> eq) };
    if count > 0 {
        matched.tests.push(
            quote_spanned!(at=> ::asl_core::expr::#compare(#subject.len(), ::asl_core::expr::lit(#count))),
        );
    }
    let (from_start, from_end) = (0_i32.., (1..=i32::try_from(count).unwrap_or(i32::MAX)).rev());
    let after = rest.map_or(0, |rest| slice.elems.len() - rest - 1);
    let places = from_start
        .take(rest.unwrap_or(count))
        .chain(rest.map(|_| 0))
        .chain(from_end.map(|place| -place).skip(count - after));
    for ((index, pat), place) in slice.elems.iter().enumerate().zip(places) {
        let here = pat.span();
        if Some(index) != rest {
            visit(pat, &quote_spanned!(here=> #subject.__asl_at(#place)), matched, scope, errors);
        } else if let Pat::Ident(ident) = pat {
            let (before, after) = (count_of(index), count_of(after));
            matched
                .bindings
                .push((ident.ident.clone(), quote_spanned!(here=> #subject.__asl_between(#before, #after))));
        }
    }
}

fn count_of(patterns: usize) -> u32 {
    u32::try_from(patterns).unwrap_or(u32::MAX)
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
