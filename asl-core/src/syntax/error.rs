use std::ops::Range;

/// Why a string is not a sentence of its small language, and where.
///
/// ```
/// # use asl_core::syntax::SyntaxError;
/// let error = SyntaxError::new(2..3, "expected a name, found `.`").help("remove one dot");
/// assert_eq!(error.to_string(), "expected a name, found `.`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// The offending bytes of the parsed string; empty, and at its end, where something is missing.
    pub at: Range<usize>,
    /// What is wrong: lower case, no full stop, the author's words in back ticks.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl SyntaxError {
    /// An error at the given bytes.
    #[must_use]
    pub fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
