//! What each reading may rely on.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;

use super::flow::{AT_ONCE, Flow, Variable};
use super::shadowing::Shadowing;
use super::{Assignment, Place, Reading, Sight, Variables};
use crate::syntax::closest;
use crate::validate::scope::EdgePlace;

/// How many ways between states are looked at for examples of a way without an assignment, in the whole machine.
const BUDGET: usize = 1_000_000;

/// How many names are compared with one that nobody assigns.
const CANDIDATES: usize = 256;

/// How many states of a path are told: the first ones and the last ones.
const MOST_STATES: usize = 6;

/// What is known about the variables of a machine.
pub(in crate::validate) struct Judgement<'v, 'm> {
    variables: &'v Variables<'m>,
    /// Readings that may find nothing, in the order of the walk.
    verdicts: Vec<(usize, Verdict<'m>)>,
}

/// Why a reading may find nothing.
pub(in crate::validate) enum Verdict<'m> {
    /// No scope that is seen from here assigns the variable.
    NeverAssigned {
        /// A variable with a similar name that is seen.
        similar: Option<&'m str>,
        /// A state inside this one, or beside, whose own variable has the name.
        elsewhere: Option<&'m str>,
    },
    /// The variable stands outside of a Distributed Map.
    Hidden {
        /// The Map.
        map: &'m str,
    },
    /// No path to the state comes by an assignment.
    NotYet {
        /// A state that assigns it.
        by: &'m str,
        /// Whether that is the reading state itself.
        is_same: bool,
    },
    /// Not all paths to the state come by an assignment.
    NotAlways {
        /// A path without, the reading state last; empty if that takes too long to find.
        path: Vec<PathStep<'m>>,
        /// Whether states are left out in the middle of the path.
        is_shortened: bool,
    },
}

/// A state of a path, and how the path goes on.
pub(in crate::validate) struct PathStep<'m> {
    pub(in crate::validate) state: &'m str,
    pub(in crate::validate) leaves_by: EdgePlace,
}

impl<'v, 'm> Judgement<'v, 'm> {
    pub(in crate::validate) fn of(variables: &'v Variables<'m>) -> Self {
        let mut verdicts = BTreeMap::new();
        if !variables.unknown_assignments {
            // for each scope the variables that are read, each with its readings and the states they happen in
            let mut read: Vec<IndexMap<&str, Vec<(usize, usize)>>> = Vec::new();
            read.resize_with(variables.scopes.len(), IndexMap::new);
            let holders = OnceCell::new();
            for (index, reading) in variables.readings.iter().enumerate().filter(|(_, it)| !it.is_called) {
                match variables.assigning_scope(reading) {
                    // which of the two is meant is for the author to say first
                    Some(place) if variables.is_shadowing(place, &reading.name) => {}
                    Some(Place { scope, state }) => {
                        read[scope].entry(&reading.name).or_default().push((index, state));
                    }
                    None if reading.may_be_function => {}
                    None => {
                        let holders = holders.get_or_init(|| variables.holders());
                        verdicts.insert(index, variables.missing(reading, holders));
                    }
                }
            }
            let mut budget = BUDGET;
            for (scope, read) in read.iter().enumerate() {
                variables.follow(scope, read, &mut budget, &mut verdicts);
            }
        }
        Self { variables, verdicts: verdicts.into_iter().collect() }
    }

    /// The readings that may find nothing.
    pub(in crate::validate) fn doubts(&self) -> impl Iterator<Item = (&'v Reading, &Verdict<'m>)> {
        self.verdicts.iter().map(|(index, verdict)| (&self.variables.readings[*index], verdict))
    }

    /// The inner variables with the name of an outer one.
    pub(in crate::validate) fn shadowings(&self) -> Vec<Shadowing<'v, 'm>> {
        self.variables.shadowings()
    }

    /// The first assignment of each variable that nobody reads; none if somebody may read anything.
    pub(in crate::validate) fn unread(&self) -> Vec<&'v Assignment<'m>> {
        let variables = self.variables;
        if variables.unknown_readings {
            return Vec::new();
        }
        let mut read: Vec<Vec<bool>> =
            variables.scopes.iter().map(|scope| vec![false; scope.assigned.len()]).collect();
        for reading in &variables.readings {
            // more than one scope has the name only by mistake, and nobody knows which is meant
            for Place { scope, .. } in variables.seen_from(reading.place) {
                if let Some(index) = variables.scopes[scope].assigned.get_index_of(reading.name.as_str()) {
                    read[scope][index] = true;
                }
            }
        }
        let unread = variables.scopes.iter().zip(&read).flat_map(|(scope, read)| {
            scope.assigned.values().zip(read).filter(|(_, is_read)| !**is_read).map(|(all, _)| all[0])
        });
        let mut unread: Vec<usize> = unread.collect();
        unread.sort_unstable();
        unread.into_iter().map(|index| &variables.assignments[index]).collect()
    }
}

