//! The data and tasks of the cases.

#![allow(unused_imports)]

pub use std::time::Duration;

pub use asl_core::ctx::{Ctx, Failure, Retry, items, join, map_each, s3_objects, try_join};
pub use asl_macros::{AslData, AslError, expr_fn, state_machine, task};
pub use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Item {
    pub sku: String,
    pub qty: u32,
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
pub enum Plan {
    Free,
    Pro,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Order {
    pub id: String,
    pub cents: u64,
    pub note: Option<String>,
    pub plan: Plan,
    pub items: Vec<Item>,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Payment {
    pub payment_id: String,
}

#[derive(Debug, AslError)]
pub enum CardError {
    Declined(String),
    #[asl(other)]
    Task(Failure),
}

#[task(lambda = "${ChargeArn}")]
pub async fn charge(ctx: &Ctx, order_id: &str, cents: u64) -> Result<Payment, CardError>;
#[task(lambda = "${RefundArn}")]
pub async fn refund(ctx: &Ctx, payment_id: &str) -> Result<(), Failure>;
#[task(lambda = "${PackArn}")]
pub async fn pack(ctx: &Ctx, sku: &str, qty: u32) -> Result<u32, Failure>;
#[task(lambda_invoke = "${ApproveName}", wait_for_task_token)]
pub async fn approve(ctx: &Ctx, order_id: &str) -> Result<bool, Failure>;
