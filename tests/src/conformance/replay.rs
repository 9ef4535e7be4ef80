//! The world of a recorded execution: each task answers what it answered then.

use std::collections::BTreeMap;
use std::rc::Rc;

use asl_local::TaskError;
use asl_local::world::mocks::Mocks;
use asl_local::world::{Call, ObjectStore, Outcome, Reply, World};
use serde_json::{Value, json};

use super::pattern::{Pattern, Tokens};
use super::volatile::{self, Path};

/// The tasks of a recorded execution, and its objects.
///
/// The calls of a resource are answered in the order in which they were recorded. Where tasks run at the same time ours
/// may come in another order: a call is given the first answer that is left and was recorded for its state and input.
#[derive(Debug)]
pub struct Replay {
    answers: BTreeMap<String, Vec<Answer>>,
    functions: Vec<(String, Function)>,
    objects: Mocks,
    unexpected: Vec<String>,
}

#[derive(Debug)]
struct Answer {
    state: Option<String>,
    input: Pattern,
    reply: Reply,
    is_used: bool,
}

/// What a Lambda function does whose calls were not recorded, but its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Function {
    /// It returns its input.
    Identity,
    /// It raises an exception without a type of its own.
    Raises,
}

/// The events with which a task ends that never ran.
const START_FAILURES: [&str; 6] = [
    "TaskStartFailed",
    "TaskSubmitFailed",
    "LambdaFunctionStartFailed",
    "LambdaFunctionScheduleFailed",
    "ActivityScheduleFailed",
    "ActivityStartFailed",
];

impl Replay {
    /// The world of a case.
    ///
    /// # Errors
    ///
    /// If an answer is of a form that is not known.
    pub fn of(case: &Value) -> Result<Self, String> {
        let tokens = Tokens::of_result(case);
        let open = volatile::below(case, "history")?;
        let open: Vec<Path> = open.iter().filter_map(Path::in_input).collect();
        let mut answers = BTreeMap::new();
        for (resource, recorded) in case["mocks"].as_object().into_iter().flatten() {
            let list = recorded.as_array().into_iter().flatten();
            let list = list.map(|mock| Answer::of(mock, &tokens, &open)).collect::<Result<Vec<_>, _>>()?;
            answers.insert(resource.clone(), list);
        }
        let mut replay =
            Self { answers, functions: functions(case), objects: objects(case), unexpected: Vec::new() };
        let history = case["history"].as_array().map_or(&[][..], Vec::as_slice);
        replay.end_pending(history)?;
        replay.name_workers(history);
        Ok(replay)
    }

    /// Whether the functions of a case are all called by their ARN, and known by their source.
    #[must_use]
    pub fn follows_sources(case: &Value) -> bool {
        let definition = case["definition_text"].as_str().unwrap_or_default();
        let lambdas = case["lambdas"].as_array().map_or(0, Vec::len);
        let known = functions(case);
        lambdas > 0
            && known.len() == lambdas
            && known.iter().all(|(arn, _)| definition.contains(arn.as_str()))
    }

    /// The first call that was not as recorded.
    #[must_use]
    pub fn unexpected(&self) -> Option<&str> {
        self.unexpected.first().map(String::as_str)
    }

    /// The first recorded call that was not made.
    #[must_use]
    pub fn left(&self) -> Option<String> {
        let left = self.answers.iter().find_map(|(resource, answers)| {
            answers.iter().find(|answer| !answer.is_used).map(|answer| (resource, answer))
        });
        left.map(|(resource, Answer { state, input, .. })| {
            let state = state.as_deref().map(|state| format!(" by `{state}`")).unwrap_or_default();
            format!("the service called {resource}{state} with {input}, we did not")
        })
    }

