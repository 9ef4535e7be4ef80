//! Distributed Map: children, tolerances, batches, readers and writers.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use asl_local::history::Event;
use asl_local::mocks::{from_call, succeeds, wait_for_token};
use asl_local::world::{Outcome, Reply};
use asl_local::{Execution, Mocks, Settings, Status, TaskError};
use serde_json::{Value, json};

use super::{machine, run, task, types, with};

/// A Distributed Map over the state's input whose children have one task.
pub(crate) fn map(fields: Value) -> asl_core::Valid {
    of_type("STANDARD", json!({"StartAt": "Work", "States": {"Work": task(json!({}))}}), fields)
}

pub(crate) fn of_type(execution_type: &str, processor: Value, fields: Value) -> asl_core::Valid {
    let config = json!({"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": execution_type}});
    let processor = with(config, processor);
    machine(json!({"Each": with(json!({"Type": "Map", "End": true, "ItemProcessor": processor}), fields)}))
}

/// Tasks of a second that give back their input, and fail for the inputs of this list.
pub(crate) fn echo_but(broken: &'static [i64]) -> Mocks {
    Mocks::new().on(
        "Work",
        from_call(move |call| Reply {
            after: Duration::from_secs(1),
            ..Reply::new(match call.input.as_i64() {
                Some(number) if broken.contains(&number) => Outcome::Failure(TaskError::new("Broken", "")),
                _ => Outcome::Success(call.input.clone()),
            })
        }),
    )
}

#[test]
fn results_stand_in_the_order_of_the_items() {
    for (most, seconds) in [(1, 4), (3, 2), (0, 1)] {
        let execution = run(&map(json!({"MaxConcurrency": most})), json!([3, 1, 2, 0]), &echo_but(&[]));
        assert_eq!(execution.output(), Some(&json!([3, 1, 2, 0])));
        assert_eq!(execution.elapsed().as_secs(), seconds);
    }
    let execution = run(&map(json!({})), json!([1]), &echo_but(&[]));
    assert_eq!(
        types(&execution)[1..],
        [
            "MapStateEntered",
            "MapStateStarted",
            "MapRunStarted",
            "MapRunSucceeded",
            "MapStateSucceeded",
            "MapStateExited",
            "ExecutionSucceeded"
        ]
    );
}

#[test]
fn without_a_word_about_failures_none_is_tolerated() {
    let execution = run(&map(json!({"MaxConcurrency": 1})), json!([0, 1, 2, 3]), &echo_but(&[1]));
    assert_eq!(execution.error(), Some("States.ExceedToleratedFailureThreshold"));
    assert_eq!(execution.cause(), Some("The specified tolerated failure threshold was exceeded"));
    assert_eq!(execution.elapsed().as_secs(), 2, "no child is started after that");
    assert_eq!(
        types(&execution)[3..],
        ["MapRunStarted", "MapRunFailed", "MapStateFailed", "ExecutionFailed"]
    );
}

#[test]
fn so_many_failures_are_tolerated_and_one_more_is_not() {
    let status = |fields: Value, broken| run(&map(fields), json!([0, 1, 2, 3]), &echo_but(broken)).status();
    let count = json!({"ToleratedFailureCount": 2});
    assert_eq!(status(count.clone(), &[0, 1]), Status::Succeeded);
    assert_eq!(status(count, &[0, 1, 2]), Status::Failed);
    let share = json!({"ToleratedFailurePercentage": 50});
    assert_eq!(status(share.clone(), &[0, 1]), Status::Succeeded);
    assert_eq!(status(share, &[0, 1, 2]), Status::Failed);
    assert_eq!(status(json!({"ToleratedFailurePercentage": 100}), &[0, 1, 2, 3]), Status::Succeeded);
    let both = json!({"ToleratedFailureCount": 1, "ToleratedFailurePercentage": 90});
    assert_eq!(status(both, &[0, 1]), Status::Failed, "either may be exceeded");
}

#[test]
fn failed_children_of_a_map_that_tolerates_them_are_described_in_the_result() {
    let execution = run(&map(json!({"ToleratedFailureCount": 1})), json!([0, 1]), &echo_but(&[1]));
    let failed = &execution.output().unwrap()[1];
    assert_eq!(
        (&failed["Status"], &failed["Error"], &failed["Input"]),
        (&json!("FAILED"), &json!("Broken"), &json!("1"))
    );
}

#[test]
fn batches_hold_so_many_items_and_what_all_children_get() {
    let fields = json!({"ItemBatcher": {"MaxItemsPerBatch": 2, "BatchInput": {"day.$": "$.day"}}, "ItemsPath": "$.items"});
    let execution = run(&map(fields), json!({"day": 5, "items": [1, 2, 3]}), &echo_but(&[]));
    let day = json!({"day": 5});
    let expected = json!([{"BatchInput": day, "Items": [1, 2]}, {"BatchInput": day, "Items": [3]}]);
    assert_eq!(execution.output(), Some(&expected));
}

