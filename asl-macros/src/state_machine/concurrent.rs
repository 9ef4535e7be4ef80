//! `join!`, `try_join!`, `map_each`, `attempt`, `async` blocks, and pauses.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprAsync, ExprCall, ExprClosure, Ident, Macro, Token, parse_quote};

use super::repeat::without_parentheses;
use super::scope::{Compiler, Dest, Level};
use crate::start;

impl Compiler<'_> {
    /// What is awaited within an expression.
    pub(super) fn await_(&mut self, whole: &Expr, base: &Expr, out: &mut TokenStream) -> Expr {
        if let Expr::MethodCall(call) = without_parentheses(base)
            && self.is_handle(&call.receiver)
            && let Some(time) = call.args.first()
        {
            let method = &call.method;
            let time = if method == "sleep" { self.seconds(time, out) } else { self.value(time, "", out) };
            out.extend(quote_spanned!(call.span()=> { let __asl_time = #time; __asl.#method(__asl_time); }));
            return parse_quote!(());
        }
        if let Expr::Call(call) = without_parentheses(base)
            && !call.args.first().is_some_and(|first| self.is_handle(first))
        {
            self.refuse(
                base,
                "a workflow awaits functions with `#[task]` or `#[state_machine]` only",
                "they get the handle first: `function(ctx, …).await?`",
            );
            return parse_quote!(());
        }
        self.refuse(
            whole,
            "what is awaited gives a `Result`, which is no data of a workflow",
            "write `?` behind it, or match on it at once: `match … { Ok(value) => …, Err(error) => … }`",
        );
        parse_quote!(())
    }

    /// Compiles in a function of its own: a branch, an iteration.
    pub(super) fn inside(&mut self, level: Level, compile: impl FnOnce(&mut Self)) {
        let (mark, labels) = (self.locals.len(), std::mem::take(&mut self.labels));
        self.levels.push(level);
        compile(self);
        self.levels.pop();
        self.labels = labels;
        self.locals.truncate(mark);
    }

    pub(super) fn level_of(&mut self, is_plain: bool) -> Level {
        let level = self.level();
        let depth = level.depth + 1;
        Level { returns: self.fresh("returns"), is_plain, depth, compensates: false, ..level }
    }

    fn branches(&mut self, invocation: &Macro) -> Option<Vec<Expr>> {
        match Punctuated::<Expr, Token![,]>::parse_terminated.parse2(invocation.tokens.clone()) {
            Ok(branches) if !branches.is_empty() => Some(branches.into_iter().collect()),
            Ok(_) => {
                self.refuse(
                    invocation,
                    "there is nothing to do at the same time",
                    "write the branches: `try_join!(a, b)?`",
                );
                None
            }
            Err(error) => {
                self.errors.push(error.span(), error.to_string());
                None
            }
        }
    }

    /// `try_join!(a, b)`
    pub(super) fn try_join(&mut self, invocation: &Macro, out: &mut TokenStream) -> Option<Ident> {
        let branches = self.branches(invocation)?;
        let join = self.fresh("join");
        out.extend(quote!(let mut #join = ::asl_core::stage::Join::new();));
        let mut values = Vec::new();
        for branch in &branches {
            let level = self.level_of(false);
            let (returns, value) = (level.returns.clone(), self.fresh("branch"));
            let mut code = self.line(start::of_expression(branch));
            self.inside(level, |inner| match without_parentheses(branch) {
                Expr::Async(block) => inner.block(&block.block, &Dest::Return, &mut code),
                task => {
                    if let Some(work) = inner.started(task, &mut code) {
                        let ident = work.ident;
                        code.extend(quote_spanned!(task.span()=> __asl.finish_with(&#returns, #ident);));
                    }
                }
            });
            out.extend(quote_spanned!(branch.span()=>
                let #returns = #join.returns();
                __asl.begin();
                { #code }
                let #value = __asl.branch(&mut #join, #returns);
            ));
            values.push(value);
        }
        let ident = self.fresh("work");
        out.extend(quote_spanned!(invocation.span()=>
            let #ident = __asl.joined(#join, ::asl_core::expr::tuple((#(::core::clone::Clone::clone(&#values),)*)));
        ));
        Some(ident)
    }

    /// `join!(a, b)`: branches that give values, no `Result`s.
    pub(super) fn joined(&mut self, whole: &Expr, invocation: &Macro, out: &mut TokenStream) -> Expr {
        if self.is_work(whole) {
            self.refuse(
                whole,
                "`try_join!` gives a `Result`, which is no data of a workflow",
                "write `?` behind it, or `match … { Ok((a, b)) => …, Err(error) => … }`",
            );
            return parse_quote!(());
        }
        let Some(branches) = self.branches(invocation) else { return parse_quote!(()) };
        let join = self.fresh("join");
        out.extend(quote!(let mut #join = ::asl_core::stage::Join::<::asl_core::expr::Failure>::new();));
        let mut values = Vec::new();
        for branch in &branches {
            let level = self.level_of(true);
            let (returns, value) = (level.returns.clone(), self.fresh("branch"));
            let mut code = self.line(start::of_expression(branch));
            self.inside(level, |inner| match without_parentheses(branch) {
                Expr::Async(block) => inner.block(&block.block, &Dest::Return, &mut code),
                task => {
                    inner.refuse(
                        task,
                        "`join!` gives the `Result` of a task, which is no data of a workflow",
                        "write `try_join!(…)?`; or handle the error in the branch, `async { match task(…).await { … } }`",
                    );
                }
            });
            out.extend(quote_spanned!(branch.span()=>
                let #returns = #join.returns();
                __asl.begin();
                { #code }
                let #value = __asl.branch(&mut #join, #returns);
            ));
            values.push(value);
        }
        let (work, value) = (self.fresh("work"), self.fresh("done"));
        out.extend(quote_spanned!(invocation.span()=>
            let #work = __asl.joined(#join, ::asl_core::expr::tuple((#(::core::clone::Clone::clone(&#values),)*)));
            let __asl_handlers = #work.handlers();
            let #value = __asl.perform("", #work, __asl_handlers);
        ));
        self.temporary(&value)
    }

    /// `map_each(ctx, items, async |item| …)`
    pub(super) fn map_each(&mut self, call: &ExprCall, out: &mut TokenStream) -> Option<Ident> {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        let [handle, items, body] = arguments.as_slice() else {
            self.refuse(
                call,
                "`map_each` takes the handle, the items, and what is done for each",
                "write `map_each(ctx, items, async |item| …).await?`",
            );
            return None;
        };
        if !self.is_handle(handle) {
            self.refuse(
                handle,
                "`map_each` gets the handle first",
                "write `map_each(ctx, items, async |item| …)`",
            );
            return None;
        }
        let closure = self.async_closure(body)?;
        let [input] = closure.inputs.iter().collect::<Vec<_>>()[..] else {
            self.refuse(&closure.body, "the closure takes one item", "write `async |item| …`");
            return None;
        };
        let list = self.value(items, "items", out);
        let (item, ident) = (self.fresh("item"), self.fresh("work"));
        let hint = super::binding::hint(input).unwrap_or_else(|| "item".to_owned());
        let level = self.level_of(false);
        let returns = level.returns.clone();
        let mut code = TokenStream::new();
        self.inside(level, |inner| {
            inner.bind(input, &item, true, &mut code);
            code.extend(super::outcome::promised(closure, &returns));
            let line = inner.line(start::of_expression(&closure.body));
            code.extend(line);
            inner.into(&closure.body, &Dest::Return, &mut code);
        });
        let (items_at, items_list) = (items.span(), self.fresh("items"));
        out.extend(quote_spanned!(items_at=> let #items_list = ::asl_core::stage::Listed::listed(#list);));
        out.extend(quote_spanned!(call.span()=>
            let #item = __asl.item(&#items_list, #hint);
            let #returns = ::asl_core::stage::Returns::new();
            __asl.begin();
            { #code }
            let #ident = __asl.each(#items_list, &#item, "", #returns);
        ));
        Some(ident)
    }

    pub(super) fn async_closure<'a>(&mut self, body: &'a Expr) -> Option<&'a ExprClosure> {
        match without_parentheses(body) {
            Expr::Closure(closure) if closure.asyncness.is_some() => Some(closure),
            other => {
                self.refuse(
                    other,
                    "what is done for each item is an `async` closure",
                    "write `async |item| …`, or for pure changes `items.iter().map(|item| …)`",
                );
                None
            }
        }
    }

    /// `attempt(ctx, async || …)`: the one branch of a Parallel state, or nothing at all if it is not tried again.
    pub(super) fn attempt(&mut self, call: &ExprCall, out: &mut TokenStream) -> Option<Ident> {
        let arguments: Vec<&Expr> = call.args.iter().collect();
        let [handle, body] = arguments.as_slice() else {
            self.refuse(
                call,
                "`attempt` takes the handle and what is tried",
                "write `attempt(ctx, async || { … }).retry(…).await?`",
            );
            return None;
        };
        if !self.is_handle(handle) {
            self.refuse(
                handle,
                "`attempt` gets the handle first",
                "write `attempt(ctx, async || { … }).retry(…).await?`",
            );
            return None;
        }
        let Expr::Closure(closure @ ExprClosure { asyncness: Some(_), .. }) = without_parentheses(body)
        else {
            self.refuse(
                body,
                "what is tried is an `async` closure, which can run again",
                "write `attempt(ctx, async || { … }).retry(…).await?`",
            );
            return None;
        };
        if let Some(input) = closure.inputs.first() {
            self.refuse(input, "what is tried gets nothing", "write `async || { … }`");
            return None;
        }
        let join = self.fresh("join");
        let level = self.level_of(false);
        let (returns, value, ident) = (level.returns.clone(), self.fresh("branch"), self.fresh("work"));
        let mut code = self.line(start::of_expression(&closure.body));
        self.inside(level, |inner| inner.into(&closure.body, &Dest::Return, &mut code));
        out.extend(quote_spanned!(call.span()=>
            let mut #join = ::asl_core::stage::Join::new();
            let #returns = #join.returns();
            __asl.begin();
            { #code }
            let #value = __asl.branch(&mut #join, #returns);
            let #ident = __asl.attempted(#join, #value);
        ));
        Some(ident)
    }

    /// `async { … }` that is awaited where it stands.
    pub(super) fn region(&mut self, block: &ExprAsync, out: &mut TokenStream) -> Ident {
        let level = self.level();
        let returns = self.fresh("returns");
        // a block sees the locals around it, and may change them
        let level = Level { returns: returns.clone(), is_plain: false, compensates: false, ..level };
        let mut code = TokenStream::new();
        self.inside(level, |inner| inner.block(&block.block, &Dest::Return, &mut code));
        let ident = self.fresh("work");
        out.extend(quote_spanned!(block.span()=>
            let #returns = __asl.region();
            __asl.begin();
            { #code }
            let #ident = __asl.awaited(#returns);
        ));
        ident
    }
}
