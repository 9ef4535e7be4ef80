use std::fmt;

/// A JSONata expression as it stands in JSON, delimiters included: `{% $states.input.total > 100 %}`.
///
/// See [JSONata in the specification](https://states-language.net/#jsonata).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Jsonata(String);

impl Jsonata {
    /// An expression from its code, with or without the delimiters.
    ///
    /// ```
    /// use asl_core::model::Jsonata;
    /// assert_eq!(Jsonata::new("$states.input.n + 1").as_str(), "{% $states.input.n + 1 %}");
    /// assert_eq!(Jsonata::new("{% $x %}").as_str(), "{% $x %}");
    /// ```
    pub fn new(code: impl Into<String>) -> Self {
        let code = code.into();
        if code.starts_with("{%") && code.ends_with("%}") {
            Self(code)
        } else {
            Self(format!("{{% {code} %}}"))
        }
    }

    /// An expression exactly as a file has it; the delimiters may be incomplete.
    pub(crate) fn as_written(text: String) -> Self {
        Self(text)
    }

    /// The text with its delimiters, as it stands in JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code between the delimiters, without the white space around it.
    #[must_use]
    pub fn code(&self) -> &str {
        let code = self.0.strip_prefix("{%").unwrap_or(&self.0);
        code.strip_suffix("%}").unwrap_or(code).trim()
    }

    /// Whether the service would take this string of a JSONata state for an expression, well delimited or not.
    pub(crate) fn is_meant(text: &str) -> bool {
        text.starts_with("{%") || text.ends_with("%}")
    }
}

impl fmt::Display for Jsonata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
