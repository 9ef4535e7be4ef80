#![doc = include_str!("number_out_of_range.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue, Range};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0111"),
    name: "number-out-of-range",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("number_out_of_range.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    let Some(range) = field.range else { return };
    let Some(number) = literal(value) else { return };
    let name = field.name;
    if !(range.min..=range.max).contains(&number) {
        cx.report(format!("`{name}` must be {}, not {number}", limits(range, number)))
            .maybe_help(help(name, number < range.min).map(str::to_owned));
    } else if name == "IntervalSeconds" && number == 0.0 {
        // DIFFERENCE: the specification asks for a positive integer, the service takes 0
        cx.report("`IntervalSeconds` should be at least 1, not 0")
            .help("write 1, or leave it out, which means 1")
            .warning();
    }
}

/// The number, where one is written out.
#[expect(clippy::cast_precision_loss, reason = "the limits are far below 2^53, and rounding keeps the order")]
fn literal(value: FieldValue<'_>) -> Option<f64> {
    match value {
        FieldValue::StaticInteger(value) => value.literal().map(|number| *number as f64),
        FieldValue::Integer(value) => value.literal().map(|number| *number as f64),
        FieldValue::StaticNumber(value) => value.literal().and_then(serde_json::Number::as_f64),
        FieldValue::Number(value) => value.literal().and_then(serde_json::Number::as_f64),
        _ => None,
    }
}

/// The limits in words; of two only the one that is overstepped, unless they are close.
fn limits(range: Range, number: f64) -> String {
    let Range { min, max } = range;
    if max <= 100.0 {
        format!("between {min} and {max}")
    } else if number < min {
        format!("at least {min}")
    } else {
        format!("at most {max}")
    }
}

fn help(name: &str, too_small: bool) -> Option<&'static str> {
    Some(match (name, too_small) {
        ("TimeoutSeconds" | "HeartbeatSeconds" | "MaxDelaySeconds", true) => "leave it out for no limit",
        ("MaxConcurrency", true) => "write 0, or leave it out, for no limit",
        ("MaxAttempts", true) => "write 0 for no retry at all",
        ("BackoffRate", true) => "write 1 to wait the same time before each retry",
        _ => return None,
    })
}
