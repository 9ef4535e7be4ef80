//! Distributed maps over stored objects: reading, batches, written results.

use asl_core::flow::{Batches, Block, Distributed, Effect, EffectKind, Map, Name, Reader, Writer};
use asl_core::model::ExecutionType;
use serde_json::{Value, json};

use super::author::{Author, program};
use super::{Case, checked};

/// Loads the objects under a prefix, then asks for the state of a query until it is known.
fn nightly_etl(a: &Author, returns_places: bool) -> asl_core::flow::Program {
    let (job, batch, loaded, started) =
        (a.local("job"), a.local("batch"), a.local("loaded"), a.local("started"));
    let (places, state, polls) = (a.local("places"), a.local("state"), a.local("polls"));
    let again = a.label();
    let distributed = Distributed {
        reader: Some(Reader {
            resource: "arn:aws:states:::s3:listObjectsV2".to_owned(),
            config: None,
            arguments: a.leaf("{'Bucket': $job.bucket, 'Prefix': $job.prefix}"),
        }),
        batches: Some(Batches { max_items: Some(a.leaf("2")), max_bytes: None }),
        tolerated_failure_percentage: Some(a.leaf("$job.tolerated")),
        label: Some("load_objects".to_owned()),
        writer: Some(Writer {
            target: Some((
                "arn:aws:states:::s3:putObject".to_owned(),
                a.leaf("{'Bucket': 'results', 'Prefix': 'etl-runs/' & $job.table}"),
            )),
            config: None,
        }),
        ..Distributed::new(ExecutionType::Standard)
    };
    let map = Map {
        items: None,
        item: batch,
        index: None,
        body: Block::of(|b| {
            b.effect(
                a.call("load_batch", "{'table': $job.table, 'keys': [$batch.Key]}").bind(loaded.clone()),
            );
            b.return_(loaded.expression());
        }),
        max_concurrency: Some(a.leaf("2")),
        distributed: Some(distributed),
    };
    program(&job, |b| {
        let load = Effect {
            name: Name::Derived("load_objects".to_owned()),
            ..Effect::new(EffectKind::Map(Box::new(map)))
        };
        if returns_places {
            b.effect(load.bind(places.clone()));
            b.return_(a.leaf("$places.ResultWriterDetails"));
            return;
        }
        b.effect(load);
        let start = Effect::task(
            "start_query",
            "arn:aws:states:::athena:startQueryExecution",
            a.leaf("{'QueryString': $job.sql}"),
        );
        b.effect(start.bind(started.clone()));
        b.set(&polls, a.leaf("0"));
        b.repeat(again, |b| {
            let arguments = a.leaf("{'QueryExecutionId': $started.QueryExecutionId}");
            let ask = Effect::task("get_query", "arn:aws:states:::athena:getQueryExecution", arguments);
            b.effect(ask.bind(state.clone()));
            b.choose(
                a.when("$state = 'SUCCEEDED'", |b| {
                    b.return_(a.leaf("{'query_id': $started.QueryExecutionId, 'polls': $polls}"));
                })
                .or_if(
                    a.leaf("$state = 'FAILED' or $polls >= 2"),
                    Block::of(|b| b.raise(a.leaf("'QueryFailed'"), a.leaf("'after ' & $polls"))),
                ),
            );
            b.set(&polls, a.leaf("$polls + 1"));
            b.effect(Effect::wait_seconds(a.leaf("30")));
        });
    })
}

fn etl_case(returns_places: bool) -> Case {
    let a = Author::default();
    let mut case = Case::new(nightly_etl(&a, returns_places)).input(json!({
        "bucket": "items", "prefix": "in/", "table": "t", "sql": "select 1", "tolerated": 0,
    }));
    for name in ["a", "b", "c", "d", "e"] {
        let key = format!("in/{name}.csv");
        case = case.stores(&key, "x", &[json!({ "Key": key })]);
    }
    case.gives("${load_batch}", json!({"rows": 7}))
        .gives("arn:aws:states:::athena:startQueryExecution", json!({"QueryExecutionId": "q"}))
        .gives("arn:aws:states:::athena:getQueryExecution", json!("RUNNING"))
        .gives("arn:aws:states:::athena:getQueryExecution", json!("RUNNING"))
        .gives("arn:aws:states:::athena:getQueryExecution", json!("SUCCEEDED"))
        .gives("arn:aws:states:::athena:getQueryExecution", json!("FAILED"))
}

