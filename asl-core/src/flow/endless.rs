//! Programs that never end, and are meant so: a worker that polls for ever.
//!
//! AWS asks that some state of a machine can end it, and that every state can be reached. So the first state that can
//! have one gets a Catcher, or a rule, for what never happens. It costs no transition.

use super::fault::{Fault, FaultKind};
use super::graph::{Edge, Graph, NO_PLACE, Node, NodeKind};
use super::program::Name;
use super::tree::{text, tree};
use crate::syntax::jsonata::Kind;

/// No service has an error of this name.
const NEVER_RAISED: &str = "Flow.NeverEnds";

/// Gives an end to each scope that has none.
pub(super) fn give_ends(graph: &mut Graph, faults: &mut Vec<Fault>) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| give_ends(scope, faults));
    }
    let order = graph.order();
    let is_end = |node: &usize| {
        let kind = &graph.nodes[*node].kind;
        matches!(kind, NodeKind::Succeed(_) | NodeKind::Return(_) | NodeKind::Fail { .. })
    };
    if order.iter().any(is_end) {
        return;
    }
    let end = graph.nodes.len();
    let mut source = None;
    for node in order {
        source = source.or(graph.nodes[node].source);
        match &mut graph.nodes[node].kind {
            NodeKind::Effect(effect) if effect.kind.can_fail() => {
                effect.catchers.insert(0, (vec![NEVER_RAISED.to_owned()], Edge::to(end)));
            }
            NodeKind::Choice { rules, .. } => {
                rules.push((tree(Kind::Boolean(false)), Edge::to(end)));
            }
            _ => continue,
        }
        let kind = NodeKind::Fail { error: text(NEVER_RAISED), cause: tree(Kind::Null) };
        graph.nodes.push(Node {
            kind,
            name: Name::Derived("never_ends".to_owned()),
            source,
            place: NO_PLACE,
        });
        return;
    }
    faults.push(Fault { source, kind: FaultKind::NeverEnds });
}
