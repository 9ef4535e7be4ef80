//! The service's limits: payloads, histories, depth.

use asl_local::mocks::succeeds;
use asl_local::{Execution, Mocks, NotRedrivable, Settings, Status};
use serde_json::{Value, json};

use super::{machine, run, task, types};

const KIB_256: usize = 262_144;

/// A JSON text of this length.
fn text_of(bytes: usize) -> Value {
    "x".repeat(bytes - 2).into()
}

#[test]
fn a_payload_has_256_kib() {
    let machine = machine(json!({"Work": task(json!({}))}));
    let answering = |bytes| Mocks::new().on("Work", succeeds(text_of(bytes)));
    assert_eq!(run(&machine, json!({}), &answering(KIB_256)).status(), Status::Succeeded);
    let execution = run(&machine, json!({}), &answering(KIB_256 + 1));
    assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
    assert!(execution.cause().unwrap().starts_with("The state/task 'arn:aws:lambda"));
    // bytes of UTF-8, not characters
    let wide = Mocks::new().on("Work", succeeds("é".repeat(KIB_256 / 2)));
    assert_eq!(run(&machine, json!({}), &wide).status(), Status::Failed);
}

#[test]
fn an_output_has_256_kib() {
    let machine =
        machine(json!({"Twice": {"Type": "Pass", "Parameters": {"a.$": "$", "b.$": "$"}, "End": true}}));
    let fits = KIB_256 / 2 - 10;
    assert_eq!(run(&machine, text_of(fits), &Mocks::new()).status(), Status::Succeeded);
    let execution = run(&machine, text_of(KIB_256 / 2), &Mocks::new());
    assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
}

#[test]
fn a_standard_history_has_25_000_events() {
    let machine = machine(
        json!({"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Choice", "Default": "Done",
        "Choices": [{"Variable": "$.on", "BooleanEquals": true, "Next": "A"}]}, "Done": {"Type": "Succeed"}}),
    );
    let mut execution = run(&machine, json!({"on": true}), &Mocks::new());
    assert_eq!(execution.status(), Status::Failed);
    assert_eq!(execution.history().len(), 25_000);
    assert_eq!(types(&execution).last(), Some(&"ExecutionFailed"));
    assert_eq!(execution.redrive(), Err(NotRedrivable::HistoryFull));
}

#[test]
fn no_catcher_hides_that_the_history_is_full() {
    let loops = json!({"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"},
        "B": {"Type": "Choice", "Default": "A", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "End"}]},
        "End": {"Type": "Succeed"}}});
    let machine = machine(json!({
        "Around": {"Type": "Parallel", "Branches": [loops], "End": true,
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]},
        "Caught": {"Type": "Succeed"}}));
    let settings = Settings::new().history_quota(Some(100));
    let mut execution = Execution::with(settings, &machine, json!({}), Mocks::new()).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    assert_eq!(execution.history().len(), 100);
    assert!(execution.cause().unwrap().contains("(100)"));
}

#[test]
fn data_that_grows_deeper_in_a_loop_comes_to_an_end() {
    let machine = machine(json!({"Deeper": {"Type": "Pass", "Parameters": {"in.$": "$"}, "Next": "Again"},
        "Again": {"Type": "Choice", "Default": "Deeper", "Choices": [{"Variable": "$.out", "IsPresent": true, "Next": "End"}]},
        "End": {"Type": "Succeed"}}));
    let execution = run(&machine, json!({}), &Mocks::new());
    assert_eq!((execution.status(), execution.error()), (Status::Failed, Some("States.Runtime")));
    assert!(execution.cause().unwrap().contains("levels deep"));
}

/// A machine in JSONata of these states.
fn jsonata(states: &Value) -> asl_core::Valid<asl_core::model::StateMachine> {
    let start = states.as_object().and_then(|states| states.keys().next()).expect("a state");
    super::definition(&json!({"QueryLanguage": "JSONata", "StartAt": start, "States": states}))
}

#[test]
fn an_execution_takes_256_kib() {
    let machine = machine(json!({"Work": task(json!({"ResultPath": null}))}));
    let mocks = Mocks::new().on("Work", succeeds(1));
    assert_eq!(run(&machine, text_of(KIB_256), &mocks).status(), Status::Succeeded);
    let unready = Execution::start(&machine, text_of(KIB_256 + 1), mocks).err().expect("it is refused");
    assert!(unready.to_string().starts_with("the input: it has 262145 bytes"), "{unready}");
}

