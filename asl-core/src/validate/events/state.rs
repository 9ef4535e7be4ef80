//! What one state adds to the history if it succeeds. The numbers are those of recorded histories.

use crate::diagnostic::Pointer;
use crate::model::state::{Map, Parallel};
use crate::model::{ExecutionType, Kind, ProcessorMode, State};
use crate::syntax::Resource;
use crate::syntax::resource::Pattern;
use crate::validate::scope::Scope;

use super::{Amount, Cause, Excess, Histories, NEAR, Share};

/// Entered, exited.
const SIMPLE: u64 = 2;

/// Entered; that the execution failed comes for the whole of it.
const FAIL: u64 = 1;

/// Entered, scheduled, started, succeeded, exited.
const TASK: u64 = 5;

/// The same, and submitted: the service has taken it, and is waited for.
const TASK_THAT_WAITS: u64 = 6;

/// Entered, started, succeeded, exited: Parallel, and Map without its iterations.
const AROUND: u64 = 4;

/// Started, succeeded.
const ITERATION: u64 = 2;

/// A Map state and its Map Run each entered or started, and succeeded or exited.
const DISTRIBUTED: u64 = 6;

impl<'m> Histories<'m> {
    pub(super) fn state(&mut self, state: &'m State, at: &Pointer, level: usize) -> Share {
        let events = match state {
            State::Pass(_) | State::Wait(_) | State::Choice(_) | State::Succeed(_) => SIMPLE,
            State::Fail(_) => FAIL,
            State::Task(task) => match task.resource.as_deref().map(Resource::parse) {
                Some(Ok(Resource::Integration(integration)))
                    if integration.pattern() != Pattern::RequestResponse =>
                {
                    TASK_THAT_WAITS
                }
                _ => TASK,
            },
            State::Parallel(parallel) => return self.parallel(parallel, at, level),
            State::Map(map) => return self.map(map, state, at, level),
            State::Unknown(_) => 0,
        };
        Share { events: Amount::of(events), is_told: false }
    }

    fn parallel(&mut self, parallel: &'m Parallel, at: &Pointer, level: usize) -> Share {
        let mut all = Share { events: Amount::of(AROUND), is_told: false };
        for (index, branch) in parallel.branches.iter().flatten().enumerate() {
            let Some(states) = &branch.states else { continue };
            let scope = Scope { kind: Kind::Branch, start_at: branch.start_at.as_deref(), states };
            let share = self.scope(&scope, &at.clone().field("Branches").index(index), level + 1);
            all.events = all.events + share.events;
            all.is_told |= share.is_told;
        }
        all
    }

    fn map(&mut self, map: &'m Map, state: &'m State, at: &Pointer, level: usize) -> Share {
        let nothing = Share { events: Amount::of(AROUND), is_told: false };
        let Some(processor) = &map.processor else { return nothing };
        let machine = processor.machine();
        let Some(states) = &machine.states else { return nothing };
        let scope = Scope { kind: Kind::ItemProcessor, start_at: machine.start_at.as_deref(), states };
        let inside = at.clone().field(processor.field_name());
        match machine.mode() {
            Some(ProcessorMode::Inline) => {
                let share = self.scope(&scope, &inside, level + 1);
                let count = self.followed.items(state).unwrap_or_default();
                let each = share.events + Amount::of(ITERATION);
                let events = each.times(count) + Amount::of(AROUND);
                let mut is_told = share.is_told;
                if let Some((events, is_sure)) = events.reaching(NEAR).filter(|_| !is_told) {
                    let cause = Cause::Items { count, each: each.either(is_sure) };
                    self.found.push(Excess { at: at.clone(), cause, events, is_sure });
                    is_told = true;
                }
                Share { events, is_told }
            }
            Some(ProcessorMode::Distributed) => {
                // Express executions have no history that could end
                if machine.execution_type() == Some(ExecutionType::Standard) {
                    self.execution(&scope, &inside, level + 1);
                }
                Share { events: Amount::of(DISTRIBUTED), is_told: false }
            }
            None => nothing,
        }
    }
}
