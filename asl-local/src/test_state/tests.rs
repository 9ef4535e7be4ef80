use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::Mocks;

fn debug(definition: &Value) -> TestState {
    TestState::new(definition).inspection_level(InspectionLevel::Debug)
}

fn task(more: &Value) -> Value {
    let mut task = json!({"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true});
    merge(&mut task, more);
    task
}

fn map(more: &Value) -> Value {
    let mut map = json!({
        "Type": "Map", "ItemsPath": "$.items", "End": true,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Work", "States": {"Work": {"Type": "Pass", "End": true}}
        }
    });
    merge(&mut map, more);
    map
}

fn merge(object: &mut Value, more: &Value) {
    for (name, value) in more.as_object().unwrap() {
        object[name] = value.clone();
    }
}

fn object(value: Value) -> Map<String, Value> {
    serde_json::from_value(value).unwrap()
}

#[track_caller]
fn refusal(test: TestState) -> String {
    test.run().unwrap_err().to_string()
}

#[test]
fn the_data_after_each_step_of_a_task_is_shown() {
    let state = task(&json!({
        "InputPath": "$.order", "Parameters": {"id.$": "$.id"}, "ResultSelector": {"state.$": "$.Payload"},
        "ResultPath": "$.charge", "OutputPath": "$.charge",
    }));
    let test = debug(&state).input(json!({"order": {"id": 7}})).mock(Mock::result(json!({"Payload": "ok"})));
    let result = test.run().unwrap();
    insta::assert_json_snapshot!(result);
}

#[test]
fn what_comes_before_a_failing_step_is_shown_and_nothing_after() {
    let state = task(&json!({"Parameters": {"id.$": "$.id"}, "ResultPath": "$.a", "OutputPath": "$.none"}));
    let result = debug(&state).input(json!({"id": 1})).mock(Mock::result(json!(2))).run().unwrap();
    assert_eq!(result.status, TestStatus::Failed);
    assert_eq!(result.error.as_deref(), Some("States.Runtime"));
    let seen = result.inspection_data.unwrap();
    assert_eq!(seen.after_result_path, Some(json!({"id": 1, "a": 2})));
    let result = debug(&state).input(json!({})).mock(Mock::result(json!(2))).run().unwrap();
    let seen = result.inspection_data.unwrap();
    assert_eq!((seen.after_input_path, seen.after_parameters), (Some(json!({})), None));
}

#[test]
fn of_several_retriers_the_one_that_matches_tells_its_next_wait() {
    let state = task(&json!({
        "Retry": [
            {"ErrorEquals": ["Other"]},
            {"ErrorEquals": ["Busy"], "IntervalSeconds": 3, "BackoffRate": 1.5, "MaxAttempts": 2}
        ],
        "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Sorry"}]
    }));
    let state = {
        let mut state = state;
        state.as_object_mut().unwrap().remove("End");
        state["Next"] = json!("Done");
        state
    };
    let details = |retries| {
        let test = debug(&state).mock(Mock::error("Busy", "later")).retrier_retry_count(retries);
        let result = test.run().unwrap();
        (result.status, result.next_state, result.inspection_data.unwrap().error_details.unwrap())
    };
    let (status, next, details_at_first) = details(0);
    assert_eq!((status, next), (TestStatus::Retriable, None));
    assert_eq!(
        serde_json::to_value(details_at_first).unwrap(),
        json!({"retryIndex": 1, "retryBackoffIntervalSeconds": 3})
    );
    assert_eq!(details(1).2.retry_backoff_interval_seconds, Some(4.5));
    let (status, next, details_at_last) = details(2);
    assert_eq!((status, next.as_deref()), (TestStatus::CaughtError, Some("Sorry")));
    assert_eq!(serde_json::to_value(details_at_last).unwrap(), json!({"catchIndex": 0, "retryIndex": 1}));
}

