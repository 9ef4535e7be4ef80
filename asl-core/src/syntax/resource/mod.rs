//! The `Resource` of a Task: what the state calls, and how it waits for it.
//!
//! Two questions are kept apart. [`Resource::parse`] asks whether a string is shaped like a resource; whether the
//! service knows the integration, which changes every few months, is for [`Integration::support`].

mod integration;
mod pattern;
mod optimized;
mod catalogue;
mod support;
mod lambda_function;
mod activity;

pub use activity::Activity;
pub use integration::{Integration, IntegrationKind};
pub use lambda_function::LambdaFunction;
pub use optimized::{OptimizedAction, UsedIn, actions, optimized, services};
pub use pattern::Pattern;
pub use support::UnsupportedIntegration;

use std::fmt;

use super::{Arn, ArnPart, SyntaxError, contains_placeholder};

/// The `Resource` of a Task state, or of a Map state's `ItemReader` and `ResultWriter`.
///
/// | form | shape |
/// | --- | --- |
/// | Lambda function | `arn:<partition>:lambda:<region>:<account>:function:<name>[:<version or alias>]` |
/// | activity | `arn:<partition>:states:<region>:<account>:activity:<name>` |
/// | integration | `arn:<partition>:states:::[aws-sdk:]<service>:<action>[.sync, .sync:2, .waitForTaskToken]` |
///
/// See [Task](https://states-language.net/#task-state) and [integrating
/// services](https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html).
///
/// ```
/// # use asl_core::syntax::resource::{Pattern, Resource};
/// let resource = Resource::parse("arn:${AWS::Partition}:states:::sqs:sendMessage.waitForTaskToken")?;
/// assert_eq!(resource.service_pattern(), Some(Pattern::WaitForTaskToken));
/// let Resource::Integration(send) = resource else { panic!("an integration") };
/// assert_eq!((send.service(), send.action()), ("sqs", "sendMessage"));
/// assert_eq!(send.support(), Ok(()));
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resource {
    /// A Lambda function, called with the state's input and answering with its result.
    LambdaFunction(LambdaFunction),
    /// An activity: a worker that asks for work.
    Activity(Activity),
    /// An action of a service.
    Integration(Integration),
    /// An ARN of which neither specification nor service says what a Task would do with it.
    Other(Arn),
    /// A URI that is no ARN: the States Language allows any, the service only ARNs.
    Uri(String),
    /// A string with deploy-time substitutions that leave the form open.
    Placeholder(String),
}

