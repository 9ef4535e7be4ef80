//! Jumps, taken out of a graph: what sets stand on the way come onto the edges.

use super::compose::{LARGEST, size_of};
use super::fault::{Fault, FaultKind};
use super::graph::{Edge, Graph, NodeId, NodeKind};

/// Leads each edge to a node that is a state, here and in scopes inside.
pub(super) fn thread(graph: &mut Graph, faults: &mut Vec<Fault>) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| thread(scope, faults));
    }
    keep_heavy_joins(graph);
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

/// Makes a Pass, for now, of a jump that several lead to and from which much is set: else each of them would set it.
fn keep_heavy_joins(graph: &mut Graph) {
    let mut arrivals = vec![0_usize; graph.nodes.len()];
    let mut jumps = Vec::new();
    let mut seen = vec![false; graph.nodes.len()];
    let mut open = vec![graph.entry.target];
    arrivals[graph.entry.target] += 1;
    while let Some(node) = open.pop() {
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        let mut arrive = |target: NodeId| {
            arrivals[target] += 1;
            open.push(target);
        };
        match &graph.nodes[node].kind {
            NodeKind::Jump { target, .. } => {
                jumps.push(node);
                target.iter().copied().for_each(arrive);
            }
            _ => graph.nodes[node].each_edge(&mut |edge| arrive(edge.target)),
        }
    }
    let mut sizes = vec![None; graph.nodes.len()];
    for node in jumps {
        let mut chain = Vec::new();
        let mut next = Some(node);
        while let Some(jump) = next
            && sizes[jump].is_none()
            && let NodeKind::Jump { target, .. } = &graph.nodes[jump].kind
        {
            // a chain that comes back to itself is a fault, which is found later
            sizes[jump] = Some(0);
            chain.push(jump);
            next = *target;
        }
        let mut size = next.and_then(|next| sizes[next]).unwrap_or_default();
        for jump in chain.into_iter().rev() {
            let NodeKind::Jump { sets, target: Some(target) } = &graph.nodes[jump].kind else { continue };
            size += size_of(sets);
            let is_heavy = size > HEAVIEST || size.saturating_mul(arrivals[jump]) > LARGEST;
            if arrivals[jump] > 1 && is_heavy {
                graph.nodes[jump].kind = NodeKind::Pass(Edge::with(sets.clone(), *target));
                size = 0;
            }
            sizes[jump] = Some(size);
        }
    }
}

/// So many nodes at most do sets have that stand again on each of the edges that meet.
pub(super) const HEAVIEST: usize = 500;

/// Takes away the Passes that a single edge leads to: it sets what they do.
pub(super) fn pass_through(graph: &mut Graph) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut pass_through);
    }
    let arrivals = graph.arrivals();
    let passes: Vec<Option<Edge>> = (0..graph.nodes.len())
        .map(|node| match &graph.nodes[node].kind {
            NodeKind::Pass(edge) if arrivals[node] == 1 && edge.target != node => Some(edge.clone()),
            _ => None,
        })
        .collect();
    graph.each_edge_mut(&mut |edge| lead_on(edge, &passes));
    sweep(graph);
}

/// Leads an edge past the nodes that go on in one way only. What comes back to itself stays: a loop that does nothing.
pub(super) fn lead_on(edge: &mut Edge, ways: &[Option<Edge>]) {
    if ways[edge.target].is_none() {
        return;
    }
    let before = edge.clone();
    let mut steps = 0;
    while let Some(next) = &ways[edge.target] {
        if steps == ways.len() {
            *edge = before;
            return;
        }
        steps += 1;
        edge.sets.extend(next.sets.iter().cloned());
        edge.target = next.target;
    }
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
