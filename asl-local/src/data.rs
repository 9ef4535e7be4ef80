pub(crate) mod payload_limit;

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
    /// The length of the JSON text: asked for whenever a state is left.
    size: OnceCell<usize>,
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

    /// Whether arrays and objects stand in each other more than so many levels deep.
    pub(crate) fn is_deeper_than(&self, levels: usize) -> bool {
        fn is_deeper(value: &Value, levels: usize) -> bool {
            let Some(below) = levels.checked_sub(1) else { return value.is_array() || value.is_object() };
            match value {
                Value::Array(elements) => elements.iter().any(|element| is_deeper(element, below)),
                Value::Object(fields) => fields.values().any(|field| is_deeper(field, below)),
                _ => false,
            }
        }
        // each level takes two bytes at least; and what JSONata gave has its own limit
        self.size() / 2 > levels && self.json_if_there().is_some_and(|json| is_deeper(json, levels))
    }

    /// The length of the JSON text in bytes.
    pub(crate) fn size(&self) -> usize {
        *self.0.size.get_or_init(|| match (self.json_if_there(), self.native_if_there()) {
            // counting is cheaper than making the JSON, which nobody may ask for
            (None, Some(native)) => native.text_size(),
            _ => text_size(self.json()),
        })
    }

    /// Whether both are the same piece of memory.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
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

/// Brackets, and the commas between so many parts.
pub(crate) const fn around(parts: usize) -> usize {
    2 + parts.saturating_sub(1)
}

/// The length of the JSON text, without making it.
pub(crate) fn text_size(value: &Value) -> usize {
    match value {
        Value::Null => 4,
        Value::Bool(holds) => 5 - usize::from(*holds),
        Value::Number(number) => number.as_u64().map_or_else(|| number.to_string().len(), digits),
        Value::String(text) => quoted_size(text),
        Value::Array(elements) => around(elements.len()) + elements.iter().map(text_size).sum::<usize>(),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| quoted_size(name) + 1 + text_size(value);
            around(fields.len()) + fields.iter().map(field).sum::<usize>()
        }
    }
}

fn digits(number: u64) -> usize {
    number.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// The length of a string in quotes, with what is escaped.
pub(crate) fn quoted_size(text: &str) -> usize {
    let escaped = |byte: &u8| match byte {
        b'"' | b'\\' | 0x08 | 0x09 | 0x0a | 0x0c | 0x0d => 1,
        0..0x20 => 5,
        _ => 0,
    };
    text.len() + 2 + text.as_bytes().iter().map(escaped).sum::<usize>()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn sizes_are_those_of_the_text() {
        let all: String = (0..=0x200).filter_map(char::from_u32).collect();
        for value in [
            json!(null),
            json!([true, false, [], {}]),
            json!({"a\"": [1, -1, 0, 1.5, 1e300, u64::MAX, i64::MIN, 10, 9, 100, 99]}),
            json!({&all: all}),
        ] {
            let data = Data::from(value.clone());
            assert_eq!(data.size(), value.to_string().len(), "{value}");
            // counted before there is JSON
            let native = Data::from_native(data.native().clone());
            assert!(native.json_if_there().is_none());
            let size = native.size();
            assert_eq!(size, native.to_string().len(), "{value}");
        }
    }

    proptest! {
        #[test]
        fn sizes_of_texts_and_numbers_are_those_of_the_text(text in ".{0,20}", whole in any::<i64>(), part in any::<f64>()) {
            let value = json!([text, whole, part, {text.as_str(): null}]);
            let data = Data::from(value.clone());
            prop_assert_eq!(data.size(), value.to_string().len());
            // the same of what JSONata gave, which has no JSON yet
            let native = Data::from_native(data.native().clone());
            let size = native.size();
            prop_assert_eq!(size, native.json().to_string().len());
        }
    }
}
