//! The states, one function a type.

use jsonc_parser::ast::{Object, Value as Node};

use crate::model::State;
use crate::model::state::{Choice, Fail, Parallel, Pass, Succeed, Task, Unknown, Wait, WaitUntil};

use super::choice::choice_rule;
use super::fields::{Fields, dynamic_integer, dynamic_text};
use super::machine::{branch, catcher, retrier};
use super::map::map;
use super::text::to_value;

pub(super) fn state(node: Node<'_>) -> State {
    let Node::Object(object) = node else { return unknown(node) };
    let read: fn(Fields<'_>) -> State = match type_name(&object) {
        Some("Task") => |fields| task(fields).into(),
        Some("Pass") => |fields| pass(fields).into(),
        Some("Choice") => |fields| choice(fields).into(),
        Some("Wait") => |fields| wait(fields).into(),
        Some("Succeed") => |fields| succeed(fields).into(),
        Some("Fail") => |fields| fail(fields).into(),
        Some("Parallel") => |fields| parallel(fields).into(),
        Some("Map") => |fields| map(fields).into(),
        _ => return unknown(Node::Object(object)),
    };
    let mut fields = Fields::new(object);
    // duplicates of `Type` stay with the extra fields
    fields.string("Type");
    read(fields)
}

fn unknown(node: Node<'_>) -> State {
    Unknown::new(to_value(node)).into()
}

/// `Type`: of duplicates the last, as for every JSON reader.
fn type_name<'o>(object: &'o Object<'_>) -> Option<&'o str> {
    let property = object.properties.iter().rev().find(|property| property.name.as_str() == "Type")?;
    property.value.as_string_lit().map(|text| text.value.as_ref())
}

fn task(mut fields: Fields<'_>) -> Task {
    Task {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        resource: fields.string("Resource"),
        input_path: fields.path_or_null("InputPath"),
        parameters: fields.json("Parameters"),
        arguments: fields.json("Arguments"),
        credentials: fields.json("Credentials"),
        timeout_seconds: fields.value_or_path("TimeoutSeconds", "TimeoutSecondsPath", dynamic_integer),
        heartbeat_seconds: fields.value_or_path("HeartbeatSeconds", "HeartbeatSecondsPath", dynamic_integer),
        result_selector: fields.json("ResultSelector"),
        result_path: fields.path_or_null("ResultPath"),
        output_path: fields.path_or_null("OutputPath"),
        assign: fields.json_object("Assign"),
        output: fields.json("Output"),
        retry: fields.objects("Retry", retrier),
        catch: fields.objects("Catch", catcher),
        transition: fields.transition(),
        extra: fields.rest(),
    }
}

fn pass(mut fields: Fields<'_>) -> Pass {
    Pass {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        input_path: fields.path_or_null("InputPath"),
        parameters: fields.json("Parameters"),
        result: fields.json("Result"),
        result_path: fields.path_or_null("ResultPath"),
        output_path: fields.path_or_null("OutputPath"),
        assign: fields.json_object("Assign"),
        output: fields.json("Output"),
        transition: fields.transition(),
        extra: fields.rest(),
    }
}

fn choice(mut fields: Fields<'_>) -> Choice {
    Choice {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        input_path: fields.path_or_null("InputPath"),
        output_path: fields.path_or_null("OutputPath"),
        choices: fields.objects("Choices", |object| choice_rule(object, false)),
        default: fields.string("Default"),
        assign: fields.json_object("Assign"),
        output: fields.json("Output"),
        extra: fields.rest(),
    }
}

fn wait(mut fields: Fields<'_>) -> Wait {
    const UNTIL: &[&str] = &["Seconds", "SecondsPath", "Timestamp", "TimestampPath"];
    Wait {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        input_path: fields.path_or_null("InputPath"),
        output_path: fields.path_or_null("OutputPath"),
        until: fields.take_one_of(UNTIL, |fields, name| match name {
            "Seconds" => fields.take(name, dynamic_integer).map(WaitUntil::Seconds),
            "SecondsPath" => fields.path(name).map(WaitUntil::SecondsPath),
            "Timestamp" => fields.take(name, dynamic_text).map(WaitUntil::Timestamp),
            _ => fields.path(name).map(WaitUntil::TimestampPath),
        }),
        assign: fields.json_object("Assign"),
        output: fields.json("Output"),
        transition: fields.transition(),
        extra: fields.rest(),
    }
}

fn succeed(mut fields: Fields<'_>) -> Succeed {
    Succeed {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        input_path: fields.path_or_null("InputPath"),
        output_path: fields.path_or_null("OutputPath"),
        output: fields.json("Output"),
        extra: fields.rest(),
    }
}

fn fail(mut fields: Fields<'_>) -> Fail {
    Fail {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        error: fields.value_or_path("Error", "ErrorPath", dynamic_text),
        cause: fields.value_or_path("Cause", "CausePath", dynamic_text),
        extra: fields.rest(),
    }
}

fn parallel(mut fields: Fields<'_>) -> Parallel {
    Parallel {
        comment: fields.string("Comment"),
        query_language: fields.query_language(),
        input_path: fields.path_or_null("InputPath"),
        parameters: fields.json("Parameters"),
        arguments: fields.json("Arguments"),
        branches: fields.objects("Branches", branch),
        result_selector: fields.json("ResultSelector"),
        result_path: fields.path_or_null("ResultPath"),
        output_path: fields.path_or_null("OutputPath"),
        assign: fields.json_object("Assign"),
        output: fields.json("Output"),
        retry: fields.objects("Retry", retrier),
        catch: fields.objects("Catch", catcher),
        transition: fields.transition(),
        extra: fields.rest(),
    }
}
