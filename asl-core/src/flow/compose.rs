//! What sets on one edge come to: values at once, as `Assign` takes them.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Set;
use super::local::{Local, Locals};
use super::tree::{Values, count_uses, is_cheap, is_literal, is_pure, put, tree};
use super::trim::Uses;
use crate::syntax::jsonata::{Expression, Kind, Pair, Word};

/// What sets come to.
pub(super) struct Composed {
    /// The values, computed from what was before the first set.
    pub(super) values: Set,
    /// Whether something that may be evaluated once only stands in several places.
    pub(super) is_torn: bool,
}

/// The values that these locals have after the sets. Work is repeated where a value that several others are made of
/// is wanted too.
pub(super) fn compose(sets: &[Set], wanted: &BTreeSet<Local>, locals: &mut Locals) -> Composed {
    let kept = needed(sets, wanted);
    let mut values = Values::new();
    let mut order: Vec<Local> = Vec::new();
    for set in &kept {
        let new: Vec<(Local, Expression)> =
            set.iter().map(|(local, value)| (local.clone(), with_values(value, &values, locals))).collect();
        for (local, value) in new {
            order.retain(|other| *other != local);
            order.push(local.clone());
            values.insert(local, value);
        }
    }
    let values: Set = order
        .into_iter()
        .filter(|local| wanted.contains(local))
        .filter_map(|local| values.remove(&local).map(|value| (local, value)))
        .collect();
    let is_torn = is_torn(&kept, &values);
    // a local that is set to itself needs no assignment
    let values = values.into_iter().filter(|(local, value)| *value != local.expression()).collect();
    Composed { values, is_torn }
}

/// The value of a tree behind the sets, computed from what was before the first.
pub(super) fn behind(sets: &[Set], value: &Expression, locals: &mut Locals) -> Expression {
    let mut value = value.clone();
    for set in sets.iter().rev() {
        let values: Values = set.iter().cloned().collect();
        value = with_values(&value, &values, locals);
    }
    value
}

/// The tree with values in it: what is no small matter and stands in it several times is computed once.
pub(super) fn with_values(value: &Expression, values: &Values, locals: &mut Locals) -> Expression {
    let mut uses = BTreeMap::new();
    count_uses(value, &mut uses);
    let mut direct = Values::new();
    let mut bound = Vec::new();
    for (local, count) in uses {
        let Some(of_local) = values.get(&local) else { continue };
        if count == 1 || is_literal(of_local) || is_cheap(of_local) || is_taken_apart(value, &local, of_local)
        {
            direct.insert(local, of_local.clone());
        } else {
            let once = locals.local(local.name());
            let variable = Word { name: once.key(), span: 0..0 };
            bound.push(tree(Kind::Bind { variable, value: Box::new(of_local.clone()) }));
            direct.insert(local, once.expression());
        }
    }
    let inner = put(value, &direct);
    if bound.is_empty() {
        return inner;
    }
    bound.push(inner);
    tree(Kind::Block(bound))
}

/// Whether only fields of an object are used, and each costs nothing.
fn is_taken_apart(value: &Expression, local: &Local, of_local: &Expression) -> bool {
    let Kind::Object(pairs) = &of_local.kind else { return false };
    let uses = Uses::in_tree(value);
    uses.fields(local).is_some_and(|fields| {
        fields.iter().all(|field| {
            let is_this = |pair: &&Pair| matches!(&pair.key.kind, Kind::String(key) if key == field);
            pairs.iter().find(is_this).is_some_and(|pair| is_cheap(&pair.value))
        })
    })
}

/// The sets without what does not lead to a wanted value.
fn needed(sets: &[Set], wanted: &BTreeSet<Local>) -> Vec<Set> {
    let mut live = wanted.clone();
    let mut kept = Vec::new();
    for set in sets.iter().rev() {
        let set: Set = set.iter().filter(|(local, _)| live.contains(local)).cloned().collect();
        for (local, _) in &set {
            live.remove(local);
        }
        let mut uses = BTreeMap::new();
        for (_, value) in &set {
            count_uses(value, &mut uses);
        }
        live.extend(uses.into_keys());
        if !set.is_empty() {
            kept.push(set);
        }
    }
    kept.reverse();
    kept
}

/// Whether there are more places with something impure than there were.
fn is_torn(sets: &[Set], values: &Set) -> bool {
    let places = |value: &Expression| {
        let mut places = 0;
        value.walk(&mut |part, _| {
            places += usize::from(matches!(part.kind, Kind::Variable(_)) && !is_pure(part));
        });
        places
    };
    let before: usize = sets.iter().flatten().map(|(_, value)| places(value)).sum();
    let after: usize = values.iter().map(|(_, value)| places(value)).sum();
    after > before
}
