//! What runs: executions, and the threads of control within them.

use std::rc::Rc;

use super::children::Children;
use super::map_run::MapRun;
use super::status::Status;
use super::variables::Variables;
use crate::Data;
use crate::history::History;
use crate::program::{Program, StateId};

/// A place in [`Engine::frames`](super::engine::Engine::frames).
pub(super) type FrameId = usize;

/// A place in [`Engine::runs`](super::engine::Engine::runs).
pub(super) type RunId = usize;

/// One thread of control: the machine's own, or that of a branch or iteration.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) run: RunId,
    /// The Parallel or Map state that it belongs to, and which of its branches or items it is.
    pub(super) parent: Option<(FrameId, usize)>,
    pub(super) state: StateId,
    /// The raw input of the state.
    pub(super) input: Data,
    pub(super) variables: Rc<Variables>,
    /// Wakes with another ticket are out of date.
    pub(super) ticket: u64,
    /// The event that the next one follows.
    pub(super) last_event: u64,
    /// What `last_event` was before the state was entered.
    pub(super) before_entry: u64,
    /// The event of entering the state; 0 before.
    pub(super) entered_event: u64,
    pub(super) entered_time: i64,
    /// How often the state has been retried since it was entered, by all retriers.
    pub(super) retry_count: u32,
    /// The same for each retrier.
    pub(super) retries: Vec<u32>,
    /// The item of a Map that this thread is about.
    pub(super) item: Option<Rc<MapItem>>,
    pub(super) token: Option<Rc<str>>,
    pub(super) phase: Phase,
}

/// `Map.Item` of the Context Object.
#[derive(Debug)]
pub(super) struct MapItem {
    pub(super) index: u64,
    pub(super) value: Data,
    pub(super) key: Option<String>,
    /// Of a Distributed Map.
    pub(super) source: Option<String>,
}

/// How far the state has come.
#[derive(Debug)]
pub(super) enum Phase {
    /// Entered, or about to be.
    Entering,
    /// A task was scheduled, and may have been started.
    Task(Box<Attempt>),
    Waiting,
    /// The task has failed; what comes of it is seen after all else that happens at this time.
    Failing(Box<Problem>),
    /// A retrier waits.
    BackingOff,
    Children(Box<Children>),
    MapRun(Box<MapRun>),
    /// The work is done.
    Result(Data),
    /// The branch, the iteration or the machine has come to its end.
    Ended,
}

/// One attempt of a task.
#[derive(Debug)]
pub(super) struct Attempt {
    pub(super) parameters: Data,
    pub(super) credentials: Option<Data>,
    /// In milliseconds.
    pub(super) timeout: Option<i64>,
    pub(super) heartbeat: Option<i64>,
    /// When a heartbeat is next due.
    pub(super) heartbeat_due: i64,
    /// What the world said would come.
    pub(super) outcome: Option<crate::world::Outcome>,
    /// The nested execution that is waited for.
    pub(super) nested: Option<RunId>,
    pub(super) is_started: bool,
    /// Of an activity: the event of its scheduling, until it is known that there is such an activity.
    pub(super) scheduled: Option<crate::history::Details>,
}

/// One execution: the one that was started, one that a state started, or a child of a Distributed Map.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) program: Rc<Program>,
    pub(super) arn: Rc<str>,
    pub(super) name: Rc<str>,
    pub(super) machine_arn: Rc<str>,
    pub(super) machine_name: Rc<str>,
    pub(super) input: Data,
    pub(super) start_time: i64,
    pub(super) stop_time: Option<i64>,
    pub(super) is_express: bool,
    pub(super) history: History,
    pub(super) status: Status,
    pub(super) output: Option<Data>,
    pub(super) problem: Option<Problem>,
    /// Whose death ends it: the first thread of control.
    pub(super) root: FrameId,
    pub(super) link: Link,
    pub(super) redrive_count: u32,
    pub(super) redrive_time: Option<i64>,
    pub(super) transitions: u64,
    /// The ticket of the wake that ends it when its time is over.
    pub(super) deadline_ticket: u64,
    /// How many executions it is nested in.
    pub(super) depth: u32,
    /// What its history adds to that of the engine.
    pub(super) history_bytes: u64,
    /// The most that its variables can hold, in bytes of JSON text: counted up, and counted anew when it is too much.
    pub(super) variables_bytes: usize,
}

/// Who waits for an execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Nobody, but the user looks at it.
    User,
    /// Nobody: the state that started it does not wait.
    Nobody,
    /// A `.sync` task.
    Task { frame: FrameId, ticket: u64 },
    /// A Distributed Map.
    Map { frame: FrameId, index: u64 },
}

/// An error on its way to a handler: the Error Output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) error: Option<Rc<str>>,
    pub(super) cause: Option<Rc<str>>,
    /// A missed heartbeat is reported as `States.Timeout`, and matched by its own name too.
    pub(super) is_heartbeat: bool,
    /// Whether a task answered with it, or its answer was too large.
    pub(super) is_of_task: bool,
    /// Whether a branch of the Parallel state that it has come to failed with it.
    pub(super) is_of_branch: bool,
}

impl Problem {
    pub(super) fn new(error: impl Into<Rc<str>>, cause: impl Into<Rc<str>>) -> Self {
        Self { error: Some(error.into()), cause: Some(cause.into()), ..Self::default() }
    }

    /// `States.Timeout`, which comes without a cause.
    pub(super) fn timeout(is_heartbeat: bool) -> Self {
        Self { error: Some("States.Timeout".into()), is_heartbeat, is_of_task: true, ..Self::default() }
    }
}

impl From<crate::TaskError> for Problem {
    fn from(error: crate::TaskError) -> Self {
        Self {
            error: error.error.map(Into::into),
            cause: error.cause.map(Into::into),
            is_of_task: true,
            ..Self::default()
        }
    }
}
