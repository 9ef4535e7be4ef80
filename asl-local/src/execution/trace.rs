//! What is noted of one state that runs by itself.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::engine::Engine;
use super::frame::{FrameId, Problem};
use crate::Data;
use crate::program::State;

/// A step of the data on its way through a state, in the order of the specification's "Input and Output Processing".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    InputPath,
    /// `Parameters` or `Arguments`.
    Parameters,
    ItemsPath,
    ItemsPointer,
    ItemSelector,
    ItemBatcher,
    Result,
    ResultSelector,
    ResultPath,
}

/// What was noted of the state.
#[derive(Debug, Default)]
pub(crate) struct Trace {
    /// In a cell: fields are evaluated where nothing else may change.
    steps: RefCell<BTreeMap<Step, Data>>,
    pub(crate) limits: MapLimits,
    /// The retrier that matched, and after how many seconds it would try again; it does not if it has no attempts left.
    pub(crate) retrier: Option<(usize, Option<f64>)>,
    /// The catcher that matched.
    pub(crate) catcher: Option<usize>,
    pub(super) problem: Option<Problem>,
    pub(super) ending: Option<Ending>,
    pub(super) given: Given,
    input: Option<Data>,
}

/// `MaxConcurrency` and what a Map tolerates, as far as they were evaluated.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MapLimits {
    pub(crate) max_concurrency: Option<i64>,
    pub(crate) tolerated_count: Option<u64>,
    pub(crate) tolerated_percentage: Option<f64>,
}

/// What the state is given instead of what an execution would have.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The Context Object, whole.
    pub(crate) context: Option<Data>,
    /// How often its retriers have tried before.
    pub(crate) retries: u32,
    /// What comes of the branches of a Parallel or the iterations of a Map.
    pub(crate) children: Option<Result<Data, crate::TaskError>>,
    /// How many iterations there are, as far as that is known.
    pub(crate) iterations: Option<u64>,
    /// How many iterations failed.
    pub(crate) failed_iterations: Option<u64>,
    /// What the `ItemReader` reads, as text.
    pub(crate) reader_data: Option<String>,
}

/// How the state ended.
#[derive(Debug, Clone)]
pub(super) enum Ending {
    /// It was left, by its own way or by that of a catcher.
    Left { output: Data, next: Option<Rc<str>> },
    /// A retrier waits.
    Retriable,
    /// Nothing handles its error.
    Failed,
}

impl Trace {
    pub(super) fn new(given: Given, input: Data) -> Self {
        Self { given, input: Some(input), ..Self::default() }
    }

    /// The state's input.
    pub(crate) fn input(&self) -> Option<&Data> {
        self.input.as_ref()
    }

    /// What the steps gave that were done.
    pub(crate) fn into_steps(self) -> BTreeMap<Step, Data> {
        self.steps.into_inner()
    }
}

/// An execution that is no test has no trace, and each of these costs it one look.
impl Engine {
    /// The trace, if this is the state that is tested, and not one of an execution that it started.
    pub(super) fn trace_of(&mut self, id: FrameId) -> Option<&mut Trace> {
        self.trace.as_deref_mut().filter(|_| id == TESTED)
    }

    pub(super) fn is_traced(&self, id: FrameId) -> bool {
        self.trace.is_some() && id == TESTED
    }

    /// Notes what a step gave.
    pub(super) fn note(&self, id: FrameId, step: Step, data: &Data) {
        if let Some(trace) = self.trace.as_deref().filter(|_| id == TESTED) {
            trace.steps.borrow_mut().insert(step, data.clone());
        }
    }

    /// The Context Object that the state was given.
    pub(super) fn given_context(&self, id: FrameId) -> Option<&Data> {
        self.trace.as_deref().filter(|_| id == TESTED)?.given.context.as_ref()
    }

    /// Lets the state believe that its retriers have tried before.
    pub(super) fn recall_retries(&mut self, id: FrameId, state: &State) {
        if let Some(retries) = self.trace_of(id).map(|trace| trace.given.retries) {
            let frame = &mut self.frames[id];
            frame.retry_count = retries;
            frame.retries = vec![retries; state.retry.len()];
        }
    }
}

/// The thread of control that was begun first.
const TESTED: FrameId = 0;
