//! A saga: each step that has been done is undone, in reverse, when a later one fails.
//!
//! No transaction spans four systems, so every step has a compensation:
//!
//! ```text
//! CreateOrder → Charge → DeductInventory → ScheduleShip
//!      ↓           ↓            ↓               ↓ (nothing to undo)
//! CancelOrder ← Refund ← RestoreInventory ← ─ ─ ┘
//! ```
//!
//! A step's catcher leads to the compensation of the step *before* it. A compensation must not give up early, so each
//! has more retries than the steps, and must bear to be run twice.

use asl_core::jsonpath::{Catcher, Fail, Retrier, Succeed, Task, next, secs};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    StateMachine::builder("CreateOrder")
        .state("CreateOrder", step("${CreateOrderArn}", "Charge", "OrderFailed").result_path("$.order"))
        .state("Charge", step("${ChargeArn}", "DeductInventory", "CancelOrder").result_path("$.payment"))
        .state(
            "DeductInventory",
            step("${DeductInventoryArn}", "ScheduleShip", "Refund").result_path("$.inventory"),
        )
        .state(
            "ScheduleShip",
            step("${ScheduleShipArn}", "OrderPlaced", "RestoreInventory").result_path("$.shipment"),
        )
        .state("OrderPlaced", Succeed::new())
        .state("RestoreInventory", compensation("${RestoreInventoryArn}", "Refund"))
        .state("Refund", compensation("${RefundArn}", "CancelOrder"))
        .state("CancelOrder", compensation("${CancelOrderArn}", "OrderFailed"))
        .state("OrderFailed", Fail::new().error_path("$.error.Error").cause_path("$.error.Cause"))
        .validate()
}

fn step(function: &str, then: &str, undo: &str) -> Task {
    Task::lambda(function, next(then)).catch(Catcher::all(undo).result_path("$.error"))
}

fn compensation(function: &str, then: &str) -> Task {
    Task::lambda(function, next(then))
        .retry(Retrier::all().interval(secs(5)).max_attempts(8).max_delay(secs(60)))
        .discard_result()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: CreateOrder,
        States: {
            CreateOrder: Task {
                Resource: "${CreateOrderArn}",
                ResultPath: $.order,
                Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: OrderFailed }],
                Next: Charge,
            },
            Charge: Task {
                Resource: "${ChargeArn}",
                ResultPath: $.payment,
                Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: CancelOrder }],
                Next: DeductInventory,
            },
            DeductInventory: Task {
                Resource: "${DeductInventoryArn}",
                ResultPath: $.inventory,
                Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: Refund }],
                Next: ScheduleShip,
            },
            ScheduleShip: Task {
                Resource: "${ScheduleShipArn}",
                ResultPath: $.shipment,
                Catch: [{ ErrorEquals: [States.ALL], ResultPath: $.error, Next: RestoreInventory }],
                Next: OrderPlaced,
            },
            OrderPlaced: Succeed {},

            RestoreInventory: Task {
                Resource: "${RestoreInventoryArn}",
                Retry: [{ ErrorEquals: [States.ALL], IntervalSeconds: 5, MaxAttempts: 8, MaxDelaySeconds: 60 }],
                ResultPath: null,
                Next: Refund,
            },
            Refund: Task {
                Resource: "${RefundArn}",
                Retry: [{ ErrorEquals: [States.ALL], IntervalSeconds: 5, MaxAttempts: 8, MaxDelaySeconds: 60 }],
                ResultPath: null,
                Next: CancelOrder,
            },
            CancelOrder: Task {
                Resource: "${CancelOrderArn}",
                Retry: [{ ErrorEquals: [States.ALL], IntervalSeconds: 5, MaxAttempts: 8, MaxDelaySeconds: 60 }],
                ResultPath: null,
                Next: OrderFailed,
            },
            OrderFailed: Fail { ErrorPath: $.error.Error, CausePath: $.error.Cause },
        },
    }
}
