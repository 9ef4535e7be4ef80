//! Runs a program as it stands, on a clock of its own.
//!
//! Branches and iterations run one after the other, each from the time at which they all begin; what a failure would
//! have kept from happening is taken out of the log.

use std::cell::Cell;
use std::collections::BTreeMap;

use asl_core::flow::{
    Block, Effect, EffectKind, Errors, Handler, Label, Local, Map, Otherwise, Program, StatementKind,
    WaitFor, with_variables,
};
use asl_core::model::{Retrier, Static};
use asl_core::syntax::jsonata::{Expression, Kind};
use serde_json::{Value, json};

use super::evaluate::evaluate;
use super::world::{Attempt, Failure, Outcome, World, attempt};

/// What a run came to.
pub(crate) struct Run {
    pub(crate) result: Result<Value, Failure>,
    pub(crate) log: Vec<Attempt>,
    pub(crate) end: i64,
}

/// Why there is nothing to compare a run with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unusable {
    /// It has no end, or a far one.
    CutOff,
    /// Several things happen at the same time, and their order decides.
    Ambiguous,
}

/// What all scopes of a run share.
struct Shared<'w> {
    world: &'w World,
    /// What a reader reads.
    stored: &'w [Value],
    /// How many more effects and turns of loops are allowed.
    effects: Cell<usize>,
    turns: Cell<usize>,
    unusable: Cell<Option<Unusable>>,
}

impl Shared<'_> {
    /// Takes one of a number.
    fn spend(&self, left: &Cell<usize>) -> Result<(), Failure> {
        match left.get().checked_sub(1) {
            Some(fewer) => {
                left.set(fewer);
                Ok(())
            }
            None => Err(self.stop(Unusable::CutOff)),
        }
    }

    fn stop(&self, why: Unusable) -> Failure {
        self.unusable.set(self.unusable.get().or(Some(why)));
        Failure::new("cut off", "cut off")
    }
}

/// The most seconds of a Wait.
const LONGEST_WAIT: i64 = 99_999_999;

/// Runs a program.
pub(crate) fn run(
    program: &Program,
    input: &Value,
    world: &World,
    stored: &[Value],
) -> Result<Run, Unusable> {
    let (effects, turns) = (Cell::new(60), Cell::new(200));
    let shared = Shared { world, stored, effects, turns, unusable: Cell::new(None) };
    let run = scope(&program.body, BTreeMap::from([(program.input.number(), input.clone())]), 0, &shared);
    match shared.unusable.get() {
        Some(why) => Err(why),
        None => Ok(run),
    }
}

fn scope(body: &Block, locals: BTreeMap<u32, Value>, now: i64, shared: &Shared<'_>) -> Run {
    let mut scope = Scope { locals, compensations: Vec::new(), now, log: Vec::new(), shared };
    let flow = scope.block(body);
    if matches!(flow, Flow::Fail(_)) {
        scope.compensate(0);
    }
    let result = match flow {
        Flow::Return(value) => Ok(value),
        Flow::Fail(failure) => Err(failure),
        Flow::Next => Ok(Value::Null),
        Flow::Break(_) | Flow::Continue(_) => panic!("a jump out of the scope"),
    };
    Run { result, log: scope.log, end: scope.now }
}

/// How a statement ends.
enum Flow {
    Next,
    Break(Label),
    Continue(Label),
    Return(Value),
    Fail(Failure),
}

struct Scope<'w> {
    locals: BTreeMap<u32, Value>,
    compensations: Vec<Effect>,
    now: i64,
    log: Vec<Attempt>,
    shared: &'w Shared<'w>,
}

