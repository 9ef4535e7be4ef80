#![doc = include_str!("malformed_json.md")]

use crate::decode::JsonError;
use crate::diagnostic::Severity;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: JsonError::CODE,
    name: "malformed-json",
    severity: Severity::Error,
    aws: Some("INVALID_JSON_DESCRIPTION"),
    explain: include_str!("malformed_json.md"),
    check: Check::Reading,
};
