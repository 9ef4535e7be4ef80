#![doc = include_str!("pass_chain.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::state::Pass;
use crate::model::{QueryLanguage, State, Value, WorkflowType};
use crate::validate::context::Context;
use crate::validate::flow::Flow;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scope;
use crate::validate::wording::{excerpt, list};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0911"),
    name: "pass-chain",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("pass_chain.md"),
    check: Check::Scope(check),
};

/// Price of a million state transitions of Standard workflows in most regions: $0.025 a thousand.
const DOLLARS_A_MILLION: usize = 25;

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    // Express workflows pay for time, not for transitions
    if cx.workflow_type() == WorkflowType::Express || !scope.is_connected() {
        return;
    }
    let flow = Flow::of(scope);
    // the state that a Pass state could be merged with
    let follower = |index: usize| -> Option<usize> {
        let (_, State::Pass(pass)) = flow.state(index) else { return None };
        let next = flow.index_of(pass.transition.next()?)?;
        let (_, State::Pass(after)) = flow.state(next) else { return None };
        let language = cx.certain_language_of(flow.state(index).1)?;
        let has_one_way_in = flow.back(next) == [index] && flow.start() != Some(next) && next != index;
        let is_same = cx.certain_language_of(flow.state(next).1) == Some(language);
        (has_one_way_in && is_same && !uses(after, pass, language)).then_some(next)
    };
    let followers: Vec<Option<usize>> = (0..flow.len()).map(follower).collect();
    let mut follows = vec![false; flow.len()];
    for next in followers.iter().flatten() {
        follows[*next] = true;
    }
    for first in (0..flow.len()).filter(|index| !follows[*index] && followers[*index].is_some()) {
        let chain: Vec<usize> = std::iter::successors(Some(first), |index| followers[*index]).collect();
        let names: Vec<_> = chain.iter().map(|index| excerpt(flow.state(*index).0)).collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let extra = chain.len() - 1;
        cx.report(format!(
            "{} are {} Pass states in a row where one would do: about ${} more for a million executions",
            list(&names, "and"),
            chain.len(),
            extra * DOLLARS_A_MILLION
        ))
        .help("set everything in one of them: one object, or several variables in one `Assign`")
        .field("States")
        .field(flow.state(first).0)
        .key();
    }
}

/// Whether a Pass state uses what the one before it makes, so that merging them takes more than putting their fields
/// together.
fn uses(after: &Pass, before: &Pass, language: QueryLanguage) -> bool {
    let variables: Vec<String> =
        before.assign.iter().flat_map(|assign| assign.keys()).map(|name| format!("${name}")).collect();
    let mut payloads = [&after.parameters, &after.output].into_iter().flatten();
    let mut assigned = after.assign.iter().flat_map(|assign| assign.values());
    let mut reads = |is_meant: &dyn Fn(&str) -> bool| {
        payloads.any(|payload| has_string(payload, is_meant))
            || assigned.any(|value| has_string(value, is_meant))
    };
    let selects = after.input_path.is_some() || after.output_path.is_some();
    let makes_data = match language {
        QueryLanguage::JsonPath => {
            let makes = before.result.is_some() || before.parameters.is_some();
            makes || before.input_path.is_some() || before.output_path.is_some()
        }
        QueryLanguage::Jsonata => before.output.is_some(),
    };
    let reads_data = |text: &str| match language {
        QueryLanguage::JsonPath => {
            text == "$" || text.contains("$[") || text.replace("$$.", "").contains("$.")
        }
        QueryLanguage::Jsonata => text.contains("$states"),
    };
    reads(&|text| {
        (makes_data && reads_data(text)) || variables.iter().any(|variable| text.contains(variable.as_str()))
    }) || (makes_data && selects)
}

/// Whether a payload has a string of some kind.
fn has_string(payload: &Value, is_meant: &dyn Fn(&str) -> bool) -> bool {
    match payload {
        Value::String(text) => is_meant(text),
        Value::Array(elements) => elements.iter().any(|element| has_string(element, is_meant)),
        Value::Object(object) => object.values().any(|value| has_string(value, is_meant)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}
