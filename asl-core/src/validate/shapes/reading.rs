//! What paths and payload templates of a state give.

use std::ops::Range;
use std::rc::Rc;

use crate::model::{JsonObject, Value};
use crate::syntax::{JsonPath, Root, Selector, TemplateValue};

use super::lookup::{Lookup, Miss};
use super::observation::{Fact, Observation, described, reason};
use super::place::Place;
use super::shape::{Object, Shape};
use super::variables::Variables;

/// A state while its fields are read: what they may refer to, and what is seen on the way.
pub(super) struct Reading<'r> {
    /// The values at the entry of the state.
    pub(super) variables: &'r Variables,
    /// The name of the state: what it builds is known to come from it.
    pub(super) origin: Rc<str>,
    pub(super) observations: Vec<Observation>,
}

impl Reading<'_> {
    /// What a path gives, read from a document. One that matches nothing is noted.
    pub(super) fn path(&mut self, at: &Place<'_>, text: &str, document: &Shape) -> Shape {
        self.look(at, text, document).map_or(Shape::UNKNOWN, Lookup::shape)
    }

    /// The same, but told apart whether there is a value. What is no path has a finding of its own.
    pub(super) fn look(&mut self, at: &Place<'_>, text: &str, document: &Shape) -> Option<Lookup> {
        if text == "$" {
            return Some(Lookup::Found(document.clone()));
        }
        if !self.is_worth_reading(text, document) {
            return None;
        }
        let path = JsonPath::parse(text).ok()?;
        let lookup = self.find(&path, document);
        if let Lookup::Missing(miss) = &lookup {
            self.no_match(at, text, &path, miss);
        }
        Some(lookup)
    }

    /// What a path finds; nothing is noted.
    pub(super) fn find(&self, path: &JsonPath, document: &Shape) -> Lookup {
        match path.root() {
            Root::Input => document.get(path),
            Root::Variable(name) => self.variables.get(name).get(path),
            Root::Context | Root::Current | Root::Placeholder(_) => Lookup::Maybe(Shape::UNKNOWN),
        }
    }

    /// Whether anything is known of what the text may refer to.
    pub(super) fn is_worth_reading(&self, text: &str, document: &Shape) -> bool {
        let refers_to_variable = || {
            let mut after = text.split('$').skip(1);
            after.any(|it| it.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        };
        !document.is_unknown() || (!self.variables.is_empty() && refers_to_variable())
    }

    /// Notes that a path finds nothing at one of its segments.
    pub(super) fn no_match(&mut self, at: &Place<'_>, text: &str, path: &JsonPath, miss: &Miss) {
        let Some(segment) = path.segments().get(miss.segment) else { return };
        let name = match &segment.selector {
            Selector::Name(name) => Some(name.as_str()),
            _ => None,
        };
        let span = path.span();
        let (Some(whole), Some(before)) = (text.get(span.clone()), text.get(span.start..segment.span.start))
        else {
            return;
        };
        let fact = Fact::NoMatch {
            path: whole.to_owned(),
            container: before.to_owned(),
            reason: reason(&miss.container, name),
        };
        self.note(at, Some(segment.span.clone()), fact);
    }

    pub(super) fn note(&mut self, at: &Place<'_>, within: Option<Range<usize>>, fact: Fact) {
        self.observations.push(Observation { at: at.pointer(), within, fact });
    }

    /// Notes that a value cannot do what it is used for, if no value that it may be does.
    pub(super) fn want(
        &mut self,
        at: &Place<'_>,
        value: &str,
        shape: &Shape,
        wanted: &'static str,
        does: impl FnOnce(&Shape) -> bool,
    ) {
        if !shape.is_unknown() && !does(shape) {
            let fact = Fact::CannotWork { value: value.to_owned(), found: described(shape), wanted };
            self.note(at, None, fact);
        }
    }

    /// What a payload template gives.
    pub(super) fn template(&mut self, at: &Place<'_>, value: &Value, document: &Shape) -> Shape {
        match value {
            Value::Object(fields) => self.template_object(at, fields, document),
            Value::Array(elements) => {
                let read = |(index, element)| self.template(&at.index(index), element, document);
                Shape::elements(elements.iter().enumerate().map(read).collect())
            }
            literal => Shape::exact(literal, &self.origin),
        }
    }

    fn template_object(&mut self, at: &Place<'_>, fields: &JsonObject, document: &Shape) -> Shape {
        let mut object = Object::closed(&self.origin);
        for (key, value) in fields {
            let (name, shape) = self.template_field(at, key, value, document);
            object.set_key(name, shape);
        }
        Shape::object(object)
    }

    /// The name and the value of one field of a template.
    pub(super) fn template_field<'k>(
        &mut self,
        at: &Place<'_>,
        key: &'k str,
        value: &Value,
        document: &Shape,
    ) -> (&'k str, Shape) {
        let at = at.field(key);
        match (key.strip_suffix(".$"), value) {
            (None, value) => (key, self.template(&at, value, document)),
            (Some(name), Value::String(text)) => (name, self.evaluated(&at, text, document)),
            // that has a finding of its own
            (Some(name), _) => (name, Shape::UNKNOWN),
        }
    }

    /// What a path or a call gives.
    pub(super) fn evaluated(&mut self, at: &Place<'_>, text: &str, document: &Shape) -> Shape {
        if text.starts_with('$') {
            return self.path(at, text, document);
        }
        match TemplateValue::parse(text) {
            Ok(TemplateValue::Intrinsic(call)) => self.call(at, text, &call, document),
            Ok(TemplateValue::Path(_)) | Err(_) => Shape::UNKNOWN,
        }
    }
}
