//! Workflow functions that run as plain Rust, and the same as state machines in the engine: one behaviour.
//!
//! Compared are the calls, each with its time, input and attempt; the end; and the time that has passed.
//!
//! What happens at one instant in branches within branches has no order of its own: how many turns of the engine a branch
//! needs depends on the states between two tasks, and those are not known of a function. So calls of one instant are
//! compared sorted; and at the instant at which a branch fails and ends its siblings, one of them may or may not have
//! called its next task.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::pin::Pin;
use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry, TaskCall, map_each, try_join};
use asl_local::mocks::from_call;
use asl_local::native::Local;
use asl_local::world::{Call, Outcome, Reply};
use asl_local::{Execution, Mocks, Status, TaskError, block_on};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// A step of a workflow, of which both forms are made.
#[derive(Debug, Clone)]
enum Step {
    Task(Task),
    Sleep(u64),
    Join { branches: Vec<Vec<Step>>, is_caught: bool },
    Each { items: u64, most: u32, body: Vec<Step>, is_caught: bool },
}

#[derive(Debug, Clone)]
struct Task {
    /// Seconds.
    takes: u64,
    /// Seconds more for each item before this one.
    more: u64,
    /// How many attempts fail.
    fails: u32,
    /// Whether only its token or its limits end it.
    is_silent: bool,
    retry: Option<(u64, u32)>,
    timeout: Option<u64>,
    heartbeat: Option<u64>,
}

/// A state's name is where it stands.
fn name(at: &[usize]) -> String {
    at.iter().map(ToString::to_string).collect::<Vec<_>>().join(".")
}

fn within(at: &[usize], index: usize) -> Vec<usize> {
    at.iter().copied().chain([index]).collect()
}

mod native {
    use super::*;

    type Run<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + 'a>>;

    pub(super) struct Function<'a> {
        pub(super) ctx: &'a Ctx,
        /// When branches failed and ended their siblings.
        pub(super) breaks: RefCell<BTreeSet<i64>>,
    }

    impl Function<'_> {
        pub(super) fn run<'a>(&'a self, steps: &'a [Step], at: Vec<usize>, item: u64) -> Run<'a> {
            Box::pin(async move {
                for (index, step) in steps.iter().enumerate() {
                    self.run_step(step, within(&at, index), item).await?;
                }
                Ok(())
            })
        }

        async fn run_step(&self, step: &Step, at: Vec<usize>, item: u64) -> Result<(), Failure> {
            let ctx = self.ctx;
            let (all, is_caught) = match step {
                Step::Task(task) => return ctx.backend().task(call(task, &at, item)).await.map(|_| ()),
                Step::Sleep(seconds) => {
                    ctx.sleep(Duration::from_secs(*seconds)).await;
                    return Ok(());
                }
                Step::Join { branches, is_caught } => {
                    let branch = |index: usize| self.run(&branches[index], within(&at, index), item);
                    let joined = match branches.len() {
                        2 => try_join!(branch(0), branch(1)).map(|_| ()),
                        _ => try_join!(branch(0), branch(1), branch(2)).map(|_| ()),
                    };
                    (joined, is_caught)
                }
                Step::Each { items, most, body, is_caught } => {
                    let each = async |item| self.run(body, at.clone(), item).await;
                    let all = map_each(ctx, 0..*items, each).max_concurrency(*most).await;
                    (all.map(|_| ()), is_caught)
                }
            };
            if all.is_err() {
                self.breaks.borrow_mut().insert(ctx.millis());
            }
            if *is_caught { Ok(()) } else { all }
        }
    }

    fn call(task: &Task, at: &[usize], item: u64) -> TaskCall {
        let seconds = |limit: Option<u64>| limit.map(Duration::from_secs);
        let retry = task.retry.map(|(interval, attempts)| {
            Retry::all().interval(Duration::from_secs(interval)).max_attempts(attempts)
        });
        TaskCall {
            state: name(at),
            resource: "arn:aws:states:::lambda:invoke".to_owned(),
            arguments: json!({ "FunctionName": "f", "Payload": item }),
            token_at: Vec::new(),
            has_token: false,
            timeout: seconds(task.timeout),
            heartbeat: seconds(task.heartbeat),
            retry: retry.into_iter().collect(),
            credentials: None,
        }
    }
}

mod machine {
    use super::*;

