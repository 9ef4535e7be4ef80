//! How many events an execution adds to its history, where the definition tells.
//!
//! All numbers are least ones: of several ways the shortest counts, nothing fails, and what is not known adds nothing.
//! Two things multiply: the items of an inline Map state, and the rounds of a loop that a Choice ends by comparing a
//! number that each round changes. How many those are comes from [`shapes`](super::shapes).

mod amount;
mod ways;
mod state;
mod loops;

pub(super) use amount::Amount;

use crate::diagnostic::Pointer;
use crate::model::{Kind, QueryLanguage, StateMachine};

use super::flow::Flow;
use super::scope::Scope;
use super::shapes::Followed;
use super::waiting::HISTORY_EVENTS;

use ways::Ways;

/// From here on the limit is near: what is retried, or grows a little, reaches it. Our choice: four fifths.
const NEAR: u64 = HISTORY_EVENTS / 5 * 4;

/// A place that brings a history near its end, or past it.
pub(super) struct Excess {
    pub(super) at: Pointer,
    pub(super) cause: Cause,
    /// All that it adds.
    pub(super) events: u64,
    /// Whether that is so on every way on which nothing fails, or only if no loop is left early.
    pub(super) is_sure: bool,
}

/// What adds the events.
pub(super) enum Cause {
    /// A Map state that runs for so many items, each with so many events.
    Items { count: u64, each: u64 },
    /// A loop that is gone round so many times, each with so many events.
    Rounds { times: u64, each: u64 },
    /// All states of an execution together.
    Execution,
}

/// The places of a machine that bring a history near its end. Its states have this language if they name none.
///
/// Where the states of one place alone are enough, what is around it is not told too.
pub(super) fn excesses(machine: &StateMachine, language: QueryLanguage) -> Vec<Excess> {
    let Some(states) = &machine.states else { return Vec::new() };
    let mut histories = Histories::of(Followed::of(machine, language));
    let scope = Scope { kind: Kind::StateMachine, start_at: machine.start_at.as_deref(), states };
    histories.execution(&scope, &Pointer::root(), 0);
    histories.found
}

/// The histories of a machine and of its child executions, as far as they have been looked at.
struct Histories<'m> {
    followed: Followed<'m>,
    found: Vec<Excess>,
}

/// What the states of a scope, or one of them, add.
#[derive(Default)]
struct Share {
    events: Amount,
    /// Whether a place inside has been told of, in the same history.
    is_told: bool,
}

/// Scopes further inside add nothing that is known.
const MAX_LEVEL: usize = 16;

impl<'m> Histories<'m> {
    fn of(followed: Followed<'m>) -> Self {
        Self { followed, found: Vec::new() }
    }

    /// An execution whose states stand in this scope.
    fn execution(&mut self, scope: &Scope<'m>, at: &Pointer, level: usize) -> Amount {
        let Share { events, is_told } = self.scope(scope, at, level);
        // that it has started, and that it has succeeded
        let all = events + Amount::of(2);
        if let Some((events, is_sure)) = all.reaching(NEAR).filter(|_| !is_told) {
            let at = at.clone().field("States");
            self.found.push(Excess { at, cause: Cause::Execution, events, is_sure });
        }
        all
    }

    /// The states of a scope, on the shortest way through it.
    fn scope(&mut self, scope: &Scope<'m>, at: &Pointer, level: usize) -> Share {
        if level > MAX_LEVEL || !scope.is_connected() {
            return Share::default();
        }
        let graph = Flow::of(scope);
        let Some(start) = graph.start() else { return Share::default() };
        let mut ways = Ways::default();
        let mut is_told = Vec::with_capacity(graph.len());
        for (name, state) in graph.states() {
            let at = at.clone().field("States").field(name);
            let share = self.state(state, &at, level);
            ways.add(&graph, state, share.events);
            is_told.push(share.is_told);
        }
        let mut place = loops::Place { graph: &graph, at, level, ways: &mut ways, is_told: &mut is_told };
        self.loops(&mut place, &vec![true; graph.len()], 0);
        let events = ways.to_end(start).unwrap_or_default();
        Share { events, is_told: is_told.contains(&true) }
    }
}

#[cfg(test)]
mod tests;
