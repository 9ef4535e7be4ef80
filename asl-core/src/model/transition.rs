/// Where a state goes when it is done: the one value behind `Next` and `End`.
///
/// See [Transitions](https://states-language.net/#transition).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// `"Next": "Name"`.
    Next(String),
    /// `"End": true`.
    End,
    /// What a file may say instead: neither, both, or `"End": false`. Builders never make it.
    Irregular {
        /// `Next`, if it is there.
        next: Option<String>,
        /// `End`, if it is there.
        end: Option<bool>,
    },
}

impl Transition {
    /// The name of the state that follows, if one is named.
    #[must_use]
    pub fn next(&self) -> Option<&str> {
        match self {
            Self::Next(name) => Some(name),
            Self::End => None,
            Self::Irregular { next, .. } => next.as_deref(),
        }
    }

    /// Whether the state ends its scope.
    #[must_use]
    pub fn is_end(&self) -> bool {
        matches!(self, Self::End | Self::Irregular { end: Some(true), .. })
    }
}
