use super::Value;

/// The fields of an object that its type cannot hold, in source order.
///
/// They survive decoding and encoding; [`validate`](crate::validate) reports each of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(Vec<ExtraField>);

/// One field that does not fit its object, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct ExtraField {
    /// The key as written.
    pub name: String,
    /// The value as written.
    pub value: Value,
    /// Why it is here.
    pub fault: Fault,
}

/// Why a field stands in [`Extra`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The object has no field of this name.
    Unsupported,
    /// The value has the wrong JSON type.
    Type {
        /// What would be right: `a string`, `an array of objects`.
        expected: &'static str,
        /// Where inside the value the fault is, as a JSON Pointer; empty for the value itself.
        within: String,
    },
    /// The value is none of the constants that the field takes.
    Value {
        /// The constants.
        allowed: &'static [&'static str],
    },
    /// The object has another field that excludes this one.
    Conflict {
        /// The field that was kept.
        with: &'static str,
    },
    /// The same key stands again further down, and JSON readers keep the last.
    Duplicate,
}

impl Extra {
    /// No fields.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a field that the model has no place for, so that a new feature of the service can be written today.
    ///
    /// Validation reports it as unsupported.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.push_fault(name.into(), value.into(), Fault::Unsupported);
    }

    pub(crate) fn push_fault(&mut self, name: String, value: Value, fault: Fault) {
        self.0.push(ExtraField { name, value, fault });
    }

    /// The fields in source order.
    pub fn iter(&self) -> std::slice::Iter<'_, ExtraField> {
        self.0.iter()
    }

    /// Whether a field of this name stands here.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|field| field.name == name)
    }

    /// Whether nothing is extra, as it should be.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Extra {
    type Item = &'a ExtraField;
    type IntoIter = std::slice::Iter<'a, ExtraField>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
