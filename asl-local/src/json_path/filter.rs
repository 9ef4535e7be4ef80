use asl_core::syntax::json_path::{
    Comparator, Comparison as WrittenComparison, Condition as WrittenCondition, Filter as Written,
};
use serde_json::Value;

use super::Miss;
use super::operand::{Operand, equal, order};
use super::walk::Evaluation;
use crate::unprepared::Unprepared;

/// The condition of `[?(…)]`.
#[derive(Debug, Clone)]
pub(super) enum Filter {
    Or(Vec<Filter>),
    And(Vec<Filter>),
    Not(Box<Filter>),
    Compare(Box<Comparison>),
    /// `@.tags`.
    Exists(Operand),
}

#[derive(Debug, Clone)]
pub(super) struct Comparison {
    left: Operand,
    comparator: Comparator,
    right: Operand,
}

/// Why a condition is neither true nor false.
enum Stop {
    /// An operand is nothing that the operator can look at. json-path then passes the value over, whatever else
    /// the condition says of it.
    Unfit,
    Miss(Miss),
}

impl From<Miss> for Stop {
    fn from(miss: Miss) -> Self {
        Self::Miss(miss)
    }
}

impl Filter {
    pub(super) fn prepare(filter: &Written, written: &str) -> Result<Self, Unprepared> {
        let all = |parts: &[Written]| -> Result<Vec<Self>, Unprepared> {
            parts.iter().map(|part| Self::prepare(part, written)).collect()
        };
        Ok(match &filter.condition {
            WrittenCondition::Or(parts) => Self::Or(all(parts)?),
            WrittenCondition::And(parts) => Self::And(all(parts)?),
            WrittenCondition::Not(inner) => Self::Not(Box::new(Self::prepare(inner, written)?)),
            WrittenCondition::Compare(comparison) => {
                Self::Compare(Box::new(Comparison::prepare(comparison, written)?))
            }
            WrittenCondition::Exists(operand) => Self::Exists(Operand::prepare(operand, written)?),
        })
    }

    /// Whether a value meets the condition.
    pub(super) fn holds(&self, current: &Value, evaluation: &Evaluation<'_>) -> Result<bool, Miss> {
        evaluation.budget.spend(1)?;
        match self.test(current, evaluation) {
            Ok(holds) => Ok(holds),
            Err(Stop::Unfit) => Ok(false),
            Err(Stop::Miss(miss)) => Err(miss),
        }
    }

