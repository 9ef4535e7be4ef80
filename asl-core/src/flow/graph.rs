//! The control-flow graph of one scope: a node for each state to be, edges that carry assignments.
//!
//! An edge is what leaves a state: `Next` with the state's `Assign`, a Catcher, a rule of a Choice, its `Default`. Each
//! of them has an `Assign` of its own in the language, so what is set between two effects costs no state.

use super::distributed::Distributed;
use super::effect::{Task, WaitFor};
use super::local::Local;
use super::program::{Name, Source};
use crate::model::Retrier;
use crate::syntax::jsonata::Expression;

pub(super) type NodeId = usize;

/// Values given at once, computed from what was before.
pub(super) type Set = Vec<(Local, Expression)>;

#[derive(Debug, Clone)]
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) entry: Edge,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: NodeKind,
    pub(super) name: Name,
    pub(super) source: Option<Source>,
    /// Its place among all nodes of the program, in the order of the source: so names are given out.
    pub(super) place: usize,
}

/// The place of a node that the source does not have.
pub(super) const NO_PLACE: usize = usize::MAX;

#[derive(Debug, Clone)]
pub(super) struct Edge {
    /// One after the other.
    pub(super) sets: Vec<Set>,
    pub(super) target: NodeId,
    /// What is given to the end of the scope; known once sets are settled.
    pub(super) output: Option<Expression>,
}

#[derive(Debug, Clone)]
pub(super) enum NodeKind {
    /// No state: what comes here goes on there.
    Jump {
        sets: Vec<Set>,
        target: Option<NodeId>,
    },
    Effect(Box<EffectNode>),
    Choice {
        rules: Vec<(Expression, Edge)>,
        default: Option<Edge>,
    },
    Pass(Edge),
    Return(Expression),
    /// The one end of a scope that edges lead to which cannot end it themselves.
    Succeed(Option<Expression>),
    Fail {
        error: Expression,
        cause: Expression,
    },
}

#[derive(Debug, Clone)]
pub(super) struct EffectNode {
    pub(super) kind: Work,
    pub(super) comment: Option<String>,
    pub(super) retry: Vec<Retrier>,
    pub(super) next: Edge,
    pub(super) catchers: Vec<(Vec<String>, Edge)>,
}

#[derive(Debug, Clone)]
pub(super) enum Work {
    Task(Box<Task>),
    Wait(WaitFor),
    Parallel(Vec<Graph>),
    Map(Box<MapWork>),
}

#[derive(Debug, Clone)]
pub(super) struct MapWork {
    pub(super) items: Option<Expression>,
    pub(super) item: Local,
    pub(super) index: Option<Local>,
    pub(super) max_concurrency: Option<Expression>,
    pub(super) distributed: Option<Distributed>,
    /// `ItemSelector`.
    pub(super) selector: Option<Expression>,
    /// `BatchInput`.
    pub(super) batch_input: Option<Expression>,
    pub(super) body: Graph,
}

impl Edge {
    pub(super) fn to(target: NodeId) -> Self {
        Self::with(Vec::new(), target)
    }

    pub(super) fn with(sets: Vec<Set>, target: NodeId) -> Self {
        Self { sets, target, output: None }
    }

    pub(super) fn each_value(&self, visit: &mut dyn FnMut(&Expression)) {
        self.sets.iter().flatten().for_each(|(_, value)| visit(value));
        self.output.iter().for_each(visit);
    }
}

impl Graph {
    /// Calls `visit` for each edge, the entry first.
    pub(super) fn each_edge(&self, visit: &mut dyn FnMut(&Edge)) {
        visit(&self.entry);
        self.nodes.iter().for_each(|node| node.each_edge(visit));
    }

    pub(super) fn each_edge_mut(&mut self, visit: &mut dyn FnMut(&mut Edge)) {
        visit(&mut self.entry);
        self.nodes.iter_mut().for_each(|node| node.each_edge_mut(visit));
    }

    /// Calls `visit` for each tree, those of scopes inside too.
    pub(super) fn each_tree(&self, visit: &mut dyn FnMut(&Expression)) {
        self.each_edge(&mut |edge| edge.each_value(visit));
        for node in &self.nodes {
            node.each_own_tree(visit);
            node.scopes().for_each(|scope| scope.each_tree(visit));
        }
    }

    pub(super) fn each_tree_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        self.each_edge_mut(&mut |edge| {
            edge.sets.iter_mut().flatten().for_each(|(_, value)| visit(value));
        });
        for node in &mut self.nodes {
            node.each_own_tree_mut(visit);
            node.each_scope_mut(&mut |scope| scope.each_tree_mut(visit));
        }
    }

    /// How many edges lead to each node.
    pub(super) fn arrivals(&self) -> Vec<usize> {
        let mut arrivals = vec![0; self.nodes.len()];
        self.each_edge(&mut |edge| arrivals[edge.target] += 1);
        arrivals
    }

    /// The nodes that are reached, each way followed to its end before the next.
    pub(super) fn order(&self) -> Vec<NodeId> {
        let mut seen = vec![false; self.nodes.len()];
        let mut open = vec![self.entry.target];
        let mut order = Vec::new();
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut seen[node], true) {
                continue;
            }
            order.push(node);
            let mut next = Vec::new();
            self.nodes[node].each_edge(&mut |edge| next.push(edge.target));
            open.extend(next.into_iter().rev());
        }
        order
    }
}

