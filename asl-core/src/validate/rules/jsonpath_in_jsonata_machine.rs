#![doc = include_str!("jsonpath_in_jsonata_machine.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{QueryLanguage, State};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0109"),
    name: "jsonpath-in-jsonata-machine",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("jsonpath_in_jsonata_machine.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    if cx.machine().query_language == Some(QueryLanguage::Jsonata)
        && state.query_language() == Some(QueryLanguage::JsonPath)
    {
        cx.report("a machine in JSONata has no states in JSONPath")
            .help(
                "write this state in JSONata, or take `QueryLanguage` off the machine and set it to `JSONata` on \
                 the other states",
            )
            .field("QueryLanguage");
    }
}
