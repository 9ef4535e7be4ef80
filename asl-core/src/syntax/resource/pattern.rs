use std::fmt;

/// How a Task waits for the service that it calls.
///
/// The shape is a suffix of the resource
/// ([patterns](https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html)).
///
/// ```
/// # use asl_core::syntax::resource::Pattern;
/// assert_eq!(Pattern::WaitForTaskToken.suffix(), ".waitForTaskToken");
/// assert_eq!(Pattern::Sync2.to_string(), ".sync:2");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// The state ends with the service's response. No suffix; the only one that Express workflows have.
    RequestResponse,
    /// `.sync`: the state ends with the job that it started.
    Sync,
    /// `.sync:2`: as `.sync`, with the output of the started execution as JSON, not as text.
    Sync2,
    /// `.waitForTaskToken`: the state ends when someone returns its task token.
    WaitForTaskToken,
}

impl Pattern {
    /// Every pattern, the one without a suffix first.
    pub const ALL: [Self; 4] = [Self::RequestResponse, Self::Sync, Self::Sync2, Self::WaitForTaskToken];

    /// What a resource ends with; empty for [`Pattern::RequestResponse`].
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::RequestResponse => "",
            Self::Sync => ".sync",
            Self::Sync2 => ".sync:2",
            Self::WaitForTaskToken => ".waitForTaskToken",
        }
    }

    /// Splits a resource, or its end, before the suffix.
    pub(super) fn split(text: &str) -> (&str, Self) {
        [Self::Sync, Self::Sync2, Self::WaitForTaskToken]
            .into_iter()
            .find_map(|pattern| Some((text.strip_suffix(pattern.suffix())?, pattern)))
            .unwrap_or((text, Self::RequestResponse))
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.suffix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_suffix_is_split_off() {
        for pattern in Pattern::ALL {
            assert_eq!(Pattern::split(&format!("sqs:send{pattern}")), ("sqs:send", pattern));
        }
    }

    #[test]
    fn another_suffix_is_not() {
        for text in ["a.Sync", "a.sync:3", "a.waitForTasktoken", "a.sync.", "sync"] {
            assert_eq!(Pattern::split(text), (text, Pattern::RequestResponse));
        }
    }
}
