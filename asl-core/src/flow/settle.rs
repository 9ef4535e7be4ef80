//! The last step before states are written: each edge gets the one `Assign` that it becomes.

use std::collections::BTreeSet;

use super::compose::{behind, compose, needed};
use super::graph::{Edge, Graph, NO_PLACE, Node, NodeId, NodeKind, Set};
use super::liveness::{Live, before_all, live};
use super::local::{Local, Locals};
use super::program::Name;
use super::tree::{is_pure, names_state};
use super::trim::{Uses, trimmed};
use super::unread::is_unread;
use crate::syntax::jsonata::Expression;

/// Leaves at most one set on each edge, with what is needed later; not on those to the end of the scope, whose sets
/// go into the output.
pub(super) fn settle(graph: &mut Graph, uses: &Uses, locals: &mut Locals) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| settle(scope, uses, locals));
    }
    split(graph, locals);
    let live = live(graph);
    let ends: Vec<Option<Expression>> = graph.nodes.iter().map(returned).collect();
    let Some(end) = ends.iter().position(Option::is_some) else {
        graph.each_edge_mut(&mut |edge| settle_edge(edge, &live, uses, locals));
        return;
    };
    graph.each_edge_mut(&mut |edge| match &ends[edge.target] {
        Some(value) => {
            edge.output = (!is_unread(value)).then(|| behind(&edge.sets, value, locals));
            edge.sets.clear();
            edge.target = end;
        }
        None => settle_edge(edge, &live, uses, locals),
    });
    graph.nodes[end].kind = NodeKind::Succeed(None);
    give_alone(graph, end);
}

fn settle_edge(edge: &mut Edge, live: &Live, uses: &Uses, locals: &mut Locals) {
    let values = compose(&edge.sets, &|local| live.contains(edge.target, local), locals).values;
    let set: Vec<_> = values
        .into_iter()
        .map(|(local, value)| {
            let value = trimmed(uses, &local, value);
            (local, value)
        })
        .collect();
    edge.sets = if set.is_empty() { Vec::new() } else { vec![set] };
}

fn returned(node: &Node) -> Option<Expression> {
    match &node.kind {
        NodeKind::Return(value) => Some(value.clone()),
        _ => None,
    }
}

/// Where a single edge leads to the end, the end itself computes the output, if it can.
fn give_alone(graph: &mut Graph, end: NodeId) {
    let mut alone: Vec<&mut Option<Expression>> = Vec::new();
    let mut others = 0;
    if graph.entry.target == end {
        alone.push(&mut graph.entry.output);
    }
    for node in &mut graph.nodes {
        match &mut node.kind {
            NodeKind::Choice { rules, default } => {
                let edges = rules.iter_mut().map(|(_, edge)| edge).chain(default);
                alone.extend(edges.filter(|edge| edge.target == end).map(|edge| &mut edge.output));
            }
            NodeKind::Effect(effect) => {
                others += effect.catchers.iter().filter(|(_, edge)| edge.target == end).count();
            }
            _ => {}
        }
    }
    if let ([output], 0) = (alone.as_mut_slice(), others) {
        let output = output.take();
        graph.nodes[end].kind = NodeKind::Succeed(output);
    }
}

/// Puts Passes on edges where something that may be computed once only would be computed again, and where values
/// would be too large.
fn split(graph: &mut Graph, locals: &mut Locals) {
    let live = live(graph);
    let ends: Vec<bool> = graph.nodes.iter().map(|node| returned(node).is_some()).collect();
    let sources: Vec<_> = graph.nodes.iter().map(|node| node.source).collect();
    let mut passes = Vec::new();
    graph.each_edge_mut(&mut |edge| {
        if edge.sets.len() < 2 {
            return;
        }
        let sets = std::mem::take(&mut edge.sets);
        let mut parts = in_parts(sets, live.at(edge.target), ends[edge.target], locals);
        let first = parts.pop().unwrap_or_default();
        let source = sources[edge.target];
        for part in parts {
            passes.push((Edge::with(part, edge.target), source));
            edge.target = sources.len() + passes.len() - 1;
        }
        edge.sets = first;
    });
    for (edge, source) in passes {
        graph.nodes.push(Node { kind: NodeKind::Pass(edge), name: Name::Automatic, source, place: NO_PLACE });
    }
}

/// The sets in parts that can each be one Assign, the last part first.
fn in_parts(sets: Vec<Set>, wanted: BTreeSet<Local>, is_end: bool, locals: &mut Locals) -> Vec<Vec<Set>> {
    let mut wanted = wanted;
    let mut parts: Vec<Vec<Set>> = Vec::new();
    let mut open = vec![sets];
    while let Some(part) = open.pop() {
        let mut part = needed(&part, &|local| wanted.contains(local));
        let composed = compose(&part, &|local| wanted.contains(local), locals);
        // what only the state before has is taken where it is left
        let names = |set: &Set| set.iter().any(|(_, value)| names_state(value));
        let first = part.iter().rposition(names).map_or(1, |last| last + 1);
        let at = if composed.is_large {
            first.max(part.len() / 2)
        } else if composed.is_torn && !(is_end && parts.is_empty()) {
            let is_impure = |set: &Set| set.iter().any(|(_, value)| !is_pure(value));
            part.iter().position(is_impure).map_or(0, |impure| first.max(impure + 1))
        } else {
            0
        };
        if (1..part.len()).contains(&at) {
            let rest = part.split_off(at);
            open.extend([part, rest]);
        } else {
            wanted = before_all(&Edge::with(part.clone(), 0), wanted);
            parts.push(part);
        }
    }
    parts
}
