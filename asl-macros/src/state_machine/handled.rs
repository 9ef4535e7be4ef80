//! `match`, `if let` and `let … else` on the `Result` of something that is awaited.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprIf, ExprLet, Ident, Pat, parse_quote};

use super::choice::{Case, is_irrefutable};
use super::scope::{Compiler, Dest};
use crate::staged::{named, pattern};
use crate::start;

/// What a pattern for the whole `Result` asks.
enum Side<'a> {
    Ok(&'a Pat),
    Err(&'a Pat),
    Both,
}

fn side(pat: &Pat) -> Option<Side<'_>> {
    match pat {
        Pat::Wild(_) => Some(Side::Both),
        Pat::Paren(inner) => side(&inner.pat),
        Pat::Reference(inner) => side(&inner.pat),
        Pat::TupleStruct(tuple) => {
            let last = tuple.path.segments.last()?;
            let inner = tuple.elems.first()?;
            match last.ident.to_string().as_str() {
                "Ok" => Some(Side::Ok(inner)),
                "Err" => Some(Side::Err(inner)),
                _ => None,
            }
        }
        _ => None,
    }
}

impl Compiler<'_> {
    /// `match work.await { Ok(…) => …, Err(…) => … }`
    pub(super) fn match_work(
        &mut self,
        result: &Expr,
        cases: &[Case<'_>],
        dest: &Dest,
        out: &mut TokenStream,
    ) {
        let mark = self.locals.len();
        let mut code = self.line(start::of_expression(result));
        let Some(work) = self.work(result, &mut code) else { return };
        let (mut ok, mut err) = (Vec::new(), Vec::new());
        for case in cases {
            let Case { pat, guard, body } = case.clone();
            match side(pat) {
                Some(Side::Ok(pat)) => ok.push(Case { pat, guard, body }),
                Some(Side::Err(pat)) => err.push(Case { pat, guard, body }),
                Some(Side::Both) => {
                    ok.push(Case { pat, guard, body });
                    err.push(Case { pat, guard, body });
                }
                None => {
                    self.refuse(
                        pat,
                        "this pattern is for data, and what is awaited gives a `Result`",
                        "write `Ok(…)` and `Err(…)`, each in arms of its own",
                    );
                    return;
                }
            }
        }
        let end = self.fresh("end");
        code.extend(quote!(
            let #end = __asl.label();
            __asl.begin();
        ));
        let handlers = self.handlers_of(&work, &mut code);
        self.handlers(&err, &handlers, &end, dest, &mut code);
        let hint = match ok.as_slice() {
            [Case { pat, .. }] => super::binding::hint(pat).unwrap_or_default(),
            _ => String::new(),
        };
        let value = self.perform(&work, &hint, &handlers, &mut code);
        self.ok_cases(&value, result, &ok, dest, &mut code);
        code.extend(quote!(__asl.labelled(#end);));
        self.locals.truncate(mark);
        out.extend(quote!({ #code }));
    }

    fn ok_cases(
        &mut self,
        value: &Ident,
        result: &Expr,
        ok: &[Case<'_>],
        dest: &Dest,
        out: &mut TokenStream,
    ) {
        if let [Case { pat, guard: None, body }] = ok {
            let mark = self.locals.len();
            let mut inner = TokenStream::new();
            self.bind(pat, value, true, &mut inner);
            let line = self.line(start::of_expression(body));
            inner.extend(line);
            self.into(body, dest, &mut inner);
            self.locals.truncate(mark);
            out.extend(quote!({ #inner }));
            return;
        }
        if !ok.is_empty() {
            self.cases(value, &super::text::text(result), ok, dest, out);
        }
    }

    /// One handler for each arm; one for all, if arms ask more than the error's name.
    fn handlers(
        &mut self,
        err: &[Case<'_>],
        handlers: &Ident,
        end: &Ident,
        dest: &Dest,
        out: &mut TokenStream,
    ) {
        let by_name = err.iter().all(|case| case.guard.is_none() && names(case.pat).is_some());
        if !by_name {
            let error = self.fresh("error");
            let mut inner = TokenStream::new();
            self.cases(&error, "error", err, dest, &mut inner);
            out.extend(quote!({
                let #error = #handlers.begin(&mut __asl, "error");
                #inner
                __asl.break_(#end);
                #handlers.rest(&mut __asl);
            }));
            return;
        }
        for case in err {
            let mark = self.locals.len();
            let error = self.fresh("error");
            let hint = super::binding::hint(case.pat)
                .filter(|hint| hint != "_")
                .unwrap_or_else(|| "error".to_owned());
            let mut inner = TokenStream::new();
            self.bind(case.pat, &error, true, &mut inner);
            let line = self.line(start::of_expression(case.body));
            inner.extend(line);
            self.into(case.body, dest, &mut inner);
            self.locals.truncate(mark);
            let close = if let Some(Names::Of(names)) = names(case.pat) {
                quote!(#handlers.named(&mut __asl, { let mut __asl_names = ::std::vec::Vec::new(); #(__asl_names.extend(#names);)* __asl_names });)
            } else {
                quote!(#handlers.rest(&mut __asl);)
            };
            out.extend(quote!({
                let #error = #handlers.begin(&mut __asl, #hint);
                { #inner }
                __asl.break_(#end);
                #close
            }));
        }
    }

    /// `if let Ok(value) = work.await { … } else { … }`
    pub(super) fn if_let_of_work(
        &mut self,
        branch: &ExprIf,
        condition: &ExprLet,
        dest: &Dest,
        out: &mut TokenStream,
    ) {
        let then = syn::ExprBlock { attrs: Vec::new(), label: None, block: branch.then_branch.clone() };
        let then = Expr::Block(then);
        let otherwise: Expr = match &branch.else_branch {
            Some((_, other)) => (**other).clone(),
            None => parse_quote!({}),
        };
        let rest: Pat = parse_quote!(_);
        let cases = [
            Case { pat: &condition.pat, guard: None, body: &then },
            Case { pat: &rest, guard: None, body: &otherwise },
        ];
        self.match_work(&condition.expr, &cases, dest, out);
    }

    /// Goes on if the result of the work matches, and else leaves the label's block.
    pub(super) fn unless_work_matches(&mut self, condition: &ExprLet, label: &Ident, out: &mut TokenStream) {
        let Some(work) = self.work(&condition.expr, out) else { return };
        let handlers = self.handlers_of(&work, out);
        match side(&condition.pat) {
            Some(Side::Ok(pat)) => {
                out.extend(quote!(
                    let _ = #handlers.begin(&mut __asl, "error");
                    __asl.break_(#label);
                    #handlers.rest(&mut __asl);
                ));
                let hint = super::binding::hint(pat).unwrap_or_default();
                let value = self.perform(&work, &hint, &handlers, out);
                self.unless_matches(pat, &value, &super::text::text(condition), label, out);
            }
            Some(Side::Err(pat)) => {
                let (failed, error) = (self.fresh("failed"), self.fresh("error"));
                let hint = super::binding::hint(pat).unwrap_or_else(|| "error".to_owned());
                out.extend(quote!(
                    let #failed = __asl.label();
                    __asl.begin();
                    let #error = #handlers.begin(&mut __asl, #hint);
                    __asl.break_(#failed);
                    #handlers.rest(&mut __asl);
                ));
                self.perform(&work, "", &handlers, out);
                out.extend(quote!(__asl.break_(#label); __asl.labelled(#failed);));
                self.unless_matches(pat, &error, &super::text::text(condition), label, out);
            }
            _ => {
                self.refuse(
                    &condition.pat,
                    "this pattern is for data, and what is awaited gives a `Result`",
                    "write `let Ok(…) = …` or `let Err(…) = …`",
                );
            }
        }
    }

    fn unless_matches(&mut self, pat: &Pat, value: &Ident, name: &str, label: &Ident, out: &mut TokenStream) {
        if is_irrefutable(pat) {
            self.bind(pat, value, true, out);
            return;
        }
        let scope = self.scope();
        let matched = pattern(pat, &quote!(#value), &scope, self.errors);
        let test = matched.test();
        out.extend(quote!(__asl.unless(#test, #name, #label);));
        self.bindings(pat, &matched, out);
    }

    /// `let Ok(value) = work.await else { … };`
    pub(super) fn let_else_of_work(
        &mut self,
        pat: &Pat,
        value: &Expr,
        otherwise: &Expr,
        out: &mut TokenStream,
    ) {
        // what follows is reached past the `else` only
        let (after, failed) = (self.fresh("after"), self.fresh("failed"));
        let condition = ExprLet {
            attrs: Vec::new(),
            let_token: syn::Token![let](value.span()),
            pat: Box::new(pat.clone()),
            eq_token: syn::Token![=](value.span()),
            expr: Box::new(value.clone()),
        };
        out.extend(quote!(
            let #after = __asl.label();
            let #failed = __asl.label();
            __asl.begin();
            __asl.begin();
        ));
        self.unless_work_matches(&condition, &failed, out);
        let mut inner = TokenStream::new();
        let mark = self.locals.len();
        self.into(otherwise, &Dest::Ignore, &mut inner);
        self.locals.truncate(mark);
        out.extend(quote!(
            __asl.break_(#after);
            __asl.labelled(#failed);
            { #inner }
            __asl.labelled(#after);
        ));
    }
}

/// Which error names a pattern for an error is for.
enum Names {
    /// Those that these functions give.
    Of(Vec<TokenStream>),
    /// All that are left.
    Rest,
}

/// Nothing, if the pattern asks more than the name.
fn names(pat: &Pat) -> Option<Names> {
    let of = |path: &syn::Path| {
        let (owner, function) = named(path, "names");
        let is_variant = path.segments.len() > 1;
        is_variant.then(|| Names::Of(vec![quote_spanned!(path.span()=> #owner::#function())]))
    };
    match pat {
        Pat::Path(path) => of(&path.path),
        Pat::TupleStruct(tuple) if tuple.elems.iter().all(is_irrefutable) => of(&tuple.path),
        Pat::Struct(structure) if structure.fields.iter().all(|field| is_irrefutable(&field.pat)) => {
            of(&structure.path).or(Some(Names::Rest))
        }
        Pat::Or(or) => {
            let mut all = Vec::new();
            for case in &or.cases {
                match names(case)? {
                    Names::Of(names) => all.extend(names),
                    Names::Rest => return Some(Names::Rest),
                }
            }
            Some(Names::Of(all))
        }
        Pat::Ident(ident) if ident.subpat.is_some() => {
            ident.subpat.as_ref().and_then(|(_, inner)| names(inner))
        }
        Pat::Paren(inner) => names(&inner.pat),
        pat if is_irrefutable(pat) => Some(Names::Rest),
        _ => None,
    }
}
