//! A person decides, by a task token.

use asl_core::ctx::{Ctx, Failure, join};
use asl_core::jsonata::{days, hours};
use asl_local::mocks::{succeeds, wait_for_token};
use asl_local::native::Local;
use asl_local::{Mocks, TaskError, block_on};
use asl_macros::{AslData, AslError, task};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(AslData, Serialize, Deserialize, Clone)]
struct Expense {
    id: String,
    amount_cents: u64,
    owner: String,
}

#[derive(AslData, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case")]
enum Decision {
    Approved { by: String },
    Rejected { by: String, reason: String },
}

#[derive(AslData, Serialize, Debug, PartialEq)]
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
        Err(ApprovalError::Other(failure)) => Err(failure),
    }
}

fn expense(amount_cents: u64) -> Expense {
    Expense { id: "e-1".into(), amount_cents, owner: "ann".into() }
}

fn local() -> Local {
    let mocks = Mocks::new()
        .on("AskManager", wait_for_token())
        .on("Record", succeeds(json!({"SdkHttpMetadata": {}})))
        .on("Escalate", succeeds(json!({"MessageId": "m"})));
    Local::new(mocks)
}

/// The outcome, if the manager does this after two hours.
fn answered(local: &Local, answer: impl Fn(&str)) -> Result<Outcome, Failure> {
    let ctx = local.ctx();
    let manager = async {
        let token = local.token("AskManager").await;
        ctx.sleep(hours(2)).await;
        answer(&token);
    };
    block_on(async { join!(expense_approval(&ctx, expense(9_000)), manager) }).0
}

#[test]
fn a_small_expense_asks_nobody() {
    let local = local();
    assert_eq!(block_on(expense_approval(&local.ctx(), expense(10))), Ok(Outcome::AutoApproved));
    assert_eq!(local.calls(), []);
}

#[test]
fn an_approval_is_recorded() {
    let local = local();
    let approved = answered(&local, |token| {
        local.task_success(token, json!({"decision": "approved", "by": "bob"})).unwrap();
    });
    assert_eq!(approved, Ok(Outcome::Approved { by: "bob".into() }));
    assert_eq!(local.elapsed(), hours(2));
    let calls = local.calls();
    let token = &calls[0].input["MessageBody"]["token"];
    assert_eq!(
        calls[0].input,
        json!({
            "QueueUrl": "${ApprovalQueueUrl}",
            "MessageBody": {"token": token, "expense": {"id": "e-1", "amount_cents": 9_000, "owner": "ann"}},
        })
    );
    assert!(token.is_string());
    assert_eq!(
        calls[1].input,
        json!({
            "TableName": "${LedgerTable}",
            "Item": {"expense_id": {"S": "e-1"}, "amount_cents": {"N": "9000"}, "by": {"S": "bob"}},
        })
    );
}

#[test]
fn a_rejection_and_another_error_are_told_apart() {
    let first = local();
    let rejected = answered(&first, |token| {
        first.task_success(token, json!({"decision": "rejected", "by": "bob", "reason": "why"})).unwrap();
    });
    assert_eq!(rejected, Ok(Outcome::Rejected { by: "bob".into(), reason: "why".into() }));
    let second = local();
    let failed = answered(&second, |token| second.task_failure(token, TaskError::new("Boom", "x")).unwrap());
    assert_eq!(failed, Err(Failure::new("Boom", "x")));
}

#[test]
fn silence_is_escalated_when_the_heartbeat_is_missed() {
    let local = local();
    assert_eq!(block_on(expense_approval(&local.ctx(), expense(9_000))), Ok(Outcome::Expired));
    assert_eq!(local.elapsed(), hours(24));
    assert_eq!(local.states(), ["AskManager", "Escalate"]);
    let escalated = &local.calls()[1].input;
    let message = json!({"expense_id": "e-1", "owner": "ann"});
    assert_eq!(*escalated, json!({"TopicArn": "${EscalationTopicArn}", "Message": message}));
}

#[test]
fn what_a_task_takes_and_gives_is_known_without_a_run() {
    let task = ask_manager::__ASL_TASK;
    assert_eq!(task.resource, "arn:aws:states:::sqs:sendMessage.waitForTaskToken");
    assert_eq!((task.function, task.state, task.parameters), ("ask_manager", "AskManager", &["expense"][..]));
    let expense = asl_core::syntax::jsonata::Expression::parse_strict("$expense").unwrap();
    assert_eq!(
        task.stage(&[expense]).to_string(),
        "{'QueueUrl': '${ApprovalQueueUrl}', 'MessageBody': {'token': $states.context.Task.Token, 'expense': $expense}}"
    );
    let (filled, token_at) = task.arguments.fill(&[Value::Null]);
    assert!(filled.pointer(&token_at[0]).is_some());
}
