use std::rc::Rc;

use asl_core::model::OutputType::{Json, JsonLines};
use proptest::prelude::*;

use serde_json::json;

use super::*;
use crate::Failure;
use crate::world::MemoryObjects;

const ARN: &str = "arn:aws:states:us-east-1:123456789012:mapRun:orders/Map:run-1";

fn run(execution_type: ExecutionType) -> MapRun {
    MapRun {
        arn: ARN.to_owned(),
        state_machine_arn: "arn:aws:states:us-east-1:123456789012:stateMachine:orders/Map".to_owned(),
        execution_type,
    }
}

fn child(name: &str, result: ChildResult) -> ChildExecution {
    ChildExecution {
        name: name.to_owned(),
        arn: format!("arn:aws:states:us-east-1:123456789012:execution:orders/Map:{name}"),
        input: json!({"id": name}).into(),
        result,
        start_date: "2026-01-01T00:00:00Z".to_owned(),
        stop_date: Some("2026-01-01T00:00:01.5Z".to_owned()),
    }
}

fn succeeded(name: &str, output: Value) -> ChildExecution {
    child(name, ChildResult::Succeeded(output.into()))
}

fn failed(name: &str) -> ChildExecution {
    child(name, ChildResult::Failed(TaskError::new("Broken", "no luck")))
}

fn config(transformation: WriterTransformation, output_type: OutputType) -> WriterConfig {
    WriterConfig { transformation, output_type }
}

struct Written {
    output: Value,
    objects: MemoryObjects,
}

impl Written {
    fn file(&self, name: &str) -> String {
        String::from_utf8(self.objects.body("out", &format!("jobs/run-1/{name}")).unwrap()).unwrap()
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_str(&self.file(name)).unwrap()
    }
}

fn export(config: WriterConfig, part_bytes: u64, children: &[ChildExecution]) -> Result<Written, Failure> {
    let objects = MemoryObjects::new().with_bucket("out");
    let destination = Destination { bucket: "out".to_owned(), prefix: "jobs".to_owned() };
    let mut export =
        ResultExport::new(run(ExecutionType::Standard), destination, config, Rc::new(objects.clone()))
            .with_part_bytes(part_bytes);
    for child in children {
        export.add(child)?;
    }
    Ok(Written { output: export.finish()?, objects })
}

#[test]
fn an_export_has_a_manifest_and_a_file_for_each_kind_of_result() {
    let children = [
        succeeded("a", json!([1, {"x": null}])),
        failed("b"),
        child(
            "c",
            ChildResult::TimedOut(TaskError { error: Some("States.Timeout".to_owned()), cause: None }),
        ),
        succeeded("e", json!("text")),
    ];
    let written = export(WriterConfig::EXPORT, u64::MAX, &children).unwrap();
    assert_eq!(
        written.output.to_string(),
        format!(
            r#"{{"MapRunArn":"{ARN}","ResultWriterDetails":{{"Bucket":"out","Key":"jobs/run-1/manifest.json"}}}}"#
        )
    );
    insta::assert_snapshot!(
        serde_json::to_string_pretty(&json!({
            "manifest.json": written.json("manifest.json"),
            "SUCCEEDED_0.json": written.json("SUCCEEDED_0.json"),
            "FAILED_0.json": written.json("FAILED_0.json"),
        }))
        .unwrap()
    );
    for entry in written.json("manifest.json")["ResultFiles"].as_object().unwrap().values() {
        if entry == &json!([]) {
            continue;
        }
        let body = written.objects.body("out", entry[0]["Key"].as_str().unwrap()).unwrap();
        assert_eq!(entry[0]["Size"], body.len());
    }
    assert_eq!(written.objects.keys("out").len(), 3);
}

#[test]
fn without_children_there_is_a_manifest_only() {
    let written = export(WriterConfig::EXPORT, u64::MAX, &[]).unwrap();
    assert_eq!(written.objects.keys("out"), ["jobs/run-1/manifest.json"]);
    let files = json!({"FAILED": [], "PENDING": [], "SUCCEEDED": []});
    assert_eq!(written.json("manifest.json")["ResultFiles"], files);
}

