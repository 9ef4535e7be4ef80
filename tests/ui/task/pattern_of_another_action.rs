use asl_core::ctx::{Ctx, Failure};
use asl_macros::task;

#[task(sqs = "${QueueUrl}", sync)]
async fn send(ctx: &Ctx, order_id: &str) -> Result<(), Failure>;

#[task(glue::start_job_run, wait_for_task_token, payload = { "JobName": job_name, "Token": token })]
async fn start(ctx: &Ctx, job_name: &str) -> Result<(), Failure>;

#[task(lambda = "${Arn}", wait_for_task_token)]
async fn ask(ctx: &Ctx, order_id: &str) -> Result<(), Failure>;

fn main() {}
