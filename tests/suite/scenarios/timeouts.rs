//! The time that a state machine may take.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry, try_join};
use asl_macros::{AslError, state_machine, task};
use proptest::prelude::*;
use serde_json::json;

use super::{NEVER, Scenario};

#[derive(Debug, AslError)]
enum LateError {
    #[asl(timeout)]
    Late,
    #[asl(other)]
    Other(Failure),
}

#[task(lambda = "${StepArn}")]
async fn step(ctx: &Ctx, n: u32) -> Result<u32, LateError>;

#[task(lambda = "${UndoArn}")]
async fn undo(ctx: &Ctx, n: u32) -> Result<(), Failure>;

#[task(lambda = "${SayArn}")]
async fn say(ctx: &Ctx, text: &str) -> Result<(), Failure>;

#[state_machine(timeout = "90s")]
async fn steps(ctx: &Ctx, times: u32) -> Result<u32, LateError> {
    let mut sum = step(ctx, 0).compensate(|_| undo(ctx, 0)).await?;
    for n in 0..times {
        sum +=
            step(ctx, n).retry(Retry::on("Slow").interval(Duration::from_secs(20)).max_attempts(2)).await?;
        ctx.sleep(Duration::from_secs(25)).await;
    }
    Ok(sum)
}

#[test]
fn a_workflow_whose_time_is_over_ends_where_it_is_and_nothing_is_undone() {
    let scenario = Scenario::new(steps::definition())
        .inputs((0_u32..6).prop_map(|times| json!(times)))
        .gives("StepArn", json!(2))
        .gives("StepArn", json!(3))
        .fails("StepArn", "Slow")
        .fails("StepArn", "Broken")
        .fails("StepArn", NEVER);
    scenario.agrees(steps);
}

#[state_machine(timeout = 60)]
async fn together(ctx: &Ctx, seconds: u64) -> Result<u32, LateError> {
    let both = try_join!(
        async {
            ctx.sleep(Duration::from_secs(seconds)).await;
            step(ctx, 1).await
        },
        step(ctx, 2)
    );
    match both {
        Ok((a, b)) => Ok(a + b),
        Err(LateError::Late) => {
            say(ctx, "a step was late").await?;
            Ok(0)
        }
        Err(error) => Err(error),
    }
}

#[test]
fn no_handler_gets_the_end_of_the_time() {
    let scenario = Scenario::new(together::definition())
        .in_any_order()
        .inputs((20_u64..90).prop_map(|seconds| json!(seconds)))
        .gives("StepArn", json!(2))
        .fails("StepArn", "States.Timeout")
        .fails("StepArn", NEVER);
    scenario.agrees(together);
}

#[state_machine]
async fn patient(ctx: &Ctx, times: u32) -> Result<u32, LateError> {
    match steps(ctx, times).await {
        Ok(sum) => Ok(sum),
        Err(LateError::Late) => {
            say(ctx, "the steps were late").await?;
            Ok(0)
        }
        Err(LateError::Other(failure)) => {
            say(ctx, &failure.error).await?;
            Err(LateError::Other(failure))
        }
    }
}

#[test]
fn who_called_a_workflow_learns_that_its_time_was_over() {
    let scenario = Scenario::new(patient::definition())
        .machine("${StepsArn}", steps::definition())
        .inputs((0_u32..6).prop_map(|times| json!(times)))
        .gives("StepArn", json!(2))
        .fails("StepArn", "Slow")
        .fails("StepArn", "Broken")
        .fails("StepArn", NEVER);
    insta::assert_snapshot!(scenario.agrees(patient));
}
