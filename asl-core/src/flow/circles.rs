//! Circles of a graph, and an order in which what follows comes first.

use super::graph::{Graph, NodeId};

/// The nodes that are reached, in groups: those of a group lead to each other. What a group leads to comes before it.
///
/// This is Tarjan's algorithm with a stack of its own, for a chain of states may be as long as a program.
pub(super) fn components(graph: &Graph) -> Vec<Vec<NodeId>> {
    let mut search = Search {
        found: vec![None; graph.nodes.len()],
        lowest: vec![0; graph.nodes.len()],
        is_open: vec![false; graph.nodes.len()],
        open: Vec::new(),
        count: 0,
        components: Vec::new(),
    };
    let mut path = vec![search.enter(graph, graph.entry.target)];
    while let Some((node, mut targets)) = path.pop() {
        if let Some(target) = targets.pop() {
            path.push((node, targets));
            match search.found[target] {
                None => path.push(search.enter(graph, target)),
                Some(found) if search.is_open[target] => {
                    search.lowest[node] = search.lowest[node].min(found);
                }
                Some(_) => {}
            }
            continue;
        }
        search.leave(node);
        if let Some((before, _)) = path.last() {
            search.lowest[*before] = search.lowest[*before].min(search.lowest[node]);
        }
    }
    search.components
}

struct Search {
    /// When a node was found, counted from 0.
    found: Vec<Option<usize>>,
    /// The earliest node that is known to be reached from each.
    lowest: Vec<usize>,
    /// Whether a node is found, and its group is not.
    is_open: Vec<bool>,
    open: Vec<NodeId>,
    count: usize,
    components: Vec<Vec<NodeId>>,
}

impl Search {
    /// Finds a node; gives it with what it leads to, the first last.
    fn enter(&mut self, graph: &Graph, node: NodeId) -> (NodeId, Vec<NodeId>) {
        self.found[node] = Some(self.count);
        self.lowest[node] = self.count;
        self.count += 1;
        self.is_open[node] = true;
        self.open.push(node);
        let mut targets = Vec::new();
        graph.nodes[node].each_edge(&mut |edge| targets.push(edge.target));
        targets.reverse();
        (node, targets)
    }

    fn leave(&mut self, node: NodeId) {
        if self.found[node] != Some(self.lowest[node]) {
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.open.pop() {
            self.is_open[member] = false;
            component.push(member);
            if member == node {
                break;
            }
        }
        self.components.push(component);
    }
}

/// For each node, a number that the nodes of its circle share; none if nothing leads from it back to it.
pub(super) fn circles(graph: &Graph) -> Vec<Option<usize>> {
    let mut circles = vec![None; graph.nodes.len()];
    for (number, component) in components(graph).iter().enumerate() {
        for &node in component {
            let mut is_circle = component.len() > 1;
            graph.nodes[node].each_edge(&mut |edge| is_circle |= edge.target == node);
            if is_circle {
                circles[node] = Some(number);
            }
        }
    }
    circles
}
