//! `if`, `match`, blocks and `matches!`, where nothing but values is in them.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, ExprIf, ExprMatch, Ident, Macro, Pat, Stmt, Token};

use super::expression::refuse;
use super::rewrite;
use super::{Matched, Scope, erased, noted, pattern};
use crate::errors::Errors;

/// `if condition { … } else { … }`, also with `let` in the condition.
pub(super) fn branch(branch: &ExprIf, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = branch.if_token.span;
    let Some((_, otherwise)) = &branch.else_branch else {
        return refuse(
            errors,
            &branch.if_token,
            "an `if` without `else` is no value",
            "add `else { … }` with the other value",
        );
    };
    let otherwise = rewrite(otherwise, scope, errors);
    let mut parts = Vec::new();
    conjuncts(&branch.cond, &mut parts);
    // each `let` opens a scope for what follows, and the value of `else` stands at each
    let has_let = parts.iter().any(|part| matches!(part, Expr::Let(_)));
    if !has_let {
        let test = rewrite(&branch.cond, scope, errors);
        let then = block(&branch.then_branch, scope, errors);
        return quote_spanned!(at=> ::asl_core::expr::if_else(#test, #then, #otherwise));
    }
    let chain = if_let(&parts, branch, scope, errors);
    quote_spanned!(at=> {
        let __asl_otherwise = #otherwise;
        #chain
    })
}

fn conjuncts<'a>(condition: &'a Expr, parts: &mut Vec<&'a Expr>) {
    match condition {
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            conjuncts(&binary.left, parts);
            conjuncts(&binary.right, parts);
        }
        other => parts.push(other),
    }
}

