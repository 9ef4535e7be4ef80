use crate::ctx::failure::runtime;
use serde_json::Value;

use super::call::{Decode, ErrorOf};
use super::{Call, Ctx, Failure, Projection, TaskCall, Template};
use crate::syntax::jsonata::Expression;

/// What `#[task]` knows of a task function: the Task state that a call of it is.
///
/// The macro makes one constant of it for each function, from which both the native call and the state are made. For
/// a function `fetch_user` it is `fetch_user::__ASL_TASK`: the macro puts a type of the function's name beside it,
/// and one `use` imports both.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// The function's name.
    pub function: &'static str,
    /// The name of its states: the function's name in PascalCase, or `name = "…"` of the attribute.
    pub state: &'static str,
    /// `Resource`, with the suffix of its pattern.
    pub resource: &'static str,
    /// The function's parameters after `ctx`.
    pub parameters: &'static [&'static str],
    /// `Arguments`.
    pub arguments: Template,
    /// What is taken of the result.
    pub result: Projection,
    /// Whether a token ends it: `.waitForTaskToken`, or an activity.
    pub has_token: bool,
}

impl Task {
    /// `Arguments` of the state, for parameters that are expressions, in the order of [`parameters`](Self::parameters).
    #[must_use]
    pub fn stage(&self, parameters: &[Expression]) -> Expression {
        self.arguments.stage(parameters)
    }

    /// The value that the function gives, as an expression over the state's result.
    #[must_use]
    pub fn stage_result(&self, result: &Expression) -> Expression {
        self.result.stage(result)
    }

    /// A native call.
    #[doc(hidden)]
    pub fn call<'a, T, E>(
        &self,
        ctx: &'a Ctx,
        parameters: impl IntoIterator<Item = Result<Value, serde_json::Error>>,
        types: (Decode<T>, ErrorOf<E>),
    ) -> Call<'a, T, E> {
        Call::new(ctx, self.function, self.result.clone(), self.task_call(parameters), types)
    }

    fn task_call(
        &self,
        parameters: impl IntoIterator<Item = Result<Value, serde_json::Error>>,
    ) -> Result<TaskCall, Failure> {
        let mut values = Vec::with_capacity(self.parameters.len());
        for (value, name) in parameters.into_iter().zip(self.parameters) {
            let function = self.function;
            values.push(value.map_err(|error| {
                runtime(format!("the parameter `{name}` of `{function}` has no JSON: {error}"))
            })?);
        }
        let (arguments, token_at) = self.arguments.fill(&values);
        Ok(TaskCall {
            state: self.state.to_owned(),
            resource: self.resource.to_owned(),
            arguments,
            token_at,
            has_token: self.has_token,
            timeout: None,
            heartbeat: None,
            retry: Vec::new(),
            credentials: None,
        })
    }
}
