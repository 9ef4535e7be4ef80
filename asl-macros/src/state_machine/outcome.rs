//! What becomes of the `Result` of something that is awaited, where it is not matched on.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, GenericArgument, Ident, PathArguments, Type, parse_quote};

use super::repeat::without_parentheses;
use super::scope::{Compiler, Dest};
use super::work::Work;
use crate::staged::erased;
use crate::start;

impl Compiler<'_> {
    /// `work.await;`, `let _ = work.await;`: errors are passed over.
    pub(super) fn ignored(&mut self, expression: &Expr, out: &mut TokenStream) {
        let Some(work) = self.work(expression, out) else { return };
        let handlers = self.handlers_of(&work, out);
        out.extend(quote!(
            let _ = #handlers.begin(&mut __asl, "error");
            #handlers.rest(&mut __asl);
        ));
        self.perform(&work, "", &handlers, out);
    }

    /// Begins with the errors of work: a fault of their type is one of the call.
    pub(super) fn handlers_of(&mut self, work: &Work<'_>, out: &mut TokenStream) -> Ident {
        let (ident, handlers) = (&work.ident, self.fresh("handlers"));
        let of_errors = Ident::new("handlers", ident.span());
        out.extend(quote!(let mut #handlers = #ident.#of_errors();));
        handlers
    }

    pub(super) fn perform(
        &mut self,
        work: &Work<'_>,
        hint: &str,
        handlers: &Ident,
        out: &mut TokenStream,
    ) -> Ident {
        let (ident, value) = (&work.ident, self.fresh_at("done", work.ident.span()));
        let perform = Ident::new("perform", ident.span());
        out.extend(quote!(let #value = __asl.#perform(#hint, #ident, #handlers);));
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
            let (ident, value) = (&work.ident, self.fresh_at("done", work.ident.span()));
            out.extend(
                quote_spanned!(start::of_expression(operand)=> let #value = __asl.propagate(&#returns, #hint, #ident);),
            );
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
                self.raise(call, out);
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

    /// `Err(error)?`, which has no value. Whether it is that.
    pub(super) fn raised(&mut self, expression: &Expr, out: &mut TokenStream) -> bool {
        if let Expr::Try(operand) = expression
            && let Expr::Call(call) = without_parentheses(&operand.expr)
            && is_named(&call.func, "Err")
            && !self.level().is_plain
        {
            self.raise(call, out);
            return true;
        }
        false
    }

    fn raise(&mut self, call: &syn::ExprCall, out: &mut TokenStream) {
        let returns = self.level().returns;
        if let Some(error) = call.args.first() {
            let error = self.value(error, "error", out);
            out.extend(quote_spanned!(call.span()=> {
                let __asl_error = #error;
                __asl.raise_from(&#returns, __asl_error);
            }));
        }
    }

    /// `.map_err(f)`: the handler raises what `f` makes of the error.
    fn map_err(&mut self, call: &ExprMethodCall, hint: &str, converts: bool, out: &mut TokenStream) -> Expr {
        let Some(change) = call.args.first() else { return parse_quote!(()) };
        let Some(work) = self.work(&call.receiver, out) else { return parse_quote!(()) };
        let returns = self.level().returns;
        let handlers = self.handlers_of(&work, out);
        let error = self.fresh("error");
        let mark = self.locals.len();
        let mut code = TokenStream::new();
        let caught = self.temporary(&error);
        let made = self.applied(change, &caught, &mut code);
        let made = self.pure(&made);
        self.locals.truncate(mark);
        let raise = if converts { format_ident!("raise_from") } else { format_ident!("raise") };
        out.extend(quote_spanned!(call.span()=>
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
            __asl.chain(#name);
            __asl.begin();
            {
                #code
                let __asl_error = #error;
                __asl.#raise(&#returns, __asl_error);
            }
            __asl.arm(#option.is_none());
            __asl.otherwise_nothing();
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
            ("unwrap_or", Some(other)) => {
                parse_quote!(match #result { Ok(__asl_ok) => __asl_ok, Err(_) => #other })
            }
            ("unwrap_or_else", Some(Expr::Closure(closure))) => {
                let (body, input) = (&closure.body, closure.inputs.first());
                match input {
                    Some(input) => {
                        parse_quote!(match #result { Ok(__asl_ok) => __asl_ok, Err(#input) => #body })
                    }
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
            out.extend(
                quote_spanned!(at=> { let __asl_value = #value; __asl.return_(&#returns, __asl_value); }),
            );
            return;
        }
        if self.is_work(expression) {
            let Some(work) = self.work(expression, out) else { return };
            let ident = &work.ident;
            out.extend(quote_spanned!(at=> __asl.finish_with(&#returns, #ident);));
            return;
        }
        out.extend(declared(expression, returns));
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
                    name => {
                        parse_quote!(match #result { Ok(__asl_ok) => Ok(#name(__asl_ok)), Err(__asl_err) => Err(__asl_err) })
                    }
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
}

/// What `Ok::<_, Failure>(…)` says of the types of the whole, which rustc may know from nowhere else.
fn declared(expression: &Expr, returns: &Ident) -> Option<TokenStream> {
    let Expr::Call(call) = expression else { return None };
    let Expr::Path(function) = &*call.func else { return None };
    let last = function.path.segments.last()?;
    let PathArguments::AngleBracketed(types) = &last.arguments else { return None };
    let mut types = types.args.iter().map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some(typed(returns, types.next()??, types.next()??, last.span()))
}

/// What `async |item| -> Result<T, E> { … }` says of them.
pub(super) fn promised(closure: &syn::ExprClosure, returns: &Ident) -> Option<TokenStream> {
    let (value, error) = crate::signature::returned(&closure.output)?;
    Some(typed(returns, value, error, closure.output.span()))
}

fn typed(returns: &Ident, value: &Type, error: &Type, at: proc_macro2::Span) -> TokenStream {
    let value = erased(value).unwrap_or_else(|| quote!(_));
    quote_spanned!(at=> let _: &::asl_core::stage::Returns<#value, #error> = &#returns;)
}

fn is_named(function: &Expr, name: &str) -> bool {
    match function {
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == name),
        _ => false,
    }
}
