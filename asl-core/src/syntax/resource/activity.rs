use std::fmt;
use std::ops::Range;

use super::{Arn, ArnPart, SyntaxError};
use crate::syntax::placeholder::find_outside_placeholders;

/// The ARN of an activity, as a Task's `Resource`.
///
/// The shape is `arn:<partition>:states:<region>:<account>:activity:<name>`
/// ([activities](https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html)).
///
/// ```
/// # use asl_core::syntax::Resource;
/// let resource = Resource::parse("arn:aws:states:eu-west-1:123456789012:activity:greet")?;
/// let Resource::Activity(greet) = resource else { panic!("an activity") };
/// assert_eq!(greet.name(), "greet");
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Activity {
    arn: Arn,
    name: Range<usize>,
}

impl Activity {
    pub(super) fn from_arn(arn: Arn) -> Result<Self, SyntaxError> {
        let text = arn.as_str();
        let end = text.len();
        let name = (arn.span(ArnPart::Resource).start + "activity:".len()).min(end)..end;
        if name.is_empty() {
            return Err(SyntaxError::new(name, "the activity has no name"));
        }
        if let Some(colon) = find_outside_placeholders(&text[name.clone()], ':') {
            return Err(SyntaxError::new(name.start + colon..end, "an activity ARN ends with the name"));
        }
        Ok(Self { arn, name })
    }

    /// The activity's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.arn.as_str()[self.name.clone()]
    }

    /// The whole ARN.
    #[must_use]
    pub fn arn(&self) -> &Arn {
        &self.arn
    }
}

impl fmt::Display for Activity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.arn.fmt(f)
    }
}
