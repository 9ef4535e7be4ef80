#![doc = include_str!("unused_substitution.md")]

use crate::diagnostic::{Code, Severity};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL1002"),
    name: "unused-substitution",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("unused_substitution.md"),
    check: Check::Template,
};
