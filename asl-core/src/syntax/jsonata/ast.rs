//! The tree of an expression.

use std::ops::Range;

use super::signature::Signature;

/// An expression, or a part of one.
///
/// Two expressions are equal when they say the same; white space, comments, the kind of quotes and positions do
/// not count. Parentheses do: see [`Kind::Block`].
///
/// ```
/// # use asl_core::syntax::jsonata::{Expression, Kind};
/// let expression = Expression::parse_strict("$sum(order.price)").unwrap();
/// let Kind::Call { arguments, .. } = &expression.kind else { panic!() };
/// assert_eq!(expression.called_function(), Some("sum"));
/// assert_eq!(arguments[0].span(), 5..16);
/// assert_eq!(expression, Expression::parse_strict("$sum( order.`price` )").unwrap());
/// ```
#[derive(Debug, Clone)]
pub struct Expression {
    /// What it is, with its parts.
    pub kind: Kind,
    /// Its bytes in the parsed text.
    pub span: Range<usize>,
    /// How many expressions stand inside each other here, itself included.
    pub(super) height: usize,
}

/// What an [`Expression`] is.
///
/// The tree is that of the text: `a.b.c` is one [`Path`](Kind::Path) of three steps, and what binds more tightly
/// than the dot (predicates, calls, `@`, `#`) is inside the step.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `"text"`, `'text'`, escapes resolved. As a step of a path it is a field's name.
    ///
    /// DIFFERENCE: half of a surrogate pair (`"\uD83D"`) is kept as U+FFFD, since no Rust string holds it.
    String(String),
    /// `1.5`, never negative: `-1` is a [`Negate`](Kind::Negate). A double, as in JSON.
    Number(f64),
    /// `true`, `false`.
    Boolean(bool),
    /// `null`.
    Null,
    /// `/pattern/flags`.
    Regex(Regex),
    /// `name`, `` `any name` ``: a field of the context.
    Name(String),
    /// `$name`; the name without its `$`.
    Variable(String),
    /// `$`: the context, the value that the expression around it is at.
    Context,
    /// `$$`: the document at the top.
    Root,
    /// `*`: all fields of the context.
    Wildcard,
    /// `**`: the context and all that is inside it.
    Descendants,
    /// `%`: the value that the context is a part of.
    Parent,
    /// `a.b.c`: two or more steps; each is evaluated for every value that the one before it gives.
    Path(Vec<Expression>),
    /// `target[predicate]`: those values that meet a condition, or the one at an index.
    Filter {
        /// Where the values come from.
        target: Box<Expression>,
        /// A condition or an index, evaluated at each value.
        predicate: Box<Expression>,
    },
    /// `target[]`: an array, even if there is one value only.
    KeepArray(Box<Expression>),
    /// `target^(<a, >b)`: the values in an order.
    Sort {
        /// Where the values come from.
        target: Box<Expression>,
        /// What to order by, evaluated at each value; first the one that counts most.
        terms: Vec<SortTerm>,
    },
    /// `target{key: value}`: one object, the values gathered by keys.
    GroupBy {
        /// Where the values come from.
        target: Box<Expression>,
        /// Keys and what to give for each, evaluated at the values.
        pairs: Vec<Pair>,
    },
    /// `target@$name`: binds each value, and leaves the context where it is.
    Focus {
        /// The step whose values are bound.
        target: Box<Expression>,
        /// The variable.
        variable: Word,
    },
    /// `target#$name`: binds the place of each value among the others.
    Index {
        /// The step whose places are bound.
        target: Box<Expression>,
        /// The variable.
        variable: Word,
    },
    /// `[a, b, 1..n]`.
    Array(Vec<Item>),
    /// `{key: value}`.
    Object(Vec<Pair>),
    /// `(a; b; c)`: a scope of its own, whose value is the last one's.
    ///
    /// Parentheses around a single expression are a block too: they end a path (`(a.b)[0]` is not `a.b[0]`), and
    /// bindings inside do not leave them.
    Block(Vec<Expression>),
    /// `$name := value`.
    Bind {
        /// The variable.
        variable: Word,
        /// What it is bound to.
        value: Box<Expression>,
    },
    /// `function($a, $b)<s-n:b>{ body }`, `λ(…){…}`.
    Lambda {
        /// The parameters.
        parameters: Vec<Word>,
        /// The types of parameters and result, if they are declared.
        signature: Option<Signature>,
        /// What it computes.
        body: Box<Expression>,
    },
    /// `$f(a, b)`, and the partial application `$f(?, b)`.
    Call {
        /// What is called, mostly a [`Variable`](Kind::Variable).
        function: Box<Expression>,
        /// What it is given.
        arguments: Vec<Argument>,
    },
    /// `-a`.
    Negate(Box<Expression>),
    /// `a + b`, `a and b`, `a ~> $f`, and so on.
    Binary {
        /// What is done with the two.
        operator: BinaryOperator,
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
    },
    /// `condition ? then : otherwise`.
    Condition {
        /// What decides.
        condition: Box<Expression>,
        /// The value if it holds.
        then: Box<Expression>,
        /// The value if it does not; nothing if absent.
        otherwise: Option<Box<Expression>>,
    },
    /// `value ?: default`: the default if the value is false, empty or missing. New in JSONata 2.1.
    Default {
        /// The value.
        value: Box<Expression>,
        /// What to take instead.
        default: Box<Expression>,
    },
    /// `value ?? default`: the default if the value is missing. New in JSONata 2.1.
    Coalesce {
        /// The value.
        value: Box<Expression>,
        /// What to take instead.
        default: Box<Expression>,
    },
    /// `|pattern|update|` and `|pattern|update, delete|`: a function that changes parts of its argument.
    Transform {
        /// Which parts.
        pattern: Box<Expression>,
        /// An object of new fields, evaluated at each part.
        update: Box<Expression>,
        /// The names of the fields to remove.
        delete: Option<Box<Expression>>,
    },
    /// Something that could not be read. Only where [`Parsed::errors`](super::Parsed::errors) is not empty.
    Invalid,
}

