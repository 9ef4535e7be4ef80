//! What a workflow reads through its handle: methods of `Ctx`, as expressions.

use crate::expr::{Expr, functions};
use crate::syntax::jsonata::{Expression, Kind};

fn context<const N: usize>(path: [&str; N]) -> Expr<String> {
    let mut steps = vec![Expression::new(Kind::Variable("states".to_owned()), 0..0)];
    let names = std::iter::once("context").chain(path);
    steps.extend(names.map(|name| Expression::new(Kind::Name(name.to_owned()), 0..0)));
    Expr::from_tree(Expression::new(Kind::Path(steps), 0..0))
}

/// `ctx.now()`
#[must_use]
pub fn now() -> Expr<String> {
    functions::now()
}

/// `ctx.millis()`
#[must_use]
pub fn millis() -> Expr<i64> {
    Expr::from_tree(functions::now_millis().into_tree())
}

/// `ctx.random()`
#[must_use]
pub fn random() -> Expr<f64> {
    functions::random()
}

/// `ctx.uuid()`
#[must_use]
pub fn uuid() -> Expr<String> {
    functions::uuid()
}

/// `ctx.execution_name()`
#[must_use]
pub fn execution_name() -> Expr<String> {
    context(["Execution", "Name"])
}

/// `ctx.execution_id()`
#[must_use]
pub fn execution_id() -> Expr<String> {
    context(["Execution", "Id"])
}

/// `ctx.execution_start_time()`
#[must_use]
pub fn execution_start_time() -> Expr<String> {
    context(["Execution", "StartTime"])
}

/// `ctx.role_arn()`
#[must_use]
pub fn role_arn() -> Expr<String> {
    context(["Execution", "RoleArn"])
}

/// `ctx.state_machine_name()`
#[must_use]
pub fn state_machine_name() -> Expr<String> {
    context(["StateMachine", "Name"])
}

/// `ctx.state_machine_id()`
#[must_use]
pub fn state_machine_id() -> Expr<String> {
    context(["StateMachine", "Id"])
}
