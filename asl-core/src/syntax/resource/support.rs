use super::{Integration, IntegrationKind, Pattern, optimized, services};

/// Why the service would not know an [`Integration`].
///
/// ```
/// # use asl_core::syntax::Resource;
/// let resource = Resource::parse("arn:aws:states:::dynamodb:query")?;
/// let Resource::Integration(query) = resource else { panic!("an integration") };
/// assert_eq!(query.support().unwrap_err().to_string(), "`dynamodb` has no action `query`");
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnsupportedIntegration {
    /// No optimized integration is for this service; [`services`] has those that are.
    #[error("no integration is for a service `{service}`")]
    UnknownService {
        /// The service as written.
        service: String,
    },
    /// The integration has not this action; [`actions`](super::actions) has those that it has.
    #[error("`{service}` has no action `{action}`")]
    UnknownAction {
        /// The service, which is known.
        service: String,
        /// The action as written.
        action: String,
    },
    /// The suffix is no [`Pattern`].
    #[error("`{suffix}` is no integration pattern")]
    UnknownPattern {
        /// The suffix as written, from its dot.
        suffix: String,
    },
    /// The action exists, but not with this pattern; [`OptimizedAction::patterns`](super::OptimizedAction::patterns)
    /// has those that it has.
    #[error("`{service}:{action}` does not support `{pattern}`")]
    UnsupportedPattern {
        /// The service, which is known.
        service: String,
        /// The action, which is known.
        action: String,
        /// The pattern that it lacks.
        pattern: Pattern,
    },
    /// The service after `aws-sdk:` is spelt as no service is.
    #[error("a service of the AWS SDK is spelt in lower-case letters and digits, found `{service}`")]
    MisspeltSdkService {
        /// The service as written.
        service: String,
    },
    /// The action after `aws-sdk:` is spelt as no action is.
    #[error("an action of the AWS SDK is spelt in lower camel case, found `{action}`")]
    MisspeltSdkAction {
        /// The action as written.
        action: String,
    },
}

impl Integration {
    /// Says whether the service has this integration, as far as one can tell.
    ///
    /// Optimized integrations are looked up in a [table](optimized()). For `aws-sdk:` only the spelling is checked,
    /// since AWS adds services and actions every month.
    ///
    /// # Errors
    ///
    /// When service, action or pattern is not known, the first of them.
    ///
    /// ```
    /// # use asl_core::syntax::resource::{Pattern, Resource, UnsupportedIntegration};
    /// let resource = Resource::parse("arn:aws:states:::sns:publish.sync")?;
    /// let Resource::Integration(publish) = resource else { panic!("an integration") };
    /// let Err(UnsupportedIntegration::UnsupportedPattern { pattern, .. }) = publish.support() else { panic!("no") };
    /// assert_eq!(pattern, Pattern::Sync);
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    pub fn support(&self) -> Result<(), UnsupportedIntegration> {
        let (action, suffix) = self.action().split_at(self.action().find('.').unwrap_or(self.action().len()));
        let patterns = match self.kind() {
            IntegrationKind::AwsSdk => self.sdk_patterns(action)?,
            IntegrationKind::Optimized | IntegrationKind::Http => self.optimized_patterns(action)?,
        };
        if !suffix.is_empty() {
            return Err(UnsupportedIntegration::UnknownPattern { suffix: suffix.to_owned() });
        }
        let pattern = self.pattern();
        if patterns.contains(&pattern) {
            return Ok(());
        }
        let (service, action) = (self.service().to_owned(), action.to_owned());
        Err(UnsupportedIntegration::UnsupportedPattern { service, action, pattern })
    }