#[test]
fn variables_are_those_given_and_those_assigned() {
    let state = json!({
        "Type": "Pass", "QueryLanguage": "JSONata", "End": true,
        "Assign": {"total": "{% $price * $states.input.count %}"}, "Output": "{% $price %}"
    });
    let test = debug(&state).input(json!({"count": 3})).variables(object(json!({"price": 5})));
    let result = test.run().unwrap();
    assert_eq!(result.output, Some(json!(5)));
    let variables = result.inspection_data.unwrap().variables.map(Value::Object);
    assert_eq!(variables, Some(json!({"price": 5, "total": 15})));
}

#[test]
fn a_state_within_a_machine_is_tested_by_its_name_at_any_depth() {
    let machine = json!({"StartAt": "All", "States": {"All": map(&json!({})) }});
    let result = debug(&machine).state_name("Work").input(json!(5)).run().unwrap();
    assert_eq!((result.status, result.output), (TestStatus::Succeeded, Some(json!(5))));
    assert_eq!(
        refusal(debug(&machine).state_name("Wrok")),
        "State not found in definition: `Wrok`; is `Work` meant?"
    );
}

#[test]
fn the_only_state_of_a_machine_needs_no_name() {
    let machine =
        json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}});
    assert_eq!(
        refusal(TestState::new(&machine)),
        "the definition is a state machine: say which of its states is tested (`A`, `B`)"
    );
    let machine = json!({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}});
    assert_eq!(TestState::new(&machine).run().unwrap().status, TestStatus::Succeeded);
}

#[test]
fn the_items_of_a_map_are_shown_selected_and_in_batches() {
    let state = map(&json!({
        "ItemSelector": {"n.$": "$$.Map.Item.Value", "i.$": "$$.Map.Item.Index"},
        "ItemBatcher": {"MaxItemsPerBatch": 2}, "MaxConcurrency": 4,
        "ToleratedFailurePercentage": 50
    }));
    let test = debug(&state).input(json!({"items": ["a", "b", "c"]})).mock(Mock::result(json!([1, 2])));
    let result = test.run().unwrap();
    insta::assert_json_snapshot!(result);
}

#[test]
fn a_reader_reads_the_data_that_the_test_gives() {
    let reader = json!({
        "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
        "Parameters": {"Bucket": "orders", "Key": "today.csv"}
    });
    let mut state = map(&json!({"ItemReader": reader, "ItemSelector": {"id.$": "$$.Map.Item.Value.id"}}));
    state.as_object_mut().unwrap().remove("ItemsPath");
    let test =
        debug(&state).map_item_reader_data("id,name\n1,Ann\n2,Bob\n").mock(Mock::result(json!([0, 0])));
    let seen = test.run().unwrap().inspection_data.unwrap();
    assert_eq!(seen.after_item_selector, Some(json!([{"id": "1"}, {"id": "2"}])));
}

#[test]
fn failed_iterations_are_compared_with_what_the_state_tolerates() {
    let status = |tolerated: &Value, failed| {
        let test = debug(&map(tolerated)).input(json!({"items": [1, 2, 3, 4]}));
        let test = test.mock(Mock::result(json!([0, 0, 0, 0]))).map_iteration_failure_count(failed);
        test.run().unwrap().status
    };
    let share = json!({"ToleratedFailurePercentage": 50});
    assert_eq!(status(&share, 2), TestStatus::Succeeded);
    assert_eq!(status(&share, 3), TestStatus::Failed);
    assert_eq!(status(&json!({"ToleratedFailureCount": 0}), 1), TestStatus::Failed);
    assert_eq!(status(&json!({}), 4), TestStatus::Succeeded);
}

