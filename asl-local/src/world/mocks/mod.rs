//! The default world: tasks are mocked, objects are held in memory.
//!
//! ```
//! use asl_local::mocks::outcomes;
//! use asl_local::{Execution, Mocks, Status, TaskError};
//! use serde_json::{Value, json};
//!
//! let machine = asl_core::decode(r#"{
//!     "StartAt": "ChargeCard",
//!     "States": {
//!         "ChargeCard": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:charge", "Next": "Ship"},
//!         "Ship": {"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:ship", "End": true,
//!             "Retry": [{"ErrorEquals": ["Busy"]}]}
//!     }
//! }"#)?.validate()?;
//! let mocks = Mocks::new()
//!     .on("ChargeCard", |input: &Value| Ok(json!({"paymentId": "p-1", "amount": input["amount"]})))
//!     .on("ship", outcomes([Err(TaskError::new("Busy", "try again")), Ok(json!("track-1"))]));
//! let mut execution = Execution::start(&machine, json!({"amount": 5}), mocks.clone())?;
//! assert_eq!(execution.run()?, Status::Succeeded);
//! assert_eq!(mocks.states(), ["ChargeCard", "Ship", "Ship"]);
//! assert_eq!(mocks.calls_of("Ship")[0].input, json!({"paymentId": "p-1", "amount": 5}));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answer;
mod fault;
mod name;
mod record;
#[cfg(test)]
mod tests;

pub use answer::{Answer, fails, from_call, from_input, outcomes, runs, submitted, succeeds, wait_for_token};
pub use fault::Fault;
pub use record::RecordedCall;

use std::cell::RefCell;
use std::fmt;
use std::io::Read as _;
use std::rc::Rc;

use asl_core::syntax::closest;

use super::{Call, MemoryObjects, ObjectStore, Outcome, Reply, World};
use crate::TaskError;
use name::{Means, callees, means};

/// The world of tests: answers tasks with mocks, injects faults, records every call, and holds objects.
///
/// A clone is the same mocks again, so that a test can look at them while an execution has them:
/// `Execution::start(&machine, input, mocks.clone())`. An execution that is given `&mut mocks` returns them at its end.
#[derive(Clone, Default)]
#[must_use]
pub struct Mocks {
    shared: Rc<RefCell<Shared>>,
}

#[derive(Default)]
struct Shared {
    /// In the order in which they were given.
    mocks: Vec<Mock>,
    otherwise: Option<Rc<RefCell<Answer>>>,
    faults: Vec<Fault>,
    calls: Vec<RecordedCall>,
    objects: Rc<MemoryObjects>,
    /// In place of those in memory.
    other_objects: Option<Rc<dyn ObjectStore>>,
}

struct Mock {
    name: String,
    /// What the name may mean: this, or what is more specific.
    at_most: Means,
    answer: Rc<RefCell<Answer>>,
    is_used: bool,
}

impl Mocks {
    /// No mocks: every task fails, and says which mock it lacks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a mock for the tasks of this name.
    ///
    /// The name may be, and where several mocks fit a call the first of these wins:
    ///
    /// 1. the state's name: `ChargeCard`
    /// 2. its `Resource`, whole: `arn:aws:states:::sqs:sendMessage`, `${ChargeCardArn}`
    /// 3. who is called: the name of a Lambda function, activity or state machine, found in the `Resource` or in the
    ///    `FunctionName` or `StateMachineArn` of the input, there also whole; the name of a placeholder, `ChargeCardArn`
    /// 4. the action: `lambda:invoke`, `sqs:sendMessage.waitForTaskToken`, `aws-sdk:s3:getObject`; the prefix
    ///    `aws-sdk:` and the suffix may be left out
    ///
    /// Of two that are equally near, and of two with one name, the later wins: a test may change one mock of a set
    /// that it was given.
    pub fn on(self, name: impl Into<String>, answer: impl Into<Answer>) -> Self {
        self.add(name.into(), Means::Action, answer.into())
    }

    /// Adds a mock for the state of this name, whatever else the name may mean.
    pub(super) fn on_state(self, name: impl Into<String>, answer: impl Into<Answer>) -> Self {
        self.add(name.into(), Means::State, answer.into())
    }

    /// Sets what a task answers that no mock is for. Without it, such a task fails the execution.
    pub fn otherwise(self, answer: impl Into<Answer>) -> Self {
        self.shared.borrow_mut().otherwise = Some(Rc::new(RefCell::new(answer.into())));
        self
    }

    /// Adds a fault. Of several that hit a call, the first given is the error.
    pub fn fault(self, fault: Fault) -> Self {
        self.shared.borrow_mut().faults.push(fault);
        self
    }

    /// Puts an object into a bucket, which is there from then on.
    pub fn object(self, bucket: impl Into<String>, key: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        self.shared.borrow().objects.add(bucket.into(), key.into(), body.into());
        self
    }

    /// Adds an empty bucket, for what a Distributed Map writes.
    pub fn bucket(self, bucket: impl Into<String>) -> Self {
        let objects = MemoryObjects::clone(&self.shared.borrow().objects);
        let _ = objects.with_bucket(bucket);
        self
    }

    /// Reads and writes objects elsewhere than in memory, such as in [`FolderObjects`](crate::world::FolderObjects).
    pub fn objects_in(self, objects: impl ObjectStore + 'static) -> Self {
        self.shared.borrow_mut().other_objects = Some(Rc::new(objects));
        self
    }