    /// Gives an end to tasks of which the recorder saw none because it had sorted the events of a Parallel state.
    ///
    /// Where the events of a Parallel state are a heap, their ends are in it too: the n-th end is that of the n-th task.
    fn end_pending(&mut self, history: &[Value]) -> Result<(), String> {
        let mut tasks = self.answers.values_mut().flatten();
        for heap in history.chunk_by(|one, other| one["id"].is_array() == other["id"].is_array()) {
            let scheduled = heap.iter().filter(|event| is_of(event, &["Scheduled"])).count();
            let ends = heap.iter().filter(|event| is_of(event, &["Succeeded", "Failed"]));
            let tasks = tasks.by_ref().take(scheduled);
            if heap.first().is_none_or(|event| !event["id"].is_array()) {
                tasks.for_each(drop);
                continue;
            }
            for (task, end) in tasks.zip(ends) {
                if task.reply.outcome == Outcome::Pending {
                    task.reply.outcome = recorded_end(end)?;
                }
            }
        }
        Ok(())
    }

    /// Gives the workers of activities their recorded names: the n-th start is that of the n-th task.
    fn name_workers(&mut self, history: &[Value]) {
        let starts = history.iter().filter(|event| event["type"] == "ActivityStarted");
        let activities = self.answers.iter_mut().filter(|(resource, _)| resource.contains(":activity:"));
        for (answer, start) in activities.flat_map(|(_, answers)| answers).zip(starts) {
            let name = start["activityStartedEventDetails"]["workerName"].as_str();
            answer.reply.worker = name.map(ToOwned::to_owned);
        }
    }

    /// What a function does whose calls were not recorded.
    fn by_source(&self, call: &Call<'_>) -> Option<Outcome> {
        let name = call.input["FunctionName"].as_str().unwrap_or_default();
        let is_called = |arn: &str| arn == call.resource || (!name.is_empty() && arn.ends_with(name));
        let (arn, function) = self.functions.iter().find(|(arn, _)| is_called(arn))?;
        match function {
            Function::Identity if arn == call.resource => Some(Outcome::Success(call.input.clone())),
            // the integration tells more of a call than what the function returned
            Function::Identity => None,
            Function::Raises => Some(Outcome::Failure(TaskError::new("Exception", json!({}).to_string()))),
        }
    }
}

impl World for Replay {
    fn call(&mut self, call: &Call<'_>) -> Reply {
        let answers = self.answers.get_mut(call.resource).map_or(&mut [][..], Vec::as_mut_slice);
        let is_left =
            |answer: &Answer| !answer.is_used && answer.state.as_deref().is_none_or(|it| it == call.state);
        let same = answers.iter().position(|it| is_left(it) && it.input.difference(call.input).is_none());
        if let Some(index) = same {
            answers[index].is_used = true;
            return answers[index].reply.clone();
        }
        let Some(next) = answers.iter_mut().find(|answer| is_left(answer)) else {
            if let Some(outcome) = self.by_source(call) {
                return Reply::new(outcome);
            }
            let Call { state, resource, input, .. } = call;
            let message =
                format!("the service did not call {resource} by `{state}` again; our input is {input}");
            self.unexpected.push(message.clone());
            return Reply::new(Outcome::Failure(TaskError::new("States.Runtime", message)));
        };
        next.is_used = true;
        if let Some(difference) = next.input.difference(call.input) {
            self.unexpected.push(format!("the input of `{}` {difference}", call.state));
        }
        next.reply.clone()
    }

    /// An activity that was called was there; of one that was not, nothing else is recorded than that it was missing.
    fn has_activity(&self, arn: &str) -> bool {
        self.answers.contains_key(arn)
    }

    fn objects(&self) -> Rc<dyn ObjectStore> {
        self.objects.objects()
    }
}

