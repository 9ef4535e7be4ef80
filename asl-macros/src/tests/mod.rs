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

/// A machine of which only the fields of one state matter; the others lead to it and to an end.
fn state(fields: &str) -> String {
    format!("StartAt: A, States: {{ S: {fields}, A: Choice {{ is_null($) => S, _ => Z }}, Z: Succeed {{}} }}")
}

/// The JSON of that state.
#[track_caller]
fn state_json(fields: &str) -> String {
    const OTHERS: &str = concat!(
        r#","A":{"Type":"Choice","Choices":[{"Variable":"$","IsNull":true,"Next":"S"}],"Default":"Z"},"#,
        r#""Z":{"Type":"Succeed"}}}"#
    );
    let json = json(&state(fields));
    let state = json.strip_prefix(r#"{"StartAt":"A","States":{"S":"#).and_then(|it| it.strip_suffix(OTHERS));
    state.unwrap().to_owned()
}
