//! Trees of leaves: what they use, what they cost, and putting values in.

use std::collections::{BTreeMap, BTreeSet};

use super::fold::folded;
use super::local::Local;
use crate::syntax::jsonata::{Argument, Expression, Item, Kind, Pair, SortTerm};

/// Values for locals.
pub(super) type Values = BTreeMap<Local, Expression>;

pub(super) fn tree(kind: Kind) -> Expression {
    Expression::new(kind, 0..0)
}

pub(super) fn variable(name: &str) -> Expression {
    tree(Kind::Variable(name.to_owned()))
}

pub(super) fn text(text: &str) -> Expression {
    tree(Kind::String(text.to_owned()))
}

/// `base.a.b`.
pub(super) fn path(base: Expression, names: &[&str]) -> Expression {
    let mut steps = match base.kind {
        Kind::Path(steps) => steps,
        _ => vec![base],
    };
    steps.extend(names.iter().map(|name| tree(Kind::Name((*name).to_owned()))));
    tree(Kind::Path(steps))
}

/// `{'name': value}`.
pub(super) fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Expression)>) -> Expression {
    tree(Kind::Object(fields.into_iter().map(|(name, value)| Pair { key: text(name), value }).collect()))
}

/// Functions that give another value each time.
const IMPURE: [&str; 5] = ["uuid", "random", "now", "millis", "shuffle"];

/// Whether it matters how often and when the tree is evaluated.
pub(super) fn is_pure(expression: &Expression) -> bool {
    let mut pure = true;
    expression.walk(&mut |part, _| {
        if let Kind::Variable(name) = &part.kind {
            pure &= !IMPURE.contains(&name.as_str());
        }
    });
    pure
}

/// How many nodes the tree has.
pub(super) fn size(expression: &Expression) -> usize {
    let mut nodes = 0;
    expression.walk(&mut |_, _| nodes += 1);
    nodes
}

/// Whether many trees stand inside each other; found out without recursion.
pub(super) fn is_deep(expression: &Expression) -> bool {
    let mut open = vec![(expression, 1)];
    while let Some((part, depth)) = open.pop() {
        if depth > DEEPEST {
            return true;
        }
        open.extend(part.children().map(|child| (child.expression, depth + 1)));
    }
    false
}

/// Beyond this, values are not put into each other any more.
const DEEPEST: usize = 80;

/// Whether evaluating the tree twice costs nothing worth a variable.
pub(super) fn is_cheap(expression: &Expression) -> bool {
    let mut calls = 0;
    expression.walk(&mut |part, _| {
        calls += usize::from(matches!(
            part.kind,
            Kind::Call { .. } | Kind::Filter { .. } | Kind::Sort { .. } | Kind::GroupBy { .. }
        ));
    });
    is_pure(expression) && calls == 0 && size(expression) <= 7
}

/// Whether the tree says nothing but a constant.
pub(super) fn is_literal(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::String(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Null => true,
        Kind::Negate(inner) => matches!(inner.kind, Kind::Number(_)),
        _ => false,
    }
}

/// Whether a tree names what only one state has: its input, its result, the error that it ended with.
pub(super) fn names_state(tree: &Expression) -> bool {
    let mut names = false;
    tree.walk(&mut |part, _| {
        if let Kind::Variable(name) = &part.kind {
            names |= name.starts_with('#') || name == "states";
        }
    });
    names
}

/// How often each local stands in the tree; in the body of a function, more than once.
pub(super) fn count_uses(expression: &Expression, uses: &mut BTreeMap<Local, usize>) {
    count_in(expression, 1, uses);
}

fn count_in(expression: &Expression, weight: usize, uses: &mut BTreeMap<Local, usize>) {
    if let Kind::Variable(name) = &expression.kind
        && let Some(local) = Local::of_key(name)
    {
        *uses.entry(local).or_default() += weight;
    }
    for child in expression.children() {
        let repeats = matches!(expression.kind, Kind::Lambda { .. })
            || child.context == crate::syntax::jsonata::Context::Inner;
        count_in(child.expression, if repeats { weight.max(2) } else { weight }, uses);
    }
}

