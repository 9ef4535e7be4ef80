//! The JSONPaths that a string of a JSONPath state evaluates.

use crate::syntax::intrinsic::{Argument, ArgumentValue, Intrinsic};
use crate::syntax::json_path::{Condition, Filter, Operand, Selector, Term};
use crate::syntax::{JsonPath, TemplateValue};

/// Whether a path in the string may start elsewhere than at the input: at the Context Object or a variable.
///
/// Most strings do not, and need not be read again.
pub(super) fn may_leave_input(text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        text[at + 1..].starts_with(|next: char| next == '$' || next == '_' || next.is_alphabetic())
    })
}

/// Calls `visit` for each path in a path or in a call of an intrinsic function; for none if it is neither.
pub(super) fn each_path(text: &str, visit: &mut dyn FnMut(&JsonPath)) {
    match TemplateValue::parse(text) {
        Ok(TemplateValue::Path(path)) => within_path(&path, visit),
        Ok(TemplateValue::Intrinsic(call)) => within_call(&call, visit),
        // a rule about paths reports it
        Err(_) => {}
    }
}

fn within_call(call: &Intrinsic, visit: &mut dyn FnMut(&JsonPath)) {
    for Argument { value, .. } in &call.arguments {
        match value {
            ArgumentValue::Path(path) => within_path(path, visit),
            ArgumentValue::Call(inner) => within_call(inner, visit),
            ArgumentValue::String(_)
            | ArgumentValue::Number(_)
            | ArgumentValue::Bool(_)
            | ArgumentValue::Null
            | ArgumentValue::Placeholder(_) => {}
        }
    }
}

fn within_path(path: &JsonPath, visit: &mut dyn FnMut(&JsonPath)) {
    visit(path);
    for segment in path.segments() {
        within_selector(&segment.selector, visit);
    }
}

fn within_selector(selector: &Selector, visit: &mut dyn FnMut(&JsonPath)) {
    match selector {
        Selector::Union(selectors) => selectors.iter().for_each(|inner| within_selector(inner, visit)),
        Selector::Filter(filter) => within_filter(filter, visit),
        Selector::Function { arguments, .. } => {
            for operand in arguments {
                within_operand(operand, visit);
            }
        }
        Selector::Name(_)
        | Selector::Index(_)
        | Selector::Wildcard
        | Selector::Slice { .. }
        | Selector::Script(_)
        | Selector::Placeholder(_) => {}
    }
}

fn within_filter(filter: &Filter, visit: &mut dyn FnMut(&JsonPath)) {
    match &filter.condition {
        Condition::Or(parts) | Condition::And(parts) => {
            for part in parts {
                within_filter(part, visit);
            }
        }
        Condition::Not(part) => within_filter(part, visit),
        Condition::Compare(comparison) => {
            within_operand(&comparison.left, visit);
            within_operand(&comparison.right, visit);
        }
        Condition::Exists(operand) => within_operand(operand, visit),
    }
}

fn within_operand(operand: &Operand, visit: &mut dyn FnMut(&JsonPath)) {
    match &operand.term {
        Term::Path(path) => within_path(path, visit),
        Term::Array(elements) => elements.iter().for_each(|element| within_operand(element, visit)),
        Term::Text(_)
        | Term::Number(_)
        | Term::Bool(_)
        | Term::Null
        | Term::Regex { .. }
        | Term::Placeholder(_) => {}
    }
}
