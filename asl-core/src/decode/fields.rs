//! A cursor over one object: takes the fields it is asked for, keeps the rest.

use jsonc_parser::ast::{Object, ObjectProp, Value as Node};
use serde_json::{Number, Value};

use crate::model::{
    Dynamic, Extra, Fault, JsonObject, Jsonata, Path, PathOrNull, QueryLanguage, Static, Transition,
    ValueOrPath,
};

use crate::syntax::contains_placeholder;

use super::text::{to_json_object, to_number, to_value, type_of};

/// The fields of one object that nothing has taken yet, and those that did not fit.
pub(super) struct Fields<'t> {
    left: Vec<Option<ObjectProp<'t>>>,
    extra: Extra,
}

/// A value that does not fit, and why.
pub(super) struct Misfit<'t> {
    node: Node<'t>,
    fault: Fault,
}

pub(super) type Fit<'t, T> = Result<T, Misfit<'t>>;

pub(super) fn misfit<'t, T>(node: Node<'t>, expected: &'static str) -> Fit<'t, T> {
    Err(Misfit { node, fault: Fault::Type { expected, within: String::new() } })
}

impl<'t> Fields<'t> {
    pub(super) fn new(object: Object<'t>) -> Self {
        Self { left: object.properties.into_iter().map(Some).collect(), extra: Extra::new() }
    }

