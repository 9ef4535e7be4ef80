//! What a Task has in JSONPath alone.

use asl_core::jsonata::{Task, end};

fn main() {
    Task::new("${Arn}", end()).input_path("$.a");
    Task::new("${Arn}", end()).output_path("$.a");
    Task::new("${Arn}", end()).result_path("$.a");
    Task::new("${Arn}", end()).parameters("$.a");
    Task::new("${Arn}", end()).result_selector("$.a");
    Task::new("${Arn}", end()).timeout_seconds_path("$.a");
    Task::new("${Arn}", end()).heartbeat_seconds_path("$.a");
}
