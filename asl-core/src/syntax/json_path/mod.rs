//! Paths: `$.user.plan`, `$$.Execution.Id`, `$total`, `$.orders[?(@.sum > 10)].id`.
//!
//! The service reads paths as the Java library json-path does, not as RFC 9535 says: names may hold hyphens
//! (`$.detail-type`), a dot may stand before a bracket (`$.[0]`), a filter's literal needs no quotes. This
//! parser follows it, and where nobody has seen what the service does it accepts: a path refused here would be
//! a definition that cannot be deployed.
//!
//! [`ReferencePath`](super::ReferencePath) is the smaller language for the fields that name exactly one place.
//! Source: the [specification](https://states-language.net/#path), "Paths".

mod filter;
mod function;
mod parse;
mod parse_filter;
mod display;

use std::ops::Range;
use std::str::FromStr;

use super::SyntaxError;

pub use filter::{Comparator, Comparison, Condition, Filter, Operand, Term};
pub use function::PathFunction;
pub(super) use parse::{Place, path};

/// A Path: where in a JSON document to look, in the service's dialect of JSONPath.
///
/// A root followed by [`Segment`]s, each of which goes from every value reached so far to some of the values
/// inside it. Two paths are equal when they say the same; how they were spelt and where their parts stood
/// does not count, so a path equals what its `Display` parses to.
///
/// ```
/// # use asl_core::syntax::{JsonPath, Root, Selector};
/// let path = JsonPath::parse("$.orders[0]['unit price']")?;
/// assert_eq!(*path.root(), Root::Input);
/// assert_eq!(path.segments()[2].selector, Selector::Name("unit price".into()));
/// assert_eq!(path.segments()[2].span, 11..25);
/// assert!(path.is_reference());
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone)]
pub struct JsonPath {
    root: Root,
    segments: Vec<Segment>,
    root_end: usize,
    span: Range<usize>,
}

/// What a path starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Root {
    /// `$`, the document that the field is read from: the state's input, its result.
    Input,
    /// `$$`, the [Context Object](https://states-language.net/#context-object).
    Context,
    /// `$name`, a workflow variable; the name without its `$`. A [placeholder](Root::Placeholder) may stand
    /// for the name.
    Variable(String),
    /// `@`, the value that a filter looks at; inside filters only.
    Current,
    /// `${Name}` in place of a root, braces and all: deployment fills in what the path starts from.
    Placeholder(String),
}

/// One step of a path.
///
/// ```
/// # use asl_core::syntax::{JsonPath, Selector};
/// let path = JsonPath::parse("$..price")?;
/// let segment = &path.segments()[0];
/// assert!(segment.descendant);
/// assert_eq!(segment.selector, Selector::Name("price".into()));
/// assert_eq!(segment.to_string(), "..price");
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Segment {
    /// Written after `..`: selects at every depth and not only among the children.
    pub descendant: bool,
    /// What it selects.
    pub selector: Selector,
    /// Its bytes in the parsed text, from the dot or the bracket on.
    pub span: Range<usize>,
}

/// Which of a value's children a [`Segment`] selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// `.name`, `['name']`: the field of that name, escapes resolved.
    Name(String),
    /// `[0]`, `[-1]`: one element; negative counts from the end.
    Index(i64),
    /// `.*`, `[*]`: all fields or elements.
    Wildcard,
    /// `[start:end:step]`: a run of elements, each part optional.
    Slice {
        /// The first element; negative counts from the end.
        start: Option<i64>,
        /// The element before which to stop; negative counts from the end.
        end: Option<i64>,
        /// How far to go at a time, 1 where absent.
        step: Option<i64>,
    },
    /// `[0, 1]`, `['a', 'b']`: two or more selectors of the kinds above and filters, one after the other.
    Union(Vec<Selector>),
    /// `[?(@.price < 10)]`: the children that meet a condition.
    Filter(Box<Filter>),
    /// `[(@.length-1)]`: an index computed by a script, kept as it is written between the parentheses.
    Script(String),
    /// `.length()`: not a child but a value computed from what was selected.
    Function {
        /// Which function.
        function: PathFunction,
        /// What stands between its parentheses: paths and literals.
        arguments: Vec<Operand>,
    },
    /// A segment that holds `${Name}`, which deployment replaces: `.${Key}`, `.order-${Stage}`, `[${Index}]`.
    /// The text is as written, without the dot and with the brackets.
    Placeholder(String),
}