impl Answer {
    fn of(mock: &Value, tokens: &Tokens, open: &[Path]) -> Result<Self, String> {
        let event = mock["event"].as_str().unwrap_or_default();
        let outcome = match (mock.get("return"), mock.get("throw")) {
            // the clock of ours is to find out
            _ if mock["timed_out"] == true => Outcome::Pending,
            (Some(value), None) => Outcome::Success(value.clone()),
            (None, Some(error)) if START_FAILURES.contains(&event) => {
                Outcome::StartFailure(task_error(error))
            }
            (None, Some(error)) => Outcome::Failure(task_error(error)),
            (None, None) if mock["pending"] == true => Outcome::Pending,
            _ => return Err(format!("a recorded answer is of an unknown form: {mock}")),
        };
        let mut input = Pattern::of(&mock["when_input"], tokens);
        input.open_all(open);
        Ok(Self {
            state: mock["state"].as_str().map(ToOwned::to_owned),
            input,
            reply: Reply { submitted: mock.get("submitted").cloned(), ..Reply::new(outcome) },
            is_used: false,
        })
    }
}

/// `{error, cause}`, either of which may be null.
fn task_error(error: &Value) -> TaskError {
    let text = |part: &Value| match part {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        // the recorder had it parsed
        json => Some(json.to_string()),
    };
    TaskError { error: text(&error["error"]), cause: text(&error["cause"]) }
}

/// Whether an event is about a task, and its type ends so.
fn is_of(event: &Value, ends: &[&str]) -> bool {
    let event_type = event["type"].as_str().unwrap_or_default();
    let kinds = ["Task", "LambdaFunction", "Activity"];
    kinds.iter().any(|kind| event_type.strip_prefix(kind).is_some_and(|end| ends.contains(&end)))
}

/// The end of a task as its event shows it.
fn recorded_end(event: &Value) -> Result<Outcome, String> {
    let details = event.as_object().into_iter().flatten().find(|(name, _)| name.ends_with("EventDetails"));
    let Some((_, details)) = details else { return Err(format!("a task ends without details: {event}")) };
    Ok(match details.get("output") {
        Some(Value::String(text)) => {
            Outcome::Success(serde_json::from_str(text).map_err(|error| format!("{text}: {error}"))?)
        }
        Some(output) => Outcome::Success(output.clone()),
        None => Outcome::Failure(task_error(details)),
    })
}

fn functions(case: &Value) -> Vec<(String, Function)> {
    let lambdas = case["lambdas"].as_array().into_iter().flatten();
    let read = lambdas.filter_map(|lambda| {
        let function = match lambda["source"].as_str()?.lines().map(str::trim).collect::<Vec<_>>()[..] {
            ["def handler(event, context):", "return event"] => Function::Identity,
            ["def handler(event, context):", body] if body.starts_with("raise Exception(") => {
                Function::Raises
            }
            _ => return None,
        };
        Some((lambda["arn"].as_str()?.to_owned(), function))
    });
    read.collect()
}

