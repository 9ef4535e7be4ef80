//! What the name of a mock means: which calls it is for.

use asl_core::syntax::placeholders;
use asl_core::syntax::resource::{IntegrationKind, Resource};

use super::super::Call;

/// What of a call a name may be; the first is the most specific, and wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Means {
    /// The state's name.
    State,
    /// The whole `Resource`.
    Resource,
    /// Who is called: the function, the activity, the state machine, the placeholder.
    Callee,
    /// The kind of call: `lambda:invoke`.
    Action,
}

/// What the name means in this call; nothing, if it is about another call.
pub(super) fn means(name: &str, call: &Call<'_>) -> Option<Means> {
    if name == call.state {
        return Some(Means::State);
    }
    if name == call.resource {
        return Some(Means::Resource);
    }
    if callees(call).iter().any(|callee| callee == name) {
        return Some(Means::Callee);
    }
    actions(call.resource).iter().any(|action| action == name).then_some(Means::Action)
}

/// The names of who is called.
pub(super) fn callees(call: &Call<'_>) -> Vec<String> {
    let mut callees: Vec<String> = placeholders(call.resource).map(|(_, name)| name.to_owned()).collect();
    match Resource::parse(call.resource) {
        Ok(Resource::LambdaFunction(function)) => callees.push(function.name().to_owned()),
        Ok(Resource::Activity(activity)) => callees.push(activity.name().to_owned()),
        Ok(Resource::Integration(_)) => callees.extend(named_in_the_input(call)),
        _ => {}
    }
    callees
}

/// The function or state machine that an integration's input names: as it is written, and the name within an ARN.
fn named_in_the_input(call: &Call<'_>) -> Vec<String> {
    let fields = ["FunctionName", "StateMachineArn"];
    let texts = fields.iter().filter_map(|field| call.input.get(field)?.as_str());
    let mut names = Vec::new();
    for text in texts {
        names.push(text.to_owned());
        names.extend(name_within(text).map(ToOwned::to_owned));
        names.extend(placeholders(text).map(|(_, name)| name.to_owned()));
    }
    names
}

/// `ship` of `arn:aws:lambda:us-east-1:111111111111:function:ship:live`, of `111111111111:function:ship` and of
/// `ship:live`.
pub(super) fn name_within(text: &str) -> Option<&str> {
    let after = ["function:", "stateMachine:"].iter().find_map(|kind| Some(text.split_once(kind)?.1));
    after.unwrap_or(text).split(':').next().filter(|name| !name.is_empty())
}

/// `sqs:sendMessage.waitForTaskToken` and `sqs:sendMessage`; of the SDK's, also with `aws-sdk:` in front.
fn actions(resource: &str) -> Vec<String> {
    let Ok(Resource::Integration(integration)) = Resource::parse(resource) else { return Vec::new() };
    let action = format!("{}:{}", integration.service(), integration.action());
    let with_pattern = format!("{action}{}", integration.pattern());
    let mut actions = vec![with_pattern, action];
    if integration.kind() == IntegrationKind::AwsSdk {
        actions.extend(actions.clone().iter().map(|action| format!("aws-sdk:{action}")));
    }
    actions
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[track_caller]
    fn check(resource: &str, input: &Value, name: &str, expected: Option<Means>) {
        let call = Call {
            state: "Ship",
            resource,
            input,
            token: None,
            retry_count: 0,
            credentials: None,
            execution: "arn",
            time: 0,
        };
        assert_eq!(means(name, &call), expected, "{name}");
    }

    #[test]
    fn a_name_is_a_state_a_resource_a_callee_or_an_action() {
        let resource = "arn:aws:states:::lambda:invoke.waitForTaskToken";
        let input = json!({"FunctionName": "arn:aws:lambda:eu-west-1:111111111111:function:ship-order:live"});
        check(resource, &input, "Ship", Some(Means::State));
        check(resource, &input, resource, Some(Means::Resource));
        check(resource, &input, "ship-order", Some(Means::Callee));
        check(resource, &input, input["FunctionName"].as_str().unwrap(), Some(Means::Callee));
        check(resource, &input, "lambda:invoke", Some(Means::Action));
        check(resource, &input, "lambda:invoke.waitForTaskToken", Some(Means::Action));
        for other in ["ship", "lambda", "invoke", "lambda:invoke.sync", "order", "live", ""] {
            check(resource, &input, other, None);
        }
    }

    #[test]
    fn a_callee_is_found_in_every_kind_of_resource() {
        let none = Value::Null;
        let callee = Some(Means::Callee);
        check("arn:aws:lambda:eu-west-1:111111111111:function:ship-order:7", &none, "ship-order", callee);
        check("arn:aws:states:eu-west-1:111111111111:activity:pack", &none, "pack", callee);
        check("${ShipOrderArn}", &none, "ShipOrderArn", callee);
        check("${ShipOrderArn}", &none, "${ShipOrderArn}", Some(Means::Resource));
        let machine = json!({"StateMachineArn": "arn:aws:states:eu-west-1:111111111111:stateMachine:Refund"});
        check("arn:aws:states:::states:startExecution.sync:2", &machine, "Refund", callee);
        let placeholder = json!({"FunctionName": "${ShipOrder}"});
        check("arn:${AWS::Partition}:states:::lambda:invoke", &placeholder, "ShipOrder", callee);
        check(
            "arn:aws:states:::lambda:invoke",
            &json!({"FunctionName": "ship-order:live"}),
            "ship-order",
            callee,
        );
        check("arn:aws:states:::lambda:invoke", &json!("text"), "ship-order", None);
    }

    #[test]
    fn an_sdk_action_may_be_named_with_and_without_its_prefix() {
        let resource = "arn:aws:states:::aws-sdk:s3:getObject";
        for name in ["s3:getObject", "aws-sdk:s3:getObject"] {
            check(resource, &Value::Null, name, Some(Means::Action));
        }
        check("not a resource", &Value::Null, "s3:getObject", None);
    }
}
