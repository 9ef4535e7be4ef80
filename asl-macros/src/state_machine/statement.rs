//! Blocks, statements, and expressions whose value goes somewhere.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Block, Expr, ExprBlock, ExprIf, Ident, Local, LocalInit, Pat, Stmt};

use super::purity::{each_name, is_assignment, is_pure};
use super::scope::{Compiler, Continue, Dest, Label};

impl Compiler<'_> {
    /// The statements of a block, in a block.
    pub(super) fn block(&mut self, block: &Block, dest: &Dest, out: &mut TokenStream) {
        let mark = self.locals.len();
        let mut inner = TokenStream::new();
        let last = block.stmts.len().saturating_sub(1);
        let mut statements = block.stmts.iter().enumerate().peekable();
        while let Some((index, statement)) = statements.next() {
            let matched = self.matched_result(&block.stmts[index..]);
            let (index, statement) = match &matched {
                Some(both) => {
                    statements.next();
                    (index + 1, both)
                }
                None => (index, statement),
            };
            let dest = if index == last { dest } else { &Dest::Ignore };
            self.statement(statement, dest, &mut inner);
        }
        self.locals.truncate(mark);
        out.extend(quote!({ #inner }));
    }

    /// `let result = task(…).await;` and a statement that matches on `result`, which nobody else reads, as one.
    fn matched_result(&self, statements: &[Stmt]) -> Option<Stmt> {
        let [Stmt::Local(local), next, rest @ ..] = statements else { return None };
        let (Some(name), Some(init)) = (name_of(&local.pat), &local.init) else { return None };
        if init.diverge.is_some() || !self.is_work(&init.expr) {
            return None;
        }
        if Self::uses(name, next) != 1 || is_read_later(name, rest) {
            return None;
        }
        let mut next = next.clone();
        let read = match &mut next {
            Stmt::Expr(Expr::Match(choice), _) => &mut choice.expr,
            Stmt::Expr(Expr::If(branch), _) => match &mut *branch.cond {
                Expr::Let(condition) => &mut condition.expr,
                _ => return None,
            },
            Stmt::Local(Local { init: Some(LocalInit { expr, .. }), .. }) => match &mut **expr {
                Expr::Match(choice) => &mut choice.expr,
                Expr::Try(operand) => &mut operand.expr,
                _ => return None,
            },
            Stmt::Expr(Expr::Try(operand), _) => &mut operand.expr,
            _ => return None,
        };
        let is_read = matches!(&**read, Expr::Path(path) if path.path.is_ident(name));
        if !is_read {
            return None;
        }
        read.clone_from(&init.expr);
        Some(next)
    }

    /// How often the statement that may match on a local reads it. An arm may give what is in it the same name.
    fn uses(name: &Ident, statement: &Stmt) -> usize {
        match statement {
            Stmt::Expr(Expr::Match(choice), _) => {
                let arms = choice.arms.iter().filter(|arm| count(name, &arm.pat) == 0);
                count(name, &choice.expr) + arms.map(|arm| count(name, arm)).sum::<usize>()
            }
            Stmt::Expr(Expr::If(ExprIf { cond, then_branch, else_branch, .. }), _) => {
                let other = else_branch.as_ref().map_or(0, |(_, other)| count(name, other));
                match &**cond {
                    Expr::Let(condition) if count(name, &condition.pat) > 0 => {
                        count(name, &condition.expr) + other
                    }
                    _ => count(name, cond) + count(name, then_branch) + other,
                }
            }
            other => count(name, other),
        }
    }

    fn statement(&mut self, statement: &Stmt, dest: &Dest, out: &mut TokenStream) {
        if !matches!(statement, Stmt::Item(_)) {
            out.extend(self.line(statement));
        }
        match statement {
            Stmt::Local(local) => self.let_(local, out),
            Stmt::Item(item) => out.extend(quote!(#item)),
            Stmt::Expr(expression, None) => self.into(expression, dest, out),
            Stmt::Expr(expression, Some(_)) => self.into(expression, &Dest::Ignore, out),
            Stmt::Macro(invocation) => {
                let expression =
                    Expr::Macro(syn::ExprMacro { attrs: Vec::new(), mac: invocation.mac.clone() });
                let dest = if invocation.semi_token.is_some() { &Dest::Ignore } else { dest };
                self.into(&expression, dest, out);
            }
        }
    }

    /// Does what the expression does; its value goes to `dest`.
    pub(super) fn into(&mut self, expression: &Expr, dest: &Dest, out: &mut TokenStream) {
        match expression {
            Expr::Paren(inner) => return self.into(&inner.expr, dest, out),
            Expr::Group(inner) => return self.into(&inner.expr, dest, out),
            Expr::Return(jump) => return self.return_(jump.expr.as_deref(), expression, out),
            Expr::Break(jump) => return self.break_(jump, out),
            Expr::Continue(jump) => return self.continue_(jump, out),
            Expr::Assign(assign) => return self.assign(assign, out),
            Expr::Binary(binary) if is_assignment(&binary.op) => return self.compound(binary, out),
            Expr::MethodCall(call) if super::assign::changes_in_place(&call.method) => {
                return self.change(call, out);
            }
            Expr::MethodCall(call) if matches!(dest, Dest::Ignore) && self.reports_change(call) => return,
            Expr::While(repeated) => return self.while_(repeated, out),
            Expr::ForLoop(repeated) => return self.for_(repeated, out),
            Expr::Loop(repeated) => return self.loop_(repeated, dest, out),
            Expr::Unsafe(_) => {
                self.refuse(expression, "a workflow has no `unsafe`", "do it in a task");
                return;
            }
            _ => {}
        }
        // a value that is one expression needs no statements
        if let Dest::Slot(slot) = dest
            && is_pure(expression)
        {
            let value = self.pure(expression);
            out.extend(quote_spanned!(expression.span()=> __asl.set(&#slot, #value);));
            return;
        }
        match expression {
            Expr::If(branch) => self.if_(branch, dest, out),
            Expr::Match(choice) => self.match_(choice, dest, out),
            Expr::Block(block) => self.labelled(block, dest, out),
            _ => self.deliver(expression, dest, out),
        }
    }

    fn deliver(&mut self, expression: &Expr, dest: &Dest, out: &mut TokenStream) {
        if self.raised(expression, out) {
            return;
        }
        match dest {
            Dest::Return => self.return_value(expression, out),
            Dest::Slot(slot) => {
                let hint = "value";
                let value = self.value(expression, hint, out);
                out.extend(quote_spanned!(expression.span()=> __asl.set(&#slot, #value);));
            }
            Dest::Ignore => {
                if self.is_work(expression) {
                    self.ignored(expression, out);
                    return;
                }
                let value = self.value(expression, "", out);
                out.extend(quote!(let _ = #value;));
            }
        }
    }

    /// `{ … }` and `'label: { … }`
    fn labelled(&mut self, block: &ExprBlock, dest: &Dest, out: &mut TokenStream) {
        let Some(label) = &block.label else {
            self.block(&block.block, dest, out);
            return;
        };
        let ident = self.fresh("label");
        self.labels.push(Label {
            name: Some(label.name.ident.to_string()),
            ident: ident.clone(),
            dest: dest.clone(),
            continues: Continue::No,
        });
        let mut inner = TokenStream::new();
        self.block(&block.block, dest, &mut inner);
        self.labels.pop();
        out.extend(quote! {
            let #ident = __asl.label();
            __asl.begin();
            #inner
            __asl.labelled(#ident);
        });
    }
}

/// How often the name stands in the tokens.
fn count(name: &Ident, tokens: &impl ToTokens) -> usize {
    let mut count = 0;
    each_name(tokens.to_token_stream(), &mut |used| count += usize::from(used == name));
    count
}

/// Whether the statements read the local, before another of its name.
fn is_read_later(name: &Ident, statements: &[Stmt]) -> bool {
    for statement in statements {
        if let Stmt::Local(local) = statement
            && name_of(&local.pat) == Some(name)
        {
            return local.init.as_ref().is_some_and(|init| count(name, &init.expr) > 0);
        }
        if count(name, statement) > 0 {
            return true;
        }
    }
    false
}

/// The name, if the pattern is one.
fn name_of(pat: &Pat) -> Option<&Ident> {
    match pat {
        Pat::Type(typed) => name_of(&typed.pat),
        Pat::Ident(name) if name.subpat.is_none() => Some(&name.ident),
        _ => None,
    }
}
