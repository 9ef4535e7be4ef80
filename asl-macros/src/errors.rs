//! Where something stands in the user's source, and what is said about it.
//!
//! A pass notes each error and goes on; [`Errors::barrier`] between two passes stops the expansion, so that nothing
//! is reported that only follows from what was reported before.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};

/// The user's tokens from one to another.
///
/// Stable rustc cannot join spans, so both ends are kept: rustc joins them when it prints the error.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    start: Span,
    end: Span,
}

impl Place {
    /// The whole macro call.
    pub(crate) fn call() -> Self {
        Span::call_site().into()
    }

    /// From the first of these tokens to the last; `None` if there is none.
    pub(crate) fn of(tokens: &[TokenTree]) -> Option<Self> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        Some(Self { start: open(first), end: close(last) })
    }

    /// From the beginning of this place to the end of another.
    pub(crate) fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end }
    }

    /// The columns of a place on one line.
    #[cfg(test)]
    pub(crate) fn columns(self) -> std::ops::Range<usize> {
        self.start.start().column..self.end.end().column
    }

    /// The span of the first token.
    pub(crate) fn start(self) -> Span {
        self.start
    }
}

impl From<Span> for Place {
    fn from(span: Span) -> Self {
        Self { start: span, end: span }
    }
}

fn open(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) => group.span_open(),
        token => token.span(),
    }
}

fn close(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    }
}

/// The errors of a pass.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<(Place, String)>);

/// Something was reported; what depends on it cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reported;

impl Errors {
    /// Notes an error.
    pub(crate) fn push(&mut self, at: impl Into<Place>, message: impl Into<String>) -> Reported {
        self.0.push((at.into(), message.into()));
        Reported
    }

    /// Notes an error and what to do about it.
    pub(crate) fn push_with_help(
        &mut self,
        at: impl Into<Place>,
        message: impl AsRef<str>,
        help: impl AsRef<str>,
    ) -> Reported {
        self.push(at, with_help(message.as_ref(), Some(help.as_ref())))
    }

    /// Stops if anything was noted.
    pub(crate) fn barrier(&self) -> Result<(), Reported> {
        if self.0.is_empty() { Ok(()) } else { Err(Reported) }
    }

    /// One `compile_error!` an error, at its place, as statements; from the top of the source down.
    pub(crate) fn into_tokens(mut self) -> TokenStream {
        self.0.sort_by_key(|(place, _)| place.start.start());
        let errors = self.0.into_iter().map(|(place, message)| {
            // rustc underlines from the first token of the call to the last
            let path = quote_spanned!(place.start=> ::core::compile_error!);
            let argument = quote_spanned!(place.end=> { #message });
            quote!(#path #argument)
        });
        quote!(#(#errors)*)
    }

    /// The same, as items.
    pub(crate) fn into_items(self) -> TokenStream {
        let errors = self.into_tokens();
        quote!(const _: () = { #errors };)
    }

    #[cfg(test)]
    pub(crate) fn messages(&self) -> Vec<&str> {
        self.0.iter().map(|(_, message)| message.as_str()).collect()
    }
}

/// A message with what to do about it, as rustc shows both.
pub(crate) fn with_help(message: &str, help: Option<&str>) -> String {
    match help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message.to_owned(),
    }
}
