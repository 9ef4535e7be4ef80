use std::fmt;
use std::str::FromStr;

use super::{JsonPath, Root, Segment, Selector, SyntaxError};

/// A [Reference Path](https://states-language.net/#ref-paths): a path that names exactly one place.
///
/// Made of names and indices from the front, so that the service can write there as well as read. Any root
/// is allowed here; which roots a field allows is the field's business: `ResultPath` takes only those that
/// [start at the input](ReferencePath::is_input).
///
/// ```
/// # use asl_core::syntax::ReferencePath;
/// assert_eq!(ReferencePath::parse("$.orders[0].total")?.segments().len(), 3);
/// let error = ReferencePath::parse("$.orders[*].total").unwrap_err();
/// assert_eq!(error.to_string(), "a Reference Path names one place; `[*]` can select several");
/// assert_eq!(error.at, 8..11);
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferencePath(JsonPath);

impl ReferencePath {
    /// Reads a Reference Path.
    ///
    /// # Errors
    ///
    /// The first place where the text stops being a path, or the first segment that could lead to several
    /// places or to none that can be written.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        JsonPath::parse(text)?.try_into()
    }

    /// What the path starts from.
    #[must_use]
    pub fn root(&self) -> &Root {
        self.0.root()
    }

    /// Whether it starts at the input, `$`, and so not at `$$` or at a variable. A placeholder may.
    ///
    /// ```
    /// # use asl_core::syntax::ReferencePath;
    /// assert!(ReferencePath::parse("$.total")?.is_input());
    /// assert!(!ReferencePath::parse("$$.Execution.Id")?.is_input());
    /// assert!(!ReferencePath::parse("$total")?.is_input());
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn is_input(&self) -> bool {
        matches!(self.root(), Root::Input | Root::Placeholder(_))
    }

    /// The steps from the root, in order: names, indices and placeholders.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        self.0.segments()
    }

    /// The same path among all paths.
    #[must_use]
    pub fn as_json_path(&self) -> &JsonPath {
        &self.0
    }
}

impl TryFrom<JsonPath> for ReferencePath {
    type Error = SyntaxError;

    fn try_from(path: JsonPath) -> Result<Self, SyntaxError> {
        match path.segments().iter().find(|segment| !segment.is_reference()) {
            None => Ok(Self(path)),
            Some(segment) => Err(refusal(segment)),
        }
    }
}

fn refusal(segment: &Segment) -> SyntaxError {
    let fault = match &segment.selector {
        _ if segment.descendant => "searches at every depth",
        Selector::Index(_) => "counts from the end",
        Selector::Script(_) => "has to be computed",
        Selector::Function { .. } => "computes a value",
        _ => "can select several",
    };
    let written = segment.to_string();
    let written = if written.len() > 60 { "this segment" } else { &format!("`{written}`") };
    SyntaxError::new(segment.span.clone(), format!("a Reference Path names one place; {written} {fault}"))
        .help("use field names and indices from 0 up only, as in `$.orders[0].id`")
}

impl FromStr for ReferencePath {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        Self::parse(text)
    }
}

impl fmt::Display for ReferencePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::ReferencePath;

    #[track_caller]
    fn refused(text: &str) -> String {
        let error = ReferencePath::parse(text).unwrap_err();
        format!("`{}` {}", &text[error.at.clone()], error.message)
    }

    #[test]
    fn names_and_indices_from_the_front_are_a_reference_path_whatever_the_root() {
        for text in [
            "$",
            "$.a.b",
            "$['a b']",
            "$.a[0]",
            "$$.Map.Item.Value",
            "$order.id",
            r"$.a\[\[b",
            "$.[0]",
            "$.test-input",
            "$.${Key}",
            "${Path}",
            "$.a[${Index}]",
        ] {
            assert!(ReferencePath::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn the_error_names_the_segment_that_is_not_allowed_and_why() {
        let errors: Vec<_> = [
            "$.a[*].b",
            "$.a.*",
            "$.a..b",
            "$.a[-1]",
            "$.a[0:2]",
            "$['a','b'].c",
            "$.a[?(@.b==1)]",
            "$.a.length()",
            "$.a[(@.length-1)]",
        ]
        .map(refused)
        .into();
        insta::assert_snapshot!(errors.join("\n"), @r#"
    `[*]` a Reference Path names one place; `[*]` can select several
    `.*` a Reference Path names one place; `[*]` can select several
    `..b` a Reference Path names one place; `..b` searches at every depth
    `[-1]` a Reference Path names one place; `[-1]` counts from the end
    `[0:2]` a Reference Path names one place; `[0:2]` can select several
    `['a','b']` a Reference Path names one place; `['a', 'b']` can select several
    `[?(@.b==1)]` a Reference Path names one place; `[?(@.b == 1)]` can select several
    `.length()` a Reference Path names one place; `.length()` computes a value
    `[(@.length-1)]` a Reference Path names one place; `[(@.length-1)]` has to be computed
    "#);
    }

    #[test]
    fn a_text_that_is_no_path_has_the_error_of_a_path() {
        assert_eq!(refused("a"), "`a` expected a path, which starts with `$`, found `a`");
    }
}