/// The locals that the tree reads; not those that it binds itself, which no other tree has, and which are bound before
/// they are read.
pub(super) fn each_local(expression: &Expression, visit: &mut impl FnMut(Local)) {
    let mut bound = BTreeSet::new();
    expression.walk(&mut |part, _| match &part.kind {
        Kind::Bind { variable, .. } => {
            bound.insert(variable.name.clone());
        }
        Kind::Variable(name) if !bound.contains(name) => {
            Local::of_key(name).into_iter().for_each(&mut *visit);
        }
        _ => {}
    });
}

/// The tree with other trees in the place of some variables: how leaves that were read from code get their locals.
///
/// ```
/// use asl_core::flow::{Locals, with_variables};
/// use asl_core::syntax::jsonata::Expression;
/// let user = Locals::new().local("user");
/// let leaf = Expression::parse_strict("$uppercase($user.name)").unwrap();
/// let leaf = with_variables(&leaf, |name| (name == "user").then(|| user.expression()));
/// assert_eq!(leaf.to_string(), "$uppercase($user#0.name)");
/// ```
#[must_use]
pub fn with_variables(leaf: &Expression, of: impl Fn(&str) -> Option<Expression>) -> Expression {
    replace(leaf, &of)
}

/// The tree with other trees in the place of some variables.
pub(super) fn replace(expression: &Expression, of: &impl Fn(&str) -> Option<Expression>) -> Expression {
    if let Kind::Variable(name) = &expression.kind {
        return of(name).unwrap_or_else(|| expression.clone());
    }
    let replaced = map_children(expression, &mut |child| replace(child, of));
    simplified(grouped(expression, spliced(expression, replaced)))
}

/// The first step of a path would be read as a field's name, if a text came to stand for a variable there.
fn grouped(before: &Expression, mut after: Expression) -> Expression {
    if let (Kind::Path(before), Kind::Path(steps)) = (&before.kind, &mut after.kind)
        && let (Some(Kind::Variable(_)), Some(first)) =
            (before.first().map(|step| &step.kind), steps.first_mut())
        && is_literal(first)
    {
        *first = tree(Kind::Block(vec![first.clone()]));
    }
    after
}

/// `[$list]` is the items of the list, but `[[1]]` a list in a list: a list that came to stand for a variable gives its
/// items (JSONata, array constructors).
fn spliced(before: &Expression, after: Expression) -> Expression {
    let (Kind::Array(before), Kind::Array(after)) = (&before.kind, &after.kind) else { return after };
    let mut items = Vec::with_capacity(after.len());
    for (before, after) in before.iter().zip(after) {
        match (before, after) {
            (Item::Value(before), Item::Value(Expression { kind: Kind::Array(inner), .. }))
                if !matches!(before.kind, Kind::Array(_)) =>
            {
                items.extend(inner.iter().cloned());
            }
            _ => items.push(after.clone()),
        }
    }
    tree(Kind::Array(items))
}

/// The tree with values in the place of locals.
pub(super) fn put(expression: &Expression, values: &Values) -> Expression {
    if values.is_empty() {
        return expression.clone();
    }
    replace(expression, &|name| values.get(&Local::of_key(name)?).cloned())
}

/// What a substitution may have left: a path in a path, and a field of an object that stands there.
fn simplified(expression: Expression) -> Expression {
    let Kind::Path(mut steps) = expression.kind else { return folded(expression) };
    loop {
        match &steps[0].kind {
            Kind::Path(inner) => {
                let mut all = inner.clone();
                all.extend(steps.drain(1..));
                steps = all;
            }
            Kind::Object(pairs) if steps.len() > 1 => {
                let Kind::Name(name) = &steps[1].kind else { break };
                let is_this = |pair: &&Pair| matches!(&pair.key.kind, Kind::String(key) if key == name);
                if !pairs.iter().all(|pair| matches!(pair.key.kind, Kind::String(_))) {
                    break;
                }
                let Some(value) = pairs.iter().find(is_this).map(|pair| pair.value.clone()) else { break };
                // a text as the first of several steps would be read as a name
                if steps.len() > 2 && matches!(value.kind, Kind::String(_)) {
                    break;
                }
                steps.splice(0..2, [value]);
            }
            _ => break,
        }
    }
    match steps.len() {
        1 => steps.remove(0),
        _ => tree(Kind::Path(steps)),
    }
}

