//! Assignments, and methods that change a list or a text in place.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprAssign, ExprBinary, ExprIndex, ExprMethodCall, Ident, UnOp, parse_quote_spanned};

use super::purity::is_pure;
use super::scope::{Compiler, Dest};
use crate::staged::place;
use crate::start;

/// Methods of statements that give their receiver another value.
pub(super) fn changes_in_place(method: &Ident) -> bool {
    const GROW: [&str; 6] = ["push", "push_back", "push_front", "extend", "append", "push_str"];
    GROW.iter().any(|known| method == known) || method == "clear" || made_anew(method).is_some()
}

/// What makes the list anew that a method would change in place.
fn made_anew(method: &Ident) -> Option<&'static str> {
    Some(match method.to_string().as_str() {
        "sort" | "sort_unstable" => "sorted",
        "sort_by_key" | "sort_by_cached_key" | "sort_unstable_by_key" => "sorted_by_key",
        "retain" => "filter",
        "reverse" => "rev",
        "truncate" => "take",
        _ => return None,
    })
}

impl Compiler<'_> {
    pub(super) fn assign(&mut self, assign: &ExprAssign, out: &mut TokenStream) {
        match (stripped(&assign.left), &*assign.right) {
            (Expr::Infer(_), value) => self.into(value, &Dest::Ignore, out),
            (Expr::Tuple(places), Expr::Tuple(values)) if places.elems.len() == values.elems.len() => {
                let mut parts = TokenStream::new();
                for (target, value) in places.elems.iter().zip(&values.elems) {
                    let value = self.value(value, "", out);
                    let Some(target) = self.place(target) else { return };
                    parts.extend(quote!({ let __asl_part = #value; __asl.part(&#target, __asl_part) },));
                }
                out.extend(quote!({ let __asl_parts = [#parts]; __asl.set_all(__asl_parts); }));
            }
            (Expr::Tuple(places), value) => {
                let value = self.named(value, "", out).ident;
                let mut parts = TokenStream::new();
                for (index, target) in places.elems.iter().enumerate() {
                    if matches!(target, Expr::Infer(_)) {
                        continue;
                    }
                    let Some(target) = self.place(target) else { return };
                    let index = syn::Index::from(index);
                    parts.extend(quote!(__asl.part(&#target, ::core::clone::Clone::clone(&#value.#index)),));
                }
                out.extend(quote!({ let __asl_parts = [#parts]; __asl.set_all(__asl_parts); }));
            }
            (Expr::Path(path), value) if !is_pure(value) && path.path.get_ident().is_some() => {
                let Some(target) = self.place(&assign.left) else { return };
                let Some(name) = path.path.get_ident() else { return };
                // each way through the value assigns it
                if matches!(value, Expr::If(_) | Expr::Match(_) | Expr::Block(_) | Expr::Loop(_)) {
                    self.into(value, &Dest::Slot(name.clone()), out);
                } else {
                    let value = self.value(value, &name.to_string(), out);
                    out.extend(
                        quote_spanned!(start::of_expression(&assign.left)=> __asl.set(&#target, #value);),
                    );
                }
            }
            (Expr::Index(element), value) => {
                let value = self.value(value, "", out);
                self.set_element(element, &value, out);
            }
            (target, value) => {
                let value = self.value(value, "", out);
                let Some(target) = self.place(target) else { return };
                out.extend(quote_spanned!(start::of_expression(&assign.left)=> {
                    let __asl_value = #value;
                    __asl.set(&#target, __asl_value);
                }));
            }
        }
    }

    pub(super) fn compound(&mut self, binary: &ExprBinary, out: &mut TokenStream) {
        let name = match &binary.op {
            BinOp::AddAssign(_) => "add",
            BinOp::SubAssign(_) => "sub",
            BinOp::MulAssign(_) => "mul",
            BinOp::DivAssign(_) => "div",
            BinOp::RemAssign(_) => "rem",
            operator => {
                self.refuse(
                    operator,
                    "JSONata has no operators on bits",
                    "use `&&` and `||` for booleans, `*`, `/` and `%` for numbers",
                );
                return;
            }
        };
        if self.compound_of_entry(binary, out) {
            return;
        }
        let name = format_ident!("{}", name, span = binary.op.span());
        let value = self.value(&binary.right, "", out);
        if let Expr::Index(element) = stripped(&binary.left) {
            if is_pure(&element.index) {
                let before = self.pure(&Expr::Index(element.clone()));
                let value = quote!(::asl_core::expr::#name(#before, #value));
                self.set_element(element, &value, out);
            } else {
                self.refuse_index(&element.index);
            }
            return;
        }
        let Some(target) = self.place(&binary.left) else { return };
        out.extend(quote_spanned!(start::of_expression(&binary.left)=> {
            let __asl_value = ::asl_core::expr::#name(::core::clone::Clone::clone(&#target), #value);
            __asl.set(&#target, __asl_value);
        }));
    }

    /// `list[index] = value;`
    fn set_element(&mut self, element: &ExprIndex, value: &TokenStream, out: &mut TokenStream) {
        if !is_pure(&element.index) {
            self.refuse_index(&element.index);
            return;
        }
        let index = self.pure(&element.index);
        let Some(list) = self.place(&element.expr) else { return };
        out.extend(quote_spanned!(start::of_expression(&element.expr)=> {
            let __asl_value = #value;
            let __asl_index = #index;
            __asl.set_element(&#list, __asl_index, __asl_value);
        }));
    }

    fn refuse_index(&mut self, index: &Expr) {
        self.refuse(
            index,
            "what is computed here is not done before the assignment",
            "give the index a name first: `let index = …;`",
        );
    }

    pub(super) fn change(&mut self, call: &ExprMethodCall, out: &mut TokenStream) {
        if self.change_of_entry(call, out) {
            return;
        }
        if let Some(maker) = made_anew(&call.method) {
            let (receiver, arguments, at) = (&call.receiver, &call.args, call.method.span());
            let maker = Ident::new(maker, at);
            let anew = parse_quote_spanned!(at=> #receiver = #receiver.into_iter().#maker(#arguments).collect::<Vec<_>>());
            self.assign(&anew, out);
            return;
        }
        let arguments: Vec<TokenStream> =
            call.args.iter().map(|argument| self.value(argument, "", out)).collect();
        let Some(target) = self.place(&call.receiver) else { return };
        let at = start::of_expression(&call.receiver);
        let method = call.method.to_string();
        let grown = |by: &str, value: &TokenStream| {
            let by = Ident::new(by, at);
            quote_spanned!(at=> { let __asl_value = #value; __asl.#by(&#target, __asl_value); })
        };
        out.extend(match (method.as_str(), arguments.as_slice()) {
            ("push" | "push_back", [value]) => grown("push_to", value),
            ("push_front", [value]) => grown("push_front", value),
            ("extend" | "append", [value]) => grown("extend", value),
            ("push_str", [value]) => quote_spanned!(at=> {
                let __asl_value = ::asl_core::expr::add(::core::clone::Clone::clone(&#target), #value);
                __asl.set(&#target, __asl_value);
            }),
            ("clear", []) => quote_spanned!(at=> __asl.clear(&#target);),
            _ => {
                self.refuse(
                    &call.method,
                    &format!("a workflow cannot `{method}` a value in place like this"),
                    "make the new value, and assign it",
                );
                return;
            }
        });
    }

    /// The code of a place that may be assigned to here.
    pub(super) fn place(&mut self, target: &Expr) -> Option<TokenStream> {
        let target = stripped(target);
        if is_in_element(target) {
            self.refuse(
                target,
                "a part of an element cannot be assigned",
                "make the element anew, and assign it: `list[index] = Item { count, ..list[index].clone() };`",
            );
            return None;
        }
        let Some(name) = root(target) else {
            let help = if is_entry(target) {
                "`map.entry(key).or_insert(0)`, `or_default()` and `or_insert_with(…)` are changed by operators such as `+=` and by `push` and its like"
            } else {
                "give the value a name first"
            };
            self.refuse(target, "only a local, or a field of one, can be assigned", help);
            return None;
        };
        let depth = self.level().depth;
        match self.local(name) {
            Some(local) if local.depth < depth => {
                let name = name.clone();
                self.refuse(
                    &name,
                    &format!(
                        "`{name}` belongs to the code around this branch or iteration, which cannot change it"
                    ),
                    "return the value instead, and use what the `map_each`, `try_join!` or `attempt` gives",
                );
                None
            }
            Some(_) => {
                self.sees(target);
                let scope = self.scope();
                Some(place(target, &scope, self.errors))
            }
            None => {
                self.refuse(target, "only locals can be assigned in a workflow", "a workflow has no globals");
                None
            }
        }
    }
}

pub(super) fn stripped(target: &Expr) -> &Expr {
    match target {
        Expr::Paren(inner) => stripped(&inner.expr),
        Expr::Group(inner) => stripped(&inner.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => stripped(&unary.expr),
        other => other,
    }
}

/// `list[index]`, `list[index].field`
fn is_in_element(target: &Expr) -> bool {
    match stripped(target) {
        Expr::Index(_) => true,
        Expr::Field(field) => is_in_element(&field.base),
        _ => false,
    }
}

/// `map.entry(key).or_insert(value)`
fn is_entry(target: &Expr) -> bool {
    match stripped(target) {
        Expr::MethodCall(call) => call.method == "entry" || is_entry(&call.receiver),
        _ => false,
    }
}

fn root(target: &Expr) -> Option<&Ident> {
    match stripped(target) {
        Expr::Path(path) => path.path.get_ident(),
        Expr::Field(field) => root(&field.base),
        _ => None,
    }
}
