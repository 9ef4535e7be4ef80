//! How often a loop is gone round that a Choice ends by comparing a number that each round changes.
//!
//! What the number is before the loop, and what a round makes of it, is found out by following the states of the loop
//! once more with a number in its place. So all ways to write it down count alike: `States.MathAdd`, `$i + 1`, in a
//! variable, in a field of the data, in an `Assign` of a rule.

use crate::model::state::Choice;
use crate::model::{QueryLanguage, State, StateMachine};
use crate::validate::flow::Flow as Graph;

use super::arithmetic::count;
use super::counter::{Counter, Side, comparisons, counters};
use super::flow::{self, Flow};
use super::record::{Moment, Record};
use super::shape::Shape;

/// A machine whose data has been followed, and what is known of it then.
pub(in crate::validate) struct Followed<'m> {
    flow: Flow<'m>,
    record: Record<'m>,
}

/// States that lead to each other, in a scope.
#[derive(Clone, Copy)]
pub(in crate::validate) struct Circle<'c, 'm> {
    pub(in crate::validate) graph: &'c Graph<'m>,
    /// The states that belong to it.
    pub(in crate::validate) states: &'c [usize],
    /// The same as a flag for each state of the scope.
    pub(in crate::validate) inside: &'c [bool],
    /// How many scopes the scope stands in.
    pub(in crate::validate) level: usize,
}

/// How often a loop is gone round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::validate) struct Rounds {
    /// How often the Choice leads back into the loop before its counter makes it lead out.
    pub(in crate::validate) times: u64,
    /// Whether the Choice cannot lead out before.
    pub(in crate::validate) is_sure: bool,
}

/// Where a Choice leads with a known number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    Back,
    Out,
    Either,
}

impl<'m> Followed<'m> {
    /// Follows a machine whose states have this language if they name none, with any input.
    pub(in crate::validate) fn of(machine: &'m StateMachine, language: QueryLanguage) -> Self {
        Self::with_input(machine, language, Shape::UNKNOWN)
    }

    /// The same with an input that is known.
    #[cfg(test)]
    pub(in crate::validate) fn with_value(machine: &'m StateMachine, input: &crate::model::Value) -> Self {
        Self::with_input(machine, machine.language(), Shape::exact(input, &"input".into()))
    }

    fn with_input(machine: &'m StateMachine, language: QueryLanguage, input: Shape) -> Self {
        let mut flow = flow::record(machine, language, input);
        let record = flow.record.take().unwrap_or_default();
        flow.patience = flow::patience_for(machine);
        Self { flow, record }
    }

    /// How many items a Map state runs over, if that is known.
    pub(in crate::validate) fn items(&self, state: &State) -> Option<u64> {
        self.record.passage(state)?.items
    }

    /// How often a loop is gone round that this Choice of it ends, if that is known.
    pub(in crate::validate) fn rounds(&mut self, circle: Circle<'_, 'm>, index: usize) -> Option<Rounds> {
        let (_, state) = circle.graph.state(index);
        let State::Choice(choice) = state else { return None };
        let language = choice.query_language.unwrap_or(self.flow.language);
        let comparisons = comparisons(choice, language);
        let rounds = |counter: &Counter| self.rounds_by(circle, index, choice, counter, &comparisons);
        // whichever ends it first
        counters(&comparisons).iter().filter_map(rounds).min_by_key(|rounds| rounds.times)
    }

    fn rounds_by(
        &mut self,
        circle: Circle<'_, 'm>,
        index: usize,
        choice: &Choice,
        counter: &Counter,
        comparisons: &[[Side; 2]],
    ) -> Option<Rounds> {
        let first = self.before(circle, index, counter)?;
        let step = self.step(circle, index, counter)?;
        let (name, state) = circle.graph.state(index);
        let entry = self.record.passage(state)?.entry.clone();
        let after = |rounds: f64| counter.set(&entry, rounds.mul_add(step, first), name);
        let mut is_sure = true;
        for times in turning_points(comparisons, &after) {
            #[expect(clippy::cast_precision_loss, reason = "it was a whole double")]
            let moment = after(times as f64);
            match self.lead(circle, index, &moment) {
                Lead::Back => {}
                Lead::Out => return Some(Rounds { times, is_sure }),
                Lead::Either => is_sure = false,
            }
            if self.flow.patience == 0 || choice.choices.is_none() {
                return None;
            }
        }
        None
    }