#[test]
fn what_a_task_and_branches_are_given_has_256_kib() {
    let caught = json!([{"ErrorEquals": ["States.ALL"], "Next": "Other"},
        {"ErrorEquals": ["States.DataLimitExceeded"], "Next": "Caught"}]);
    // States.ALL has to stand last, and does not match
    let caught = json!([caught[1], caught[0]]);
    let branch = json!({"StartAt": "In", "States": {"In": {"Type": "Pass", "Result": 1, "End": true}}});
    let twice = json!({"a.$": "$", "b.$": "$"});
    for state in [
        task(json!({"Parameters": twice})),
        json!({"Type": "Parallel", "Branches": [branch], "End": true, "Parameters": twice}),
    ] {
        let named = super::with(state.clone(), json!({"Catch": caught}));
        let states = json!({"Work": named, "Caught": {"Type": "Pass", "Result": "by name", "End": true},
            "Other": {"Type": "Succeed"}});
        let mocks = Mocks::new().on("Work", succeeds(1));
        let execution = run(&machine(states), text_of(KIB_256 / 2), &mocks);
        assert_eq!(execution.output(), Some(&json!("by name")));
        assert!(mocks.calls().is_empty(), "the task is not called");
        let all = super::with(state, json!({"Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Other"}]}));
        let states = json!({"Work": all, "Other": {"Type": "Succeed"}});
        let execution = run(&machine(states), text_of(KIB_256 / 2), &mocks);
        assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
        assert!(execution.cause().unwrap().contains("Parameters have a size"), "{:?}", execution.cause());
    }
}

#[test]
fn what_a_state_assigns_has_256_kib() {
    for (bytes, status) in [(KIB_256, Status::Succeeded), (KIB_256 + 2, Status::Failed)] {
        let states = json!({
            "Keep": {"Type": "Pass", "Assign": {"x.$": "$$.Execution.Input.half",
                "y.$": "$$.Execution.Input.half"}, "Result": 1, "End": true}});
        let execution = run(&machine(states), json!({"half": text_of(bytes / 2)}), &Mocks::new());
        assert_eq!(execution.status(), status);
        let states = json!({"Keep": {"Type": "Pass", "Output": 1, "End": true, "Assign": {
            "x": "{% $states.input %}", "y": "{% $states.input %}"}}});
        let execution = run(&jsonata(&states), text_of(bytes / 2), &Mocks::new());
        assert_eq!(execution.status(), status);
        let error = (status == Status::Failed).then_some("States.DataLimitExceeded");
        assert_eq!(execution.error(), error);
    }
}

/// A machine that assigns a number of variables of 200,000 bytes, one a state.
fn keeping(names: impl Iterator<Item = String>) -> Value {
    let names: Vec<String> = names.collect();
    let state = |(index, name): (usize, &String)| {
        let mut state = json!({"Type": "Pass", "Assign": {name: "{% $pad('', 199998, 'x') %}"}, "Output": 1});
        match names.get(index + 1) {
            Some(_) => state["Next"] = format!("Keep{}", index + 1).into(),
            None => state["End"] = true.into(),
        }
        (format!("Keep{index}"), state)
    };
    names.iter().enumerate().map(state).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn all_variables_have_10_mib() {
    let own = |count: usize| keeping((0..count).map(|index| format!("own{index}")));
    // 10 MiB hold 52 of them
    assert_eq!(run(&jsonata(&own(52)), json!({}), &Mocks::new()).status(), Status::Succeeded);
    let execution = run(&jsonata(&own(53)), json!({}), &Mocks::new());
    assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
    assert!(execution.cause().unwrap().contains("after the state 'Keep52'"), "{:?}", execution.cause());
    // what is replaced does not count, nor what has gone with its iteration
    let same = keeping((0..120).map(|_| "same".to_owned()));
    assert_eq!(run(&jsonata(&same), json!({}), &Mocks::new()).status(), Status::Succeeded);
    let rounds = json!({"Each": {"Type": "Map", "Items": [1, 2, 3, 4, 5], "MaxConcurrency": 1, "End": true,
        "ItemProcessor": {"StartAt": "Keep0", "States": own(20)}}});
    assert_eq!(run(&jsonata(&rounds), json!({}), &Mocks::new()).status(), Status::Succeeded);
    let branch = |first: &str| {
        let text = own(30).to_string().replace("Keep", first);
        json!({"StartAt": format!("{first}0"), "States": serde_json::from_str::<Value>(&text).unwrap()})
    };
    let together = json!({"Both": {"Type": "Parallel", "Branches": [branch("A"), branch("B")], "End": true}});
    assert_eq!(run(&jsonata(&together), json!({}), &Mocks::new()).status(), Status::Failed);
}

#[test]
fn a_child_of_a_distributed_map_takes_256_kib() {
    let each = |size: usize| {
        json!({"Each": {"Type": "Map", "Items": [1], "End": true, "ItemSelector": {"text": format!("{{% $pad('', {size}, 'x') %}}")},
            "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
                "StartAt": "In", "States": {"In": {"Type": "Pass", "Output": 1, "End": true}}}}})
    };
    let around = r#"{"text":""}"#.len();
    assert_eq!(run(&jsonata(&each(KIB_256 - around)), json!({}), &Mocks::new()).output(), Some(&json!([1])));
    let execution = run(&jsonata(&each(KIB_256 - around + 1)), json!({}), &Mocks::new());
    assert_eq!(execution.error(), Some("States.DataLimitExceeded"));
    assert!(types(&execution).ends_with(&["MapRunFailed", "MapStateFailed", "ExecutionFailed"]));
}