impl Node {
    pub(super) fn each_edge(&self, visit: &mut dyn FnMut(&Edge)) {
        match &self.kind {
            NodeKind::Jump { .. } | NodeKind::Return(_) | NodeKind::Succeed(_) | NodeKind::Fail { .. } => {}
            NodeKind::Pass(next) => visit(next),
            NodeKind::Effect(effect) => {
                visit(&effect.next);
                effect.catchers.iter().for_each(|(_, edge)| visit(edge));
            }
            NodeKind::Choice { rules, default } => {
                for (_, edge) in rules {
                    visit(edge);
                }
                default.iter().for_each(visit);
            }
        }
    }

    pub(super) fn each_edge_mut(&mut self, visit: &mut dyn FnMut(&mut Edge)) {
        match &mut self.kind {
            NodeKind::Jump { .. } | NodeKind::Return(_) | NodeKind::Succeed(_) | NodeKind::Fail { .. } => {}
            NodeKind::Pass(next) => visit(next),
            NodeKind::Effect(effect) => {
                visit(&mut effect.next);
                effect.catchers.iter_mut().for_each(|(_, edge)| visit(edge));
            }
            NodeKind::Choice { rules, default } => {
                for (_, edge) in rules {
                    visit(edge);
                }
                default.iter_mut().for_each(visit);
            }
        }
    }

    /// The trees that are evaluated before anything leaves the node; not those of scopes inside.
    pub(super) fn each_own_tree(&self, visit: &mut dyn FnMut(&Expression)) {
        match &self.kind {
            NodeKind::Jump { .. } | NodeKind::Pass(_) => {}
            NodeKind::Return(value) => visit(value),
            NodeKind::Succeed(value) => value.iter().for_each(visit),
            NodeKind::Fail { error, cause } => {
                visit(error);
                visit(cause);
            }
            NodeKind::Choice { rules, .. } => rules.iter().for_each(|(condition, _)| visit(condition)),
            NodeKind::Effect(effect) => effect.kind.each_tree(visit),
        }
    }

    pub(super) fn each_own_tree_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match &mut self.kind {
            NodeKind::Jump { .. } | NodeKind::Pass(_) => {}
            NodeKind::Return(value) => visit(value),
            NodeKind::Succeed(value) => value.iter_mut().for_each(visit),
            NodeKind::Fail { error, cause } => {
                visit(error);
                visit(cause);
            }
            NodeKind::Choice { rules, .. } => {
                for (condition, _) in rules {
                    visit(condition);
                }
            }
            NodeKind::Effect(effect) => effect.kind.each_tree_mut(visit),
        }
    }

    /// The map that this is, if it is one.
    pub(super) fn map(&self) -> Option<&MapWork> {
        match &self.kind {
            NodeKind::Effect(effect) => match &effect.kind {
                Work::Map(map) => Some(map),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn scopes(&self) -> impl Iterator<Item = &Graph> {
        let scopes: Vec<&Graph> = match &self.kind {
            NodeKind::Effect(effect) => match &effect.kind {
                Work::Parallel(branches) => branches.iter().collect(),
                Work::Map(map) => vec![&map.body],
                Work::Task(_) | Work::Wait(_) => Vec::new(),
            },
            _ => Vec::new(),
        };
        scopes.into_iter()
    }

    pub(super) fn each_scope_mut(&mut self, visit: &mut dyn FnMut(&mut Graph)) {
        if let NodeKind::Effect(effect) = &mut self.kind {
            match &mut effect.kind {
                Work::Parallel(branches) => branches.iter_mut().for_each(visit),
                Work::Map(map) => visit(&mut map.body),
                Work::Task(_) | Work::Wait(_) => {}
            }
        }
    }
}

impl Work {
    /// Whether its state may have Catchers.
    pub(super) fn can_fail(&self) -> bool {
        !matches!(self, Self::Wait(_))
    }

    /// Calls `visit` for the trees of the state's own fields.
    pub(super) fn each_tree(&self, visit: &mut dyn FnMut(&Expression)) {
        match self {
            Self::Task(task) => {
                visit(&task.arguments);
                let others = [&task.timeout_seconds, &task.heartbeat_seconds, &task.credentials];
                others.into_iter().flatten().for_each(visit);
            }
            Self::Wait(WaitFor::Seconds(time) | WaitFor::Timestamp(time)) => visit(time),
            Self::Parallel(_) => {}
            Self::Map(map) => {
                let own = [&map.items, &map.max_concurrency, &map.selector, &map.batch_input];
                own.into_iter().flatten().for_each(&mut *visit);
                if let Some(distributed) = &map.distributed {
                    distributed.clone().each_tree_mut(&mut |tree| visit(tree));
                }
            }
        }
    }

    /// As [`each_tree`](Self::each_tree), to change them.
    pub(super) fn each_tree_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        match self {
            Self::Task(task) => {
                visit(&mut task.arguments);
                task.timeout_seconds.iter_mut().for_each(&mut *visit);
                task.heartbeat_seconds.iter_mut().for_each(&mut *visit);
                task.credentials.iter_mut().for_each(&mut *visit);
            }
            Self::Wait(WaitFor::Seconds(time) | WaitFor::Timestamp(time)) => visit(time),
            Self::Parallel(_) => {}
            Self::Map(map) => {
                map.items.iter_mut().for_each(&mut *visit);
                map.max_concurrency.iter_mut().for_each(&mut *visit);
                map.selector.iter_mut().for_each(&mut *visit);
                map.batch_input.iter_mut().for_each(&mut *visit);
                if let Some(distributed) = &mut map.distributed {
                    distributed.each_tree_mut(visit);
                }
            }
        }
    }
}
