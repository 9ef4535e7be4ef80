//! Workflow functions as users write them, run as plain Rust.

mod order_saga;
mod expense_approval;
mod nightly_etl;
mod endings;
mod executions;
mod chance;
mod places;
