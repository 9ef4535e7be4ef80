use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

thread_local! {
    /// What waits in this thread for something that no clock brings.
    static WAITING: RefCell<BTreeMap<u64, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Notes that a task waits, for as long as it lives.
#[derive(Debug)]
pub(super) struct Waiting(u64);

impl Waiting {
    pub(super) fn new(what: String) -> Self {
        WAITING.with_borrow_mut(|waiting| {
            let id = waiting.last_key_value().map_or(0, |(last, _)| last + 1);
            waiting.insert(id, what);
            Self(id)
        })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // the thread may be over
        let _ = WAITING.try_with(|waiting| waiting.borrow_mut().remove(&self.0));
    }
}

#[derive(Debug)]
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Ordering::Release);
    }
}

/// Runs a future to its end, without a runtime.
///
/// For workflow functions in a unit test; time is virtual, so nothing is ever waited for in real time.
///
/// ```
/// assert_eq!(asl_local::block_on(async { 1 + 1 }), 2);
/// ```
///
/// # Panics
///
/// If nothing would ever wake the future, with what it waits for; [`try_block_on`] returns that instead.
#[track_caller]
pub fn block_on<F: IntoFuture>(future: F) -> F::Output {
    match try_block_on(future) {
        Ok(output) => output,
        Err(stuck) => panic!("{stuck}"),
    }
}

/// Runs a future to its end, without a runtime, or until nothing would ever wake it.
///
/// ```
/// let stuck = asl_local::try_block_on(std::future::pending::<()>()).unwrap_err();
/// assert!(stuck.to_string().starts_with("nothing will ever wake this future"));
/// ```
///
/// # Errors
///
/// If the future waits for something that nothing brings.
pub fn try_block_on<F: IntoFuture>(future: F) -> Result<F::Output, Stuck> {
    let mut future = Box::pin(future.into_future());
    let woken = Arc::new(Woken(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&woken));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return Ok(output);
        }
        if !woken.0.swap(false, Ordering::Acquire) {
            let waiting = WAITING.with_borrow(|waiting| waiting.values().cloned().collect());
            return Err(Stuck { waiting });
        }
    }
}

/// A future that waits for something that nothing brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stuck {
    waiting: Vec<String>,
}

impl Stuck {
    /// The tasks that wait, each with its reason.
    #[must_use]
    pub fn waiting(&self) -> &[String] {
        &self.waiting
    }
}

impl fmt::Display for Stuck {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing will ever wake this future")?;
        for (index, waiting) in self.waiting.iter().enumerate() {
            write!(f, "{}{waiting}", if index == 0 { ": " } else { ", " })?;
        }
        if !self.waiting.is_empty() {
            f.write_str("; give it a timeout, or let the test answer")?;
        }
        Ok(())
    }
}

impl std::error::Error for Stuck {}
