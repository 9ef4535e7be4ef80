//! The same steps for every order of an array, ten orders at a time.
//!
//! An inline Map is part of its execution: the array and the array of results have 256 KiB each, and the history has
//! 25,000 events. For more than some thousand items take `distributed_map`.

use asl_core::jsonpath::{ItemProcessor, Map, Task, end};
use asl_core::model::StateMachine;
use asl_core::{Valid, Validation};
use asl_macros::asl;

/// As builder calls.
///
/// # Errors
///
/// If a rule finds an error in the machine.
pub fn built() -> Validation {
    let process_order =
        ItemProcessor::single("ProcessOrder", Task::lambda("${ProcessOrderArn}", end())).inline();
    StateMachine::builder("ProcessOrders")
        .state("ProcessOrders", Map::new(process_order, end()).items_path("$.orders").max_concurrency(10))
        .validate()
}

/// As `asl!` tokens.
#[must_use]
pub fn written() -> Valid {
    asl! {
        StartAt: ProcessOrders,
        States: {
            ProcessOrders: Map {
                ItemsPath: $.orders,
                MaxConcurrency: 10,
                ItemProcessor: {
                    ProcessorConfig: { Mode: INLINE },
                    StartAt: ProcessOrder,
                    States: {
                        ProcessOrder: Task { Resource: "${ProcessOrderArn}", End: true },
                    },
                },
                End: true,
            },
        },
    }
}
