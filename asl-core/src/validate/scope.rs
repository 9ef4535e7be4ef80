use std::collections::{HashSet, VecDeque};
use std::fmt;

use crate::diagnostic::Pointer;
use crate::model::state::Processor;
use crate::model::{Kind, State, StateMachine, States};
use crate::syntax::contains_placeholder;

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
    /// Where it stands.
    pub(super) at: EdgePlace,
}

/// Where a state names another. Prints as a JSON Pointer below the state: `/Choices/0/Next`.
#[derive(Clone, Copy)]
pub(super) enum EdgePlace {
    /// `Next` of the state.
    Next,
    /// `Next` of a Choice rule.
    Rule(usize),
    /// `Default` of a Choice state.
    Default,
    /// `Next` of a catcher.
    Catcher(usize),
}

impl fmt::Display for EdgePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Next => f.write_str("/Next"),
            Self::Rule(index) => write!(f, "/Choices/{index}/Next"),
            Self::Default => f.write_str("/Default"),
            Self::Catcher(index) => write!(f, "/Catch/{index}/Next"),
        }
    }
}

/// All places of a state that name another, in source order.
pub(super) fn edges(state: &State) -> impl Iterator<Item = Edge<'_>> {
    let (rules, default) = match state {
        State::Choice(choice) => (choice.choices.as_deref().unwrap_or_default(), choice.default.as_deref()),
        _ => (&[][..], None),
    };
    let next = state.transition().and_then(|transition| transition.next());
    let next = next.map(|target| Edge { target, at: EdgePlace::Next });
    let rules = rules.iter().enumerate().filter_map(|(index, rule)| {
        rule.next.as_deref().map(|target| Edge { target, at: EdgePlace::Rule(index) })
    });
    let default = default.map(|target| Edge { target, at: EdgePlace::Default });
    let catchers = state.catch().iter().enumerate().filter_map(|(index, catcher)| {
        catcher.next.as_deref().map(|target| Edge { target, at: EdgePlace::Catcher(index) })
    });
    next.into_iter().chain(rules).chain(default).chain(catchers)
}

/// Whether a state might lead anywhere: a field that names the next one is missing, does not fit or has a placeholder.
///
/// A fault there has its own finding; what follows from it is not worth another.
fn may_lead_anywhere(state: &State) -> bool {
    let no_transition =
        state.transition().is_some_and(|transition| transition.next().is_none() && !transition.is_end());
    let no_rule = match state {
        State::Choice(choice) => {
            choice.choices.as_ref().is_none_or(|rules| rules.iter().any(|rule| rule.next.is_none()))
                || choice.extra.contains("Default")
        }
        State::Unknown(_) => true,
        _ => false,
    };
    no_transition
        || no_rule
        || state.catch().iter().any(|catcher| catcher.next.is_none())
        || state.object().extra().contains("Catch")
        || edges(state).any(|edge| contains_placeholder(edge.target))
}

impl Scope<'_> {
    /// Whether a state ends the scope: Succeed, Fail, or one with `"End": true`.
    pub(super) fn has_end(&self) -> bool {
        self.states.iter().any(|(_, state)| state.is_terminal())
    }

    /// Whether the transitions say where every state leads; if not, that has findings of its own.
    pub(super) fn is_connected(&self) -> bool {
        !self.states.iter().any(|(_, state)| may_lead_anywhere(state))
    }

    /// Whether there is no state of this name; one with a placeholder is known only when the machine is deployed.
    pub(super) fn is_missing(&self, name: &str) -> bool {
        self.states.get(name).is_none() && !contains_placeholder(name)
    }

    /// The states that cannot be reached from `StartAt`, as few as explain the others: each with the number of
    /// states that are unreachable only because it is.
    ///
    /// Empty if some state might lead anywhere.
    pub(super) fn unreachable(&self) -> Vec<(&str, usize)> {
        let start = self.start_at.and_then(|name| self.states.index_of(name));
        let Some(start) = start.filter(|_| self.is_connected()) else { return Vec::new() };
        let states: Vec<(&str, &State)> = self.states.iter().collect();
        let mut reached = vec![false; states.len()];
        self.reach(&states, start, &mut reached);
        if reached.iter().all(|reached| *reached) {
            return Vec::new();
        }
        // first those that nothing leads to but themselves, then what is left: states that lead to each other
        let mut led_to = vec![false; states.len()];
        for (index, (_, state)) in states.iter().enumerate().filter(|(index, _)| !reached[*index]) {
            for next in edges(state).filter_map(|edge| self.states.index_of(edge.target)) {
                led_to[next] |= next != index;
            }
        }
        let mut causes: Vec<(usize, usize)> = Vec::new();
        for needs_origin in [true, false] {
            for index in 0..states.len() {
                if !(reached[index] || needs_origin && led_to[index]) {
                    let behind = self.reach(&states, index, &mut reached) - 1;
                    causes.push((index, behind));
                }
            }
        }
        causes.sort_unstable();
        causes.into_iter().map(|(index, behind)| (states[index].0, behind)).collect()
    }

    /// Marks a state and all that it leads to; gives how many were not marked before.
    fn reach(&self, states: &[(&str, &State)], from: usize, reached: &mut [bool]) -> usize {
        reached[from] = true;
        let mut count = 0;
        let mut open = VecDeque::from([from]);
        while let Some(index) = open.pop_front() {
            count += 1;
            for edge in edges(states[index].1) {
                if let Some(next) = self.states.index_of(edge.target)
                    && !std::mem::replace(&mut reached[next], true)
                {
                    open.push_back(next);
                }
            }
        }
        count
    }
}

