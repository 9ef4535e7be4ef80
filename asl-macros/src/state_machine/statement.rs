//! Blocks, statements, and expressions whose value goes somewhere.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Block, Expr, ExprBlock, Stmt};

use super::purity::{is_assignment, is_pure};
use super::scope::{Compiler, Continue, Dest, Label};
use crate::start;

impl Compiler<'_> {
    /// The statements of a block, in a block.
    pub(super) fn block(&mut self, block: &Block, dest: &Dest, out: &mut TokenStream) {
        let mark = self.locals.len();
        let mut inner = TokenStream::new();
        let last = block.stmts.len().saturating_sub(1);
        let mut index = 0;
        while let Some(statement) = block.stmts.get(index) {
            let joined = self.without_name(&block.stmts[index..]);
            if joined.is_some() {
                index += 1;
            }
            let dest = if index == last { dest } else { &Dest::Ignore };
            self.statement(joined.as_ref().unwrap_or(statement), dest, &mut inner);
            index += 1;
        }
        self.locals.truncate(mark);
        out.extend(quote!({ #inner }));
    }

    fn statement(&mut self, statement: &Stmt, dest: &Dest, out: &mut TokenStream) {
        if !matches!(statement, Stmt::Item(_)) {
            out.extend(self.line(start::of_statement(statement)));
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
            out.extend(quote_spanned!(start::of_expression(expression)=> __asl.set(&#slot, #value);));
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
                out.extend(quote_spanned!(start::of_expression(expression)=> __asl.set(&#slot, #value);));
            }
            Dest::Ignore => {
                if self.is_work(expression) {
                    self.ignored(expression, out);
                    return;
                }
                let lifted = self.lift(expression, "", out);
                // what was done for it stands there already
                if is_named_or_nothing(&lifted) {
                    return;
                }
                let value = self.pure(&lifted);
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

/// Whether it is a local of the emitted code, or `()`.
fn is_named_or_nothing(lifted: &Expr) -> bool {
    match lifted {
        Expr::Path(path) => path.path.get_ident().is_some_and(|name| name.to_string().starts_with("__asl_")),
        Expr::Tuple(tuple) => tuple.elems.is_empty(),
        _ => false,
    }
}
