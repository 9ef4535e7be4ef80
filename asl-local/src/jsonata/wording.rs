//! What the service says of an expression that comes to no good, word for word where it was recorded or measured.

use std::fmt;

use super::backend::{Fault, Refusal};
use crate::{Data, Failure};

/// Of an expression that takes too much memory.
pub(super) const MEMORY: &str =
    "Expression evaluation memory limit exceeded: Check for excessive memory usage";

const DEPTH: &str = "Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive";

const TIME: &str = "Expression evaluation timeout: Check for infinite loop";

/// An expression and where it stands: what each sentence begins with.
pub(super) struct Subject<'a> {
    /// Without the delimiters.
    pub(super) code: &'a str,
    /// Such as `Output/total`.
    pub(super) location: &'a dyn fmt::Display,
    /// The one function of the language that it calls, if it is one.
    pub(super) function: Option<&'a str>,
}

impl Subject<'_> {
    pub(super) fn undefined(&self) -> Failure {
        self.failure("returned nothing (undefined).")
    }

    pub(super) fn unexpected(&self, expected: &str, value: &Data) -> Failure {
        let actual = type_name(value);
        self.failure(format_args!(
            "returned an unexpected result type. Expected '{expected}', but was '{actual}' for value: {value}"
        ))
    }

    pub(super) fn refused(&self, refusal: Refusal) -> Failure {
        match refusal {
            Refusal::Function => self.failure("returned an unsupported result type."),
            Refusal::TooLarge => self.threw(format_args!(": {MEMORY}")),
            // what the service says of such a value is not known
            Refusal::TooDeep => self.threw(format_args!(": {DEPTH}")),
        }
    }

    pub(super) fn fault(&self, fault: &Fault) -> Failure {
        match wording(fault, self.function) {
            Wording::Coded(code, text) => self.threw(format_args!(". {code}: {text}")),
            Wording::Bare(text) => self.threw(format_args!(": {text}")),
        }
    }

    fn threw(&self, what: fmt::Arguments<'_>) -> Failure {
        self.failure(format_args!("threw an error during evaluation{what}"))
    }

    fn failure(&self, what: impl fmt::Display) -> Failure {
        let location = self.location.to_string();
        let cause =
            format!("The JSONata expression '{}' specified for the field '{location}' {what}", self.code);
        Failure::query(location, cause)
    }
}

