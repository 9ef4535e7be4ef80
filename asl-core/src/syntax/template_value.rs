use std::fmt;
use std::str::FromStr;

use super::excerpt::excerpt;
use super::{Intrinsic, JsonPath, SyntaxError, is_variable_name};

/// The value of a field whose name ends in `.$`, in a
/// [Payload Template](https://states-language.net/#payload-template).
///
/// ```
/// # use asl_core::syntax::TemplateValue;
/// assert!(matches!(TemplateValue::parse("$.user")?, TemplateValue::Path(_)));
/// assert!(matches!(TemplateValue::parse("States.UUID()")?, TemplateValue::Intrinsic(_)));
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateValue {
    /// `$.user`, `$$.Execution.Id`, `$total`.
    Path(JsonPath),
    /// `States.Format('Hello {}', $.user)`.
    Intrinsic(Intrinsic),
}

impl TemplateValue {
    /// Reads a path or a call.
    ///
    /// # Errors
    ///
    /// What is wrong with the path or with the call, or that the text is neither.
    ///
    /// ```
    /// # use asl_core::syntax::TemplateValue;
    /// let error = TemplateValue::parse("user").unwrap_err();
    /// assert!(error.to_string().ends_with("found `user`"));
    /// assert_eq!(error.help.as_deref(), Some("write `$.user` for the field, or remove `.$` from the key for the text"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        if text.starts_with('$') {
            JsonPath::parse(text).map(Self::Path)
        } else if looks_like_call(text) {
            Intrinsic::parse(text).map(Self::Intrinsic)
        } else {
            Err(neither(text))
        }
    }
}

/// Whether the author meant a call, so that what is wrong with it is what to tell.
fn looks_like_call(text: &str) -> bool {
    let name = text.find(|letter: char| !letter.is_ascii_alphanumeric() && !matches!(letter, '.' | '_'));
    text.starts_with("States.") || name.is_some_and(|end| end > 0 && text[end..].starts_with('('))
}

fn neither(text: &str) -> SyntaxError {
    let shown = excerpt(text);
    let found = if text.is_empty() { "an empty string".into() } else { format!("`{shown}`") };
    let error = SyntaxError::new(
        0..text.len(),
        format!(
            "expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic \
             function call (`States.Format(…)`), found {found}"
        ),
    );
    let trimmed = text.trim_start();
    if trimmed.len() < text.len() && (trimmed.starts_with('$') || looks_like_call(trimmed)) {
        error.help("remove the space in front")
    } else if is_variable_name(text) {
        error.help(format!("write `$.{shown}` for the field, or remove `.$` from the key for the text"))
    } else {
        error.help("remove `.$` from the key if the value is meant as it stands")
    }
}

impl FromStr for TemplateValue {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        Self::parse(text)
    }
}

impl fmt::Display for TemplateValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Intrinsic(call) => call.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::TemplateValue;

    #[track_caller]
    fn refused(text: &str) -> String {
        let error = TemplateValue::parse(text).unwrap_err();
        format!("{:?}: {}\n  {}", error.at, error.message, error.help.unwrap_or_default())
    }

    #[test]
    fn a_path_with_any_root_and_a_call_are_template_values() {
        for text in ["$", "$.a", "$$.Task.Token", "$total", "States.UUID()", "${Path}"] {
            assert_eq!(TemplateValue::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_text_that_is_neither_is_told_what_would_be() {
        let errors =
            ["", "foo", "something else", " $.a", "  States.UUID()", "23", "States\nUUID()"].map(refused);
        insta::assert_snapshot!(errors.join("\n"), @r#"
    0..0: expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic function call (`States.Format(…)`), found an empty string
      remove `.$` from the key if the value is meant as it stands
    0..3: expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic function call (`States.Format(…)`), found `foo`
      write `$.foo` for the field, or remove `.$` from the key for the text
    0..14: expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic function call (`States.Format(…)`), found `something else`
      remove `.$` from the key if the value is meant as it stands
    0..4: expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic function call (`States.Format(…)`), found ` $.a`
      remove the space in front
    0..15: expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic function call (`States.Format(…)`), found `  States.UUID()`
      remove the space in front
    0..2: expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic function call (`States.Format(…)`), found `23`
      remove `.$` from the key if the value is meant as it stands
    0..13: expected a path (`$.a`), a context path (`$$.a`), a variable (`$name`) or an intrinsic function call (`States.Format(…)`), found `States\nUUID()`
      remove `.$` from the key if the value is meant as it stands
    "#);
    }

    #[test]
    fn a_text_that_begins_like_a_path_or_a_call_has_the_error_of_one() {
        let errors = ["$.", "States. ", "States.Uuid()", "JsonToString($)"].map(refused);
        insta::assert_snapshot!(errors.join("\n"), @r#"
    2..2: expected a field name after `.`, found the end of the path
      
    0..7: there is no intrinsic function `States.`
      
    0..11: there is no intrinsic function `States.Uuid`
      did you mean `States.UUID`?
    0..12: there is no intrinsic function `JsonToString`
      did you mean `States.JsonToString`?
    "#);
    }
}
