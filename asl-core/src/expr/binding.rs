//! Names inside an expression: `$_name := …` and the parameters of functions.
//!
//! While an expression is built its bound variables carry names that no finished tree has (`item~7`). When the body is
//! complete each gets the plainest name that nothing in the body has. All begin with `_`, so that they never are the
//! name of a workflow variable.

use std::cell::Cell;

use crate::syntax::jsonata::{Argument, Expression, Item, Kind, Pair, SortTerm, Word};

use super::tree::{filter, is_atomic, node, variable};

thread_local! {
    static NEXT: Cell<u64> = const { Cell::new(0) };
}

/// A name that no tree has yet.
pub(super) fn placeholder() -> String {
    let number = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    format!("~{number}")
}

/// Names a value within `body`, unless it may as well stand there itself.
///
/// A value with an effect of its own (a random number, the time) is evaluated once, whatever the body does.
pub(crate) fn bind(hint: &str, value: Expression, body: impl FnOnce(Expression) -> Expression) -> Expression {
    if is_atomic(&value) {
        return body(value);
    }
    let name = placeholder();
    let body = body(variable(name.clone()));
    bound(hint, &name, value, body)
}

/// A body in which a value has a name that [`placeholder`] made.
pub(super) fn bound(hint: &str, name: &str, value: Expression, body: Expression) -> Expression {
    if is_atomic(&value) {
        return replace(body, name, &value);
    }
    match uses(&body, name) {
        Uses::None if !is_volatile(&value) => body,
        Uses::Once if !is_volatile(&value) => replace(body, name, &value),
        _ => {
            let chosen = free_name(hint, &[&value, &body]);
            let body = replace(body, name, &variable(chosen.clone()));
            let binding = node(Kind::Bind { variable: word(chosen), value: Box::new(value) });
            let mut parts = vec![binding];
            match body.kind {
                Kind::Block(inner) => parts.extend(inner),
                _ => parts.push(body),
            }
            node(Kind::Block(parts))
        }
    }
}

/// `function($_a, $_b){ body }`, with a parameter for each hint; the last ones are left out if they are not used.
pub(super) fn lambda<const N: usize>(
    hints: [&str; N],
    body: impl FnOnce([Expression; N]) -> Expression,
) -> Expression {
    let (names, body) = opened(body);
    closed(hints, names, body)
}

/// The function of a body in which the parameters have names that [`placeholder`] made.
pub(super) fn closed<const N: usize>(hints: [&str; N], names: [String; N], body: Expression) -> Expression {
    function(hints, names, body, 1)
}

/// A step of `$reduce`, which refuses a function of one parameter.
pub(super) fn step(hints: [&str; 2], body: impl FnOnce([Expression; 2]) -> Expression) -> Expression {
    let (names, body) = opened(body);
    closed_step(hints, names, body)
}

/// The step of a body in which the parameters have names that [`placeholder`] made.
pub(super) fn closed_step<const N: usize>(
    hints: [&str; N],
    names: [String; N],
    body: Expression,
) -> Expression {
    function(hints, names, body, 2)
}

fn opened<const N: usize>(body: impl FnOnce([Expression; N]) -> Expression) -> ([String; N], Expression) {
    let names: [String; N] = std::array::from_fn(|_| placeholder());
    let body = body(names.each_ref().map(|name| variable(name.clone())));
    (names, body)
}

fn function<const N: usize>(
    hints: [&str; N],
    names: [String; N],
    mut body: Expression,
    least: usize,
) -> Expression {
    let mut parameters: Vec<Word> = Vec::with_capacity(N);
    let mut used = 0;
    for (place, (hint, name)) in hints.iter().zip(&names).enumerate() {
        if !matches!(uses(&body, name), Uses::None) {
            used = place + 1;
        }
        let taken: Vec<Expression> = parameters.iter().map(|word| variable(word.name.clone())).collect();
        let chosen = free_name(hint, &taken.iter().chain([&body]).collect::<Vec<_>>());
        body = replace(body, name, &variable(chosen.clone()));
        parameters.push(word(chosen));
    }
    parameters.truncate(used.max(least));
    node(Kind::Lambda { parameters, signature: None, body: Box::new(body) })
}

fn word(name: String) -> Word {
    Word { name, span: 0..0 }
}

/// `_hint`, with a number if that is taken in one of the trees.
fn free_name(hint: &str, trees: &[&Expression]) -> String {
    let mut taken = Vec::new();
    for tree in trees {
        tree.walk(&mut |part, _| match &part.kind {
            Kind::Variable(name) => taken.push(name.as_str()),
            Kind::Bind { variable, .. } => taken.push(&variable.name),
            Kind::Lambda { parameters, .. } => taken.extend(parameters.iter().map(|word| word.name.as_str())),
            _ => {}
        });
    }
    let plain = format!("_{}", hint.trim_start_matches('_'));
    let numbered = (2_u64..).map(|number| format!("{plain}{number}"));
    std::iter::once(plain.clone())
        .chain(numbered)
        .find(|name| !taken.contains(&name.as_str()))
        .unwrap_or(plain)
}