    /// The scope of these steps: `StartAt` and `States`.
    pub(super) fn scope(steps: &[Step], at: &[usize], is_in_map: bool) -> Map<String, Value> {
        let mut states = Map::new();
        for (index, step) in steps.iter().enumerate() {
            let at_step = within(at, index);
            let mut state = state(step, &at_step, is_in_map);
            let next = within(at, index + 1);
            let goes_on = index + 1 < steps.len();
            let (key, value) = if goes_on { ("Next", json!(name(&next))) } else { ("End", json!(true)) };
            state.insert(key.to_owned(), value);
            let is_caught =
                matches!(step, Step::Join { is_caught: true, .. } | Step::Each { is_caught: true, .. });
            if is_caught {
                let after = if goes_on { next } else { within(&at_step, 99) };
                state.insert(
                    "Catch".to_owned(),
                    json!([{"ErrorEquals": ["States.ALL"], "Next": name(&after)}]),
                );
                if !goes_on {
                    states.insert(name(&after), json!({"Type": "Succeed"}));
                }
            }
            states.insert(name(&at_step), Value::Object(state));
        }
        let scope = json!({"StartAt": name(&within(at, 0)), "States": states});
        scope.as_object().unwrap().clone()
    }

    fn state(step: &Step, at: &[usize], is_in_map: bool) -> Map<String, Value> {
        let state = match step {
            Step::Task(task) => {
                let item = if is_in_map { json!("{% $states.context.Map.Item.Value %}") } else { json!(0) };
                let mut state = json!({
                    "Type": "Task",
                    "Resource": "arn:aws:states:::lambda:invoke",
                    "Arguments": {"FunctionName": "f", "Payload": item},
                });
                if let Some((interval, attempts)) = task.retry {
                    let names = ["States.ALL"];
                    state["Retry"] =
                        json!([{"ErrorEquals": names, "IntervalSeconds": interval, "MaxAttempts": attempts}]);
                }
                if let Some(timeout) = task.timeout {
                    state["TimeoutSeconds"] = json!(timeout);
                }
                if let Some(heartbeat) = task.heartbeat {
                    state["HeartbeatSeconds"] = json!(heartbeat);
                }
                state
            }
            Step::Sleep(seconds) => json!({"Type": "Wait", "Seconds": seconds}),
            Step::Join { branches, .. } => {
                let branches = branches.iter().enumerate();
                let branches: Vec<_> =
                    branches.map(|(index, steps)| scope(steps, &within(at, index), is_in_map)).collect();
                json!({"Type": "Parallel", "Branches": branches})
            }
            Step::Each { items, most, body, .. } => {
                let items: Vec<u64> = (0..*items).collect();
                json!({
                    "Type": "Map",
                    "Items": items,
                    "MaxConcurrency": most,
                    "ItemProcessor": scope(body, at, true),
                })
            }
        };
        state.as_object().unwrap().clone()
    }
}

/// All tasks of the steps, by state.
fn tasks(steps: &[Step], at: &[usize], into: &mut Vec<(String, Task)>) {
    for (index, step) in steps.iter().enumerate() {
        let at = within(at, index);
        match step {
            Step::Task(task) => into.push((name(&at), task.clone())),
            Step::Sleep(_) => {}
            Step::Join { branches, .. } => {
                for (index, steps) in branches.iter().enumerate() {
                    tasks(steps, &within(&at, index), into);
                }
            }
            Step::Each { body, .. } => tasks(body, &at, into),
        }
    }
}

/// How long tasks take.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Times {
    /// Whole seconds, so that much happens at one instant.
    Whole,
    /// Each attempt its own time, so that no two tasks end at one instant.
    Apart,
}

fn mocks(steps: &[Step], times: Times) -> Mocks {
    let mut all = Vec::new();
    tasks(steps, &[], &mut all);
    Mocks::new().otherwise(from_call(move |call: &Call<'_>| {
        let (_, task) = all.iter().find(|(name, _)| name == call.state).unwrap();
        let item = call.input["Payload"].as_u64().unwrap();
        let outcome = if call.retry_count < task.fails {
            Outcome::Failure(TaskError::new(format!("Error{}", call.state), "because"))
        } else if task.is_silent {
            Outcome::Pending
        } else {
            Outcome::Success(Value::Null)
        };
        let milliseconds = match times {
            Times::Whole => 0,
            Times::Apart => {
                let mut hasher = DefaultHasher::new();
                (call.state, item, call.retry_count, call.time).hash(&mut hasher);
                hasher.finish() % 10_000_019
            }
        };
        let after = Duration::from_secs(task.takes + task.more * item) + Duration::from_millis(milliseconds);
        Reply { after, ..Reply::new(outcome) }
    }))
}

/// What is compared: the calls, the error, the time that has passed.
#[derive(Debug, PartialEq)]
struct Seen {
    calls: Vec<(i64, String, String, u32)>,
    error: Option<String>,
    elapsed: Duration,
}

