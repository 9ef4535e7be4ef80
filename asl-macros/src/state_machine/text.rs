//! Source text, for the names of states.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens as one would write them on a line. Of what is awaited only the function is named: `check(ctx, n).await?`
/// is `check`.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    let mut writer = Writer { text: String::new(), before: Before::Start, is_parameter: false };
    writer.all(without_calls(tokens.to_token_stream()));
    writer.text
}

/// The tokens with `check` in the place of `check(ctx, n).retry(…).await?`.
fn without_calls(tokens: TokenStream) -> TokenStream {
    let mut short: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_awaited =
            is_punct(&token, '.') && matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "await");
        if is_awaited {
            tokens.next();
            tokens.next_if(|next| is_punct(next, '?'));
            shorten(&mut short);
            continue;
        }
        short.push(match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_calls(group.stream()));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            other => other,
        });
    }
    short.into_iter().collect()
}

/// Leaves the name of the function of the call, with its settings, that the tokens end with.
fn shorten(tokens: &mut Vec<TokenTree>) {
    while let [.., dot, TokenTree::Ident(_), TokenTree::Group(_)] = tokens.as_slice()
        && is_punct(dot, '.')
    {
        tokens.truncate(tokens.len() - 3);
    }
    if let [.., TokenTree::Ident(_), TokenTree::Group(_)] = tokens.as_slice() {
        tokens.pop();
    }
    while let [.., first, second, TokenTree::Ident(_)] = tokens.as_slice()
        && is_punct(first, ':')
        && is_punct(second, ':')
    {
        let last = tokens.pop();
        tokens.truncate(tokens.len() - 2);
        tokens.pop_if(|token| matches!(token, TokenTree::Ident(_)));
        tokens.extend(last);
    }
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// What stands before a token.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// Nothing, or an opening bracket.
    Start,
    Word,
    Keyword,
    /// An operator between two values, a comma.
    Operator,
    /// An operator before a value, `.` and `::`.
    Joined,
}

struct Writer {
    text: String,
    before: Before,
    /// Between the bars of a closure.
    is_parameter: bool,
}

const KEYWORDS: [&str; 8] = ["let", "if", "in", "match", "async", "mut", "as", "for"];

impl Writer {
    fn all(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => self.group(&group),
                TokenTree::Punct(punct) => {
                    let mut operator = String::from(punct.as_char());
                    let mut spacing = punct.spacing();
                    while spacing == Spacing::Joint
                        && let Some(TokenTree::Punct(next)) = tokens.peek()
                        // `== !a`, `&&!a`: the second is of the value
                        && !(operator.len() == 2 && matches!(next.as_char(), '!' | '-' | '*' | '&'))
                    {
                        operator.push(next.as_char());
                        spacing = next.spacing();
                        tokens.next();
                    }
                    let is_call = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                    self.operator(&operator, is_call);
                }
                other => {
                    let word = other.to_string();
                    self.space(self.before != Before::Start && self.before != Before::Joined);
                    self.before =
                        if KEYWORDS.contains(&word.as_str()) { Before::Keyword } else { Before::Word };
                    self.text.push_str(&word);
                }
            }
        }
    }

    fn space(&mut self, is_needed: bool) {
        if is_needed {
            self.text.push(' ');
        }
    }

    fn group(&mut self, group: &Group) {
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace => ("{ ", " }"),
            Delimiter::None => ("", ""),
        };
        let is_brace = group.delimiter() == Delimiter::Brace;
        let is_apart = matches!(self.before, Before::Operator | Before::Keyword)
            || (is_brace && self.before == Before::Word);
        self.space(is_apart);
        self.text.push_str(open);
        self.before = Before::Start;
        self.all(group.stream());
        self.text.push_str(close);
        self.before = Before::Word;
    }

    fn operator(&mut self, operator: &str, is_call: bool) {
        let is_prefix = !matches!(self.before, Before::Word);
        let before = match operator {
            "." | "::" | ".." | "..=" => Before::Joined,
            "?" => Before::Word,
            "," | ";" | ":" => Before::Operator,
            "!" if !is_prefix && is_call => Before::Joined,
            "|" if self.is_parameter => {
                self.is_parameter = false;
                Before::Operator
            }
            "|" if is_prefix => {
                self.is_parameter = true;
                self.space(matches!(self.before, Before::Operator | Before::Keyword));
                Before::Joined
            }
            "||" if is_prefix => Before::Operator,
            "&" | "!" | "-" | "*" | "&&" | "'" if is_prefix => {
                self.space(matches!(self.before, Before::Operator | Before::Keyword));
                Before::Joined
            }
            _ => {
                self.space(self.before != Before::Start);
                Before::Operator
            }
        };
        self.text.push_str(operator);
        self.before = before;
    }
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
            "for (index, user) in &page.users",
            "matches!(x, 1..=5)",
            "a == -1 && !b",
            "a || (b && -c < 3)",
        ] {
            let tokens: proc_macro2::TokenStream = source.parse().unwrap();
            assert_eq!(text(&tokens), source);
        }
    }

    #[test]
    fn what_is_awaited_is_its_function() {
        for (source, expected) in [
            ("is_on(ctx, &order).await?", "is_on"),
            ("n > 2 && !shop::check(ctx, n).retry(Retry::all()).await?.is_ok", "n > 2 && !check.is_ok"),
            ("let Some(first) = items_of(ctx, 3).await?.first()", "let Some(first) = items_of.first()"),
            ("for list in [items_of(ctx, 1).await?, 2]", "for list in [items_of, 2]"),
        ] {
            let tokens: proc_macro2::TokenStream = source.parse().unwrap();
            assert_eq!(text(&tokens), expected);
        }
    }
}