/// The tree with other parts.
pub(super) fn map_children(
    expression: &Expression,
    change: &mut dyn FnMut(&Expression) -> Expression,
) -> Expression {
    let mut boxed = |inner: &Expression| Box::new(change(inner));
    let kind = match &expression.kind {
        Kind::Path(steps) => Kind::Path(steps.iter().map(|step| *boxed(step)).collect()),
        Kind::Filter { target, predicate } => {
            Kind::Filter { target: boxed(target), predicate: boxed(predicate) }
        }
        Kind::KeepArray(target) => Kind::KeepArray(boxed(target)),
        Kind::Sort { target, terms } => Kind::Sort {
            target: boxed(target),
            terms: terms
                .iter()
                .map(|term| SortTerm { by: *boxed(&term.by), descending: term.descending })
                .collect(),
        },
        Kind::GroupBy { target, pairs } => {
            Kind::GroupBy { target: boxed(target), pairs: map_pairs(pairs, &mut boxed) }
        }
        Kind::Focus { target, variable } => Kind::Focus { target: boxed(target), variable: variable.clone() },
        Kind::Index { target, variable } => Kind::Index { target: boxed(target), variable: variable.clone() },
        Kind::Array(items) => Kind::Array(
            items
                .iter()
                .map(|item| match item {
                    Item::Value(value) => Item::Value(*boxed(value)),
                    Item::Range { first, last } => Item::Range { first: *boxed(first), last: *boxed(last) },
                })
                .collect(),
        ),
        Kind::Object(pairs) => Kind::Object(map_pairs(pairs, &mut boxed)),
        Kind::Block(parts) => Kind::Block(parts.iter().map(|part| *boxed(part)).collect()),
        Kind::Bind { variable, value } => Kind::Bind { variable: variable.clone(), value: boxed(value) },
        Kind::Lambda { parameters, signature, body } => {
            Kind::Lambda { parameters: parameters.clone(), signature: signature.clone(), body: boxed(body) }
        }
        Kind::Call { function, arguments } => Kind::Call {
            function: boxed(function),
            arguments: arguments
                .iter()
                .map(|argument| match argument {
                    Argument::Value(value) => Argument::Value(*boxed(value)),
                    Argument::Placeholder(span) => Argument::Placeholder(span.clone()),
                })
                .collect(),
        },
        Kind::Negate(inner) => Kind::Negate(boxed(inner)),
        Kind::Binary { operator, left, right } => {
            Kind::Binary { operator: *operator, left: boxed(left), right: boxed(right) }
        }
        Kind::Condition { condition, then, otherwise } => Kind::Condition {
            condition: boxed(condition),
            then: boxed(then),
            otherwise: otherwise.as_ref().map(|otherwise| boxed(otherwise)),
        },
        Kind::Default { value, default } => Kind::Default { value: boxed(value), default: boxed(default) },
        Kind::Coalesce { value, default } => Kind::Coalesce { value: boxed(value), default: boxed(default) },
        Kind::Transform { pattern, update, delete } => Kind::Transform {
            pattern: boxed(pattern),
            update: boxed(update),
            delete: delete.as_ref().map(|delete| boxed(delete)),
        },
        Kind::String(_)
        | Kind::Number(_)
        | Kind::Boolean(_)
        | Kind::Null
        | Kind::Regex(_)
        | Kind::Name(_)
        | Kind::Variable(_)
        | Kind::Context
        | Kind::Root
        | Kind::Wildcard
        | Kind::Descendants
        | Kind::Parent
        | Kind::Invalid => return expression.clone(),
    };
    tree(kind)
}

fn map_pairs(pairs: &[Pair], boxed: &mut dyn FnMut(&Expression) -> Box<Expression>) -> Vec<Pair> {
    pairs.iter().map(|pair| Pair { key: *boxed(&pair.key), value: *boxed(&pair.value) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, list: &str, expected: &str) {
        let (tree, list) = (Expression::parse_strict(code).unwrap(), Expression::parse_strict(list).unwrap());
        let put = replace(&tree, &|name| (name == "list").then(|| list.clone()));
        assert_eq!(put.to_string(), expected);
    }

    #[test]
    fn a_list_gives_its_items_where_its_variable_did() {
        check("['', [$list]]", "[]", "['', []]");
        check("[$list, 3]", "[1, [2]]", "[1, [2], 3]");
        check("[$list, [$list]]", "[1..3]", "[1..3, [1..3]]");
        check("[{'a': $list}.a]", "[1]", "[1]");
        check("[[$list]]", "$other", "[[$other]]");
    }
}
