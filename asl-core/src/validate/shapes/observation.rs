use std::ops::Range;
use std::rc::Rc;

use crate::diagnostic::Pointer;
use crate::model::Comparator;

use super::literals::Literals;
use super::shape::{Array, Shape, Types};

/// Something about the data of a state that cannot be meant; a rule puts it into words.
#[derive(Debug, Clone)]
pub(in crate::validate) struct Observation {
    /// Where it is seen, below the state.
    pub(in crate::validate) at: Pointer,
    /// The bytes within the string there, if it is about a part.
    pub(in crate::validate) within: Option<Range<usize>>,
    pub(in crate::validate) fact: Fact,
}

/// What is seen.
#[derive(Debug, Clone)]
pub(in crate::validate) enum Fact {
    /// A path leads nowhere.
    NoMatch {
        path: String,
        /// The part of the path that matches.
        container: String,
        reason: Reason,
    },
    /// A comparator never holds for the values at a path.
    NeverTrue {
        path: String,
        comparator: Comparator,
        /// What the values are.
        found: String,
        /// Whether they are of another type, and not just others than the operand.
        by_type: bool,
    },
    /// A value can never do what it is used for.
    CannotWork {
        /// What is used: a path, an expression.
        value: String,
        /// What it gives.
        found: String,
        /// What would do.
        wanted: &'static str,
    },
    /// `ResultPath` leads into what has no fields.
    NotAnObject {
        path: String,
        /// What the input is.
        found: String,
    },
}

/// Why a path matches nothing.
#[derive(Debug, Clone)]
pub(in crate::validate) enum Reason {
    /// The object has other fields.
    Field {
        wanted: String,
        fields: Vec<Rc<str>>,
        /// The state that built the object.
        origin: Option<Rc<str>>,
    },
    /// A field of what is no object.
    NotAnObject { found: String, is_string: bool },
    /// An element of what is no array.
    NotAnArray { found: String },
    /// An element behind the last.
    Element { length: usize },
}

/// A shape in words: `the string "a"` as a string, `a string or null`.
pub(super) fn described(shape: &Shape) -> String {
    let Some(types) = shape.types() else { return "anything".to_owned() };
    let mut words = Vec::new();
    words.extend(described_literals(&types.string, "string", |text| {
        format!("`{}`", crate::syntax::excerpt(text))
    }));
    words.extend(described_literals(&types.number, "number", ToString::to_string));
    words.extend(described_literals(&types.boolean, "boolean", ToString::to_string));
    words.extend(types.object.as_ref().map(|_| "an object".to_owned()));
    words.extend(types.array.as_ref().map(|_| "an array".to_owned()));
    words.extend(types.null.then(|| "null".to_owned()));
    words.join(" or ")
}

fn described_literals<T>(literals: &Literals<T>, name: &str, show: impl Fn(&T) -> String) -> Option<String> {
    match literals {
        Literals::None => None,
        Literals::Any => Some(format!("a {name}")),
        Literals::Of(values) => {
            let shown: Vec<String> = values.iter().map(show).collect();
            Some(format!("the {name} {}", shown.join(" or ")))
        }
    }
}

/// Why a segment finds nothing in a value; `name` is the field that it asks for, if it asks for one.
pub(super) fn reason(container: &Shape, name: Option<&str>) -> Reason {
    let found = described(container);
    let Some(types) = container.types() else { return Reason::NotAnObject { found, is_string: false } };
    match (name, types) {
        (Some(name), Types { object: Some(object), .. }) => Reason::Field {
            wanted: name.to_owned(),
            fields: object.fields.iter().map(|(name, _)| Rc::clone(name)).collect(),
            origin: object.origin.clone(),
        },
        (Some(_), types) => {
            let only_text = types.count() == 1 + usize::from(types.null);
            Reason::NotAnObject { found, is_string: only_text && !types.string.is_none() }
        }
        (None, Types { array: Some(Array::Known(elements)), .. }) => {
            Reason::Element { length: elements.len() }
        }
        (None, _) => Reason::NotAnArray { found },
    }
}
