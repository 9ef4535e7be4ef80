//! Methods that change a list, a map or an option, and give what was there: `list.pop()`, `map.insert(key, value)`.
//!
//! They are done before the expression in which they stand, as tasks are; what they give has a name from there on.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, ExprMethodCall, Ident};

use super::scope::Compiler;

const METHODS: [(&str, usize); 6] =
    [("pop", 0), ("pop_front", 0), ("pop_back", 0), ("remove", 1), ("insert", 2), ("take", 0)];

/// Whether the method changes its receiver and gives a value.
pub(super) fn takes(call: &ExprMethodCall) -> bool {
    METHODS.iter().any(|(name, count)| call.method == name && call.args.len() == *count)
}

/// The same of a name with parentheses behind it, among the tokens of a macro.
pub(super) fn is_taken(name: &Ident, arguments: &Group) -> bool {
    let has_arguments = !arguments.stream().is_empty();
    arguments.delimiter() == Delimiter::Parenthesis
        && METHODS.iter().any(|(method, count)| name == method && has_arguments == (*count > 0))
}

impl Compiler<'_> {
    /// Changes the receiver; what is given back stands for what the method gives.
    pub(super) fn take(&mut self, call: &ExprMethodCall, hint: &str, out: &mut TokenStream) -> Expr {
        let mut arguments: Vec<Expr> = call.args.iter().cloned().collect();
        self.lift_all(&mut arguments, out);
        let values: Vec<TokenStream> = arguments.iter().map(|argument| self.pure(argument)).collect();
        let names: Vec<Ident> = (0..values.len()).map(|place| format_ident!("__asl_{place}")).collect();
        let (method, at) = (&call.method, call.method.span());
        let taken = self.fresh_at("taken", at);
        if let Some(place) = self.place(&call.receiver) {
            let hint = if hint.is_empty() { "taken" } else { hint };
            out.extend(quote_spanned!(at=> let #taken = {
                #(let #names = #values;)*
                __asl.#method(#hint, &#place, #(#names),*)
            };));
        } else {
            out.extend(quote!(let #taken = __asl.slot("taken");));
        }
        self.temporary(&taken)
    }
}
