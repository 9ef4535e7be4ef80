//! Workflow functions run as plain Rust, on a virtual clock, in the same world as the engine.
//!
//! ```
//! use asl_core::ctx::{Ctx, Failure};
//! use asl_local::block_on;
//! use asl_local::native::Local;
//! # use asl_local::world::{Call, Object, Outcome, Reply, World};
//! # use asl_local::TaskError;
//! # struct Mocks;
//! # impl World for Mocks {
//! #     fn call(&mut self, _: &Call<'_>) -> Reply {
//! #         Reply { after: Default::default(), submitted: None, outcome: Outcome::Pending }
//! #     }
//! #     fn get_object(&mut self, _: &str, _: &str) -> Result<Vec<u8>, TaskError> { Ok(Vec::new()) }
//! #     fn list_objects(&mut self, _: &str, _: &str) -> Result<Vec<Object>, TaskError> { Ok(Vec::new()) }
//! #     fn put_object(&mut self, _: &str, _: &str, _: Vec<u8>) -> Result<(), TaskError> { Ok(()) }
//! # }
//! # let world = Mocks;
//! use std::time::Duration;
//!
//! async fn patient(ctx: &Ctx) -> Result<String, Failure> {
//!     ctx.sleep(Duration::from_secs(365 * 86_400)).await;
//!     Ok(ctx.now())
//! }
//!
//! let local = Local::new(world);
//! assert_eq!(block_on(patient(&local.ctx())), Ok("2026-01-01T00:00:00.000Z".to_owned()));
//! assert_eq!(local.elapsed(), Duration::from_secs(31_536_000));
//! ```
//!
//! Time passes when everything that uses the clock waits for something later. No runtime is needed: a future that may
//! let time pass wakes itself, and when it is polled again without anything having happened, the earliest timer rings.
//! So the same functions run under [`block_on`](crate::block_on), `#[tokio::test]`, or any executor that stays in one
//! thread. Do not mix it with real time: what waits for a socket does not keep virtual time from passing.

mod clock;
mod attempt;
mod backend;
mod nested;
mod items;
mod token;
mod random;
mod block_on;
#[cfg(test)]
mod tests;

pub use block_on::{Stuck, block_on, try_block_on};
pub use token::{UnknownToken, WaitingTask};

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use std::time::Duration;

use asl_core::ctx::{Ctx, Failure};
use serde_json::{Value, json};

use crate::TaskError;
use crate::world::World;
use backend::Execution;
use clock::Clock;
use random::Random;
use token::Tokens;

/// Where the clock stands when nothing else is said: 2025-01-01T00:00:00Z.
const START: i64 = 1_735_689_600_000;

/// So many tasks and waits are allowed: a loop that never ends is found.
const MOST_EFFECTS: u64 = 1_000_000;

/// A task that was called: one attempt.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CalledTask {
    /// The state's name.
    pub state: String,
    /// What the task was given, with its token.
    pub input: Value,
}

/// Where workflow functions run in unit tests: a world, a virtual clock, task tokens, chance from a seed.
///
/// A clone is the same.
#[derive(Clone)]
pub struct Local {
    shared: Rc<Shared>,
    name: String,
    machine: String,
}

struct Shared {
    world: RefCell<Box<dyn World>>,
    clock: Rc<Clock>,
    random: Random,
    tokens: Tokens,
    calls: RefCell<Vec<CalledTask>>,
    effects: Cell<u64>,
    /// How many executions were started by tasks.
    nested: Cell<u64>,
}

impl Shared {
    fn count_effect(&self) -> Result<(), Failure> {
        self.effects.set(self.effects.get().saturating_add(1));
        if self.effects.get() > MOST_EFFECTS {
            let cause = format!("more than {MOST_EFFECTS} tasks and waits: does a loop never end?");
            return Err(Failure::new("States.Runtime", cause));
        }
        Ok(())
    }
}

/// The handle of a workflow in this world: `Local::new(world).ctx()`.
#[must_use]
pub fn ctx(world: impl World + 'static) -> Ctx {
    Local::new(world).ctx()
}

