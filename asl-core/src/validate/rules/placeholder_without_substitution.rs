#![doc = include_str!("placeholder_without_substitution.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL1001"),
    name: "placeholder-without-substitution",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("placeholder_without_substitution.md"),
    check: Check::Template,
};
