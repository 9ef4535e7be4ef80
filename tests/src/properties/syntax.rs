//! The small languages inside strings: a parser ends without a panic, points into its text, and what it read
//! prints as text that reads as the same.

use std::fmt::{Debug, Display};
use std::ops::Range;

use asl_core::syntax::intrinsic::{Argument, ArgumentValue};
use asl_core::syntax::jsonata::{Expression, Parsed};
use asl_core::syntax::{
    Intrinsic, JsonPath, Jsonata, Placeholder, ReferencePath, Resource, SyntaxError, TemplateValue,
    Timestamp, contains_placeholder, placeholders,
};

/// Any text is a path that prints itself, or is refused at a place in it.
///
/// # Panics
///
/// If it does not hold.
pub fn a_json_path_prints_itself(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Some(path) = prints_itself(text, JsonPath::parse) {
        path_stands_in(text, &path);
        assert_eq!(path.is_reference(), ReferencePath::try_from(path).is_ok(), "{text:?}");
    }
}

/// Any text is a Reference Path that prints itself, or is refused at a place in it; and it is a path if it is one.
///
/// # Panics
///
/// If it does not hold.
pub fn a_reference_path_prints_itself(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Some(path) = prints_itself(text, ReferencePath::parse) {
        assert_eq!(JsonPath::parse(text).as_ref(), Ok(path.as_json_path()), "{text:?}");
        assert!(path.as_json_path().is_definite(), "{text:?} may lead to several places");
    }
}

/// Any text is a call that prints itself, or is refused at a place in it; its doubtful arguments stand in it.
///
/// # Panics
///
/// If it does not hold.
pub fn an_intrinsic_function_prints_itself(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Some(call) = prints_itself(text, Intrinsic::parse) {
        call_stands_in(text, &call);
        for fault in call.type_faults() {
            error_stands_in(text, &fault);
        }
    }
    prints_itself(text, TemplateValue::parse);
}

/// Any text is delimited or not, and is an expression that prints itself, or one with faults at places in it.
///
/// # Panics
///
/// If it does not hold.
pub fn a_jsonata_expression_prints_itself(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match Jsonata::delimited(text) {
        Ok(Some(source)) => assert!(text.contains(source), "{source:?} is no part of {text:?}"),
        Ok(None) => {
            assert!(Jsonata::parse(text).is_err(), "{text:?} has no delimiters, but is an expression");
        }
        Err(error) => error_stands_in(text, &error),
    }
    prints_itself(text, Jsonata::parse);
    let Parsed { expression, errors } = Expression::parse(text);
    for error in &errors {
        error_stands_in(text, &error.clone().into());
    }
    if errors.is_empty() {
        let printed = expression.to_string();
        let again = Expression::parse(&printed);
        assert_eq!(again.errors, [], "{text:?} prints as {printed:?}, which has faults");
        assert_eq!(again.expression, expression, "{text:?} prints as {printed:?}, which reads otherwise");
    }
}

/// Any text is a time that prints itself, or is refused at a place in it.
///
/// # Panics
///
/// If it does not hold.
pub fn a_timestamp_prints_itself(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Some(time) = prints_itself(text, Timestamp::parse) {
        assert_eq!(time.as_str(), text);
        assert!((1..=12).contains(&time.month()) && (1..=31).contains(&time.day()), "{text:?}");
        // a leap second is taken, as RFC 3339 has it
        assert!(time.hour() <= 24 && time.minute() < 60 && time.second() <= 60, "{text:?}");
        assert!(time.nanosecond() < 1_000_000_000 && time.offset_minutes().abs() <= 24 * 60, "{text:?}");
        let _ = time.unix_seconds();
    }
}

/// Any text is a `Resource` that prints itself, or is refused at a place in it.
///
/// # Panics
///
/// If it does not hold.
pub fn a_resource_prints_itself(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Some(resource) = prints_itself(text, Resource::parse) {
        assert_eq!(resource.as_str(), text);
        let _ = resource.service_pattern();
        if let Resource::Integration(integration) = &resource {
            let _ = integration.support();
            let spans = [integration.service_span(), integration.action_span(), integration.pattern_span()];
            for span in spans {
                stands_in(text, &span);
            }
        }
    }
}

/// The placeholders of any text are parts of it, and each is one.
///
/// # Panics
///
/// If it does not hold.
pub fn a_placeholder_prints_itself(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    prints_itself(text, Placeholder::parse);
    let mut last = 0;
    for (at, name) in placeholders(text) {
        stands_in(text, &at);
        assert!(at.start >= last, "{at:?} overlaps what ended at {last} in {text:?}");
        last = at.end;
        assert_eq!(Placeholder::parse(&text[at]).map(|it| it.name().to_owned()), Ok(name.to_owned()));
    }
    assert_eq!(contains_placeholder(text), last > 0, "{text:?}");
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Reads a text; what was read prints as something that reads as the same, and prints the same again.
fn prints_itself<T>(text: &str, parse: fn(&str) -> Result<T, SyntaxError>) -> Option<T>
where
    T: Display + Debug + PartialEq,
{
    match parse(text) {
        Ok(value) => {
            let printed = value.to_string();
            let again = parse(&printed);
            assert_eq!(again.as_ref(), Ok(&value), "{text:?} prints as {printed:?}, which reads otherwise");
            assert_eq!(again.map(|it| it.to_string()), Ok(printed), "printing {text:?} is not a fixed point");
            Some(value)
        }
        Err(error) => {
            error_stands_in(text, &error);
            None
        }
    }
}

fn error_stands_in(text: &str, error: &SyntaxError) {
    stands_in(text, &error.at);
    assert!(!error.message.is_empty(), "no message for {text:?}");
}

#[track_caller]
fn stands_in(text: &str, span: &Range<usize>) {
    assert!(text.get(span.clone()).is_some(), "{span:?} is no part of {text:?}");
}

fn path_stands_in(text: &str, path: &JsonPath) {
    stands_in(text, &path.span());
    stands_in(text, &path.root_span());
    for segment in path.segments() {
        stands_in(text, &segment.span);
    }
}

fn call_stands_in(text: &str, call: &Intrinsic) {
    stands_in(text, &call.span);
    for Argument { value, span } in &call.arguments {
        stands_in(text, span);
        match value {
            ArgumentValue::Call(inner) => call_stands_in(text, inner),
            ArgumentValue::Path(path) => path_stands_in(text, path),
            ArgumentValue::String(_)
            | ArgumentValue::Number(_)
            | ArgumentValue::Bool(_)
            | ArgumentValue::Null
            | ArgumentValue::Placeholder(_) => {}
        }
    }
}