#[test]
fn objects_are_listed_and_loaded_in_batches() {
    insta::assert_snapshot!(etl_case(false).agrees());
}

#[test]
fn too_many_failures_of_batches_fail_the_map() {
    let case = etl_case(false).fails("${load_batch}", "Broken");
    let (_, machine) = checked(&case.lowered().machine);
    let mut failed = 0;
    for (what, run) in case.runs(&machine, 20) {
        // what was not begun when one failed is not begun any more, so only what ran on can be said
        let went_on = run.log.iter().any(|attempt| attempt.text.contains("startQueryExecution"));
        let is_map = |error: &str| error == "States.ExceedToleratedFailureThreshold";
        failed += usize::from(run.result.as_ref().is_err_and(|failure| is_map(&failure.error)));
        assert_eq!(went_on, !run.result.is_err_and(|failure| is_map(&failure.error)), "{what}");
    }
    assert!((1..20).contains(&failed), "{failed}");
}

#[test]
fn results_are_written_where_the_program_says() {
    let case = etl_case(true);
    let (_, machine) = checked(&case.lowered().machine);
    for (what, run) in case.runs(&machine, 3) {
        let written = run.result.unwrap_or_else(|failure| panic!("{what}: {failure:?}"));
        assert_eq!(written["Bucket"], "results");
        let key = written["Key"].as_str().expect("a key");
        assert!(key.starts_with("etl-runs/t/"), "{key}");
        let manifest = run.mocks.body("results", key).expect("the manifest");
        let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
        let file = manifest["ResultFiles"]["SUCCEEDED"][0]["Key"].as_str().expect("a file of results");
        let results: Value =
            serde_json::from_slice(&run.mocks.body("results", file).expect("results")).expect("JSON");
        assert_eq!(results.as_array().map(Vec::len), Some(3), "{results}");
    }
}

#[test]
fn batches_are_as_large_as_allowed() {
    let a = Author::default();
    let (input, batch) = (a.local("input"), a.local("batch"));
    let distributed = Distributed {
        batches: Some(Batches { max_items: None, max_bytes: Some(a.leaf("$input.bytes")) }),
        ..Distributed::new(ExecutionType::Express)
    };
    let map = Map {
        items: Some(a.leaf("$input.items")),
        item: batch,
        index: None,
        body: Block::of(|b| b.effect(a.call("load", "{'batch': $batch, 'for': $input.who}"))),
        max_concurrency: None,
        distributed: Some(distributed),
    };
    let program = program(&input, |b| b.effect(Effect::new(EffectKind::Map(Box::new(map)))));
    let items: Vec<Value> =
        (0..40).map(|number| json!({"number": number, "text": "x".repeat(number)})).collect();
    let case = Case::new(program).input(json!({"items": items, "bytes": 300, "who": "me"}));
    let (json, machine) = checked(&case.lowered().machine);
    insta::assert_snapshot!(json);
    let runs = case.runs(&machine, 1);
    let [(_, run)] = runs.as_slice() else { panic!("one run") };
    let payloads: Vec<Value> = run.mocks.calls().iter().map(|call| call.input["Payload"].clone()).collect();
    assert!(payloads.len() > 5, "{}", payloads.len());
    let mut seen: Vec<Value> = Vec::new();
    for payload in payloads {
        assert_eq!(payload["for"], "me");
        let batch = payload["batch"].as_array().expect("a batch").clone();
        assert!(payload["batch"].to_string().len() <= 300 || batch.len() == 1);
        seen.extend(batch);
    }
    assert_eq!(seen, items);
}
