//! Where an expression or a statement begins.
//!
//! syn's `Spanned` writes all tokens anew to find the first and the last of them, and stable rustc then cannot join the
//! two: what is left is the first token's span. For an expression within expressions that would be asked again at each
//! level. Here the first token is looked up.

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{Expr, Stmt};

/// The span of the expression's first token.
pub(crate) fn of_expression(expression: &Expr) -> Span {
    match expression {
        Expr::Await(it) if it.attrs.is_empty() => of_expression(&it.base),
        Expr::Binary(it) if it.attrs.is_empty() => of_expression(&it.left),
        Expr::Call(it) if it.attrs.is_empty() => of_expression(&it.func),
        Expr::Field(it) if it.attrs.is_empty() => of_expression(&it.base),
        Expr::If(it) if it.attrs.is_empty() => it.if_token.span,
        Expr::Lit(it) if it.attrs.is_empty() => it.lit.span(),
        Expr::Match(it) if it.attrs.is_empty() => it.match_token.span,
        Expr::MethodCall(it) if it.attrs.is_empty() => of_expression(&it.receiver),
        Expr::Path(it) if it.attrs.is_empty() && it.qself.is_none() && it.path.leading_colon.is_none() => {
            it.path.segments.first().map_or_else(Span::call_site, |first| first.ident.span())
        }
        Expr::Reference(it) if it.attrs.is_empty() => it.and_token.spans[0],
        Expr::Try(it) if it.attrs.is_empty() => of_expression(&it.expr),
        Expr::While(it) if it.attrs.is_empty() && it.label.is_none() => it.while_token.span,
        other => other.span(),
    }
}

/// The span of the statement's first token.
pub(crate) fn of_statement(statement: &Stmt) -> Span {
    match statement {
        Stmt::Local(it) if it.attrs.is_empty() => it.let_token.span,
        Stmt::Expr(expression, _) => of_expression(expression),
        other => other.span(),
    }
}
