//! Where the states of a scope lead, for rules that follow more than one transition.

use crate::model::{State, States};

use super::scope::{Scope, edges};

/// The states of a scope by number, in source order, and where each leads.
pub(super) struct Flow<'m> {
    states: &'m States,
    names: Vec<(&'m str, &'m State)>,
    next: Vec<Vec<usize>>,
    back: Vec<Vec<usize>>,
    start: Option<usize>,
}

impl<'m> Flow<'m> {
    /// Transitions to states that do not exist are left out.
    pub(super) fn of(scope: &Scope<'m>) -> Self {
        let names: Vec<(&str, &State)> = scope.states.iter().collect();
        let next: Vec<Vec<usize>> = names
            .iter()
            .map(|(_, state)| edges(state).filter_map(|edge| scope.states.index_of(edge.target)).collect())
            .collect();
        let mut back = vec![Vec::new(); names.len()];
        for (from, targets) in next.iter().enumerate() {
            for target in targets {
                back[*target].push(from);
            }
        }
        let start = scope.start_at.and_then(|name| scope.states.index_of(name));
        Self { states: scope.states, names, next, back, start }
    }

    /// How many states there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// Name and state of a number.
    pub(super) fn state(&self, index: usize) -> (&'m str, &'m State) {
        self.names[index]
    }

    /// The number of a name.
    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        self.states.index_of(name)
    }

    /// The number of `StartAt`.
    pub(super) fn start(&self) -> Option<usize> {
        self.start
    }

    /// Which states follow these, after any number of transitions; these are among them.
    pub(super) fn after(&self, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
        spread(&self.next, from)
    }

    /// From which states these are reached, after any number of transitions; these are among them.
    pub(super) fn before(&self, to: impl IntoIterator<Item = usize>) -> Vec<bool> {
        spread(&self.back, to)
    }

    /// The states that lead to this one, once for each transition.
    pub(super) fn back(&self, index: usize) -> &[usize] {
        &self.back[index]
    }

    /// The states that this one leads to, once for each transition.
    pub(super) fn next(&self, index: usize) -> &[usize] {
        &self.next[index]
    }
}

fn spread(next: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; next.len()];
    let mut open: Vec<usize> = from.into_iter().collect();
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut reached[index], true) {
            open.extend(&next[index]);
        }
    }
    reached
}
