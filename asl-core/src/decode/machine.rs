//! The machine, its scopes, retriers and catchers.

use std::collections::HashMap;

use jsonc_parser::ast::{Object, Value as Node};

use crate::model::{Branch, Catcher, ItemProcessor, JitterStrategy, Retrier, StateMachine, States};

use super::fields::{Fields, misfit};
use super::map::processor_config;
use super::state::state;
use super::text::to_value;

pub(super) fn state_machine(object: Object<'_>) -> StateMachine {
    let mut fields = Fields::new(object);
    StateMachine {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        version: fields.string("Version"),
        timeout_seconds: fields.static_integer("TimeoutSeconds"),
        start_at: fields.string("StartAt"),
        states: states(&mut fields),
        extra: fields.rest(),
    }
}

pub(super) fn branch(object: Object<'_>) -> Branch {
    let mut fields = Fields::new(object);
    Branch {
        comment: fields.string("Comment"),
        start_at: fields.string("StartAt"),
        states: states(&mut fields),
        extra: fields.rest(),
    }
}

pub(super) fn item_processor(object: Object<'_>) -> ItemProcessor {
    let mut fields = Fields::new(object);
    ItemProcessor {
        comment: fields.string("Comment"),
        processor_config: fields.object("ProcessorConfig", processor_config),
        start_at: fields.string("StartAt"),
        states: states(&mut fields),
        extra: fields.rest(),
    }
}

fn states(fields: &mut Fields<'_>) -> Option<States> {
    fields.take("States", |node| match node {
        Node::Object(object) => Ok(states_of(object)),
        other => misfit(other, "an object of states"),
    })
}

/// Of two states with one name the last is the state, as for every JSON reader.
fn states_of(object: Object<'_>) -> States {
    let mut last = HashMap::with_capacity(object.properties.len());
    for (index, property) in object.properties.iter().enumerate() {
        last.insert(property.name.as_str().to_owned(), index);
    }
    let mut states = States::with_capacity(last.len());
    for (index, property) in object.properties.into_iter().enumerate() {
        let name = property.name.into_string();
        if last.get(&name) == Some(&index) {
            states.insert(name, state(property.value));
        } else {
            states.shadow(name, to_value(property.value));
        }
    }
    states
}

pub(super) fn retrier(object: Object<'_>) -> Retrier {
    let mut fields = Fields::new(object);
    Retrier {
        comment: fields.string("Comment"),
        error_equals: fields.strings("ErrorEquals"),
        interval_seconds: fields.static_integer("IntervalSeconds"),
        max_attempts: fields.static_integer("MaxAttempts"),
        backoff_rate: fields.static_number("BackoffRate"),
        max_delay_seconds: fields.static_integer("MaxDelaySeconds"),
        jitter_strategy: fields.constant("JitterStrategy", JitterStrategy::NAMES, JitterStrategy::from_name),
        extra: fields.rest(),
    }
}

pub(super) fn catcher(object: Object<'_>) -> Catcher {
    let mut fields = Fields::new(object);
    Catcher {
        comment: fields.string("Comment"),
        error_equals: fields.strings("ErrorEquals"),
        result_path: fields.path_or_null("ResultPath"),
        output: fields.json("Output"),
        assign: fields.json_object("Assign"),
        next: fields.string("Next"),
        extra: fields.rest(),
    }
}
