//! What a JSONata state makes of its input.

use crate::model::state::{Choice, Fail, Map, Parallel, Task, Wait, WaitUntil};
use crate::model::{Dynamic, JsonObject, State, Test, Value, ValueOrPath};
use crate::syntax::Timestamp;

use super::expression::States;
use super::observation::{Fact, described};
use super::place::Place;
use super::shape::Shape;
use super::state::{Effect, Exit};
use super::task_result::task_result;
use super::variables::Variables;
use super::wanted::{self, Wanted};

/// Follows the fields of a JSONata state in the order in which they are read.
pub(super) fn follow<'m>(effect: &mut Effect<'_, '_, 'm>, state: &'m State) {
    let input = States::of_input(&effect.input);
    match state {
        State::Pass(pass) => finish(effect, state, &input, pass.output.as_ref(), &input.input),
        State::Task(task) => self::task(effect, task, state, &input),
        State::Choice(choice) => self::choice(effect, choice, &input),
        State::Wait(wait) => {
            self::wait(effect, wait, &input);
            finish(effect, state, &input, wait.output.as_ref(), &input.input);
        }
        State::Succeed(succeed) => finish(effect, state, &input, succeed.output.as_ref(), &input.input),
        State::Fail(fail) => self::fail(effect, fail, &input),
        State::Parallel(parallel) => self::parallel(effect, parallel, state, &input),
        State::Map(map) => self::map(effect, map, state, &input),
        State::Unknown(_) => {}
    }
}

fn task<'m>(effect: &mut Effect<'_, '_, 'm>, task: &'m Task, state: &'m State, states: &States) {
    json(effect, "Arguments", task.arguments.as_ref(), states);
    whole(effect, "TimeoutSeconds", task.timeout_seconds.as_ref(), states, POSITIVE);
    whole(effect, "HeartbeatSeconds", task.heartbeat_seconds.as_ref(), states, POSITIVE);
    let result = task.resource.as_deref().map_or(Shape::UNKNOWN, task_result);
    let after = States { result: result.clone(), ..states.clone() };
    finish(effect, state, &after, task.output.as_ref(), &result);
    catch(effect, state, states);
}

fn choice<'m>(effect: &mut Effect<'_, '_, 'm>, choice: &'m Choice, states: &States) {
    for (index, rule) in choice.choices.iter().flatten().enumerate() {
        let choices = Place::STATE.field("Choices");
        let at = choices.index(index);
        let Some(Test::Condition(condition)) = &rule.test else { continue };
        let decided = match condition {
            _ if effect.flow.takes_all_ways => None,
            Dynamic::Literal(flag) => Some(*flag),
            Dynamic::Expression(expression) => {
                let at = at.field("Condition");
                let shape = effect.reading.expression(&at, expression.as_str(), states);
                // a condition that is never boolean whatever the data is has a rule of its own
                if expression.code().contains('$') {
                    effect.reading.want(&at, expression.as_str(), &shape, BOOLEAN.0, BOOLEAN.1);
                }
                let types = shape.types().filter(|types| types.count() == 1);
                types.and_then(|types| types.boolean.only().copied())
            }
            Dynamic::Placeholder(_) => None,
        };
        if decided != Some(false) {
            let variables = assigned(effect, &at, rule.assign.as_ref(), states);
            let output = output(effect, &at, rule.output.as_ref(), states, &states.input);
            effect.exits.push(Exit { next: rule.next.as_deref(), output, variables });
        }
        if decided == Some(true) {
            return;
        }
    }
    if choice.default.is_some() {
        let variables = assigned(effect, &Place::STATE, choice.assign.as_ref(), states);
        let output = output(effect, &Place::STATE, choice.output.as_ref(), states, &states.input);
        effect.exits.push(Exit { next: choice.default.as_deref(), output, variables });
    }
}

fn wait(effect: &mut Effect<'_, '_, '_>, wait: &Wait, states: &States) {
    match &wait.until {
        Some(WaitUntil::Seconds(seconds)) => dynamic(effect, "Seconds", seconds, states, SECONDS),
        Some(WaitUntil::Timestamp(time)) => dynamic(effect, "Timestamp", time, states, TIMESTAMP),
        Some(WaitUntil::SecondsPath(_) | WaitUntil::TimestampPath(_)) | None => {}
    }
}

fn fail(effect: &mut Effect<'_, '_, '_>, fail: &Fail, states: &States) {
    for (name, value) in [("Error", &fail.error), ("Cause", &fail.cause)] {
        whole(effect, name, value.as_ref(), states, wanted::STRING);
    }
}

fn parallel<'m>(effect: &mut Effect<'_, '_, 'm>, parallel: &'m Parallel, state: &'m State, states: &States) {
    let given = json(effect, "Arguments", parallel.arguments.as_ref(), states);
    let given = given.unwrap_or_else(|| states.input.clone());
    if let Some(result) = effect.branches(parallel, &given) {
        let after = States { result: result.clone(), ..states.clone() };
        finish(effect, state, &after, parallel.output.as_ref(), &result);
    }
    catch(effect, state, states);
}

