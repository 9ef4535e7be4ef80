//! What can be known of the data before the machine runs, and what cannot work with it.
//!
//! Pass states, payload templates, catchers and the envelopes of services build values whose fields are in the
//! definition. [`Shape`] says what is known of a value; [`flow`] carries shapes from state to state, joins them
//! where ways meet, and goes round loops until nothing changes. The input of an execution and the answers of functions
//! are [`Shape::UNKNOWN`], and of them nothing is ever said.
//!
//! On the way each path, test and value of a state is looked at once, with all that is known there. What can never
//! work is an [`Observation`]; the rules of section 04 put it into words.

mod shape;
mod literals;
mod arithmetic;
mod join;
mod lookup;
mod put;
mod variables;
mod record;
mod flow;
mod state;
mod map_state;
mod jsonata_state;
mod reading;
mod call;
mod condition;
mod expression;
mod operators;
mod wanted;
mod counter;
mod rounds;
mod task_result;
mod place;
mod observation;

use std::collections::HashMap;

use crate::model::{QueryLanguage, State, StateMachine};

pub(super) use observation::{Fact, Observation, Reason};
pub(super) use rounds::{Circle, Followed, Rounds};

use shape::Shape;

/// What is seen at the states of a machine.
#[derive(Default)]
pub(super) struct Observations(HashMap<*const State, Vec<Observation>>);

impl Observations {
    /// Looks at a machine whose states have this language if they name none.
    pub(super) fn of(machine: &StateMachine, language: QueryLanguage) -> Self {
        Self(flow::follow(machine, language, Shape::UNKNOWN).into_observations())
    }

    /// What is seen at a state.
    pub(super) fn at(&self, state: &State) -> &[Observation] {
        self.0.get(&std::ptr::from_ref(state)).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
