//! `$parse` reads JSON strictly: a name that stands twice in an object is refused, as the service does.

use std::fmt;

use indexmap::IndexMap;
use jsonata_core::value::JValue;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

pub(super) fn parse(text: &str) -> serde_json::Result<JValue> {
    serde_json::from_str::<Strict>(text).map(|value| value.0)
}

struct Strict(JValue);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = JValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<JValue, E> {
        Ok(JValue::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<JValue, E> {
        Ok(JValue::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<JValue, E> {
        Ok(JValue::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<JValue, E> {
        Ok(JValue::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<JValue, E> {
        Ok(JValue::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<JValue, E> {
        Ok(JValue::from(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<JValue, A::Error> {
        let mut array = Vec::new();
        while let Some(Strict(element)) = elements.next_element()? {
            array.push(element);
        }
        Ok(JValue::array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<JValue, A::Error> {
        let mut object = IndexMap::new();
        while let Some((name, Strict(value))) = fields.next_entry::<String, Strict>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a name stands twice"));
            }
        }
        Ok(JValue::object(object))
    }
}
