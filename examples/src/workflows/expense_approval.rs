//! An expense that a person decides about: small ones pass, others wait for an answer, and for no longer than three days.

use asl_core::ctx::{Ctx, Failure};
use asl_core::jsonata::{days, hours};
use asl_local::Mocks;
use asl_local::mocks::succeeds;
use asl_macros::{AslData, AslError, state_machine, task};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Workflow, workflow};

/// The input.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Expense {
    id: String,
    amount_cents: u64,
    owner: String,
}

/// What the manager sends with the token.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(tag = "decision", rename_all = "snake_case")]
pub enum Decision {
    /// Yes.
    Approved {
        /// Who said so.
        by: String,
    },
    /// No.
    Rejected {
        /// Who said so.
        by: String,
        /// And why.
        reason: String,
    },
}

/// The output.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, AslData)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// Nobody was asked.
    AutoApproved,
    /// Someone said yes.
    Approved {
        /// Who.
        by: String,
    },
    /// Someone said no.
    Rejected {
        /// Who.
        by: String,
        /// And why.
        reason: String,
    },
    /// Nobody answered.
    Expired,
}

/// How asking fails.
#[derive(Debug, PartialEq, AslError)]
pub enum AskError {
    /// No answer, or no sign of life.
    #[asl(timeout)]
    Timeout,
    /// Anything else.
    #[asl(other)]
    Other(Failure),
}

#[task(sqs = "${ApprovalQueueUrl}", wait_for_task_token)]
async fn ask_manager(ctx: &Ctx, expense: &Expense) -> Result<Decision, AskError>;
#[task(sns = "${EscalationTopicArn}")]
async fn escalate(ctx: &Ctx, expense_id: &str, owner: &str) -> Result<(), Failure>;
#[task(dynamodb::put_item(table = "${LedgerTable}"))]
async fn record(ctx: &Ctx, expense_id: &str, amount_cents: u64, by: &str) -> Result<(), Failure>;

/// From the expense to the decision.
///
/// # Errors
///
/// What a task fails with; that nobody answers is no error.
#[state_machine(timeout = "30d", comment = "A person decides, within three days")]
pub async fn expense_approval(ctx: &Ctx, expense: Expense) -> Result<Outcome, Failure> {
    if expense.amount_cents <= 5_000 {
        return Ok(Outcome::AutoApproved);
    }
    match ask_manager(ctx, &expense).timeout(days(3)).heartbeat(hours(24)).await {
        Ok(Decision::Approved { by }) => {
            record(ctx, &expense.id, expense.amount_cents, &by).await?;
            Ok(Outcome::Approved { by })
        }
        Ok(Decision::Rejected { by, reason }) => Ok(Outcome::Rejected { by, reason }),
        Err(AskError::Timeout) => {
            escalate(ctx, &expense.id, &expense.owner).await?;
            Ok(Outcome::Expired)
        }
        Err(AskError::Other(failure)) => Err(failure),
    }
}

/// Bob says yes after five hours.
pub(super) fn example() -> Workflow {
    let expense = json!({"id": "e-1", "amountCents": 120_000, "owner": "ann"});
    workflow!(expense_approval, "a person decides, or does not", expense, || {
        Mocks::new()
            .on("AskManager", succeeds(json!({"decision": "approved", "by": "bob"})).takes(hours(5)))
            .on("Record", succeeds(json!({})))
    })
}

#[cfg(test)]
mod tests {
    use asl_local::block_on;
    use asl_local::mocks::wait_for_token;
    use asl_local::native::Local;

    use super::*;

    fn expense(amount_cents: u64) -> Expense {
        Expense { id: "e-1".to_owned(), amount_cents, owner: "ann".to_owned() }
    }

    #[test]
    fn nobody_is_asked_about_little_money() {
        let local = Local::new(Mocks::new());
        assert_eq!(block_on(expense_approval(&local.ctx(), expense(5_000))), Ok(Outcome::AutoApproved));
        assert_eq!(local.states(), [""; 0]);
    }

    #[test]
    fn a_yes_is_recorded_with_its_author() {
        let mocks = (example().mocks)();
        let local = Local::new(mocks.clone());
        let outcome = block_on(expense_approval(&local.ctx(), expense(120_000)));
        assert_eq!(outcome, Ok(Outcome::Approved { by: "bob".to_owned() }));
        assert_eq!(local.elapsed(), hours(5));
        let row = &mocks.calls_of("Record")[0].input["Item"];
        assert_eq!(row["by"], json!({"S": "bob"}));
    }

    #[test]
    fn silence_is_told_to_others() {
        let mocks = Mocks::new()
            .on("AskManager", wait_for_token())
            .on("Escalate", succeeds(json!({"MessageId": "m"})));
        let local = Local::new(mocks);
        assert_eq!(block_on(expense_approval(&local.ctx(), expense(120_000))), Ok(Outcome::Expired));
        // no sign of life for a day
        assert_eq!(local.elapsed(), hours(24));
        assert_eq!(local.states(), ["AskManager", "Escalate"]);
    }
}
