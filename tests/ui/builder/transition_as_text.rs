//! What follows a state is `next("Name")` or `end()`.

use asl_core::jsonpath::{Pass, Task, Wait};

fn main() {
    Task::lambda("${Arn}", "B");
    Task::sqs_send_message("${QueueUrl}", "hello", "B");
    Wait::seconds(1, "B");
    Pass::new(());
}
