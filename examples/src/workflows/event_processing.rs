//! An Express workflow: an event of EventBridge becomes a row in DynamoDB, once.
//!
//! Express is for what is short and frequent. It runs an event at least once, so the second run must find out that it
//! is the second: the row is only put where none is.

use asl_core::ctx::{Ctx, Failure, Retry};
use asl_local::Mocks;
use asl_local::mocks::succeeds;
use asl_macros::{AslData, AslError, state_machine, task};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Workflow, workflow};

/// What happened.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, AslData)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Someone looked.
    Viewed,
    /// Someone bought.
    Bought,
}

/// The part of the event that is ours.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Detail {
    kind: Kind,
    user_id: String,
    cents: Option<u64>,
}

/// The input: an event as EventBridge sends it.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Event {
    id: String,
    time: String,
    detail: Detail,
}

/// The output.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, AslData)]
#[serde(rename_all = "snake_case")]
pub enum Processed {
    /// It is nothing to keep.
    Skipped,
    /// It is kept.
    Saved,
    /// It was kept before.
    SavedBefore,
}

/// What Lambda adds.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Score {
    score: f64,
}

/// How putting a row fails.
#[derive(Debug, PartialEq, AslError)]
pub enum SaveError {
    /// There is a row with this key.
    #[asl(name = "DynamoDB.ConditionalCheckFailedException")]
    Exists,
    /// Anything else.
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${ScoreArn}")]
async fn score(ctx: &Ctx, user_id: &str, cents: u64) -> Result<Score, Failure>;
#[task(
    dynamodb::put_item,
    payload = {
        "TableName": "${EventsTable}",
        "Item": {
            "id": { "S": id },
            "time": { "S": time },
            "score": { "N": text(score) },
        },
        "ConditionExpression": "attribute_not_exists(id)",
    }
)]
async fn save(ctx: &Ctx, id: &str, time: &str, score: f64) -> Result<(), SaveError>;

/// From the event to the row.
///
/// # Errors
///
/// What a task fails with; a row that is there already is no error.
#[state_machine(type = express, timeout = "1m", comment = "A purchase becomes a row, once")]
pub async fn event_processing(ctx: &Ctx, event: Event) -> Result<Processed, Failure> {
    if event.detail.kind == Kind::Viewed {
        return Ok(Processed::Skipped);
    }
    let scored = score(ctx, &event.detail.user_id, event.detail.cents.unwrap_or(0))
        // a minute is all there is: 2, 4 and 8 seconds fit into it, six attempts would not
        .retry(Retry::LAMBDA.max_attempts(3))
        .await?;
    match save(ctx, &event.id, &event.time, scored.score).await {
        Ok(()) => Ok(Processed::Saved),
        Err(SaveError::Exists) => Ok(Processed::SavedBefore),
        Err(SaveError::Other(failure)) => Err(failure),
    }
}

/// A purchase.
pub(super) fn example() -> Workflow {
    let event = json!({
        "id": "ev-1",
        "time": "2025-01-01T00:00:00Z",
        "detail": {"kind": "bought", "userId": "u-1", "cents": 1_200},
    });
    workflow!(event_processing, "Express: an event becomes a row, once", event, || {
        Mocks::new().on("Score", succeeds(json!({"score": 0.5}))).on("Save", succeeds(json!({})))
    })
}

#[cfg(test)]
mod tests {
    use asl_local::block_on;
    use asl_local::mocks::fails;
    use asl_local::native::Local;

    use super::*;

    fn event() -> Event {
        serde_json::from_value(example().input).unwrap()
    }

    #[test]
    fn a_purchase_is_saved() {
        let mocks = (example().mocks)();
        assert_eq!(
            block_on(event_processing(&Local::new(mocks.clone()).ctx(), event())),
            Ok(Processed::Saved)
        );
        assert_eq!(mocks.calls_of("Score")[0].input, json!({"user_id": "u-1", "cents": 1_200}));
        assert_eq!(mocks.calls_of("Save")[0].input["Item"]["score"], json!({"N": "0.5"}));
    }

    #[test]
    fn a_second_run_is_no_failure() {
        let mocks = Mocks::new()
            .on("Score", succeeds(json!({"score": 0.5})))
            .on("Save", fails("DynamoDB.ConditionalCheckFailedException", "the conditional request failed"));
        assert_eq!(block_on(event_processing(&Local::new(mocks).ctx(), event())), Ok(Processed::SavedBefore));
    }

    #[test]
    fn views_call_nothing() {
        let mut event = event();
        event.detail.kind = Kind::Viewed;
        let local = Local::new(Mocks::new());
        assert_eq!(block_on(event_processing(&local.ctx(), event)), Ok(Processed::Skipped));
        assert_eq!(local.states(), [""; 0]);
    }
}
