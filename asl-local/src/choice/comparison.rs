use std::cmp::Ordering;

use asl_core::model::{self, Comparator};
use asl_core::syntax::Timestamp;
use serde_json::Value;

use super::pattern::Pattern;
use crate::Failure;
use crate::data::Scope;
use crate::json_path::{Select, text_order};
use crate::unprepared::Unprepared;

/// `Variable` and a comparator with its operand.
#[derive(Debug, Clone)]
pub(crate) struct Comparison {
    variable: Select,
    check: Check,
}

/// What is asked of the variable's value.
#[derive(Debug, Clone)]
enum Check {
    /// `StringEquals` and the like.
    Order(Relation, Operand),
    Matches(Pattern),
    /// `IsPresent`, and whether it must be.
    Present(bool),
    /// `IsNull` and the like, and whether it must be.
    Is(Type, bool),
}

/// How the value must stand to the operand.
#[derive(Debug, Clone, Copy)]
enum Relation {
    Equals,
    LessThan,
    GreaterThan,
    LessThanEquals,
    GreaterThanEquals,
}

#[derive(Debug, Clone)]
enum Operand {
    String(String),
    Number(f64),
    Boolean(bool),
    Timestamp(Timestamp),
    Path(Select, Type),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Type {
    Null,
    String,
    Number,
    Boolean,
    Timestamp,
}

impl Comparison {
    pub(super) fn prepare(comparison: &model::Comparison) -> Result<Self, Unprepared> {
        let refuse = |reason: &str| Unprepared::new("the Choice rule", reason);
        let variable = comparison.variable.as_ref().ok_or_else(|| refuse("it has no `Variable`"))?;
        let (comparator, operand) =
            comparison.operator.as_ref().ok_or_else(|| refuse("it has no comparator"))?;
        Ok(Self { variable: Select::parse(variable.as_str())?, check: Check::prepare(*comparator, operand)? })
    }

    pub(super) fn holds(&self, scope: &dyn Scope) -> Result<bool, Failure> {
        let value = match (self.variable.select(scope), &self.check) {
            (Ok(_), Check::Present(wanted)) => return Ok(*wanted),
            (Err(_), Check::Present(wanted)) => return Ok(!*wanted),
            (Ok(value), _) => value,
            (Err(fault), _) => return Err(fault.in_choice()),
        };
        match &self.check {
            Check::Present(wanted) => Ok(*wanted),
            Check::Is(is, wanted) => Ok(is.holds(&value) == *wanted),
            Check::Matches(pattern) => match value.as_ref() {
                Value::String(text) => pattern.matches(text),
                _ => Ok(false),
            },
            Check::Order(relation, operand) => {
                Ok(operand.order(&value, scope)?.is_some_and(|order| relation.holds(order)))
            }
        }
    }
}

impl Check {
    fn prepare(comparator: Comparator, operand: &Value) -> Result<Self, Unprepared> {
        let flag = || operand.as_bool().ok_or_else(|| unfit(comparator, operand, "a boolean"));
        Ok(match comparator {
            Comparator::IsPresent => Self::Present(flag()?),
            Comparator::IsNull => Self::Is(Type::Null, flag()?),
            Comparator::IsNumeric => Self::Is(Type::Number, flag()?),
            Comparator::IsString => Self::Is(Type::String, flag()?),
            Comparator::IsBoolean => Self::Is(Type::Boolean, flag()?),
            Comparator::IsTimestamp => Self::Is(Type::Timestamp, flag()?),
            Comparator::StringMatches => {
                let pattern = operand.as_str().ok_or_else(|| unfit(comparator, operand, "a string"))?;
                Self::Matches(Pattern::new(pattern))
            }
            other => {
                let (of, relation) = ordering(other);
                Self::Order(relation, Operand::prepare(other, of, operand)?)
            }
        })
    }
}

fn unfit(comparator: Comparator, operand: &Value, wanted: &str) -> Unprepared {
    Unprepared::new(operand.to_string(), format!("`{comparator}` compares with {wanted}"))
}

/// What a comparator compares, and how.
fn ordering(comparator: Comparator) -> (Type, Relation) {
    let name = comparator.as_str();
    let (of, rest) = [
        ("String", Type::String),
        ("Numeric", Type::Number),
        ("Boolean", Type::Boolean),
        ("Timestamp", Type::Timestamp),
    ]
    .into_iter()
    .find_map(|(prefix, of)| name.strip_prefix(prefix).map(|rest| (of, rest)))
    .unwrap_or((Type::Null, name));
    let relation = match rest.strip_suffix("Path").unwrap_or(rest) {
        "LessThan" => Relation::LessThan,
        "GreaterThan" => Relation::GreaterThan,
        "LessThanEquals" => Relation::LessThanEquals,
        "GreaterThanEquals" => Relation::GreaterThanEquals,
        _ => Relation::Equals,
    };
    (of, relation)
}

impl Relation {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equals => order.is_eq(),
            Self::LessThan => order.is_lt(),
            Self::GreaterThan => order.is_gt(),
            Self::LessThanEquals => order.is_le(),
            Self::GreaterThanEquals => order.is_ge(),
        }
    }
}

