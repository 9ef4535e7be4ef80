/// Why a part of a machine cannot be made ready to be evaluated.
///
/// A validated machine gives it for what the validator lets pass: a `${Placeholder}` that deployment has yet to
/// fill in, a regular expression that the engine cannot run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` cannot be evaluated: {reason}")]
pub(crate) struct Unprepared {
    /// The part as the definition says it.
    pub(crate) text: String,
    /// What is wrong with it: lower case, no full stop.
    pub(crate) reason: String,
}

impl Unprepared {
    pub(crate) fn new(text: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { text: text.into(), reason: reason.into() }
    }

    /// Of a text that waits for deployment.
    pub(crate) fn placeholder(text: impl Into<String>) -> Self {
        Self::new(text, "deployment has yet to fill in its placeholder")
    }
}