    /// All calls so far, in the order in which the tasks were scheduled; each attempt of a retried task is one.
    #[must_use]
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.shared.borrow().calls.clone()
    }

    /// The calls so far of the tasks of this name, which may be all that [`on`](Self::on) takes.
    #[must_use]
    pub fn calls_of(&self, name: &str) -> Vec<RecordedCall> {
        let shared = self.shared.borrow();
        shared.calls.iter().filter(|call| means(name, &call.call()).is_some()).cloned().collect()
    }

    /// The states of the calls so far, in their order: `assert_eq!(mocks.states(), ["ChargeCard", "Ship"])`.
    #[must_use]
    pub fn states(&self) -> Vec<String> {
        self.shared.borrow().calls.iter().map(|call| call.state.clone()).collect()
    }

    /// The names of the mocks that no call has asked for, in the order in which they were given.
    #[must_use]
    pub fn unused(&self) -> Vec<String> {
        let shared = self.shared.borrow();
        shared.mocks.iter().filter(|mock| !mock.is_used).map(|mock| mock.name.clone()).collect()
    }

    /// Asserts how often the tasks of this name were called, retries counted.
    ///
    /// # Panics
    ///
    /// If it was another number; the message lists all calls.
    #[track_caller]
    pub fn assert_called(&self, name: &str, times: usize) {
        let calls = self.calls_of(name).len();
        assert!(
            calls == times,
            "`{name}` was called {calls} times, not {times}; the calls were: {}",
            self.states().join(", ")
        );
    }

    /// The body of an object that was given, or written by the execution; nothing, if there is none.
    #[must_use]
    pub fn body(&self, bucket: &str, key: &str) -> Option<Vec<u8>> {
        let mut body = Vec::new();
        self.objects().get(bucket, key, None).ok()?.read_to_end(&mut body).ok()?;
        Some(body)
    }

    fn add(self, name: String, at_most: Means, answer: Answer) -> Self {
        let answer = Rc::new(RefCell::new(answer));
        let mut shared = self.shared.borrow_mut();
        shared.mocks.retain(|mock| mock.name != name);
        shared.mocks.push(Mock { name, at_most, answer, is_used: false });
        drop(shared);
        self
    }

    fn reply(&self, call: &Call<'_>) -> Reply {
        let Some(answer) = self.answer(call) else { return failure(self.without_mock(call)) };
        // each fault counts each call, also one that another fault hits
        let hits: Vec<_> =
            self.shared.borrow_mut().faults.iter_mut().filter_map(|fault| fault.hits(call)).collect();
        if let Some(error) = hits.into_iter().next() {
            return failure(error);
        }
        // nothing of ours is borrowed meanwhile: a function may look at the mocks that it belongs to
        let Ok(mut answer) = answer.try_borrow_mut() else {
            return failure(runtime(format!("the mock of the state `{}` calls itself", call.state)));
        };
        answer.reply(call).unwrap_or_else(|| failure(self.one_too_many(call)))
    }

    /// The answer of the mock that is nearest to the call.
    fn answer(&self, call: &Call<'_>) -> Option<Rc<RefCell<Answer>>> {
        let mut shared = self.shared.borrow_mut();
        let mut best: Option<(Means, usize)> = None;
        for (index, mock) in shared.mocks.iter().enumerate() {
            if let Some(means) = means(&mock.name, call)
                && means <= mock.at_most
                && best.is_none_or(|(nearest, _)| means <= nearest)
            {
                best = Some((means, index));
            }
        }
        let Some((_, index)) = best else { return shared.otherwise.clone() };
        shared.mocks[index].is_used = true;
        Some(shared.mocks[index].answer.clone())
    }

    fn without_mock(&self, call: &Call<'_>) -> TaskError {
        let shared = self.shared.borrow();
        let names = shared.mocks.iter().map(|mock| mock.name.as_str());
        let callees = callees(call);
        let near = std::iter::once(call.state)
            .chain(callees.iter().map(String::as_str))
            .find_map(|name| closest(name, names.clone()));
        let write = format!("write `.on({:?}, succeeds(json!({{…}})))`", call.state);
        let help = match near {
            Some(near) => format!("if `{near}` is meant for it, correct that name, else {write}"),
            None => write,
        };
        let Call { state, resource, .. } = call;
        runtime(format!("there is no mock for the state `{state}`, which calls `{resource}`; {help}"))
    }

    fn one_too_many(&self, call: &Call<'_>) -> TaskError {
        let before = self.shared.borrow().calls.iter().filter(|earlier| earlier.state == call.state).count();
        runtime(format!(
            "the mock of the state `{}` has no outcome left for call {}; add one, or say `.repeating_last()`",
            call.state,
            before + 1
        ))
    }
}

impl World for Mocks {
    fn call(&mut self, call: &Call<'_>) -> Reply {
        let reply = self.reply(call);
        self.shared.borrow_mut().calls.push(RecordedCall::new(call, reply.clone()));
        reply
    }

    fn objects(&self) -> Rc<dyn ObjectStore> {
        let shared = self.shared.borrow();
        match &shared.other_objects {
            Some(objects) => Rc::clone(objects),
            None => Rc::clone(&shared.objects) as Rc<dyn ObjectStore>,
        }
    }
}

/// What shows itself in the test, not in a catcher: the service's error that no retrier and no catcher matches.
fn runtime(cause: String) -> TaskError {
    TaskError::new("States.Runtime", cause)
}

fn failure(error: TaskError) -> Reply {
    Reply::new(Outcome::Failure(error))
}

impl fmt::Debug for Mocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = self.shared.borrow();
        let names: Vec<&str> = shared.mocks.iter().map(|mock| mock.name.as_str()).collect();
        f.debug_struct("Mocks")
            .field("mocks", &names)
            .field("calls", &shared.calls.len())
            .finish_non_exhaustive()
    }
}
