//! The three sample programs of the design.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry, s3_objects};
use asl_core::jsonata::{days, hours};
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Scenario;

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Item {
    sku: String,
    qty: u32,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
#[expect(clippy::struct_field_names, reason = "these are the names in the JSON")]
struct Order {
    order_id: String,
    card_token: String,
    total_cents: u64,
    items: Vec<Item>,
}

#[derive(Serialize, Deserialize, AslData)]
struct Hold {
    hold_id: String,
}

#[derive(Serialize, Deserialize, AslData)]
struct Payment {
    payment_id: String,
}

#[derive(Serialize, Deserialize, AslData)]
struct Shipment {
    tracking: String,
}

#[derive(Serialize, Deserialize, AslData, Debug, PartialEq)]
struct Receipt {
    order_id: String,
    tracking: String,
}

#[derive(Debug, PartialEq, AslError)]
enum OrderError {
    PaymentFailed(String),
    ShippingFailed(String),
    #[asl(other)]
    Task(Failure),
}

#[task(lambda = "${ReserveStockArn}")]
async fn reserve_stock(ctx: &Ctx, order_id: &str, items: &[Item]) -> Result<Hold, Failure>;
#[task(lambda = "${ChargeCardArn}")]
async fn charge_card(
    ctx: &Ctx,
    order_id: &str,
    card_token: &str,
    amount_cents: u64,
) -> Result<Payment, Failure>;
#[task(lambda = "${ShipArn}")]
async fn ship(ctx: &Ctx, order_id: &str, items: &[Item]) -> Result<Shipment, Failure>;
#[task(lambda = "${RefundArn}")]
async fn refund(ctx: &Ctx, payment_id: &str) -> Result<(), Failure>;
#[task(lambda = "${ReleaseStockArn}")]
async fn release_stock(ctx: &Ctx, hold_id: &str) -> Result<(), Failure>;

#[state_machine]
async fn order_saga(ctx: &Ctx, order: Order) -> Result<Receipt, OrderError> {
    let hold = reserve_stock(ctx, &order.order_id, &order.items).retry(Retry::LAMBDA).await?;

    let failure = 'attempt: {
        let payment = match charge_card(ctx, &order.order_id, &order.card_token, order.total_cents)
            .retry(Retry::LAMBDA)
            .await
        {
            Ok(p) => p,
            Err(e) => break 'attempt OrderError::PaymentFailed(e.cause),
        };
        match ship(ctx, &order.order_id, &order.items).retry(Retry::LAMBDA).await {
            Ok(s) => return Ok(Receipt { order_id: order.order_id, tracking: s.tracking }),
            Err(e) => {
                refund(ctx, &payment.payment_id).retry(Retry::LAMBDA).await?;
                OrderError::ShippingFailed(e.cause)
            }
        }
    };

    release_stock(ctx, &hold.hold_id).retry(Retry::LAMBDA).await?;
    Err(failure)
}

fn orders() -> impl Strategy<Value = serde_json::Value> {
    (0_u64..5_000, prop::collection::vec(("[A-Z][0-9]", 1_u32..9), 0..3)).prop_map(|(total_cents, items)| {
        let items: Vec<_> = items.into_iter().map(|(sku, qty)| json!({"sku": sku, "qty": qty})).collect();
        json!({"order_id": "o-1", "card_token": "tok", "total_cents": total_cents, "items": items})
    })
}

