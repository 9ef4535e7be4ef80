//! Futures that run at the same time, each polled only when it was woken.

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
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.is_woken.store(true, Ordering::Release);
        let around = self.around.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(around) = around {
            around.wake();
        }
    }
}

impl<F: Future> Branch<F> {
    /// A branch that has not begun.
    pub fn new(future: impl IntoFuture<IntoFuture = F>) -> Self {
        let signal = Arc::new(Signal { is_woken: AtomicBool::new(true), around: Mutex::new(None) });
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
    let mut running: Vec<(usize, Branch<LocalFuture<'f, T>>)> = Vec::new();
    let mut begun = 0;
    std::future::poll_fn(move |around| {
        loop {
            while begun < count && running.len() < most.max(1) {
                running.push((begun, Branch::new(start(begun))));
                begun += 1;
            }
            let mut has_ended = false;
            let mut at = 0;
            while let Some((index, branch)) = running.get_mut(at) {
                if branch.advance(around)
                    && let Some(output) = branch.take()
                {
                    if ended(*index, output).is_break() {
                        running.clear();
                        return Poll::Ready(());
                    }
                    has_ended = true;
                    running.remove(at);
                } else {
                    at += 1;
                }
            }
            if running.is_empty() && begun == count {
                return Poll::Ready(());
            }
            if !has_ended || begun == count {
                return Poll::Pending;
            }
        }
    })
    .await;
}
