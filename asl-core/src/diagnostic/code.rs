use std::fmt;

/// The code of a rule, for life: `ASL0301`.
///
/// `00xx` text, `01xx` shape, `02xx` names, `03xx` flow, `04xx` data, `05xx` errors and retries,
/// `06xx` tasks and services, `07xx` Map, `08xx` Express, `09xx` advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// A code with this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self(text)
    }

    /// The text of the code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// AWS refuses the definition, or it must fail when it runs.
    Error,
    /// AWS takes the definition; it is likely not what was meant.
    Warning,
    /// AWS takes the definition, and it may be what was meant; there is a better way. Given only when asked for.
    Advice,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        })
    }
}
