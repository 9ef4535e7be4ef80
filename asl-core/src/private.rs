//! What the code that `asl-macros` writes calls. Not for other callers: it changes without notice.

use crate::decode::Decoded;
use crate::model::{StateMachine, Value, WorkflowType};
use crate::{Valid, Validation};

// for packages that do not depend on the crate; an alias, so that messages name the type as it is
#[doc(hidden)]
pub type JsonError = serde_json::Error;

/// The machine of a text that the macro has validated.
#[doc(hidden)]
pub fn validated(json: &str, workflow_type: WorkflowType) -> Validation {
    read(json).validate_as(workflow_type)
}

/// The machine of a text in which Rust values stand at JSON Pointers.
///
/// Only now are the values known, so that the whole is validated again.
#[doc(hidden)]
pub fn interpolated<const N: usize>(
    json: &str,
    workflow_type: WorkflowType,
    values: [(&'static str, Value); N],
) -> Validation {
    let mut machine: Value = serde_json::from_str(json).expect("the macro wrote this JSON");
    for (pointer, value) in values {
        *machine.pointer_mut(pointer).expect("the macro wrote a placeholder here") = value;
    }
    validated(&machine.to_string(), workflow_type)
}

/// # Panics
///
/// If the machine is not valid, with the findings.
#[doc(hidden)]
#[must_use]
#[track_caller]
pub fn unwrap(validation: Validation) -> Valid<StateMachine> {
    match validation {
        Ok(valid) => valid,
        Err(invalid) => panic!("{invalid}"),
    }
}

/// The value of a macro call that has errors: it has the type, and the code around it is not compiled.
///
/// # Panics
///
/// Always; nothing calls it.
#[doc(hidden)]
#[must_use]
pub fn not_compiled<T>() -> T {
    panic!("the macro call has errors")
}

fn read(json: &str) -> Decoded {
    crate::decode(json).expect("the macro wrote this JSON")
}

/// The JSON of an argument of a task.
///
/// # Errors
///
/// If the value has none.
#[doc(hidden)]
pub fn json<T: serde::Serialize + ?Sized>(value: &T) -> Result<Value, serde_json::Error> {
    serde_json::to_value(value)
}

/// The description of a task whose declaration has errors.
#[doc(hidden)]
#[must_use]
pub const fn not_compiled_task() -> crate::ctx::Task {
    crate::ctx::Task {
        function: "",
        state: "",
        resource: "",
        parameters: &[],
        arguments: crate::ctx::Template::Null,
        result: crate::ctx::Projection::Whole,
        has_token: false,
    }
}

/// What a task can give.
#[doc(hidden)]
#[must_use]
pub fn result<T: serde::de::DeserializeOwned>() -> crate::ctx::Decode<T> {
    serde_json::from_value
}

/// A type for the errors of a task.
#[doc(hidden)]
#[must_use]
pub fn errors<E: crate::expr::AslError>() -> crate::ctx::ErrorOf<E> {
    E::from_failure
}

/// A type for the errors of a workflow: it takes any.
#[doc(hidden)]
#[must_use]
pub fn workflow_errors<E: crate::expr::AslError>() -> crate::ctx::ErrorOf<E> {
    const {
        assert!(
            E::TAKES_OTHERS,
            "the error type of a workflow needs a variant that holds any other error: add `#[asl(other)] Other(Failure)`"
        );
    }
    E::from_failure
}
