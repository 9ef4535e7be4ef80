use std::rc::Rc;

use crate::model::Value;

use super::literals::{Literals, Numeral};

/// All that is known of a JSON value before the machine runs: the values that it may be.
///
/// A value that may be of several types is no special case: for each type there is what the value is if it is of
/// that type. So two shapes join type by type, and there is no union that could grow.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape(Option<Rc<Types>>);

/// What a value is if it is of a type, type by type; nothing for a type that it cannot have.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Types {
    pub(super) null: bool,
    pub(super) boolean: Literals<bool>,
    pub(super) number: Literals<Numeral>,
    pub(super) string: Literals<Rc<str>>,
    pub(super) object: Option<Object>,
    pub(super) array: Option<Array>,
    /// How many objects and arrays stand inside each other.
    pub(super) depth: usize,
}

/// What is known of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Object {
    /// By name, sorted. An open object lists no field of which nothing is known.
    pub(super) fields: Vec<(Rc<str>, Field)>,
    /// Whether it may have other fields.
    pub(super) open: bool,
    /// The state that built it, if it was one.
    pub(super) origin: Option<Rc<str>>,
}

/// A field of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    pub(super) shape: Shape,
    /// Whether the object has the field on every way; if not, it may be absent.
    pub(super) always: bool,
}

/// What is known of an array.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Array {
    /// Each element; there are no others.
    Known(Vec<Shape>),
    /// All elements are of one shape.
    Each {
        element: Shape,
        /// How many there are, if that is known.
        length: Option<u64>,
    },
}

/// Fields and elements beyond this number are not told apart.
pub(super) const MAX_FIELDS: usize = 64;

/// What stands deeper is not looked at.
pub(super) const MAX_DEPTH: usize = 8;

/// Of longer strings only the type is remembered.
const MAX_STRING: usize = 256;

impl Shape {
    /// Anything.
    pub(super) const UNKNOWN: Self = Self(None);

    /// What is known, type by type; `None` if it can be anything.
    pub(super) fn types(&self) -> Option<&Types> {
        self.0.as_deref()
    }

    pub(super) fn is_unknown(&self) -> bool {
        self.0.is_none()
    }

