//! JSON → model, without loss, and without ever giving up on well-formed JSON.
//!
//! Two steps: text becomes a tree with the bytes of every key and value, and a cursor over each object
//! takes the fields that it knows. What it does not know, or cannot hold, goes to the object's
//! [`Extra`](crate::model::Extra) with the reason. Judging what was read is [`validate`](crate::validate)'s work.

mod text;
mod scan;
mod fields;
mod machine;
mod state;
mod choice;
mod map;
mod location;

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::diagnostic::Diagnostic;
use crate::model::{StateMachine, Value};

pub use location::{Location, SourceMap};
pub use text::JsonError;
pub(crate) use text::{DUPLICATE_KEY, INEXACT_NUMBER};

/// What a definition's text says.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The machine, with whatever is wrong in it.
    pub machine: StateMachine,
    /// What is wrong in the text and no model can show: keys that stand twice inside a payload, numbers that no
    /// JSON reader keeps.
    pub findings: Vec<Diagnostic>,
}

/// Reads a definition.
///
/// ```
/// let decoded = asl_core::decode(r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed", "Colour": "red"}}}"#)?;
/// let state = decoded.machine.state("A").unwrap();
/// assert_eq!(state.type_name(), "Succeed");
/// # use asl_core::model::Object;
/// assert!(state.extra().contains("Colour"));
/// # Ok::<(), asl_core::decode::JsonError>(())
/// ```
///
/// # Errors
///
/// If the text is not JSON, or not a JSON object: there is nothing to hold then.
pub fn decode(text: &str) -> Result<Decoded, JsonError> {
    let tree = text::parse(text)?;
    let mut findings = Vec::new();
    text::report_losses(&tree, &mut findings);
    let machine = machine::state_machine(text::root_object(text, tree)?);
    Ok(Decoded { machine, findings })
}

/// Reads a definition from bytes, as they come from a file.
///
/// # Errors
///
/// Those of [`decode()`], and if the bytes are not UTF-8.
pub fn decode_slice(bytes: &[u8]) -> Result<Decoded, JsonError> {
    decode(text::utf8(bytes)?)
}

/// A machine inside other JSON: any JSON object is one, right or wrong, as for [`decode()`].
impl<'de> Deserialize<'de> for StateMachine {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Value::deserialize(deserializer)?;
        let decoded = decode(&json.to_string()).map_err(|error| D::Error::custom(error.message))?;
        Ok(decoded.machine)
    }
}
