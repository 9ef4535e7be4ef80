//! Which locals are needed where.

use std::collections::BTreeSet;

use super::graph::{Edge, Graph, Node};
use super::local::Local;
use super::tree::each_local;
use crate::syntax::jsonata::Expression;

/// The locals that are needed where a node begins.
pub(super) type Live = Vec<BTreeSet<Local>>;

/// What each node of the scope needs.
pub(super) fn live(graph: &Graph) -> Live {
    let mut live: Live = vec![BTreeSet::new(); graph.nodes.len()];
    let order = graph.order();
    let mut is_stable = false;
    while !is_stable {
        is_stable = true;
        for &node in order.iter().rev() {
            let needed = needed_at(&graph.nodes[node], &live);
            if needed != live[node] {
                live[node] = needed;
                is_stable = false;
            }
        }
    }
    live
}

fn needed_at(node: &Node, live: &Live) -> BTreeSet<Local> {
    let mut needed = BTreeSet::new();
    node.each_edge(&mut |edge| needed.extend(before(edge, live)));
    node.each_own_tree(&mut |tree| add(tree, &mut needed));
    for scope in node.scopes() {
        needed.extend(taken(scope));
    }
    needed
}

/// What is needed before an edge's sets.
pub(super) fn before(edge: &Edge, live: &Live) -> BTreeSet<Local> {
    let mut needed = live[edge.target].clone();
    edge.output.iter().for_each(|output| add(output, &mut needed));
    for set in edge.sets.iter().rev() {
        let mut used = BTreeSet::new();
        for (local, value) in set {
            if needed.contains(local) {
                add(value, &mut used);
            }
        }
        for (local, _) in set {
            needed.remove(local);
        }
        needed.extend(used);
    }
    needed
}

/// What a scope takes from around it.
pub(super) fn taken(scope: &Graph) -> BTreeSet<Local> {
    before(&scope.entry, &live(scope))
}

fn add(tree: &Expression, needed: &mut BTreeSet<Local>) {
    each_local(tree, &mut |local| {
        needed.insert(local);
    });
}
