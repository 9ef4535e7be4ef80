//! The order in which states are written: that in which a person reads them.

use super::graph::{Graph, NodeId, NodeKind};

impl Graph {
    /// The states in the order of the source: a state before what follows it, all ways of a Choice before the state where
    /// they meet, what handles errors behind what comes without them. The end of the scope is last, if anything leads
    /// there by `Next`.
    pub(super) fn reading_order(&self) -> Vec<NodeId> {
        let is_end = |node: NodeId| matches!(self.nodes[node].kind, NodeKind::Succeed(_));
        let mut is_needed = is_end(self.entry.target);
        for node in &self.nodes {
            match &node.kind {
                NodeKind::Choice { .. } => node.each_edge(&mut |edge| is_needed |= is_end(edge.target)),
                NodeKind::Effect(effect) => {
                    is_needed |= effect.catchers.iter().any(|(_, edge)| is_end(edge.target));
                }
                _ => {}
            }
        }
        let (ends, mut order): (Vec<_>, Vec<_>) =
            self.followers_last().into_iter().partition(|node| is_end(*node));
        order.extend(ends.into_iter().filter(|_| is_needed));
        order
    }

    /// The nodes that are reached; what a node leads to comes after it, but for the ways back of loops.
    ///
    /// This is the reverse of the order in which a depth-first search leaves the nodes, if it takes what stands last in
    /// the source first.
    fn followers_last(&self) -> Vec<NodeId> {
        let mut seen = vec![false; self.nodes.len()];
        let mut left = Vec::new();
        seen[self.entry.target] = true;
        let mut path = vec![(self.entry.target, self.targets(self.entry.target))];
        while let Some((node, targets)) = path.last_mut() {
            match targets.pop() {
                Some(target) if !std::mem::replace(&mut seen[target], true) => {
                    path.push((target, self.targets(target)));
                }
                Some(_) => {}
                None => {
                    left.push(*node);
                    path.pop();
                }
            }
        }
        left.reverse();
        left
    }

    /// What the node leads to, in the order of the source; handlers of errors last.
    fn targets(&self, node: NodeId) -> Vec<NodeId> {
        let mut targets = Vec::new();
        let node = &self.nodes[node];
        let handled = match &node.kind {
            NodeKind::Effect(effect) => effect.catchers.len(),
            _ => 0,
        };
        node.each_edge(&mut |edge| targets.push(edge.target));
        let others = targets.len().saturating_sub(handled);
        let (next, handlers) = targets.split_at_mut(others);
        next.sort_by_key(|target| self.nodes[*target].place);
        handlers.sort_by_key(|target| self.nodes[*target].place);
        targets
    }
}
