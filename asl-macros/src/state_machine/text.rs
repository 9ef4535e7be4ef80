//! Source text, for the names of states.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens as one would write them on a line.
pub(super) fn text(tokens: &impl ToTokens) -> String {
    let mut writer = Writer { text: String::new(), before: Before::Start, is_parameter: false };
    writer.all(tokens.to_token_stream());
    writer.text
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
            "is_on(ctx, &order).await?",
        ] {
            let tokens: proc_macro2::TokenStream = source.parse().unwrap();
            assert_eq!(text(&tokens), source);
        }
    }
}
