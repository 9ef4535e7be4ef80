use crate::diagnostic::Pointer;

/// Where in a state something is read, as a list from the inside out: most places are never shown.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    outer: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    State,
    Field(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// The state itself.
    pub(super) const STATE: Place<'static> = Place { outer: None, step: Step::State };

    pub(super) const fn field(&'p self, name: &'p str) -> Place<'p> {
        Place { outer: Some(self), step: Step::Field(name) }
    }

    pub(super) const fn index(&'p self, index: usize) -> Place<'p> {
        Place { outer: Some(self), step: Step::Index(index) }
    }

    pub(super) fn pointer(&self) -> Pointer {
        let outer = self.outer.map_or(Pointer::root(), Place::pointer);
        match self.step {
            Step::State => outer,
            Step::Field(name) => outer.field(name),
            Step::Index(index) => outer.index(index),
        }
    }
}
