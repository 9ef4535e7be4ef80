//! Constants that meet when values are put in.

use super::tree::{is_literal, tree};
use crate::syntax::jsonata::{Argument, BinaryOperator, Expression, Kind};

/// From here on, sums of whole numbers are no longer exact.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// What an operation on constants gives; the operation where that is left to the service.
pub(super) fn folded(expression: Expression) -> Expression {
    let result = match &expression.kind {
        // what is left of it alone is no boolean yet, unless it is one anyway
        Kind::Binary { operator, left, right }
            if neutral(*operator).is_some_and(|holds| left.kind == Kind::Boolean(holds))
                && is_boolean(right) =>
        {
            Some(right.kind.clone())
        }
        Kind::Binary { operator, left, right } => of_two(*operator, &left.kind, &right.kind),
        Kind::Condition { condition, then, otherwise: Some(otherwise) } => match condition.kind {
            Kind::Boolean(holds) => Some(if holds { then.kind.clone() } else { otherwise.kind.clone() }),
            _ => None,
        },
        Kind::Call { function, arguments } => match &arguments[..] {
            [Argument::Value(argument)] => of_call(function, argument).map(Kind::Boolean),
            _ => None,
        },
        _ => None,
    };
    result.map_or(expression, tree)
}

/// What changes nothing at the left of the operator.
const fn neutral(operator: BinaryOperator) -> Option<bool> {
    match operator {
        BinaryOperator::And => Some(true),
        BinaryOperator::Or => Some(false),
        _ => None,
    }
}

fn is_exists(function: &Expression) -> bool {
    matches!(&function.kind, Kind::Variable(name) if name == "exists")
}

fn of_call(function: &Expression, argument: &Expression) -> Option<bool> {
    match (&function.kind, &argument.kind) {
        (Kind::Variable(name), Kind::Boolean(holds)) if name == "not" => Some(!holds),
        (_, Kind::Object(_) | Kind::Array(_)) if is_exists(function) => Some(true),
        _ if is_exists(function) && is_literal(argument) => Some(true),
        (_, Kind::Path(steps)) if is_exists(function) && is_nothing(steps) => Some(false),
        _ => None,
    }
}

/// Whether a constant is asked for a field that it has not, as in `('Free').by`.
fn is_nothing(steps: &[Expression]) -> bool {
    let [first, Expression { kind: Kind::Name(field), .. }, ..] = steps else { return false };
    match &first.kind {
        Kind::Block(parts) => matches!(&parts[..], [only] if is_literal(only)),
        Kind::Object(pairs) => {
            pairs.iter().all(|pair| matches!(&pair.key.kind, Kind::String(key) if key != field))
        }
        _ => false,
    }
}

/// Whether a tree is a boolean whatever it is made of; a comparison by order of what is missing is not.
fn is_boolean(tree: &Expression) -> bool {
    match &tree.kind {
        Kind::Boolean(_) => true,
        Kind::Binary { operator, .. } => {
            matches!(
                operator,
                BinaryOperator::And | BinaryOperator::Or | BinaryOperator::Equal | BinaryOperator::NotEqual
            )
        }
        Kind::Call { function, .. } => is_exists(function),
        _ => false,
    }
}

fn of_two(operator: BinaryOperator, left: &Kind, right: &Kind) -> Option<Kind> {
    use BinaryOperator::{
        Add, And, AtLeast, AtMost, Concatenate, Equal, Greater, Less, Multiply, NotEqual, Or, Subtract,
    };
    match (operator, left, right) {
        (Add, Kind::Number(left), Kind::Number(right)) => whole(*left, *right, left + right),
        (Subtract, Kind::Number(left), Kind::Number(right)) => whole(*left, *right, left - right),
        (Multiply, Kind::Number(left), Kind::Number(right)) => whole(*left, *right, left * right),
        (Less, Kind::Number(left), Kind::Number(right)) => Some(Kind::Boolean(left < right)),
        (AtMost, Kind::Number(left), Kind::Number(right)) => Some(Kind::Boolean(left <= right)),
        (Greater, Kind::Number(left), Kind::Number(right)) => Some(Kind::Boolean(left > right)),
        (AtLeast, Kind::Number(left), Kind::Number(right)) => Some(Kind::Boolean(left >= right)),
        (Concatenate, Kind::String(left), Kind::String(right)) => {
            Some(Kind::String(format!("{left}{right}")))
        }
        (And, left, Kind::Boolean(false)) if !calls(left) => Some(Kind::Boolean(false)),
        (Or, left, Kind::Boolean(true)) if !calls(left) => Some(Kind::Boolean(true)),
        (And, Kind::Boolean(false), _) => Some(Kind::Boolean(false)),
        (Or, Kind::Boolean(true), _) => Some(Kind::Boolean(true)),
        (Equal | NotEqual, left, right) => {
            let are_constant = is_literal(&tree(left.clone())) && is_literal(&tree(right.clone()));
            are_constant.then(|| Kind::Boolean((left == right) == (operator == Equal)))
        }
        _ => None,
    }
}

/// Whether a function is called, which may give another value each time, or fail.
fn calls(kind: &Kind) -> bool {
    let mut calls = false;
    tree(kind.clone()).walk(&mut |part, _| calls |= matches!(part.kind, Kind::Call { .. }));
    calls
}

/// A result that is exact: whole numbers of a size that doubles hold. The tree has no negative numbers.
fn whole(left: f64, right: f64, result: f64) -> Option<Kind> {
    let is_exact = |number: f64| number.fract() == 0.0 && number.abs() < LARGEST_WHOLE;
    if ![left, right, result].into_iter().all(is_exact) {
        return None;
    }
    let size = Kind::Number(result.abs());
    Some(if result < 0.0 { Kind::Negate(Box::new(tree(size))) } else { size })
}

#[cfg(test)]
mod tests {
    use super::super::tree::replace;
    use crate::syntax::jsonata::Expression;

    #[track_caller]
    fn check(code: &str, expected: &str) {
        let tree = Expression::parse_strict(code).unwrap();
        assert_eq!(replace(&tree, &|_| None).to_string(), expected);
    }

    #[test]
    fn constants_are_computed_where_the_result_is_exact() {
        check("0 + 1 + 2", "3");
        check("1 - 3", "-2");
        check("'a' & 'b' & $c", "'ab' & $c");
        check("1 = 1 ? $a : $b", "$a");
        check("0 < 3 ? 2 >= 3 : $b", "false");
        check("'a' != 'a' or $c", "false or $c");
        check("'a' != 'a' or $c = 1", "$c = 1");
        check("1 = 1 and $exists($c)", "$exists($c)");
        check("1 = 1 and $c < 1", "true and $c < 1");
        check("$not(1 = 1) or $exists({'a': $c}.b)", "false");
        check("$exists(('a').b) or $exists([$c])", "true");
        check("$a < 1 and 1 > 2", "false");
        check("$a < 1 or 1 < 2", "true");
    }

    #[test]
    fn what_may_fail_is_left() {
        check("$f($a) and 1 > 2", "$f($a) and false");
    }

    #[test]
    fn what_is_not_exact_is_left() {
        check("0.1 + 0.2", "0.1 + 0.2");
        check("9007199254740992 + 1", "9007199254740992 + 1");
        check("1 / 3", "1 / 3");
    }
}
