//! Model → JSON, in canonical order, with nothing lost.
//!
//! States, unknown fields and the contents of payloads keep their source order; an object's known fields stand in
//! the order of [`Kind::fields`](crate::model::Kind::fields). The same machine gives the same bytes, always.
//! Every object of the model is [`Serialize`], so `serde_json::to_value(&machine)` works too.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::model::{
    Branch, Catcher, ChoiceRule, Dynamic, Extra, FieldValue, ItemBatcher, ItemProcessor, ItemReader, Object,
    ProcessorConfig, ReaderConfig, ResultWriter, Retrier, State, StateMachine, States, Static, Value,
    WriterConfig,
};

/// The definition as indented JSON, with a line feed at the end.
#[must_use]
pub fn to_string_pretty(machine: &StateMachine) -> String {
    let mut text =
        serde_json::to_string_pretty(machine).expect("keys are strings, and a String takes all bytes");
    text.push('\n');
    text
}

/// The definition as JSON without white space.
#[must_use]
pub fn to_string(machine: &StateMachine) -> String {
    serde_json::to_string(machine).expect("keys are strings, and a String takes all bytes")
}

/// One entry of an object that is being written.
enum Entry<'a> {
    Field(FieldValue<'a>),
    Extra(&'a Value),
}

fn object<'a, S: Serializer>(object: &'a (impl Object + ?Sized), serializer: S) -> Result<S::Ok, S::Error> {
    let mut entries: Vec<(&'a str, Entry<'a>)> = Vec::with_capacity(12);
    object.visit(&mut |name, value| entries.push((name, Entry::Field(value))));
    add_extra(&mut entries, object.extra());
    let mut map = serializer.serialize_map(Some(entries.len()))?;
    for (name, entry) in &entries {
        map.serialize_entry(name, entry)?;
    }
    map.end()
}

/// Adds what is extra at the end, but a duplicate of a field before that field: JSON readers keep the last.
///
/// Duplicates among themselves, and those of fields that are extra too, keep the order in which they stand.
fn add_extra<'a>(entries: &mut Vec<(&'a str, Entry<'a>)>, extra: &'a Extra) {
    for field in extra {
        let entry = (field.name.as_str(), Entry::Extra(&field.value));
        let is_namesake =
            |(name, it): &(&str, Entry<'_>)| *name == field.name && matches!(it, Entry::Field(_));
        match entries.iter().position(is_namesake) {
            Some(namesake) => entries.insert(namesake, entry),
            None => entries.push(entry),
        }
    }
}

impl Serialize for Entry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Extra(value) => value.serialize(serializer),
            Self::Field(value) => match *value {
                FieldValue::Text(text) => serializer.serialize_str(text),
                FieldValue::Flag(flag) => serializer.serialize_bool(flag),
                FieldValue::StaticInteger(value) => value.serialize(serializer),
                FieldValue::StaticNumber(value) => value.serialize(serializer),
                FieldValue::Integer(value) => value.serialize(serializer),
                FieldValue::Number(value) => value.serialize(serializer),
                FieldValue::DynamicText(value) => value.serialize(serializer),
                FieldValue::DynamicFlag(value) => value.serialize(serializer),
                FieldValue::Path(path) => serializer.serialize_str(path.as_str()),
                FieldValue::PathOrNull(path) => {
                    path.path().map(crate::model::Path::as_str).serialize(serializer)
                }
                FieldValue::Json(value) | FieldValue::Operand(_, value) => value.serialize(serializer),
                FieldValue::JsonObject(value) => value.serialize(serializer),
                FieldValue::Texts(texts) => texts.serialize(serializer),
                FieldValue::Object(value) => object(value, serializer),
                FieldValue::States(states) => states.serialize(serializer),
                FieldValue::Branches(branches) => branches.serialize(serializer),
                FieldValue::Retriers(retriers) => retriers.serialize(serializer),
                FieldValue::Catchers(catchers) => catchers.serialize(serializer),
                FieldValue::Rules(rules) => rules.serialize(serializer),
            },
        }
    }
}

impl Serialize for States {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len() + self.shadowed().len()))?;
        for (name, value) in self.shadowed() {
            map.serialize_entry(name, value)?;
        }
        for (name, state) in self.iter() {
            map.serialize_entry(name, state)?;
        }
        map.end()
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unknown(unknown) => unknown.value.serialize(serializer),
            known => object(known.object(), serializer),
        }
    }
}

impl<T: Serialize> Serialize for Static<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Literal(value) => value.serialize(serializer),
            Self::Placeholder(text) => serializer.serialize_str(text),
        }
    }
}

impl<T: Serialize> Serialize for Dynamic<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Literal(value) => value.serialize(serializer),
            Self::Expression(expression) => serializer.serialize_str(expression.as_str()),
            Self::Placeholder(text) => serializer.serialize_str(text),
        }
    }
}

macro_rules! serialize_objects {
    ($($name:ident)+) => {
        $(impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                object(self, serializer)
            }
        })+
    };
}

serialize_objects!(
    StateMachine Branch ItemProcessor ProcessorConfig Retrier Catcher ChoiceRule ItemReader ReaderConfig
    ItemBatcher ResultWriter WriterConfig
);
