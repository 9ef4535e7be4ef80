//! What becomes of the `Result` of something that is awaited.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprIf, ExprLet, ExprMethodCall, Ident, Pat, parse_quote};

use super::choice::{Case, is_irrefutable};
use super::repeat::without_parentheses;
use super::scope::{Compiler, Dest};
use super::work::Work;
use crate::staged::{named, pattern};

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
    /// `work.await;`, `let _ = work.await;`: errors are passed over.
    pub(super) fn ignored(&mut self, expression: &Expr, out: &mut TokenStream) {
        let Some(work) = self.work(expression, out) else { return };
        let handlers = self.fresh("handlers");
        let ident = &work.ident;
        out.extend(quote!(
            let mut #handlers = #ident.handlers();
            let _ = #handlers.begin(&mut __asl, "error");
            #handlers.rest(&mut __asl);
        ));
        self.perform(&work, "", &handlers, out);
    }

    fn perform(&mut self, work: &Work<'_>, hint: &str, handlers: &Ident, out: &mut TokenStream) -> Ident {
        let (ident, value) = (&work.ident, self.fresh("done"));
        out.extend(quote!(let #value = __asl.perform(#hint, #ident, #handlers);));
        self.compensate(work, &value, out);
        value
    }

    /// `operand?`
    pub(super) fn try_(&mut self, operand: &Expr, hint: &str, out: &mut TokenStream) -> Expr {
        let operand = without_parentheses(operand);
        let level = self.level();
        if level.is_plain {
            self.refuse(
                operand,
                "`?` leaves the branch of a `join!`, which gives no `Result`",
                "use `try_join!(…)?`: the first error ends all branches",
            );
        }
        let returns = &level.returns;
        if self.is_work(operand) {
            let Some(work) = self.work(operand, out) else { return parse_quote!(()) };
            let (ident, value) = (&work.ident, self.fresh("done"));
            out.extend(quote_spanned!(operand.span()=> let #value = __asl.propagate(&#returns, #hint, #ident);));
            self.compensate(&work, &value, out);
            return self.temporary(&value);
        }
        match operand {
            Expr::MethodCall(call) if call.method == "map_err" && self.is_work(&call.receiver) => {
                self.map_err(call, hint, true, out)
            }
            Expr::MethodCall(call) if call.method == "map" && self.is_work(&call.receiver) => {
                let inner = (*call.receiver).clone();
                let value = self.try_(&inner, hint, out);
                match call.args.first() {
                    Some(change) => self.applied(change, &value, out),
                    None => value,
                }
            }
            Expr::MethodCall(call) if call.method == "ok_or" || call.method == "ok_or_else" => {
                self.ok_or(call, hint, true, out)
            }
            Expr::Call(call) if is_named(&call.func, "Err") => {
                if let Some(error) = call.args.first() {
                    let error = self.value(error, "error", out);
                    out.extend(quote_spanned!(call.span()=> { let __asl_error = #error; __asl.raise_from(&#returns, __asl_error); }));
                }
                let never = self.fresh("never");
                out.extend(quote!(let #never = __asl.slot("value");));
                self.temporary(&never)
            }
            Expr::Call(call) if is_named(&call.func, "Ok") => match call.args.first() {
                Some(value) => self.lift(value, hint, out),
                None => parse_quote!(()),
            },
            Expr::MethodCall(call) if self.is_work(&call.receiver) => self.adapted(call, hint, out),
            other if self.reports_misplaced(other) => parse_quote!(()),
            other => {
                self.refuse(
                    other,
                    "`?` is for what is awaited, and an expression cannot leave the workflow",
                    "write `task(ctx, …).await?`; for an `Option` `.ok_or(error)?` or `.unwrap_or(…)`; `parse` has \
                     `.unwrap_or(…)` and `.ok()`",
                );
                parse_quote!(())
            }
        }
    }

    /// `.map_err(f)`: the handler raises what `f` makes of the error.
    fn map_err(&mut self, call: &ExprMethodCall, hint: &str, converts: bool, out: &mut TokenStream) -> Expr {
        let Some(change) = call.args.first() else { return parse_quote!(()) };
        let Some(work) = self.work(&call.receiver, out) else { return parse_quote!(()) };
        let returns = self.level().returns;
        let (handlers, error, ident) = (self.fresh("handlers"), self.fresh("error"), &work.ident);
        let mark = self.locals.len();
        let mut code = TokenStream::new();
        let caught = self.temporary(&error);
        let made = self.applied(change, &caught, &mut code);
        let made = self.pure(&made);
        self.locals.truncate(mark);
        let raise = if converts { format_ident!("raise_from") } else { format_ident!("raise") };
        out.extend(quote_spanned!(call.span()=>
            let mut #handlers = #ident.handlers();
            {
                let #error = #handlers.begin(&mut __asl, "error");
                #code
                let __asl_made = #made;
                __asl.#raise(&#returns, __asl_made);
                #handlers.rest(&mut __asl);
            }
        ));
        let value = self.perform(&work, hint, &handlers, out);
        self.temporary(&value)
    }

    /// `option.ok_or(error)`: the value, or the error is raised.
    fn ok_or(&mut self, call: &ExprMethodCall, hint: &str, converts: bool, out: &mut TokenStream) -> Expr {
        let name = super::text::text(&call.receiver);
        let option = self.named(&call.receiver, hint, out).ident;
        let returns = self.level().returns;
        let error = match call.args.first() {
            Some(Expr::Closure(closure)) => (*closure.body).clone(),
            Some(error) => error.clone(),
            None => return parse_quote!(()),
        };
        let mut code = TokenStream::new();
        let error = self.value(&error, "error", &mut code);
        let raise = if converts { format_ident!("raise_from") } else { format_ident!("raise") };
        let value = self.fresh("value");
        out.extend(quote_spanned!(call.span()=>
            let mut __asl_chain = __asl.chain(#name);
            __asl.begin();
            {
                #code
                let __asl_error = #error;
                __asl.#raise(&#returns, __asl_error);
            }
            __asl.arm(&mut __asl_chain, #option.is_none());
            __asl.begin();
            __asl.otherwise(__asl_chain);
            let #value = #option.__asl_value();
        ));
        self.temporary(&value)
    }

    /// A closure, or the name of a function, applied to a value.
    fn applied(&mut self, function: &Expr, value: &Expr, out: &mut TokenStream) -> Expr {
        match without_parentheses(function) {
            Expr::Closure(closure) => {
                if let (Some(input), Expr::Path(path)) = (closure.inputs.first(), value)
                    && let Some(ident) = path.path.get_ident().cloned()
                {
                    self.bind(input, &ident, false, out);
                }
                self.lift(&closure.body, "", out)
            }
            name => parse_quote!(#name(#value)),
        }
    }

    /// Methods of the `Result`: `is_ok`, `ok`, `unwrap_or`, …
    pub(super) fn adapted(&mut self, call: &ExprMethodCall, hint: &str, out: &mut TokenStream) -> Expr {
        let result = &call.receiver;
        let argument = call.args.first();
        let method = call.method.to_string();
        let chosen: Expr = match (method.as_str(), argument) {
            ("is_ok", None) => parse_quote!(match #result { Ok(_) => true, Err(_) => false }),
            ("is_err", None) => parse_quote!(match #result { Ok(_) => false, Err(_) => true }),
            ("ok", None) => parse_quote!(match #result { Ok(__asl_ok) => Some(__asl_ok), Err(_) => None }),
            ("err", None) => parse_quote!(match #result { Ok(_) => None, Err(__asl_err) => Some(__asl_err) }),
            ("unwrap_or", Some(other)) => parse_quote!(match #result { Ok(__asl_ok) => __asl_ok, Err(_) => #other }),
            ("unwrap_or_else", Some(Expr::Closure(closure))) => {
                let (body, input) = (&closure.body, closure.inputs.first());
                match input {
                    Some(input) => parse_quote!(match #result { Ok(__asl_ok) => __asl_ok, Err(#input) => #body }),
                    None => parse_quote!(match #result { Ok(__asl_ok) => __asl_ok, Err(_) => #body }),
                }
            }
            ("unwrap_or_default", None) => {
                let option: Expr = parse_quote!(#result.ok());
                let option = self.lift(&option, hint, out);
                return parse_quote!(#option.unwrap_or_default());
            }
            _ if super::misplaced::is_setting(&call.method) => {
                self.refuse(
                    &call.method,
                    &format!("`{method}` is set before the task is awaited"),
                    &format!("write `task(ctx, …).{method}(…).await?`"),
                );
                return parse_quote!(());
            }
            _ => {
                self.refuse(
                    &call.method,
                    &format!("`{method}` of what is awaited has no counterpart in a workflow"),
                    "use `?`, `match … { Ok(value) => …, Err(error) => … }`, `.map_err(…)?`, `.ok()`, `.is_ok()` or `.unwrap_or(…)`",
                );
                return parse_quote!(());
            }
        };
        let slot = self.fresh("slot");
        let name = if hint.is_empty() { "value" } else { hint };
        let mut code = TokenStream::new();
        self.into(&chosen, &Dest::Slot(slot.clone()), &mut code);
        out.extend(quote!(let #slot = __asl.slot(#name); { #code }));
        self.temporary(&slot)
    }

    /// The value of the workflow: `Ok(…)`, `Err(…)`, or what is awaited.
    pub(super) fn return_value(&mut self, expression: &Expr, out: &mut TokenStream) {
        let level = self.level();
        let returns = &level.returns;
        let at = match expression {
            Expr::Call(call) if is_named(&call.func, "Ok") && call.args.len() == 1 => call.args[0].span(),
            other => other.span(),
        };
        if level.is_plain {
            let value = self.value(expression, "", out);
            out.extend(quote_spanned!(at=> { let __asl_value = #value; __asl.return_(&#returns, __asl_value); }));
            return;
        }
        if self.is_work(expression) {
            let Some(work) = self.work(expression, out) else { return };
            let ident = &work.ident;
            out.extend(quote_spanned!(at=> __asl.finish_with(&#returns, #ident);));
            return;
        }
        let value = match expression {
            Expr::Call(call) if is_named(&call.func, "Ok") => match call.args.first() {
                Some(value) => self.value(value, "", out),
                None => return,
            },
            Expr::Call(call) if is_named(&call.func, "Err") => {
                if let Some(error) = call.args.first() {
                    self.error(error, at, out);
                }
                return;
            }
            Expr::MethodCall(call) if call.method == "map_err" && self.is_work(&call.receiver) => {
                let value = self.map_err(call, "", false, out);
                self.pure(&value)
            }
            Expr::MethodCall(call) if call.method == "map" && self.is_work(&call.receiver) => {
                let result = &call.receiver;
                let Some(change) = call.args.first() else { return };
                let inner: Expr = match without_parentheses(change) {
                    Expr::Closure(closure) => {
                        let (input, body) = (&closure.inputs[0], &closure.body);
                        parse_quote!(match #result { Ok(#input) => Ok(#body), Err(__asl_err) => Err(__asl_err) })
                    }
                    name => parse_quote!(match #result { Ok(__asl_ok) => Ok(#name(__asl_ok)), Err(__asl_err) => Err(__asl_err) }),
                };
                return self.into(&inner, &Dest::Return, out);
            }
            Expr::MethodCall(call) if call.method == "ok_or" || call.method == "ok_or_else" => {
                let value = self.ok_or(call, "", false, out);
                self.pure(&value)
            }
            Expr::Macro(_) | Expr::Async(_) => self.value(expression, "", out),
            other => {
                self.refuse(
                    other,
                    "the value of a workflow is written as `Ok(…)`, `Err(…)`, or as what is awaited",
                    "write `Ok(value)` or `Err(error)` here; a `Result` cannot be kept under a name",
                );
                return;
            }
        };
        out.extend(quote_spanned!(at=> { let __asl_value = #value; __asl.return_(&#returns, __asl_value); }));
    }

    /// `Err(error)`
    fn error(&mut self, error: &Expr, at: proc_macro2::Span, out: &mut TokenStream) {
        let returns = self.level().returns;
        let (raise, error) = match without_parentheses(error) {
            Expr::MethodCall(call) if call.method == "into" && call.args.is_empty() => {
                (format_ident!("raise_from"), &*call.receiver)
            }
            Expr::Call(call) if is_named(&call.func, "from") && call.args.len() == 1 => {
                (format_ident!("raise_from"), &call.args[0])
            }
            error => (format_ident!("raise"), error),
        };
        let error = self.value(error, "error", out);
        out.extend(quote_spanned!(at=> { let __asl_error = #error; __asl.#raise(&#returns, __asl_error); }));
    }

    /// `match work.await { Ok(…) => …, Err(…) => … }`
    pub(super) fn match_work(&mut self, result: &Expr, cases: &[Case<'_>], dest: &Dest, out: &mut TokenStream) {
        let mark = self.locals.len();
        let mut code = self.line(result);
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
        let (end, handlers, ident) = (self.fresh("end"), self.fresh("handlers"), &work.ident);
        code.extend(quote!(
            let #end = __asl.label();
            __asl.begin();
            let mut #handlers = #ident.handlers();
        ));
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

    fn ok_cases(&mut self, value: &Ident, result: &Expr, ok: &[Case<'_>], dest: &Dest, out: &mut TokenStream) {
        if let [Case { pat, guard: None, body }] = ok {
            let mark = self.locals.len();
            let mut inner = TokenStream::new();
            self.bind(pat, value, true, &mut inner);
            let line = self.line(body);
            inner.extend(line);
            self.into(body, dest, &mut inner);
            self.locals.truncate(mark);
            out.extend(quote!({ #inner }));
            return;
        }
        if !ok.is_empty() {
            let name = called(result).unwrap_or_else(|| super::text::text(result));
            self.cases(value, &name, ok, dest, out);
        }
    }

    /// One handler for each arm; one for all, if arms ask more than the error's name.
    fn handlers(&mut self, err: &[Case<'_>], handlers: &Ident, end: &Ident, dest: &Dest, out: &mut TokenStream) {
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
            let hint = super::binding::hint(case.pat).filter(|hint| hint != "_").unwrap_or_else(|| "error".to_owned());
            let mut inner = TokenStream::new();
            self.bind(case.pat, &error, true, &mut inner);
            let line = self.line(case.body);
            inner.extend(line);
            self.into(case.body, dest, &mut inner);
            self.locals.truncate(mark);
            let close = match names(case.pat) {
                Some(Names::Of(names)) => quote!(#handlers.named(&mut __asl, { let mut __asl_names = ::std::vec::Vec::new(); #(__asl_names.extend(#names);)* __asl_names });),
                _ => quote!(#handlers.rest(&mut __asl);),
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
        let (handlers, ident) = (self.fresh("handlers"), &work.ident);
        out.extend(quote!(let mut #handlers = #ident.handlers();));
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
    pub(super) fn let_else_of_work(&mut self, pat: &Pat, value: &Expr, otherwise: &Expr, out: &mut TokenStream) {
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

fn is_named(function: &Expr, name: &str) -> bool {
    match function {
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == name),
        _ => false,
    }
}

/// The name of the function that is awaited.
fn called(expression: &Expr) -> Option<String> {
    match without_parentheses(expression) {
        Expr::Await(awaited) => called(&awaited.base),
        Expr::MethodCall(call) => called(&call.receiver),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
            _ => None,
        },
        _ => None,
    }
}
