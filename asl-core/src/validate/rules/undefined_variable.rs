#![doc = include_str!("undefined_variable.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::QueryLanguage;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::variables::{Judgement, Verdict};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0208"),
    name: "undefined-variable",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("undefined_variable.md"),
    check: Check::Variables(check),
};

// Recordings show that AWS takes such a definition, and that the execution fails.
fn check(cx: &mut Context<'_>, judgement: &Judgement<'_, '_>) {
    for (reading, verdict) in judgement.doubts() {
        let name = excerpt(&reading.name);
        let (message, help) = match verdict {
            Verdict::NeverAssigned { similar, elsewhere } => {
                let help = match (similar, elsewhere, reading.language) {
                    (Some(similar), _, _) => format!("did you mean `${}`?", excerpt(similar)),
                    (None, Some(holder), _) => format!(
                        "the states in `{}` have a variable of that name, which ends with them: hand its value out as output",
                        excerpt(holder)
                    ),
                    (None, None, QueryLanguage::JsonPath) => {
                        format!(
                            "write `$.{name}` for a field of the input, or assign the variable in a state before"
                        )
                    }
                    (None, None, QueryLanguage::Jsonata) => format!(
                        "write `$states.input.{name}` for a field of the input, or assign the variable in a state before"
                    ),
                };
                (format!("the variable `${name}` is never assigned"), help)
            }
            Verdict::Hidden { map } => (
                format!("the variable `${name}` is not seen here: `{}` is a Distributed Map", excerpt(map)),
                "hand it in with `ItemSelector`, or as `BatchInput`".to_owned(),
            ),
            Verdict::NotYet { is_same: true, .. } => (
                format!("the variable `${name}` has no value yet: this state assigns it only when it ends"),
                "assign it in a state before".to_owned(),
            ),
            Verdict::NotYet { by, is_same: false } => (
                format!(
                    "the variable `${name}` has no value yet: no path leads here from `{}`, which assigns it",
                    excerpt(by)
                ),
                "assign it in a state before".to_owned(),
            ),
            Verdict::NotAlways { .. } => continue,
        };
        cx.report(message).help(help).below(reading.at.as_str()).within(reading.bytes.clone());
    }
}