/// A variable where it stands: after `@` and `#`, before `:=`, among a function's parameters, or where it is used.
#[derive(Debug, Clone)]
pub struct Word {
    /// The name without its `$`; `$` and `$$` may be bound too, and are `""` and `"$"` here.
    pub name: String,
    /// Its bytes in the parsed text, with the `$`.
    pub span: Range<usize>,
}

/// A key and its value in an object, or in a group-by.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The key; any expression that gives a string.
    pub key: Expression,
    /// The value.
    pub value: Expression,
}

/// One entry of an array.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A value.
    Value(Expression),
    /// `first..last`: all integers from the one to the other.
    Range {
        /// The first.
        first: Expression,
        /// The last.
        last: Expression,
    },
}

/// One argument of a call.
#[derive(Debug, Clone)]
pub enum Argument {
    /// A value.
    Value(Expression),
    /// `?`, an argument that the resulting function still wants; with its bytes.
    Placeholder(Range<usize>),
}

/// What a [`Kind::Sort`] orders by.
#[derive(Debug, Clone, PartialEq)]
pub struct SortTerm {
    /// Evaluated at each value.
    pub by: Expression,
    /// `>`: the largest first.
    pub descending: bool,
}

/// A regular expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regex {
    /// What stands between the slashes.
    pub pattern: String,
    /// The flag `i`.
    pub ignore_case: bool,
    /// The flag `m`.
    pub multiline: bool,
}

/// What a [`Kind::Binary`] does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOperator {
    /// `and`
    And,
    /// `or`
    Or,
    /// `in`: whether the left is among the right.
    In,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `&`: joins texts.
    Concatenate,
    /// `~>`: gives the left to the function on the right.
    Chain,
}

impl Expression {
    /// An expression that stands at the given bytes; where there is no text, any will do.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::{Expression, Kind};
    /// let number = Expression::new(Kind::Number(1.0), 0..0);
    /// assert_eq!(Expression::new(Kind::Negate(Box::new(number)), 0..0).to_string(), "-1");
    /// ```
    #[must_use]
    pub fn new(kind: Kind, span: Range<usize>) -> Self {
        let mut expression = Self { kind, span, height: 1 };
        let highest = expression.children().map(|child| child.expression.height).max();
        expression.height += highest.unwrap_or(0);
        expression
    }

    /// The name of the function that this calls, without the `$`, if this is a call of a named one.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::Expression;
    /// assert_eq!(Expression::parse_strict("$uuid()").unwrap().called_function(), Some("uuid"));
    /// assert_eq!(Expression::parse_strict("(λ(){1})()").unwrap().called_function(), None);
    /// ```
    #[must_use]
    pub fn called_function(&self) -> Option<&str> {
        match &self.kind {
            Kind::Call { function, .. } => match &function.kind {
                Kind::Variable(name) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// Itself, or what `[]` after it marks.
    pub(super) fn unmarked(&self) -> &Self {
        let mut expression = self;
        while let Kind::KeepArray(inner) = &expression.kind {
            expression = inner;
        }
        expression
    }

    /// The variable that this is, if it is one and nothing more; `$` and `$$` count.
    pub(super) fn as_word(&self) -> Option<Word> {
        let expression = self.unmarked();
        let name = match &expression.kind {
            Kind::Variable(name) => name.clone(),
            Kind::Context => String::new(),
            Kind::Root => "$".into(),
            _ => return None,
        };
        Some(Word { name, span: expression.span.clone() })
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Word {}

impl PartialEq for Word {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl PartialEq for Argument {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Value(left), Self::Value(right)) => left == right,
            (Self::Placeholder(_), Self::Placeholder(_)) => true,
            (Self::Value(_), Self::Placeholder(_)) | (Self::Placeholder(_), Self::Value(_)) => false,
        }
    }
}

impl Argument {
    /// Its bytes in the parsed text.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        match self {
            Self::Value(expression) => expression.span.clone(),
            Self::Placeholder(span) => span.clone(),
        }
    }
}

impl BinaryOperator {
    /// How it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
            Self::In => "in",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Concatenate => "&",
            Self::Chain => "~>",
        }
    }
}
