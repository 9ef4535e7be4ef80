use std::collections::BTreeMap;
use std::rc::Rc;

use super::shape::Shape;

/// What is known of the variables at a place: those that are assigned on every way there, as far as their shape is
/// known.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Variables(Rc<BTreeMap<Rc<str>, Shape>>);

impl Variables {
    pub(super) fn get(&self, name: &str) -> Shape {
        self.0.get(name).cloned().unwrap_or(Shape::UNKNOWN)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn set(&mut self, name: &str, shape: Shape) {
        if !shape.is_unknown() {
            Rc::make_mut(&mut self.0).insert(name.into(), shape);
        } else if self.0.contains_key(name) {
            Rc::make_mut(&mut self.0).remove(name);
        }
    }

    /// What holds on both ways.
    pub(super) fn join(&self, other: &Self) -> Self {
        if Rc::ptr_eq(&self.0, &other.0) {
            return self.clone();
        }
        let joined = self.0.iter().filter_map(|(name, shape)| {
            let shape = shape.join(other.0.get(name)?);
            (!shape.is_unknown()).then(|| (Rc::clone(name), shape))
        });
        Self(Rc::new(joined.collect()))
    }

    /// Those that are the same in both.
    pub(super) fn unchanged(&self, other: &Self) -> Self {
        let same = self.0.iter().filter(|(name, shape)| other.0.get(*name) == Some(shape));
        Self(Rc::new(same.map(|(name, shape)| (Rc::clone(name), shape.clone())).collect()))
    }
}
