use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use crate::model::{self, JsonObject, Value};

use super::{Expression, JsonPath, Jsonata, Language, Placeholder, intrinsic};

/// A JSON object with values that are computed: a payload template in JSONPath, an object with expressions in JSONata.
///
/// The type of a value decides how it is written. Text, numbers and JSON stand as they are. In JSONPath, a
/// [path](super::path), a [context path](super::context), a [variable](super::variable) or an
/// [intrinsic function](super::intrinsic) makes the field's name end in `.$`; in JSONata, an
/// [expression](super::jsonata) gets its delimiters.
///
/// ```
/// use asl_core::jsonpath::{path, template};
/// use serde_json::json;
/// let parameters = template()
///     .set("TableName", "users")
///     .set("Item", template().set("id", template().set("S", path("$.user.id"))));
/// assert_eq!(json!(parameters), json!({"TableName": "users", "Item": {"id": {"S.$": "$.user.id"}}}));
/// ```
///
/// ```
/// use asl_core::jsonata::{jsonata, payload};
/// use serde_json::json;
/// let arguments = payload().set("TableName", "users").set("Key", payload().set("S", jsonata("$user.id")));
/// assert_eq!(json!(arguments), json!({"TableName": "users", "Key": {"S": "{% $user.id %}"}}));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Payload<L: Language> {
    fields: JsonObject,
    language: PhantomData<L>,
}

/// An empty payload template, to be filled with [`set`](Payload::set).
///
/// ```
/// use asl_core::jsonpath::{context, template};
/// let parameters = template().set("Token", context("Task.Token"));
/// assert_eq!(serde_json::json!(parameters)["Token.$"], "$$.Task.Token");
/// ```
pub fn template() -> Payload<JsonPath> {
    Payload::new()
}

/// An empty object of a JSONata state, to be filled with [`set`](Payload::set).
///
/// ```
/// use asl_core::jsonata::{jsonata, payload};
/// let arguments = payload().set("total", jsonata("$sum($states.input.prices)"));
/// assert_eq!(serde_json::json!(arguments)["total"], "{% $sum($states.input.prices) %}");
/// ```
pub fn payload() -> Payload<Jsonata> {
    Payload::new()
}

impl<L: Language> Payload<L> {
    pub(super) fn new() -> Self {
        Self { fields: JsonObject::new(), language: PhantomData }
    }

    /// Sets a field. A field of this name that is there already, with or without `.$`, is replaced.
    ///
    /// ```
    /// use asl_core::jsonpath::{path, template};
    /// let parameters = template().set("id", 1).set("id", path("$.id"));
    /// assert_eq!(serde_json::json!(parameters), serde_json::json!({"id.$": "$.id"}));
    /// ```
    pub fn set(mut self, name: impl Into<String>, value: impl IntoPayload<L>) -> Self {
        set(&mut self.fields, name.into(), value.into_payload());
        self
    }

    pub(super) fn into_fields(self) -> JsonObject {
        self.fields
    }
}

/// Sets one field of an object, under the name that its value asks for.
pub(super) fn set<L: Language>(fields: &mut JsonObject, name: String, value: PayloadValue<L>) {
    let (written, other) = if value.evaluated && !L::SUFFIX.is_empty() {
        (format!("{name}{}", L::SUFFIX), name)
    } else {
        (name.clone(), format!("{name}{}", L::SUFFIX))
    };
    if written != other {
        fields.shift_remove(&other);
    }
    fields.insert(written, value.value);
}

/// The object that a field holds; where there is none, an empty one.
pub(super) fn object(value: &mut Option<Value>) -> &mut JsonObject {
    let value = value.get_or_insert_default();
    if !value.is_object() {
        *value = Value::Object(JsonObject::new());
    }
    value.as_object_mut().expect("what is no object was replaced by one")
}

impl<L: Language> Default for Payload<L> {
    fn default() -> Self {
        Self::new()
    }
}

impl<L: Language> From<JsonObject> for Payload<L> {
    fn from(fields: JsonObject) -> Self {
        Self { fields, language: PhantomData }
    }
}

impl<L: Language> From<Payload<L>> for Value {
    fn from(payload: Payload<L>) -> Self {
        Self::Object(payload.fields)
    }
}

impl<L: Language> Serialize for Payload<L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields.serialize(serializer)
    }
}

/// A value on its way into a payload, with the knowledge whether it is evaluated.
#[derive(Debug, Clone, PartialEq)]
#[doc(hidden)]
pub struct PayloadValue<L: Language> {
    pub(super) value: Value,
    pub(super) evaluated: bool,
    language: PhantomData<L>,
}

impl<L: Language> PayloadValue<L> {
    pub(super) fn literal(value: impl Into<Value>) -> Self {
        Self { value: value.into(), evaluated: false, language: PhantomData }
    }

    fn evaluated(text: String) -> Self {
        Self { value: Value::String(text), evaluated: true, language: PhantomData }
    }
}

