//! The distributed family: `s3_objects(…).batches_of(n).run(input, async |ctx, batch| …)`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Ident, Pat, PathArguments};

use super::repeat::without_parentheses;
use super::scope::{Compiler, Dest, Level};
use crate::staged::erased;
use crate::start;

/// Functions that begin a distributed map.
pub(super) const READERS: [&str; 7] =
    ["s3_objects", "csv", "json_items", "json_lines", "parquet", "manifest", "items"];

/// Methods that set up nothing else.
pub(super) const SETTINGS: [&str; 5] =
    ["batches_of", "max_items", "tolerate_percent", "tolerate_count", "results_to"];

impl Compiler<'_> {
    pub(super) fn distributed(&mut self, run: &ExprMethodCall, out: &mut TokenStream) -> Option<Ident> {
        let mut settings: Vec<&ExprMethodCall> = Vec::new();
        let mut base = without_parentheses(&run.receiver);
        while let Expr::MethodCall(call) = base {
            settings.push(call);
            base = without_parentheses(&call.receiver);
        }
        settings.reverse();
        let map = self.reader(base, out)?;
        for setting in settings {
            self.setting(&map, setting, out)?;
        }
        let arguments: Vec<&Expr> = run.args.iter().collect();
        let [input, body] = arguments.as_slice() else {
            self.refuse(
                &run.method,
                "`run` takes what is given to each child, and what is done there",
                "write `.run(input, async |ctx, given| …)`; without input, `.run((), …)`",
            );
            return None;
        };
        let closure = self.async_closure(body)?;
        let parameters: Vec<&Pat> = closure.inputs.iter().collect();
        let [handle, given] = parameters.as_slice() else {
            self.refuse(
                &closure.body,
                "a child has a handle of its own, and an item or a batch",
                "write `async |ctx, given| …`",
            );
            return None;
        };
        let input = self.subject(input, out);
        let (value, item, ident) = (self.fresh("given"), self.fresh("item"), self.fresh("work"));
        let hint = super::binding::hint(given).unwrap_or_else(|| "item".to_owned());
        let level = self.level_of(false);
        let depth = level.depth;
        let level = Level { isolated_from: depth, ..level };
        let returns = level.returns.clone();
        let mut code = TokenStream::new();
        self.inside(level, |inner| {
            if let Pat::Ident(handle) = handle {
                inner.declare_handle(&handle.ident);
            }
            inner.given(given, &value, &mut code);
            code.extend(super::outcome::promised(closure, &returns));
            let line = inner.line(start::of_expression(&closure.body));
            code.extend(line);
            inner.into(&closure.body, &Dest::Return, &mut code);
        });
        out.extend(quote_spanned!(run.span()=>
            let #returns = ::asl_core::stage::Returns::new();
            let (#value, #item) = __asl.given(&#map, &#input, #hint);
            { #code }
            let #ident = __asl.run(#map, #item, #returns);
        ));
        Some(ident)
    }

    /// What a child is given: a struct of expressions.
    fn given(&mut self, pat: &Pat, value: &Ident, out: &mut TokenStream) {
        match pat {
            Pat::Ident(name) => {
                let ident = &name.ident;
                out.extend(quote!(let #ident = #value;));
                self.declare(ident, false);
            }
            Pat::Struct(structure) => {
                for field in &structure.fields {
                    let member = &field.member;
                    let value_of = self.fresh("part");
                    out.extend(quote!(let #value_of = ::core::clone::Clone::clone(&#value.#member);));
                    self.bind(&field.pat, &value_of, true, out);
                }
            }
            Pat::Type(typed) => self.given(&typed.pat, value, out),
            Pat::Wild(_) => {}
            other => {
                self.refuse(
                    other,
                    "a child is given an item or a batch",
                    "write a name: `async |ctx, batch| …`",
                );
            }
        }
    }

    fn reader(&mut self, base: &Expr, out: &mut TokenStream) -> Option<Ident> {
        let function = match base {
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => path.path.segments.last().map(|last| (call, last)),
                _ => None,
            },
            _ => None,
        };
        let Some((call, function)) =
            function.filter(|(_, last)| READERS.iter().any(|known| last.ident == known))
        else {
            self.refuse(
                base,
                "this is no distributed map",
                "begin it with `s3_objects`, `csv`, `json_items`, `json_lines`, `parquet`, `manifest` or `items`",
            );
            return None;
        };
        let arguments: Vec<&Expr> = call.args.iter().collect();
        let [handle, label, sources @ ..] = arguments.as_slice() else {
            self.refuse(
                call,
                "a distributed map gets the handle and a label first",
                "write `items(ctx, \"Label\", …)`",
            );
            return None;
        };
        if !self.is_handle(handle) {
            self.refuse(
                handle,
                "a distributed map gets the handle first",
                "write `items(ctx, \"Label\", …)`",
            );
            return None;
        }
        if self.names_a_local(label) {
            self.refuse(
                label,
                "the label of a distributed map is part of the definition",
                "write a constant text",
            );
            return None;
        }
        let sources: Vec<TokenStream> = sources.iter().map(|source| self.value(source, "", out)).collect();
        let item = match &function.arguments {
            PathArguments::AngleBracketed(arguments) => match arguments.args.first() {
                Some(syn::GenericArgument::Type(ty)) => erased(ty),
                _ => None,
            },
            _ => None,
        };
        let name = &function.ident;
        let map = self.fresh("map");
        let turbofish = item.filter(|_| name != "items").map(|item| quote!(::<#item>));
        out.extend(quote_spanned!(call.span()=>
            let #map = ::asl_core::stage::#name #turbofish(#label #(, #sources)*);
        ));
        Some(map)
    }

    fn setting(&mut self, map: &Ident, setting: &ExprMethodCall, out: &mut TokenStream) -> Option<()> {
        let method = &setting.method;
        let values: Vec<TokenStream> = match method.to_string().as_str() {
            "batches_of" | "max_concurrency" | "tolerate_percent" | "tolerate_count" | "results_to" => {
                setting.args.iter().map(|value| self.value(value, "", out)).collect()
            }
            "max_items" => setting.args.iter().map(|value| quote!(#value)).collect(),
            _ => {
                self.refuse(
                    method,
                    &format!("`{method}` is nothing that can be set for a distributed map"),
                    "there are `.batches_of(…)`, `.max_concurrency(…)`, `.max_items(…)`, `.tolerate_percent(…)`, \
                     `.tolerate_count(…)`, `.results_to(…)`, and `.run(…)` at the end",
                );
                return None;
            }
        };
        out.extend(quote_spanned!(setting.span()=> let #map = #map.#method(#(#values),*);));
        Some(())
    }
}
