//! What each way out of a state costs in events, and which ways through a scope are the shortest.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use crate::model::State;
use crate::validate::flow::Flow;
use crate::validate::scope::{EdgePlace, edges};

use super::amount::Amount;

/// The ways out of the states of a scope.
#[derive(Default)]
pub(super) struct Ways(Vec<Vec<Way>>);

struct Way {
    /// The next state; none at the end of the scope.
    to: Option<usize>,
    events: Amount,
    /// Whether something fails on it.
    fails: bool,
}

/// How far a state is: ways on which less fails come first.
type Distance = (u32, u64);

/// Recorded: a state whose input cannot be read has been entered, and left when that is caught. Most failures add more.
const CAUGHT: u64 = 2;

impl Ways {
    /// Adds the next state, which adds so many events if it succeeds.
    pub(super) fn add(&mut self, graph: &Flow<'_>, state: &State, events: Amount) {
        let is_fail = matches!(state, State::Fail(_));
        let mut ways = Vec::new();
        for edge in edges(state) {
            let Some(to) = graph.index_of(edge.target) else { continue };
            let fails = matches!(edge.at, EdgePlace::Catcher(_));
            let events = if fails { Amount::of(CAUGHT) } else { events };
            ways.push(Way { to: Some(to), events, fails });
        }
        if state.is_terminal() {
            ways.push(Way { to: None, events, fails: is_fail });
        }
        self.0.push(ways);
    }

    /// Whether a state leads out of a circle although nothing fails.
    pub(super) fn leads_out(&self, index: usize, inside: &[bool]) -> bool {
        self.0[index].iter().any(|way| !way.fails && way.is_out_of(inside))
    }

    /// Makes all ways out of a circle, except by failures, longer by the rounds that come before.
    pub(super) fn lengthen(&mut self, circle: &[usize], inside: &[bool], by: Amount) {
        for index in circle {
            for way in &mut self.0[*index] {
                if !way.fails && way.is_out_of(inside) {
                    way.events = way.events + by;
                }
            }
        }
    }

    /// The shortest way from a state to the end of the scope.
    pub(super) fn to_end(&self, start: usize) -> Option<Amount> {
        shortest(|is_sure| self.walk(vec![((0, 0), Some(start))], None, &|_| true, is_sure))
    }

    /// The shortest way from a state back to it within a circle.
    pub(super) fn round(&self, from: usize, inside: &[bool]) -> Option<Amount> {
        let is_allowed = |to: usize| inside[to];
        shortest(|is_sure| {
            let ways = self.0[from].iter().filter(|way| way.to.is_some_and(is_allowed));
            let first = ways.map(|way| (way.after((0, 0), is_sure), way.to)).collect();
            self.walk(first, Some(from), &is_allowed, is_sure)
        })
    }

    /// From these states the shortest way to one, or to the end of the scope.
    fn walk(
        &self,
        from: Vec<(Distance, Option<usize>)>,
        to: Option<usize>,
        is_allowed: &dyn Fn(usize) -> bool,
        is_sure: bool,
    ) -> Option<Distance> {
        let mut open: BinaryHeap<Reverse<(Distance, Option<usize>)>> =
            from.into_iter().map(Reverse).collect();
        let mut nearest: HashMap<usize, Distance> = HashMap::new();
        while let Some(Reverse((distance, at))) = open.pop() {
            if at == to {
                return Some(distance);
            }
            // the end, when a state is looked for
            let Some(index) = at else { continue };
            if nearest.contains_key(&index) {
                continue;
            }
            nearest.insert(index, distance);
            let ways = self.0[index].iter().filter(|way| way.to.is_none_or(is_allowed));
            open.extend(ways.map(|way| Reverse((way.after(distance, is_sure), way.to))));
        }
        None
    }
}

/// The shortest walk in either kind of events.
fn shortest(walk: impl Fn(bool) -> Option<Distance>) -> Option<Amount> {
    Some(Amount { sure: walk(true)?.1, counted: walk(false)?.1 })
}

impl Way {
    fn is_out_of(&self, inside: &[bool]) -> bool {
        self.to.is_none_or(|to| !inside[to])
    }

    fn after(&self, (failures, events): Distance, is_sure: bool) -> Distance {
        (failures + u32::from(self.fails), events.saturating_add(self.events.either(is_sure)))
    }
}
