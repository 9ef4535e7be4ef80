//! What was known at the doors of states when the data had been followed, for questions that come after.

use std::collections::HashMap;

use crate::model::State;

use super::shape::Shape;
use super::state::Exit;
use super::variables::Variables;

/// What is known of each state that can be reached, by its address.
#[derive(Default)]
pub(super) struct Record<'m> {
    passages: HashMap<*const State, Passage<'m>>,
    beginnings: HashMap<*const State, Moment>,
}

/// The data at a place.
#[derive(Clone)]
pub(super) struct Moment {
    pub(super) input: Shape,
    pub(super) variables: Variables,
}

/// What is known of one state.
pub(super) struct Passage<'m> {
    /// At its entry, on all ways that lead there.
    pub(super) entry: Moment,
    /// At its exits.
    pub(super) exits: Vec<Exit<'m>>,
    /// How many items a Map state runs over.
    pub(super) items: Option<u64>,
}

impl Moment {
    /// What holds on both ways.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self { input: self.input.join(&other.input), variables: self.variables.join(&other.variables) }
    }
}

impl<'m> Record<'m> {
    pub(super) fn pass(&mut self, state: &State, passage: Passage<'m>) {
        self.passages.insert(state, passage);
    }

    pub(super) fn begin(&mut self, state: &State, moment: Moment) {
        self.beginnings.insert(state, moment);
    }

    pub(super) fn passage(&self, state: &State) -> Option<&Passage<'m>> {
        self.passages.get(&std::ptr::from_ref(state))
    }

    /// What is known where a scope begins with this state.
    pub(super) fn beginning(&self, state: &State) -> Option<&Moment> {
        self.beginnings.get(&std::ptr::from_ref(state))
    }
}