impl Operand {
    fn prepare(comparator: Comparator, of: Type, operand: &Value) -> Result<Self, Unprepared> {
        if let (true, Value::String(path)) = (comparator.as_str().ends_with("Path"), operand) {
            return Select::parse(path).map(|path| Self::Path(path, of));
        }
        Ok(match (of, operand) {
            (Type::String, Value::String(text)) => Self::String(text.clone()),
            (Type::Number, Value::Number(number)) => Self::Number(number.as_f64().unwrap_or(f64::NAN)),
            (Type::Boolean, Value::Bool(value)) => Self::Boolean(*value),
            (Type::Timestamp, Value::String(text)) => {
                Self::Timestamp(Timestamp::parse(text).map_err(|error| Unprepared::new(text, error.message))?)
            }
            _ => return Err(unfit(comparator, operand, "a value of another type")),
        })
    }

    /// How the value stands to the operand; nothing where one of them is of another type.
    fn order(&self, value: &Value, scope: &dyn Scope) -> Result<Option<Ordering>, Failure> {
        Ok(match (self, value) {
            (Self::String(operand), Value::String(text)) => Some(text_order(text, operand)),
            (Self::Number(operand), Value::Number(number)) => {
                number.as_f64().and_then(|number| number.partial_cmp(operand))
            }
            (Self::Boolean(operand), Value::Bool(value)) => Some(value.cmp(operand)),
            (Self::Timestamp(operand), Value::String(text)) => {
                Timestamp::parse(text).ok().map(|timestamp| timestamp.cmp(operand))
            }
            (Self::Path(path, of), value) => {
                // also if the value is of another type: a path that leads nowhere fails
                let operand = path.select(scope).map_err(|fault| fault.in_choice())?;
                of.operand(&operand).map_or(Ok(None), |operand| operand.order(value, scope))?
            }
            _ => None,
        })
    }
}

impl Type {
    /// Whether the value is of this type.
    fn holds(self, value: &Value) -> bool {
        match self {
            Self::Null => value.is_null(),
            Self::String => value.is_string(),
            Self::Number => value.is_number(),
            Self::Boolean => value.is_boolean(),
            Self::Timestamp => value.as_str().is_some_and(|text| Timestamp::parse(text).is_ok()),
        }
    }

    /// A value that a path led to, as an operand of this type.
    fn operand(self, value: &Value) -> Option<Operand> {
        Some(match (self, value) {
            (Self::String, Value::String(text)) => Operand::String(text.clone()),
            (Self::Number, Value::Number(number)) => Operand::Number(number.as_f64()?),
            (Self::Boolean, Value::Bool(value)) => Operand::Boolean(*value),
            (Self::Timestamp, Value::String(text)) => Operand::Timestamp(Timestamp::parse(text).ok()?),
            _ => return None,
        })
    }
}
