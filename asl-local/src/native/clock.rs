//! Virtual time for futures: it passes when all of them wait for something later.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// How often in a row the earliest timer is polled without anything else having happened, before time passes.
///
/// An executor polls everything that was woken before it comes back to what woke itself, so that once would do for
/// futures that only use the handle. The others give what waits on a channel a chance to pass it on.
const QUIET_POLLS: u32 = 2;

/// The clock of one or more workflows that run in one thread.
///
/// Timers ring one at a time, in the order of their times, and of equals in the order in which they were set. So the
/// order of everything that happens does not depend on the executor. It is that of the engine's queue: what a state
/// does when it is entered, when its task starts, and when it has failed, are turns of this clock.
#[derive(Debug)]
pub(super) struct Clock {
    inner: RefCell<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// Milliseconds since 1970.
    now: i64,
    start: i64,
    /// Grows with all that happens.
    happened: u64,
    next: u64,
    timers: BTreeMap<Key, Option<Waker>>,
    /// The timer that was polled last as the earliest, what had happened then, and how often since.
    quiet: (Key, u64, u32),
}

/// When, and which of those.
type Key = (i64, Class, u64);

/// What of the same time comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// What a task was announced to give: it is in time for the limits that ring then.
    Outcome,
    Other,
}

impl Clock {
    pub(super) fn new(start: i64) -> Rc<Self> {
        let inner = Inner {
            now: start,
            start,
            happened: 0,
            next: 0,
            timers: BTreeMap::new(),
            quiet: ((i64::MIN, Class::Outcome, 0), 0, 0),
        };
        Rc::new(Self { inner: RefCell::new(inner) })
    }

    pub(super) fn now(&self) -> i64 {
        self.inner.borrow().now
    }

    /// Milliseconds since the start.
    pub(super) fn elapsed(&self) -> u64 {
        let inner = self.inner.borrow();
        u64::try_from(inner.now.saturating_sub(inner.start)).unwrap_or(0)
    }

    /// Sets the clock, if no time has passed yet.
    pub(super) fn set_start(&self, start: i64) {
        let mut inner = self.inner.borrow_mut();
        if inner.now == inner.start && inner.timers.is_empty() {
            inner.now = start;
            inner.start = start;
        }
    }

    /// Something happened: no time may pass before it has been seen.
    pub(super) fn happened(&self) {
        self.inner.borrow_mut().happened += 1;
    }

    /// A timer that rings at this time, or now if it has passed; after all that was asked for before.
    pub(super) fn at(self: &Rc<Self>, time: i64) -> Timer {
        self.set(time, Class::Other)
    }

    /// A timer that rings so many milliseconds later.
    pub(super) fn after(self: &Rc<Self>, milliseconds: u64) -> Timer {
        self.at(self.later(milliseconds))
    }

    /// A timer for what comes of a task: of all that was set for that time it rings first.
    pub(super) fn outcome_after(self: &Rc<Self>, milliseconds: u64) -> Timer {
        let class = if milliseconds == 0 { Class::Other } else { Class::Outcome };
        self.set(self.later(milliseconds), class)
    }

    /// A timer that rings now, after all else that is to happen now.
    pub(super) fn turn(self: &Rc<Self>) -> Timer {
        self.at(self.now())
    }

    fn later(&self, milliseconds: u64) -> i64 {
        self.now().saturating_add(i64::try_from(milliseconds).unwrap_or(i64::MAX))
    }

    fn set(self: &Rc<Self>, time: i64, class: Class) -> Timer {
        let mut inner = self.inner.borrow_mut();
        inner.happened += 1;
        let key = (time.max(inner.now), class, inner.next);
        inner.next += 1;
        inner.timers.insert(key, None);
        Timer { clock: Rc::clone(self), key, has_rung: false }
    }

    fn poll(&self, key: Key, waker: &Waker) -> bool {
        let mut inner = self.inner.borrow_mut();
        let is_first = inner.timers.first_key_value().is_some_and(|(first, _)| *first == key);
        if !is_first {
            inner.timers.insert(key, Some(waker.clone()));
            return false;
        }
        let (quiet, happened, times) = inner.quiet;
        let times = if quiet == key && happened == inner.happened { times + 1 } else { 0 };
        inner.quiet = (key, inner.happened, times);
        if times < QUIET_POLLS {
            inner.timers.insert(key, Some(waker.clone()));
            drop(inner);
            waker.wake_by_ref();
            return false;
        }
        inner.now = inner.now.max(key.0);
        drop(inner);
        self.remove(key);
        true
    }

    fn remove(&self, key: Key) {
        let mut inner = self.inner.borrow_mut();
        inner.happened += 1;
        inner.timers.remove(&key);
        let first = inner.timers.first_key_value().and_then(|(_, waker)| waker.clone());
        // a waker may call anything, so nothing of ours is borrowed meanwhile
        drop(inner);
        if let Some(first) = first {
            first.wake();
        }
    }
}

/// A future that is over when its time has come.
#[derive(Debug)]
pub(super) struct Timer {
    clock: Rc<Clock>,
    key: Key,
    has_rung: bool,
}

impl Future for Timer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if !self.has_rung && self.clock.poll(self.key, context.waker()) {
            self.has_rung = true;
        }
        if self.has_rung { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if !self.has_rung {
            self.clock.remove(self.key);
        }
    }
}
