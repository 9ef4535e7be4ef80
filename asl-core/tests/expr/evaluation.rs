//! Evaluates expressions with values for their variables.

use asl_core::expr::{AslData, Expr, variable};
use asl_core::syntax::jsonata::Expression;
use jsonata_core::evaluator::{Context, Evaluator};
use jsonata_core::value::JValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Values by the names of variables.
#[derive(Default)]
pub(crate) struct Data(Vec<(&'static str, Value)>);

impl Data {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A variable with a value, as serde writes it.
    pub(crate) fn with<T: AslData>(&mut self, name: &'static str, value: impl Serialize) -> Expr<T> {
        self.0.push((name, serde_json::to_value(value).unwrap()));
        variable(name)
    }

    /// A variable that is a field of an object; without a value the field is left out.
    pub(crate) fn field<T: AslData>(&mut self, name: &'static str, value: Option<Value>) -> Expr<T> {
        let mut object = serde_json::Map::new();
        if let Some(value) = value {
            object.insert("field".into(), value);
        }
        self.0.push((name, Value::Object(object)));
        Expr::from_tree(Expression::parse_strict(&format!("${name}.field")).unwrap())
    }

    /// What a text of JSONata gives; `None` if nothing.
    pub(crate) fn evaluate(&self, code: &str) -> Result<Option<Value>, String> {
        let again = Expression::parse_strict(code).unwrap_or_else(|errors| panic!("{code}: {errors:?}"));
        assert_eq!(again.to_string(), code, "it is written in another way than it is read");
        let tree = jsonata_core::parser::parse(code).map_err(|error| format!("{code}: {error:?}"))?;
        let mut context = Context::new();
        for (name, value) in &self.0 {
            context.bind((*name).into(), JValue::from_json_str(&value.to_string()).unwrap());
        }
        let result = Evaluator::with_context(context).evaluate(&tree, &JValue::Null);
        let result = result.map_err(|error| format!("{code}: {error:?}"))?;
        if result.is_undefined() {
            return Ok(None);
        }
        Ok(Some(serde_json::from_str(&result.to_json_string().unwrap()).unwrap()))
    }

    /// What an expression gives where it is stored.
    #[track_caller]
    pub(crate) fn value<T: AslData + DeserializeOwned>(&self, expression: Expr<T>) -> T {
        let code = expression.into_value().to_string();
        let value = self.evaluate(&code).unwrap();
        let value = value.unwrap_or_else(|| panic!("{code} is missing"));
        serde_json::from_value(whole(value.clone()))
            .unwrap_or_else(|error| panic!("{code} is {value}: {error}"))
    }

    /// Whether it fails, or gives nothing.
    pub(crate) fn has_no_value<T: AslData>(&self, expression: Expr<T>) -> bool {
        !matches!(self.evaluate(&expression.into_value().to_string()), Ok(Some(_)))
    }
}

/// Numbers without a fraction as integers: JSONata does not tell `1.0` from `1`.
fn whole(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            #[expect(clippy::cast_possible_truncation, reason = "it has no fraction")]
            Some(float) if float.fract() == 0.0 && float.abs() < 9e15 => Value::from(float as i64),
            _ => Value::Number(number),
        },
        Value::Array(values) => values.into_iter().map(whole).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, whole(value))).collect(),
        value => value,
    }
}
