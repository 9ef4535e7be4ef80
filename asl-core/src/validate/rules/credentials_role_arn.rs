#![doc = include_str!("credentials_role_arn.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Jsonata, QueryLanguage, State, Value};
use crate::syntax::{Resource, contains_placeholder};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0604"),
    name: "credentials-role-arn",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("credentials_role_arn.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    let Some(credentials) = &task.credentials else { return };
    if matches!(cx.resource(), Some(Ok(Resource::Activity(_)))) {
        return; // ASL0605: no credentials at all
    }
    match credentials {
        Value::Object(object) => {
            let has_path = object.contains_key("RoleArn.$");
            let is_jsonata = cx.certain_language() == Some(QueryLanguage::Jsonata);
            if object.contains_key("RoleArn") || (has_path && !is_jsonata) {
                return;
            }
            let help = if has_path {
                "write `RoleArn`, with an expression `{% … %}`"
            } else {
                "add `RoleArn`, the role that the work runs under, or remove `Credentials`"
            };
            cx.report("`Credentials` needs `RoleArn`").help(help).field("Credentials");
        }
        // what an expression or a placeholder gives is not known here
        Value::String(text)
            if contains_placeholder(text)
                || (cx.language() == QueryLanguage::Jsonata && Jsonata::is_meant(text)) => {}
        _ => {
            cx.report("`Credentials` must be an object with `RoleArn`")
                .help("write `{ \"RoleArn\": … }`")
                .field("Credentials");
        }
    }
}
