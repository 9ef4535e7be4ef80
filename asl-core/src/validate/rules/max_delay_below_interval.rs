#![doc = include_str!("max_delay_below_interval.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{FieldValue, Kind, Object, Static};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0503"),
    name: "max-delay-below-interval",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("max_delay_below_interval.md"),
    check: Check::Object(check),
};

// Only other validators refuse this; the service is known to check the range of each field alone.
fn check(cx: &mut Context<'_>, object: &dyn Object) {
    if object.kind() != Kind::Retrier {
        return;
    }
    let (mut interval, mut longest) = (None, None);
    object.visit(&mut |name, value| match (name, value) {
        ("IntervalSeconds", FieldValue::StaticInteger(Static::Literal(seconds))) => interval = Some(*seconds),
        ("MaxDelaySeconds", FieldValue::StaticInteger(Static::Literal(seconds))) => longest = Some(*seconds),
        _ => {}
    });
    let (Some(interval), Some(longest)) = (interval, longest) else { return };
    // a limit below 1 is out of its range, which another rule says
    if (1..=interval).contains(&longest) {
        let than = if longest < interval { "less than" } else { "the same as" };
        cx.report(format!("`MaxDelaySeconds` {longest} is {than} `IntervalSeconds` {interval}"))
            .help("make it greater: it limits what `BackoffRate` makes of the interval")
            .field("MaxDelaySeconds");
    }
}