fn if_let(parts: &[&Expr], branch: &ExprIf, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = branch.if_token.span;
    let Some((first, rest)) = parts.split_first() else { return block(&branch.then_branch, scope, errors) };
    let otherwise = quote!(::core::clone::Clone::clone(&__asl_otherwise));
    let Expr::Let(part) = first else {
        let test = rewrite(first, scope, errors);
        let then = if_let(rest, branch, scope, errors);
        return quote_spanned!(at=> ::asl_core::expr::if_else(#test, #then, #otherwise));
    };
    let value = rewrite(&part.expr, scope, errors);
    let matched = pattern(&part.pat, &quote!(__asl_value), scope, errors);
    let then = if_let(rest, branch, &scope.with(matched.names()), errors);
    let (test, lets) = (matched.test(), matched.lets());
    quote_spanned!(at=> ::asl_core::expr::let_in("value", #value, |__asl_value| {
        ::asl_core::expr::if_else(#test, { #lets #then }, #otherwise)
    }))
}

/// `match value { pattern if guard => … }`: the last arm is what remains.
pub(super) fn choice(choice: &ExprMatch, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = choice.match_token.span;
    let value = rewrite(&choice.expr, scope, errors);
    let mut chain: Option<TokenStream> = None;
    for arm in choice.arms.iter().rev() {
        let (pat, guard) = guarded(arm);
        let matched = pattern(pat, &quote!(__asl_value), scope, errors);
        let inner = scope.with(matched.names());
        let body = rewrite(&arm.body, &inner, errors);
        let lets = matched.lets();
        chain = Some(match chain {
            None => quote!({ #lets #body }),
            Some(otherwise) => {
                let mut test = matched.test();
                if let Some(guard) = guard {
                    let guard = rewrite(guard, &inner, errors);
                    test = quote_spanned!(at=> ::asl_core::expr::and(#test, { #lets #guard }));
                }
                quote_spanned!(at=> ::asl_core::expr::if_else(#test, { #lets #body }, #otherwise))
            }
        });
    }
    let Some(chain) = chain else {
        return refuse(errors, choice, "a `match` without arms has no value", "add an arm");
    };
    quote_spanned!(at=> ::asl_core::expr::let_in("value", #value, |__asl_value| #chain))
}

/// An arm's pattern and guard.
fn guarded(arm: &syn::Arm) -> (&Pat, Option<&Expr>) {
    match &arm.pat {
        Pat::Guard(guarded) => (&guarded.pat, Some(&guarded.guard)),
        pat => (pat, None),
    }
}

/// `matches!(value, pattern if guard)`
pub(super) fn matches(invocation: &Macro, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = invocation.span();
    let parse = |input: ParseStream<'_>| {
        let value: Expr = input.parse()?;
        input.parse::<Token![,]>()?;
        let pat = Pat::parse_multi_with_leading_vert(input)?;
        let guard = if input.peek(Token![if]) {
            input.parse::<Token![if]>()?;
            Some(input.parse::<Expr>()?)
        } else {
            None
        };
        input.parse::<Option<Token![,]>>()?;
        Ok((value, pat, guard))
    };
    let (value, pat, guard) = match parse.parse2(invocation.tokens.clone()) {
        Ok(parsed) => parsed,
        Err(error) => {
            errors.push(error.span(), error.to_string());
            return noted(invocation);
        }
    };
    let value = rewrite(&value, scope, errors);
    let matched = pattern(&pat, &quote!(__asl_value), scope, errors);
    let mut test = matched.test();
    if let Some(guard) = guard {
        let guard = rewrite(&guard, &scope.with(matched.names()), errors);
        let lets = matched.lets();
        test = quote_spanned!(at=> ::asl_core::expr::and(#test, { #lets #guard }));
    }
    quote_spanned!(at=> ::asl_core::expr::let_in("value", #value, |__asl_value| #test))
}

/// `{ let …; value }`
pub(super) fn block(block: &Block, scope: &Scope, errors: &mut Errors) -> TokenStream {
    statements(&block.stmts, block, scope, errors)
}

fn statements(rest: &[Stmt], block: &Block, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let Some((first, rest)) = rest.split_first() else {
        return refuse(errors, block, "this block has no value", "end it with a value, without a semicolon");
    };
    match first {
        Stmt::Expr(value, None) if rest.is_empty() => rewrite(value, scope, errors),
        Stmt::Macro(value) if rest.is_empty() && value.semi_token.is_none() => {
            super::call::invocation(&value.mac, scope, errors)
        }
        Stmt::Item(item) => {
            let rest = statements(rest, block, scope, errors);
            quote!({ #item #rest })
        }
        Stmt::Local(local) => {
            let Some(init) = &local.init else {
                return refuse(errors, local, "this variable has no value yet", "write `let name = value;`");
            };
            if let Some((otherwise, _)) = &init.diverge {
                return refuse(
                    errors,
                    otherwise,
                    "`let … else` leaves the block, and an expression cannot",
                    "use `match`, with a value for each arm",
                );
            }
            let mut value = rewrite(&init.expr, scope, errors);
            let (pat, ty) = match &local.pat {
                Pat::Type(typed) => (&*typed.pat, erased(&typed.ty)),
                pat => (pat, None),
            };
            if let Some(ty) = ty {
                let at = local.span();
                value = quote_spanned!(at=> { let __asl_value: ::asl_core::expr::Expr<#ty> = #value; __asl_value });
            }
            let parameter = Ident::new("__asl_value", pat.span());
            let matched: Matched = pattern(pat, &quote!(#parameter), scope, errors);
            let hint = matched.names().next().map_or_else(|| "value".to_owned(), ToString::to_string);
            let hint = if matched.names().count() == 1 { hint } else { "value".to_owned() };
            let rest = statements(rest, block, &scope.with(matched.names()), errors);
            let lets = matched.lets();
            quote_spanned!(local.span()=>
                ::asl_core::expr::let_in(#hint, #value, |#parameter| { #lets #rest })
            )
        }
        other => {
            let note = effect(other, scope, errors);
            if rest.is_empty() {
                return note;
            }
            let rest = statements(rest, block, scope, errors);
            quote!({ #note; #rest })
        }
    }
}

/// A statement that is no `let`: all have an error, some one of their own.
fn effect(statement: &Stmt, scope: &Scope, errors: &mut Errors) -> TokenStream {
    match statement {
        Stmt::Macro(invocation) => super::call::invocation(&invocation.mac, scope, errors),
        Stmt::Expr(
            expression @ (Expr::ForLoop(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::Assign(_)
            | Expr::Return(_)
            | Expr::Break(_)
            | Expr::Continue(_)
            | Expr::Unsafe(_)
            | Expr::Await(_)
            | Expr::Try(_)
            | Expr::If(ExprIf { else_branch: None, .. })),
            _,
        ) => rewrite(expression, scope, errors),
        other => refuse(
            errors,
            other,
            "this statement has no value, and an expression does nothing else",
            "take it out, or give its value a name: `let name = …;`",
        ),
    }
}