impl Local {
    /// A clock at 2025-01-01T00:00:00Z, the seed 0, and this world.
    #[must_use]
    pub fn new(world: impl World + 'static) -> Self {
        let shared = Shared {
            world: RefCell::new(Box::new(world)),
            clock: Clock::new(START),
            random: Random::new(0),
            tokens: Tokens::default(),
            calls: RefCell::default(),
            effects: Cell::new(0),
            nested: Cell::new(0),
        };
        Self { shared: Rc::new(shared), name: "execution".to_owned(), machine: "StateMachine".to_owned() }
    }

    /// The execution's name, for handles made from now on.
    #[must_use]
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// The state machine's name, for handles made from now on.
    #[must_use]
    pub fn state_machine_name(self, name: impl Into<String>) -> Self {
        Self { machine: name.into(), ..self }
    }

    /// What chance grows from: jitter, `random`, `uuid`, task tokens.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        self.shared.random.seed(seed);
        self
    }

    /// Where the clock stands at the start, in milliseconds since 1970-01-01T00:00:00Z. Without effect once time has
    /// passed.
    #[must_use]
    pub fn start_time(self, milliseconds: i64) -> Self {
        self.shared.clock.set_start(milliseconds);
        self
    }

    /// The handle for a workflow function. Each is an execution that starts now.
    #[must_use]
    pub fn ctx(&self) -> Ctx {
        let Self { name, machine, .. } = self;
        let mut context = json!({
            "Execution": {
                "Id": format!("arn:aws:states:us-east-1:123456789012:execution:{machine}:{name}"),
                "Name": name,
                "RoleArn": "arn:aws:iam::123456789012:role/StepFunctionsRole",
            },
            "StateMachine": {
                "Id": format!("arn:aws:states:us-east-1:123456789012:stateMachine:{machine}"),
                "Name": machine,
            },
        });
        let now = |context: &Value| {
            let execution = Execution { shared: Rc::clone(&self.shared), context: context.clone() };
            Ctx::new(Rc::new(execution))
        };
        context["Execution"]["StartTime"] = now(&context).now().into();
        now(&context)
    }

    /// All tasks so far, in the order in which they were called; each attempt of a retried task is one.
    #[must_use]
    pub fn calls(&self) -> Vec<CalledTask> {
        self.shared.calls.borrow().clone()
    }

    /// The states of the tasks so far, in their order.
    #[must_use]
    pub fn states(&self) -> Vec<String> {
        self.shared.calls.borrow().iter().map(|call| call.state.clone()).collect()
    }

    /// The virtual time that has passed.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Duration::from_millis(self.shared.clock.elapsed())
    }

    /// The tasks that wait for their tokens now.
    #[must_use]
    pub fn tokens(&self) -> Vec<WaitingTask> {
        self.shared.tokens.all()
    }

    /// Waits until a task of this state waits for its token, and gives the token.
    pub async fn token(&self, state: &str) -> String {
        poll_fn(|context| {
            let found = self.tokens().into_iter().find(|task| task.state == state);
            if let Some(task) = found {
                return Poll::Ready(task.token);
            }
            self.shared.tokens.watch(context.waker());
            Poll::Pending
        })
        .await
    }

    /// Ends the task that waits for this token with a result: `SendTaskSuccess`.
    ///
    /// # Errors
    ///
    /// If no task waits for it.
    pub fn task_success(&self, token: &str, output: Value) -> Result<(), UnknownToken> {
        self.shared.clock.happened();
        self.shared.tokens.signal(token, |signals| signals.outcome = Some(Ok(output)))
    }

    /// Ends the task that waits for this token with an error: `SendTaskFailure`.
    ///
    /// # Errors
    ///
    /// If no task waits for it.
    pub fn task_failure(&self, token: &str, error: TaskError) -> Result<(), UnknownToken> {
        self.shared.clock.happened();
        self.shared.tokens.signal(token, |signals| signals.outcome = Some(Err(error)))
    }

    /// A sign of life of the task that waits for this token: `SendTaskHeartbeat`.
    ///
    /// # Errors
    ///
    /// If no task waits for it.
    pub fn task_heartbeat(&self, token: &str) -> Result<(), UnknownToken> {
        self.shared.clock.happened();
        self.shared.tokens.signal(token, |signals| signals.has_heartbeat = true)
    }
}

impl fmt::Debug for Local {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let calls = self.shared.calls.borrow().len();
        f.debug_struct("Local")
            .field("elapsed", &self.elapsed())
            .field("calls", &calls)
            .finish_non_exhaustive()
    }
}