#[test]
fn transformations_leave_the_outputs_of_those_that_succeeded() {
    let children = [succeeded("a", json!([1, [2]])), failed("b"), succeeded("c", json!({"k": 3}))];
    let outputs = |transformation, output_type| {
        let written = export(config(transformation, output_type), u64::MAX, &children).unwrap();
        let extension = if output_type == Json { "json" } else { "jsonl" };
        let failures = written.file(&format!("FAILED_0.{extension}"));
        assert!(failures.contains(r#""Cause":"no luck""#), "{failures}");
        written.file(&format!("SUCCEEDED_0.{extension}"))
    };
    assert_eq!(outputs(WriterTransformation::Compact, Json), r#"[[1,[2]],{"k":3}]"#);
    assert_eq!(outputs(WriterTransformation::Flatten, Json), r#"[1,[2],{"k":3}]"#);
    assert_eq!(outputs(WriterTransformation::Compact, JsonLines), "[1,[2]]\n{\"k\":3}\n");
    assert_eq!(outputs(WriterTransformation::Flatten, JsonLines), "1\n[2]\n{\"k\":3}\n");
    assert_eq!(outputs(WriterTransformation::None, JsonLines).lines().count(), 2);
}

#[test]
fn a_new_file_begins_before_one_gets_too_large() {
    let children: Vec<_> = (0..7).map(|number| succeeded("n", json!(number))).collect();
    let written = export(config(WriterTransformation::Compact, Json), 7, &children).unwrap();
    let files: Vec<_> = (0..3).map(|number| written.file(&format!("SUCCEEDED_{number}.json"))).collect();
    assert_eq!(files, ["[0,1,2]", "[3,4,5]", "[6]"]);
    let manifest = written.json("manifest.json");
    assert_eq!(
        manifest["ResultFiles"]["SUCCEEDED"][2],
        json!({"Key": "jobs/run-1/SUCCEEDED_2.json", "Size": 3})
    );
}

#[test]
fn a_slash_at_the_end_of_the_prefix_is_not_doubled() {
    for (prefix, expected) in [("", "run-1/manifest.json"), ("a/b/", "a/b/run-1/manifest.json")] {
        let objects = MemoryObjects::new().with_bucket("out");
        let destination = Destination { bucket: "out".to_owned(), prefix: prefix.to_owned() };
        let run = run(ExecutionType::Standard);
        ResultExport::new(run, destination, WriterConfig::EXPORT, Rc::new(objects.clone())).finish().unwrap();
        assert_eq!(objects.keys("out"), [expected]);
    }
}

#[test]
fn a_bucket_that_is_missing_fails_the_writer() {
    let destination = Destination { bucket: "none".to_owned(), prefix: String::new() };
    let objects = Rc::new(MemoryObjects::new());
    let mut export =
        ResultExport::new(run(ExecutionType::Standard), destination, WriterConfig::EXPORT, objects);
    let failure = export.add(&failed("a")).unwrap_err();
    assert_eq!(failure.error, "States.ResultWriterFailed");
    assert_eq!(failure.cause, "S3.NoSuchBucketException: there is no bucket `none`");
    assert_eq!(export.finish().unwrap_err().error, "States.ResultWriterFailed");
}

fn inline(config: WriterConfig, children: &[(u64, ChildExecution)]) -> Value {
    let mut results = InlineResults::new(run(ExecutionType::Express), config);
    for (index, child) in children {
        results.add(*index, child);
    }
    results.finish()
}

#[test]
fn the_state_s_output_stands_in_the_order_of_the_items() {
    let children = [(2, succeeded("c", json!(3))), (0, succeeded("a", json!([1, 2]))), (1, failed("b"))];
    let compact = inline(WriterConfig::INLINE, &children);
    assert_eq!((&compact[0], &compact[2]), (&json!([1, 2]), &json!(3)));
    assert_eq!(compact[1]["Error"], "Broken");
    assert_eq!(compact[1]["RedriveStatus"], "REDRIVABLE_BY_MAP_RUN");
    let flat = inline(config(WriterTransformation::Flatten, Json), &children);
    assert_eq!((&flat[0], &flat[1], &flat[3]), (&json!(1), &json!(2), &json!(3)));
    let none = inline(config(WriterTransformation::None, Json), &children);
    assert_eq!(none[0]["Output"], "[1,2]");
    assert_eq!(none.as_array().map(Vec::len), Some(3));
    assert_eq!(inline(WriterConfig::INLINE, &[]), json!([]));
}

proptest! {
    #[test]
    fn files_of_any_size_hold_every_result_once(
        texts in proptest::collection::vec("[a-z\"\n]{0,12}", 0..40),
        part_bytes in 1_u64..60,
        is_json in any::<bool>(),
    ) {
        let children: Vec<_> = texts.iter().map(|text| succeeded("n", json!(text))).collect();
        let output_type = if is_json { Json } else { JsonLines };
        let written = export(config(WriterTransformation::Compact, output_type), part_bytes, &children).unwrap();
        let mut seen: Vec<String> = Vec::new();
        for file in written.json("manifest.json")["ResultFiles"]["SUCCEEDED"].as_array().unwrap() {
            let body = written.objects.body("out", file["Key"].as_str().unwrap()).unwrap();
            let text = String::from_utf8(body).unwrap();
            let results: Vec<String> = if is_json {
                serde_json::from_str(&text).unwrap()
            } else {
                text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
            };
            prop_assert!(results.len() == 1 || text.len() as u64 <= part_bytes);
            seen.extend(results);
        }
        prop_assert_eq!(seen, texts);
    }
}