fn map<'m>(effect: &mut Effect<'_, '_, 'm>, map: &'m Map, state: &'m State, states: &States) {
    whole(effect, "MaxConcurrency", map.max_concurrency.as_ref(), states, NUMBER);
    whole(effect, "ToleratedFailureCount", map.tolerated_failure_count.as_ref(), states, NUMBER);
    whole(effect, "ToleratedFailurePercentage", map.tolerated_failure_percentage.as_ref(), states, NUMBER);
    let items = items(effect, map, states);
    let item = json(effect, "ItemSelector", map.item_selector.as_ref(), states);
    let item = item.or_else(|| items.types()?.array.as_ref()?.element()).unwrap_or(Shape::UNKNOWN);
    let result = effect.iterations(map, &items, &item);
    let after = States { result: result.clone(), ..states.clone() };
    finish(effect, state, &after, map.output.as_ref(), &result);
    catch(effect, state, states);
}

fn items(effect: &mut Effect<'_, '_, '_>, map: &Map, states: &States) -> Shape {
    let (wanted, does) = wanted::items(map);
    match &map.items {
        _ if map.item_reader.is_some() => Shape::UNKNOWN,
        None => {
            effect.reading.want(&Place::STATE, "$states.input", &states.input, wanted, does);
            states.input.clone()
        }
        Some(items) => {
            let at = Place::STATE.field("Items");
            let shape = effect.reading.json(&at, items, states);
            if let Value::String(expression) = items {
                effect.reading.want(&at, expression, &shape, wanted, does);
            }
            shape
        }
    }
}

fn catch<'m>(effect: &mut Effect<'_, '_, 'm>, state: &'m State, states: &States) {
    for (index, catcher) in state.catch().iter().enumerate() {
        let catch = Place::STATE.field("Catch");
        let at = catch.index(index);
        let error = effect.error_output();
        let states = States { error_output: error.clone(), ..states.clone() };
        let variables = assigned(effect, &at, catcher.assign.as_ref(), &states);
        let output = output(effect, &at, catcher.output.as_ref(), &states, &error);
        effect.exits.push(Exit { next: catcher.next.as_deref(), output, variables });
    }
}

/// `Assign`, `Output`, and the way to the next state.
fn finish<'m>(
    effect: &mut Effect<'_, '_, 'm>,
    state: &'m State,
    states: &States,
    written: Option<&'m Value>,
    default: &Shape,
) {
    let variables = assigned(effect, &Place::STATE, state.assign(), states);
    let output = output(effect, &Place::STATE, written, states, default);
    effect.leave(state, output, variables);
}

fn output(
    effect: &mut Effect<'_, '_, '_>,
    at: &Place<'_>,
    written: Option<&Value>,
    states: &States,
    default: &Shape,
) -> Shape {
    match written {
        Some(written) => effect.reading.json(&at.field("Output"), written, states),
        None => default.clone(),
    }
}

fn assigned(
    effect: &mut Effect<'_, '_, '_>,
    at: &Place<'_>,
    assign: Option<&JsonObject>,
    states: &States,
) -> Variables {
    let mut variables = effect.reading.variables.clone();
    let at = at.field("Assign");
    for (name, value) in assign.into_iter().flatten() {
        let shape = effect.reading.json(&at.field(name), value, states);
        variables.set(name, shape);
    }
    variables
}

fn json(
    effect: &mut Effect<'_, '_, '_>,
    name: &str,
    value: Option<&Value>,
    states: &States,
) -> Option<Shape> {
    Some(effect.reading.json(&Place::STATE.field(name), value?, states))
}

fn whole<T>(
    effect: &mut Effect<'_, '_, '_>,
    name: &str,
    value: Option<&ValueOrPath<T>>,
    states: &States,
    wanted: Wanted,
) {
    if let Some(ValueOrPath::Value(value)) = value {
        dynamic(effect, name, value, states, wanted);
    }
}

fn dynamic<T>(
    effect: &mut Effect<'_, '_, '_>,
    name: &str,
    value: &Dynamic<T>,
    states: &States,
    (wanted, does): Wanted,
) {
    if let Dynamic::Expression(expression) = value {
        let at = Place::STATE.field(name);
        let shape = effect.reading.expression(&at, expression.as_str(), states);
        if !shape.is_unknown() && !does(&shape) {
            let value = expression.as_str().to_owned();
            effect.reading.note(&at, None, Fact::CannotWork { value, found: described(&shape), wanted });
        }
    }
}

const BOOLEAN: Wanted = ("a boolean", |shape| shape.types().is_none_or(|types| !types.boolean.is_none()));

const NUMBER: Wanted = ("a number", |shape| shape.types().is_none_or(|types| !types.number.is_none()));

const SECONDS: Wanted = ("a number of seconds from 0", |shape| {
    shape.types().is_none_or(|types| types.number.may_be(|number| number.value() >= 0.0))
});

const POSITIVE: Wanted = ("a number of seconds from 1", |shape| {
    shape.types().is_none_or(|types| types.number.may_be(|number| number.value() > 0.0))
});

const TIMESTAMP: Wanted = ("a timestamp as `2030-01-31T12:00:00Z`", |shape| {
    let is_timestamp =
        |types: &super::shape::Types| types.string.may_be(|text| Timestamp::parse(text).is_ok());
    shape.types().is_none_or(is_timestamp)
});