    /// Takes a field as what `read` makes of it; what does not fit stays as it was written.
    pub(super) fn take<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Node<'t>) -> Fit<'t, T>,
    ) -> Option<T> {
        let value = self.remove(name)?.value;
        match read(value) {
            Ok(value) => Some(value),
            Err(Misfit { node, fault }) => {
                self.extra.push_fault(name.to_owned(), to_value(node), fault);
                None
            }
        }
    }

    /// Removes the last field of a name; the ones before it are duplicates.
    fn remove(&mut self, name: &str) -> Option<ObjectProp<'t>> {
        let is_it =
            |property: &Option<ObjectProp>| property.as_ref().is_some_and(|it| it.name.as_str() == name);
        let last = self.left.iter().rposition(is_it)?;
        let found = self.left[last].take();
        for earlier in &mut self.left[..last] {
            if is_it(earlier) {
                let value = earlier.take().map_or(Value::Null, |property| to_value(property.value));
                self.extra.push_fault(name.to_owned(), value, Fault::Duplicate);
            }
        }
        found
    }

    /// Takes the first of several fields of which only one may be there; the others conflict with it.
    pub(super) fn take_one_of<T>(
        &mut self,
        names: &[&'static str],
        read: impl FnOnce(&mut Self, &'static str) -> Option<T>,
    ) -> Option<T> {
        let mut present = names.iter().copied().filter(|name| self.has(name)).collect::<Vec<_>>().into_iter();
        let kept = present.next()?;
        for other in present {
            self.set_aside(other, Fault::Conflict { with: kept });
        }
        read(self, kept)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.left.iter().flatten().any(|property| property.name.as_str() == name)
    }

    fn set_aside(&mut self, name: &'static str, fault: Fault) {
        if let Some(property) = self.remove(name) {
            self.extra.push_fault(name.to_owned(), to_value(property.value), fault);
        }
    }

    /// Everything that nothing has taken.
    pub(super) fn rest(mut self) -> Extra {
        for property in self.left.into_iter().flatten() {
            self.extra.push_fault(property.name.into_string(), to_value(property.value), Fault::Unsupported);
        }
        self.extra
    }

    pub(super) fn string(&mut self, name: &'static str) -> Option<String> {
        self.take(name, string)
    }

    pub(super) fn path(&mut self, name: &'static str) -> Option<Path> {
        self.take(name, |node| string(node).map(Path::new))
    }

    pub(super) fn path_or_null(&mut self, name: &'static str) -> Option<PathOrNull> {
        self.take(name, |node| match node {
            Node::NullKeyword(_) => Ok(PathOrNull::Null),
            Node::StringLit(text) => Ok(PathOrNull::Path(Path::new(text.value))),
            other => misfit(other, "a path or null"),
        })
    }

    pub(super) fn json(&mut self, name: &'static str) -> Option<Value> {
        self.take(name, |node| Ok(to_value(node)))
    }

    pub(super) fn json_object(&mut self, name: &'static str) -> Option<JsonObject> {
        self.take(name, |node| match node {
            Node::Object(object) => Ok(to_json_object(object)),
            other => misfit(other, "an object"),
        })
    }

    pub(super) fn query_language(&mut self) -> Option<QueryLanguage> {
        self.take("QueryLanguage", |node| constant(node, QueryLanguage::NAMES, QueryLanguage::from_name))
    }

    /// One of a few constants, or a placeholder.
    pub(super) fn constant<T>(
        &mut self,
        name: &'static str,
        allowed: &'static [&'static str],
        from_name: fn(&str) -> Option<T>,
    ) -> Option<Static<T>> {
        self.take(name, |node| match placeholder(&node) {
            Some(text) => Ok(Static::Placeholder(text)),
            None => constant(node, allowed, from_name).map(Static::Literal),
        })
    }

    pub(super) fn static_integer(&mut self, name: &'static str) -> Option<Static<i64>> {
        self.take(name, |node| match placeholder(&node) {
            Some(text) => Ok(Static::Placeholder(text)),
            None => integer(node).map(Static::Literal),
        })
    }

    pub(super) fn static_number(&mut self, name: &'static str) -> Option<Static<Number>> {
        self.take(name, |node| match placeholder(&node) {
            Some(text) => Ok(Static::Placeholder(text)),
            None => number(node).map(Static::Literal),
        })
    }

    /// A value or the path to one, under two names that exclude each other.
    pub(super) fn value_or_path<T>(
        &mut self,
        name: &'static str,
        path_name: &'static str,
        read: fn(Node<'t>) -> Fit<'t, Dynamic<T>>,
    ) -> Option<ValueOrPath<T>> {
        self.take_one_of(&[name, path_name], |fields, kept| {
            if kept == name {
                fields.take(name, read).map(ValueOrPath::Value)
            } else {
                fields.path(path_name).map(ValueOrPath::Path)
            }
        })
    }

    pub(super) fn strings(&mut self, name: &'static str) -> Option<Vec<String>> {
        self.take(name, |node| {
            array_of(
                node,
                "an array of strings",
                |element| matches!(element, Node::StringLit(_)),
                |element| match element {
                    Node::StringLit(text) => Some(text.value.into_owned()),
                    _ => None,
                },
            )
        })
    }

    pub(super) fn objects<T>(
        &mut self,
        name: &'static str,
        read: impl Fn(Object<'t>) -> T,
    ) -> Option<Vec<T>> {
        self.take(name, |node| {
            array_of(
                node,
                "an array of objects",
                |element| matches!(element, Node::Object(_)),
                |element| match element {
                    Node::Object(object) => Some(read(object)),
                    _ => None,
                },
            )
        })
    }

    pub(super) fn object<T>(&mut self, name: &'static str, read: impl FnOnce(Object<'t>) -> T) -> Option<T> {
        self.take(name, |node| match node {
            Node::Object(object) => Ok(read(object)),
            other => misfit(other, "an object"),
        })
    }

    pub(super) fn transition(&mut self) -> Transition {
        let next = self.string("Next");
        let end = self.take("End", |node| match node {
            Node::BooleanLit(flag) => Ok(flag.value),
            other => misfit(other, "a boolean"),
        });
        match (next, end) {
            (Some(next), None) => Transition::Next(next),
            (None, Some(true)) => Transition::End,
            (next, end) => Transition::Irregular { next, end },
        }
    }
}

/// Reads an array whose elements must all fit; the first that does not is named.
fn array_of<'t, T>(
    node: Node<'t>,
    expected: &'static str,
    fits: impl Fn(&Node<'t>) -> bool,
    read: impl Fn(Node<'t>) -> Option<T>,
) -> Fit<'t, Vec<T>> {
    match node {
        Node::Array(array) => match array.elements.iter().position(|element| !fits(element)) {
            None => Ok(array.elements.into_iter().filter_map(read).collect()),
            Some(index) => Err(Misfit {
                node: Node::Array(array),
                fault: Fault::Type { expected, within: format!("/{index}") },
            }),
        },
        other => misfit(other, expected),
    }
}

fn string(node: Node<'_>) -> Fit<'_, String> {
    match node {
        Node::StringLit(text) => Ok(text.value.into_owned()),
        other => misfit(other, "a string"),
    }
}

fn integer(node: Node<'_>) -> Fit<'_, i64> {
    if let Node::NumberLit(number) = &node
        && let Ok(integer) = number.value.parse()
    {
        return Ok(integer);
    }
    misfit(node, "an integer")
}

fn number(node: Node<'_>) -> Fit<'_, Number> {
    match node {
        Node::NumberLit(number) => Ok(to_number(number.value)),
        other => misfit(other, "a number"),
    }
}

fn placeholder(node: &Node<'_>) -> Option<String> {
    match node {
        Node::StringLit(text) if contains_placeholder(&text.value) => Some(text.value.to_string()),
        _ => None,
    }
}

fn constant<'t, T>(
    node: Node<'t>,
    allowed: &'static [&'static str],
    from_name: fn(&str) -> Option<T>,
) -> Fit<'t, T> {
    let value = match &node {
        Node::StringLit(text) => from_name(&text.value),
        other if type_of(other) != "a string" => return misfit(node, "a string"),
        _ => None,
    };
    value.ok_or(Misfit { node, fault: Fault::Value { allowed } })
}

/// What a string stands for where the language wants another type: an expression or a placeholder.
fn stand_in<'t, T>(node: Node<'t>, read: fn(Node<'t>) -> Fit<'t, T>) -> Fit<'t, Dynamic<T>> {
    match node {
        Node::StringLit(text) if Jsonata::is_meant(&text.value) => {
            Ok(Dynamic::Expression(Jsonata::as_written(text.value.into_owned())))
        }
        Node::StringLit(text) if contains_placeholder(&text.value) => {
            Ok(Dynamic::Placeholder(text.value.into_owned()))
        }
        other => read(other).map(Dynamic::Literal),
    }
}

pub(super) fn dynamic_integer(node: Node<'_>) -> Fit<'_, Dynamic<i64>> {
    stand_in(node, integer)
}

pub(super) fn dynamic_number(node: Node<'_>) -> Fit<'_, Dynamic<Number>> {
    stand_in(node, number)
}

pub(super) fn dynamic_flag(node: Node<'_>) -> Fit<'_, Dynamic<bool>> {
    stand_in(node, |node| match node {
        Node::BooleanLit(flag) => Ok(flag.value),
        other => misfit(other, "a boolean"),
    })
}

pub(super) fn dynamic_text(node: Node<'_>) -> Fit<'_, Dynamic<String>> {
    string(node).map(Dynamic::from)
}
