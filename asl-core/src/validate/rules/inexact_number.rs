#![doc = include_str!("inexact_number.md")]

use crate::decode::INEXACT_NUMBER;
use crate::diagnostic::Severity;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: INEXACT_NUMBER,
    name: "inexact-number",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("inexact_number.md"),
    check: Check::Reading,
};
