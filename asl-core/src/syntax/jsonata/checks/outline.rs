//! What remains of a part of an expression for the checks.

use std::ops::Range;

/// A part as the checks see it.
pub(super) struct Outline {
    pub(super) shape: Shape,
    pub(super) span: Range<usize>,
    /// A group-by follows it.
    pub(super) is_grouped: bool,
    /// A predicate follows it.
    pub(super) is_filtered: bool,
    /// `@` follows it.
    pub(super) is_focus: bool,
    /// The `%` inside that have not found their value there, by number.
    pub(super) climbs: Vec<usize>,
}

pub(super) enum Shape {
    /// A name and all that is made of steps.
    Path {
        steps: Vec<Outline>,
        /// How many of them were looked at.
        checked: usize,
    },
    /// A step down to a field: a name or `*`.
    Name,
    /// `%`, with its number.
    Parent(usize),
    /// A string, which is a name if it is a step.
    Text,
    /// A number, a boolean or null.
    Literal,
    /// `^(…)`.
    Sort,
    /// `(…)`, with its last part.
    Block(Option<Box<Outline>>),
    /// What can be a step but has no parent to find.
    Other,
}

impl Outline {
    pub(super) fn new(shape: Shape, span: Range<usize>) -> Self {
        Self { shape, span, is_grouped: false, is_filtered: false, is_focus: false, climbs: Vec::new() }
    }

    /// Itself if it is a path, else a path of this one step.
    pub(super) fn into_path(self) -> Self {
        if matches!(self.shape, Shape::Path { .. }) {
            return self;
        }
        let span = self.span.clone();
        Self::new(Shape::Path { steps: vec![self], checked: 0 }, span)
    }

    /// Adds a step to a path.
    pub(super) fn push(&mut self, step: Self) {
        self.span.end = step.span.end;
        if let Shape::Path { steps, .. } = &mut self.shape {
            steps.push(step);
        }
    }

    /// Adds a step to a path, or the steps of another path.
    pub(super) fn append(&mut self, step: Self) {
        self.span.end = step.span.end;
        match (&mut self.shape, step.shape) {
            (Shape::Path { steps, .. }, Shape::Path { steps: more, .. }) => steps.extend(more),
            (Shape::Path { steps, .. }, shape) => steps.push(Self { shape, ..step }),
            _ => {}
        }
    }

    /// The last step of a path, else itself.
    pub(super) fn last(&self) -> &Self {
        match &self.shape {
            Shape::Path { steps, .. } => steps.last().unwrap_or(self),
            _ => self,
        }
    }

    /// The last step of a path, else itself.
    pub(super) fn last_mut(&mut self) -> &mut Self {
        if let Shape::Path { ref mut steps, .. } = self.shape {
            return steps.last_mut().expect("a path is made of its first step");
        }
        self
    }

    /// Takes over the `%` that a part has left.
    pub(super) fn take_climbs(&mut self, part: &Self) {
        self.climbs.extend(&part.climbs);
        if let Shape::Parent(climb) = part.shape {
            self.climbs.push(climb);
        }
    }
}
