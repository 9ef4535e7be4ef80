//! `let`, and what patterns bind.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Expr, Ident, Pat, PatIdent};

use super::purity::is_pure;
use super::scope::{Compiler, Dest};
use crate::staged::{erased, pattern};
use crate::start;

/// The name of the only thing that a pattern binds.
pub(super) fn hint(pattern: &Pat) -> Option<String> {
    match pattern {
        Pat::Ident(PatIdent { ident, .. }) => Some(ident.to_string().trim_start_matches("__asl_").to_owned()),
        Pat::Type(typed) => hint(&typed.pat),
        Pat::Paren(inner) => hint(&inner.pat),
        Pat::Reference(inner) => hint(&inner.pat),
        _ => None,
    }
}

/// The names that a pattern binds as mutable.
pub(super) fn mutable(pattern: &Pat) -> Vec<String> {
    #[derive(Default)]
    struct Search(Vec<String>);
    impl<'ast> Visit<'ast> for Search {
        fn visit_pat_ident(&mut self, ident: &'ast PatIdent) {
            if ident.mutability.is_some() {
                self.0.push(ident.ident.to_string());
            }
            visit::visit_pat_ident(self, ident);
        }
    }
    let mut search = Search::default();
    search.visit_pat(pattern);
    search.0
}

impl Compiler<'_> {
    /// Binds the parts of a value, which has a name. `is_own` says that nobody else has the local.
    pub(super) fn bind(&mut self, pat: &Pat, value: &Ident, is_own: bool, out: &mut TokenStream) {
        if let Pat::Ident(PatIdent { ident, subpat: None, mutability, .. }) = pat
            && !ident.to_string().starts_with(char::is_uppercase)
        {
            let code = if is_own || mutability.is_none() {
                quote!(let #ident = ::core::clone::Clone::clone(&#value);)
            } else {
                let name = ident.to_string();
                quote!(let #ident = __asl.hold(#name, ::core::clone::Clone::clone(&#value));)
            };
            out.extend(code);
            self.declare(ident, mutability.is_some());
            return;
        }
        let scope = self.scope();
        let matched = pattern(pat, &quote!(#value), &scope, self.errors);
        self.bindings(pat, &matched, out);
    }

    /// The names of a pattern that was matched.
    pub(super) fn bindings(&mut self, pat: &Pat, matched: &crate::staged::Matched, out: &mut TokenStream) {
        let mutable = mutable(pat);
        for (ident, value) in matched.bindings() {
            let name = ident.to_string();
            let is_mutable = mutable.contains(&name);
            out.extend(if is_mutable {
                quote!(let #ident = __asl.hold(#name, #value);)
            } else {
                quote!(let #ident = #value;)
            });
            self.declare(ident, is_mutable);
        }
    }

    pub(super) fn let_(&mut self, local: &syn::Local, out: &mut TokenStream) {
        let (pat, ty) = match &local.pat {
            Pat::Type(typed) => (&*typed.pat, erased(&typed.ty)),
            pat => (pat, None),
        };
        let hint = hint(pat).unwrap_or_default();
        let at = local.let_token.span;
        let Some(init) = &local.init else {
            let Pat::Ident(name) = pat else {
                self.refuse(pat, "this pattern has no value yet", "write `let … = value;`");
                return;
            };
            let ident = &name.ident;
            let ty = ty.map(|ty| quote!(: ::asl_core::expr::Expr<#ty>));
            out.extend(quote_spanned!(at=> let #ident #ty = __asl.slot(#hint);));
            self.declare(ident, true);
            return;
        };
        if let Some((_, otherwise)) = &init.diverge {
            self.let_else(pat, &init.expr, otherwise, out);
            return;
        }
        if matches!(pat, Pat::Wild(_)) && self.is_work(&init.expr) {
            self.ignored(&init.expr, out);
            return;
        }
        let value = self.named(&init.expr, &hint, out);
        if let Some(ty) = ty {
            let span = local.pat.span();
            let mut value = value.ident.clone();
            value.set_span(span);
            out.extend(quote_spanned!(span=> let _: &::asl_core::expr::Expr<#ty> = &#value;));
        }
        match pat {
            // nothing else has it
            Pat::Ident(PatIdent { ident, subpat: None, mutability, .. })
                if value.is_own && !ident.to_string().starts_with(char::is_uppercase) =>
            {
                let value = &value.ident;
                out.extend(quote!(let #ident = #value;));
                self.declare(ident, mutability.is_some());
            }
            _ => self.bind(pat, &value.ident, value.is_own, out),
        }
    }

    /// `let pattern = value else { … };`
    fn let_else(&mut self, pat: &Pat, value: &Expr, otherwise: &Expr, out: &mut TokenStream) {
        if self.is_work(value) {
            self.let_else_of_work(pat, value, otherwise, out);
            return;
        }
        let condition = format!("let {} = {}", super::text::text(pat), super::text::text(value));
        let value = self.subject(value, out);
        let scope = self.scope();
        let matched = pattern(pat, &quote!(#value), &scope, self.errors);
        let test = matched.test();
        let mut failed = TokenStream::new();
        self.into(otherwise, &Dest::Ignore, &mut failed);
        out.extend(quote! {
            __asl.chain(#condition);
            __asl.begin();
            __asl.arm(#test);
            __asl.begin();
            { #failed }
            __asl.otherwise();
        });
        self.bindings(pat, &matched, out);
    }

    /// What is matched on: a name for the value. A local that nothing changes stands for itself.
    pub(super) fn subject(&mut self, expression: &Expr, out: &mut TokenStream) -> Ident {
        let is_alias = is_pure(expression) && self.is_stable(expression);
        if is_alias {
            let code = self.pure(expression);
            let at = start::of_expression(expression);
            let ident = self.fresh_at("subject", at);
            out.extend(quote_spanned!(at=> let #ident = #code;));
            return ident;
        }
        self.named(expression, "", out).ident
    }

    /// Whether the expression costs nothing and stays what it is: parts of locals that are never assigned, tuples of them.
    fn is_stable(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Path(path) => match path.path.get_ident() {
                Some(name) => self.local(name).is_none_or(|local| !local.is_mutable),
                None => true,
            },
            Expr::Lit(_) => true,
            Expr::Field(field) => self.is_stable(&field.base),
            Expr::Reference(reference) => self.is_stable(&reference.expr),
            Expr::Paren(inner) => self.is_stable(&inner.expr),
            Expr::Group(inner) => self.is_stable(&inner.expr),
            Expr::Unary(unary) => self.is_stable(&unary.expr),
            Expr::Tuple(tuple) => tuple.elems.iter().all(|part| self.is_stable(part)),
            Expr::MethodCall(call) => {
                call.args.is_empty()
                    && matches!(
                        call.method.to_string().as_str(),
                        "clone" | "as_ref" | "as_deref" | "as_str" | "to_owned" | "copied" | "cloned"
                    )
                    && self.is_stable(&call.receiver)
            }
            _ => false,
        }
    }
}
