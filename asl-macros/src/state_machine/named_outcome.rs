//! `let answer = task(…).await; match answer { … }`: a `Result` that has a name until it is matched on.
//!
//! States have no `Result` that could be kept. Where the name is used by nothing but the `match` or `if let` that
//! follows, the two statements mean what one means.

use quote::ToTokens;
use syn::{Expr, Ident, Pat, PatIdent, Stmt};

use super::purity::each_name;
use super::repeat::without_parentheses;
use super::scope::Compiler;

impl Compiler<'_> {
    /// The second of these statements with what the first names in its place.
    pub(super) fn without_name(&self, statements: &[Stmt]) -> Option<Stmt> {
        let [Stmt::Local(local), Stmt::Expr(expression, semicolon), rest @ ..] = statements else {
            return None;
        };
        let (name, init) = (name(&local.pat)?, local.init.as_ref()?);
        if init.diverge.is_some() || !self.is_work(&init.expr) {
            return None;
        }
        let mut joined = expression.clone();
        let (subject, is_used_within) = match &mut joined {
            Expr::Match(choice) => {
                let arms = choice.arms.iter();
                let mut used = arms.filter(|arm| !names(&arm.pat, name)).map(|arm| names(arm, name));
                let is_used = used.any(|used| used);
                (&mut *choice.expr, is_used)
            }
            Expr::If(branch) => {
                let in_else = branch.else_branch.as_ref().is_some_and(|(_, block)| names(block, name));
                let Expr::Let(condition) = &mut *branch.cond else { return None };
                let in_then = !names(&condition.pat, name) && names(&branch.then_branch, name);
                (&mut *condition.expr, in_then || in_else)
            }
            _ => return None,
        };
        let is_subject = matches!(without_parentheses(subject), Expr::Path(path) if path.path.is_ident(name));
        if !is_subject || is_used_within || rest.iter().any(|statement| names(statement, name)) {
            return None;
        }
        *subject = (*init.expr).clone();
        Some(Stmt::Expr(joined, *semicolon))
    }
}

/// Whether the name stands in the tokens.
fn names(tokens: &impl ToTokens, name: &Ident) -> bool {
    let mut found = false;
    each_name(tokens.to_token_stream(), &mut |used| found |= used == name);
    found
}

/// The only name that the pattern gives, to what does not change.
fn name(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Ident(PatIdent { ident, subpat: None, mutability: None, by_ref: None, .. }) => Some(ident),
        Pat::Type(typed) => name(&typed.pat),
        _ => None,
    }
}
