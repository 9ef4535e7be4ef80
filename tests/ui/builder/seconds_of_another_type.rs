//! Seconds are a whole number or a `Duration`.

use asl_core::jsonpath::{Retrier, StateMachine, Task, end};

fn main() {
    Retrier::all().interval(0.5);
    Retrier::all().max_delay_seconds("60");
    Task::lambda("${Arn}", end()).timeout("30s");
    StateMachine::builder("A").timeout(1.5);
}