impl<'m> Variables<'m> {
    /// Why a variable that is assigned in no scope in sight is not there.
    fn missing(&self, reading: &Reading, holders: &HashMap<&'m str, Place>) -> Verdict<'m> {
        let name = reading.name.as_str();
        let outside =
            self.around(reading.place).any(|place| self.scopes[place.scope].assigned.contains_key(name));
        if outside {
            let hidden = self.around(reading.place).find_map(|place| {
                let scope = &self.scopes[place.scope];
                scope.holder.filter(|_| scope.sight == Sight::Hidden)
            });
            let map = hidden.map_or("", |place| self.state_name(place));
            return Verdict::Hidden { map };
        }
        let seen = self.seen_from(reading.place).flat_map(|place| self.scopes[place.scope].assigned.keys());
        let similar = closest(name, seen.copied().take(CANDIDATES));
        let elsewhere = holders.get(name).map(|holder| self.state_name(*holder));
        Verdict::NeverAssigned { similar, elsewhere }
    }

    /// Whether a scope around the place's own, in sight, has a variable of that name too.
    fn is_shadowing(&self, place: Place, name: &str) -> bool {
        self.seen_from(place).skip(1).any(|outer| self.scopes[outer.scope].assigned.contains_key(name))
    }

    /// For each variable inside a Map or Parallel, the first of these that has it.
    fn holders(&self) -> HashMap<&'m str, Place> {
        let mut holders = HashMap::new();
        for scope in &self.scopes {
            if let Some(holder) = scope.holder {
                for name in scope.assigned.keys() {
                    holders.entry(*name).or_insert(holder);
                }
            }
        }
        holders
    }

    /// Follows the variables of a scope through its states, for those that are read.
    fn follow(
        &self,
        scope: usize,
        read: &IndexMap<&str, Vec<(usize, usize)>>,
        budget: &mut usize,
        verdicts: &mut BTreeMap<usize, Verdict<'m>>,
    ) {
        let placed = &self.scopes[scope];
        if read.is_empty() {
            return;
        }
        let Some(flow) = Flow::of(placed) else { return };
        let mut asked_for: IndexMap<&str, Vec<usize>> = IndexMap::new();
        for (state, name) in &placed.asked_for {
            asked_for.entry(name).or_default().push(*state);
        }
        let variables: Vec<Variable<'_>> = read
            .keys()
            .map(|name| Variable {
                assignments: self.assignments_of(scope, name).collect(),
                asked_in: asked_for.get(name).cloned().unwrap_or_default(),
            })
            .collect();
        let readings: Vec<&Vec<(usize, usize)>> = read.values().collect();
        for (variables, readings) in variables.chunks(AT_ONCE).zip(readings.chunks(AT_ONCE)) {
            let known = flow.known(variables);
            for (bit, (variable, readings)) in variables.iter().zip(readings).enumerate() {
                let mut paths = None;
                for (index, state) in *readings {
                    let reading = &self.readings[*index];
                    let Some(known) = known[*state] else { continue };
                    let verdict = if known.always & 1 << bit != 0 {
                        continue;
                    } else if known.sometimes & 1 << bit == 0 {
                        let same = variable.assignments.iter().find(|it| it.place == reading.place);
                        let by = same.unwrap_or(&variable.assignments[0]);
                        Verdict::NotYet { by: self.state_name(by.place), is_same: same.is_some() }
                    } else if reading.may_be_missing || self.is_asked_for(reading) {
                        continue;
                    } else {
                        let paths = paths.get_or_insert_with(|| flow.paths_without(variable, budget));
                        let path = paths.as_ref().and_then(|paths| paths.to(*state, budget));
                        let step = |(state, leaves_by)| PathStep {
                            state: self.state_name(Place { scope, state }),
                            leaves_by,
                        };
                        let (path, is_shortened) = shortened(path.unwrap_or_default());
                        Verdict::NotAlways { path: path.into_iter().map(step).collect(), is_shortened }
                    };
                    verdicts.insert(*index, verdict);
                }
            }
        }
    }

    /// Whether the reading state asks itself whether the variable is there.
    fn is_asked_for(&self, reading: &Reading) -> bool {
        let asked_for = &self.scopes[reading.place.scope].asked_for;
        // the walk comes to the states in order
        let first = asked_for.partition_point(|(state, _)| *state < reading.place.state);
        asked_for[first..]
            .iter()
            .take_while(|(state, _)| *state == reading.place.state)
            .any(|(_, name)| *name == reading.name)
    }
}

/// A path without its middle, and whether it had one.
fn shortened(mut path: Vec<(usize, EdgePlace)>) -> (Vec<(usize, EdgePlace)>, bool) {
    let is_long = path.len() > MOST_STATES;
    if is_long {
        path.drain(MOST_STATES / 2..path.len() - MOST_STATES / 2);
    }
    (path, is_long)
}
