//! Parts of trees, each made in one place so that its trap is handled in one place.

use crate::syntax::jsonata::{Argument, BinaryOperator, Expression, Item, Kind, Pair};

use super::data::{Array, Shape};

pub(crate) fn node(kind: Kind) -> Expression {
    Expression::new(kind, 0..0)
}

pub(super) fn null() -> Expression {
    node(Kind::Null)
}

pub(super) fn boolean(value: bool) -> Expression {
    node(Kind::Boolean(value))
}

pub(crate) fn string(text: impl Into<String>) -> Expression {
    node(Kind::String(text.into()))
}

/// A number; what JSON has no number for is null, as serde writes it.
pub(super) fn number(value: f64) -> Expression {
    if !value.is_finite() {
        null()
    } else if value < 0.0 {
        node(Kind::Negate(Box::new(node(Kind::Number(-value)))))
    } else {
        node(Kind::Number(value.abs()))
    }
}

pub(super) fn variable(name: impl Into<String>) -> Expression {
    node(Kind::Variable(name.into()))
}

pub(crate) fn binary(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    node(Kind::Binary { operator, left: Box::new(left), right: Box::new(right) })
}

/// A call of a function of JSONata, by its name without `$`.
pub(crate) fn call(name: &str, arguments: impl IntoIterator<Item = Expression>) -> Expression {
    let arguments = arguments.into_iter().map(Argument::Value).collect();
    node(Kind::Call { function: Box::new(variable(name)), arguments })
}

pub(crate) fn condition(test: Expression, then: Expression, otherwise: Expression) -> Expression {
    match test.kind {
        Kind::Boolean(true) => then,
        Kind::Boolean(false) => otherwise,
        _ => node(Kind::Condition {
            condition: Box::new(test),
            then: Box::new(then),
            otherwise: Some(Box::new(otherwise)),
        }),
    }
}

pub(super) fn and(left: Expression, right: Expression) -> Expression {
    match (&left.kind, &right.kind) {
        (Kind::Boolean(true), _) => right,
        (Kind::Boolean(false), _) | (_, Kind::Boolean(true)) => left,
        _ => binary(BinaryOperator::And, left, right),
    }
}

pub(super) fn or(left: Expression, right: Expression) -> Expression {
    match (&left.kind, &right.kind) {
        (Kind::Boolean(false), _) => right,
        (Kind::Boolean(true), _) | (_, Kind::Boolean(false)) => left,
        _ => binary(BinaryOperator::Or, left, right),
    }
}

pub(super) fn not(test: Expression) -> Expression {
    match test.kind {
        Kind::Boolean(value) => boolean(!value),
        _ => call("not", [test]),
    }
}

pub(crate) fn equal(left: Expression, right: Expression) -> Expression {
    binary(BinaryOperator::Equal, left, right)
}

/// Whether there is a value: neither null nor missing.
///
/// A comparison with something missing is false, also `!=`; so one comparison says both.
pub(super) fn is_present(value: Expression) -> Expression {
    match value.kind {
        Kind::Null => boolean(false),
        Kind::String(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Array(_) | Kind::Object(_) => {
            boolean(true)
        }
        _ => binary(BinaryOperator::NotEqual, value, null()),
    }
}

/// An optional value that is null where it is missing, as it was before: both are none where it is read.
pub(super) fn unsettled(value: &Expression) -> &Expression {
    match &value.kind {
        Kind::Condition { condition, then, otherwise: Some(otherwise) }
            if otherwise.kind == Kind::Null && **condition == is_present((**then).clone()) =>
        {
            then
        }
        _ => value,
    }
}

/// A field of an object.
pub(crate) fn field(base: &Expression, name: &str) -> Expression {
    let mut steps = match &base.kind {
        Kind::Path(steps) => steps.clone(),
        _ => vec![base.clone()],
    };
    steps.push(node(Kind::Name(name.into())));
    node(Kind::Path(steps))
}

/// An element of an array.
pub(super) fn element(base: &Expression, index: Expression) -> Expression {
    match &base.kind {
        // within objects a path has one value at each step, so that the index may stand at the last
        Kind::Path(steps) if steps.last().is_some_and(|last| matches!(last.kind, Kind::Name(_))) => {
            let mut steps = steps.clone();
            let last = steps.pop().unwrap_or_else(null);
            steps.push(filter(last, index));
            node(Kind::Path(steps))
        }
        Kind::Variable(_) | Kind::Array(_) => filter(base.clone(), index),
        _ => filter(node(Kind::Block(vec![base.clone()])), index),
    }
}

/// `target[predicate]`; the part itself, of a tuple that is written out.
pub(super) fn filter(target: Expression, predicate: Expression) -> Expression {
    if let Kind::Array(items) = &target.kind
        && let Some(part) = part_of_tuple(items, &predicate)
    {
        return part.clone();
    }
    node(Kind::Filter { target: Box::new(target), predicate: Box::new(predicate) })
}

/// The element at a place of a tuple that is written out.
fn part_of_tuple<'a>(items: &'a [Item], place: &Expression) -> Option<&'a Expression> {
    let Kind::Number(place) = place.kind else { return None };
    // around a single value the brackets may join what is in them; see `flat`
    if items.len() < 2 {
        return None;
    }
    // a range, or a part that may be an array, moves those after it
    let mut values = Vec::new();
    for item in items {
        match item {
            Item::Value(value) if !matches!(value.kind, Kind::Condition { .. }) => values.push(value),
            _ => return None,
        }
    }
    (0_u32..).zip(values).find(|(index, _)| (f64::from(*index) - place).abs() < 0.5).map(|(_, value)| value)
}