    /// Whether both are the same in memory, which is quickly seen.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    fn of(types: Types) -> Self {
        Self(Some(Rc::new(types)))
    }

    /// A value of several types.
    pub(super) fn several(types: Types) -> Self {
        let types = types.measured();
        if types.depth > MAX_DEPTH { Self::UNKNOWN } else { Self::of(types) }
    }

    pub(super) fn null() -> Self {
        Self::of(Types { null: true, ..Types::default() })
    }

    pub(super) fn exact_number(number: f64) -> Self {
        Self::of(Types { number: Literals::one(number.into()), ..Types::default() })
    }

    pub(super) fn exact_boolean(flag: bool) -> Self {
        Self::of(Types { boolean: Literals::one(flag), ..Types::default() })
    }

    pub(super) fn string() -> Self {
        Self::of(Types { string: Literals::Any, ..Types::default() })
    }

    pub(super) fn number() -> Self {
        Self::of(Types { number: Literals::Any, ..Types::default() })
    }

    pub(super) fn boolean() -> Self {
        Self::of(Types { boolean: Literals::Any, ..Types::default() })
    }

    pub(super) fn text(text: &str) -> Self {
        let known = text.len() <= MAX_STRING && !crate::syntax::contains_placeholder(text);
        let string = if known { Literals::one(text.into()) } else { Literals::Any };
        Self::of(Types { string, ..Types::default() })
    }

    pub(super) fn object(object: Object) -> Self {
        Self::several(Types { object: Some(object), ..Types::default() })
    }

    pub(super) fn array(array: Array) -> Self {
        Self::several(Types { array: Some(array), ..Types::default() })
    }

    /// The array of these elements.
    pub(super) fn elements(elements: Vec<Self>) -> Self {
        if elements.len() > MAX_FIELDS {
            return Self::array(Array::of_length(elements.len()));
        }
        Self::array(Array::Known(elements))
    }

    /// How many elements the value has, if it is an array and that is known.
    pub(super) fn length(&self) -> Option<u64> {
        let types = self.types().filter(|types| types.count() == 1)?;
        types.array.as_ref()?.length()
    }

    /// The number, if the value is one that is known.
    pub(super) fn only_number(&self) -> Option<f64> {
        let types = self.types().filter(|types| types.count() == 1)?;
        types.number.only().map(|number| number.value())
    }

    /// An object of these fields and others.
    pub(super) fn open(fields: impl IntoIterator<Item = (&'static str, Self)>) -> Self {
        let mut object = Object { fields: Vec::new(), open: true, origin: None };
        for (name, shape) in fields {
            object.set(name.into(), Field { shape, always: false });
        }
        Self::object(object)
    }

    /// Exactly this value, which a state has built.
    pub(super) fn exact(value: &Value, origin: &Rc<str>) -> Self {
        Self::exact_at(value, origin, 0)
    }

    fn exact_at(value: &Value, origin: &Rc<str>, depth: usize) -> Self {
        match value {
            Value::Null => Self::null(),
            Value::Bool(flag) => Self::exact_boolean(*flag),
            Value::Number(number) => number.as_f64().map_or_else(Self::number, Self::exact_number),
            Value::String(text) => Self::text(text),
            Value::Array(_) | Value::Object(_) if depth == MAX_DEPTH => Self::UNKNOWN,
            Value::Array(elements) if elements.len() > MAX_FIELDS => {
                Self::array(Array::of_length(elements.len()))
            }
            Value::Array(elements) => {
                Self::elements(elements.iter().map(|it| Self::exact_at(it, origin, depth + 1)).collect())
            }
            Value::Object(fields) => {
                let mut object = Object::closed(origin);
                for (name, value) in fields {
                    object.set_key(name, Self::exact_at(value, origin, depth + 1));
                }
                Self::object(object)
            }
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.types().map_or(0, |types| types.depth)
    }
}

impl Types {
    /// The same, with the depth that it has.
    fn measured(mut self) -> Self {
        let of_fields = self.object.iter().flat_map(|object| &object.fields);
        let of_fields = of_fields.map(|(_, field)| field.shape.depth()).max();
        let of_object = self.object.as_ref().map_or(0, |_| of_fields.unwrap_or_default() + 1);
        let of_array = match &self.array {
            None => 0,
            Some(Array::Known(elements)) => elements.iter().map(Shape::depth).max().unwrap_or_default() + 1,
            Some(Array::Each { element, .. }) => element.depth() + 1,
        };
        self.depth = of_object.max(of_array);
        self
    }

    /// How many types the value may have.
    pub(super) fn count(&self) -> usize {
        usize::from(self.null)
            + usize::from(!self.boolean.is_none())
            + usize::from(!self.number.is_none())
            + usize::from(!self.string.is_none())
            + usize::from(self.object.is_some())
            + usize::from(self.array.is_some())
    }
}

impl Types {
    /// Whether the simple values that it may be are known to be several.
    pub(super) fn has_several_values(&self) -> bool {
        self.string.known() + self.number.known() + self.boolean.known() > 1
    }
}

impl Array {
    /// An array of any number of such elements.
    pub(super) const fn each(element: Shape) -> Self {
        Self::Each { element, length: None }
    }

    /// An array of whose elements only the number is known.
    fn of_length(length: usize) -> Self {
        Self::Each { element: Shape::UNKNOWN, length: u64::try_from(length).ok() }
    }

    /// How many elements there are, if that is known.
    pub(super) fn length(&self) -> Option<u64> {
        match self {
            Self::Known(elements) => u64::try_from(elements.len()).ok(),
            Self::Each { length, .. } => *length,
        }
    }
}

impl Object {
    /// An object without fields, built by a state.
    pub(super) fn closed(origin: &Rc<str>) -> Self {
        Self { fields: Vec::new(), open: false, origin: Some(Rc::clone(origin)) }
    }

    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        let place = self.fields.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        Some(&self.fields[place].1)
    }

    /// Sets a field by a key as written, which deployment may change.
    pub(super) fn set_key(&mut self, key: &str, shape: Shape) {
        if crate::syntax::contains_placeholder(key) {
            // it may become the name of any other field
            self.open = true;
            self.fields.clear();
        } else {
            self.set(key.into(), Field { shape, always: true });
        }
    }

    /// Sets a field, whatever it was before.
    pub(super) fn set(&mut self, name: Rc<str>, field: Field) {
        let place = self.fields.binary_search_by(|(known, _)| known.cmp(&name));
        let says_nothing = self.open && field.shape.is_unknown();
        match place {
            Ok(place) if says_nothing => {
                self.fields.remove(place);
            }
            Ok(place) => self.fields[place].1 = field,
            Err(_) if says_nothing => {}
            Err(place) => self.fields.insert(place, (name, field)),
        }
        if self.fields.len() > MAX_FIELDS {
            self.forget();
        }
    }

    /// Nothing more than that it is an object.
    pub(super) fn forget(&mut self) {
        self.open = true;
        self.fields.clear();
    }
}
