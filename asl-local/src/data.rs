use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::jsonata::{Native, all_plain};

/// JSON data that flows between states: shared, never changed.
///
/// It is held as JSON, as JSONata holds it, or both; each form is made from the other when somebody asks for it. So data
/// that goes from one JSONata state to the next is never converted, and neither is data that only JSONPath looks at.
///
/// Numbers are those of JSON: an integer of 64 bits keeps all its digits. In JSONata a number is a double, so
/// arithmetic on an integer above 2^53 loses its last digits; to hand it on does not.
///
/// ```
/// use asl_local::Data;
/// use serde_json::json;
///
/// let order = Data::from(json!({"id": 9_007_199_254_740_993_i64, "items": [1, 2]}));
/// assert_eq!(order.member("id").unwrap().to_string(), "9007199254740993");
/// assert_eq!(order.member("items").unwrap().elements().unwrap().len(), 2);
/// ```
#[derive(Clone)]
pub struct Data(Rc<Forms>);

/// At least one form is there.
#[derive(Default)]
struct Forms {
    json: OnceCell<Value>,
    native: OnceCell<Native>,
    /// Whether the two forms say the same; else the JSON is what counts.
    agree: OnceCell<bool>,
}

impl Data {
    /// The data as JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        self.0.json.get_or_init(|| self.0.native.get().map_or(Value::Null, Native::to_json))
    }

    /// The data as JSONata holds it.
    pub(crate) fn native(&self) -> &Native {
        self.0.native.get_or_init(|| {
            let (native, agree) = self.0.json.get().map_or((Native::null(), true), Native::from_json);
            // set already if somebody asked before, and then the same
            let _ = self.0.agree.set(agree);
            native
        })
    }

    /// The JSONata form, if the data was ever needed in it or came in it.
    pub(crate) fn native_if_there(&self) -> Option<&Native> {
        self.0.native.get()
    }

    /// The JSON form, if the data was ever needed in it or came in it.
    pub(crate) fn json_if_there(&self) -> Option<&Value> {
        self.0.json.get()
    }

    /// Whether JSONata would hand it on just as it is in JSON: no integer loses digits, none is written as `1.0`.
    pub(crate) fn is_plain(&self) -> bool {
        *self.0.agree.get_or_init(|| self.0.json.get().is_none_or(all_plain))
    }

    /// A result of JSONata.
    pub(crate) fn from_native(native: Native) -> Self {
        let forms = Forms::default();
        let _ = forms.native.set(native);
        let _ = forms.agree.set(true);
        Self(Rc::new(forms))
    }

    /// The boolean, if this is one.
    pub(crate) fn as_bool(&self) -> Option<bool> {
        match self.native_if_there() {
            Some(native) => native.as_bool(),
            None => self.json().as_bool(),
        }
    }

    /// The value of a field, if this is an object that has it.
    #[must_use]
    pub fn member(&self, name: &str) -> Option<Self> {
        if let (Some(native), true) = (self.native_if_there(), self.is_plain()) {
            return native.member(name).map(Self::from_native);
        }
        self.json().get(name).cloned().map(Self::from)
    }

    /// The elements, if this is an array.
    #[must_use]
    pub fn elements(&self) -> Option<Vec<Self>> {
        if let (Some(native), true) = (self.native_if_there(), self.is_plain()) {
            return Some(native.elements()?.map(Self::from_native).collect());
        }
        Some(self.json().as_array()?.iter().cloned().map(Self::from).collect())
    }

    /// An array of these elements. Of data that is known to JSONata it is made without conversion.
    #[must_use]
    pub fn array(elements: impl IntoIterator<Item = Self>) -> Self {
        let elements: Vec<Self> = elements.into_iter().collect();
        if elements.iter().all(Self::is_ready) {
            return Self::from_native(Native::array(
                elements.iter().map(|element| element.native().clone()).collect(),
            ));
        }
        Self::from(Value::Array(elements.iter().map(|element| element.json().clone()).collect()))
    }

    /// An object of these fields, in their order; of two fields of one name the last counts.
    #[must_use]
    pub fn object<K: Into<String>>(fields: impl IntoIterator<Item = (K, Self)>) -> Self {
        let fields: Vec<(String, Self)> =
            fields.into_iter().map(|(name, value)| (name.into(), value)).collect();
        if fields.iter().all(|(_, value)| value.is_ready()) {
            return Self::from_native(Native::object(
                fields.into_iter().map(|(name, value)| (name, value.native().clone())),
            ));
        }
        let fields = fields.into_iter().map(|(name, value)| (name, value.json().clone()));
        Self::from(Value::Object(fields.collect::<Map<_, _>>()))
    }

    /// Whether the JSONata form says all, and is at hand or costs nothing.
    fn is_ready(&self) -> bool {
        let costs_nothing = || self.json_if_there().is_some_and(|json| !json.is_array() && !json.is_object());
        self.is_plain() && (self.native_if_there().is_some() || costs_nothing())
    }
}

impl From<Value> for Data {
    fn from(value: Value) -> Self {
        let forms = Forms::default();
        let _ = forms.json.set(value);
        Self(Rc::new(forms))
    }
}

/// JSON without white space.
impl fmt::Display for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json().fmt(f)
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json().fmt(f)
    }
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.json() == other.json()
    }
}

/// What the expressions of one state may refer to, in both query languages.
///
/// Everything is handed out on request: most expressions look at one of them only.
pub trait Scope {
    /// The time, in milliseconds since 1970-01-01T00:00:00Z: `$now`, `$millis`. Asked for at most once an evaluation, and
    /// only by an expression that uses one of them.
    fn now(&self) -> i64;

    /// The next 64 random bits: the seed of an evaluation that uses `$random`, `$uuid` or `$shuffle`, and asked for by
    /// no other.
    fn random(&self) -> u64;

    /// What `$` of a path means in the field that is evaluated; of JSONata, `$states.input`.
    fn input(&self) -> &Data;

    /// The Context Object: `$$`, `$states.context`.
    fn context(&self) -> &Data;

    /// The variable, looked for from the innermost scope outwards.
    fn variable(&self, name: &str) -> Option<&Data>;

    /// `$states.result`, where the field has it. JSONata only.
    fn result(&self) -> Option<&Data> {
        None
    }

    /// `$states.errorOutput`, where the field has it. JSONata only.
    fn error_output(&self) -> Option<&Data> {
        None
    }
}
