use std::collections::VecDeque;

use crate::model::{Kind, State, States};

/// One `States` object with its `StartAt`: names are resolved inside it and nowhere else.
pub(super) struct Scope<'m> {
    /// The machine, a branch or an item processor.
    pub(super) kind: Kind,
    /// `StartAt`, if it is there.
    pub(super) start_at: Option<&'m str>,
    /// The states.
    pub(super) states: &'m States,
}

/// One place of a state that names another.
pub(super) struct Edge<'m> {
    /// The name that stands there.
    pub(super) target: &'m str,
    /// Where it stands, as a JSON Pointer below the state.
    pub(super) at: String,
}

/// All places of a state that name another, in source order.
pub(super) fn edges(state: &State) -> Vec<Edge<'_>> {
    let mut edges = Vec::new();
    if let Some(target) = state.transition().and_then(|transition| transition.next()) {
        edges.push(Edge { target, at: "/Next".to_owned() });
    }
    if let State::Choice(choice) = state {
        for (index, rule) in choice.choices.iter().flatten().enumerate() {
            if let Some(target) = &rule.next {
                edges.push(Edge { target, at: format!("/Choices/{index}/Next") });
            }
        }
        if let Some(target) = &choice.default {
            edges.push(Edge { target, at: "/Default".to_owned() });
        }
    }
    for (index, catcher) in state.catch().iter().enumerate() {
        if let Some(target) = &catcher.next {
            edges.push(Edge { target, at: format!("/Catch/{index}/Next") });
        }
    }
    edges
}

impl Scope<'_> {
    /// For each state whether it can be reached from `StartAt`.
    ///
    /// A state that is none (unknown type) might lead anywhere, so that everything counts as reached then.
    pub(super) fn reachable(&self) -> Vec<bool> {
        let unknown = self.states.iter().any(|(_, state)| matches!(state, State::Unknown(_)));
        let Some(start) = self.start_at.and_then(|name| self.states.index_of(name)).filter(|_| !unknown)
        else {
            return vec![true; self.states.len()];
        };
        let mut reached = vec![false; self.states.len()];
        reached[start] = true;
        let states: Vec<&State> = self.states.iter().map(|(_, state)| state).collect();
        let mut open = VecDeque::from([start]);
        while let Some(index) = open.pop_front() {
            for edge in edges(states[index]) {
                if let Some(next) = self.states.index_of(edge.target)
                    && !std::mem::replace(&mut reached[next], true)
                {
                    open.push_back(next);
                }
            }
        }
        reached
    }
}

/// Whether a state of this name stands in the scope or in any inside it.
pub(super) fn contains_anywhere(states: &States, name: &str) -> bool {
    states.get(name).is_some()
        || states.iter().any(|(_, state)| inner_scopes(state).any(|inner| contains_anywhere(inner, name)))
}

/// The scopes inside a state: branches, an item processor.
pub(super) fn inner_scopes(state: &State) -> impl Iterator<Item = &States> {
    let (branches, processor) = match state {
        State::Parallel(parallel) => (parallel.branches.as_deref().unwrap_or_default(), None),
        State::Map(map) => (&[][..], map.processor.as_ref()),
        _ => (&[][..], None),
    };
    let of_branches = branches.iter().filter_map(|branch| branch.states.as_ref());
    of_branches.chain(processor.and_then(|processor| processor.machine().states.as_ref()))
}
