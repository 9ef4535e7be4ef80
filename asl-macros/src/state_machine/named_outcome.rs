//! `let answer = task(…).await; match answer { … }`: a `Result` that has a name until it is used.
//!
//! States have no `Result` that could be kept. Where the name is used by nothing but the `match`, `if let` or `?` that
//! follows, the two statements mean what one means. An arm may give the name to what it binds.

use quote::ToTokens;
use syn::{Expr, Ident, LocalInit, Pat, PatIdent, Stmt};

use super::purity::each_name;
use super::repeat::without_parentheses;
use super::scope::Compiler;

impl Compiler<'_> {
    /// The second of these statements with what the first names in its place.
    pub(super) fn without_name(&self, statements: &[Stmt]) -> Option<Stmt> {
        let [Stmt::Local(local), next, rest @ ..] = statements else { return None };
        let (name, init) = (name(&local.pat)?, local.init.as_ref()?);
        let is_given_anew =
            matches!(next, Stmt::Local(next) if self::name(&next.pat).is_some_and(|again| again == name));
        if init.diverge.is_some() || !self.is_work(&init.expr) || (!is_given_anew && is_used_by(rest, name)) {
            return None;
        }
        let mut next = next.clone();
        let user = match &mut next {
            Stmt::Expr(user, _) => user,
            Stmt::Local(syn::Local { init: Some(LocalInit { expr, diverge: None, .. }), .. }) => &mut **expr,
            _ => return None,
        };
        let (subject, is_used_again) = subject(user, name)?;
        let is_subject = matches!(without_parentheses(subject), Expr::Path(path) if path.path.is_ident(name));
        if !is_subject || is_used_again {
            return None;
        }
        *subject = (*init.expr).clone();
        Some(next)
    }
}

/// What the expression looks into, and whether the name is used elsewhere in it.
fn subject<'e>(user: &'e mut Expr, name: &Ident) -> Option<(&'e mut Expr, bool)> {
    match user {
        Expr::Match(choice) => {
            let mut others = choice.arms.iter().filter(|arm| !names(&arm.pat, name));
            let is_used = others.any(|arm| names(arm, name));
            Some((&mut *choice.expr, is_used))
        }
        Expr::If(branch) => {
            let in_else = branch.else_branch.as_ref().is_some_and(|(_, block)| names(block, name));
            let Expr::Let(condition) = &mut *branch.cond else { return None };
            let in_then = !names(&condition.pat, name) && names(&branch.then_branch, name);
            Some((&mut *condition.expr, in_then || in_else))
        }
        Expr::Try(operand) => Some((&mut *operand.expr, false)),
        _ => None,
    }
}

/// Whether the name is used before it is given to something else.
fn is_used_by(statements: &[Stmt], of: &Ident) -> bool {
    for statement in statements {
        if let Stmt::Local(local) = statement
            && name(&local.pat).is_some_and(|again| again == of)
        {
            return local.init.as_ref().is_some_and(|init| names(&init.expr, of));
        }
        if names(statement, of) {
            return true;
        }
    }
    false
}

/// Whether the name stands in the tokens.
fn names(tokens: &impl ToTokens, name: &Ident) -> bool {
    let mut found = false;
    each_name(tokens.to_token_stream(), &mut |used| found |= used == name);
    found
}

/// The only name that the pattern gives.
fn name(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(PatIdent { ident, subpat: None, by_ref: None, .. }) => Some(ident),
        Pat::Type(typed) => name(&typed.pat),
        _ => None,
    }
}