#[test]
fn a_task_token_is_one_of_the_context_object_that_is_given() {
    let state = json!({
        "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true,
        "Parameters": {"QueueUrl": "q", "MessageBody.$": "$$.Task.Token"}
    });
    let mocked = debug(&state).mock(Mock::result(json!({})));
    let given = mocked.clone().context(json!({"Task": {"Token": "t-1"}})).run().unwrap();
    let parameters = given.inspection_data.unwrap().after_parameters.unwrap();
    assert_eq!(parameters["MessageBody"], "t-1");
    let own = mocked.run().unwrap().inspection_data.unwrap().after_parameters.unwrap();
    assert!(own["MessageBody"].as_str().unwrap().len() > 10);
    let unmocked = refusal(debug(&state));
    assert!(unmocked.starts_with("the state `StateName` is a Task: say what it answers"), "{unmocked}");
}

#[test]
fn what_the_service_refuses_is_refused_with_its_words() {
    let pass = json!({"Type": "Pass", "End": true});
    let parallel = json!({
        "Type": "Parallel", "End": true,
        "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]
    });
    let (one, list) = (Mock::result(json!({})), Mock::result(json!([1, 2])));
    let cases = [
        (debug(&pass).mock(one.clone()), "State type 'Pass' is not supported when a mock is specified"),
        (debug(&parallel).mock(one.clone()), "Mocked result must be an array."),
        (
            debug(&parallel).mock(list),
            "Mocked result must contain the same number of items as number of Parallel branches.",
        ),
        (
            debug(&task(&json!({}))).mock(one.clone()).context(json!({"Pokedex": 1})),
            "Invalid Context object provided: Field 'Pokedex' is not allowed",
        ),
        (
            debug(&task(&json!({}))).mock(one).context(json!({"State": {"Name": 1}})),
            "Invalid Context object provided: State.Name must be a string",
        ),
        (
            debug(&map(&json!({}))).mock(Mock::error("E", "c")).error_caused_by_state("Wrok"),
            "there is no state `Wrok` within the state `StateName` that could cause the error",
        ),
    ];
    for (test, message) in cases {
        assert_eq!(refusal(test), message);
    }
    assert!(refusal(debug(&parallel)).starts_with("TestState API does not support Map or Parallel states."));
}

