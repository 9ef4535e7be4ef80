//! What `ResultPath` makes of an input, and what two objects make of each other.

use std::rc::Rc;

use crate::syntax::{Segment, Selector};

use super::shape::{Array, Field, Object, Shape, Types};

impl Shape {
    /// The value with another put in at a place. Objects on the way that are not there yet are made by `origin`.
    pub(super) fn put(&self, segments: &[Segment], value: Self, origin: &Rc<str>) -> Self {
        let Some((first, rest)) = segments.split_first() else { return value };
        match &first.selector {
            Selector::Name(name) => self.put_field(name, rest, value, origin),
            Selector::Index(index) => self.put_element(*index, rest, value, origin),
            Selector::Placeholder(_)
            | Selector::Wildcard
            | Selector::Slice { .. }
            | Selector::Union(_)
            | Selector::Filter(_)
            | Selector::Script(_)
            | Selector::Function { .. } => Self::UNKNOWN,
        }
    }

    fn put_field(&self, name: &str, rest: &[Segment], value: Self, origin: &Rc<str>) -> Self {
        let Some(types) = self.types() else {
            let inside = Self::UNKNOWN.put(rest, value, origin);
            if inside.is_unknown() {
                return Self::UNKNOWN;
            }
            let field = (name.into(), Field { shape: inside, always: true });
            return Self::object(Object { fields: vec![field], open: true, origin: None });
        };
        // in what is no object nothing can be put, so afterwards it was one
        let Some(object) = &types.object else { return Self::UNKNOWN };
        let new = || Self::object(Object::closed(origin)).put(rest, value.clone(), origin);
        let shape = match object.field(name) {
            _ if rest.is_empty() => value,
            Some(field) if field.always => field.shape.put(rest, value, origin),
            Some(field) => field.shape.put(rest, value.clone(), origin).join(&new()),
            None if object.open => Self::UNKNOWN.put(rest, value, origin),
            None => new(),
        };
        let mut object = object.clone();
        object.origin = object.origin.filter(|former| former == origin);
        object.set(name.into(), Field { shape, always: true });
        Self::object(object)
    }

    fn put_element(&self, index: i64, rest: &[Segment], value: Self, origin: &Rc<str>) -> Self {
        let Some(Types { array: Some(Array::Known(elements)), .. }) = self.types() else {
            return Self::UNKNOWN;
        };
        let place = usize::try_from(index).ok().filter(|place| *place < elements.len());
        let Some(place) = place else { return Self::UNKNOWN };
        let mut elements = elements.clone();
        elements[place] = elements[place].put(rest, value, origin);
        Self::elements(elements)
    }
}

impl Object {
    /// The fields of both; those of the second win.
    pub(super) fn merge(&self, second: &Self) -> Self {
        let mut merged = Self { fields: Vec::new(), open: self.open || second.open, origin: None };
        if !second.open {
            for (name, field) in &self.fields {
                merged.set(Rc::clone(name), field.clone());
            }
        }
        for (name, field) in &second.fields {
            let field = match self.field(name) {
                _ if field.always => field.clone(),
                Some(former) => Field { shape: former.shape.join(&field.shape), always: former.always },
                None if self.open => Field { shape: Shape::UNKNOWN, always: false },
                None => field.clone(),
            };
            merged.set(Rc::clone(name), field);
        }
        merged
    }
}