impl Scope<'_> {
    fn leaf(&self, leaf: &Expression, result: Option<&Value>) -> Result<Value, Failure> {
        let mut variables = BTreeMap::new();
        for word in leaf.free_variables() {
            let Some((_, number)) = word.name.rsplit_once('#') else { continue };
            let value = number.parse::<u32>().map_or(result, |number| self.locals.get(&number));
            variables.extend(value.map(|value| (format!("v{number}"), value.clone())));
        }
        let leaf = with_variables(leaf, |name| {
            let (_, number) = name.rsplit_once('#')?;
            Some(Expression::new(Kind::Variable(format!("v{number}")), 0..0))
        });
        variables.insert("states".to_owned(), json!({"context": {"Task": {"Token": "token"}}}));
        evaluate(&leaf.to_string(), &variables)
    }

    fn set(&mut self, local: &Local, value: Value) {
        self.locals.insert(local.number(), value);
    }

    /// Does what was registered since, the last first.
    fn compensate(&mut self, since: usize) {
        while self.compensations.len() > since && self.shared.unusable.get().is_none() {
            let undo = self.compensations.pop().expect("one is left");
            let _ = self.perform(&undo);
        }
    }

    fn block(&mut self, block: &Block) -> Flow {
        for statement in &block.statements {
            match self.statement(&statement.kind) {
                Ok(Flow::Next) => {}
                Ok(flow) => return flow,
                Err(failure) => return Flow::Fail(failure),
            }
        }
        Flow::Next
    }

    fn statement(&mut self, statement: &StatementKind) -> Result<Flow, Failure> {
        Ok(match statement {
            StatementKind::Set(set) => {
                let values: Result<Vec<Value>, Failure> =
                    set.iter().map(|(_, value)| self.leaf(value, None)).collect();
                for ((local, _), value) in set.iter().zip(values?) {
                    self.set(local, value);
                }
                Flow::Next
            }
            StatementKind::Effect(effect) => match self.effect(effect) {
                Ok(()) => Flow::Next,
                Err(failure) => self.handle(&effect.handlers, failure)?,
            },
            StatementKind::If(chain) => {
                for (condition, block) in &chain.arms {
                    if self.leaf(condition, None)? == Value::Bool(true) {
                        return Ok(self.block(block));
                    }
                }
                match &chain.otherwise {
                    Otherwise::Block(block) => self.block(block),
                    Otherwise::Never => Flow::Fail(Failure::new("States.NoChoiceMatched", "")),
                }
            }
            StatementKind::Loop { label, body } => loop {
                self.shared.spend(&self.shared.turns)?;
                match self.block(body) {
                    Flow::Next => {}
                    Flow::Continue(other) if other == *label => {}
                    Flow::Break(other) if other == *label => break Flow::Next,
                    flow => break flow,
                }
            },
            StatementKind::Labelled { label, body } => match self.block(body) {
                Flow::Break(other) if other == *label => Flow::Next,
                flow => flow,
            },
            StatementKind::Break(label) => Flow::Break(*label),
            StatementKind::Continue(label) => Flow::Continue(*label),
            StatementKind::Attempt { body, handlers } => {
                let since = self.compensations.len();
                match self.block(body) {
                    Flow::Fail(failure) => {
                        self.compensate(since);
                        self.handle(handlers, failure)?
                    }
                    flow => flow,
                }
            }
            StatementKind::Raise { error, cause, .. } => {
                let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let (error, cause) = (self.leaf(error, None)?, self.leaf(cause, None)?);
                let cause = (!cause.is_null()).then(|| text(cause));
                Flow::Fail(Failure { error: text(error), cause, is_heartbeat: false })
            }
            StatementKind::Return(value) => Flow::Return(self.leaf(value, None)?),
            StatementKind::Compensate(effect) => {
                self.compensations.push((**effect).clone());
                Flow::Next
            }
        })
    }

    fn handle(&mut self, handlers: &[Handler], failure: Failure) -> Result<Flow, Failure> {
        let is_for = |handler: &&Handler| match &handler.errors {
            Errors::All => matches(&["States.ALL".to_owned()], &failure),
            Errors::Named(names) => matches(names, &failure),
        };
        let handler = handlers.iter().find(is_for).filter(|_| self.shared.unusable.get().is_none());
        let Some(handler) = handler else { return Err(failure) };
        if let Some(bind) = &handler.bind {
            self.set(bind, json!({"Error": failure.error, "Cause": failure.cause.unwrap_or_default()}));
        }
        Ok(self.block(&handler.body))
    }

    fn effect(&mut self, effect: &Effect) -> Result<(), Failure> {
        let result = self.perform(effect)?;
        if let Some(bind) = &effect.bind {
            let value = match &effect.value {
                Some(value) => self.leaf(value, Some(&result))?,
                None => result,
            };
            self.set(bind, value);
        }
        Ok(())
    }

    /// An effect, tried again as its retriers say.
    fn perform(&mut self, effect: &Effect) -> Result<Value, Failure> {
        let mut counts = vec![0; effect.retry.len()];
        loop {
            let failure = match self.try_once(effect) {
                Ok(value) => return Ok(value),
                Err(failure) if self.shared.unusable.get().is_some() => return Err(failure),
                Err(failure) => failure,
            };
            let is_for =
                |retrier: &Retrier| matches(retrier.error_equals.as_deref().unwrap_or_default(), &failure);
            let Some(index) = effect.retry.iter().position(is_for) else { return Err(failure) };
            let retrier = &effect.retry[index];
            let count = counts[index];
            if i64::from(count) >= whole(retrier.max_attempts.as_ref(), 3) {
                return Err(failure);
            }
            counts[index] += 1;
            let rate = match &retrier.backoff_rate {
                Some(Static::Literal(rate)) => rate.as_f64().expect("a number"),
                _ => 2.0,
            };
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let seconds = whole(retrier.interval_seconds.as_ref(), 1) as f64 * rate.powi(count);
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let most = whole(retrier.max_delay_seconds.as_ref(), 1_000_000) as f64;
            #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
            let delay = (seconds.min(most) * 1_000.0).round() as i64;
            self.now += delay;
        }
    }

    fn try_once(&mut self, effect: &Effect) -> Result<Value, Failure> {
        self.shared.spend(&self.shared.effects)?;
        match &effect.kind {
            EffectKind::Task(task) => {
                let arguments = self.leaf(&task.arguments, None)?;
                let credentials = task.credentials.as_ref().map(|role| self.leaf(role, None)).transpose()?;
                let mut limits = Vec::new();
                for (limit, is_heartbeat) in [(&task.timeout_seconds, false), (&task.heartbeat_seconds, true)]
                {
                    if let Some(limit) = limit {
                        let seconds = self.leaf(limit, None)?.as_i64().expect("a whole number of seconds");
                        limits.push((seconds * 1_000, is_heartbeat));
                    }
                }
                self.log.push(attempt(self.now, &task.resource, &arguments, credentials.as_ref()));
                let (after, outcome) = self.shared.world.answer(&task.resource, &arguments, self.now);
                let after = if matches!(outcome, Outcome::Hangs) { i64::MAX } else { after };
                if let Some((limit, is_heartbeat)) =
                    limits.into_iter().min().filter(|(limit, _)| *limit < after)
                {
                    self.now += limit;
                    return Err(Failure::timeout(is_heartbeat));
                }
                match outcome {
                    Outcome::Gives(value) => {
                        self.now += after;
                        Ok(value)
                    }
                    Outcome::Fails(failure) => {
                        self.now += after;
                        Err(failure)
                    }
                    Outcome::Hangs => panic!("a task hangs that has no timeout"),
                }
            }
            EffectKind::Wait(WaitFor::Seconds(time)) => {
                let seconds = self.leaf(time, None)?;
                // beyond what a Wait takes there is nothing to compare
                let seconds = seconds.as_i64().filter(|seconds| *seconds <= LONGEST_WAIT);
                self.now += seconds.ok_or_else(|| self.shared.stop(Unusable::CutOff))? * 1_000;
                Ok(Value::Null)
            }
            EffectKind::Wait(WaitFor::Timestamp(time)) => {
                let time = self.leaf(time, None)?;
                let variables = BTreeMap::from([("time".to_owned(), time)]);
                let until = evaluate("$toMillis($time)", &variables)?.as_i64().expect("a time");
                self.now = self.now.max(until - super::engine::START);
                Ok(Value::Null)
            }
            EffectKind::Parallel(branches) => {
                let bodies = branches.iter().map(|branch| (&branch.body, self.locals.clone())).collect();
                let values = self.together(bodies, usize::MAX)?;
                for (branch, value) in branches.iter().zip(&values) {
                    branch.bind.iter().for_each(|bind| self.set(bind, value.clone()));
                }
                Ok(Value::Array(values))
            }
            EffectKind::Map(map) => self.map(map),
        }
    }

    fn map(&mut self, map: &Map) -> Result<Value, Failure> {
        let items = match &map.items {
            Some(items) => self.leaf(items, None)?,
            None => Value::Array(self.shared.stored.to_vec()),
        };
        let items = items.as_array().cloned().expect("items are an array");
        let distributed = map.distributed.as_ref();
        let items = match distributed.and_then(|distributed| distributed.batches.as_ref()) {
            Some(batches) => {
                let most = batches.max_items.as_ref().map(|most| self.leaf(most, None)).transpose()?;
                let most = most.and_then(|most| usize::try_from(most.as_u64()?).ok()).unwrap_or(usize::MAX);
                items.chunks(most.min(1_000)).map(|items| Value::Array(items.to_vec())).collect()
            }
            None => items,
        };
        let most = match &map.max_concurrency {
            Some(most) => self.leaf(most, None)?.as_u64().expect("a whole number"),
            None => 0,
        };
        let mut bodies = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let mut locals = self.locals.clone();
            locals.insert(map.item.number(), item);
            map.index.iter().for_each(|local| {
                locals.insert(local.number(), json!(index));
            });
            bodies.push((&map.body, locals));
        }
        let most = usize::try_from(most).ok().filter(|most| *most > 0).unwrap_or(usize::MAX);
        let values = self.together(bodies, most).map_err(|failure| match distributed {
            // each iteration may fail, too many of them may not; a handler reads the service's words
            Some(_) => Failure::new(
                "States.ExceedToleratedFailureThreshold",
                "The specified tolerated failure threshold was exceeded",
            ),
            None => failure,
        })?;
        Ok(Value::Array(values))
    }

    /// Runs blocks at the same time, so many at most.
    fn together(
        &mut self,
        bodies: Vec<(&Block, BTreeMap<u32, Value>)>,
        most: usize,
    ) -> Result<Vec<Value>, Failure> {
        let begin = self.now;
        // when places become free
        let mut ends: Vec<i64> = Vec::new();
        let mut runs = Vec::new();
        for (body, locals) in bodies {
            let start = if ends.len() < most {
                begin
            } else {
                let first = (0..ends.len()).min_by_key(|place| ends[*place]).expect("a place");
                ends.swap_remove(first)
            };
            let run = scope(body, locals, start, self.shared);
            ends.push(run.end);
            runs.push((start, run));
        }
        let failing = runs.iter().filter(|(_, run)| run.result.is_err());
        let Some((_, first)) = failing.min_by_key(|(_, run)| run.end) else {
            self.now = runs.iter().map(|(_, run)| run.end).max().unwrap_or(begin);
            return Ok(runs
                .into_iter()
                .filter_map(|(_, run)| {
                    self.log.extend(run.log);
                    run.result.ok()
                })
                .collect());
        };
        let (end, failure) = (first.end, first.result.clone().expect_err("it failed"));
        let at_once = runs.iter().filter(|(_, run)| run.end == end && run.result.is_err()).count();
        let is_close = |run: &Run| run.end != end && run.log.iter().any(|attempt| attempt.time == end);
        if at_once > 1 || runs.iter().any(|(start, run)| is_close(run) || (*start == end && run.end > end)) {
            return Err(self.shared.stop(Unusable::Ambiguous));
        }
        for (_, run) in runs {
            self.log.extend(run.log.into_iter().filter(|attempt| attempt.time <= end));
        }
        self.now = end;
        Err(failure)
    }
}

/// Whether an error is one of these.
fn matches(names: &[String], failure: &Failure) -> bool {
    names.iter().any(|name| match name.as_str() {
        "States.ALL" => true,
        "States.TaskFailed" => failure.error != "States.Timeout",
        // a handler of timeouts means missed heartbeats too
        "States.HeartbeatTimeout" if failure.is_heartbeat => true,
        name => name == failure.error,
    })
}

fn whole(number: Option<&Static<i64>>, default: i64) -> i64 {
    match number {
        Some(Static::Literal(number)) => *number,
        _ => default,
    }
}