/// What may be the value of a field in a [`Payload`]: text, numbers, `bool`, JSON, another payload, `Option`s (`null`
/// for `None`), arrays, [placeholders](super::placeholder), and the expressions of the language.
///
/// JSON arrays have no place for `.$`: in JSONPath, an array of paths becomes the intrinsic function `States.Array`.
///
/// ```
/// use asl_core::jsonpath::{path, template};
/// use serde_json::json;
/// let parameters = template()
///     .set("Tags", ["a", "b"])
///     .set("Ids", [path("$.first"), path("$.second")])
///     .set("Entries", [template().set("Detail", path("$.order"))]);
/// assert_eq!(json!(parameters), json!({
///     "Tags": ["a", "b"],
///     "Ids.$": "States.Array($.first, $.second)",
///     "Entries": [{"Detail.$": "$.order"}],
/// }));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a payload of `{L}`",
    label = "no JSON, and no expression of `{L}`",
    note = "paths and intrinsic functions belong to `asl_core::jsonpath`, expressions to `asl_core::jsonata`; other values become JSON with `serde_json::json!`"
)]
pub trait IntoPayload<L: Language>: Sized {
    /// The value.
    #[doc(hidden)]
    fn into_payload(self) -> PayloadValue<L>;
}

/// What may be a whole `Parameters`, `Arguments`, `ItemSelector`, …: a [`Payload`], JSON as it is
/// (`serde_json::json!`), and in JSONata one expression.
///
/// ```
/// use asl_core::jsonpath::{Task, end};
/// use serde_json::json;
/// let task = Task::new("arn:aws:states:::sqs:sendMessage", end()).parameters(json!({"MessageBody.$": "$"}));
/// assert_eq!(json!(task)["Parameters"]["MessageBody.$"], "$");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a whole payload of `{L}`",
    label = "no `Payload<{L}>`, and no JSON",
    note = "build one with `template()` or `payload()`, or write it with `serde_json::json!`"
)]
pub trait IntoTemplate<L: Language> {
    /// The JSON.
    #[doc(hidden)]
    fn into_template(self) -> Value;
}

impl<L: Language> IntoTemplate<L> for Payload<L> {
    fn into_template(self) -> Value {
        self.into()
    }
}

impl<L: Language> IntoTemplate<L> for Value {
    fn into_template(self) -> Value {
        self
    }
}

impl<L: Language> IntoTemplate<L> for JsonObject {
    fn into_template(self) -> Value {
        self.into()
    }
}

impl IntoTemplate<Jsonata> for model::Jsonata {
    fn into_template(self) -> Value {
        Value::String(self.as_str().to_owned())
    }
}

impl<L: Language> IntoPayload<L> for Payload<L> {
    fn into_payload(self) -> PayloadValue<L> {
        PayloadValue::literal(self)
    }
}

impl IntoPayload<JsonPath> for Expression {
    fn into_payload(self) -> PayloadValue<JsonPath> {
        PayloadValue::evaluated(self.into())
    }
}

impl IntoPayload<Jsonata> for model::Jsonata {
    fn into_payload(self) -> PayloadValue<Jsonata> {
        PayloadValue::evaluated(self.as_str().to_owned())
    }
}

impl<L: Language> IntoPayload<L> for Placeholder {
    fn into_payload(self) -> PayloadValue<L> {
        PayloadValue::literal(self.to_string())
    }
}

macro_rules! literals {
    ($($literal:ty)+) => {
        $(impl<L: Language> IntoPayload<L> for $literal {
            fn into_payload(self) -> PayloadValue<L> {
                PayloadValue::literal(self)
            }
        })+
    };
}

literals!(&str String bool i32 u32 i64 u64 usize f64 Value JsonObject);

impl<L: Language, T: IntoPayload<L>> IntoPayload<L> for Option<T> {
    fn into_payload(self) -> PayloadValue<L> {
        self.map_or_else(|| PayloadValue::literal(Value::Null), IntoPayload::into_payload)
    }
}

impl<L: Language, T: IntoPayload<L>> IntoPayload<L> for Vec<T> {
    fn into_payload(self) -> PayloadValue<L> {
        let elements: Vec<_> = self.into_iter().map(IntoPayload::into_payload).collect();
        if !L::SUFFIX.is_empty() && elements.iter().any(|element| element.evaluated) {
            let arguments = elements.into_iter().map(|element| match element.value {
                Value::String(code) if element.evaluated => code,
                literal => intrinsic::literal(&literal),
            });
            return PayloadValue::evaluated(intrinsic::call("Array", arguments));
        }
        PayloadValue::literal(elements.into_iter().map(|element| element.value).collect::<Vec<_>>())
    }
}

impl<L: Language, T: IntoPayload<L>, const N: usize> IntoPayload<L> for [T; N] {
    fn into_payload(self) -> PayloadValue<L> {
        Vec::from(self).into_payload()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::builder::{jsonata, path, placeholder};

    #[test]
    fn an_array_of_paths_keeps_what_is_no_path() {
        let elements = template()
            .set("some", [Some(path("$.a")), None])
            .set("nested", [vec![path("$.a")], vec![]])
            .set("none", Vec::<Expression>::new());
        assert_eq!(
            json!(elements),
            json!({
                "some.$": "States.Array($.a, null)",
                "nested.$": "States.Array(States.Array($.a), States.Array())",
                "none": [],
            })
        );
    }

    #[test]
    fn a_jsonata_array_holds_expressions() {
        let arguments = payload().set("ids", [jsonata("$a"), jsonata("$b")]);
        assert_eq!(json!(arguments), json!({"ids": ["{% $a %}", "{% $b %}"]}));
    }

    #[test]
    fn a_placeholder_is_text() {
        assert_eq!(json!(template().set("n", placeholder("N"))), json!({"n": "${N}"}));
    }

    #[test]
    fn a_literal_takes_the_place_of_a_path() {
        assert_eq!(json!(template().set("n", path("$.n")).set("m", 0).set("n", 1)), json!({"m": 0, "n": 1}));
    }
}
