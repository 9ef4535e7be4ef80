//! From state to state: what is known at the entry of each, on all ways that lead there.

use std::collections::{BTreeSet, HashMap, hash_map};
use std::rc::Rc;

use crate::model::state::Map;
use crate::model::{Branch, Kind, ProcessorMode, QueryLanguage, State, StateMachine};
use crate::validate::scope::{Scope, Scopes, edges};

use super::observation::Observation;
use super::reading::Reading;
use super::record::{Moment, Passage, Record};
use super::shape::Shape;
use super::state::{Effect, Exit};
use super::variables::Variables;

/// The analysis of a machine while it runs.
pub(super) struct Flow<'m> {
    pub(super) language: QueryLanguage,
    /// What is seen at each state, by its address; replaced each time the state is followed again.
    observations: HashMap<*const State, Vec<Observation>>,
    /// How many more times a state may be followed. Loops inside loops could take very long.
    pub(super) patience: usize,
    /// What is known at the doors of each state, if somebody will ask.
    pub(super) record: Option<Record<'m>>,
    /// Whether a Choice is followed on all its ways, and not only on those that its data takes.
    pub(super) takes_all_ways: bool,
    /// What is known of the output of the machine.
    #[cfg(test)]
    pub(super) output: Option<Shape>,
}

/// A scope to follow, and the variables that it sees.
pub(super) struct Inner<'m> {
    scope: Scope<'m>,
    variables: Variables,
    level: usize,
}

/// What is known at the entry of a state.
pub(super) struct Entry {
    moment: Moment,
    /// How many times the state was followed.
    visits: usize,
}

/// What changes after so many visits is given up.
const MAX_VISITS: usize = 6;

/// Scopes further inside are not followed.
const MAX_LEVEL: usize = 16;

/// How many times the states of a machine may be followed: for most machines far more than it takes.
pub(super) fn patience_for(machine: &StateMachine) -> usize {
    1_000 + 20 * Scopes::of(machine).states().count()
}

/// Follows the states of a machine from its start with an input of this shape.
pub(super) fn follow(machine: &StateMachine, language: QueryLanguage, input: Shape) -> Flow<'_> {
    Flow::new(language).follow(machine, input)
}

/// The same, and remembers what is known at the doors of each state.
pub(super) fn record(machine: &StateMachine, language: QueryLanguage, input: Shape) -> Flow<'_> {
    let recording = Flow { record: Some(Record::default()), ..Flow::new(language) };
    recording.follow(machine, input)
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

impl<'m> Flow<'m> {
    fn new(language: QueryLanguage) -> Self {
        Self {
            language,
            observations: HashMap::new(),
            patience: 0,
            record: None,
            takes_all_ways: false,
            #[cfg(test)]
            output: None,
        }
    }

    fn follow(mut self, machine: &'m StateMachine, input: Shape) -> Self {
        let Some(states) = &machine.states else { return self };
        self.patience = patience_for(machine);
        let start_at = machine.start_at.as_deref();
        let scope = Scope { kind: Kind::StateMachine, start_at, states };
        let output = self.scope(&Inner { scope, variables: Variables::default(), level: 0 }, input);
        #[cfg(test)]
        (self.output = output);
        #[cfg(not(test))]
        drop(output);
        if self.patience == 0 {
            self.observations.clear();
            self.record = None;
        }
        self
    }

    /// What is seen at each state.
    pub(super) fn into_observations(self) -> HashMap<*const State, Vec<Observation>> {
        self.observations
    }