impl Resource {
    /// Parses a `Resource`.
    ///
    /// A string with placeholders is never refused: if the text around them tells the form it is that form, else it
    /// is [`Resource::Placeholder`].
    ///
    /// # Errors
    ///
    /// When the string is neither an ARN nor another URI, at the part that is wrong; also when an ARN begins as a
    /// Lambda function, an activity or an integration and lacks the name, or has an impossible qualifier.
    ///
    /// ```
    /// # use asl_core::syntax::Resource;
    /// let error = Resource::parse("states:::lambda:invoke").unwrap_err();
    /// assert_eq!(error.message, "`states:::lambda:invoke` is not a resource ARN");
    /// assert_eq!(error.help.as_deref(), Some("put `arn:aws:` in front"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let is_open = contains_placeholder(text) || is_template(text);
        match typed(text) {
            Ok(Some(resource)) => Ok(resource),
            Ok(None) | Err(_) if is_open => Ok(Self::Placeholder(text.to_owned())),
            Ok(None) => Ok(Self::Uri(text.to_owned())),
            Err(error) => Err(error),
        }
    }

    /// How the state waits for the service: given for every integration, and for a placeholder whose constant end
    /// tells it; `None` for all else.
    ///
    /// ```
    /// # use asl_core::syntax::resource::{Pattern, Resource};
    /// assert_eq!(Resource::parse("${Action}.sync")?.service_pattern(), Some(Pattern::Sync));
    /// assert_eq!(Resource::parse("${Action}")?.service_pattern(), None);
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn service_pattern(&self) -> Option<Pattern> {
        match self {
            Self::Integration(integration) => Some(integration.pattern()),
            Self::Placeholder(text) => match Pattern::split(text).1 {
                // Without a suffix the last placeholder may still bring one.
                Pattern::RequestResponse => None,
                pattern => Some(pattern),
            },
            Self::LambdaFunction(_) | Self::Activity(_) | Self::Other(_) | Self::Uri(_) => None,
        }
    }

    /// Whether the state calls a Lambda function through an integration made for it, so that Lambda's own errors are
    /// called `Lambda.…`: by the function's ARN, or with `lambda:invoke`.
    ///
    /// ```
    /// # use asl_core::syntax::resource::Resource;
    /// assert!(Resource::parse("arn:aws:states:::lambda:invoke.waitForTaskToken")?.calls_lambda());
    /// assert!(!Resource::parse("arn:aws:states:::aws-sdk:lambda:listFunctions")?.calls_lambda());
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn calls_lambda(&self) -> bool {
        match self {
            Self::LambdaFunction(_) => true,
            Self::Integration(integration) => {
                integration.kind() == IntegrationKind::Optimized
                    && (integration.service(), integration.action()) == ("lambda", "invoke")
            }
            Self::Activity(_) | Self::Other(_) | Self::Uri(_) | Self::Placeholder(_) => false,
        }
    }

    /// The resource as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::LambdaFunction(function) => function.arn().as_str(),
            Self::Activity(activity) => activity.arn().as_str(),
            Self::Integration(integration) => integration.arn().as_str(),
            Self::Other(arn) => arn.as_str(),
            Self::Uri(text) | Self::Placeholder(text) => text,
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The form that the constant text tells, if it tells one.
fn typed(text: &str) -> Result<Option<Resource>, SyntaxError> {
    if !text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("arn:")) {
        return if is_uri(text) && missing_prefix(text).is_none() { Ok(None) } else { Err(not_an_arn(text)) };
    }
    let arn = Arn::parse(text)?;
    let first = arn.resource().split(':').next();
    match (arn.service(), first) {
        ("lambda", Some("function")) => LambdaFunction::from_arn(arn).map(Resource::LambdaFunction).map(Some),
        ("states", Some("activity")) => Activity::from_arn(arn).map(Resource::Activity).map(Some),
        // A substitution may bring colons, `aws-sdk:` or a suffix.
        ("states", _) if contains_placeholder(arn.resource()) => Ok(None),
        ("states", _) => Integration::from_arn(arn).map(Resource::Integration).map(Some),
        (_, _) if contains_placeholder(text) => Ok(None),
        (_, _) => Ok(Some(Resource::Other(arn))),
    }
}

fn not_an_arn(text: &str) -> SyntaxError {
    if text.is_empty() {
        return SyntaxError::new(0..0, "the resource is empty");
    }
    let error = SyntaxError::new(0..text.len(), format!("`{text}` is not a resource ARN"));
    match missing_prefix(text) {
        Some(prefix) => error.help(format!("put `{prefix}` in front")),
        None => error.help("name a Lambda function, an activity, or `arn:aws:states:::<service>:<action>`"),
    }
}

/// What an ARN lacks that was written without its beginning, and so reads like a URI.
fn missing_prefix(text: &str) -> Option<&'static str> {
    let (scheme, rest) = text.split_once(':')?;
    match scheme {
        "aws" | "aws-cn" | "aws-us-gov" => Some("arn:"),
        "states" => Some("arn:aws:"),
        "lambda" if rest.contains(":function:") => Some("arn:aws:"),
        "aws-sdk" => Some("arn:aws:states:::"),
        service => optimized(service, Pattern::split(rest).0).map(|_| "arn:aws:states:::"),
    }
}

