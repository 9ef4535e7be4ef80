//! The last step before states are written: each edge gets the one `Assign` that it becomes.

use std::collections::BTreeSet;

use super::compose::{behind, compose};
use super::graph::{Edge, Graph, Node, NodeId, NodeKind};
use super::liveness::live;
use super::local::{Local, Locals};
use super::program::Name;
use super::tree::is_pure;
use super::trim::{Uses, trimmed};
use crate::syntax::jsonata::Expression;

/// Leaves at most one set on each edge, with what is needed later; not on those to the end of the scope, whose sets
/// go into the output.
pub(super) fn settle(graph: &mut Graph, uses: &Uses, locals: &mut Locals) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| settle(scope, uses, locals));
    }
    while split_one(graph, locals) {}
    let live = live(graph);
    let ends: Vec<Option<Expression>> = graph.nodes.iter().map(returned).collect();
    let Some(end) = ends.iter().position(Option::is_some) else {
        graph.each_edge_mut(&mut |edge| settle_edge(edge, &live[edge.target], uses, locals));
        return;
    };
    graph.each_edge_mut(&mut |edge| match &ends[edge.target] {
        Some(value) => {
            edge.output = Some(behind(&edge.sets, value, locals));
            edge.sets.clear();
            edge.target = end;
        }
        None => settle_edge(edge, &live[edge.target], uses, locals),
    });
    graph.nodes[end].kind = NodeKind::Succeed(None);
    give_alone(graph, end);
}

fn settle_edge(edge: &mut Edge, needed: &BTreeSet<Local>, uses: &Uses, locals: &mut Locals) {
    let values = compose(&edge.sets, needed, locals).values;
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

/// Puts a Pass on an edge where something that may be computed once only would be computed again.
fn split_one(graph: &mut Graph, locals: &mut Locals) -> bool {
    let live = live(graph);
    let fresh = graph.nodes.len();
    let mut split = None;
    let ends: Vec<bool> = graph.nodes.iter().map(|node| returned(node).is_some()).collect();
    graph.each_edge_mut(&mut |edge| {
        if split.is_some() || ends[edge.target] || !compose(&edge.sets, &live[edge.target], locals).is_torn {
            return;
        }
        let Some(first) = edge.sets.iter().position(|set| set.iter().any(|(_, value)| !is_pure(value)))
        else {
            return;
        };
        let rest = edge.sets.split_off(first + 1);
        if !rest.is_empty() {
            split = Some(Edge::with(rest, edge.target));
            edge.target = fresh;
        }
    });
    let Some(rest) = split else { return false };
    let source = graph.nodes[rest.target].source;
    graph.nodes.push(Node { kind: NodeKind::Pass(rest), name: Name::Automatic, source });
    true
}
