//! What reaches the states of one scope: which variables are assigned on all ways there, and which on some.

use std::collections::VecDeque;

use super::super::scope::{EdgePlace, edges};
use super::{Assignment, VariableScope};
use crate::model::State;

/// How many variables are followed at once: one bit each, so that memory grows with the states alone.
pub(super) const AT_ONCE: usize = 64;

/// The ways between the states of a scope.
pub(super) struct Flow {
    start: usize,
    ways: Vec<Way>,
    /// The ways out of each state are `ways[first[state]..first[state + 1]]`.
    first: Vec<usize>,
    is_choice: Vec<bool>,
}

#[derive(Clone, Copy)]
struct Way {
    to: usize,
    /// Where the state names the next one.
    edge: EdgePlace,
}

/// What is known about up to [`AT_ONCE`] variables when a state is entered, a bit for each.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// Assigned on all ways to the state.
    pub(super) always: u64,
    /// Assigned on some way to the state.
    pub(super) sometimes: u64,
}

impl Flow {
    /// The ways of a scope, if it is known where all of them lead.
    pub(super) fn of(scope: &VariableScope<'_>) -> Option<Self> {
        let start = scope.start.filter(|_| scope.is_connected)?;
        let mut flow = Self { start, ways: Vec::new(), first: vec![0], is_choice: Vec::new() };
        for (_, state) in scope.states.iter() {
            for edge in edges(state) {
                if let Some(to) = scope.states.index_of(edge.target) {
                    flow.ways.push(Way { to, edge: edge.at });
                }
            }
            flow.first.push(flow.ways.len());
            flow.is_choice.push(matches!(state, State::Choice(_)));
        }
        Some(flow)
    }

    fn out_of(&self, state: usize) -> std::ops::Range<usize> {
        self.first[state]..self.first[state + 1]
    }

    /// The ways on which an assignment happens.
    fn ways_of(&self, assignment: &Assignment<'_>) -> impl Iterator<Item = usize> {
        self.out_of(assignment.place.state).filter(|way| match self.ways[*way].edge {
            // the Assign of a Choice state runs if no rule matches
            EdgePlace::Default => assignment.way == EdgePlace::Next,
            other => assignment.way == other,
        })
    }

    /// The ways on which a variable is assigned, or is known to be: those out of a Choice that asks for it.
    fn assigning<'a>(&'a self, variable: &'a Variable<'_>) -> impl Iterator<Item = usize> + 'a {
        let assigned = variable.assignments.iter().flat_map(|assignment| self.ways_of(assignment));
        assigned.chain(self.after_asking(variable))
    }

    fn after_asking<'a>(&'a self, variable: &'a Variable<'_>) -> impl Iterator<Item = usize> + 'a {
        let choices = variable.asked_in.iter().filter(|state| self.is_choice[**state]);
        choices.flat_map(|state| self.out_of(*state))
    }

    /// What is known at each state; nothing for states that are not reached.
    pub(super) fn known(&self, variables: &[Variable<'_>]) -> Vec<Option<Known>> {
        let mut assigned = vec![0_u64; self.ways.len()];
        let mut asked = vec![0_u64; self.ways.len()];
        for (bit, variable) in variables.iter().enumerate() {
            for way in variable.assignments.iter().flat_map(|assignment| self.ways_of(assignment)) {
                assigned[way] |= 1 << bit;
            }
            for way in self.after_asking(variable) {
                asked[way] |= 1 << bit;
            }
        }
        let mut known = vec![None; self.first.len() - 1];
        known[self.start] = Some(Known { always: 0, sometimes: 0 });
        let mut open = VecDeque::from([self.start]);
        let mut is_open = vec![false; known.len()];
        // each visit but the first takes a bit from `always` or adds one to `sometimes`, so this ends
        while let Some(state) = open.pop_front() {
            is_open[state] = false;
            let Some(here) = known[state] else { continue };
            for way in self.out_of(state) {
                let to = self.ways[way].to;
                let always = here.always | assigned[way] | asked[way];
                let sometimes = here.sometimes | assigned[way];
                let now = known[to].map_or(Known { always, sometimes }, |before: Known| Known {
                    always: before.always & always,
                    sometimes: before.sometimes | sometimes,
                });
                let is_new = known[to]
                    .is_none_or(|before| before.always != now.always || before.sometimes != now.sometimes);
                known[to] = Some(now);
                if is_new && !std::mem::replace(&mut is_open[to], true) {
                    open.push_back(to);
                }
            }
        }
        known
    }

    /// Shortest paths to all states that can be come to without an assignment of a variable. `budget` is the number
    /// of states and ways to look at.
    pub(super) fn paths_without(&self, variable: &Variable<'_>, budget: &mut usize) -> Option<Paths> {
        let mut assigning = vec![false; self.ways.len()];
        self.assigning(variable).for_each(|way| assigning[way] = true);
        let mut before: Vec<Option<(usize, EdgePlace)>> = vec![None; self.first.len() - 1];
        let mut open = VecDeque::from([self.start]);
        while let Some(state) = open.pop_front() {
            *budget = budget.checked_sub(1)?;
            for way in self.out_of(state).filter(|way| !assigning[*way]) {
                *budget = budget.checked_sub(1)?;
                let Way { to, edge } = self.ways[way];
                if to != self.start && before[to].is_none() {
                    before[to] = Some((state, edge));
                    open.push_back(to);
                }
            }
        }
        Some(Paths { start: self.start, before })
    }
}

/// Shortest paths from the first state of a scope to others.
pub(super) struct Paths {
    start: usize,
    /// From where, and by which edge, each state is come to.
    before: Vec<Option<(usize, EdgePlace)>>,
}

impl Paths {
    /// The path to a state: states, each with the edge by which it is left.
    pub(super) fn to(&self, target: usize, budget: &mut usize) -> Option<Vec<(usize, EdgePlace)>> {
        let mut path = vec![(target, EdgePlace::Next)];
        let mut state = target;
        while let Some((from, edge)) = self.before[state] {
            *budget = budget.checked_sub(1)?;
            path.push((from, edge));
            state = from;
        }
        path.reverse();
        (state == self.start).then_some(path)
    }
}

/// A variable of the scope that somebody reads.
pub(super) struct Variable<'v> {
    pub(super) assignments: Vec<&'v Assignment<'v>>,
    /// The states that ask whether it is there.
    pub(super) asked_in: Vec<usize>,
}
