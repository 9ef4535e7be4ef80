//! Every night: load all files of a folder, in batches and many at a time, then run a query over them and wait for it.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry, s3_objects};
use asl_local::Mocks;
use asl_local::mocks::{outcomes, succeeds};
use asl_macros::{AslData, AslError, state_machine, task};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Workflow, workflow};

/// The input.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct EtlJob {
    bucket: String,
    prefix: String,
    table: String,
    sql: String,
}

/// A file, as S3 lists it.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "PascalCase")]
pub struct S3Object {
    key: String,
}

/// What loading a batch gives.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Loaded {
    rows: u64,
}

/// A query that runs.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "PascalCase")]
pub struct Started {
    query_execution_id: String,
}

/// How far a query is, in Athena's words.
#[derive(Serialize, Deserialize, PartialEq, Clone, Copy, AslData)]
#[serde(rename_all = "UPPERCASE")]
pub enum QueryState {
    /// It waits.
    Queued,
    /// It runs.
    Running,
    /// It is done.
    Succeeded,
    /// It failed.
    Failed,
    /// Someone stopped it.
    Cancelled,
}

/// What Athena says of a query.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Query {
    state: QueryState,
    reason: Option<String>,
    scanned_bytes: Option<u64>,
}

/// The output.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, AslData)]
pub struct Report {
    query_id: String,
    polls: u32,
    scanned_bytes: u64,
}

/// How it fails.
#[derive(Debug, PartialEq, AslError)]
pub enum EtlError {
    /// The query failed, or someone stopped it.
    QueryFailed(String),
    /// The query took too long.
    QueryTimedOut,
    /// A task failed.
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

const MOST_POLLS: u32 = 60;

/// From the files to the report.
///
/// # Errors
///
/// If more than five of a hundred batches fail, and if the query fails or takes longer than half an hour.
#[state_machine(timeout = "6h", comment = "Load the files of a day, then query them")]
pub async fn nightly_etl(ctx: &Ctx, job: EtlJob) -> Result<Report, EtlError> {
    s3_objects::<S3Object>(ctx, "load_objects", &job.bucket, &job.prefix)
        .batches_of(2)
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
        let query = get_query(ctx, &started.query_execution_id).await?;
        match query.state {
            QueryState::Succeeded => {
                return Ok(Report {
                    query_id: started.query_execution_id,
                    polls,
                    scanned_bytes: query.scanned_bytes.unwrap_or(0),
                });
            }
            QueryState::Failed | QueryState::Cancelled => {
                return Err(EtlError::QueryFailed(query.reason.unwrap_or_default()));
            }
            QueryState::Queued | QueryState::Running if polls >= MOST_POLLS => {
                return Err(EtlError::QueryTimedOut);
            }
            QueryState::Queued | QueryState::Running => {
                polls += 1;
                ctx.sleep(Duration::from_secs(30)).await;
            }
        }
    }
}

/// Five files, and a query that is done when it is asked for the second time.
pub(super) fn example() -> Workflow {
    let job = json!({
        "bucket": "lake", "prefix": "2025-01-01/", "table": "sales", "sql": "SELECT sum(cents) FROM sales",
    });
    workflow!(nightly_etl, "all files of a folder in batches, then a query", job, || {
        let files =
            (0..5).fold(Mocks::new(), |mocks, file| mocks.object("lake", format!("2025-01-01/{file}"), ""));
        files
            .on("LoadBatch", succeeds(json!({"rows": 3})))
            .on("StartQuery", succeeds(json!({"QueryExecutionId": "q-1"})))
            .on(
                "GetQuery",
                outcomes([
                    Ok(json!({"QueryExecution": {"Status": {"State": "RUNNING"}}})),
                    Ok(json!({"QueryExecution": {
                        "Status": {"State": "SUCCEEDED"},
                        "Statistics": {"DataScannedInBytes": 77},
                    }})),
                ]),
            )
    })
}

#[cfg(test)]
mod tests {
    use asl_core::jsonata::{minutes, secs};
    use asl_local::block_on;
    use asl_local::mocks::fails;
    use asl_local::native::Local;

    use super::*;

    fn job() -> EtlJob {
        serde_json::from_value(example().input).unwrap()
    }

    #[test]
    fn files_are_loaded_two_by_two() {
        let mocks = (example().mocks)();
        let local = Local::new(mocks.clone());
        let report = block_on(nightly_etl(&local.ctx(), job()));
        assert_eq!(report, Ok(Report { query_id: "q-1".to_owned(), polls: 1, scanned_bytes: 77 }));
        mocks.assert_called("LoadBatch", 3);
        assert_eq!(local.elapsed(), secs(30));
    }

    #[test]
    fn too_many_bad_batches_keep_the_query_from_running() {
        let files = Mocks::new().object("lake", "2025-01-01/0", "");
        let mocks = files.on("LoadBatch", fails("BadFile", "no rows"));
        let local = Local::new(mocks.clone());
        let error = block_on(nightly_etl(&local.ctx(), job())).unwrap_err();
        let EtlError::Task(failure) = error else { panic!("{error:?}") };
        assert_eq!(failure.error, "States.ExceedToleratedFailureThreshold");
        mocks.assert_called("StartQuery", 0);
    }

    #[test]
    fn a_query_that_never_ends_is_given_up() {
        let files = Mocks::new().object("lake", "2025-01-01/0", "");
        let mocks = files
            .on("LoadBatch", succeeds(json!({"rows": 1})))
            .on("StartQuery", succeeds(json!({"QueryExecutionId": "q-1"})))
            .on("GetQuery", succeeds(json!({"QueryExecution": {"Status": {"State": "QUEUED"}}})));
        let local = Local::new(mocks);
        assert_eq!(block_on(nightly_etl(&local.ctx(), job())), Err(EtlError::QueryTimedOut));
        assert_eq!(local.elapsed(), minutes(30));
    }
}
