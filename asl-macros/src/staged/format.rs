//! `format!`: the texts, and the values between them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, Ident, LitStr, Macro, Token};

use super::Scope;
use super::expression::refuse;
use super::rewrite;
use crate::errors::Errors;

/// What is written between braces.
struct Hole {
    /// A name, an index, or nothing.
    name: String,
    padding: Option<Padding>,
}

/// At least so many characters.
enum Padding {
    /// `{:>8}`
    Side {
        fill: char,
        /// Nothing, if the type decides.
        to_the_right: Option<bool>,
        width: u32,
    },
    /// `{:02}`
    Zeros(u32),
}

/// `format!("… {} {name}", value)`
pub(super) fn format(invocation: &Macro, scope: &Scope, errors: &mut Errors) -> TokenStream {
    let at = invocation.span();
    let parsed = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(invocation.tokens.clone());
    let text = parsed.as_ref().ok().and_then(|arguments| match arguments.first() {
        Some(Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. })) => Some(text.clone()),
        _ => None,
    });
    let (Ok(arguments), Some(text)) = (parsed, text) else {
        return refuse(
            errors,
            invocation,
            "`format!` needs a text and values",
            "write `format!(\"… {}\", value)`",
        );
    };
    let (mut named, mut positional) = (Vec::new(), Vec::new());
    for argument in arguments.iter().skip(1) {
        match argument {
            Expr::Assign(assign) => {
                if let Expr::Path(path) = &*assign.left {
                    named.extend(
                        path.path.get_ident().map(|name| (name.to_string(), (*assign.right).clone())),
                    );
                }
            }
            other => positional.push(other.clone()),
        }
    }
    let Some((pieces, holes)) = pieces(&text, errors) else { return super::noted(invocation) };
    let mut next = positional.iter();
    let mut values = Vec::new();
    for hole in holes {
        let value = if hole.name.is_empty() {
            next.next().cloned()
        } else if let Ok(index) = hole.name.parse::<usize>() {
            positional.get(index).cloned()
        } else {
            let found = named.iter().find(|(name, _)| *name == hole.name).map(|(_, value)| value.clone());
            found.or_else(|| {
                let name = syn::parse_str::<Ident>(&hole.name).ok()?;
                let name = format_ident!("{}", name, span = text.span());
                Some(syn::parse_quote!(#name))
            })
        };
        let Some(value) = value else {
            return refuse(
                errors,
                &text,
                &format!("there is no value for `{{{}}}`", hole.name),
                "give `format!` as many values as there are `{}`",
            );
        };
        let span = value.span();
        let value = rewrite(&value, scope, errors);
        // no method: of a number whose type rustc does not know yet, it could not be called
        values.push(match &hole.padding {
            None => quote_spanned!(span=> ::asl_core::expr::written(&(#value))),
            Some(Padding::Zeros(width)) => {
                quote_spanned!(span=> ::asl_core::expr::with_zeros(&(#value), #width))
            }
            Some(Padding::Side { fill, to_the_right, width }) => {
                let side = match to_the_right {
                    None => quote!(::core::option::Option::None),
                    Some(right) => quote!(::core::option::Option::Some(#right)),
                };
                quote_spanned!(span=> ::asl_core::expr::padded(&(#value), #fill, #side, #width))
            }
        });
    }
    quote_spanned!(at=> ::asl_core::expr::format([#(#pieces),*], [#(#values),*]))
}

/// The texts around the holes, and what is written in each.
fn pieces(text: &LitStr, errors: &mut Errors) -> Option<(Vec<String>, Vec<Hole>)> {
    let value = text.value();
    let (mut pieces, mut holes, mut piece) = (Vec::new(), Vec::new(), String::new());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '{' | '}' if characters.peek() == Some(&character) => {
                characters.next();
                piece.push(character);
            }
            '{' => {
                let hole: String = characters.by_ref().take_while(|character| *character != '}').collect();
                let (name, form) = hole.split_once(':').unwrap_or((&hole, ""));
                let padding = match padding(form.trim_end()) {
                    Ok(padding) => padding,
                    Err(help) => {
                        let what = format!("a workflow cannot write a value as `{{{hole}}}`");
                        refuse(errors, text, &what, help);
                        return None;
                    }
                };
                holes.push(Hole { name: name.trim().to_owned(), padding });
                pieces.push(std::mem::take(&mut piece));
            }
            other => piece.push(other),
        }
    }
    pieces.push(piece);
    Some((pieces, holes))
}

/// What stands behind the colon; or what to do instead.
fn padding(form: &str) -> Result<Option<Padding>, &'static str> {
    if form.is_empty() {
        return Ok(None);
    }
    if form.contains('?') {
        return Err(
            "write `{}` for each part: a workflow does not know how Rust prints a type for debugging",
        );
    }
    if form.contains('.') {
        return Err("JSONata does not round decimals as Rust does: count in whole numbers, as in \
             `format!(\"{}.{:02}\", cents / 100, cents % 100)`, or write the text in a task");
    }
    let characters: Vec<char> = form.chars().collect();
    let (fill, side, width) = match characters.as_slice() {
        [fill, side @ ('<' | '>' | '^'), width @ ..] => (*fill, Some(*side), width),
        [side @ ('<' | '>' | '^'), width @ ..] => (' ', Some(*side), width),
        width => (' ', None, width),
    };
    let to_the_right = match side {
        None => None,
        Some('>') => Some(true),
        Some('<') => Some(false),
        Some(_) => return Err("JSONata has no text in the middle: use `<` or `>`"),
    };
    let number =
        |digits: &[char]| digits.iter().collect::<String>().parse().map_err(|_| "write a smaller width");
    let is_width = |digits: &[char]| {
        matches!(digits, ['1'..='9', ..]) && digits.iter().all(char::is_ascii_digit) && digits.len() < 6
    };
    match width {
        // with a side, too, Rust puts the zeros at the left
        ['0', digits @ ..] if is_width(digits) => Ok(Some(Padding::Zeros(number(digits)?))),
        digits if is_width(digits) => Ok(Some(Padding::Side { fill, to_the_right, width: number(digits)? })),
        _ => Err(
            "write `{}`, a width with a side as in `{:>8}`, or zeros as in `{:02}`; for other forms make the text in a task",
        ),
    }
}