    /// The output of a scope; nothing if it never ends well.
    pub(super) fn scope(&mut self, inner: &Inner<'m>, input: Shape) -> Option<Shape> {
        let Inner { scope, variables, level } = inner;
        let start = scope.start_at.and_then(|name| scope.states.index_of(name));
        // where it is open what leads to a state, nothing is known of it
        let Some(start) = start.filter(|_| *level < MAX_LEVEL && scope.is_connected()) else {
            return Some(Shape::UNKNOWN);
        };
        let states: Vec<(&'m str, &'m State)> = scope.states.iter().collect();
        let beginning = Moment { input, variables: variables.clone() };
        if let Some(record) = &mut self.record {
            record.begin(states[start].1, beginning.clone());
        }
        let mut output: Option<Shape> = None;
        self.spread(&states, vec![(start, beginning)], *level, |exit| {
            if let Some(next) = exit.next {
                return scope.states.index_of(next).map(|next| (next, exit.into_moment()));
            }
            output = Some(match output.take() {
                Some(other) => other.join(&exit.output),
                None => exit.output,
            });
            None
        });
        if self.patience == 0 { Some(Shape::UNKNOWN) } else { output }
    }

    /// Follows states from entry to entry until nothing changes. What leaves a state goes on where `lead` says.
    pub(super) fn spread(
        &mut self,
        states: &[(&'m str, &'m State)],
        from: Vec<(usize, Moment)>,
        level: usize,
        mut lead: impl FnMut(Exit<'m>) -> Option<(usize, Moment)>,
    ) {
        let mut entries = HashMap::new();
        // in source order, as most definitions run
        let mut open = BTreeSet::new();
        for (index, moment) in from {
            if arrive(&mut entries, index, moment) {
                open.insert(index);
            }
        }
        while let Some(index) = open.pop_first() {
            if self.patience == 0 {
                return;
            }
            self.patience -= 1;
            let Some(entry) = entries.get_mut(&index) else { continue };
            entry.visits += 1;
            let (name, state) = states[index];
            for exit in self.state(name, state, &entry.moment, level) {
                if let Some((next, moment)) = lead(exit)
                    && arrive(&mut entries, next, moment)
                {
                    open.insert(next);
                }
            }
        }
    }

    /// The ways out of a state.
    pub(super) fn state(
        &mut self,
        name: &'m str,
        state: &'m State,
        entry: &Moment,
        level: usize,
    ) -> Vec<Exit<'m>> {
        let (exits, items) = self.effect(name, state, entry, level);
        if let Some(record) = &mut self.record {
            record.pass(state, Passage { entry: entry.clone(), exits: exits.clone(), items });
        }
        exits
    }

    /// The ways out of a state, and how many items it runs over.
    fn effect(
        &mut self,
        name: &'m str,
        state: &'m State,
        entry: &Moment,
        level: usize,
    ) -> (Vec<Exit<'m>>, Option<u64>) {
        let language = state.query_language().unwrap_or(self.language);
        let is_doubtful = language == QueryLanguage::JsonPath && self.language == QueryLanguage::Jsonata;
        if is_doubtful || !state.object().extra().is_empty() || matches!(state, State::Unknown(_)) {
            return (anything(state), None);
        }
        let reading =
            Reading { variables: &entry.variables, origin: Rc::from(name), observations: Vec::new() };
        let input = entry.input.clone();
        let mut effect = Effect { flow: self, reading, input, exits: Vec::new(), items: None, level };
        effect.follow(state, language);
        let Effect { reading, exits, items, .. } = effect;
        let observations = reading.observations;
        if !observations.is_empty() {
            self.observations.insert(state, observations);
        } else if !self.observations.is_empty() {
            self.observations.remove(&std::ptr::from_ref(state));
        }
        (exits, items)
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
fn arrive(entries: &mut HashMap<usize, Entry>, index: usize, new: Moment) -> bool {
    let entry = match entries.entry(index) {
        hash_map::Entry::Occupied(entry) => entry.into_mut(),
        hash_map::Entry::Vacant(place) => {
            place.insert(Entry { moment: new, visits: 0 });
            return true;
        }
    };
    let old = &entry.moment;
    let Moment { mut input, mut variables } = old.join(&new);
    if (input.is_same(&old.input) || input == old.input) && variables == old.variables {
        return false;
    }
    if entry.visits >= MAX_VISITS {
        if input != old.input {
            input = Shape::UNKNOWN;
        }
        variables = variables.unchanged(&old.variables);
    }
    entry.moment = Moment { input, variables };
    true
}
