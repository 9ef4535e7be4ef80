//! Expansion in process: what each form becomes, and what each mistake is told.

mod forms;
mod conditions;
mod messages;
mod emitted;
mod places;
mod pasted;
mod broken;

use crate::emit::Form;
use crate::errors::Errors;
use crate::expand::checked;

/// The JSON of a whole definition.
#[track_caller]
fn json(source: &str) -> String {
    let mut errors = Errors::default();
    let checked = checked(&mut errors, Form::Machine, source.parse().unwrap());
    assert_eq!(errors.messages(), Vec::<&str>::new(), "{source}");
    checked.unwrap().json
}

/// What is reported about a whole definition.
#[track_caller]
fn messages(form: Form, source: &str) -> Vec<String> {
    let mut errors = Errors::default();
    let result = checked(&mut errors, form, source.parse().unwrap());
    assert!(result.is_err(), "{source} has no error");
    errors.messages().into_iter().map(str::to_owned).collect()
}

/// A machine of which only the fields of one state matter.
fn state(fields: &str) -> String {
    format!("StartAt: S, States: {{ S: {fields} }}")
}

/// The JSON of that state.
#[track_caller]
fn state_json(fields: &str) -> String {
    let json = json(&state(fields));
    let state = json.strip_prefix(r#"{"StartAt":"S","States":{"S":"#).and_then(|it| it.strip_suffix("}}"));
    state.unwrap().to_owned()
}
