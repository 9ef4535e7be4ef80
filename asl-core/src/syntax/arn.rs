//! Amazon Resource Names.

use std::fmt;
use std::ops::Range;

use super::SyntaxError;
use super::placeholder::find_outside_placeholders;

/// An Amazon Resource Name, the way the cloud names everything it holds.
///
/// The shape is `arn:partition:service:region:account:resource`, and the resource may have colons of its own
/// ([ARNs](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)). Each part may hold
/// [placeholders](super::Placeholder), whose colons do not count.
///
/// Only the shape is checked: examples say `REGION` and `<PARTITION>`, and new partitions appear.
///
/// ```
/// # use asl_core::syntax::{Arn, ArnPart};
/// let arn = Arn::parse("arn:aws:sns:${AWS::Region}:123456789012:alerts")?;
/// assert_eq!((arn.service(), arn.region(), arn.resource()), ("sns", "${AWS::Region}", "alerts"));
/// assert_eq!(arn.span(ArnPart::Service), 8..11);
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Arn {
    text: String,
    /// Where the five parts before the resource end.
    colons: [usize; 5],
}

/// A part of an [`Arn`], in the order of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArnPart {
    /// The group of regions: `aws`, `aws-cn`, `aws-us-gov`, …
    Partition,
    /// The service's name space: `lambda`, `states`, …
    Service,
    /// The region; empty where the service has none.
    Region,
    /// The account; empty where the service has none.
    Account,
    /// What the service calls the thing; never empty.
    Resource,
}

impl ArnPart {
    const ALL: [Self; 5] = [Self::Partition, Self::Service, Self::Region, Self::Account, Self::Resource];

    fn name(self) -> &'static str {
        match self {
            Self::Partition => "partition",
            Self::Service => "service",
            Self::Region => "region",
            Self::Account => "account",
            Self::Resource => "resource",
        }
    }
}

impl Arn {
    /// Parses an ARN.
    ///
    /// # Errors
    ///
    /// When `arn:` or one of the five parts is missing, when partition or resource is empty, and when there is white
    /// space in it.
    ///
    /// ```
    /// # use asl_core::syntax::Arn;
    /// let error = Arn::parse("arn:aws:states:lambda:invoke").unwrap_err();
    /// assert_eq!((error.at, error.message.as_str()), (28..28, "an ARN ends with its resource, this one with its account"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        if let Some((at, space)) = text.char_indices().find(|(_, c)| c.is_whitespace() || c.is_control()) {
            return Err(SyntaxError::new(at..at + space.len_utf8(), "an ARN has no white space"));
        }
        let Some(rest) = text.strip_prefix("arn:") else {
            return Err(SyntaxError::new(0..prefix_len(text), "an ARN begins with `arn:`"));
        };
        let mut colons = [0; 5];
        colons[0] = text.len() - rest.len() - 1;
        for (index, part) in ArnPart::ALL[..4].iter().enumerate() {
            let start = colons[index] + 1;
            let Some(length) = find_outside_placeholders(&text[start..], ':') else {
                let message = format!("an ARN ends with its resource, this one with its {}", part.name());
                let error = SyntaxError::new(text.len()..text.len(), message);
                return Err(error.help("write `arn:partition:service:region:account:resource`"));
            };
            colons[index + 1] = start + length;
        }
        let arn = Self { text: text.to_owned(), colons };
        // An empty service is let through: a published example of AWS has it, and no recording refuses one.
        for part in [ArnPart::Partition, ArnPart::Resource] {
            if arn.part(part).is_empty() {
                return Err(SyntaxError::new(arn.span(part), format!("the {} is empty", part.name())));
            }
        }
        Ok(arn)
    }

    /// The text of one part.
    #[must_use]
    pub fn part(&self, part: ArnPart) -> &str {
        &self.text[self.span(part)]
    }

    /// The bytes of one part.
    #[must_use]
    pub fn span(&self, part: ArnPart) -> Range<usize> {
        let index = part as usize;
        let end = self.colons.get(index + 1).copied().unwrap_or(self.text.len());
        self.colons[index] + 1..end
    }

    /// The [partition](ArnPart::Partition).
    #[must_use]
    pub fn partition(&self) -> &str {
        self.part(ArnPart::Partition)
    }

    /// The [service](ArnPart::Service).
    #[must_use]
    pub fn service(&self) -> &str {
        self.part(ArnPart::Service)
    }

    /// The [region](ArnPart::Region).
    #[must_use]
    pub fn region(&self) -> &str {
        self.part(ArnPart::Region)
    }

    /// The [account](ArnPart::Account).
    #[must_use]
    pub fn account(&self) -> &str {
        self.part(ArnPart::Account)
    }

    /// The [resource](ArnPart::Resource), with its colons.
    #[must_use]
    pub fn resource(&self) -> &str {
        self.part(ArnPart::Resource)
    }

    /// The whole ARN as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// How much of the text stands where `arn` belongs.
