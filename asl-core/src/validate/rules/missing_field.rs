#![doc = include_str!("missing_field.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, Kind, Object};
use crate::validate::context::{Context, is_there_wrongly};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{list, with_article};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0101"),
    name: "missing-field",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("missing_field.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    let kind = object.kind();
    let fields = kind.fields();
    // one bit a field; no object of the language has 64
    let mut missing: u64 = 0;
    for (index, field) in fields.iter().enumerate() {
        missing |= u64::from(field.required) << index;
    }
    object.visit(&mut |name, _| {
        if missing != 0
            && let Some(index) = fields.iter().position(|field| field.required && field.name == name)
        {
            missing &= !(1 << index);
        }
    });
    if missing != 0 {
        report(cx, object, fields.iter().enumerate().filter(|(index, _)| missing >> index & 1 == 1));
    }
}

fn report<'f>(cx: &mut Context<'_>, object: &dyn Object, missing: impl Iterator<Item = (usize, &'f Field)>) {
    let missing: Vec<&str> =
        missing.map(|(_, field)| field.name).filter(|name| !is_there_wrongly(object.extra(), name)).collect();
    if let [first, ..] = missing[..] {
        let kind = object.kind();
        cx.report(format!("{} needs {}", with_article(kind), list(&missing, "and")))
            .maybe_help(help(kind, first).map(str::to_owned));
    }
}

/// What to write.
fn help(kind: Kind, name: &str) -> Option<&'static str> {
    Some(match (kind, name) {
        (_, "StartAt") => "let `StartAt` name the state that runs first",
        (_, "States") => "put the states into `States`, by name",
        (Kind::ItemReader, "Resource") => {
            "write `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`"
        }
        (_, "Resource") => "write the ARN of what does the work, like `arn:aws:states:::lambda:invoke`",
        (_, "Choices") => "add a rule for each case: `{ …, \"Next\": \"…\" }`",
        (_, "Branches") => "add one machine a branch: `{ \"StartAt\": \"…\", \"States\": { … } }`",
        (_, "ErrorEquals") => "name the errors it is for; `[\"States.ALL\"]` means all",
        (Kind::ChoiceRule, "Next") => "name the state to go to when the rule holds",
        (Kind::Catcher, "Next") => "name the state to go to after such an error",
        _ => return None,
    })
}
