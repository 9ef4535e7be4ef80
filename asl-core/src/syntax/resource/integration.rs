use std::fmt;
use std::ops::Range;

use super::{Arn, ArnPart, Pattern, SyntaxError};

/// An action of a service, as a Task's `Resource`.
///
/// The shape is `arn:<partition>:states:::[aws-sdk:]<service>:<action>` and the suffix of a [`Pattern`]
/// ([integrations](https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html)). Region and
/// account are usually empty.
///
/// ```
/// # use asl_core::syntax::resource::{IntegrationKind, Pattern, Resource};
/// let resource = Resource::parse("arn:aws:states:::aws-sdk:s3:getObject.waitForTaskToken")?;
/// let Resource::Integration(get) = resource else { panic!("an integration") };
/// assert_eq!((get.kind(), get.service(), get.action()), (IntegrationKind::AwsSdk, "s3", "getObject"));
/// assert_eq!(get.pattern(), Pattern::WaitForTaskToken);
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Integration {
    arn: Arn,
    kind: IntegrationKind,
    service: Range<usize>,
    action: Range<usize>,
    pattern: Pattern,
}

/// Who made an [`Integration`], which decides its actions, parameters and error names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntegrationKind {
    /// Made for Step Functions, with patterns of its own: see [`optimized`](super::optimized()).
    Optimized,
    /// `aws-sdk:`: any action of any service, as the AWS SDK has it.
    AwsSdk,
    /// `http:`: a call of an HTTPS endpoint.
    Http,
}

impl Integration {
    pub(super) fn from_arn(arn: Arn) -> Result<Self, SyntaxError> {
        const AWS_SDK: &str = "aws-sdk:";
        let start = arn.span(ArnPart::Resource).start;
        let (call, pattern) = Pattern::split(arn.resource());
        let (call, is_sdk) = call.strip_prefix(AWS_SDK).map_or((call, false), |call| (call, true));
        let start = if is_sdk { start + AWS_SDK.len() } else { start };
        let end = start + call.len();
        let Some((service, action)) = call.split_once(':') else {
            let error = SyntaxError::new(end..end, format!("`{call}` is not of the form `service:action`"));
            return Err(error.help("write `arn:aws:states:::<service>:<action>`, with three colons"));
        };
        let service = start..start + service.len();
        let action = end - action.len()..end;
        for (part, at) in [("service", &service), ("action", &action)] {
            if at.is_empty() {
                return Err(SyntaxError::new(at.clone(), format!("the {part} is empty")));
            }
        }
        let kind = match &arn.as_str()[service.clone()] {
            _ if is_sdk => IntegrationKind::AwsSdk,
            "http" => IntegrationKind::Http,
            _ => IntegrationKind::Optimized,
        };
        Ok(Self { arn, kind, service, action, pattern })
    }

    /// Who made the integration.
    #[must_use]
    pub fn kind(&self) -> IntegrationKind {
        self.kind
    }

    /// The service, without `aws-sdk:`.
    #[must_use]
    pub fn service(&self) -> &str {
        &self.arn.as_str()[self.service.clone()]
    }

    /// The bytes of [`service`](Self::service).
    #[must_use]
    pub fn service_span(&self) -> Range<usize> {
        self.service.clone()
    }

    /// The action, without the suffix of a pattern; a suffix that is none is still in it.
    ///
    /// ```
    /// # use asl_core::syntax::Resource;
    /// let resource = Resource::parse("arn:aws:states:::sqs:sendMessage.wait")?;
    /// let Resource::Integration(send) = resource else { panic!("an integration") };
    /// assert_eq!(send.action(), "sendMessage.wait");
    /// assert!(send.support().is_err());
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn action(&self) -> &str {
        &self.arn.as_str()[self.action.clone()]
    }

    /// The bytes of [`action`](Self::action).
    #[must_use]
    pub fn action_span(&self) -> Range<usize> {
        self.action.clone()
    }

    /// How the state waits.
    #[must_use]
    pub fn pattern(&self) -> Pattern {
        self.pattern
    }

    /// The bytes of the pattern's suffix; empty for [`Pattern::RequestResponse`].
    #[must_use]
    pub fn pattern_span(&self) -> Range<usize> {
        self.action.end..self.arn.as_str().len()
    }

    /// The whole ARN.
    #[must_use]
    pub fn arn(&self) -> &Arn {
        &self.arn
    }
}

impl fmt::Display for Integration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.arn.fmt(f)
    }
}
