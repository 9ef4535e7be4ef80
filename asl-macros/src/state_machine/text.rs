//! Source text, for the names of states.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens as one would write them on a line.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    let mut written = String::new();
    write(tokens.to_token_stream(), &mut written);
    written
}

fn write(tokens: TokenStream, written: &mut String) {
    let mut is_joined = true;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let touches = written
                    .ends_with(|letter: char| letter.is_alphanumeric() || letter == '_' || letter == '!');
                let separates = group.delimiter() == Delimiter::Brace || !touches;
                if separates && !is_joined && !written.is_empty() {
                    written.push(' ');
                }
                written.push_str(open);
                write(group.stream(), written);
                written.push_str(close);
                is_joined = false;
            }
            TokenTree::Punct(punct) => {
                let letter = punct.as_char();
                let is_tight = matches!(letter, '.' | ':' | ',' | ';' | '?')
                    || (letter == '!'
                        && tokens.peek().is_some_and(|next| matches!(next, TokenTree::Group(_)))
                        && !is_joined);
                let follows_operator =
                    written.ends_with(['=', '<', '>', '&', '|', '!', '-', '+', '.']) && is_joined;
                if !is_tight && !is_joined && !follows_operator {
                    written.push(' ');
                }
                written.push(letter);
                let is_prefix = matches!(letter, '&' | '!' | '*' | '-')
                    && punct.spacing() == Spacing::Alone
                    && (written.len() == 1
                        || written[..written.len() - 1].ends_with([' ', '(', '[', '&', '!']))
                    && starts_operand(written);
                is_joined = matches!(letter, '.' | ':') || punct.spacing() == Spacing::Joint || is_prefix;
            }
            other => {
                if !is_joined {
                    written.push(' ');
                }
                written.push_str(&other.to_string());
                is_joined = false;
            }
        }
    }
}

/// Whether what was just written stands before its operand: nothing, or an operator, is before it.
fn starts_operand(written: &str) -> bool {
    let before = written[..written.len() - 1].trim_end();
    before.is_empty() || before.ends_with(|letter: char| "=<>&|!(,[+-*/%".contains(letter))
}

#[cfg(test)]
mod unit {
    use super::text;

    #[test]
    fn conditions_read_as_they_were_written() {
        for source in [
            "user.plan == Plan::Pro && !user.is_new",
            "expense.amount_cents <= 5_000",
            "let Some(next) = page.marker",
            "items.iter().any(|item| item.price > 9)",
            "a || (b && -c < 3)",
            "is_on(ctx, &order).await?",
        ] {
            let tokens: proc_macro2::TokenStream = source.parse().unwrap();
            assert_eq!(text(&tokens), source);
        }
    }
}
