//! What is in scope where a statement is compiled.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, Ident, Pat, Type};

use super::purity::each_name;
use crate::errors::Errors;
use crate::staged::{Scope, erased, refuse, rewrite};

/// Where the value of an expression goes.
#[derive(Clone)]
pub(super) enum Dest {
    /// Nowhere: it is a statement.
    Ignore,
    /// Into a local.
    Slot(Ident),
    /// It ends the function, branch or iteration.
    Return,
}

pub(super) struct Local {
    pub(super) name: String,
    pub(super) is_mutable: bool,
    /// How many functions, branches and iterations are around it.
    pub(super) depth: usize,
    is_handle: bool,
}

/// A loop or block that can be left.
pub(super) struct Label {
    pub(super) name: Option<String>,
    pub(super) ident: Ident,
    pub(super) dest: Dest,
    pub(super) continues: Continue,
}

/// What `continue` does.
#[derive(Clone)]
pub(super) enum Continue {
    /// It is no loop.
    No,
    /// Begins the loop anew.
    Loop,
    /// Leaves a block, behind which the next turn is prepared.
    Leave(Ident),
}

/// A function, branch, iteration, or a block that is awaited.
#[derive(Clone)]
pub(super) struct Level {
    pub(super) returns: Ident,
    /// Whether its value is no `Result`.
    pub(super) is_plain: bool,
    pub(super) depth: usize,
    /// Whether a step may be compensated: where the errors that pass by end the execution.
    pub(super) compensates: bool,
    /// Locals of a lower depth are not seen: a child execution has its own.
    pub(super) isolated_from: usize,
}

pub(super) struct Compiler<'e> {
    pub(super) errors: &'e mut Errors,
    pub(super) locals: Vec<Local>,
    pub(super) labels: Vec<Label>,
    pub(super) levels: Vec<Level>,
    count: usize,
}

impl<'e> Compiler<'e> {
    pub(super) fn new(errors: &'e mut Errors, handle: &Ident) -> Self {
        let level = Level {
            returns: Ident::new("__asl_returns", Span::call_site()),
            is_plain: false,
            depth: 0,
            compensates: true,
            isolated_from: 0,
        };
        let mut compiler =
            Self { errors, locals: Vec::new(), labels: Vec::new(), levels: vec![level], count: 0 };
        compiler.declare_handle(handle);
        compiler
    }

    /// Where this is compiled.
    pub(super) fn level(&self) -> Level {
        self.levels.last().cloned().unwrap_or_else(|| Level {
            returns: Ident::new("__asl_returns", Span::call_site()),
            is_plain: false,
            depth: 0,
            compensates: true,
            isolated_from: 0,
        })
    }

    /// A name that no user has.
    pub(super) fn fresh(&mut self, what: &str) -> Ident {
        self.count += 1;
        Ident::new(&format!("__asl_{what}_{}", self.count), Span::call_site())
    }

    /// The same at the user's code, where rustc then reports a type that does not fit.
    pub(super) fn fresh_at(&mut self, what: &str, at: Span) -> Ident {
        let mut name = self.fresh(what);
        name.set_span(at);
        name
    }

    pub(super) fn declare(&mut self, name: &Ident, is_mutable: bool) {
        let depth = self.level().depth;
        self.locals.push(Local { name: name.to_string(), is_mutable, depth, is_handle: false });
    }

    pub(super) fn declare_handle(&mut self, name: &Ident) {
        let depth = self.level().depth;
        self.locals.push(Local { name: name.to_string(), is_mutable: false, depth, is_handle: true });
    }

    /// The last that has this name.
    pub(super) fn declared(&self, name: &Ident) -> Option<&Local> {
        // once: an identifier is turned into text for each comparison
        let name = name.to_string();
        self.locals.iter().rev().find(|local| local.name == name)
    }

    /// The local of this name.
    pub(super) fn local(&self, name: &Ident) -> Option<&Local> {
        self.declared(name).filter(|local| !local.is_handle)
    }

    /// Whether the name is that of the handle.
    pub(super) fn is_named_handle(&self, name: &Ident) -> bool {
        self.declared(name).is_some_and(|local| local.is_handle)
    }

    pub(super) fn is_handle(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| self.is_named_handle(name)),
            Expr::Reference(reference) => self.is_handle(&reference.expr),
            Expr::Paren(inner) => self.is_handle(&inner.expr),
            Expr::MethodCall(call) if call.method == "clone" => self.is_handle(&call.receiver),
            _ => false,
        }
    }

    /// The locals for what rewrites expressions.
    pub(super) fn scope(&self) -> Scope {
        Scope::of(self.locals.iter().map(|local| (local.name.as_str(), local.is_handle)))
    }

    /// The code of an expression that is a value and nothing else.
    pub(super) fn pure(&mut self, expression: &Expr) -> TokenStream {
        self.sees(expression);
        if self.reports_misplaced(expression) {
            return quote!(::core::unreachable!());
        }
        let scope = self.scope();
        rewrite(expression, &scope, self.errors)
    }

    /// Reports what a child execution cannot see.
    pub(super) fn sees(&mut self, tokens: &impl ToTokens) {
        let isolated_from = self.level().isolated_from;
        if isolated_from == 0 {
            return;
        }
        let mut hidden: Vec<Ident> = Vec::new();
        each_name(tokens.to_token_stream(), &mut |name| {
            if self.local(name).is_some_and(|local| local.depth < isolated_from) {
                hidden.push(name.clone());
            }
        });
        for name in hidden {
            self.refuse(
                &name,
                &format!("`{name}` is not seen in the iterations of a distributed map, which are executions of their own"),
                "hand it over: `.run(input, async |ctx, given| …)` gives `given.input` to each",
            );
        }
    }

    pub(super) fn refuse(&mut self, at: &impl ToTokens, what: &str, help: &str) -> TokenStream {
        refuse(self.errors, &at.to_token_stream(), what, help)
    }

    /// Code that notes the line.
    #[expect(clippy::unused_self, reason = "it is code of the compiler, as all others are")]
    pub(super) fn line(&self, at: Span) -> TokenStream {
        let line = u32::try_from(at.start().line).unwrap_or(0);
        quote!(__asl.at(#line);)
    }

    /// The input, bound by the parameter's pattern.
    pub(super) fn parameter(&mut self, pattern: &Pat, ty: &Type, out: &mut TokenStream) {
        let pattern = match pattern {
            Pat::Type(typed) => &typed.pat,
            pattern => pattern,
        };
        let hint = super::binding::hint(pattern).unwrap_or_else(|| "input".to_owned());
        let ty = erased(ty);
        out.extend(quote!(let __asl_input: ::asl_core::expr::Expr<#ty> = __asl.slot(#hint);));
        let place = Ident::new("__asl_input", Span::call_site());
        self.bind(pattern, &place, true, out);
    }
}
