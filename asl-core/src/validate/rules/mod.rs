//! The table of all rules. To add one: a file and a page named for the fault, and a row here, in the order of codes.

use super::rule::Rule;

// 00 text
mod malformed_json;
mod duplicate_key;
mod inexact_number;
// 01 shape
mod missing_field;
mod unsupported_field;
mod wrong_type;
mod value_not_allowed;
mod conflicting_fields;
mod next_or_end;
mod unknown_state_type;
mod wrong_query_language;
mod jsonpath_in_jsonata_machine;
mod empty_value;
mod number_out_of_range;
mod missing_alternative;
mod definition_too_large;
// 02 names
mod invalid_state_name;
mod duplicate_state_name;
mod invalid_variable_name;
mod reserved_variable_name;
mod invalid_label;
mod duplicate_label;
// 03 flow
mod unknown_next_state;
mod unreachable_state;
mod missing_end_state;
// 04 data
// 05 errors and retries
// 06 tasks and services
// 07 Map
// 08 Express
// 09 advice

/// All rules, by code.
pub static RULES: &[Rule] = &[
    // 00 text
    malformed_json::RULE,
    duplicate_key::RULE,
    inexact_number::RULE,
    // 01 shape
    missing_field::RULE,
    unsupported_field::RULE,
    wrong_type::RULE,
    value_not_allowed::RULE,
    conflicting_fields::RULE,
    next_or_end::RULE,
    unknown_state_type::RULE,
    wrong_query_language::RULE,
    jsonpath_in_jsonata_machine::RULE,
    empty_value::RULE,
    number_out_of_range::RULE,
    missing_alternative::RULE,
    definition_too_large::RULE,
    // 02 names
    invalid_state_name::RULE,
    duplicate_state_name::RULE,
    invalid_variable_name::RULE,
    reserved_variable_name::RULE,
    invalid_label::RULE,
    duplicate_label::RULE,
    // 03 flow
    unknown_next_state::RULE,
    unreachable_state::RULE,
    missing_end_state::RULE,
    // 04 data
    // 05 errors and retries
    // 06 tasks and services
    // 07 Map
    // 08 Express
    // 09 advice
];

/// The rule with this code or name: `ASL0301`, `unknown-next-state`.
#[must_use]
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .find(|rule| rule.code.as_str().eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}