#[test]
fn an_invalid_state_says_what_is_wrong_with_it() {
    let message = refusal(TestState::new(r#"{"Type": "Pass", "Ende": true}"#));
    assert!(message.contains("/States/StateName"), "{message}");
    assert!(message.contains("`Ende`"), "{message}");
    assert!(matches!(TestState::new("{").run(), Err(TestStateError::NotJson(_))));
}

#[test]
fn a_request_is_that_of_the_api() {
    let request = json!({
        "definition": task(&json!({})).to_string(), "input": "{\"a\":1}", "inspectionLevel": "DEBUG",
        "mock": {"errorOutput": {"error": "Busy"}, "fieldValidationMode": "NONE"},
        "stateConfiguration": {"retrierRetryCount": 1}, "revealSecrets": true,
    });
    let result = TestState::from_request(&request).unwrap().run().unwrap();
    assert_eq!(
        serde_json::to_value(result).unwrap(),
        json!({
            "error": "Busy", "status": "FAILED",
            "inspectionData": {
                "input": "{\"a\":1}", "afterInputPath": "{\"a\":1}", "afterParameters": "{\"a\":1}"
            },
        })
    );
    let refusal = |request: Value| TestState::from_request(&request).unwrap_err().to_string();
    assert_eq!(
        refusal(json!({"definition": "", "statename": "A"})),
        "the request has no field `statename`; is `stateName` meant?"
    );
    assert_eq!(
        refusal(json!({"definition": "", "mock": {"result": "1", "errorOutput": {}}})),
        "A test mock should have only one of the following fields: [result, errorOutput]."
    );
    assert_eq!(
        refusal(json!({"definition": "", "mock": {"result": "{"}})),
        "Mocked result must be valid JSON"
    );
    assert_eq!(
        refusal(json!({"definition": {}})),
        "the field `definition` must be a string; JSON stands in it as text"
    );
    assert_eq!(refusal(json!({})), "the field `definition` is missing");
}

#[test]
fn a_role_is_needed_for_a_task_that_a_request_does_not_mock() {
    let request = json!({"definition": task(&json!({})).to_string()});
    let test = TestState::from_request(&request).unwrap();
    let mut world = Mocks::new().otherwise(crate::mocks::succeeds(json!("answered")));
    let message = test.clone().run_in(&mut world).unwrap_err().to_string();
    assert_eq!(message, "RoleArn must be specified when testing a Task state");
    let result = test.role_arn("arn:aws:iam::123456789012:role/r").run_in(&mut world).unwrap();
    assert_eq!(result.output, Some(json!("answered")));
}

#[test]
fn a_wait_of_a_year_is_over_at_once() {
    let state = json!({"Type": "Wait", "Seconds": 31_536_000, "End": true});
    assert_eq!(TestState::new(&state).input(json!(1)).run().unwrap().output, Some(json!(1)));
}

#[test]
fn nothing_handles_an_error_in_a_catcher() {
    let state = json!({
        "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "QueryLanguage": "JSONata", "End": true,
        "Catch": [{"ErrorEquals": ["States.ALL"], "Output": "{% $number('x') %}", "Next": "B"}]
    });
    let result = debug(&state).mock(Mock::error("E", "c")).run().unwrap();
    assert_eq!(result.status, TestStatus::Failed);
    assert_eq!(result.error.as_deref(), Some("States.QueryEvaluationError"));
    assert_eq!(result.next_state, None);
}

#[test]
fn what_a_reader_cannot_read_is_an_error_of_the_reader() {
    let mut state = map(&json!({"ItemReader": {
        "Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "JSON"},
        "Parameters": {"Bucket": "orders", "Key": "today.json"}
    }}));
    state.as_object_mut().unwrap().remove("ItemsPath");
    let result = debug(&state).map_item_reader_data("[1,").mock(Mock::result(json!([]))).run().unwrap();
    assert_eq!(result.error.as_deref(), Some("States.ItemReaderFailed"));
    assert!(!result.cause.unwrap().starts_with("An error occurred while executing the state"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[a-z$.{%\\[\\]]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[ab]|items", inner, 0..3)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    /// A test ends with an answer or a refusal, whatever it is given; an answer says what its status promises.
    #[test]
    fn every_test_ends(
        kind in 0_usize..6, input in any_json(), mocked in any_json(), context in any_json(),
        choices in any::<[bool; 4]>(), count in any::<u32>(),
    ) {
        let states = [
            task(&json!({"ResultPath": "$.a", "OutputPath": "$.b", "Retry": [{"ErrorEquals": ["States.ALL"]}]})),
            task(&json!({"QueryLanguage": "JSONata", "Output": "{% $states.result.a %}"})),
            map(&json!({"ItemSelector": {"v.$": "$$.Map.Item.Value.a"}, "ToleratedFailurePercentage": 10})),
            json!({"Type": "Parallel", "End": true, "Branches": [{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}]}),
            json!({"Type": "Pass", "Parameters": {"x.$": "$.a[0]"}, "End": true}),
            json!({"Type": "Wait", "SecondsPath": "$.a", "End": true}),
        ];
        let [has_mock, is_error, has_context, has_reader] = choices;
        let mut test = debug(&states[kind]).input(input).retrier_retry_count(count);
        test = test.map_iteration_failure_count(u64::from(count % 4));
        if has_mock {
            test = test.mock(if is_error { Mock::error("E", "c") } else { Mock::result(mocked.clone()) });
        }
        if has_context {
            test = test.context(context);
        }
        if has_reader {
            test = test.map_item_reader_data(mocked.to_string());
        }
        if let Ok(result) = test.run() {
            let goes_on = matches!(result.status, TestStatus::Succeeded | TestStatus::CaughtError);
            prop_assert_eq!(result.output.is_some(), goes_on);
            prop_assert_eq!(result.error.is_some(), result.status != TestStatus::Succeeded);
        }
    }
}
