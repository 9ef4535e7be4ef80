//! What a Task has in JSONata alone.

use asl_core::jsonata::jsonata;
use asl_core::jsonpath::{Task, end};

fn main() {
    Task::new("${Arn}", end()).arguments(1);
    Task::new("${Arn}", end()).output(1);
    Task::new("${Arn}", end()).timeout_seconds(jsonata("$a"));
    Task::new("${Arn}", end()).heartbeat_seconds(jsonata("$a"));
}
