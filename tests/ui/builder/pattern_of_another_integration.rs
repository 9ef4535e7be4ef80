//! What starts no job has no `sync`, and what hands out no token does not wait for one.

use asl_core::jsonpath::{Task, end};

fn main() {
    Task::lambda("${Arn}", end()).sync();
    Task::sqs_send_message("${QueueUrl}", "hello", end()).sync();
    Task::dynamodb_get_item("users", serde_json::json!({}), end()).wait_for_task_token();
    Task::ecs_run_task("myapp:42", end()).sync2();
    Task::aws_sdk("s3", "getObject", end()).sync();
}
