//! What is awaited and gives a `Result`: tasks, other workflows, branches, maps, blocks.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Expr, ExprClosure, ExprMethodCall, Ident};

use super::purity::{each_name, is_concurrent};
use super::repeat::without_parentheses;
use super::scope::Compiler;
use crate::start;

/// Work that is written down, but not yet done.
pub(super) struct Work<'a> {
    pub(super) ident: Ident,
    /// What undoes it.
    undo: Option<&'a Expr>,
}

/// The most arguments for which `asl_core::stage::plain` has a module.
const MOST_ARGUMENTS: usize = 8;

/// The call of what stands beside the function; for a function that has nothing there, a message about that.
fn called(path: &syn::Path, arguments: &[TokenStream], at: Span) -> TokenStream {
    let has_generics = path.segments.iter().any(|segment| !segment.arguments.is_empty());
    let name = path.segments.last().map(|last| &last.ident);
    let Some(name) = name.filter(|_| !has_generics && arguments.len() <= MOST_ARGUMENTS) else {
        return quote_spanned!(at=> #path::__asl_call(#(#arguments),*));
    };
    let here = name.span();
    let otherwise = format_ident!("of_{}", arguments.len(), span = here);
    let function = Ident::new("__asl_function", here);
    let call = quote_spanned!(here=> <__AslOf<#function>>::__asl_call);
    quote_spanned! {at=> {
        use ::asl_core::stage::plain::#otherwise::*;
        use #path as #function;
        #call(#(#arguments),*)
    }}
}

impl Compiler<'_> {
    /// Whether the expression gives the `Result` of something that is awaited.
    pub(super) fn is_work(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Paren(inner) => self.is_work(&inner.expr),
            Expr::Group(inner) => self.is_work(&inner.expr),
            Expr::Await(awaited) => !self.is_pause(&awaited.base),
            Expr::Macro(invocation) => {
                is_concurrent(&invocation.mac)
                    && invocation.mac.path.segments.last().is_some_and(|last| last.ident == "try_join")
            }
            _ => false,
        }
    }

    /// `ctx.sleep(…)`, `ctx.sleep_until(…)`
    fn is_pause(&self, expression: &Expr) -> bool {
        match without_parentheses(expression) {
            Expr::MethodCall(call) => {
                self.is_handle(&call.receiver) && (call.method == "sleep" || call.method == "sleep_until")
            }
            _ => false,
        }
    }

    /// Writes work down.
    pub(super) fn work<'a>(&mut self, expression: &'a Expr, out: &mut TokenStream) -> Option<Work<'a>> {
        match expression {
            Expr::Paren(inner) => self.work(&inner.expr, out),
            Expr::Group(inner) => self.work(&inner.expr, out),
            Expr::Await(awaited) => self.started(&awaited.base, out),
            Expr::Macro(invocation) => {
                let ident = self.try_join(&invocation.mac, out)?;
                Some(Work { ident, undo: None })
            }
            other => {
                self.refuse(other, "this is no task", "await a task");
                None
            }
        }
    }

    /// Writes down what is awaited, with the fields that its methods set.
    pub(super) fn started<'a>(&mut self, expression: &'a Expr, out: &mut TokenStream) -> Option<Work<'a>> {
        let mut options: Vec<&ExprMethodCall> = Vec::new();
        let mut base = without_parentheses(expression);
        while let Expr::MethodCall(call) = base
            && call.method != "run"
        {
            options.push(call);
            base = without_parentheses(&call.receiver);
        }
        options.reverse();
        let ident = match base {
            Expr::Call(call) => {
                let Expr::Path(function) = &*call.func else {
                    self.refuse(
                        &call.func,
                        "a workflow cannot call what is computed",
                        "call a task by its name",
                    );
                    return None;
                };
                let name =
                    function.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                if name == "map_each" {
                    self.map_each(call, out)?
                } else if name == "attempt"
                    && call
                        .args
                        .iter()
                        .any(|argument| matches!(argument, Expr::Closure(_)) || self.is_started(argument))
                {
                    self.attempt(call, out)?
                } else if super::distributed::READERS.contains(&name.as_str())
                    && options
                        .iter()
                        .any(|option| super::distributed::SETTINGS.iter().any(|known| option.method == known))
                {
                    self.refuse(
                        expression,
                        "a distributed map does nothing until it is run",
                        "end it with `.run(input, async |ctx, given| …).await`",
                    );
                    return None;
                } else {
                    self.call(call, &function.path, out)?
                }
            }
            Expr::MethodCall(run) => self.distributed(run, out)?,
            Expr::Async(block) => self.region(block, out),
            Expr::Path(path) if path.path.get_ident().is_some_and(|name| self.local(name).is_some()) => {
                // where it was given its name, it was reported
                if self.errors.barrier().is_err() {
                    return None;
                }
                self.refuse(
                    base,
                    "a workflow cannot keep what is to be awaited",
                    "await the task where it is called; what runs at the same time is written `try_join!(a, b)?`",
                );
                return None;
            }
            Expr::Closure(_) => {
                self.refuse(base, "a closure is no data of a workflow", "write the code where it runs");
                return None;
            }
            other => {
                self.refuse(
                    other,
                    "a workflow cannot await this",
                    "it awaits functions with `#[task]` or `#[state_machine]`, `map_each(…)`, `.run(…)`, \
                     `ctx.sleep(…)` and `async` blocks",
                );
                return None;
            }
        };
        let mut undo = None;
        for option in options {
            self.option(&ident, option, &mut undo, out);
        }
        Some(Work { ident, undo })
    }

    /// A call of a task or of another workflow.
    fn call(&mut self, call: &syn::ExprCall, path: &syn::Path, out: &mut TokenStream) -> Option<Ident> {
        let mut arguments = call.args.iter();
        if !arguments.next().is_some_and(|first| self.is_handle(first)) {
            self.refuse(
                call,
                "a task gets the handle first",
                "write `function(ctx, …)`; a workflow awaits functions with `#[task]` or `#[state_machine]` only",
            );
            return None;
        }
        if let Some(name) = path.get_ident()
            && self.local(name).is_some()
        {
            self.refuse(path, "a workflow cannot call a local", "call a task by its name");
            return None;
        }
        let mut lifted: Vec<Expr> = arguments.cloned().collect();
        self.lift_all(&mut lifted, out);
        let arguments: Vec<TokenStream> = lifted.iter().map(|argument| self.pure(argument)).collect();
        let at = start::of_expression(&call.func);
        let ident = self.fresh_at("work", at);
        let function = called(path, &arguments, at);
        out.extend(quote_spanned!(at=> let #ident = #function;));
        Some(ident)
    }

    fn option<'a>(
        &mut self,
        work: &Ident,
        option: &'a ExprMethodCall,
        undo: &mut Option<&'a Expr>,
        out: &mut TokenStream,
    ) {
        let method = &option.method;
        let [value] = option.args.iter().collect::<Vec<_>>()[..] else {
            self.unknown_option(method);
            return;
        };
        let at = start::of_expression(&option.receiver);
        let set = match method.to_string().as_str() {
            "retry" | "named" => {
                if self.names_a_local(value) {
                    self.refuse(
                        value,
                        &format!(
                            "what `{method}` sets is known when the definition is written, not when it runs"
                        ),
                        "use constants",
                    );
                    return;
                }
                quote_spanned!(at=> #work.#method(#value))
            }
            "timeout" | "heartbeat" => {
                let seconds = self.seconds(value, out);
                quote_spanned!(at=> #work.#method(#seconds))
            }
            "credentials" | "max_concurrency" => {
                let value = self.value(value, "", out);
                quote_spanned!(at=> #work.#method(#value))
            }
            "compensate" => {
                if !self.level().compensates {
                    self.refuse(
                        method,
                        "a step can be compensated where its errors end the workflow, not in a branch, an iteration \
                         or an `async` block",
                        "handle the error there with `match`, or move the step out",
                    );
                }
                *undo = Some(value);
                return;
            }
            _ => {
                self.unknown_option(method);
                return;
            }
        };
        out.extend(quote!(let #work = #set;));
    }

    fn unknown_option(&mut self, method: &Ident) {
        self.refuse(
            method,
            &format!("`{method}` is nothing that can be set for a task"),
            "there are `.retry(…)`, `.timeout(…)`, `.heartbeat(…)`, `.named(\"…\")`, `.credentials(…)` and `.compensate(…)`",
        );
    }

    /// Registers what undoes the step whose value this is.
    pub(super) fn compensate(&mut self, work: &Work<'_>, value: &Ident, out: &mut TokenStream) {
        let Some(undo) = work.undo else { return };
        let Expr::Closure(ExprClosure { inputs, body, asyncness: None, .. }) = without_parentheses(undo)
        else {
            self.refuse(
                undo,
                "what undoes a step is a closure that calls a task",
                "write `.compensate(|done| undo(ctx, &done.id))`",
            );
            return;
        };
        let mark = self.locals.len();
        let mut code = self.kept(body);
        if let Some(input) = inputs.first() {
            self.bind(input, value, false, &mut code);
        }
        let body = match without_parentheses(body) {
            Expr::Block(block) => match block.block.stmts.as_slice() {
                [syn::Stmt::Expr(only, None)] => only,
                _ => body,
            },
            other => other,
        };
        if let Some(undone) = self.started(body, &mut code) {
            let ident = undone.ident;
            code.extend(quote!(__asl.compensate(#ident);));
        }
        self.locals.truncate(mark);
        out.extend(quote!({ #code }));
    }

    /// The locals of the expression that may change, as they are now: what undoes a step is called with what was when
    /// the step was done.
    fn kept(&mut self, expression: &Expr) -> TokenStream {
        let mut names: Vec<Ident> = Vec::new();
        each_name(expression.to_token_stream(), &mut |name| {
            let changes = self.local(name).is_some_and(|local| local.is_mutable);
            if changes && !names.contains(name) {
                names.push(name.clone());
            }
        });
        let mut code = TokenStream::new();
        for name in names {
            let text = name.to_string();
            code.extend(quote!(let #name = __asl.hold(#text, ::core::clone::Clone::clone(&#name));));
            self.declare(&name, false);
        }
        code
    }
}
