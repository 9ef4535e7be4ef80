//! Jumps, taken out of a graph: what sets stand on the way come onto the edges.

use super::fault::{Fault, FaultKind};
use super::graph::{Edge, Graph, NodeKind};

/// Leads each edge to a node that is a state, here and in scopes inside.
pub(super) fn thread(graph: &mut Graph, faults: &mut Vec<Fault>) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| thread(scope, faults));
    }
    let before = graph.clone();
    // unreachable nodes may hold edges that lead nowhere
    let mut open = vec![follow(&before, &mut graph.entry, faults)];
    let mut seen = vec![false; graph.nodes.len()];
    while let Some(node) = open.pop() {
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        graph.nodes[node].each_edge_mut(&mut |edge| open.push(follow(&before, edge, faults)));
    }
    forget(graph, &seen);
}

/// Takes away the nodes that nothing leads to any more.
pub(super) fn sweep(graph: &mut Graph) {
    let mut seen = vec![false; graph.nodes.len()];
    graph.order().into_iter().for_each(|node| seen[node] = true);
    forget(graph, &seen);
}

/// Takes away what is not reached, and names the rest anew.
fn forget(graph: &mut Graph, seen: &[bool]) {
    let mut kept = 0;
    let places: Vec<usize> = seen
        .iter()
        .map(|seen| {
            kept += usize::from(*seen);
            kept.saturating_sub(1)
        })
        .collect();
    let mut is_kept = seen.iter();
    graph.nodes.retain(|_| is_kept.next().is_some_and(|seen| *seen));
    graph.each_edge_mut(&mut |edge| edge.target = places.get(edge.target).copied().unwrap_or_default());
}

fn follow(before: &Graph, edge: &mut Edge, faults: &mut Vec<Fault>) -> usize {
    let mut steps = 0;
    while let NodeKind::Jump { sets, target } = &before.nodes[edge.target].kind {
        steps += 1;
        let Some(target) = target.filter(|_| steps <= before.nodes.len()) else {
            let source = before.nodes[edge.target].source;
            let fault = Fault { source, kind: FaultKind::EmptyLoop };
            if !faults.contains(&fault) {
                faults.push(fault);
            }
            return edge.target;
        };
        edge.sets.extend(sets.iter().filter(|set| !set.is_empty()).cloned());
        edge.target = target;
    }
    edge.target
}
