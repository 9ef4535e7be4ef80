//! Very many objects, then a query that is polled.

use asl_core::ctx::{Ctx, Failure, MapRun, Retry, items, json_lines, s3_objects};
use asl_core::jsonata::secs;
use asl_local::mocks::{fails, succeeds};
use asl_local::native::Local;
use asl_local::world::World as _;
use asl_local::{Mocks, block_on};
use asl_macros::{AslData, AslError, task};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(AslData, Serialize, Deserialize, Clone)]
struct EtlJob {
    bucket: String,
    prefix: String,
    table: String,
    sql: String,
}

#[derive(AslData, Serialize, Deserialize, Clone)]
#[serde(rename_all = "PascalCase")]
struct S3Object {
    key: String,
}

#[derive(AslData, Serialize, Deserialize)]
struct Loaded {
    rows: u64,
}

#[derive(AslData, Deserialize)]
struct Started {
    #[serde(rename = "QueryExecutionId")]
    query_id: String,
}

#[derive(AslData, Deserialize, PartialEq, Clone, Copy)]
#[serde(rename_all = "UPPERCASE")]
enum QueryState {
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

#[derive(AslData, Deserialize)]
struct Query {
    state: QueryState,
    reason: Option<String>,
    scanned_bytes: Option<u64>,
}

#[derive(AslData, Serialize, Debug, PartialEq)]
struct Report {
    query_id: String,
    polls: u32,
    scanned_bytes: u64,
}

#[derive(Debug, PartialEq, AslError)]
enum EtlError {
    QueryFailed(String),
    QueryTimedOut,
    #[asl(other)]
    Task(Failure),
}

#[task(lambda = "${LoadBatchArn}")]
async fn load_batch(ctx: &Ctx, table: &str, keys: &[S3Object]) -> Result<Loaded, Failure>;

#[task(athena::start_query_execution(work_group = "${WorkGroup}"))]
async fn start_query(ctx: &Ctx, query_string: &str) -> Result<Started, Failure>;

#[task(
    athena::get_query_execution,
    payload = { "QueryExecutionId": query_id },
    result = {
        state: QueryExecution.Status.State,
        reason: QueryExecution.Status.StateChangeReason,
        scanned_bytes: QueryExecution.Statistics.DataScannedInBytes,
    }
)]
async fn get_query(ctx: &Ctx, query_id: &str) -> Result<Query, Failure>;

const MAX_POLLS: u32 = 120;

async fn nightly_etl(ctx: &Ctx, job: EtlJob) -> Result<Report, EtlError> {
    s3_objects::<S3Object>(ctx, "LoadObjects", &job.bucket, &job.prefix)
        .batches_of(500)
        .max_concurrency(200)
        .tolerate_percent(5.0)
        .results_to(&job.bucket, "etl-runs/")
        .run(job.table.clone(), async |ctx, batch| {
            load_batch(ctx, &batch.input, &batch.items).retry(Retry::LAMBDA).await
        })
        .await?;

    let started = start_query(ctx, &job.sql).await?;
    let mut polls = 0;
    loop {
        let query = get_query(ctx, &started.query_id).await?;
        match query.state {
            QueryState::Succeeded => {
                let scanned_bytes = query.scanned_bytes.unwrap_or(0);
                return Ok(Report { query_id: started.query_id, polls, scanned_bytes });
            }
            QueryState::Failed | QueryState::Cancelled => {
                return Err(EtlError::QueryFailed(query.reason.unwrap_or_default()));
            }
            QueryState::Queued | QueryState::Running if polls >= MAX_POLLS => {
                return Err(EtlError::QueryTimedOut);
            }
            QueryState::Queued | QueryState::Running => {
                polls += 1;
                ctx.sleep(secs(30)).await;
            }
        }
    }
}

fn job() -> EtlJob {
    EtlJob { bucket: "b".into(), prefix: "in/".into(), table: "t".into(), sql: "msck".into() }
}

fn mocks(objects: usize) -> Mocks {
    let mocks = Mocks::new()
        .bucket("b")
        .on("LoadBatch", |input: &Value| Ok(json!({"rows": input["keys"].as_array().unwrap().len()})))
        .on("StartQuery", |input: &Value| {
            assert_eq!(*input, json!({"WorkGroup": "${WorkGroup}", "QueryString": "msck"}));
            Ok(json!({"QueryExecutionId": "q-1"}))
        });
    (0..objects).fold(mocks, |mocks, index| mocks.object("b", format!("in/{index}"), ""))
}