#[test]
fn a_failed_batch_counts_all_of_its_items() {
    let fields =
        |tolerated| json!({"ItemBatcher": {"MaxItemsPerBatch": 2}, "ToleratedFailureCount": tolerated});
    let broken = || {
        Mocks::new().on("Work", |input: &Value| match input["Items"][0].as_i64() {
            Some(0) => Err(TaskError::new("Broken", "")),
            _ => Ok(json!({})),
        })
    };
    assert_eq!(run(&map(fields(1)), json!([0, 1, 2]), &broken()).status(), Status::Failed);
    assert_eq!(run(&map(fields(2)), json!([0, 1, 2]), &broken()).status(), Status::Succeeded);
}

#[test]
fn items_come_from_an_object_and_results_go_to_objects() {
    let fields = json!({
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
            "Parameters": {"Bucket": "in", "Key.$": "$.key"}},
        "ItemSelector": {"id.$": "$$.Map.Item.Value.id", "run.$": "$.run"},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "results"},
            "WriterConfig": {"OutputType": "JSONL", "Transformation": "COMPACT"}},
        "ToleratedFailureCount": 1});
    let mocks = Mocks::new()
        .on("Work", |input: &Value| match input["id"].as_str() {
            Some("2") => Err(TaskError::new("Broken", "")),
            _ => Ok(input["id"].clone()),
        })
        .object("in", "rows.csv", "id,name\n1,Ann\n2,Ben\n3,Cem\n")
        .bucket("out");
    let execution = run(&map(fields), json!({"key": "rows.csv", "run": 9}), &mocks);
    assert_eq!(mocks.calls()[0].input, json!({"id": "1", "run": 9}));
    let key = execution.output().unwrap()["ResultWriterDetails"]["Key"].as_str().unwrap();
    let text = |key: &str| String::from_utf8(mocks.body("out", key).unwrap()).unwrap();
    let manifest: Value = serde_json::from_str(&text(key)).unwrap();
    let file = |kind: &str| text(manifest["ResultFiles"][kind][0]["Key"].as_str().unwrap());
    assert_eq!(file("SUCCEEDED"), "\"1\"\n\"3\"\n");
    assert!(file("FAILED").contains(r#""Error":"Broken""#));
}

#[test]
fn a_map_run_that_fails_leaves_its_results_and_goes_on_with_them() {
    let fields = json!({"MaxConcurrency": 2, "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket": "out", "Prefix": "results"}, "WriterConfig": {"OutputType": "JSONL", "Transformation": "COMPACT"}}});
    let is_mended = Rc::new(Cell::new(false));
    let mended = Rc::clone(&is_mended);
    let answer = from_call(move |call| {
        let broken = call.input == 2 && !mended.get();
        Reply {
            after: Duration::from_secs(call.input.as_u64().unwrap_or(0)),
            ..Reply::new(if broken {
                Outcome::Failure(TaskError::new("Broken", "why"))
            } else {
                Outcome::Success(call.input.clone())
            })
        }
    });
    let mocks = Mocks::new().on("Work", answer).bucket("out");
    // the first succeeds, the second fails after a second more, the third is stopped, the fourth never starts
    let mut execution = run(&map(fields), json!([1, 2, 9, 4]), &mocks);
    assert_eq!(execution.error(), Some("States.ExceedToleratedFailureThreshold"));
    let history = serde_json::to_value(execution.history()).unwrap();
    let started = history["events"].as_array().unwrap().iter().find(|event| event["type"] == "MapRunStarted");
    let arn = started.unwrap()["mapRunStartedEventDetails"]["mapRunArn"].as_str().unwrap().to_owned();
    let id = arn.rsplit_once(':').unwrap().1;
    let text = |key: &str| String::from_utf8(mocks.body("out", key).unwrap()).unwrap();
    let results = || {
        let manifest: Value = serde_json::from_str(&text(&format!("results/{id}/manifest.json"))).unwrap();
        let files = |kind: &str| -> Vec<String> {
            let files = manifest["ResultFiles"][kind].as_array().unwrap();
            files.iter().map(|file| text(file["Key"].as_str().unwrap())).collect()
        };
        (files("SUCCEEDED"), files("FAILED"))
    };
    let (succeeded, failed) = results();
    assert_eq!(succeeded, ["1\n"]);
    let lines: Vec<Value> = failed[0].lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let shown: Vec<_> = lines.iter().map(|line| (line["Input"].clone(), line["Status"].clone())).collect();
    assert_eq!(shown, [(json!("2"), json!("FAILED")), (json!("9"), json!("ABORTED"))]);

    is_mended.set(true);
    execution.redrive().unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    let (succeeded, failed) = results();
    assert_eq!((succeeded.concat().as_str(), failed), ("1\n2\n4\n9\n", vec![]));
}

