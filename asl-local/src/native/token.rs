//! Task tokens: how the test ends a task that waits for one.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::task::Waker;

use serde_json::Value;

use crate::TaskError;

/// A task that waits for its token.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaitingTask {
    /// The state's name.
    pub state: String,
    /// The token, for `task_success` and its siblings.
    pub token: String,
}

/// The token belongs to no task that waits: it is no token, or its task is over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no task waits for the token `{token}`; it is over, or this is no token")]
pub struct UnknownToken {
    token: String,
}

/// What came for a token.
#[derive(Debug, Default)]
pub(super) struct Signals {
    pub(super) outcome: Option<Result<Value, TaskError>>,
    pub(super) has_heartbeat: bool,
}

#[derive(Debug, Default)]
pub(super) struct Tokens {
    waiting: RefCell<BTreeMap<u64, Entry>>,
    /// Tests that wait for a task to wait.
    watchers: RefCell<Vec<Waker>>,
    next: std::cell::Cell<u64>,
}

#[derive(Debug)]
struct Entry {
    task: WaitingTask,
    signals: Signals,
    waker: Option<Waker>,
}

impl Tokens {
    /// A task waits for this token from now on. The number is for [`close`](Self::close).
    pub(super) fn open(&self, state: &str, token: &str) -> u64 {
        let id = self.next.get();
        self.next.set(id + 1);
        let task = WaitingTask { state: state.to_owned(), token: token.to_owned() };
        self.waiting.borrow_mut().insert(id, Entry { task, signals: Signals::default(), waker: None });
        id
    }

    /// The task has begun: tests may see its token.
    pub(super) fn announce(&self) {
        let watchers = std::mem::take(&mut *self.watchers.borrow_mut());
        watchers.into_iter().for_each(Waker::wake);
    }

    pub(super) fn close(&self, id: u64) {
        self.waiting.borrow_mut().remove(&id);
    }

    /// What has come; and whom to wake when something comes.
    pub(super) fn signals(&self, id: u64, waker: &Waker) -> Signals {
        let mut waiting = self.waiting.borrow_mut();
        let Some(entry) = waiting.get_mut(&id) else { return Signals::default() };
        entry.waker = Some(waker.clone());
        std::mem::take(&mut entry.signals)
    }

    pub(super) fn all(&self) -> Vec<WaitingTask> {
        self.waiting.borrow().values().map(|entry| entry.task.clone()).collect()
    }

    pub(super) fn watch(&self, waker: &Waker) {
        self.watchers.borrow_mut().push(waker.clone());
    }

    pub(super) fn signal(&self, token: &str, send: impl FnOnce(&mut Signals)) -> Result<(), UnknownToken> {
        let mut waiting = self.waiting.borrow_mut();
        let is_open = |entry: &&mut Entry| entry.task.token == token && entry.signals.outcome.is_none();
        let Some(entry) = waiting.values_mut().find(is_open) else {
            return Err(UnknownToken { token: token.to_owned() });
        };
        send(&mut entry.signals);
        let waker = entry.waker.take();
        drop(waiting);
        if let Some(waker) = waker {
            waker.wake();
        }
        Ok(())
    }
}
