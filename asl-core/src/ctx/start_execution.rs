//! How a program outside starts a workflow, with the types of the function.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{AslError, Failure};

/// The start of an execution, for a program that calls the service: `start_execution(&input)` of `#[state_machine]`.
///
/// The service's client is the program's own. This knows what the client is given and gives as text: the `input` of
/// `StartExecution`, and the `output`, `error` and `cause` of `DescribeExecution` or `StartSyncExecution`, in the types of
/// the function.
///
/// ```
/// use asl_core::ctx::{Failure, StartExecution};
///
/// let start: StartExecution<u64, Failure> = StartExecution::new(&("o-1", 900))?;
/// assert_eq!(start.input().to_string(), r#"["o-1",900]"#);
/// assert_eq!(start.output("7")?, 7);
/// assert_eq!(start.error(Some("NoCarrier"), None), Ok(Failure::new("NoCarrier", "")));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct StartExecution<T, E> {
    input: Value,
    ends: PhantomData<fn() -> (T, E)>,
}

impl<T, E> StartExecution<T, E> {
    /// The start with this input.
    ///
    /// # Errors
    ///
    /// If the input cannot be written as JSON.
    pub fn new(input: &impl Serialize) -> Result<Self, serde_json::Error> {
        Ok(Self { input: serde_json::to_value(input)?, ends: PhantomData })
    }

    /// `input`: what the service is given, as text with `to_string()`.
    #[must_use]
    pub fn input(&self) -> &Value {
        &self.input
    }
}

impl<T: DeserializeOwned, E: AslError> StartExecution<T, E> {
    /// `output` of an execution that succeeded.
    ///
    /// # Errors
    ///
    /// If the text is not the JSON that the function gives: another version of the machine ran.
    pub fn output(&self, output: &str) -> Result<T, serde_json::Error> {
        serde_json::from_str(output)
    }

    /// `error` and `cause` of an execution that failed, or timed out.
    ///
    /// # Errors
    ///
    /// The failure itself, if the function's error type has no variant for it.
    pub fn error(&self, error: Option<&str>, cause: Option<&str>) -> Result<E, Failure> {
        E::from_failure(Failure::new(error.unwrap_or_default(), cause.unwrap_or_default()))
    }
}

impl<T, E> fmt::Debug for StartExecution<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StartExecution").field("input", &self.input).finish()
    }
}
