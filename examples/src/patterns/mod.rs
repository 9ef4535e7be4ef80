//! The patterns, one file each, the simplest first.

pub mod hello;
pub mod lambda_task;
pub mod dynamodb_put_item;
pub mod ecs_run_task;
pub mod auxiliary_states;
pub mod choice_by_plan;
pub mod parallel_notifications;
pub mod map_orders;
pub mod distributed_map;
pub mod retry_billing;
pub mod catch_failure;
pub mod saga;
pub mod wait_for_callback;
pub mod polling;
pub mod express_event_processing;
pub mod s3_reference;
pub mod order_workflow;
pub mod order_workflow_jsonata;
