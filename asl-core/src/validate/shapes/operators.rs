//! What JSONata operators and functions give of numbers, booleans, arrays and objects that are known.

use std::rc::Rc;

use crate::syntax::jsonata::{Argument, BinaryOperator, Expression, Item, Kind};

use super::arithmetic;
use super::expression::{Outcome, States};
use super::reading::Reading;
use super::shape::{Array, Object, Shape};

impl Reading<'_> {
    pub(super) fn binary(
        &self,
        operator: BinaryOperator,
        left: &Expression,
        right: &Expression,
        states: &States,
    ) -> Outcome {
        match operator {
            BinaryOperator::Concatenate => Outcome::Value(Shape::string()),
            BinaryOperator::And | BinaryOperator::Or => {
                let sides = [left, right].map(|side| self.boolean(side, states));
                Outcome::Value(connected(operator, sides).map_or_else(Shape::boolean, Shape::exact_boolean))
            }
            BinaryOperator::Add | BinaryOperator::Subtract => {
                self.numbers(left, right, states, |left, right| {
                    let is_sum = operator == BinaryOperator::Add;
                    Some(Shape::exact_number(if is_sum { left + right } else { left - right }))
                })
            }
            _ => self.numbers(left, right, states, |left, right| {
                holds(operator, left, right).map(Shape::exact_boolean)
            }),
        }
    }

    /// What comes of two numbers, if both are known; of nothing comes nothing.
    fn numbers(
        &self,
        left: &Expression,
        right: &Expression,
        states: &States,
        result: impl FnOnce(f64, f64) -> Option<Shape>,
    ) -> Outcome {
        let (left, right) = (self.outcome(left, states), self.outcome(right, states));
        let is_certain = matches!((&left, &right), (Outcome::Value(_), Outcome::Value(_)));
        let numbers = left.only_number().zip(right.only_number());
        match numbers.and_then(|(left, right)| result(left, right)) {
            Some(shape) if is_certain => Outcome::Value(shape),
            Some(shape) => Outcome::Maybe(shape),
            None => Outcome::UNKNOWN,
        }
    }

    fn boolean(&self, expression: &Expression, states: &States) -> Option<bool> {
        let shape = self.outcome(expression, states).certain()?;
        let types = shape.types().filter(|types| types.count() == 1)?;
        types.boolean.only().copied()
    }

    /// What a call of a function gives.
    pub(super) fn function(&self, call: &Expression, arguments: &[Argument], states: &States) -> Outcome {
        let given = |place: usize| match arguments.get(place) {
            Some(Argument::Value(value)) => self.outcome(value, states).certain(),
            Some(Argument::Placeholder(_)) | None => None,
        };
        let result = || match (call.called_function()?, arguments) {
            ("range", [_, _, _]) => Some(Shape::array(arithmetic::range(&given(0)?, &given(1)?, &given(2)?))),
            ("partition", [_, _]) => Some(Shape::array(arithmetic::parts(&given(0)?, &given(1)?))),
            // of what is no array there is one
            ("count", [_]) => given(0)?.length().map(arithmetic::number),
            ("not", [Argument::Value(value)]) => {
                self.boolean(value, states).map(|flag| Shape::exact_boolean(!flag))
            }
            ("merge", [Argument::Value(Expression { kind: Kind::Array(objects), .. })]) => {
                self.merged_objects(objects, states)
            }
            _ => None,
        };
        result().map_or(Outcome::UNKNOWN, Outcome::Value)
    }

    /// The fields of objects that stand in an array; those of later ones win.
    fn merged_objects(&self, objects: &[Item], states: &States) -> Option<Shape> {
        let empty = Object::closed(&Rc::clone(&self.origin));
        let merged = objects.iter().try_fold(empty, |merged, item| {
            let Item::Value(value) = item else { return None };
            // an array among them would have its elements merged
            let shape = self.outcome(value, states).certain()?;
            let object = shape.types().filter(|types| types.count() == 1)?.object.as_ref()?.clone();
            Some(merged.merge(&object))
        });
        merged.map(Shape::object)
    }

    /// An array. The elements of arrays that stand in it are spread, if they do not come from an array written there.
    pub(super) fn items(&self, items: &[Item], states: &States) -> Outcome {
        let element = |item: &Item| match item {
            Item::Value(value) if is_itself(value) => self.outcome(value, states).certain(),
            Item::Value(_) | Item::Range { .. } => None,
        };
        let elements: Option<Vec<Shape>> = items.iter().map(element).collect();
        let lengths = items.iter().map(|item| self.length_of_item(item, states));
        let length = lengths.sum();
        Outcome::Value(
            elements.map_or_else(
                || Shape::array(Array::Each { element: Shape::UNKNOWN, length }),
                Shape::elements,
            ),
        )
    }

    /// How many elements one entry of an array comes to.
    fn length_of_item(&self, item: &Item, states: &States) -> Option<u64> {
        match item {
            Item::Range { first, last } => {
                let (first, last) = (self.outcome(first, states), self.outcome(last, states));
                arithmetic::length_of_literal_range(first.only_number()?, last.only_number()?)
            }
            Item::Value(value) => {
                let shape = self.outcome(value, states).certain()?;
                let has_array = shape.types()?.array.is_some();
                if is_itself(value) || !has_array { Some(1) } else { shape.length() }
            }
        }
    }
}

/// Whether what an expression gives is one element of the array around it, even if it is an array.
fn is_itself(expression: &Expression) -> bool {
    !matches!(expression.kind, Kind::Path(_) | Kind::Variable(_) | Kind::Block(_) | Kind::Call { .. })
}

/// What `and` and `or` come to, if that is known.
fn connected(operator: BinaryOperator, sides: [Option<bool>; 2]) -> Option<bool> {
    let decides = operator == BinaryOperator::Or;
    match sides {
        [Some(flag), _] | [_, Some(flag)] if flag == decides => Some(decides),
        [Some(_), Some(other)] => Some(other),
        _ => None,
    }
}

/// What a comparison of two numbers comes to.
#[expect(clippy::float_cmp, reason = "the language compares numbers exactly")]
fn holds(operator: BinaryOperator, left: f64, right: f64) -> Option<bool> {
    match operator {
        BinaryOperator::Equal => Some(left == right),
        BinaryOperator::NotEqual => Some(left != right),
        BinaryOperator::Less => Some(left < right),
        BinaryOperator::AtMost => Some(left <= right),
        BinaryOperator::Greater => Some(left > right),
        BinaryOperator::AtLeast => Some(left >= right),
        _ => None,
    }
}