enum Uses {
    None,
    /// Once, and not in a function that may be called more than once.
    Once,
    Many,
}

fn uses(tree: &Expression, name: &str) -> Uses {
    fn count(tree: &Expression, name: &str, in_function: bool, found: &mut usize) {
        if matches!(&tree.kind, Kind::Variable(variable) if variable == name) {
            *found += if in_function { 2 } else { 1 };
        }
        let in_function = in_function || matches!(tree.kind, Kind::Lambda { .. });
        for child in tree.children() {
            count(child.expression, name, in_function, found);
        }
    }
    let mut found = 0;
    count(tree, name, false, &mut found);
    match found {
        0 => Uses::None,
        1 => Uses::Once,
        _ => Uses::Many,
    }
}

/// Whether two evaluations may differ.
fn is_volatile(tree: &Expression) -> bool {
    let mut volatile = false;
    tree.walk(&mut |part, _| {
        volatile |= matches!(part.called_function(), Some("uuid" | "random" | "now" | "millis" | "shuffle"));
    });
    volatile
}

/// Puts a tree in place of each use of a variable. The trees have no bound name in common.
pub(super) fn replace(tree: Expression, name: &str, with: &Expression) -> Expression {
    if let Kind::Variable(variable) = &tree.kind {
        return if variable == name { with.clone() } else { tree };
    }
    map_parts(tree, &mut |part| replace(part, name, with))
}

fn map_parts(tree: Expression, change: &mut dyn FnMut(Expression) -> Expression) -> Expression {
    let kind = match tree.kind {
        Kind::Filter { target, predicate } => return filter(change(*target), change(*predicate)),
        Kind::KeepArray(target) => Kind::KeepArray(Box::new(change(*target))),
        Kind::Focus { target, variable } => Kind::Focus { target: Box::new(change(*target)), variable },
        Kind::Index { target, variable } => Kind::Index { target: Box::new(change(*target)), variable },
        Kind::Bind { variable, value } => Kind::Bind { variable, value: Box::new(change(*value)) },
        Kind::Lambda { parameters, signature, body } => {
            Kind::Lambda { parameters, signature, body: Box::new(change(*body)) }
        }
        Kind::Negate(operand) => Kind::Negate(Box::new(change(*operand))),
        Kind::Binary { operator, left, right } => {
            Kind::Binary { operator, left: Box::new(change(*left)), right: Box::new(change(*right)) }
        }
        Kind::Default { value, default } => {
            Kind::Default { value: Box::new(change(*value)), default: Box::new(change(*default)) }
        }
        Kind::Coalesce { value, default } => {
            Kind::Coalesce { value: Box::new(change(*value)), default: Box::new(change(*default)) }
        }
        Kind::Condition { condition, then, otherwise } => Kind::Condition {
            condition: Box::new(change(*condition)),
            then: Box::new(change(*then)),
            otherwise: otherwise.map(|otherwise| Box::new(change(*otherwise))),
        },
        Kind::Transform { pattern, update, delete } => Kind::Transform {
            pattern: Box::new(change(*pattern)),
            update: Box::new(change(*update)),
            delete: delete.map(|delete| Box::new(change(*delete))),
        },
        Kind::Path(steps) => Kind::Path(join_paths(steps.into_iter().map(&mut *change))),
        Kind::Block(parts) => Kind::Block(parts.into_iter().map(&mut *change).collect()),
        Kind::Sort { target, terms } => {
            let target = Box::new(change(*target));
            let terms = terms.into_iter();
            Kind::Sort { target, terms: terms.map(|term| SortTerm { by: change(term.by), ..term }).collect() }
        }
        Kind::GroupBy { target, pairs } => {
            let target = Box::new(change(*target));
            Kind::GroupBy { target, pairs: map_pairs(pairs, change) }
        }
        Kind::Object(pairs) => Kind::Object(map_pairs(pairs, change)),
        Kind::Array(items) => Kind::Array(
            items
                .into_iter()
                .map(|item| match item {
                    Item::Value(value) => Item::Value(change(value)),
                    Item::Range { first, last } => Item::Range { first: change(first), last: change(last) },
                })
                .collect(),
        ),
        Kind::Call { function, arguments } => {
            let function = Box::new(change(*function));
            let arguments = arguments.into_iter().map(|argument| match argument {
                Argument::Value(value) => Argument::Value(change(value)),
                placeholder @ Argument::Placeholder(_) => placeholder,
            });
            Kind::Call { function, arguments: arguments.collect() }
        }
        leaf => leaf,
    };
    Expression::new(kind, tree.span)
}

fn map_pairs(pairs: Vec<Pair>, change: &mut dyn FnMut(Expression) -> Expression) -> Vec<Pair> {
    pairs.into_iter().map(|pair| Pair { key: change(pair.key), value: change(pair.value) }).collect()
}

/// A path at the start of a path is part of it.
fn join_paths(steps: impl Iterator<Item = Expression>) -> Vec<Expression> {
    let mut joined = Vec::new();
    for (place, step) in steps.enumerate() {
        match step.kind {
            Kind::Path(inner) if place == 0 => joined.extend(inner),
            _ => joined.push(step),
        }
    }
    joined
}