    fn test(&self, current: &Value, evaluation: &Evaluation<'_>) -> Result<bool, Stop> {
        match self {
            Self::Or(parts) => {
                for part in parts {
                    if part.test(current, evaluation)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::And(parts) => {
                for part in parts {
                    if !part.test(current, evaluation)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Not(inner) => Ok(!inner.test(current, evaluation)?),
            Self::Compare(comparison) => comparison.test(current, evaluation),
            // a field that is `false` or `null` is there
            Self::Exists(Operand::Path(path)) => Ok(path.exists(current, evaluation)?),
            Self::Exists(Operand::Literal(Value::Bool(value))) => Ok(*value),
            Self::Exists(_) => Err(Stop::Unfit),
        }
    }
}

impl Comparison {
    fn prepare(comparison: &WrittenComparison, written: &str) -> Result<Self, Unprepared> {
        Ok(Self {
            left: Operand::prepare(&comparison.left, written)?,
            comparator: comparison.comparator,
            right: Operand::prepare(&comparison.right, written)?,
        })
    }

    fn test(&self, current: &Value, evaluation: &Evaluation<'_>) -> Result<bool, Stop> {
        let left = self.left.value(current, evaluation)?;
        let right = self.right.value(current, evaluation)?;
        let (left, right) = (left.as_deref(), right.as_deref());
        if self.comparator == Comparator::Matches {
            return self.matches(left, right, evaluation);
        }
        let is = |wanted: fn(std::cmp::Ordering) -> bool| {
            Ok(left.zip(right).and_then(|(left, right)| order(left, right)).is_some_and(wanted))
        };
        match self.comparator {
            Comparator::Equal => same(left, right, evaluation),
            Comparator::NotEqual => Ok(!same(left, right, evaluation)?),
            Comparator::Identical => identical(left, right, evaluation),
            Comparator::NotIdentical => Ok(!identical(left, right, evaluation)?),
            Comparator::Less => is(std::cmp::Ordering::is_lt),
            Comparator::LessOrEqual => is(std::cmp::Ordering::is_le),
            Comparator::Greater => is(std::cmp::Ordering::is_gt),
            Comparator::GreaterOrEqual => is(std::cmp::Ordering::is_ge),
            Comparator::In => list(right).and_then(|list| contains(list, left, evaluation)),
            Comparator::NotIn => list(right).and_then(|list| Ok(!contains(list, left, evaluation)?)),
            Comparator::SubsetOf => of_lists(left, right, evaluation, Quantity::All),
            Comparator::AnyOf => of_lists(left, right, evaluation, Quantity::Any),
            Comparator::NoneOf => of_lists(left, right, evaluation, Quantity::None),
            Comparator::All => of_lists(right, left, evaluation, Quantity::All),
            Comparator::Contains => match (left, right) {
                (Some(Value::String(text)), Some(Value::String(part))) => {
                    evaluation.budget.spend(text.len() / 64)?;
                    Ok(text.contains(part.as_str()))
                }
                (Some(Value::Array(elements)), part) => contains(elements, part, evaluation),
                _ => Ok(false),
            },
            Comparator::Size => Ok(match right {
                Some(Value::Number(size)) => length(left).is_some_and(|length| size.as_f64() == Some(length)),
                _ => false,
            }),
            Comparator::Empty => Ok(match right {
                Some(Value::Bool(empty)) => length(left).is_some_and(|length| (length == 0.0) == *empty),
                _ => false,
            }),
            Comparator::Matches => Ok(false),
        }
    }

    /// `=~`, whose expression may stand on either side.
    fn matches(
        &self,
        left: Option<&Value>,
        right: Option<&Value>,
        evaluation: &Evaluation<'_>,
    ) -> Result<bool, Stop> {
        let (regex, value) = match (&self.left, &self.right) {
            (Operand::Regex(_), Operand::Regex(_)) => return Ok(false),
            (_, Operand::Regex(regex)) => (regex, left),
            (Operand::Regex(regex), _) => (regex, right),
            _ => return Ok(false),
        };
        let test = |value: Option<&Value>| -> Result<bool, Stop> {
            match value {
                Some(Value::String(text)) => {
                    evaluation.budget.spend(text.len() / 64)?;
                    Ok(regex.is_match(text))
                }
                Some(value @ (Value::Number(_) | Value::Bool(_))) => Ok(regex.is_match(&value.to_string())),
                // what has no text of its own counts as an empty one
                _ => Ok(regex.is_match("")),
            }
        };
        match value {
            Some(Value::Array(elements)) => {
                for element in elements {
                    if test(Some(element))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            value => test(value),
        }
    }
}

/// Nothing equals what is missing.
fn same(left: Option<&Value>, right: Option<&Value>, evaluation: &Evaluation<'_>) -> Result<bool, Stop> {
    let (Some(left), Some(right)) = (left, right) else { return Ok(false) };
    evaluation.budget.spend_on(left)?;
    Ok(equal(left, right))
}

/// `===`: equal, and of one type.
fn identical(left: Option<&Value>, right: Option<&Value>, evaluation: &Evaluation<'_>) -> Result<bool, Stop> {
    let of_one_type = left
        .zip(right)
        .is_some_and(|(left, right)| std::mem::discriminant(left) == std::mem::discriminant(right));
    Ok(of_one_type && same(left, right, evaluation)?)
}

/// The elements of a list; of other JSON there are none, and a missing list is unfit.
fn list(value: Option<&Value>) -> Result<&[Value], Stop> {
    match value {
        Some(Value::Array(elements)) => Ok(elements),
        Some(Value::Object(_)) => Ok(&[]),
        _ => Err(Stop::Unfit),
    }
}

fn contains(elements: &[Value], value: Option<&Value>, evaluation: &Evaluation<'_>) -> Result<bool, Stop> {
    for element in elements {
        evaluation.budget.spend(1)?;
        if same(value, Some(element), evaluation)? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[derive(Clone, Copy, PartialEq)]
enum Quantity {
    All,
    Any,
    None,
}

/// Whether all, some or none of the elements of one list are in the other.
fn of_lists(
    part: Option<&Value>,
    whole: Option<&Value>,
    evaluation: &Evaluation<'_>,
    quantity: Quantity,
) -> Result<bool, Stop> {
    let part = list(part)?;
    let whole = list(whole)?;
    for element in part {
        let found = contains(whole, Some(element), evaluation)?;
        match quantity {
            Quantity::All if !found => return Ok(false),
            Quantity::Any if found => return Ok(true),
            Quantity::None if found => return Ok(false),
            _ => {}
        }
    }
    Ok(quantity != Quantity::Any)
}

/// How many characters, elements or fields there are.
#[allow(clippy::cast_precision_loss, reason = "no payload has 2^52 elements")]
fn length(value: Option<&Value>) -> Option<f64> {
    match value {
        Some(Value::String(text)) => Some(text.encode_utf16().count() as f64),
        Some(Value::Array(elements)) => Some(elements.len() as f64),
        Some(Value::Object(fields)) => Some(fields.len() as f64),
        _ => None,
    }
}