fn objects(case: &Value) -> Mocks {
    let objects = case["s3_objects"].as_array().into_iter().flatten();
    objects.fold(Mocks::new(), |mocks, object| {
        let text = |field: &str| object[field].as_str().unwrap_or_default();
        mocks.object(text("bucket"), text("key"), text("body"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replay(case: &Value) -> Replay {
        Replay::of(case).unwrap()
    }

    fn outcome(replay: &mut Replay, state: &str, input: &Value) -> Outcome {
        let call = Call {
            state,
            resource: "r",
            input,
            token: None,
            retry_count: 0,
            credentials: None,
            execution: "arn",
            time: 0,
        };
        replay.call(&call).outcome
    }

    #[test]
    fn answers_come_in_order_but_for_the_input_they_were_given() {
        let mut replay = replay(&json!({"mocks": {"r": [
            {"state": "A", "when_input": 1, "return": "first"},
            {"state": "A", "when_input": 2, "throw": {"error": "E", "cause": null}, "event": "TaskFailed"},
            {"state": "B", "when_input": "<task_token:1>", "pending": true, "submitted": {"Id": 1}}
        ]}}));
        assert!(replay.left().unwrap().contains("r by `A` with 1"));
        let failed = Outcome::Failure(TaskError { error: Some("E".to_owned()), cause: None });
        assert_eq!(outcome(&mut replay, "A", &json!(2)), failed);
        assert_eq!(outcome(&mut replay, "A", &json!(1)), Outcome::Success(json!("first")));
        assert_eq!(outcome(&mut replay, "B", &json!("any token")), Outcome::Pending);
        assert_eq!((replay.unexpected(), replay.left()), (None, None));
        outcome(&mut replay, "A", &json!(3));
        assert_eq!(replay.unexpected(), Some("the service did not call r by `A` again; our input is 3"));
    }

    #[test]
    fn what_is_volatile_of_a_scheduled_task_is_so_of_its_recorded_input() {
        let mut replay = replay(&json!({
            "mocks": {"r": [{"state": "A", "when_input": {"a": {"token": "x"}}, "return": 1}]},
            "volatile": ["$.history[2].taskScheduledEventDetails.parameters.a.token", "$.history[*].timestamp"]
        }));
        assert_eq!(outcome(&mut replay, "A", &json!({"a": {"token": "y"}})), Outcome::Success(json!(1)));
        assert_eq!(replay.unexpected(), None);
    }

    #[test]
    fn another_input_is_noted_and_answered() {
        let mut replay =
            replay(&json!({"mocks": {"r": [{"state": "A", "when_input": {"a": 1}, "return": 1}]}}));
        assert_eq!(outcome(&mut replay, "A", &json!({"a": 2})), Outcome::Success(json!(1)));
        assert_eq!(replay.unexpected(), Some("the input of `A` .a: the service has 1, we have 2"));
    }

    #[test]
    fn a_task_that_timed_out_is_left_to_the_clock_and_one_that_never_ran_fails_at_once() {
        let throw = json!({"error": "E", "cause": "c"});
        let mut replay = replay(&json!({"mocks": {"r": [
            {"when_input": 1, "throw": throw, "event": "TaskTimedOut", "timed_out": true},
            {"when_input": 1, "throw": throw, "event": "TaskSubmitFailed"}
        ]}}));
        assert_eq!(outcome(&mut replay, "A", &json!(1)), Outcome::Pending);
        assert_eq!(outcome(&mut replay, "A", &json!(1)), Outcome::StartFailure(TaskError::new("E", "c")));
        assert!(Replay::of(&json!({"mocks": {"r": [{"when_input": 1}]}})).is_err());
    }

    #[test]
    fn the_end_of_a_task_in_a_heap_is_found_in_the_heap() {
        let heap = |event_type: &str, details: Value| json!({"id": [0], "previousEventId": 0, "type": event_type, "taskEventDetails": details});
        let one = json!({"id": 1, "previousEventId": 0, "type": "ParallelStateStarted"});
        let mut replay = replay(&json!({
            "mocks": {"r": [{"when_input": 1, "pending": true}, {"when_input": 1, "pending": true}]},
            "history": [
                one, heap("TaskFailed", json!({"error": "E", "cause": {"a": 1}})), heap("TaskScheduled", json!({})),
                one, heap("TaskScheduled", json!({})), heap("TaskSucceeded", json!({"output": "[1]"}))
            ]
        }));
        let failed = Outcome::Failure(TaskError::new("E", "{\"a\":1}"));
        assert_eq!(outcome(&mut replay, "A", &json!(1)), failed);
        assert_eq!(outcome(&mut replay, "A", &json!(1)), Outcome::Success(json!([1])));
    }

    #[test]
    fn an_activity_is_there_if_it_was_called() {
        let mut replay = replay(&json!({"mocks": {"a": [{"when_input": 1, "return": 1}]}}));
        let lent = &mut replay;
        assert!(World::has_activity(&lent, "a"));
        assert!(!World::has_activity(&lent, "b"));
    }

    #[test]
    fn a_function_that_is_known_by_its_source_needs_no_recorded_call() {
        let source = "def handler(event, context):\n    return event\n";
        let mut replay = replay(&json!({"lambdas": [{"arn": "r", "source": source}]}));
        assert_eq!(outcome(&mut replay, "A", &json!([1])), Outcome::Success(json!([1])));
        assert_eq!(replay.unexpected(), None);
    }
}
