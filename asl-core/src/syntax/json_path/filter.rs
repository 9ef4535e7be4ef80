use std::fmt;
use std::ops::Range;

use super::JsonPath;

/// The condition of a filter segment, `[?(@.price < 10 && @.tags)]`, or a part of it.
///
/// ```
/// # use asl_core::syntax::json_path::{Comparator, Condition, JsonPath, Selector, Term};
/// let path = JsonPath::parse("$.orders[?(@.state == 'open')]")?;
/// let Selector::Filter(filter) = &path.segments()[1].selector else { panic!("a filter") };
/// let Condition::Compare(comparison) = &filter.condition else { panic!("a comparison") };
/// assert!(matches!(comparison.left.term, Term::Path(_)));
/// assert_eq!(comparison.comparator, Comparator::Equal);
/// assert_eq!(comparison.right.term, Term::Text("open".into()));
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Filter {
    /// What must hold.
    pub condition: Condition,
    /// Its bytes in the parsed text.
    pub span: Range<usize>,
}

/// What a [`Filter`] asks of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// `a || b`: one of two or more filters.
    Or(Vec<Filter>),
    /// `a && b`: all of two or more filters.
    And(Vec<Filter>),
    /// `!a`.
    Not(Box<Filter>),
    /// `@.price < 10`.
    Compare(Box<Comparison>),
    /// `@.tags`: the path leads somewhere.
    Exists(Box<Operand>),
}

/// Two operands and the operator between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What stands before the operator.
    pub left: Operand,
    /// The operator.
    pub comparator: Comparator,
    /// What stands after it.
    pub right: Operand,
}

/// A side of a comparison, or an argument of a function.
#[derive(Debug, Clone)]
pub struct Operand {
    /// What it is.
    pub term: Term,
    /// Its bytes in the parsed text.
    pub span: Range<usize>,
}

/// What an [`Operand`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// `@.price`, `$.limit`.
    Path(JsonPath),
    /// `'open'`, `"open"`, or `open` without quotes, which the service accepts.
    Text(String),
    /// `10`, `-0.5e3`.
    Number(serde_json::Number),
    /// `true`, `false`.
    Bool(bool),
    /// `null`.
    Null,
    /// `['a', 'b']`.
    Array(Vec<Operand>),
    /// `/^a.*z$/i`.
    Regex {
        /// What stands between the slashes, as written: a slash has its backslash.
        pattern: String,
        /// The letters after the second slash.
        flags: String,
    },
    /// `${Name}`, braces and all: deployment fills in what to compare with.
    Placeholder(String),
}

/// An operator of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparator {
    /// `==`.
    Equal,
    /// `===`: equal and of one type.
    Identical,
    /// `!=`.
    NotEqual,
    /// `!==`: not equal or of two types.
    NotIdentical,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
    /// `=~`: the text matches the regular expression.
    Matches,
    /// `in`: the left side is an element of the right.
    In,
    /// `nin`: the left side is not an element of the right.
    NotIn,
    /// `subsetof`: all elements of the left side are elements of the right.
    SubsetOf,
    /// `anyof`: some element of the left side is an element of the right.
    AnyOf,
    /// `noneof`: no element of the left side is an element of the right.
    NoneOf,
    /// `all`: all elements of the right side are elements of the left.
    All,
    /// `contains`: the right side is an element of the left, or a part of its text.
    Contains,
    /// `size`: the left side has as many elements, or characters, as the right side says.
    Size,
    /// `empty`: whether the left side has no element or character is as the right side says.
    Empty,
}

impl Comparator {
    /// The operators made of signs; one that starts with another stands before it.
    pub(super) const SIGNS: [Self; 9] = [
        Self::Identical,
        Self::NotIdentical,
        Self::Equal,
        Self::NotEqual,
        Self::LessOrEqual,
        Self::GreaterOrEqual,
        Self::Less,
        Self::Greater,
        Self::Matches,
    ];

    /// The operators that are words.
    pub(super) const WORDS: [Self; 9] = [
        Self::In,
        Self::NotIn,
        Self::SubsetOf,
        Self::AnyOf,
        Self::NoneOf,
        Self::All,
        Self::Contains,
        Self::Size,
        Self::Empty,
    ];

    /// The operator as a filter writes it.
    ///
    /// ```
    /// # use asl_core::syntax::json_path::Comparator;
    /// assert_eq!(Comparator::NotIn.symbol(), "nin");
    /// ```
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::Identical => "===",
            Self::NotEqual => "!=",
            Self::NotIdentical => "!==",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Matches => "=~",
            Self::In => "in",
            Self::NotIn => "nin",
            Self::SubsetOf => "subsetof",
            Self::AnyOf => "anyof",
            Self::NoneOf => "noneof",
            Self::All => "all",
            Self::Contains => "contains",
            Self::Size => "size",
            Self::Empty => "empty",
        }
    }
}

impl fmt::Display for Comparator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

impl Eq for Filter {}

impl PartialEq for Filter {
    fn eq(&self, other: &Self) -> bool {
        self.condition == other.condition
    }
}

impl Eq for Operand {}

impl PartialEq for Operand {
    fn eq(&self, other: &Self) -> bool {
        self.term == other.term
    }
}
