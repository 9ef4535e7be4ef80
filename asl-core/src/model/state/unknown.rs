use crate::model::object::{Object, Visit};
use crate::model::{Extra, Kind, Value};

/// What stands in place of a state and is none, kept as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// The JSON value.
    pub value: Value,
    nothing_extra: Extra,
}

impl Unknown {
    /// A state that is held as JSON.
    #[must_use]
    pub const fn new(value: Value) -> Self {
        Self { value, nothing_extra: Extra::new() }
    }

    /// `Type`, if there is one and it is a string.
    #[must_use]
    pub fn type_name(&self) -> Option<&str> {
        self.value.get("Type")?.as_str()
    }
}

impl Object for Unknown {
    fn kind(&self) -> Kind {
        Kind::UnknownState
    }

    fn extra(&self) -> &Extra {
        &self.nothing_extra
    }

    /// Nothing: what is unknown has no fields of the language. The encoder writes [`Unknown::value`] instead.
    fn visit<'a>(&'a self, _: &mut Visit<'_, 'a>) {}
}
