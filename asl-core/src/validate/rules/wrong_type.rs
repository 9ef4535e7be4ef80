#![doc = include_str!("wrong_type.md")]

use crate::diagnostic::{Code, Replacement, Severity};
use crate::model::{Content, Fault, Kind, Object, QueryLanguage, Value};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::{described, excerpt};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0103"),
    name: "wrong-type",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("wrong_type.md"),
    check: Check::Object(check),
};

fn check(cx: &mut Context<'_>, object: &dyn Object) {
    let kind = object.kind();
    for field in object.extra() {
        // a `Condition` of JSONata has a rule of its own, which knows what was meant
        let is_condition = field.name == "Condition" && cx.language() == QueryLanguage::Jsonata;
        if let Fault::Type { expected, within } = &field.fault
            && !is_condition
        {
            let name = field.name.as_str();
            let found = field.value.pointer(within).unwrap_or(&field.value);
            let (message, help) = match within.strip_prefix('/') {
                Some(index) => (
                    format!("`{name}` must be {expected}, but element {index} is {}", described(found)),
                    in_array(expected, found),
                ),
                None => (
                    format!("`{name}` must be {expected}, not {}", described(found)),
                    help(kind, name, expected, found, cx.language()),
                ),
            };
            cx.report(message)
                .maybe_help(help)
                .field(name)
                .below(within)
                .fix(right_value(expected, within, found));
        }
    }
}

fn help(kind: Kind, name: &str, expected: &str, found: &Value, language: QueryLanguage) -> Option<String> {
    match (expected, found) {
        (_, Value::Null) if name == "Next" => Some("write `\"End\": true` to end here".to_owned()),
        (_, Value::Null) => Some(format!("leave `{name}` out if there is nothing to say")),
        ("an integer" | "a number", Value::String(text)) => {
            number_in_quotes(text).or_else(|| computed(kind, name, text, language))
        }
        ("an integer", Value::Number(number)) => number.as_f64().map(|number| {
            if number.fract() == 0.0 && number.abs() < 1e15 {
                format!("write {number:.0}, without a fraction or an exponent")
            } else if number.fract() == 0.0 {
                "write a smaller number".to_owned()
            } else {
                format!("write a whole number: {:.0} or {:.0}", number.floor(), number.ceil())
            }
        }),
        ("a boolean", Value::String(text)) => match text.trim() {
            flag @ ("true" | "false") => Some(format!("write {flag} without quotes")),
            other => computed(kind, name, other, language),
        },
        ("a string" | "a path or null", Value::Number(_) | Value::Bool(_)) => {
            Some(format!("write it in quotes: `\"{found}\"`"))
        }
        ("an array of strings", Value::String(_)) if found.to_string().len() < 60 => {
            Some(format!("put it in brackets: `[{found}]`"))
        }
        ("an array of objects", Value::Object(_)) => Some("put it in brackets: `[{ … }]`".to_owned()),
        ("an array of objects", Value::String(_)) if matches!(name, "Retry" | "Catch") => {
            Some(format!("write `\"{name}\": [{{ \"ErrorEquals\": [{}], … }}]`", clipped(found)))
        }
        ("an object of states", Value::Array(_)) => {
            Some("write `{ \"Name of the state\": { … }, … }`: each state stands under its name".to_owned())
        }
        ("an object", Value::Array(elements)) if elements.len() == 1 => {
            Some("remove the brackets around the object".to_owned())
        }
        _ => None,
    }
}

/// What to do about an element of an array.
fn in_array(expected: &str, found: &Value) -> Option<String> {
    match (expected, found) {
        ("an array of strings", Value::Number(_) | Value::Bool(_)) => {
            Some(format!("write it in quotes: `\"{found}\"`"))
        }
        (_, Value::Null) => Some("remove it".to_owned()),
        _ => None,
    }
}

fn number_in_quotes(text: &str) -> Option<String> {
    let text = text.trim();
    serde_json::from_str::<serde_json::Number>(text).is_ok().then(|| format!("write {text} without quotes"))
}

/// What to do about text that was meant to be computed when the machine runs.
fn computed(kind: Kind, name: &str, text: &str, language: QueryLanguage) -> Option<String> {
    let path_name = format!("{name}Path");
    match language {
        QueryLanguage::JsonPath if text.starts_with('$') => {
            kind.field(&path_name).map(|_| format!("write `\"{path_name}\": \"{}\"`", excerpt(text)))
        }
        QueryLanguage::Jsonata if kind.field(name).is_some_and(|field| field.content == Content::Value) => {
            Some(format!("put the expression between `{{%` and `%}}`: `{{% {} %}}`", excerpt(text)))
        }
        QueryLanguage::JsonPath | QueryLanguage::Jsonata => None,
    }
}

/// The value in the right type, if it is all there and only written wrongly.
fn right_value(expected: &str, within: &str, found: &Value) -> Option<Replacement> {
    let is_element = !within.is_empty();
    let value = match (expected, found) {
        ("an integer" | "a number", Value::String(text)) => {
            let number: serde_json::Number = serde_json::from_str(text.trim()).ok()?;
            (expected == "a number" || number.is_i64()).then_some(Value::Number(number))?
        }
        ("an integer", Value::Number(number)) => {
            let whole = number.as_f64().filter(|number| number.fract() == 0.0 && number.abs() < 1e15)?;
            serde_json::from_str(&format!("{whole:.0}")).ok()?
        }
        ("a boolean", Value::String(text)) => Value::Bool(text.trim().parse().ok()?),
        ("a string", Value::Number(_) | Value::Bool(_)) => Value::String(found.to_string()),
        ("an array of strings", Value::Number(_) | Value::Bool(_)) if is_element => {
            Value::String(found.to_string())
        }
        ("an array of strings", Value::String(_)) if !is_element => Value::Array(vec![found.clone()]),
        _ => return None,
    };
    Some(Replacement::Value(value))
}

fn clipped(value: &Value) -> String {
    excerpt(&value.to_string()).into_owned()
}
