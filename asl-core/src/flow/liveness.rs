//! Which locals are needed where.

use std::collections::{BTreeMap, BTreeSet};

use super::circles::components;
use super::graph::{Edge, Graph, NodeId};
use super::local::Local;
use super::tree::each_local;
use crate::syntax::jsonata::Expression;

/// The locals that are needed where each node of a scope begins.
pub(super) struct Live {
    numbers: BTreeMap<Local, usize>,
    nodes: Vec<Bits>,
}

impl Live {
    /// Whether a node needs a local.
    pub(super) fn contains(&self, node: NodeId, local: &Local) -> bool {
        self.numbers.get(local).is_some_and(|number| self.nodes[node].contains(*number))
    }

    /// All that a node needs.
    pub(super) fn at(&self, node: NodeId) -> BTreeSet<Local> {
        let all = self.numbers.iter();
        all.filter(|(_, number)| self.nodes[node].contains(**number))
            .map(|(local, _)| local.clone())
            .collect()
    }
}

/// What each node of the scope needs.
pub(super) fn live(graph: &Graph) -> Live {
    let mut numbers = Numbers::default();
    let nodes: Vec<NodeNeeds> = (0..graph.nodes.len()).map(|node| numbers.node(graph, node)).collect();
    let mut live = vec![Bits::of(numbers.0.len()); graph.nodes.len()];
    for component in components(graph) {
        let mut is_stable = false;
        while !is_stable {
            is_stable = true;
            for &node in &component {
                let needed = nodes[node].needed(&live, numbers.0.len());
                if needed != live[node] {
                    live[node] = needed;
                    // a node that is no part of a circle is known at once
                    is_stable =
                        component.len() == 1 && !nodes[node].edges.iter().any(|edge| edge.target == node);
                }
            }
        }
    }
    Live { numbers: numbers.0, nodes: live }
}

/// What is needed before an edge's sets.
pub(super) fn before(edge: &Edge, live: &Live) -> BTreeSet<Local> {
    before_all(edge, live.at(edge.target))
}

/// What is needed before an edge's sets, if these locals are needed behind them.
pub(super) fn before_all(edge: &Edge, behind: BTreeSet<Local>) -> BTreeSet<Local> {
    let mut needed = behind;
    let add = |tree: &Expression, needed: &mut BTreeSet<Local>| {
        each_local(tree, &mut |local| {
            needed.insert(local);
        });
    };
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

/// Locals of a scope by number.
type Bit = usize;

/// A number for each local.
#[derive(Default)]
struct Numbers(BTreeMap<Local, Bit>);

/// What decides what a node needs.
struct NodeNeeds {
    own: Vec<Bit>,
    edges: Vec<EdgeNeeds>,
}

struct EdgeNeeds {
    target: NodeId,
    output: Vec<Bit>,
    /// What is set, each with what its value is made of.
    sets: Vec<Vec<(Bit, Vec<Bit>)>>,
}

impl Numbers {
    fn number(&mut self, local: Local) -> Bit {
        let next = self.0.len();
        *self.0.entry(local).or_insert(next)
    }

    fn locals(&mut self, tree: &Expression) -> Vec<Bit> {
        let mut found = Vec::new();
        each_local(tree, &mut |local| found.push(self.number(local)));
        found
    }

    fn node(&mut self, graph: &Graph, node: NodeId) -> NodeNeeds {
        let node = &graph.nodes[node];
        let mut own = Vec::new();
        node.each_own_tree(&mut |tree| own.extend(self.locals(tree)));
        for scope in node.scopes() {
            own.extend(taken(scope).into_iter().map(|local| self.number(local)));
        }
        let mut edges = Vec::new();
        node.each_edge(&mut |edge| {
            let sets = edge.sets.iter().map(|set| {
                set.iter().map(|(local, value)| (self.number(local.clone()), self.locals(value))).collect()
            });
            let sets = sets.collect();
            let output = edge.output.as_ref().map_or_else(Vec::new, |output| self.locals(output));
            edges.push(EdgeNeeds { target: edge.target, output, sets });
        });
        NodeNeeds { own, edges }
    }
}

impl NodeNeeds {
    fn needed(&self, live: &[Bits], count: usize) -> Bits {
        let mut needed = Bits::of(count);
        for edge in &self.edges {
            let mut before = live[edge.target].clone();
            edge.output.iter().for_each(|bit| before.insert(*bit));
            for set in edge.sets.iter().rev() {
                let is_needed: Vec<bool> = set.iter().map(|(bit, _)| before.contains(*bit)).collect();
                for (bit, _) in set {
                    before.remove(*bit);
                }
                let made_of = set.iter().zip(is_needed).filter(|(_, is_needed)| *is_needed);
                made_of.flat_map(|((_, parts), _)| parts).for_each(|bit| before.insert(*bit));
            }
            needed.add(&before);
        }
        self.own.iter().for_each(|bit| needed.insert(*bit));
        needed
    }
}

/// A set of small numbers.
#[derive(Clone, PartialEq, Eq)]
struct Bits(Vec<u64>);

impl Bits {
    fn of(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn contains(&self, bit: Bit) -> bool {
        self.0[bit / 64] & (1 << (bit % 64)) != 0
    }

    fn insert(&mut self, bit: Bit) {
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn remove(&mut self, bit: Bit) {
        self.0[bit / 64] &= !(1 << (bit % 64));
    }

    fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }
}
