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
mod shadowed_variable;
mod undefined_variable;
mod unassigned_on_path;
mod unused_variable;
// 03 flow
mod unknown_next_state;
mod unreachable_state;
mod missing_end_state;
// 04 data
mod invalid_path;
mod invalid_reference_path;
mod invalid_result_path;
mod invalid_template_value;
mod duplicate_template_key;
mod template_not_object;
mod intrinsic_argument;
mod invalid_error_path;
mod jsonata_delimiters;
mod expression_in_jsonpath;
mod invalid_timestamp;
mod invalid_operand;
mod condition_not_boolean;
mod invalid_jsonata;
mod unsupported_jsonata_reference;
mod unavailable_states_field;
mod unknown_context_field;
mod unknown_function;
mod function_arity;
mod condition_never_boolean;
mod collapsing_items;
mod path_matches_nothing;
mod comparison_never_true;
mod value_cannot_work;
mod result_path_on_non_object;
// 05 errors and retries
mod misplaced_states_all;
mod reserved_error_name;
mod max_delay_below_interval;
mod unreachable_handler;
// 06 tasks and services
mod invalid_resource;
mod unknown_integration;
mod unsupported_pattern;
mod credentials_role_arn;
mod credentials_on_activity;
mod heartbeat_not_below_timeout;
mod missing_task_token;
mod missing_parameter;
// 07 Map
mod execution_type;
mod distributed_only_field;
mod invalid_item_reader;
mod invalid_item_batcher;
mod invalid_result_writer;
// 08 Express
mod express_pattern;
mod express_activity;
mod express_distributed_map;
mod express_timeout;
// 09 advice
mod no_dollar;
mod no_path;
mod pass_result_is_static;
mod retry_waiting_time;
mod retries_outlast_execution;
mod task_without_timeout;
mod token_without_heartbeat;
mod lambda_without_transient_retry;
mod catch_target_without_retry;
mod error_lost_input;
mod pass_chain;
mod definition_near_limit;
mod payload_over_limit;
mod attempts_beyond_history;
mod inescapable_loop;
mod choice_without_default;
mod handler_never_matches;
mod polling_where_sync_exists;
mod unlimited_max_items;
mod concurrency_beyond_mode;
mod dynamodb_number_not_text;
mod history_near_limit;
// 10 templates
mod placeholder_without_substitution;
mod unused_substitution;

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
    shadowed_variable::RULE,
    undefined_variable::RULE,
    unassigned_on_path::RULE,
    unused_variable::RULE,
    // 03 flow
    unknown_next_state::RULE,
    unreachable_state::RULE,
    missing_end_state::RULE,
    // 04 data
    invalid_path::RULE,
    invalid_reference_path::RULE,
    invalid_result_path::RULE,
    invalid_template_value::RULE,
    duplicate_template_key::RULE,
    template_not_object::RULE,
    intrinsic_argument::RULE,
    invalid_error_path::RULE,
    jsonata_delimiters::RULE,
    expression_in_jsonpath::RULE,
    invalid_timestamp::RULE,
    invalid_operand::RULE,
    condition_not_boolean::RULE,
    invalid_jsonata::RULE,
    unsupported_jsonata_reference::RULE,
    unavailable_states_field::RULE,
    unknown_context_field::RULE,
    unknown_function::RULE,
    function_arity::RULE,
    condition_never_boolean::RULE,
    collapsing_items::RULE,
    path_matches_nothing::RULE,
    comparison_never_true::RULE,
    value_cannot_work::RULE,
    result_path_on_non_object::RULE,
    // 05 errors and retries
    misplaced_states_all::RULE,
    reserved_error_name::RULE,
    max_delay_below_interval::RULE,
    unreachable_handler::RULE,
    // 06 tasks and services
    invalid_resource::RULE,
    unknown_integration::RULE,
    unsupported_pattern::RULE,
    credentials_role_arn::RULE,
    credentials_on_activity::RULE,
    heartbeat_not_below_timeout::RULE,
    missing_task_token::RULE,
    missing_parameter::RULE,
    // 07 Map
    execution_type::RULE,
    distributed_only_field::RULE,
    invalid_item_reader::RULE,
    invalid_item_batcher::RULE,
    invalid_result_writer::RULE,
    // 08 Express
    express_pattern::RULE,
    express_activity::RULE,
    express_distributed_map::RULE,
    express_timeout::RULE,
    // 09 advice
    no_dollar::RULE,
    no_path::RULE,
    pass_result_is_static::RULE,
    retry_waiting_time::RULE,
    retries_outlast_execution::RULE,
    task_without_timeout::RULE,
    token_without_heartbeat::RULE,
    lambda_without_transient_retry::RULE,
    catch_target_without_retry::RULE,
    error_lost_input::RULE,
    pass_chain::RULE,
    definition_near_limit::RULE,
    payload_over_limit::RULE,
    attempts_beyond_history::RULE,
    inescapable_loop::RULE,
    choice_without_default::RULE,
    handler_never_matches::RULE,
    polling_where_sync_exists::RULE,
    unlimited_max_items::RULE,
    concurrency_beyond_mode::RULE,
    dynamodb_number_not_text::RULE,
    history_near_limit::RULE,
    // 10 templates
    placeholder_without_substitution::RULE,
    unused_substitution::RULE,
];

/// The rule with this code or name: `ASL0301`, `unknown-next-state`.
#[must_use]
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .find(|rule| rule.code.as_str().eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}
