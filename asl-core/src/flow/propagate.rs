//! Values that need no variable: constants, other names for what has one, and what is used once.

use std::collections::{BTreeMap, BTreeSet};

use super::circles::circles;
use super::control::INPUT;
use super::graph::{Edge, Graph, NodeId};
use super::local::Local;
use super::tree::{
    Values, count_uses, each_local, is_cheap, is_deep, is_literal, is_pure, names_state, put, variable,
};
use crate::syntax::jsonata::Expression;

/// Puts values where locals stand, wherever that costs nothing.
///
/// Only what is set in a single place is looked at. Since it has a value wherever it is used, what its value is made
/// of is still the same there, if that too is set in a single place.
pub(super) fn propagate(graph: &mut Graph) {
    loop {
        let mut facts = Facts::default();
        facts.read(graph, &Scope::default());
        let values = facts.round();
        if values.is_empty() {
            return;
        }
        put_everywhere(graph, &values);
    }
}

fn put_everywhere(graph: &mut Graph, values: &Values) {
    graph.each_edge_mut(&mut |edge| {
        for set in &mut edge.sets {
            set.retain(|(local, _)| !values.contains_key(local));
        }
        edge.sets.retain(|set| !set.is_empty());
    });
    graph.each_edge_mut(&mut |edge| {
        edge.sets.iter_mut().flatten().for_each(|(_, value)| *value = put(value, values));
    });
    for node in &mut graph.nodes {
        node.each_own_tree_mut(&mut |tree| *tree = put(tree, values));
        node.each_scope_mut(&mut |scope| put_everywhere(scope, values));
    }
}

/// Which scope a place is in.
#[derive(Clone, Default, PartialEq, Eq)]
struct Scope {
    /// The nodes that lead to it, from the outermost.
    nodes: Vec<(NodeId, usize)>,
    /// How many of them are distributed maps.
    distributed: usize,
}

/// Where something stands: the scope, and the loop in it.
#[derive(Clone, PartialEq, Eq)]
struct Place {
    scope: Scope,
    /// The nodes that go in a circle with this one; none if it is done once.
    circle: Option<usize>,
}

#[derive(Default)]
struct Facts {
    defined: BTreeMap<Local, Vec<(Expression, Place)>>,
    used: BTreeMap<Local, (usize, Vec<Place>)>,
    /// Locals that stand in trees into which nothing more is put.
    in_deep: BTreeSet<Local>,
}

impl Facts {
    fn read(&mut self, graph: &Graph, scope: &Scope) {
        let circles = circles(graph);
        let outside = Place { scope: scope.clone(), circle: None };
        self.edge(&graph.entry, &outside);
        for (id, node) in graph.nodes.iter().enumerate() {
            let place = Place { scope: scope.clone(), circle: circles[id] };
            node.each_edge(&mut |edge| self.edge(edge, &place));
            node.each_own_tree(&mut |tree| self.uses(tree, &place));
            for (index, inner) in node.scopes().enumerate() {
                let mut inside = scope.clone();
                inside.nodes.push((id, index));
                if let Some(map) = node.map() {
                    inside.distributed += usize::from(map.distributed.is_some());
                    let place = Place { scope: inside.clone(), circle: None };
                    for local in std::iter::once(&map.item).chain(&map.index) {
                        let given = (variable(INPUT), place.clone());
                        self.defined.entry(local.clone()).or_default().push(given);
                    }
                }
                self.read(inner, &inside);
            }
        }
    }

    fn edge(&mut self, edge: &Edge, place: &Place) {
        for (local, value) in edge.sets.iter().flatten() {
            self.defined.entry(local.clone()).or_default().push((value.clone(), place.clone()));
            self.uses(value, place);
        }
    }

    fn uses(&mut self, tree: &Expression, place: &Place) {
        let mut uses = BTreeMap::new();
        count_uses(tree, &mut uses);
        if is_deep(tree) {
            self.in_deep.extend(uses.keys().cloned());
        }
        for (local, count) in uses {
            let (total, places) = self.used.entry(local).or_default();
            *total += count;
            places.push(place.clone());
        }
    }

    /// Values that can be put at once: none is made of another.
    fn round(&self) -> Values {
        let mut values = Values::new();
        let mut involved: BTreeSet<Local> = BTreeSet::new();
        for (local, definitions) in &self.defined {
            let [(value, place)] = definitions.as_slice() else { continue };
            let mut made_of = BTreeSet::new();
            each_local(value, &mut |part| {
                made_of.insert(part);
            });
            if involved.contains(local) || made_of.iter().any(|part| values.contains_key(part)) {
                continue;
            }
            if self.can_be_put(local, value, &made_of, place) {
                involved.extend(made_of);
                values.insert(local.clone(), value.clone());
            }
        }
        values
    }

    fn can_be_put(
        &self,
        local: &Local,
        value: &Expression,
        made_of: &BTreeSet<Local>,
        place: &Place,
    ) -> bool {
        let Some((count, places)) = self.used.get(local) else { return false };
        if is_literal(value) {
            return true;
        }
        let is_made_of_fixed = made_of
            .iter()
            .all(|part| part != local && self.defined.get(part).is_some_and(|all| all.len() == 1));
        if is_deep(value)
            || self.in_deep.contains(local)
            || !is_made_of_fixed
            || !is_pure(value)
            || names_state(value)
        {
            return false;
        }
        // what a distributed map takes from outside is handed to it, so it should be the value itself
        if places.iter().any(|use_| use_.scope.distributed != place.scope.distributed) {
            return false;
        }
        is_cheap(value) || (*count == 1 && places.iter().all(|use_| use_ == place || use_.is_once_in(place)))
    }
}

impl Place {
    /// Whether this is done at most as often as the other.
    fn is_once_in(&self, other: &Self) -> bool {
        self.scope == other.scope && self.circle.is_none()
    }
}
