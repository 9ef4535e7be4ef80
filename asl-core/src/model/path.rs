use std::fmt;

use crate::syntax::{JsonPath, ReferencePath, SyntaxError};

/// A path as it was written: `$.user.plan`, `$$.Execution.Id`, `$variable.field`.
///
/// Any text is held, since a file may say anything; [`Path::parse`] tells whether it is a path.
/// See [Paths](https://states-language.net/#path).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path(String);

impl Path {
    /// A path with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path as a syntax tree.
    ///
    /// # Errors
    ///
    /// If the text is not a path of the service's dialect.
    pub fn parse(&self) -> Result<JsonPath, SyntaxError> {
        JsonPath::parse(&self.0)
    }

    /// The path as one that can select only one node.
    ///
    /// # Errors
    ///
    /// If the text is not a Reference Path.
    pub fn parse_reference(&self) -> Result<ReferencePath, SyntaxError> {
        ReferencePath::parse(&self.0)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Path {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Path {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// The value of `InputPath`, `OutputPath` and `ResultPath`, where `null` has a meaning of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathOrNull {
    /// A path.
    Path(Path),
    /// JSON `null`: the empty object for `InputPath` and `OutputPath`, "discard the result" for `ResultPath`.
    Null,
}

impl PathOrNull {
    /// The path, unless it is `null`.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Path(path) => Some(path),
            Self::Null => None,
        }
    }
}

impl<T: Into<Path>> From<T> for PathOrNull {
    fn from(path: T) -> Self {
        Self::Path(path.into())
    }
}
