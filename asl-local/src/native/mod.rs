//! Workflow functions run as plain Rust, on a virtual clock, in the same world as the engine.
//!
//! A test calls the function, with a handle from [`Local`], and looks at what it gave and at what it called:
//!
//! ```
//! use asl_core::ctx::{Ctx, Failure, Retry};
//! use asl_core::jsonata::{days, secs};
//! use asl_local::mocks::{Fault, fails, succeeds};
//! use asl_local::native::Local;
//! use asl_local::{Mocks, block_on};
//! use asl_macros::{AslData, task};
//! use serde_json::json;
//!
//! # #[derive(serde::Deserialize, AslData)]
//! # struct Payment { id: String }
//! #[task(lambda = "${ChargeArn}")]
//! async fn charge(ctx: &Ctx, order_id: &str) -> Result<Payment, Failure>;
//!
//! #[task(lambda = "${RefundArn}")]
//! async fn refund(ctx: &Ctx, payment_id: &str) -> Result<(), Failure>;
//!
//! #[task(lambda = "${ShipArn}")]
//! async fn ship(ctx: &Ctx, order_id: &str) -> Result<String, Failure>;
//!
//! async fn order(ctx: &Ctx, id: &str) -> Result<String, Failure> {
//!     let payment = charge(ctx, id).retry(Retry::on("Busy").interval(secs(60))).await?;
//!     ctx.sleep(days(2)).await; // it may be cancelled so long
//!     match ship(ctx, id).await {
//!         Ok(tracking) => Ok(tracking),
//!         Err(failure) => {
//!             refund(ctx, &payment.id).await?;
//!             Err(failure)
//!         }
//!     }
//! }
//!
//! let mocks = || {
//!     Mocks::new()
//!         .on("Charge", succeeds(json!({"id": "p-1"})))
//!         .on("Ship", succeeds("track-1").takes(secs(30)))
//!         .on("Refund", succeeds(json!(null)))
//! };
//!
//! // all goes well, and two days take no time
//! let local = Local::new(mocks());
//! assert_eq!(block_on(order(&local.ctx(), "o-1")), Ok("track-1".to_owned()));
//! assert_eq!(local.elapsed(), days(2) + secs(30));
//! assert_eq!(local.calls()[1].input, json!({"order_id": "o-1"}));
//!
//! // the first attempt of each task fails: what has retriers goes on
//! let busy = asl_local::TaskError::new("Busy", "try again");
//! let local = Local::new(mocks().fault(Fault::first_attempts().of("Charge").with(busy)));
//! assert!(block_on(order(&local.ctx(), "o-1")).is_ok());
//! assert_eq!(local.states(), ["Charge", "Charge", "Ship"]);
//! assert_eq!(local.elapsed(), secs(60) + days(2) + secs(30));
//!
//! // no carrier: the payment is given back
//! let local = Local::new(mocks().on("Ship", fails("NoCarrier", "strike")));
//! assert_eq!(block_on(order(&local.ctx(), "o-1")), Err(Failure::new("NoCarrier", "strike")));
//! assert_eq!(local.states(), ["Charge", "Ship", "Refund"]);
//! ```
//!
//! # What tasks answer
//!
//! The world is that of the engine: [`Mocks`](crate::Mocks) answer by state, function or action, inject faults, hold the
//! objects of Distributed Maps, and record each call. A state's name is the function's in PascalCase. A mock that
//! [`runs`](crate::mocks::runs) a machine runs it in the engine, on the same clock and in the same world, for a task
//! that waits for its end (`sync`). A machine that is only started runs to its end at once; one that waits for a
//! token cannot be answered.
//!
//! # Task tokens
//!
//! A task that waits for its token ends when the test answers. [`Local::token`] waits until it waits; the test runs
//! beside the workflow:
//!
//! ```
//! use asl_core::ctx::{Ctx, Failure, join};
//! use asl_core::jsonata::hours;
//! use asl_local::mocks::wait_for_token;
//! use asl_local::native::Local;
//! use asl_local::{Mocks, block_on};
//! use serde_json::json;
//!
//! #[asl_macros::task(sqs = "${QueueUrl}", wait_for_task_token)]
//! async fn ask(ctx: &Ctx, question: &str) -> Result<String, Failure>;
//!
//! let local = Local::new(Mocks::new().on("Ask", wait_for_token()));
//! let ctx = local.ctx();
//! let person = async {
//!     let token = local.token("Ask").await;
//!     ctx.sleep(hours(2)).await;
//!     local.task_success(&token, json!("yes"))
//! };
//! let (answer, sent) = block_on(async { join!(ask(&ctx, "now?"), person) });
//! assert_eq!((answer, sent), (Ok("yes".to_owned()), Ok(())));
//! assert_eq!(local.elapsed(), hours(2));
//! ```
//!
//! # Time
//!
//! Time passes when everything that uses the clock waits for something later. No runtime is needed: a future that may
//! let time pass wakes itself, and when it is polled again without anything having happened, the earliest timer rings.
//! So the same functions run under [`block_on`](crate::block_on), `#[tokio::test]`, or any executor that stays in one
//! thread. Do not mix it with real time: what waits for a socket does not keep virtual time from passing.
//!
//! # The same as in the engine
//!
//! A function and the machine that is made of it call the same tasks at the same times, with the same inputs, and end
//! alike; a test may compare [`Mocks::calls`](crate::Mocks::calls) of both. What happens at one instant in several
//! branches has no order to rely on, there or here: compare the calls of one instant sorted. When a branch fails, one
//! beside it that goes on at that very instant may or may not have called its next task.
//!
//! Arguments and results of more than 256 KiB are `States.DataLimitExceeded`, as there. Of arguments the engine's catcher
//! of all errors does not get it (it is documented so, not recorded); a `match` in Rust gets every error.
//!
//! With the same seed, jitter, [`Ctx::random`], [`Ctx::uuid`] and task tokens are those of the engine, as long as both
//! draw in the same order: one after the other, each in an expression of its own, and without a Distributed Map, whose
//! children have random names in the engine.

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
