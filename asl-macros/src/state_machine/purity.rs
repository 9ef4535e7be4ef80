//! What can be one expression, and what needs statements.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Ident, Macro};

/// Whether the expression is a value and nothing else: no task, no jump, no assignment, nothing that is taken.
pub(super) fn is_pure(expression: &Expr) -> bool {
    let mut search = Search { found: false };
    search.visit_expr(expression);
    !search.found
}

struct Search {
    found: bool,
}

impl<'ast> Visit<'ast> for Search {
    fn visit_expr(&mut self, expression: &'ast Expr) {
        match expression {
            Expr::Await(_)
            | Expr::Try(_)
            | Expr::Return(_)
            | Expr::Break(_)
            | Expr::Continue(_)
            | Expr::Assign(_)
            | Expr::Loop(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Async(_) => self.found = true,
            Expr::If(branch) if branch.else_branch.is_none() => self.found = true,
            Expr::Block(block) if block.label.is_some() => self.found = true,
            Expr::Binary(binary) if is_assignment(&binary.op) => self.found = true,
            Expr::MethodCall(call) if super::taken::takes(call) => self.found = true,
            // its own expressions; what is wrong in them is said where they are rewritten
            Expr::Closure(_) => {}
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        self.found |= local.init.as_ref().is_none_or(|init| init.diverge.is_some());
        visit::visit_local(self, local);
    }

    fn visit_stmt(&mut self, statement: &'ast syn::Stmt) {
        if let syn::Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement {
            self.found |= super::assign::changes_in_place(&call.method);
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_macro(&mut self, invocation: &'ast Macro) {
        self.found |= is_concurrent(invocation) || has_effect(&invocation.tokens);
    }
}

/// Whether it is `join!` or `try_join!`.
pub(super) fn is_concurrent(invocation: &Macro) -> bool {
    let last = invocation.path.segments.last();
    last.is_some_and(|last| last.ident == "join" || last.ident == "try_join")
}

/// Whether something is awaited or taken in the arguments of a macro.
fn has_effect(tokens: &TokenStream) -> bool {
    let mut before = None;
    tokens.clone().into_iter().any(|token| {
        let is_effect = match (&before, &token) {
            (Some(name), TokenTree::Group(group)) if super::taken::is_taken(name, group) => true,
            (_, TokenTree::Ident(name)) => name == "await",
            (_, TokenTree::Group(group)) => has_effect(&group.stream()),
            _ => false,
        };
        before = if let TokenTree::Ident(name) = token { Some(name) } else { None };
        is_effect
    })
}

pub(super) fn is_assignment(operator: &BinOp) -> bool {
    matches!(
        operator,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// Each name that stands alone in the tokens, and may be a local.
pub(super) fn each_name(tokens: TokenStream, visit: &mut impl FnMut(&Ident)) {
    let mut is_member = false;
    for token in tokens {
        match &token {
            TokenTree::Ident(name) if !is_member => visit(name),
            TokenTree::Group(group) => each_name(group.stream(), visit),
            _ => {}
        }
        is_member = matches!(&token, TokenTree::Punct(punct) if matches!(punct.as_char(), '.' | ':'));
    }
}
