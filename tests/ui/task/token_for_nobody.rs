use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(ecs::run_task, wait_for_task_token)]
async fn run(ctx: &Ctx, task_definition: &str) -> Result<(), Failure>;

#[task(sqs = "${QueueUrl}", payload = { "token": token, "order": order_id })]
async fn send(ctx: &Ctx, order_id: &str) -> Result<(), Failure>;

fn main() {}