impl JsonPath {
    /// Reads a path.
    ///
    /// White space at the end is ignored, as the service's library does.
    ///
    /// # Errors
    ///
    /// The first place where the text stops being a path.
    ///
    /// ```
    /// # use asl_core::syntax::JsonPath;
    /// let error = JsonPath::parse("$.user.").unwrap_err();
    /// assert_eq!(error.to_string(), "expected a field name after `.`, found the end of the path");
    /// assert_eq!(error.at, 7..7);
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::whole(text)
    }

    /// What the path starts from.
    #[must_use]
    pub fn root(&self) -> &Root {
        &self.root
    }

    /// The steps from there, in order; none for `$` alone.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The path's bytes in the parsed text.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The root's bytes in the parsed text: `$`, `$$` or `$name`.
    #[must_use]
    pub fn root_span(&self) -> Range<usize> {
        self.span.start..self.root_end
    }

    /// Whether the path leads to at most one value, whatever the document.
    ///
    /// A definite path gives the value itself, and fails where there is none; any other gives an array of all
    /// values found, perhaps empty. Definite are paths of names and single indices only, and paths that end in
    /// a function. A placeholder is taken for a name.
    ///
    /// ```
    /// # use asl_core::syntax::JsonPath;
    /// assert!(JsonPath::parse("$.a[0]['b'][-1]")?.is_definite());
    /// assert!(JsonPath::parse("$.orders[*].sum()")?.is_definite());
    /// assert!(!JsonPath::parse("$.a[0:1]")?.is_definite());
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn is_definite(&self) -> bool {
        if let Some(Segment { selector: Selector::Function { .. }, .. }) = self.segments.last() {
            return true;
        }
        self.segments.iter().all(|segment| {
            !segment.descendant
                && matches!(
                    segment.selector,
                    Selector::Name(_)
                        | Selector::Index(_)
                        | Selector::Placeholder(_)
                        | Selector::Script(_)
                        | Selector::Function { .. }
                )
        })
    }

    /// Whether the path is a [`ReferencePath`](super::ReferencePath): names and indices from the front only,
    /// whatever its root. A placeholder is taken for a name.
    ///
    /// ```
    /// # use asl_core::syntax::JsonPath;
    /// assert!(JsonPath::parse("$$.Map.Item.Value[0]")?.is_reference());
    /// assert!(!JsonPath::parse("$.a[-1]")?.is_reference());
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn is_reference(&self) -> bool {
        self.segments.iter().all(Segment::is_reference)
    }
}

impl Segment {
    /// Whether the segment may stand in a [`ReferencePath`](super::ReferencePath).
    pub(super) fn is_reference(&self) -> bool {
        !self.descendant
            && match &self.selector {
                Selector::Name(_) | Selector::Placeholder(_) => true,
                Selector::Index(index) => *index >= 0,
                _ => false,
            }
    }
}

/// Whether a text may name a workflow variable: a key of `Assign`, what follows the `$` in `$name`.
///
/// By the service's documentation a Unicode identifier: a letter, then letters, digits and underscores.
/// Approximated by the standard library's notions of letter and digit, which differ from Unicode's
/// `ID_Start` and `ID_Continue` in a few rare signs. Paths accept an underscore in front as well, since
/// nobody recorded that the service refuses it.
///
/// ```
/// # use asl_core::syntax::is_variable_name;
/// assert!(is_variable_name("größe_2"));
/// assert!(!is_variable_name("2nd"));
/// assert!(!is_variable_name("order.id"));
/// ```
#[must_use]
pub fn is_variable_name(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.all(continues_variable_name)
}

/// Whether a variable's name may go on with this character.
fn continues_variable_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

impl FromStr for JsonPath {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        Self::parse(text)
    }
}

impl Eq for JsonPath {}

impl PartialEq for JsonPath {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root && self.segments == other.segments
    }
}

impl Eq for Segment {}

impl PartialEq for Segment {
    fn eq(&self, other: &Self) -> bool {
        self.descendant == other.descendant && self.selector == other.selector
    }
}

#[cfg(test)]
mod tests;
