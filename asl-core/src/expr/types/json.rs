use serde_json::Value;

use crate::expr::data::{AslData, Shape};
use crate::expr::tree;
use crate::syntax::jsonata::Expression;

impl AslData for Value {
    type Data = Self;
    type Fields = ();
    const SHAPE: Shape = Shape::ANY;

    fn fields(_: &Expression) {}

    fn literal(&self) -> Expression {
        match self {
            Self::Null => tree::null(),
            Self::Bool(value) => tree::boolean(*value),
            Self::Number(number) => tree::number(number.as_f64().unwrap_or(f64::NAN)),
            Self::String(text) => tree::string(text.as_str()),
            Self::Array(values) => tree::array(values.iter().map(AslData::literal), Self::SHAPE),
            Self::Object(fields) => {
                tree::object(fields.iter().map(|(key, value)| (key.clone(), value.literal())))
            }
        }
    }
}
