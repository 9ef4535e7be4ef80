//! Where states and failures come from, in lines of the function.

use asl_core::ctx::{Ctx, Failure, Retry};
use asl_core::jsonata::secs;
use asl_local::mocks::{fails, succeeds};
use asl_local::{Execution, Mocks, Status};
use asl_macros::{state_machine, task};
use serde_json::json;

#[task(lambda = "${ChargeArn}")]
async fn charge(ctx: &Ctx, order_id: &str) -> Result<String, Failure>;

#[task(lambda = "${ShipArn}")]
async fn ship(ctx: &Ctx, order_id: &str) -> Result<String, Failure>;

/// The line before the function's first.
const BEFORE: u32 = line!() + 2;
#[state_machine]
async fn order(ctx: &Ctx, order_id: String) -> Result<String, Failure> {
    charge(ctx, &order_id).await?;
    ctx.sleep(secs(30)).await;
    ship(ctx, &order_id).retry(Retry::on("NoCarrier").interval(secs(2)).max_attempts(1)).await
}

#[test]
fn a_history_is_told_with_the_lines_of_the_function() {
    let definition = order::try_definition().unwrap();
    let mocks = Mocks::new().on("Charge", succeeds("p-1")).on("Ship", fails("NoCarrier", "strike"));
    let mut execution = Execution::start(&definition.machine, json!("o-1"), mocks).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Failed);
    let told = execution.history().told(&definition).to_string().replace('\\', "/");
    assert_eq!(
        told,
        format!(
            "      0.000 s  Charge  at asl-local/tests/native/places.rs:{}\n      \
             0.000 s  WaitFor30Seconds  at asl-local/tests/native/places.rs:{}\n     \
             30.000 s  Ship  at asl-local/tests/native/places.rs:{}\n     \
             30.000 s    LambdaFunctionFailed NoCarrier: strike\n     \
             32.000 s    LambdaFunctionFailed NoCarrier: strike\n     \
             32.000 s    ExecutionFailed NoCarrier: strike\n",
            BEFORE + 1,
            BEFORE + 2,
            BEFORE + 3
        )
    );
}

#[test]
fn callers_have_the_types_of_the_function() {
    let start = order::start_execution(&"o-1".to_owned()).unwrap();
    let mocks = || Mocks::new().otherwise(succeeds("done"));
    let mut execution = Execution::start(&order::definition(), start.input().clone(), mocks()).unwrap();
    assert_eq!(execution.run().unwrap(), Status::Succeeded);
    assert_eq!(start.output(&execution.output().unwrap().to_string()).unwrap(), "done");

    let no_carrier = mocks().on("Ship", fails("NoCarrier", "strike"));
    let mut execution = Execution::start(&order::definition(), start.input().clone(), no_carrier).unwrap();
    execution.run().unwrap();
    let error = start.error(execution.error(), execution.cause());
    assert_eq!(error, Ok(Failure::new("NoCarrier", "strike")));
    assert!(start.output("{}").is_err());
}