/// The type of a value in the service's words.
pub(super) fn type_name(value: &Data) -> &'static str {
    use serde_json::Value;
    match value.json() {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// An error of an evaluation: the service joins one with a code by a full stop, and any other by a colon.
enum Wording {
    Coded(String, String),
    Bare(String),
}

/// The service's words where they are known and can be made of the evaluator's; else the evaluator's.
fn wording(fault: &Fault, function: Option<&str>) -> Wording {
    let Some(code) = fault.code.as_deref() else { return Wording::Bare(fault.text.clone()) };
    let text = match code {
        "D1011" | "U1001" => return Wording::Bare(DEPTH.to_owned()),
        "D1012" => return Wording::Bare(TIME.to_owned()),
        "D2014" | "D2015" => return Wording::Bare(MEMORY.to_owned()),
        // as measured: without its code
        "D3010" => {
            return Wording::Bare("Second argument of replace function cannot be an empty string".to_owned());
        }
        "D3020" => "Third argument of split function must evaluate to a positive number".to_owned(),
        "D3138" => {
            "The $single() function expected exactly 1 matching result.  Instead it matched more.".to_owned()
        }
        "T1006" => "Attempted to invoke a non-function".to_owned(),
        "D3001" | "D3030" | "D3080" | "D3081" | "D3100" | "D3130" | "D3132" => {
            of_reference(code, &fault.text)
        }
        "T2001" | "T2002" => quoted_operator(&fault.text),
        "T0410" | "T0412" => function
            .and_then(|function| argument(code, &fault.text, function))
            .unwrap_or_else(|| fault.text.clone()),
        _ => fault.text.clone(),
    };
    Wording::Coded(code.to_owned(), text)
}

/// The sentence of the language's reference implementation, which the service's evaluator has taken over; texts in it are
/// quoted, as in the sentences that were measured. The evaluator's own has the value at its end.
fn of_reference(code: &str, text: &str) -> String {
    let value = || text.rsplit(' ').next().unwrap_or(text).trim_matches('\'');
    match code {
        "D3001" => "Attempting to invoke string function on Infinity or NaN".to_owned(),
        "D3030" => match text.split_once('\'').and_then(|(_, rest)| rest.rsplit_once('\'')) {
            Some((value, _)) => format!("Unable to cast value to a number: \"{value}\""),
            None => text.to_owned(),
        },
        "D3080" => "The picture string must only contain a maximum of two sub-pictures".to_owned(),
        "D3081" => {
            "The sub-picture must not contain more than one instance of the 'decimal-separator' character"
                .to_owned()
        }
        "D3100" => format!(
            "The radix of the formatBase function must be between 2 and 36.  It was given {}",
            value()
        ),
        "D3130" => format!(
            "Formatting or parsing an integer as a sequence starting with \"{}\" is not supported by this implementation",
            value()
        ),
        "D3132" => format!("Unknown component specifier \"{}\" in date/time picture string", value()),
        _ => text.to_owned(),
    }
}

/// `of the + operator` → `of the "+" operator`.
fn quoted_operator(text: &str) -> String {
    let mut words: Vec<_> = text.split(' ').map(str::to_owned).collect();
    if let Some(at) = words.iter().position(|word| word == "operator").and_then(|at| at.checked_sub(1)) {
        words[at] = format!("\"{}\"", words[at].trim_matches('"'));
    }
    words.join(" ")
}

/// Says of which function an argument does not fit, which the evaluator leaves out.
fn argument(code: &str, text: &str, function: &str) -> Option<String> {
    let number_after = |words: &str| -> Option<usize> {
        let rest = &text[text.find(words)? + words.len()..];
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse().ok()
    };
    if code == "T0412" {
        let index = number_after("Argument ")?;
        let wanted = text.split_once("must be an array of ")?.1;
        return Some(format!(
            "Argument {index} of function \"{function}\" must be an array of \"{}\"",
            plural(wanted)?
        ));
    }
    // of too few or too many arguments it is the first that is missing, or too many
    let counts = || Some(number_after("expected ")?.min(number_after("got ")?) + 1);
    let index = if text.contains("count mismatch") { counts()? } else { number_after("Argument ")? };
    Some(format!("Argument {index} of function \"{function}\" does not match function signature"))
}

/// What an array should hold.
fn plural(element: &str) -> Option<&'static str> {
    Some(match element.to_ascii_lowercase().as_str() {
        "number" => "numbers",
        "string" => "strings",
        "boolean" => "booleans",
        "object" => "objects",
        "array" => "arrays",
        "function" => "functions",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: &str, text: &str, function: Option<&str>) -> String {
        let fault = Fault { code: Some(code.to_owned()), text: text.to_owned() };
        match wording(&fault, function) {
            Wording::Coded(code, text) => format!("{code}: {text}"),
            Wording::Bare(text) => text,
        }
    }

    /// The right side is what the service was measured to say.
    #[test]
    fn the_service_is_quoted_where_it_is_known() {
        assert_eq!(
            said("T0410", "Argument 1 must be Function", Some("each")),
            "T0410: Argument 1 of function \"each\" does not match function signature"
        );
        assert_eq!(
            said("T0410", "Argument count mismatch: expected 2, got 1", Some("append")),
            "T0410: Argument 2 of function \"append\" does not match function signature"
        );
        assert_eq!(
            said("T0410", "Argument count mismatch: expected 1, got 3", Some("count")),
            "T0410: Argument 2 of function \"count\" does not match function signature"
        );
        assert_eq!(
            said("T0412", "Argument 1 must be an array of Number", Some("sum")),
            "T0412: Argument 1 of function \"sum\" must be an array of \"numbers\""
        );
        assert_eq!(
            said("T2002", "The right side of the + operator must evaluate to a number", None),
            "T2002: The right side of the \"+\" operator must evaluate to a number"
        );
        assert_eq!(
            said("T1006", "Attempted to invoke a non-function: $x", None),
            "T1006: Attempted to invoke a non-function"
        );
        assert_eq!(
            said("D3030", "Cannot convert 'a 'b' c' to number", None),
            "D3030: Unable to cast value to a number: \"a 'b' c\""
        );
        assert_eq!(
            said("D3100", "Radix must be between 2 and 36, got 50", None),
            "D3100: The radix of the formatBase function must be between 2 and 36.  It was given 50"
        );
        assert_eq!(
            said("D3132", "Q", None),
            "D3132: Unknown component specifier \"Q\" in date/time picture string"
        );
        assert_eq!(said("D1012", "Evaluation timeout after 1000 milliseconds.", None), TIME);
    }

    #[test]
    fn of_several_functions_none_is_blamed() {
        assert_eq!(said("T0410", "Argument 1 must be Function", None), "T0410: Argument 1 must be Function");
    }
}
