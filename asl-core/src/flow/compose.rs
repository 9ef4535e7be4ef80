//! What sets on one edge come to: values at once, as `Assign` takes them.

use std::collections::BTreeMap;

use super::graph::Set;
use super::local::{Local, Locals};
use super::resolve::Definitions;
use super::tree::{count_uses, is_pure, size};
use crate::syntax::jsonata::{Expression, Kind};

/// So many nodes at most do the values of one Assign have, where they come from several sets: each value is computed
/// for itself, so what several are made of is written several times. What is larger is assigned in steps.
pub(super) const LARGEST: usize = 4_000;

/// What sets come to.
pub(super) struct Composed {
    /// The values, computed from what was before the first set.
    pub(super) values: Set,
    /// Whether something that may be evaluated once only stands in several places.
    pub(super) is_torn: bool,
    /// Whether the values would be too large; then there are none.
    pub(super) is_large: bool,
}

/// The values that the wanted locals have after the sets. Work is repeated where a value that several others are made
/// of is wanted too.
pub(super) fn compose(sets: &[Set], wanted: &dyn Fn(&Local) -> bool, locals: &mut Locals) -> Composed {
    let kept = needed(sets, wanted);
    let definitions = Definitions::of(&kept);
    let limit = if kept.len() > 1 { LARGEST } else { usize::MAX };
    let mut left = limit;
    let mut values = Set::new();
    for local in definitions.set_last().filter(|local| wanted(local)) {
        let value = definitions.put_within(&local.expression(), left, locals);
        let Some(value) = value.filter(|value| limit == usize::MAX || size(value) <= left) else {
            return Composed { values: Set::new(), is_torn: true, is_large: true };
        };
        if limit < usize::MAX {
            left -= size(&value);
        }
        values.push((local.clone(), value));
    }
    let is_torn = is_torn(&kept, &values);
    // a local that is set to itself needs no assignment
    let values = values.into_iter().filter(|(local, value)| *value != local.expression()).collect();
    Composed { values, is_torn, is_large: false }
}

/// The value of a tree behind the sets, computed from what was before the first.
pub(super) fn behind(sets: &[Set], value: &Expression, locals: &mut Locals) -> Expression {
    let mut read = BTreeMap::new();
    count_uses(value, &mut read);
    let kept = needed(sets, &|local| read.contains_key(local));
    Definitions::of(&kept).put(value, locals)
}

/// How many nodes the values of sets have together.
pub(super) fn size_of(sets: &[Set]) -> usize {
    sets.iter().flatten().map(|(_, value)| size(value)).sum()
}

/// The sets without what does not lead to a wanted value.
pub(super) fn needed(sets: &[Set], wanted: &dyn Fn(&Local) -> bool) -> Vec<Set> {
    // what is known of a place between sets, where it is not what is wanted behind them
    let mut known: BTreeMap<Local, bool> = BTreeMap::new();
    let mut kept = Vec::new();
    for set in sets.iter().rev() {
        let is_needed = |local: &Local| known.get(local).copied().unwrap_or_else(|| wanted(local));
        let set: Set = set.iter().filter(|(local, _)| is_needed(local)).cloned().collect();
        known.extend(set.iter().map(|(local, _)| (local.clone(), false)));
        let mut uses = BTreeMap::new();
        for (_, value) in &set {
            count_uses(value, &mut uses);
        }
        known.extend(uses.into_keys().map(|local| (local, true)));
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
