#![doc = include_str!("unreachable_state.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::Kind;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scope;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0302"),
    name: "unreachable-state",
    severity: Severity::Error,
    aws: Some("MISSING_TRANSITION_TARGET"),
    explain: include_str!("unreachable_state.md"),
    check: Check::Scope(check),
};

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    // as on AWS: a machine without any end has one finding about that, not one for each state behind the loop
    if scope.kind == Kind::StateMachine && !scope.has_end() {
        return;
    }
    let start_at = scope.start_at.unwrap_or_default();
    for (name, behind) in scope.unreachable() {
        let others = match behind {
            0 => String::new(),
            1 => "; the state behind it is not reached either".to_owned(),
            behind => format!("; {behind} states behind it are not reached either"),
        };
        cx.report(format!("nothing leads from `{}` to the state `{}`", excerpt(start_at), excerpt(name)))
            .help(format!(
                "name it in a `Next`, a `Default` or a catcher that is reached, or remove it{others}"
            ))
            .field("States")
            .field(name)
            .key();
    }
}