/// The names of the states in the scope and in all inside it.
pub(super) fn names_anywhere(states: &States) -> HashSet<&str> {
    let mut names = HashSet::new();
    let mut scopes = vec![states];
    while let Some(scope) = scopes.pop() {
        names.extend(scope.names());
        scopes.extend(scope.iter().flat_map(|(_, state)| inner_scopes(state)).map(|(_, inner)| inner));
    }
    names
}

/// The scopes inside a state: branches, an item processor.
fn inner_scopes(state: &State) -> impl Iterator<Item = (ScopePlace, &States)> {
    let (branches, processor) = match state {
        State::Parallel(parallel) => (parallel.branches.as_deref().unwrap_or_default(), None),
        State::Map(map) => (&[][..], map.processor.as_ref()),
        _ => (&[][..], None),
    };
    let of_branches = branches
        .iter()
        .enumerate()
        .filter_map(|(index, branch)| Some((ScopePlace::Branch(index), branch.states.as_ref()?)));
    let of_processor = processor.and_then(|processor: &Processor| {
        Some((ScopePlace::Processor(processor.field_name()), processor.machine().states.as_ref()?))
    });
    of_branches.chain(of_processor)
}

/// All scopes of a machine, the outer ones first, for rules about the whole machine.
pub(super) struct Scopes<'m>(Vec<PlacedScope<'m>>);

/// One scope and where it is.
struct PlacedScope<'m> {
    states: &'m States,
    /// The scope and the name of the state that holds this one, and where below that state; none for the machine.
    holder: Option<(usize, &'m str, ScopePlace)>,
}

/// Where a state holds a scope.
#[derive(Clone, Copy)]
enum ScopePlace {
    Branch(usize),
    Processor(&'static str),
}

impl<'m> Scopes<'m> {
    pub(super) fn of(machine: &'m StateMachine) -> Self {
        let mut all: Vec<PlacedScope<'m>> = Vec::new();
        all.extend(machine.states.as_ref().map(|states| PlacedScope { states, holder: None }));
        let mut next = 0;
        while let Some(&PlacedScope { states, .. }) = all.get(next) {
            for (name, state) in states.iter() {
                let inner = inner_scopes(state);
                all.extend(
                    inner.map(|(place, states)| PlacedScope { states, holder: Some((next, name, place)) }),
                );
            }
            next += 1;
        }
        Self(all)
    }

    /// How many scopes there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All states with their names and the number of their scope.
    pub(super) fn states(&self) -> impl Iterator<Item = (usize, &'m str, &'m State)> {
        self.0
            .iter()
            .enumerate()
            .flat_map(|(scope, placed)| placed.states.iter().map(move |(name, state)| (scope, name, state)))
    }

    /// Where a state of a scope is.
    pub(super) fn pointer(&self, scope: usize, name: &str) -> Pointer {
        let of_scope = match self.0[scope].holder {
            None => Pointer::root(),
            Some((outer, holder, ScopePlace::Branch(index))) => {
                self.pointer(outer, holder).field("Branches").index(index)
            }
            Some((outer, holder, ScopePlace::Processor(field))) => self.pointer(outer, holder).field(field),
        };
        of_scope.field("States").field(name)
    }
}
