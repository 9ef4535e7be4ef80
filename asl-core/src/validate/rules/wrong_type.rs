#![doc = include_str!("wrong_type.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Fault, Object, QueryLanguage};
use crate::validate::context::{Context, described};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0103"),
    name: "wrong-type",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("wrong_type.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    for field in object.extra() {
        // a `Condition` of JSONata has a rule of its own, which knows what was meant
        let is_condition = field.name == "Condition" && cx.language() == QueryLanguage::Jsonata;
        if let Fault::Type { expected, within } = &field.fault
            && !is_condition
        {
            let found = field.value.pointer(within).unwrap_or(&field.value);
            cx.report(format!("`{}` must be {expected}, this is {}", field.name, described(found)))
                .field(&field.name)
                .below(within);
        }
    }
}
