//! Loops, the inner ones first: what all rounds of one add is added to the ways that lead out of it.

use crate::diagnostic::Pointer;
use crate::validate::flow::Flow;
use crate::validate::shapes::{Circle, Rounds};

use super::ways::Ways;
use super::{Amount, Cause, Excess, Histories, NEAR};

/// The scope whose loops are looked for.
pub(super) struct Place<'p, 'm> {
    pub(super) graph: &'p Flow<'m>,
    pub(super) at: &'p Pointer,
    /// How many scopes it stands in.
    pub(super) level: usize,
    pub(super) ways: &'p mut Ways,
    /// For each state, whether a place in it has been told of.
    pub(super) is_told: &'p mut [bool],
}

/// Loops further inside of others are not counted.
const MAX_DEPTH: usize = 8;

impl<'m> Histories<'m> {
    /// The loops among these states.
    pub(super) fn loops(&mut self, place: &mut Place<'_, 'm>, among: &[bool], depth: usize) {
        for circle in place.graph.circles(among) {
            let mut inside = vec![false; place.graph.len()];
            for index in &circle {
                inside[*index] = true;
            }
            let counted = self.counted(place, &circle, &inside);
            // what is still a circle without the state that every round comes by is a loop inside this one
            if depth < MAX_DEPTH {
                let mut rest = inside.clone();
                match counted {
                    Some((choice, _)) => rest[choice] = false,
                    None => entrances(place.graph, &circle, &inside).for_each(|index| rest[index] = false),
                }
                self.loops(place, &rest, depth + 1);
            }
            if let Some((choice, rounds)) = counted {
                self.count(place, &circle, &inside, choice, rounds);
            }
        }
    }

    /// The Choice whose counter ends a loop first, and after how many rounds.
    fn counted(
        &mut self,
        place: &Place<'_, 'm>,
        states: &[usize],
        inside: &[bool],
    ) -> Option<(usize, Rounds)> {
        let circle = Circle { graph: place.graph, states, inside, level: place.level };
        let leading_out: Vec<usize> =
            states.iter().copied().filter(|index| place.ways.leads_out(*index, inside)).collect();
        let mut counted: Option<(usize, Rounds)> = None;
        for index in leading_out.iter().copied() {
            let Some(mut rounds) = self.followed.rounds(circle, index) else { continue };
            rounds.is_sure &= leading_out == [index];
            if counted.is_none_or(|(_, other)| rounds.times < other.times) {
                counted = Some((index, rounds));
            }
        }
        counted
    }

    fn count(
        &mut self,
        place: &mut Place<'_, 'm>,
        circle: &[usize],
        inside: &[bool],
        choice: usize,
        Rounds { times, is_sure }: Rounds,
    ) {
        let Some(each) = place.ways.round(choice, inside) else { return };
        let all = each.times(times);
        let all = Amount { sure: if is_sure { all.sure } else { 0 }, ..all };
        place.ways.lengthen(circle, inside, all);
        if circle.iter().any(|index| place.is_told[*index]) {
            return;
        }
        if let Some((events, is_sure)) = all.reaching(NEAR) {
            let at = place.at.clone().field("States").field(place.graph.state(choice).0);
            let cause = Cause::Rounds { times, each: each.either(is_sure) };
            self.found.push(Excess { at, cause, events, is_sure });
            place.is_told[choice] = true;
        }
    }
}

/// The states of a circle to which something leads from outside.
fn entrances<'c>(
    graph: &'c Flow<'_>,
    circle: &'c [usize],
    inside: &'c [bool],
) -> impl Iterator<Item = usize> + 'c {
    circle
        .iter()
        .copied()
        .filter(|index| graph.start() == Some(*index) || graph.back(*index).iter().any(|from| !inside[*from]))
}
