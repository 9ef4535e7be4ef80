//! What a path finds.

use crate::syntax::{JsonPath, Segment, Selector};

use super::shape::{Array, Object, Shape};

/// What a path finds in a value of which only the shape is known.
pub(super) enum Lookup {
    /// A value, on every way.
    Found(Shape),
    /// A value of this shape, or nothing.
    Maybe(Shape),
    /// Nothing, whatever happens.
    Missing(Miss),
}

/// Where a path stops to match.
pub(super) struct Miss {
    /// The segment that finds nothing.
    pub(super) segment: usize,
    /// What it looks into.
    pub(super) container: Shape,
}

impl Lookup {
    /// The shape of what is found, if anything is.
    pub(super) fn shape(self) -> Shape {
        match self {
            Self::Found(shape) | Self::Maybe(shape) => shape,
            Self::Missing(_) => Shape::UNKNOWN,
        }
    }
}

impl Shape {
    /// What a path finds, its root left out.
    ///
    /// A path that may select several values gives an array of them, or of none: of that nothing is said.
    pub(super) fn get(&self, path: &JsonPath) -> Lookup {
        if path.is_definite() { self.walk(path.segments()) } else { Lookup::Maybe(Self::UNKNOWN) }
    }

    /// What definite segments find one after the other.
    pub(super) fn walk(&self, segments: &[Segment]) -> Lookup {
        let mut at = self.clone();
        let mut certain = true;
        for (place, segment) in segments.iter().enumerate() {
            let next = match &segment.selector {
                _ if at.is_unknown() || segment.descendant => return Lookup::Maybe(Self::UNKNOWN),
                Selector::Name(name) => at.name(name),
                Selector::Index(index) => at.index(*index),
                Selector::Wildcard
                | Selector::Slice { .. }
                | Selector::Union(_)
                | Selector::Filter(_)
                | Selector::Script(_)
                | Selector::Function { .. }
                | Selector::Placeholder(_) => return Lookup::Maybe(Self::UNKNOWN),
            };
            match next {
                Step::Found(shape) => at = shape,
                Step::Maybe(shape) => {
                    certain = false;
                    at = shape;
                }
                Step::Missing => return Lookup::Missing(Miss { segment: place, container: at }),
            }
        }
        if certain { Lookup::Found(at) } else { Lookup::Maybe(at) }
    }

    /// The field of this name. Only objects have fields.
    fn name(&self, name: &str) -> Step {
        let Some(types) = self.types() else { return Step::Maybe(Self::UNKNOWN) };
        let Some(object) = &types.object else { return Step::Missing };
        object.get(name).unless(types.count() == 1)
    }

    /// The element at this index, from the end if it is negative. Only arrays have elements.
    fn index(&self, index: i64) -> Step {
        let Some(types) = self.types() else { return Step::Maybe(Self::UNKNOWN) };
        let Some(array) = &types.array else { return Step::Missing };
        array.get(index).unless(types.count() == 1)
    }
}

/// What one segment finds.
enum Step {
    Found(Shape),
    Maybe(Shape),
    Missing,
}

impl Step {
    /// What is found in doubt if the value may also be of a type in which nothing is found.
    fn unless(self, is_only_type: bool) -> Self {
        match self {
            Self::Found(shape) if !is_only_type => Self::Maybe(shape),
            other => other,
        }
    }
}

impl Object {
    fn get(&self, name: &str) -> Step {
        match self.field(name) {
            Some(field) if field.always => Step::Found(field.shape.clone()),
            Some(field) => Step::Maybe(field.shape.clone()),
            None if self.open => Step::Maybe(Shape::UNKNOWN),
            None => Step::Missing,
        }
    }
}

impl Array {
    fn get(&self, index: i64) -> Step {
        match self {
            Self::Known(elements) => {
                let place = usize::try_from(index)
                    .ok()
                    .or_else(|| elements.len().checked_sub(usize::try_from(index.unsigned_abs()).ok()?));
                let element = place.and_then(|place| elements.get(place));
                element.map_or(Step::Missing, |element| Step::Found(element.clone()))
            }
            Self::Each { element, .. } => Step::Maybe(element.clone()),
        }
    }
}
