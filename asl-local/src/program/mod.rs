//! A state machine made ready to run: names resolved to places, every path, template and expression parsed once.

mod prepare;
mod payload;
mod state;

use std::rc::Rc;

use asl_core::model::WorkflowType;

pub(crate) use payload::{Assign, Integer, Payload, ReadNumber};
pub use prepare::Unready;
pub(crate) use state::{
    Branches, Catcher, Condition, Distributed, ItemSource, Jitter, Map, PathStep, Reader, ResultPath,
    Retrier, Rule, State, Task, TextField, Until, Work, Writer,
};

/// A place in [`Program::states`].
pub(crate) type StateId = usize;

/// A state machine made ready to run.
#[derive(Debug)]
pub(crate) struct Program {
    /// All states, those of inner scopes too.
    pub(crate) states: Vec<State>,
    /// Where the machine starts.
    pub(crate) start: StateId,
    pub(crate) workflow_type: WorkflowType,
    /// `TimeoutSeconds`, in milliseconds.
    pub(crate) timeout: Option<i64>,
}

impl Program {
    pub(crate) fn is_express(&self) -> bool {
        self.workflow_type == WorkflowType::Express
    }

    pub(crate) fn state(&self, state: StateId) -> &State {
        &self.states[state]
    }
}

/// The name of a state or variable, shared by the events that name it.
pub(crate) type Name = Rc<str>;
