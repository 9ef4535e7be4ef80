use std::fmt;

/// A function at the end of a path: `$.items.length()`.
///
/// json-path's; the service's documentation is silent on them, users report that they work in `InputPath`
/// and in Payload Templates.
///
/// ```
/// # use asl_core::syntax::json_path::PathFunction;
/// assert_eq!(PathFunction::from_name("stddev"), Some(PathFunction::Stddev));
/// assert_eq!(PathFunction::Stddev.to_string(), "stddev");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathFunction {
    /// The least of an array's numbers.
    Min,
    /// The greatest of an array's numbers.
    Max,
    /// The mean of an array's numbers.
    Avg,
    /// The standard deviation of an array's numbers.
    Stddev,
    /// How many elements or fields there are.
    Length,
    /// Another name for [`PathFunction::Length`].
    Size,
    /// The sum of an array's numbers.
    Sum,
    /// The names of an object's fields.
    Keys,
    /// An array's strings and the arguments, joined.
    Concat,
    /// The array with the argument at its end.
    Append,
    /// The first element.
    First,
    /// The last element.
    Last,
    /// The element at the index given.
    Index,
}

impl PathFunction {
    /// All functions.
    ///
    /// ```
    /// # use asl_core::syntax::json_path::PathFunction;
    /// assert_eq!(PathFunction::ALL.len(), 13);
    /// ```
    pub const ALL: [Self; 13] = [
        Self::Min,
        Self::Max,
        Self::Avg,
        Self::Stddev,
        Self::Length,
        Self::Size,
        Self::Sum,
        Self::Keys,
        Self::Concat,
        Self::Append,
        Self::First,
        Self::Last,
        Self::Index,
    ];

    /// The function of that name, which is case-sensitive.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// The name as a path writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Avg => "avg",
            Self::Stddev => "stddev",
            Self::Length => "length",
            Self::Size => "size",
            Self::Sum => "sum",
            Self::Keys => "keys",
            Self::Concat => "concat",
            Self::Append => "append",
            Self::First => "first",
            Self::Last => "last",
            Self::Index => "index",
        }
    }
}

impl fmt::Display for PathFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
