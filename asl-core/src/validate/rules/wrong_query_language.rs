#![doc = include_str!("wrong_query_language.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0108"),
    name: "wrong-query-language",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("wrong_query_language.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, _: FieldValue<'_>) {
    if let (Some(only), Some(language)) = (field.language, cx.certain_language())
        && only != language
    {
        let name = cx.key();
        cx.report(format!("`{name}` belongs to {only}, but this is {language}"))
            .maybe_help(
                counterpart(name).map(|other| format!("write `{other}`, or set `QueryLanguage` to `{only}`")),
            )
            .key();
    }
}

/// The field of the other language that does the same work.
fn counterpart(name: &str) -> Option<&'static str> {
    Some(match name {
        "Parameters" => "Arguments",
        "Arguments" => "Parameters",
        "ResultSelector" | "ResultPath" | "OutputPath" | "Result" => "Output",
        "Output" => "ResultSelector` and `ResultPath",
        "ItemsPath" => "Items",
        "Items" => "ItemsPath",
        "TimeoutSecondsPath" => "TimeoutSeconds",
        "HeartbeatSecondsPath" => "HeartbeatSeconds",
        "SecondsPath" => "Seconds",
        "TimestampPath" => "Timestamp",
        "MaxConcurrencyPath" => "MaxConcurrency",
        "ToleratedFailureCountPath" => "ToleratedFailureCount",
        "ToleratedFailurePercentagePath" => "ToleratedFailurePercentage",
        "MaxItemsPath" => "MaxItems",
        "MaxItemsPerBatchPath" => "MaxItemsPerBatch",
        "MaxInputBytesPerBatchPath" => "MaxInputBytesPerBatch",
        "ErrorPath" => "Error",
        "CausePath" => "Cause",
        "Condition" => "Variable",
        "Variable" | "And" | "Or" | "Not" => "Condition",
        _ => return None,
    })
}