fn prefix_len(text: &str) -> usize {
    find_outside_placeholders(text, ':').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_arn_has_five_parts() {
        for (text, parts) in [
            (
                "arn:aws:lambda:eu-west-1:42:function:f:1",
                ["aws", "lambda", "eu-west-1", "42", "function:f:1"],
            ),
            ("arn:aws:states:::lambda:invoke", ["aws", "states", "", "", "lambda:invoke"]),
            ("arn:<P>:s3:::${Bucket}", ["<P>", "s3", "", "", "${Bucket}"]),
            ("arn:${AWS::Partition}:a:${R::r}::b", ["${AWS::Partition}", "a", "${R::r}", "", "b"]),
            ("arn:aws::lambda:r:function:f", ["aws", "", "lambda", "r", "function:f"]),
        ] {
            let arn = Arn::parse(text).unwrap();
            assert_eq!(ArnPart::ALL.map(|part| arn.part(part)), parts, "{text}");
            let accessors = [arn.partition(), arn.service(), arn.region(), arn.account(), arn.resource()];
            assert_eq!(accessors, parts, "{text}");
        }
    }

    #[test]
    fn a_refusal_points_at_the_part_that_is_wrong() {
        let texts = [
            "InvalidArn",
            "",
            "urn:aws:states:::lambda:invoke",
            "arn",
            "arn:",
            "arn:aws",
            "arn:aws:lambda:...",
            "arn:aws:states:::",
            "arn::states:::lambda:invoke",
            "arn:aws:lambda:eu-west-1: 42:function:f",
            "arn:${AWS::Partition}:lambda:r",
        ];
        let refusal = |text| {
            let error = Arn::parse(text).unwrap_err();
            format!("{text}\n{}{} {error}", " ".repeat(error.at.start), "^".repeat(error.at.len().max(1)))
        };
        insta::assert_snapshot!(texts.map(refusal).join("\n"), @r"
        InvalidArn
        ^^^^^^^^^^ an ARN begins with `arn:`

        ^ an ARN begins with `arn:`
        urn:aws:states:::lambda:invoke
        ^^^ an ARN begins with `arn:`
        arn
        ^^^ an ARN begins with `arn:`
        arn:
            ^ an ARN ends with its resource, this one with its partition
        arn:aws
               ^ an ARN ends with its resource, this one with its partition
        arn:aws:lambda:...
                          ^ an ARN ends with its resource, this one with its region
        arn:aws:states:::
                         ^ the resource is empty
        arn::states:::lambda:invoke
            ^ the partition is empty
        arn:aws:lambda:eu-west-1: 42:function:f
                                 ^ an ARN has no white space
        arn:${AWS::Partition}:lambda:r
                                      ^ an ARN ends with its resource, this one with its region
        ");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_an_arn_prints_as_it_was_written(text in "(arn:)?([a-z]|:|[$][{]a:b[}]|é|.){0,24}") {
            match Arn::parse(&text) {
                Ok(arn) => prop_assert_eq!(arn.to_string(), text),
                Err(error) => prop_assert!(text.get(error.at).is_some()),
            }
        }
    }
}