/// Whether the text is a URI: a scheme, a colon, and something without white space.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
        && !rest.is_empty()
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Whether the text is one `{{…}}`: a dynamic reference of CloudFormation, or another tool's substitution.
fn is_template(text: &str) -> bool {
    text.strip_prefix("{{")
        .and_then(|rest| rest.strip_suffix("}}"))
        .is_some_and(|name| !name.is_empty() && !name.contains(['{', '}']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(text: &str) -> &'static str {
        match Resource::parse(text).unwrap() {
            Resource::LambdaFunction(_) => "function",
            Resource::Activity(_) => "activity",
            Resource::Integration(_) => "integration",
            Resource::Other(_) => "other",
            Resource::Uri(_) => "uri",
            Resource::Placeholder(_) => "placeholder",
        }
    }

    #[test]
    fn the_text_tells_the_form() {
        for (text, expected) in [
            ("arn:aws:lambda:us-east-1:123456789012:function:Hello", "function"),
            ("arn:aws:lambda:REGION:ACCOUNT_ID:function:Hello:$LATEST", "function"),
            ("arn:aws:states:us-east-1:123456789012:activity:greet", "activity"),
            ("arn:aws:states:::activity:greet", "activity"),
            ("arn:aws:states:::sqs:sendMessage", "integration"),
            ("arn:<PARTITION>:states:::sqs:sendMessage", "integration"),
            ("arn:aws:states:us-east-1:123456789012:aws-sdk:s3:getObject", "integration"),
            ("arn:aws:swf:us-east-1:123456789012:task:X", "other"),
            ("module:hello", "uri"),
            ("https://example.com/worker", "uri"),
        ] {
            assert_eq!(form(text), expected, "{text}");
        }
    }

    #[test]
    fn the_text_around_placeholders_tells_the_form_or_leaves_it_open() {
        for (text, expected) in [
            ("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:f", "function"),
            ("arn:aws:lambda:::function:${Name}:${Alias}", "function"),
            ("arn:aws:states:${Region}:${Account}:activity:${Name}", "activity"),
            (
                "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:athena:getQueryResults",
                "integration",
            ),
            ("${FunctionArn}", "placeholder"),
            ("${Evalda.Arn}randomString", "placeholder"),
            ("arn:aws:states:::${Service}:${Action}", "placeholder"),
            ("arn:aws:states:::lambda:invoke${Suffix}", "placeholder"),
            ("arn:aws:${Service}:us-east-1:42:function:f", "placeholder"),
            ("arn:aws:lambda:${RegionAndAccount}:function:f", "placeholder"),
            ("not an ARN, ${but} who knows", "placeholder"),
            ("{{resolve:ssm:/worker/arn}}", "placeholder"),
        ] {
            assert_eq!(form(text), expected, "{text}");
        }
    }

    #[test]
    fn the_pattern_is_known_where_the_text_tells_it() {
        for (text, pattern) in [
            ("arn:aws:states:::lambda:invoke", Some(Pattern::RequestResponse)),
            ("arn:aws:states:::${Service}:call.waitForTaskToken", Some(Pattern::WaitForTaskToken)),
            ("${Start}.sync:2", Some(Pattern::Sync2)),
            ("${Start.sync}", None),
            ("arn:aws:lambda:r:1:function:f", None),
        ] {
            assert_eq!(Resource::parse(text).unwrap().service_pattern(), pattern, "{text}");
        }
    }

    #[test]
    fn a_refusal_points_at_the_part_that_is_wrong_and_says_what_to_write() {
        let texts = [
            "mock-arn",
            "",
            "lambda:invoke",
            "http:invoke",
            "sqs:sendMessage.waitForTaskToken",
            "lambda:us-east-1:42:function:f",
            "aws:states:::sns:publish",
            "ARN:aws:states:::sns:publish",
            "two words: no",
            "arn:aws:states:lambda:invoke",
            "arn:aws:states:::lambda",
            "arn:aws:states::lambda:invoke",
            "arn:aws:states:::aws-sdk:s3",
            "arn:aws:states::::sns:publish",
            "arn:aws:states:::sns:.sync",
            "arn:aws:states:us-east-1:42:activity",
            "arn:aws:states:us-east-1:42:activity:a:b",
            "arn:aws:lambda:us-east-1:42:function",
            "arn:aws:lambda:us-east-1:42:function:",
            "arn:aws:lambda:us-east-1:42:function:f:",
            "arn:aws:lambda:us-east-1:42:function:f:$*#$7485",
            "arn:aws:lambda:us-east-1:42:function:f:1:2",
        ];
        let refusal = |text| {
            let error = Resource::parse(text).unwrap_err();
            let caret = format!("{}{}", " ".repeat(error.at.start), "^".repeat(error.at.len().max(1)));
            let help = error.help.as_deref().map(|help| format!("; {help}")).unwrap_or_default();
            format!("{text}\n{caret} {error}{help}")
        };
        insta::assert_snapshot!(texts.map(refusal).join("\n"), @r"
        mock-arn
        ^^^^^^^^ `mock-arn` is not a resource ARN; name a Lambda function, an activity, or `arn:aws:states:::<service>:<action>`

        ^ the resource is empty
        lambda:invoke
        ^^^^^^^^^^^^^ `lambda:invoke` is not a resource ARN; put `arn:aws:states:::` in front
        http:invoke
        ^^^^^^^^^^^ `http:invoke` is not a resource ARN; put `arn:aws:states:::` in front
        sqs:sendMessage.waitForTaskToken
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `sqs:sendMessage.waitForTaskToken` is not a resource ARN; put `arn:aws:states:::` in front
        lambda:us-east-1:42:function:f
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ `lambda:us-east-1:42:function:f` is not a resource ARN; put `arn:aws:` in front
        aws:states:::sns:publish
        ^^^^^^^^^^^^^^^^^^^^^^^^ `aws:states:::sns:publish` is not a resource ARN; put `arn:` in front
        ARN:aws:states:::sns:publish
        ^^^ an ARN begins with `arn:`
        two words: no
        ^^^^^^^^^^^^^ `two words: no` is not a resource ARN; name a Lambda function, an activity, or `arn:aws:states:::<service>:<action>`
        arn:aws:states:lambda:invoke
                                    ^ an ARN ends with its resource, this one with its account; write `arn:partition:service:region:account:resource`
        arn:aws:states:::lambda
                               ^ `lambda` is not of the form `service:action`; write `arn:aws:states:::<service>:<action>`, with three colons
        arn:aws:states::lambda:invoke
                                     ^ `invoke` is not of the form `service:action`; write `arn:aws:states:::<service>:<action>`, with three colons
        arn:aws:states:::aws-sdk:s3
                                   ^ `s3` is not of the form `service:action`; write `arn:aws:states:::<service>:<action>`, with three colons
        arn:aws:states::::sns:publish
                         ^ the service is empty
        arn:aws:states:::sns:.sync
                             ^ the action is empty
        arn:aws:states:us-east-1:42:activity
                                            ^ the activity has no name
        arn:aws:states:us-east-1:42:activity:a:b
                                              ^^ an activity ARN ends with the name
        arn:aws:lambda:us-east-1:42:function
                                            ^ the function has no name
        arn:aws:lambda:us-east-1:42:function:
                                             ^ the function has no name
        arn:aws:lambda:us-east-1:42:function:f:
                                               ^ no version or alias after `:`; remove the last `:`
        arn:aws:lambda:us-east-1:42:function:f:$*#$7485
                                               ^^^^^^^^ `$*#$7485` is no version or alias of a function; write `$LATEST`, a number, or a name of letters, digits, `-` and `_`
        arn:aws:lambda:us-east-1:42:function:f:1:2
                                               ^^^ `1:2` is no version or alias of a function; write `$LATEST`, a number, or a name of letters, digits, `-` and `_`
        ");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_a_resource_prints_as_it_was_written(
            text in "(arn:aws:(states|lambda):)?(activity:|function:|::|aws-sdk:|[.]sync|:2|[$][{]a:b[}]|[a-zA-Z]|é|.){0,8}"
        ) {
            match Resource::parse(&text) {
                Ok(resource) => {
                    prop_assert_eq!(resource.to_string(), text);
                    if let Resource::Integration(integration) = resource {
                        let _ = integration.support();
                    }
                }
                Err(error) => prop_assert!(text.get(error.at).is_some()),
            }
        }
    }
}