    /// The number when the Choice is reached for the first time.
    fn before(&mut self, circle: Circle<'_, 'm>, choice: usize, counter: &Counter) -> Option<f64> {
        let mut from = Vec::new();
        for &index in circle.states {
            if circle.graph.start() == Some(index) {
                let beginning = self.record.beginning(circle.graph.state(index).1);
                from.extend(beginning.map(|moment| (index, moment.clone())));
            }
            for &outer in circle.graph.back(index).iter().filter(|outer| !circle.inside[**outer]) {
                let passage = self.record.passage(circle.graph.state(outer).1);
                let exits = passage.into_iter().flat_map(|passage| &passage.exits);
                let leading = exits.filter(|exit| exit.next == Some(circle.graph.state(index).0));
                from.extend(leading.map(|exit| (index, exit.clone().into_moment())));
            }
        }
        self.arriving(circle, choice, from)
            .and_then(|moment| counter.get(&moment))
            .filter(|number| is_whole(*number))
    }

    /// What a round adds to the number, whatever the number is.
    fn step(&mut self, circle: Circle<'_, 'm>, choice: usize, counter: &Counter) -> Option<f64> {
        // two numbers that no definition is likely to single out: only what adds has the same effect on both
        const SAMPLES: [f64; 2] = [100_003.0, 700_001.0];
        let [one, other] = SAMPLES.map(|number| self.added(circle, choice, counter, number));
        one.filter(|step| other == Some(*step) && *step != 0.0)
    }

    /// What a round adds to this number.
    fn added(
        &mut self,
        circle: Circle<'_, 'm>,
        choice: usize,
        counter: &Counter,
        number: f64,
    ) -> Option<f64> {
        let (name, state) = circle.graph.state(choice);
        let entry = counter.set(&self.record.passage(state)?.entry, number, name);
        self.flow.takes_all_ways = true;
        let exits = self.flow.state(name, state, &entry, circle.level);
        let inside = exits.into_iter().filter_map(|exit| {
            let next = circle.graph.index_of(exit.next?).filter(|next| circle.inside[*next])?;
            Some((next, exit.into_moment()))
        });
        let from = inside.collect();
        let after = counter.get(&self.arriving(circle, choice, from)?)?;
        Some(after - number).filter(|number| is_whole(*number))
    }

    /// What is known when a Choice of the loop is reached from these entries, on all ways within the loop.
    fn arriving(
        &mut self,
        circle: Circle<'_, 'm>,
        choice: usize,
        from: Vec<(usize, Moment)>,
    ) -> Option<Moment> {
        let mut arrived: Option<Moment> = None;
        let mut arrive = |moment: Moment| {
            arrived = Some(match arrived.take() {
                Some(other) => other.join(&moment),
                None => moment,
            });
        };
        let mut entries = Vec::new();
        for (index, moment) in from {
            if index == choice {
                arrive(moment);
            } else {
                entries.push((index, moment));
            }
        }
        self.flow.takes_all_ways = true;
        self.flow.spread(circle.graph.states(), entries, circle.level, |exit| {
            let next = circle.graph.index_of(exit.next?).filter(|next| circle.inside[*next])?;
            if next == choice {
                arrive(exit.into_moment());
                return None;
            }
            Some((next, exit.into_moment()))
        });
        self.flow.takes_all_ways = false;
        arrived.filter(|_| self.flow.patience > 0)
    }

    /// Where the Choice leads with this data.
    fn lead(&mut self, circle: Circle<'_, 'm>, choice: usize, moment: &Moment) -> Lead {
        let (name, state) = circle.graph.state(choice);
        self.flow.patience = self.flow.patience.saturating_sub(1);
        let exits = self.flow.state(name, state, moment, circle.level);
        let leads_back = |next: Option<&str>| {
            next.and_then(|next| circle.graph.index_of(next)).is_some_and(|next| circle.inside[next])
        };
        let back = exits.iter().filter(|exit| leads_back(exit.next)).count();
        match back {
            // if no rule matches and there is no `Default`, the execution fails
            0 => Lead::Out,
            _ if back == exits.len() => Lead::Back,
            _ => Lead::Either,
        }
    }
}

/// The numbers of rounds after which a comparison may come out differently than before, in order; the first is 0.
///
/// Each side is a number or grows by the same amount every round, so that one difference tells where they meet.
fn turning_points(comparisons: &[[Side; 2]], after: &dyn Fn(f64) -> Moment) -> Vec<u64> {
    let (now, next) = (after(0.0), after(1.0));
    let mut points = vec![0];
    for [left, right] in comparisons {
        let difference = |moment: &Moment| Some(left.number(moment)? - right.number(moment)?);
        let (Some(now), Some(next)) = (difference(&now), difference(&next)) else { continue };
        let meeting = now / (now - next);
        // where they meet, and where they have passed each other
        points.extend([meeting.floor(), meeting.floor() + 1.0].into_iter().filter_map(count));
    }
    points.sort_unstable();
    points.dedup();
    points
}

fn is_whole(number: f64) -> bool {
    number.fract() == 0.0
}
