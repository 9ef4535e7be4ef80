use std::fmt::Write as _;

use serde_json::Value;

use super::walk;
use super::{Document, Select, Selector, Step};
use crate::Failure;
use crate::data::Scope;

/// Why a path leads nowhere. The sentences for it depend on the field that the path stands in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PathFault<'s> {
    pub(super) select: &'s Select,
    pub(super) miss: Miss,
}

/// How a path misses, and at which of its steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Miss {
    /// The variable has not been assigned.
    NoVariable,
    /// The last name is no field of the object.
    NoResults,
    /// A name before the last is no field of the object.
    NoProperty { at: usize },
    /// A name is looked for in something that is no object.
    NotAnObject { at: usize },
    /// An index is looked for in something that is no array.
    NotAnArray { at: usize },
    /// The array has no such element.
    PastEnd { at: usize, last: bool },
    /// A function has nothing to compute from.
    Function(&'static str),
    /// The path looks at more values than the engine lets it.
    TooMany,
}

impl PathFault<'_> {
    /// Whether the path's last step is an index beyond the end of an array.
    pub(crate) fn is_past_end(&self) -> bool {
        matches!(self.miss, Miss::PastEnd { last: true, .. })
    }

    /// Of `InputPath` and `OutputPath`. Recorded for a missing field, last or not.
    pub(crate) fn invalid_path(&self, scope: &dyn Scope) -> Failure {
        Failure::runtime(format!("Invalid path '{}' : {}", self.select.written, self.reason(scope)))
    }

    /// Of a field whose name ends in `.$`, and of `ErrorPath` and `CausePath`. Recorded, but for what a variable's
    /// path names as the input: here, the input.
    pub(crate) fn in_field(&self, field: &str, scope: &dyn Scope) -> Failure {
        let input = match self.select.document {
            Document::Context => scope.context(),
            Document::Input | Document::Variable(_) => scope.input(),
        };
        Failure::runtime(format!(
            "The JSONPath '{}' specified for the field '{field}' could not be found in the input '{}'",
            self.select.written,
            input.json()
        ))
    }

    /// Of an argument of an intrinsic function; `call` is the whole call as the definition says it.
    ///
    /// The service's sentence, as others have measured it. It names the input also for paths of the Context
    /// Object, which it calls by one `$`.
    pub(crate) fn in_call(&self, call: &str, scope: &dyn Scope) -> Failure {
        let reason = match self.miss {
            Miss::NotAnArray { .. } | Miss::TooMany | Miss::Function(_) => self.reason(scope),
            _ => format!(
                "The JsonPath argument for the field '{}' could not be found in the input '{}'",
                self.reference(),
                scope.input().json()
            ),
        };
        Failure::runtime(format!("The function '{call}' had the following error: {reason}"))
    }

    /// Of `Variable` and of a comparator's operand: the service's sentence, as others have measured it.
    pub(crate) fn in_choice(&self) -> Failure {
        Failure::runtime(format!(
            "Invalid path '{}': The choice state's condition path references an invalid value.",
            self.select.written
        ))
    }

    /// Of `SecondsPath` (recorded) and `TimestampPath` (measured by others).
    pub(crate) fn in_parameter(&self, field: &str) -> Failure {
        let path = &self.select.written;
        Failure::runtime(format!("The {field} parameter does not reference an input value: {path}"))
    }

    /// The path with the document's mark cut down to `$`, as the service has it in some sentences.
    pub(super) fn reference(&self) -> &str {
        self.select.reference()
    }

    /// json-path's sentence. It goes on to name classes of Java where it was looking for a name in something that
    /// is no object; that part is left out.
    fn reason(&self, scope: &dyn Scope) -> String {
        let select = self.select;
        let upto = |at: usize| bracketed(&select.steps[..at.min(select.steps.len())]);
        match self.miss {
            Miss::NoVariable => format!("No value for the variable of {}", select.written),
            Miss::NoResults | Miss::PastEnd { last: true, .. } => {
                format!("No results for path: {}", bracketed(&select.steps))
            }
            Miss::NoProperty { at } => format!("Missing property in path {}", upto(at + 1)),
            Miss::NotAnObject { at } | Miss::PastEnd { at, last: false } => {
                let at = if matches!(self.miss, Miss::PastEnd { .. }) { at + 1 } else { at };
                let property = select.steps.get(at).map(fragment).unwrap_or_default();
                format!("Expected to find an object with property {property} in path {}", upto(at))
            }
            Miss::NotAnArray { at } => {
                let found = select.document(scope).and_then(|document| {
                    walk::plain(&select.steps[..at.min(select.steps.len())], document.json()).ok()
                });
                let filter = select.steps.get(at).map(fragment).unwrap_or_default();
                let found = found.map_or_else(String::new, Value::to_string);
                format!("Filter: {filter} can only be applied to arrays. Current context is: {found}")
            }
            Miss::Function(reason) => reason.to_owned(),
            Miss::TooMany => "The path looks at too many values".to_owned(),
        }
    }
}

impl Select {
    /// The path with the document's mark cut down to `$`: `$.Execution.Id` for `$$.Execution.Id`.
    pub(super) fn reference(&self) -> &str {
        match self.document {
            Document::Context => self.written.strip_prefix('$').unwrap_or(&self.written),
            Document::Input | Document::Variable(_) => &self.written,
        }
    }
}

/// Steps as json-path writes them: `$['a'][0]`.
fn bracketed(steps: &[Step]) -> String {
    steps.iter().fold("$".to_owned(), |text, step| text + &fragment(step))
}

fn fragment(step: &Step) -> String {
    let dots = if step.descendant { ".." } else { "" };
    format!("{dots}{}", selector(&step.selector))
}

fn selector(selector: &Selector) -> String {
    match selector {
        Selector::Name(name) => format!("['{name}']"),
        Selector::Index(index) => format!("[{index}]"),
        Selector::Names(names) => format!("['{}']", names.join("','")),
        Selector::Wildcard => "[*]".to_owned(),
        Selector::Slice { start, end, step } => {
            let number = |number: &Option<i64>| number.map_or_else(String::new, |number| number.to_string());
            let mut text = format!("[{}:{}", number(start), number(end));
            if *step != 1 {
                let _ = write!(text, ":{step}");
            }
            text + "]"
        }
        Selector::Filter(_) => "[?]".to_owned(),
        Selector::Union(selectors) => selectors.iter().map(self::selector).collect(),
        Selector::Function(call) => format!(".{}()", call.function),
    }
}
