use std::fmt;

/// A place in a template, as `EvaluationFailed` writes it: `Output/items[0]/price`. It is written out on failure only.
pub(super) enum Place<'a> {
    /// The field that the template stands in.
    Field(&'a dyn fmt::Display),
    /// A field of an object.
    Name(&'a Place<'a>, &'a str),
    /// An element of an array.
    Index(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(field) => field.fmt(f),
            Self::Name(parent, name) => write!(f, "{parent}/{name}"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