#[test]
fn order_saga_agrees() {
    let scenario = Scenario::new(order_saga::definition())
        .inputs(orders())
        .gives("ReserveStock", json!({"hold_id": "h-1"}))
        .gives("ReserveStock", json!({"hold_id": "h-2"}))
        .fails("ReserveStock", "OutOfStock")
        .gives("ChargeCard", json!({"payment_id": "p-1"}))
        .fails("ChargeCard", "CardDeclined")
        .fails("ChargeCard", "Lambda.TooManyRequestsException")
        .gives("ShipArn", json!({"tracking": "1Z"}))
        .fails("ShipArn", "NoCarrier")
        .fails("RefundArn", "NoRefund")
        .gives("RefundArn", json!(null))
        .gives("ReleaseStock", json!(null))
        .fails("ReleaseStock", "Stuck");
    insta::assert_snapshot!(scenario.agrees(order_saga));
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Expense {
    id: String,
    amount_cents: u64,
    owner: String,
}

#[derive(Serialize, Deserialize, AslData)]
#[serde(tag = "decision", rename_all = "snake_case")]
enum Decision {
    Approved { by: String },
    Rejected { by: String, reason: String },
}

#[derive(Serialize, Deserialize, AslData, Debug, PartialEq)]
#[serde(tag = "status", rename_all = "snake_case")]
enum Outcome {
    AutoApproved,
    Approved { by: String },
    Rejected { by: String, reason: String },
    Expired,
}

#[derive(Debug, PartialEq, AslError)]
enum ApprovalError {
    #[asl(timeout)]
    Timeout,
    #[asl(other)]
    Other(Failure),
}

#[task(sqs = "${ApprovalQueueUrl}", wait_for_task_token)]
async fn ask_manager(ctx: &Ctx, expense: &Expense) -> Result<Decision, ApprovalError>;
#[task(sns = "${EscalationTopicArn}")]
async fn escalate(ctx: &Ctx, expense_id: &str, owner: &str) -> Result<(), Failure>;
#[task(dynamodb::put_item(table = "${LedgerTable}"))]
async fn record(ctx: &Ctx, expense_id: &str, amount_cents: u64, by: &str) -> Result<(), Failure>;

#[state_machine(timeout = "30d")]
async fn expense_approval(ctx: &Ctx, expense: Expense) -> Result<Outcome, Failure> {
    if expense.amount_cents <= 5_000 {
        return Ok(Outcome::AutoApproved);
    }
    match ask_manager(ctx, &expense).timeout(days(3)).heartbeat(hours(24)).await {
        Ok(Decision::Approved { by }) => {
            record(ctx, &expense.id, expense.amount_cents, &by).await?;
            Ok(Outcome::Approved { by })
        }
        Ok(Decision::Rejected { by, reason }) => Ok(Outcome::Rejected { by, reason }),
        Err(ApprovalError::Timeout) => {
            escalate(ctx, &expense.id, &expense.owner).await?;
            Ok(Outcome::Expired)
        }
        Err(ApprovalError::Other(e)) => Err(e),
    }
}

#[test]
fn expense_approval_agrees() {
    let inputs = prop_oneof![0_u64..5_001, 5_001_u64..90_000]
        .prop_map(|cents| json!({"id": "e-1", "amount_cents": cents, "owner": "ann"}));
    let scenario = Scenario::new(expense_approval::definition())
        .inputs(inputs)
        .gives("ApprovalQueueUrl", json!({"decision": "approved", "by": "bob"}))
        .gives("ApprovalQueueUrl", json!({"decision": "rejected", "by": "bob", "reason": "why"}))
        .fails("ApprovalQueueUrl", "States.Timeout")
        .fails("ApprovalQueueUrl", "Boom")
        .gives("EscalationTopicArn", json!({"MessageId": "1"}))
        .fails("EscalationTopicArn", "Sns.Down")
        .gives("LedgerTable", json!({}))
        .fails("LedgerTable", "DynamoDB.Down");
    insta::assert_snapshot!(scenario.agrees(expense_approval));
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct EtlJob {
    bucket: String,
    prefix: String,
    table: String,
    sql: String,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "PascalCase")]
struct S3Object {
    key: String,
}

#[derive(Serialize, Deserialize, AslData)]
struct Loaded {
    rows: u64,
}

#[derive(Serialize, Deserialize, AslData)]
struct Started {
    #[serde(rename = "QueryExecutionId")]
    query_id: String,
}

#[derive(Serialize, Deserialize, PartialEq, Clone, Copy, AslData)]
#[serde(rename_all = "UPPERCASE")]
enum QueryState {
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

#[derive(Serialize, Deserialize, AslData)]
struct Query {
    state: QueryState,
    reason: Option<String>,
    scanned_bytes: Option<u64>,
}

#[derive(Serialize, Deserialize, AslData, Debug, PartialEq)]
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

const MAX_POLLS: u32 = 6;

#[state_machine]
async fn nightly_etl(ctx: &Ctx, job: EtlJob) -> Result<Report, EtlError> {
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
        let q = get_query(ctx, &started.query_id).await?;
        match q.state {
            QueryState::Succeeded => {
                return Ok(Report {
                    query_id: started.query_id,
                    polls,
                    scanned_bytes: q.scanned_bytes.unwrap_or(0),
                });
            }
            QueryState::Failed | QueryState::Cancelled => {
                return Err(EtlError::QueryFailed(q.reason.unwrap_or_default()));
            }
            QueryState::Queued | QueryState::Running if polls >= MAX_POLLS => {
                return Err(EtlError::QueryTimedOut);
            }
            QueryState::Queued | QueryState::Running => {
                polls += 1;
                ctx.sleep(Duration::from_secs(30)).await;
            }
        }
    }
}

#[test]
fn nightly_etl_agrees() {
    let status =
        |state: &str| json!({"QueryExecution": {"Status": {"State": state, "StateChangeReason": "so"}}});
    let scanned = json!({
        "QueryExecution": {"Status": {"State": "SUCCEEDED"}, "Statistics": {"DataScannedInBytes": 77}},
    });
    let scenario = (0..5).fold(Scenario::new(nightly_etl::definition()), |scenario, index| {
        scenario.object("b", &format!("in/{index}"), "")
    });
    let scenario = scenario
        .inputs(Just(json!({"bucket": "b", "prefix": "in/", "table": "t", "sql": "msck"})))
        .in_any_order()
        .gives("LoadBatchArn", json!({"rows": 3}))
        .gives("athena:startQueryExecution", json!({"QueryExecutionId": "q-1"}))
        .fails("athena:startQueryExecution", "Athena.Busy")
        .gives("athena:getQueryExecution", status("QUEUED"))
        .gives("athena:getQueryExecution", status("RUNNING"))
        .gives("athena:getQueryExecution", status("RUNNING"))
        .gives("athena:getQueryExecution", status("FAILED"))
        .gives("athena:getQueryExecution", scanned);
    insta::assert_snapshot!(scenario.agrees(nightly_etl));
}
