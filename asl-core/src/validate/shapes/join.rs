//! Where two ways meet: what holds on both.

use std::cmp::Ordering;
use std::rc::Rc;

use super::shape::{Array, Field, MAX_FIELDS, Object, Shape, Types};

impl Shape {
    /// What a value is that may be the one or the other.
    pub(super) fn join(&self, other: &Self) -> Self {
        if self.is_same(other) {
            return self.clone();
        }
        match (self.types(), other.types()) {
            (Some(one), Some(other)) => Self::several(one.join(other)),
            _ => Self::UNKNOWN,
        }
    }
}

impl Types {
    /// Type by type; the depth is yet to be measured.
    fn join(&self, other: &Self) -> Self {
        Self {
            null: self.null || other.null,
            boolean: self.boolean.join(&other.boolean),
            number: self.number.join(&other.number),
            string: self.string.join(&other.string),
            object: either(self.object.as_ref(), other.object.as_ref(), Object::join),
            array: either(self.array.as_ref(), other.array.as_ref(), Array::join),
            depth: 0,
        }
    }
}

fn either<T: Clone>(one: Option<&T>, other: Option<&T>, join: impl Fn(&T, &T) -> T) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(join(one, other)),
        (one, other) => one.or(other).cloned(),
    }
}

impl Object {
    fn join(&self, other: &Self) -> Self {
        let open = self.open || other.open;
        let origin = if self.origin == other.origin { self.origin.clone() } else { None };
        let mut joined = Self { fields: Vec::new(), open, origin };
        let mut push = |name: &Rc<str>, shape: Shape, always: bool| {
            if !(open && shape.is_unknown()) {
                joined.fields.push((Rc::clone(name), Field { shape, always }));
            }
        };
        let (mut ours, mut theirs) = (self.fields.iter().peekable(), other.fields.iter().peekable());
        loop {
            let order = match (ours.peek(), theirs.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((name, _)), Some((other, _))) => name.cmp(other),
            };
            match order {
                // an open object may have the field too, and then with any value
                Ordering::Less => {
                    let (name, field) = ours.next().expect("it was just seen");
                    if !other.open {
                        push(name, field.shape.clone(), false);
                    }
                }
                Ordering::Greater => {
                    let (name, field) = theirs.next().expect("it was just seen");
                    if !self.open {
                        push(name, field.shape.clone(), false);
                    }
                }
                Ordering::Equal => {
                    let (name, one) = ours.next().expect("it was just seen");
                    let (_, other) = theirs.next().expect("it was just seen");
                    push(name, one.shape.join(&other.shape), one.always && other.always);
                }
            }
        }
        if joined.fields.len() > MAX_FIELDS {
            joined.forget();
        }
        joined
    }
}

impl Array {
    fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Known(one), Self::Known(other)) if one.len() == other.len() => {
                Self::Known(one.iter().zip(other).map(|(one, other)| one.join(other)).collect())
            }
            (one, other) => match (one.element(), other.element()) {
                (Some(element), Some(other_element)) => {
                    let length = one.length().filter(|_| one.length() == other.length());
                    Self::Each { element: element.join(&other_element), length }
                }
                (Some(element), None) | (None, Some(element)) => Self::each(element),
                (None, None) => Self::Known(Vec::new()),
            },
        }
    }

    /// What each element is; nothing for an array that has none.
    pub(super) fn element(&self) -> Option<Shape> {
        match self {
            Self::Known(elements) => elements.iter().cloned().reduce(|one, other| one.join(&other)),
            Self::Each { element, .. } => Some(element.clone()),
        }
    }
}
