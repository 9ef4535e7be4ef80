#![doc = include_str!("wrong_query_language.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue, Kind, Object, QueryLanguage};
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

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    if let (Some(only), Some(language)) = (field.language, cx.certain_language())
        && only != language
        && !is_said_already(cx, value)
    {
        let name = cx.key();
        let kind = cx.state().map_or(Kind::UnknownState, |(_, state)| state.kind());
        let help = match (instead(kind, name), only) {
            // a machine in JSONata has no state in JSONPath
            (instead, QueryLanguage::JsonPath) if cx.machine().language() == QueryLanguage::Jsonata => {
                instead.map(str::to_owned)
            }
            (Some(instead), _) => Some(format!("{instead}, or set the state's `QueryLanguage` to `{only}`")),
            (None, _) => Some(format!("remove it, or set the state's `QueryLanguage` to `{only}`")),
        };
        cx.report(format!("`{name}` is a field of {only}, but this state is in {language}"))
            .maybe_help(help)
            .key();
    }
}

/// One finding about a rule is enough: not about the comparator too, and not about the rules inside `And`.
fn is_said_already(cx: &Context<'_>, value: FieldValue<'_>) -> bool {
    if matches!(value, FieldValue::Operand(..)) {
        return true;
    }
    let is_test = matches!(cx.key(), "Variable" | "And" | "Or" | "Not");
    let place = cx.pointer();
    let mut above = place.segments().collect::<Vec<_>>().into_iter().rev().skip(1);
    let is_nested = match above.next().as_deref() {
        Some("Not") => true,
        Some(_) => matches!(above.next().as_deref(), Some("And" | "Or")),
        None => false,
    };
    is_test && is_nested
}

/// What does the same work in the other language.
fn instead(kind: Kind, name: &str) -> Option<&'static str> {
    Some(match (kind, name) {
        (Kind::Pass | Kind::Wait | Kind::Choice | Kind::Succeed, "Parameters" | "Result")
        | (_, "ResultSelector" | "ResultPath" | "OutputPath") => "write `Output`",
        (Kind::Map, "Parameters") => "write `ItemSelector`",
        (_, "Parameters") => "write `Arguments`",
        (_, "InputPath") => "read from `$states.input` what you need",
        (_, "Arguments") | (Kind::Pass, "Output") => "write `Parameters`",
        (Kind::Task | Kind::Parallel | Kind::Map, "Output") => "write `ResultSelector` and `ResultPath`",
        (_, "ItemsPath") => "write `Items`",
        (_, "Items") => "write `ItemsPath`",
        (_, "TimeoutSecondsPath") => "write `TimeoutSeconds` with an expression",
        (_, "HeartbeatSecondsPath") => "write `HeartbeatSeconds` with an expression",
        (_, "SecondsPath") => "write `Seconds` with an expression",
        (_, "TimestampPath") => "write `Timestamp` with an expression",
        (_, "MaxConcurrencyPath") => "write `MaxConcurrency` with an expression",
        (_, "ToleratedFailureCountPath") => "write `ToleratedFailureCount` with an expression",
        (_, "ToleratedFailurePercentagePath") => "write `ToleratedFailurePercentage` with an expression",
        (_, "MaxItemsPath") => "write `MaxItems` with an expression",
        (_, "MaxItemsPerBatchPath") => "write `MaxItemsPerBatch` with an expression",
        (_, "MaxInputBytesPerBatchPath") => "write `MaxInputBytesPerBatch` with an expression",
        (_, "ErrorPath") => "write `Error` with an expression",
        (_, "CausePath") => "write `Cause` with an expression",
        (_, "Condition") => "write `Variable` with a comparator",
        (_, "Variable" | "And" | "Or" | "Not") => "write the whole test as an expression in `Condition`",
        _ => return None,
    })
}
