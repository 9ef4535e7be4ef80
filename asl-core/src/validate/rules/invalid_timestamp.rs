#![doc = include_str!("invalid_timestamp.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{Dynamic, Field, FieldValue, Jsonata, QueryLanguage};
use crate::syntax::{SyntaxError, Timestamp, contains_placeholder};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0411"),
    name: "invalid-timestamp",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_timestamp.md"),
    check: Check::Field(check),
};

fn check(cx: &mut Context<'_>, field: &'static Field, value: FieldValue<'_>) {
    let FieldValue::DynamicText(value) = value else { return };
    if field.name != "Timestamp" {
        return;
    }
    match value {
        Dynamic::Literal(text) => {
            // white space around the delimiters of an expression is the business of another rule
            let is_meant = cx.language() == QueryLanguage::Jsonata && Jsonata::is_meant(text.trim());
            if let Err(error) = Timestamp::parse(text)
                && !contains_placeholder(text)
                && !is_meant
            {
                cx.report_syntax(shown(error));
            }
        }
        Dynamic::Expression(_) if cx.certain_language() == Some(QueryLanguage::JsonPath) => {
            cx.report("`Timestamp` must be an RFC 3339 timestamp; JSONPath does not evaluate `{% … %}`")
                .help("set `QueryLanguage` to `JSONata` on the state, or use `TimestampPath`");
        }
        Dynamic::Expression(_) | Dynamic::Placeholder(_) => {}
    }
}

/// With an example, where the error has no better help.
pub(super) fn shown(mut error: SyntaxError) -> SyntaxError {
    error.help.get_or_insert_with(|| "write a timestamp like `2016-03-14T01:59:00Z`".to_owned());
    error
}
