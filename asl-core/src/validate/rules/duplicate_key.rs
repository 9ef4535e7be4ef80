#![doc = include_str!("duplicate_key.md")]

use crate::decode::DUPLICATE_KEY;
use crate::diagnostic::Severity;
use crate::model::{Fault, FieldValue, Object};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: DUPLICATE_KEY,
    name: "duplicate-key",
    severity: Severity::Error,
    aws: Some("DUPLICATE_STATE_NAME"),
    explain: include_str!("duplicate_key.md"),
    check: Check::Object(check),
};

/// Reading warns of every duplicate in a text; this finds those that a model still holds.
///
/// AWS is known to refuse two states of one name only, so that all other duplicates are warnings.
fn check(cx: &mut Context<'_>, object: &dyn Object) {
    for field in object.extra() {
        if field.fault == Fault::Duplicate {
            cx.report(format!("the field `{}` appears twice in one object", field.name))
                .help("remove one of the two; JSON readers silently keep the last")
                .field(&field.name)
                .key()
                .warning();
        }
    }
    object.visit(&mut |_, value| {
        if let FieldValue::States(states) = value {
            for (name, _) in states.shadowed() {
                cx.report(format!("two states in one `States` are called `{name}`"))
                    .help("rename one of the two; JSON readers silently keep the last")
                    .field("States")
                    .field(name)
                    .key();
            }
        }
    });
}
