//! `map.entry(key).or_default()` at the left of a change: the value of a key is read, changed, and put back.

use proc_macro2::{Span, TokenStream};
use syn::spanned::Spanned;
use syn::{Expr, ExprBinary, ExprMethodCall, Ident, parse_quote_spanned};

use super::assign::stripped;
use super::scope::{Compiler, Dest};

/// The value of a key, wherever it stands in a map.
struct Entry<'e> {
    map: &'e Expr,
    key: &'e Expr,
    /// The value, read.
    before: Expr,
    at: Span,
}

impl<'e> Entry<'e> {
    /// `map.entry(key).or_insert(value)` and its like.
    fn of(target: &'e Expr) -> Option<Self> {
        let Expr::MethodCall(or) = stripped(target) else { return None };
        let Expr::MethodCall(entry) = stripped(&or.receiver) else { return None };
        if entry.method != "entry" || entry.args.len() != 1 {
            return None;
        }
        let (map, key) = (&*entry.receiver, entry.args.first()?);
        let at = or.method.span();
        let name = key_name(at);
        let found: Expr = parse_quote_spanned!(at=> #map.get(&#name));
        let before = match (or.method.to_string().as_str(), or.args.first()) {
            ("or_default", None) => parse_quote_spanned!(at=> #found.unwrap_or_default()),
            ("or_insert", Some(value)) => parse_quote_spanned!(at=> #found.unwrap_or(#value)),
            // a function by its name
            ("or_insert_with", Some(Expr::Path(make))) => {
                parse_quote_spanned!(at=> #found.unwrap_or(#make()))
            }
            ("or_insert_with", Some(make)) => parse_quote_spanned!(at=> #found.unwrap_or_else(#make)),
            _ => return None,
        };
        Some(Self { map, key, before, at })
    }

    /// The statements in which the value is changed.
    fn changed(&self, change: &Expr) -> Expr {
        let Self { map, key, before, at } = self;
        let (name, value) = (key_name(*at), self.value());
        parse_quote_spanned!(*at=> {
            let #name = #key;
            let mut #value = #before;
            #change;
            #map.insert(#name, #value);
        })
    }

    /// What the value is called.
    fn value(&self) -> Ident {
        Ident::new("__asl_entry", self.at)
    }
}

/// What the key is called.
fn key_name(at: Span) -> Ident {
    Ident::new("__asl_key", at)
}

impl Compiler<'_> {
    /// `*map.entry(key).or_insert(0) += 1;` Whether it is such a statement.
    pub(super) fn compound_of_entry(&mut self, binary: &ExprBinary, out: &mut TokenStream) -> bool {
        let Some(entry) = Entry::of(&binary.left) else { return false };
        let (place, operator, right, at) = (entry.value(), &binary.op, &binary.right, binary.op.span());
        let value = Ident::new("__asl_operand", at);
        let change = entry.changed(&parse_quote_spanned!(at=> #place #operator #value));
        // of numbers the right side is computed first
        let all = parse_quote_spanned!(at=> { let #value = #right; #change });
        self.into(&all, &Dest::Ignore, out);
        true
    }

    /// `map.entry(key).or_default().push(value);` Whether it is such a statement.
    pub(super) fn change_of_entry(&mut self, call: &ExprMethodCall, out: &mut TokenStream) -> bool {
        let Some(entry) = Entry::of(&call.receiver) else { return false };
        let (place, method, arguments, at) = (entry.value(), &call.method, &call.args, call.method.span());
        let change = parse_quote_spanned!(at=> #place.#method(#arguments));
        self.into(&entry.changed(&change), &Dest::Ignore, out);
        true
    }
}
