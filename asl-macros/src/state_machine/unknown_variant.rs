//! Variants that an enum turns out not to have.
//!
//! Of `Plan::Gold` rustc says in the function itself that there is none. Of `Plan::__asl_is_Gold` in the copy it would say
//! the same in words that nobody wrote. So what the copy asks an enum for is a function that every type has: an enum's
//! own comes before it, and where there is none, the copy is not what gets reported.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

/// A function of an enum, by what its name begins with.
const FUNCTIONS: [&str; 4] = ["__asl_is_", "__asl_of_", "__asl_new_", "__asl_names_"];

/// The functions of enums that the code calls, for all types.
pub(super) fn of_all_types(code: &TokenStream) -> TokenStream {
    let mut called = BTreeMap::new();
    collect(code.clone(), &mut called);
    if called.is_empty() {
        return TokenStream::new();
    }
    let data = quote!(Self: ::asl_core::expr::AslData);
    let functions = called.iter().map(|(name, kind)| {
        let name = Ident::new(name, Span::call_site());
        let fields = quote!(__AslOf<()>);
        // where it is called, the function does not compile
        match *kind {
            "__asl_is_" => {
                quote!(fn #name(_: &__AslExpr<Self>) -> __AslExpr<bool> where #data { loop {} })
            }
            "__asl_of_" => quote!(fn #name(_: &__AslExpr<Self>) -> #fields where #data { loop {} }),
            "__asl_new_" => {
                quote!(fn #name(_: impl FnOnce(&mut #fields)) -> __AslExpr<Self> where #data { loop {} })
            }
            _ => quote!(fn #name() -> ::std::vec::Vec<&'static str> { loop {} }),
        }
    });
    quote! {
        use ::asl_core::expr::Expr as __AslExpr;
        #[allow(non_snake_case, reason = "names of variants")]
        trait __AslVariants: Sized { #(#functions)* }
        impl<T> __AslVariants for T {}
    }
}

fn collect(code: TokenStream, called: &mut BTreeMap<String, &'static str>) {
    for token in code {
        match token {
            TokenTree::Group(group) => collect(group.stream(), called),
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                if let Some(kind) = FUNCTIONS.into_iter().find(|kind| name.starts_with(kind)) {
                    called.insert(name, kind);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