pub(crate) fn object<K: Into<String>>(pairs: impl IntoIterator<Item = (K, Expression)>) -> Expression {
    let pairs = pairs.into_iter().map(|(key, value)| Pair { key: string(key), value }).collect();
    node(Kind::Object(pairs))
}

pub(super) fn empty_object() -> Expression {
    node(Kind::Object(Vec::new()))
}

/// The fields of all objects; of two with the same name the last one counts.
pub(crate) fn merge(objects: impl IntoIterator<Item = Expression>) -> Expression {
    call("merge", [flat(objects)])
}

/// An object of one field, whose name is computed.
pub(super) fn entry(key: Expression, value: Expression) -> Expression {
    node(Kind::Object(vec![Pair { key, value }]))
}

/// An array of these values, each an element even if it is an array.
///
/// JSONata puts the elements of an array that stands in an array constructor into the outer array, unless the inner
/// one is a constructor too: `[$a]` has the elements of `$a`, `[[$a]]` has one, `$a`.
pub(super) fn array(values: impl IntoIterator<Item = Expression>, shape: Shape) -> Expression {
    node(Kind::Array(values.into_iter().map(|value| Item::Value(one(value, shape.array))).collect()))
}

fn one(value: Expression, is_array: Array) -> Expression {
    match (&value.kind, is_array) {
        (
            Kind::Array(_)
            | Kind::String(_)
            | Kind::Number(_)
            | Kind::Negate(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Object(_),
            _,
        )
        | (_, Array::Never) => value,
        (_, Array::Always) => flat([value]),
        (_, Array::Perhaps) => super::binding::bind("value", value, |value| {
            let is_array = equal(call("type", [value.clone()]), string("array"));
            condition(is_array, flat([flat([value.clone()])]), value)
        }),
    }
}

/// An array constructor: arrays among the values are joined.
///
/// Around one call it makes of a sequence an array: nothing gives `[]`, and one value an array of one.
pub(super) fn flat(values: impl IntoIterator<Item = Expression>) -> Expression {
    node(Kind::Array(values.into_iter().map(Item::Value).collect()))
}

/// All integers from the first to the last, both included.
pub(super) fn range(first: Expression, last: Expression) -> Expression {
    node(Kind::Array(vec![Item::Range { first, last }]))
}

/// Whether reading it again costs nothing worth a name: a variable, fields of one, a literal.
pub(super) fn is_atomic(tree: &Expression) -> bool {
    match &tree.kind {
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Variable(_)
        | Kind::Name(_) => true,
        Kind::Negate(inner) => matches!(inner.kind, Kind::Number(_)),
        Kind::Path(steps) => steps.iter().all(is_atomic),
        Kind::Filter { target, predicate } => is_atomic(target) && matches!(predicate.kind, Kind::Number(_)),
        // a small tuple is taken apart where it is used
        Kind::Array(items) => {
            items.len() <= 4
                && items.iter().all(|item| matches!(item, Item::Value(value) if is_atomic(value)))
        }
        _ => false,
    }
}

/// Whether it has a value whatever the data are.
pub(super) fn is_never_missing(tree: &Expression) -> bool {
    match &tree.kind {
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Array(_)
        | Kind::Object(_)
        | Kind::Negate(_)
        | Kind::Binary { .. } => true,
        Kind::Condition { condition, then, otherwise: Some(otherwise) } => {
            (is_never_missing(then) || is_tested(condition, then)) && is_never_missing(otherwise)
        }
        Kind::Block(parts) => parts.last().is_some_and(is_never_missing),
        Kind::Call { .. } => tree.called_function() == Some("merge"),
        _ => false,
    }
}

/// `value != null ? value`, also where more is asked.
pub(super) fn is_tested(condition: &Expression, value: &Expression) -> bool {
    match &condition.kind {
        Kind::Binary { operator: BinaryOperator::NotEqual, left, right } => {
            right.kind == Kind::Null && **left == *value
        }
        Kind::Binary { operator: BinaryOperator::And, left, right } => {
            is_tested(left, value) || is_tested(right, value)
        }
        _ => false,
    }
}

/// The value as it may be stored: null where it would be missing.
pub(super) fn settled(value: Expression, shape: Shape) -> Expression {
    if !shape.may_be_missing || is_never_missing(&value) {
        return value;
    }
    super::binding::bind("value", value, |value| condition(is_present(value.clone()), value, null()))
}
