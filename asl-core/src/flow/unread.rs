//! Branches whose values nobody reads: they need not compute them.

use super::compose::needed;
use super::effect::RESULT;
use super::graph::{Edge, Graph, NodeKind, Set, Work};
use super::liveness::live;
use super::tree::variable;
use crate::syntax::jsonata::{Expression, Kind};

/// What a scope returns of which nothing is read: whatever its last state gives.
const UNREAD: &str = "#unread";

/// Lets branches return whatever they come by, where nothing is read of it. Iterations of a Map compute their values
/// all the same: the results of many would be large.
pub(super) fn forget_values(graph: &mut Graph) {
    let live = live(graph);
    for node in &mut graph.nodes {
        if let NodeKind::Effect(effect) = &mut node.kind
            && let Work::Parallel(branches) = &mut effect.kind
        {
            let Edge { sets, target, .. } = &effect.next;
            let read = Read::of(&needed(sets, &|local| live.contains(*target, local)));
            for (index, branch) in branches.iter_mut().enumerate() {
                if !read.includes(index) {
                    forget(branch);
                }
            }
        }
        // inside too: a value that is not read reads nothing
        node.each_scope_mut(&mut forget_values);
    }
}

/// Whether a scope returns what nobody reads.
pub(super) fn is_unread(value: &Expression) -> bool {
    matches!(&value.kind, Kind::Variable(name) if name == UNREAD)
}

fn forget(branch: &mut Graph) {
    for node in &mut branch.nodes {
        if let NodeKind::Return(value) = &mut node.kind {
            *value = variable(UNREAD);
        }
    }
}

/// Which elements of a result are read.
#[derive(Default)]
struct Read {
    all: bool,
    places: Vec<usize>,
}

impl Read {
    fn of(sets: &[Set]) -> Self {
        let mut read = Self::default();
        sets.iter().flatten().for_each(|(_, value)| read.read(value));
        read
    }

    fn read(&mut self, tree: &Expression) {
        match &tree.kind {
            Kind::Variable(name) => self.all |= name == RESULT,
            Kind::Filter { target, predicate } if is_result(target) => match &predicate.kind {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a place of a branch"
                )]
                Kind::Number(place) if *place >= 0.0 => self.places.push(*place as usize),
                _ => self.all = true,
            },
            _ => tree.children().for_each(|child| self.read(child.expression)),
        }
    }

    fn includes(&self, place: usize) -> bool {
        self.all || self.places.contains(&place)
    }
}

fn is_result(tree: &Expression) -> bool {
    matches!(&tree.kind, Kind::Variable(name) if name == RESULT)
}
