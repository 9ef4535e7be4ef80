#![doc = include_str!("credentials_on_activity.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::syntax::Resource;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0605"),
    name: "credentials-on-activity",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("credentials_on_activity.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Task(task) = state else { return };
    if task.credentials.is_some() && matches!(cx.resource(), Some(Ok(Resource::Activity(_)))) {
        cx.report("an activity takes no `Credentials`")
            .help("remove it; the worker uses credentials of its own")
            .field("Credentials")
            .key();
    }
}