    fn sdk_patterns(&self, action: &str) -> Result<&'static [Pattern], UnsupportedIntegration> {
        let service = self.service();
        if !service.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
            return Err(UnsupportedIntegration::MisspeltSdkService { service: service.to_owned() });
        }
        let is_camel = action.starts_with(|c: char| c.is_ascii_lowercase());
        if !is_camel || !action.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(UnsupportedIntegration::MisspeltSdkAction { action: action.to_owned() });
        }
        Ok(&[Pattern::RequestResponse, Pattern::WaitForTaskToken])
    }

    fn optimized_patterns(&self, action: &str) -> Result<&'static [Pattern], UnsupportedIntegration> {
        let service = self.service();
        if let Some(known) = optimized(service, action) {
            return Ok(known.patterns);
        }
        let service = service.to_owned();
        if services().any(|known| known == service) {
            return Err(UnsupportedIntegration::UnknownAction { service, action: action.to_owned() });
        }
        Err(UnsupportedIntegration::UnknownService { service })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Resource, actions};
    use super::*;

    fn support(call: &str) -> Result<(), String> {
        match Resource::parse(&format!("arn:aws:states:::{call}")).unwrap() {
            Resource::Integration(integration) => integration.support().map_err(|error| error.to_string()),
            other => panic!("{other:?} is no integration"),
        }
    }

    #[test]
    fn what_the_service_has_is_supported() {
        for call in [
            "lambda:invoke",
            "lambda:invoke.waitForTaskToken",
            "ecs:runTask.sync",
            "states:startExecution.sync:2",
            "http:invoke",
            "s3:listObjectsV2",
            "aws-sdk:s3:getObject",
            "aws-sdk:newservice2:doWhatever.waitForTaskToken",
        ] {
            assert_eq!(support(call), Ok(()), "{call}");
        }
    }

    #[test]
    fn what_it_has_not_is_told_from_left_to_right() {
        let calls = [
            "dynamo:getItem",
            "stateMachine:MyMachine",
            "dynamodb:query",
            "lambda:Invoke",
            "lambda:invoke:prod",
            "dynamodb:query.sync",
            "sqs:sendMessage.waitForTasktoken",
            "states:startExecution.sync:3",
            "ecs:runTask.sync:2",
            "sqs:sendMessage.sync",
            "http:get",
            "http:invoke.waitForTaskToken",
            "aws-sdk:S3:getObject",
            "aws-sdk:bedrock-runtime:converse",
            "aws-sdk:s3:GetObject",
            "aws-sdk:s3:getObject:x",
            "aws-sdk:glue:startJobRun.sync",
            "aws-sdk:glue:startJobRun.synch",
        ];
        let said = calls.map(|call| format!("{call}: {}", support(call).unwrap_err()));
        insta::assert_snapshot!(said.join("\n"), @r"
        dynamo:getItem: no integration is for a service `dynamo`
        stateMachine:MyMachine: no integration is for a service `stateMachine`
        dynamodb:query: `dynamodb` has no action `query`
        lambda:Invoke: `lambda` has no action `Invoke`
        lambda:invoke:prod: `lambda` has no action `invoke:prod`
        dynamodb:query.sync: `dynamodb` has no action `query`
        sqs:sendMessage.waitForTasktoken: `.waitForTasktoken` is no integration pattern
        states:startExecution.sync:3: `.sync:3` is no integration pattern
        ecs:runTask.sync:2: `ecs:runTask` does not support `.sync:2`
        sqs:sendMessage.sync: `sqs:sendMessage` does not support `.sync`
        http:get: `http` has no action `get`
        http:invoke.waitForTaskToken: `http:invoke` does not support `.waitForTaskToken`
        aws-sdk:S3:getObject: a service of the AWS SDK is spelt in lower-case letters and digits, found `S3`
        aws-sdk:bedrock-runtime:converse: a service of the AWS SDK is spelt in lower-case letters and digits, found `bedrock-runtime`
        aws-sdk:s3:GetObject: an action of the AWS SDK is spelt in lower camel case, found `GetObject`
        aws-sdk:s3:getObject:x: an action of the AWS SDK is spelt in lower camel case, found `getObject:x`
        aws-sdk:glue:startJobRun.sync: `glue:startJobRun` does not support `.sync`
        aws-sdk:glue:startJobRun.synch: `.synch` is no integration pattern
        ");
    }

    #[test]
    fn every_action_of_the_table_is_supported_with_each_of_its_patterns_and_no_other() {
        for action in services().flat_map(actions) {
            for pattern in Pattern::ALL {
                let call = format!("{}:{}{pattern}", action.service, action.name);
                assert_eq!(support(&call).is_ok(), action.patterns.contains(&pattern), "{call}");
            }
        }
    }
}
