//! From state to state: what is known at the entry of each, on all ways that lead there.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::model::state::Map;
use crate::model::{Branch, Kind, ProcessorMode, QueryLanguage, State, StateMachine};
use crate::validate::scope::{Scope, Scopes, edges};

use super::observation::Observation;
use super::reading::Reading;
use super::shape::Shape;
use super::state::{Effect, Exit};
use super::variables::Variables;

/// The analysis of a machine while it runs.
pub(super) struct Flow {
    language: QueryLanguage,
    /// What is seen at each state, by its address; replaced each time the state is followed again.
    observations: HashMap<*const State, Vec<Observation>>,
    /// How many more times a state may be followed. Loops inside loops could take very long.
    pub(super) patience: usize,
    /// What is known of the output of the machine.
    #[cfg(test)]
    pub(super) output: Option<Shape>,
    /// What is known at the entry of each state.
    #[cfg(test)]
    pub(super) entries: HashMap<*const State, (Shape, Variables)>,
}

/// A scope to follow, and the variables that it sees.
pub(super) struct Inner<'m> {
    scope: Scope<'m>,
    variables: Variables,
    level: usize,
}

/// What is known at the entry of a state.
struct Entry {
    input: Shape,
    variables: Variables,
    /// How many times the state was followed.
    visits: usize,
}

/// What changes after so many visits is given up.
const MAX_VISITS: usize = 6;

/// Scopes further inside are not followed.
const MAX_LEVEL: usize = 16;

/// Follows the states of a machine from its start with an input of this shape.
pub(super) fn follow(machine: &StateMachine, language: QueryLanguage, input: Shape) -> Flow {
    let mut flow = Flow {
        language,
        observations: HashMap::new(),
        patience: 0,
        #[cfg(test)]
        output: None,
        #[cfg(test)]
        entries: HashMap::new(),
    };
    let Some(states) = &machine.states else { return flow };
    flow.patience = 1_000 + 20 * Scopes::of(machine).states().count();
    let start_at = machine.start_at.as_deref();
    let scope = Scope { kind: Kind::StateMachine, start_at, states };
    let output = flow.scope(&Inner { scope, variables: Variables::default(), level: 0 }, input);
    #[cfg(test)]
    (flow.output = output);
    #[cfg(not(test))]
    drop(output);
    if flow.patience == 0 {
        flow.observations.clear();
    }
    flow
}

impl<'m> Inner<'m> {
    pub(super) fn of_branch(branch: &'m Branch, variables: Variables, level: usize) -> Option<Self> {
        let states = branch.states.as_ref()?;
        let start_at = branch.start_at.as_deref();
        Some(Self { scope: Scope { kind: Kind::Branch, start_at, states }, variables, level })
    }

    /// Child executions do not see the variables of this one.
    pub(super) fn of_map(map: &'m Map, variables: &Variables, level: usize) -> Option<Self> {
        let processor = map.processor.as_ref()?.machine();
        let variables = match processor.mode() {
            Some(ProcessorMode::Inline) => variables.clone(),
            Some(ProcessorMode::Distributed) | None => Variables::default(),
        };
        let (states, start_at) = (processor.states.as_ref()?, processor.start_at.as_deref());
        Some(Self { scope: Scope { kind: Kind::ItemProcessor, start_at, states }, variables, level })
    }
}

impl Flow {
    /// What is seen at each state.
    pub(super) fn into_observations(self) -> HashMap<*const State, Vec<Observation>> {
        self.observations
    }

    /// The output of a scope; nothing if it never ends well.
    pub(super) fn scope<'m>(&mut self, inner: &Inner<'m>, input: Shape) -> Option<Shape> {
        let Inner { scope, variables, level } = inner;
        let start = scope.start_at.and_then(|name| scope.states.index_of(name));
        // where it is open what leads to a state, nothing is known of it
        let Some(start) = start.filter(|_| *level < MAX_LEVEL && scope.is_connected()) else {
            return Some(Shape::UNKNOWN);
        };
        let states: Vec<(&'m str, &'m State)> = scope.states.iter().collect();
        let mut entries: Vec<Option<Entry>> = states.iter().map(|_| None).collect();
        entries[start] = Some(Entry { input, variables: variables.clone(), visits: 0 });
        // in source order, as most definitions run
        let mut open = BTreeSet::from([start]);
        let mut output: Option<Shape> = None;
        while let Some(index) = open.pop_first() {
            if self.patience == 0 {
                return Some(Shape::UNKNOWN);
            }
            self.patience -= 1;
            let Some(entry) = &mut entries[index] else { continue };
            entry.visits += 1;
            let (name, state) = states[index];
            for exit in self.state(name, state, entry, *level) {
                match exit.next {
                    None => {
                        output = Some(match output {
                            Some(other) => other.join(&exit.output),
                            None => exit.output,
                        });
                    }
                    Some(next) => {
                        let Some(next) = scope.states.index_of(next) else { continue };
                        if arrive(&mut entries[next], exit) {
                            open.insert(next);
                        }
                    }
                }
            }
        }
        output
    }

    /// The ways out of a state.
    fn state<'m>(&mut self, name: &'m str, state: &'m State, entry: &Entry, level: usize) -> Vec<Exit<'m>> {
        #[cfg(test)]
        self.entries.insert(state, (entry.input.clone(), entry.variables.clone()));
        let language = state.query_language().unwrap_or(self.language);
        let is_doubtful = language == QueryLanguage::JsonPath && self.language == QueryLanguage::Jsonata;
        if is_doubtful || !state.object().extra().is_empty() || matches!(state, State::Unknown(_)) {
            return anything(state);
        }
        let reading =
            Reading { variables: &entry.variables, origin: Rc::from(name), observations: Vec::new() };
        let mut effect = Effect { flow: self, reading, input: entry.input.clone(), exits: Vec::new(), level };
        effect.follow(state, language);
        let Effect { reading, exits, .. } = effect;
        let observations = reading.observations;
        if !observations.is_empty() {
            self.observations.insert(state, observations);
        } else if !self.observations.is_empty() {
            self.observations.remove(&std::ptr::from_ref(state));
        }
        exits
    }
}

/// The ways out of a state of whose fields nothing is certain.
fn anything(state: &State) -> Vec<Exit<'_>> {
    let way = |next| Exit { next, output: Shape::UNKNOWN, variables: Variables::default() };
    let mut exits: Vec<Exit<'_>> = edges(state).map(|edge| way(Some(edge.target))).collect();
    if state.is_terminal() {
        exits.push(way(None));
    }
    exits
}

/// Adds a way to those that lead to a state. Tells whether that changes what is known there.
fn arrive(entry: &mut Option<Entry>, exit: Exit<'_>) -> bool {
    let Some(entry) = entry else {
        *entry = Some(Entry { input: exit.output, variables: exit.variables, visits: 0 });
        return true;
    };
    let mut input = entry.input.join(&exit.output);
    let mut variables = entry.variables.join(&exit.variables);
    if (input.is_same(&entry.input) || input == entry.input) && variables == entry.variables {
        return false;
    }
    if entry.visits >= MAX_VISITS {
        if input != entry.input {
            input = Shape::UNKNOWN;
        }
        variables = variables.unchanged(&entry.variables);
    }
    entry.input = input;
    entry.variables = variables;
    true
}
