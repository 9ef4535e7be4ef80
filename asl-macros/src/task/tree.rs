use proc_macro2::TokenStream;
use quote::quote;

/// Arguments as a function of the parameters; `asl_core::ctx::Template` while it is being made.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    Parameter(usize),
    AsText(Box<Tree>),
    Token,
    Object(Vec<(String, Tree)>),
    Array(Vec<Tree>),
}

impl Tree {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn object<const N: usize>(entries: [(&str, Self); N]) -> Self {
        Self::Object(entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Whether this or a part of it is so.
    pub(super) fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self)
            || match self {
                Self::AsText(inner) => inner.any(is),
                Self::Object(entries) => entries.iter().any(|(_, value)| value.any(is)),
                Self::Array(elements) => elements.iter().any(|value| value.any(is)),
                _ => false,
            }
    }

    pub(super) fn tokens(&self) -> TokenStream {
        let template = quote!(::asl_core::ctx::Template);
        match self {
            Self::Null => quote!(#template::Null),
            Self::Bool(value) => quote!(#template::Bool(#value)),
            Self::Integer(value) => quote!(#template::Integer(#value)),
            Self::Number(value) => quote!(#template::Number(#value)),
            Self::Text(text) => quote!(#template::Text(#text)),
            Self::Parameter(index) => quote!(#template::Parameter(#index)),
            Self::AsText(inner) => {
                let inner = inner.tokens();
                quote!(#template::AsText(&#inner))
            }
            Self::Token => quote!(#template::Token),
            Self::Object(entries) => {
                let entries = entries.iter().map(|(name, value)| {
                    let value = value.tokens();
                    quote!((#name, #value))
                });
                quote!(#template::Object(&[#(#entries),*]))
            }
            Self::Array(elements) => {
                let elements = elements.iter().map(Self::tokens);
                quote!(#template::Array(&[#(#elements),*]))
            }
        }
    }
}

/// What is taken of the result; `asl_core::ctx::Projection` while it is being made.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Whole,
    Nothing,
    Path(Vec<String>),
    Object(Vec<(String, Part)>),
}

impl Part {
    pub(super) fn tokens(&self) -> TokenStream {
        let projection = quote!(::asl_core::ctx::Projection);
        match self {
            Self::Whole => quote!(#projection::Whole),
            Self::Nothing => quote!(#projection::Nothing),
            Self::Path(fields) => quote!(#projection::Path(&[#(#fields),*])),
            Self::Object(entries) => {
                let entries = entries.iter().map(|(name, part)| {
                    let part = part.tokens();
                    quote!((#name, #part))
                });
                quote!(#projection::Object(&[#(#entries),*]))
            }
        }
    }
}
