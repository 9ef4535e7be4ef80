use std::fmt;
use std::ops::Range;

use super::{Arn, ArnPart, SyntaxError, contains_placeholder};
use crate::syntax::placeholder::find_outside_placeholders;

/// The ARN of a Lambda function, as a Task's `Resource`.
///
/// The shape is `arn:<partition>:lambda:<region>:<account>:function:<name>[:<version or alias>]`
/// ([Lambda](https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html)).
///
/// ```
/// # use asl_core::syntax::Resource;
/// let resource = Resource::parse("arn:aws:lambda:eu-west-1:123456789012:function:Hello:live")?;
/// let Resource::LambdaFunction(hello) = resource else { panic!("a function") };
/// assert_eq!((hello.name(), hello.qualifier()), ("Hello", Some("live")));
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LambdaFunction {
    arn: Arn,
    name: Range<usize>,
    qualifier: Option<Range<usize>>,
}

impl LambdaFunction {
    pub(super) fn from_arn(arn: Arn) -> Result<Self, SyntaxError> {
        let text = arn.as_str();
        let end = text.len();
        let start = (arn.span(ArnPart::Resource).start + "function:".len()).min(end);
        let colon = find_outside_placeholders(&text[start..], ':').map(|length| start + length);
        let name = start..colon.unwrap_or(end);
        if name.is_empty() {
            return Err(SyntaxError::new(name, "the function has no name"));
        }
        let qualifier = colon.map(|colon| colon + 1..end);
        if let Some(at) = &qualifier {
            check_qualifier(&text[at.clone()], at)?;
        }
        Ok(Self { arn, name, qualifier })
    }

    /// The function's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.arn.as_str()[self.name.clone()]
    }

    /// The version, as `7` or `$LATEST`, or the alias.
    #[must_use]
    pub fn qualifier(&self) -> Option<&str> {
        self.qualifier.clone().map(|at| &self.arn.as_str()[at])
    }

    /// The whole ARN.
    #[must_use]
    pub fn arn(&self) -> &Arn {
        &self.arn
    }
}

impl fmt::Display for LambdaFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.arn.fmt(f)
    }
}

fn check_qualifier(qualifier: &str, at: &Range<usize>) -> Result<(), SyntaxError> {
    if qualifier.is_empty() {
        return Err(SyntaxError::new(at.clone(), "no version or alias after `:`").help("remove the last `:`"));
    }
    let is_word = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if is_word(qualifier) || qualifier.starts_with("$LATEST") || contains_placeholder(qualifier) {
        return Ok(());
    }
    let error = SyntaxError::new(at.clone(), format!("`{qualifier}` is no version or alias of a function"));
    Err(error.help("write `$LATEST`, a number, or a name of letters, digits, `-` and `_`"))
}
