use std::borrow::Cow;
use std::fmt;

/// Where a finding is: a JSON Pointer (RFC 6901), `/States/Charge/Retry/0/ErrorEquals`.
///
/// ```
/// use asl_core::diagnostic::Pointer;
/// let at = Pointer::root().field("States").field("a/b").index(0);
/// assert_eq!(at.as_str(), "/States/a~1b/0");
/// assert_eq!(at.segments().collect::<Vec<_>>(), ["States", "a/b", "0"]);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// A pointer from its text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The field of this name below.
    #[must_use]
    pub fn field(mut self, name: &str) -> Self {
        self.0.push('/');
        self.0.push_str(&escape(name));
        self
    }

    /// The element of this index below.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Another pointer below this one.
    #[must_use]
    pub fn join(mut self, below: &str) -> Self {
        self.0.push_str(below);
        self
    }

    /// The text; empty for the whole document.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The unescaped steps from the document to the place.
    pub fn segments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|segment| {
            if segment.contains('~') {
                Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
            } else {
                Cow::Borrowed(segment)
            }
        })
    }

    /// The place that holds this one; `None` for the document.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }
}

/// A name as it stands in a JSON Pointer: `~` and `/` escaped.
#[must_use]
pub fn escape(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "/" } else { &self.0 })
    }
}