impl Seen {
    fn new(mocks: &Mocks, error: Option<String>, elapsed: Duration) -> Self {
        let calls = mocks.calls().into_iter();
        let calls = calls.map(|call| (call.time, call.state, call.input.to_string(), call.retry_count));
        Self { calls: calls.collect(), error, elapsed }
    }

    /// Without an order within an instant.
    fn sorted(mut self) -> Self {
        self.calls.sort();
        self
    }

    /// Without what depends on the order within an instant at which branches were ended.
    fn beside(mut self, breaks: &BTreeSet<i64>) -> Self {
        if !breaks.is_empty() {
            self.calls.retain(|(time, ..)| !breaks.contains(time));
            self.error = self.error.map(|_| "any".to_owned());
        }
        self
    }
}

fn natively(steps: &[Step], times: Times) -> (Seen, BTreeSet<i64>) {
    let mocks = mocks(steps, times);
    let local = Local::new(mocks.clone());
    let ctx = local.ctx();
    let function = native::Function { ctx: &ctx, breaks: RefCell::default() };
    let result = block_on(function.run(steps, Vec::new(), 0));
    let seen = Seen::new(&mocks, result.err().map(|failure| failure.error), local.elapsed());
    (seen, function.breaks.into_inner())
}

fn in_the_engine(steps: &[Step], times: Times) -> Seen {
    let mut definition = machine::scope(steps, &[], false);
    definition.insert("QueryLanguage".to_owned(), json!("JSONata"));
    let machine = asl_core::decode(&Value::Object(definition).to_string()).unwrap().validate().unwrap();
    let mocks = mocks(steps, times);
    let mut execution = Execution::start(&machine, json!({}), mocks.clone()).unwrap();
    let status = execution.run().unwrap();
    assert_ne!(status, Status::Running);
    Seen::new(&mocks, execution.error().map(ToOwned::to_owned), execution.elapsed())
}

/// Tasks, with limits on their time only if they may end at one instant.
fn task(times: Times) -> impl Strategy<Value = Task> {
    let retry = prop::option::of((1..3_u64, 0..3_u32));
    let limit = || prop::option::weighted(0.3, 1..4_u64);
    let fails = prop_oneof![4 => Just(0), 1 => 1..4_u32];
    (0..4_u64, 0..2_u64, fails, prop::bool::weighted(0.1), retry, limit(), limit()).prop_map(
        move |(takes, more, fails, is_silent, retry, timeout, heartbeat)| {
            let is_silent = is_silent && times == Times::Whole;
            // what is silent needs a limit, and a heartbeat counts only beside a longer timeout
            let timeout = if is_silent { timeout.or(Some(2)) } else { timeout };
            let timeout = timeout.filter(|_| times == Times::Whole);
            let heartbeat = heartbeat.filter(|heartbeat| timeout.is_some_and(|timeout| *heartbeat < timeout));
            Task { takes, more, fails, is_silent, retry, timeout, heartbeat }
        },
    )
}

fn steps(times: Times, depth: u32) -> impl Strategy<Value = Vec<Step>> {
    let leaf = prop_oneof![3 => task(times).prop_map(Step::Task), 1 => (0..4_u64).prop_map(Step::Sleep)];
    let step = leaf.prop_recursive(depth, 24, 4, |step| {
        let block = || prop::collection::vec(step.clone(), 1..4);
        prop_oneof![
            2 => step.clone(),
            1 => (prop::collection::vec(block(), 2..4), any::<bool>())
                .prop_map(|(branches, is_caught)| Step::Join { branches, is_caught }),
            1 => (0..5_u64, 0..4_u32, block(), any::<bool>())
                .prop_map(|(items, most, body, is_caught)| Step::Each { items, most, body, is_caught }),
        ]
    });
    prop::collection::vec(step, 1..5)
}

proptest! {
    #[test]
    fn branches_that_hold_no_branches_agree_to_the_order_within_an_instant(steps in steps(Times::Whole, 1)) {
        prop_assert_eq!(natively(&steps, Times::Whole).0, in_the_engine(&steps, Times::Whole));
    }

    #[test]
    fn what_happens_at_many_instants_agrees_in_everything(steps in steps(Times::Apart, 3)) {
        let (function, _) = natively(&steps, Times::Apart);
        prop_assert_eq!(function.sorted(), in_the_engine(&steps, Times::Apart).sorted());
    }

    #[test]
    fn what_happens_at_one_instant_agrees_but_for_its_order(steps in steps(Times::Whole, 3)) {
        let (function, breaks) = natively(&steps, Times::Whole);
        let machine = in_the_engine(&steps, Times::Whole);
        prop_assert_eq!(function.beside(&breaks).sorted(), machine.beside(&breaks).sorted());
    }
}
