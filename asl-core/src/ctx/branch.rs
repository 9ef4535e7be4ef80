//! Futures that run at the same time, each polled only when it was woken.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use super::LocalFuture;

/// One of several futures that run at the same time.
///
/// It has a waker of its own, so that a thousand of them cost no more than those that have something to do.
#[derive(Debug)]
pub struct Branch<F: Future> {
    future: Option<Pin<Box<F>>>,
    output: Option<F::Output>,
    signal: Arc<Signal>,
    waker: Waker,
}

#[derive(Debug)]
struct Signal {
    is_woken: AtomicBool,
    around: Mutex<Option<Waker>>,
    /// Of many: which have something to do, and which this is.
    list: Option<(Ready, usize)>,
}

/// Those of many branches that were woken.
type Ready = Arc<Mutex<Vec<usize>>>;

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_woken.swap(true, Ordering::AcqRel)
            && let Some((ready, index)) = &self.list
        {
            ready.lock().unwrap_or_else(PoisonError::into_inner).push(*index);
        }
        let around = self.around.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(around) = around {
            around.wake();
        }
    }
}

impl<F: Future> Branch<F> {
    /// A branch that has not begun.
    pub fn new(future: impl IntoFuture<IntoFuture = F>) -> Self {
        Self::of(future, None)
    }

    fn of(future: impl IntoFuture<IntoFuture = F>, list: Option<(Ready, usize)>) -> Self {
        let signal = Arc::new(Signal { is_woken: AtomicBool::new(true), around: Mutex::new(None), list });
        let waker = Waker::from(Arc::clone(&signal));
        Self { future: Some(Box::pin(future.into_future())), output: None, signal, waker }
    }

    /// Goes on if there is something to do. Whether it is over.
    pub(super) fn advance(&mut self, around: &Context<'_>) -> bool {
        let Some(future) = &mut self.future else { return true };
        {
            let mut known = self.signal.around.lock().unwrap_or_else(PoisonError::into_inner);
            if !known.as_ref().is_some_and(|known| known.will_wake(around.waker())) {
                *known = Some(around.waker().clone());
            }
        }
        if !self.signal.is_woken.swap(false, Ordering::Acquire) {
            return false;
        }
        match future.as_mut().poll(&mut Context::from_waker(&self.waker)) {
            Poll::Pending => false,
            Poll::Ready(output) => {
                self.future = None;
                self.output = Some(output);
                true
            }
        }
    }

    /// The output, once.
    pub(super) fn take(&mut self) -> Option<F::Output> {
        self.output.take()
    }
}

impl<F: Future<Output = Result<T, E>>, T, E> Branch<F> {
    /// The error, if it is over and failed.
    pub(super) fn take_error(&mut self) -> Option<E> {
        match self.output.take()? {
            Err(error) => Some(error),
            output @ Ok(_) => {
                self.output = Some(output);
                None
            }
        }
    }
}

/// Runs `count` futures, at most so many at a time, begun in their order. Stops them all when `ended` says so.
pub(super) async fn run_all<'f, T>(
    count: usize,
    most: usize,
    mut start: impl FnMut(usize) -> LocalFuture<'f, T>,
    mut ended: impl FnMut(usize, T) -> ControlFlow<()>,
) {
    let ready = Ready::default();
    let mut running: BTreeMap<usize, Branch<LocalFuture<'f, T>>> = BTreeMap::new();
    let mut begun = 0;
    std::future::poll_fn(move |around| {
        // what wakes itself meanwhile has its turn after everything else
        let mut turn = std::mem::take(&mut *ready.lock().unwrap_or_else(PoisonError::into_inner));
        turn.sort_unstable();
        loop {
            for index in turn.drain(..) {
                let Some(branch) = running.get_mut(&index) else { continue };
                if branch.advance(around)
                    && let Some(output) = branch.take()
                {
                    running.remove(&index);
                    if ended(index, output).is_break() {
                        running.clear();
                        return Poll::Ready(());
                    }
                }
            }
            while begun < count && running.len() < most.max(1) {
                let list = Some((Arc::clone(&ready), begun));
                running.insert(begun, Branch::of(start(begun), list));
                turn.push(begun);
                begun += 1;
            }
            if turn.is_empty() {
                return if running.is_empty() { Poll::Ready(()) } else { Poll::Pending };
            }
        }
    })
    .await;
}
