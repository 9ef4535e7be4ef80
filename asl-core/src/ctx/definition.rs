//! A workflow function as a state machine.

use std::fmt;

use indexmap::IndexMap;

use crate::model::StateMachine;
use crate::validate::Valid;

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, as the compiler was given it.
    pub file: &'static str,
    /// The line, counted from 1.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// A workflow function as a state machine: what `try_definition()` of `#[state_machine]` gives.
#[derive(Debug, Clone)]
pub struct Definition {
    /// The machine.
    pub machine: Valid<StateMachine>,
    /// Where each state comes from, by its name; those of branches and iterations too.
    pub sources: IndexMap<String, Place>,
}

impl Definition {
    /// The machine alone: what `definition()` of `#[state_machine]` gives.
    ///
    /// # Panics
    ///
    /// If there is none, with all that is wrong.
    #[must_use]
    #[track_caller]
    pub fn unwrap(definition: Result<Self, DefinitionError>) -> Valid<StateMachine> {
        match definition {
            Ok(definition) => definition.machine,
            Err(error) => panic!("{error}"),
        }
    }

    /// Where the state of this name comes from.
    #[must_use]
    pub fn place_of(&self, state: &str) -> Option<&Place> {
        self.sources.get(state)
    }
}

/// Why a workflow function is no state machine: what is wrong, each with its place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefinitionError {
    name: &'static str,
    faults: Vec<(Place, String)>,
}

impl DefinitionError {
    /// What is wrong with the function of this name.
    pub(crate) fn new(name: &'static str, faults: Vec<(Place, String)>) -> Self {
        Self { name, faults }
    }

    /// What is wrong, and where.
    pub fn faults(&self) -> impl Iterator<Item = (&Place, &str)> {
        self.faults.iter().map(|(place, message)| (place, message.as_str()))
    }
}

impl fmt::Display for DefinitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no state machine:", self.name)?;
        for (place, message) in &self.faults {
            write!(f, "\n{place}: {message}")?;
        }
        Ok(())
    }
}

impl std::error::Error for DefinitionError {}

/// What a build script writes: `Definitions::new().write("order", order::try_definition())`.
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
