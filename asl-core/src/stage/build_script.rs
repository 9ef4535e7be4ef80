//! What a build script writes: `Definitions::new().write("order", order::try_definition())`.

use crate::ctx::{Definition, DefinitionError};

impl From<Result<Definition, DefinitionError>> for crate::emit::Definition {
    fn from(result: Result<Definition, DefinitionError>) -> Self {
        match result {
            Ok(definition) => definition.machine.into(),
            Err(error) => {
                Self::faulty(error.faults().map(|(place, message)| format!("{place}: {message}")).collect())
            }
        }
    }
}