#[test]
fn a_reader_without_its_object_fails_the_state_by_a_name_that_can_be_caught() {
    let reader = json!({"ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "JSON"}, "Parameters": {"Bucket": "in", "Key": "rows.json"}}});
    let execution = run(&map(reader), json!({}), &Mocks::new().bucket("in"));
    assert_eq!(execution.error(), Some("States.ItemReaderFailed"));
}

/// The events of each execution by its ARN, oldest first.
fn histories(machine: &asl_core::Valid, input: Value, mocks: &Mocks) -> BTreeMap<String, Vec<String>> {
    let seen = Rc::new(RefCell::new(BTreeMap::<String, Vec<String>>::new()));
    let sink = Rc::clone(&seen);
    let settings = Settings::new().keep_history(false).sink(move |arn: &str, event: &Event| {
        sink.borrow_mut().entry(arn.to_owned()).or_default().push(format!(
            "{} {}",
            event.id,
            event.event_type()
        ));
    });
    let mut execution = Execution::with(settings, machine, input, mocks.clone()).unwrap();
    execution.run().unwrap();
    assert!(execution.history().events().is_empty());
    seen.take()
}

#[test]
fn each_child_has_a_history_of_its_own() {
    let all = histories(&map(json!({})), json!([1, 2, 3]), &echo_but(&[]));
    let children: Vec<_> = all.iter().filter(|(arn, _)| arn.contains("StateMachine/Each:")).collect();
    assert_eq!(children.len(), 3);
    for (_, events) in children {
        assert_eq!(events[..2], ["1 ExecutionStarted", "2 TaskStateEntered"]);
        assert_eq!(events.last().unwrap(), "7 ExecutionSucceeded");
    }
}

#[test]
fn express_children_have_five_minutes() {
    let wait =
        |seconds| json!({"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": seconds, "End": true}}});
    let status = |kind: &str, seconds| {
        run(&of_type(kind, wait(seconds), json!({})), json!([1]), &Mocks::new()).status()
    };
    assert_eq!(status("EXPRESS", 299), Status::Succeeded);
    assert_eq!(status("EXPRESS", 301), Status::Failed);
    assert_eq!(status("STANDARD", 301), Status::Succeeded);
}

#[test]
fn children_stop_when_the_branch_beside_them_fails() {
    let processor = json!({"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Work",
        "States": {"Work": task(json!({}))}});
    let each = json!({"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": processor, "End": true});
    let machine = machine(json!({
        "Both": {"Type": "Parallel", "Next": "Wait", "Branches": [
            {"StartAt": "Each", "States": {"Each": each}},
            {"StartAt": "Soon", "States": {
                "Soon": {"Type": "Wait", "Seconds": 2, "Next": "Broken"}, "Broken": {"Type": "Fail", "Error": "Broken"}}}],
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Wait"}]},
        "Wait": {"Type": "Wait", "Seconds": 60, "End": true}}));
    let mocks = Mocks::new().on("Work", succeeds(json!({})).takes(Duration::from_secs(3)));
    let execution = run(&machine, json!([1, 2, 3, 4]), &mocks);
    assert_eq!(execution.status(), Status::Succeeded);
    assert_eq!(mocks.calls().len(), 1);
    assert!(types(&execution).contains(&"MapRunAborted"));
}

#[test]
fn a_stop_ends_the_children() {
    let mut execution =
        super::start(&map(json!({})), json!([1, 2]), &Mocks::new().on("Work", wait_for_token()));
    execution.run().unwrap();
    execution.stop(None, None);
    assert_eq!(execution.status(), Status::Aborted);
    assert!(!execution.step().unwrap());
}

#[test]
fn variables_are_not_seen_by_children_but_by_the_selector() {
    let fields = json!({"QueryLanguage": "JSONata", "Items": "{% $items %}", "ItemSelector": {
        "n": "{% $states.context.Map.Item.Value + $offset %}"}});
    let states = json!({
        "Set": {"Type": "Pass", "Assign": {"items": [1, 2], "offset": 10}, "Next": "Each"},
        "Each": with(json!({"Type": "Map", "End": true, "ItemProcessor": {
            "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}), fields)});
    let execution = run(&machine(states), json!({}), &Mocks::new());
    assert_eq!(execution.output(), Some(&json!([{"n": 11}, {"n": 12}])), "{:?}", execution.cause());
}