fn status(state: &str) -> serde_json::Value {
    json!({"QueryExecution": {"Status": {"State": state}, "Statistics": {"DataScannedInBytes": 77}}})
}

#[test]
fn objects_are_loaded_in_batches_and_the_query_is_polled_until_done() {
    let mut polls = 0;
    let mocks = mocks(1_201).on("GetQuery", move |input: &Value| {
        assert_eq!(*input, json!({"QueryExecutionId": "q-1"}));
        polls += 1;
        Ok(status(if polls < 4 { "RUNNING" } else { "SUCCEEDED" }))
    });
    let local = Local::new(mocks.clone());
    let report = Report { query_id: "q-1".into(), polls: 3, scanned_bytes: 77 };
    assert_eq!(block_on(nightly_etl(&local.ctx(), job())), Ok(report));
    assert_eq!(local.elapsed(), secs(90));
    assert_eq!(local.states()[..4], ["LoadBatch", "LoadBatch", "LoadBatch", "StartQuery"]);
    let written: Vec<String> =
        mocks.objects().list("b", "etl").unwrap().map(|object| object.unwrap().key).collect();
    assert_eq!(written.len(), 2, "{written:?}");
    assert!(written[1].ends_with("/manifest.json"), "{written:?}");
}

#[test]
fn a_query_that_never_ends_is_given_up() {
    let local = Local::new(mocks(0).on("GetQuery", succeeds(status("QUEUED"))));
    assert_eq!(block_on(nightly_etl(&local.ctx(), job())), Err(EtlError::QueryTimedOut));
    assert_eq!(local.elapsed(), secs(3_600));
}

#[test]
fn too_many_failed_batches_fail_the_load() {
    let local = Local::new(mocks(501).on("LoadBatch", fails("Corrupt", "no CSV")));
    let failed = block_on(nightly_etl(&local.ctx(), job()));
    let Err(EtlError::Task(failure)) = failed else { panic!("{failed:?}") };
    assert_eq!(failure.error, "States.ExceedToleratedFailureThreshold");
    assert!(matches!(block_on(nightly_etl(&local.ctx(), job())), Err(EtlError::Task(_))));
}

#[test]
fn what_comes_out_follows_from_what_was_set() {
    let local = Local::new(Mocks::new().object("b", "rows", "1\n2\n3\n"));
    let ctx = local.ctx();
    let odd = async |n: u32| if n % 2 == 1 { Ok(n * 10) } else { Err(Failure::new("Even", n.to_string())) };
    let all: Result<Vec<u32>, _> = block_on(
        json_lines::<u32>(&ctx, "All", "b", "rows")
            .run(1, async |_, each| Ok::<_, Failure>(each.item + each.input)),
    );
    assert_eq!(all, Ok(vec![2, 3, 4]));
    let some: Result<Vec<Result<u32, Failure>>, _> = block_on(
        items(&ctx, "Some", [1, 2, 3]).tolerate_count(1).run((), async |_, each| odd(each.item).await),
    );
    assert_eq!(some, Ok(vec![Ok(10), Err(Failure::new("Even", "2")), Ok(30)]));
    let none = block_on(items(&ctx, "None", [1, 2, 3]).run((), async |_, each| odd(each.item).await));
    assert_eq!(none.unwrap_err().error, "States.ExceedToleratedFailureThreshold");
    let run: Result<MapRun, _> = block_on(
        items(&ctx, "Run", [1, 2, 3])
            .max_items(1)
            .results_to("b", "out/")
            .run((), async |ctx, each| Ok::<_, Failure>((ctx.execution_name(), each.item))),
    );
    let run = run.unwrap();
    assert!(
        run.map_run_arn
            .starts_with("arn:aws:states:us-east-1:123456789012:mapRun:StateMachine:execution/Run:")
    );
    assert_eq!(run.result_writer_details.bucket, "b");
}

#[test]
fn ten_thousand_children_at_once_are_no_trouble() {
    let local = Local::new(Mocks::new().on("LoadBatch", succeeds(json!({"rows": 1}))));
    let ctx = local.ctx();
    let begun = std::time::Instant::now();
    let all = block_on(
        items(&ctx, "All", 0..10_000_u32)
            .run((), async |ctx, each| load_batch(ctx, &each.item.to_string(), &[]).await),
    );
    assert_eq!(all.unwrap().len(), 10_000);
    // 1.7 s where it was measured, without optimisation; a poll of all at each event takes many times as long
    assert!(begun.elapsed() < secs(60));
}
