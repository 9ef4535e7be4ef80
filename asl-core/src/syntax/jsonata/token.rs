//! The words of JSONata: what the lexer gives and the parser takes.

use std::ops::Range;

use super::ast::Regex;

/// A word of an expression, with its bytes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Range<usize>,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Operator(Operator),
    Name(String),
    /// The name without its `$`: empty for `$`, and `$` for `$$`.
    Variable(String),
    String(String),
    Number(f64),
    Boolean(bool),
    Null,
    Regex(Regex),
    /// A word whose fault is reported already.
    Invalid,
    End,
}

impl Token {
    pub(super) fn operator(&self) -> Option<Operator> {
        if let TokenKind::Operator(operator) = self.kind { Some(operator) } else { None }
    }

    /// Whether a value can start here, and no operator can stand here.
    pub(super) fn is_value(&self) -> bool {
        match &self.kind {
            TokenKind::Operator(_) | TokenKind::Invalid | TokenKind::End => false,
            TokenKind::Name(_)
            | TokenKind::Variable(_)
            | TokenKind::String(_)
            | TokenKind::Number(_)
            | TokenKind::Boolean(_)
            | TokenKind::Null
            | TokenKind::Regex(_) => true,
        }
    }
}

macro_rules! operators {
    ($($name:ident $symbol:literal $power:literal),* $(,)?) => {
        /// A word of punctuation, or one of the words `and`, `or`, `in`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Operator { $($name),* }

        impl Operator {
            /// Every operator; those of two characters stand before the first of their characters.
            const ALL: &[Self] = &[$(Self::$name),*];

            pub(super) fn symbol(self) -> &'static str {
                match self { $(Self::$name => $symbol),* }
            }

            /// How strongly the operator holds what is to its left; 0 if it follows no value.
            pub(super) fn power(self) -> u8 {
                match self { $(Self::$name => $power),* }
            }
        }
    };
}

operators! {
    Range ".." 0, Assign ":=" 10, NotEqual "!=" 40, AtLeast ">=" 40, AtMost "<=" 40, Descendants "**" 0,
    Chain "~>" 40, Default "?:" 40, Coalesce "??" 40,
    Dot "." 75, OpenBracket "[" 80, CloseBracket "]" 0, OpenBrace "{" 70, CloseBrace "}" 0,
    OpenParenthesis "(" 80, CloseParenthesis ")" 0, Comma "," 0, At "@" 80, Hash "#" 80, Semicolon ";" 0,
    Colon ":" 0, Question "?" 20, Plus "+" 50, Minus "-" 50, Star "*" 60, Slash "/" 60, Percent "%" 60,
    Pipe "|" 0, Equal "=" 40, Less "<" 40, Greater ">" 40, Caret "^" 40, Ampersand "&" 50,
    // these end a name but mean nothing alone; they are read as operators to go on after the fault
    Exclamation "!" 40, Tilde "~" 40,
    And "and" 30, Or "or" 25, In "in" 40,
}

impl Operator {
    /// The operator of punctuation that the text starts with.
    pub(super) fn at_start_of(text: &str) -> Option<Self> {
        let mut punctuation = Self::ALL.iter().filter(|operator| !operator.is_word());
        punctuation.find(|operator| text.starts_with(operator.symbol())).copied()
    }

    /// Whether the operator is spelt with letters.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::In)
    }

    /// Whether the character ends a name.
    pub(super) fn ends_name(character: u8) -> bool {
        matches!(
            character,
            b'.' | b'['
                | b']'
                | b'{'
                | b'}'
                | b'('
                | b')'
                | b','
                | b'@'
                | b'#'
                | b';'
                | b':'
                | b'?'
                | b'+'
                | b'-'
                | b'*'
                | b'/'
                | b'%'
                | b'|'
                | b'='
                | b'<'
                | b'>'
                | b'^'
                | b'&'
                | b'!'
                | b'~'
        ) || is_space(character)
    }

    /// Whether a group ends here.
    pub(super) fn closes(self) -> bool {
        matches!(self, Self::CloseParenthesis | Self::CloseBracket | Self::CloseBrace)
    }

    /// Whether an item of a list ends here.
    pub(super) fn separates(self) -> bool {
        matches!(self, Self::Comma | Self::Semicolon)
    }

    /// Whether the character is no operator at all.
    pub(super) fn is_unknown(self) -> bool {
        matches!(self, Self::Exclamation | Self::Tilde)
    }

    /// Whether a value can start with it.
    pub(super) fn starts_value(self) -> bool {
        match self {
            Self::Minus
            | Self::Star
            | Self::Descendants
            | Self::Percent
            | Self::OpenParenthesis
            | Self::OpenBracket
            | Self::OpenBrace
            | Self::Pipe
            | Self::And
            | Self::Or
            | Self::In => true,
            Self::Range
            | Self::Assign
            | Self::NotEqual
            | Self::AtLeast
            | Self::AtMost
            | Self::Chain
            | Self::Default
            | Self::Coalesce
            | Self::Dot
            | Self::CloseBracket
            | Self::CloseBrace
            | Self::CloseParenthesis
            | Self::Comma
            | Self::At
            | Self::Hash
            | Self::Semicolon
            | Self::Colon
            | Self::Question
            | Self::Plus
            | Self::Slash
            | Self::Equal
            | Self::Less
            | Self::Greater
            | Self::Caret
            | Self::Ampersand
            | Self::Exclamation
            | Self::Tilde => false,
        }
    }
}

/// White space of the language; other Unicode spaces belong to names.
pub(super) fn is_space(character: u8) -> bool {
    matches!(character, b' ' | b'\t' | b'\n' | b'\r' | 0x0b)
}
