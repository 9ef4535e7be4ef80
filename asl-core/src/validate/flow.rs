//! Where the states of a scope lead, for rules that follow more than one transition.

use crate::model::{State, States};

use super::scope::{Scope, edges};

/// The states of a scope by number, in source order, and where each leads.
pub(super) struct Flow<'m> {
    states: &'m States,
    names: Vec<(&'m str, &'m State)>,
    next: Vec<Vec<usize>>,
    back: Vec<Vec<usize>>,
    start: Option<usize>,
}

impl<'m> Flow<'m> {
    /// Transitions to states that do not exist are left out.
    pub(super) fn of(scope: &Scope<'m>) -> Self {
        let names: Vec<(&str, &State)> = scope.states.iter().collect();
        let next: Vec<Vec<usize>> = names
            .iter()
            .map(|(_, state)| edges(state).filter_map(|edge| scope.states.index_of(edge.target)).collect())
            .collect();
        let mut back = vec![Vec::new(); names.len()];
        for (from, targets) in next.iter().enumerate() {
            for target in targets {
                back[*target].push(from);
            }
        }
        let start = scope.start_at.and_then(|name| scope.states.index_of(name));
        Self { states: scope.states, names, next, back, start }
    }

    /// How many states there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// All names and states, in source order.
    pub(super) fn states(&self) -> &[(&'m str, &'m State)] {
        &self.names
    }

    /// Name and state of a number.
    pub(super) fn state(&self, index: usize) -> (&'m str, &'m State) {
        self.names[index]
    }

    /// The number of a name.
    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        self.states.index_of(name)
    }

    /// The number of `StartAt`.
    pub(super) fn start(&self) -> Option<usize> {
        self.start
    }

    /// Which states follow these, after any number of transitions; these are among them.
    pub(super) fn after(&self, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
        spread(&self.next, from)
    }

    /// From which states these are reached, after any number of transitions; these are among them.
    pub(super) fn before(&self, to: impl IntoIterator<Item = usize>) -> Vec<bool> {
        spread(&self.back, to)
    }

    /// The states that lead to this one, once for each transition.
    pub(super) fn back(&self, index: usize) -> &[usize] {
        &self.back[index]
    }

    /// The states that this one leads to, once for each transition.
    pub(super) fn next(&self, index: usize) -> &[usize] {
        &self.next[index]
    }

    /// The states among these that lead to each other without leaving them, circle by circle.
    pub(super) fn circles(&self, inside: &[bool]) -> Vec<Vec<usize>> {
        let mut seen = vec![false; self.len()];
        let mut finished = Vec::new();
        for from in (0..self.len()).filter(|index| inside[*index]) {
            // each state with how many of its transitions have been followed
            let mut way = vec![(from, 0)];
            if std::mem::replace(&mut seen[from], true) {
                continue;
            }
            while let Some((index, followed)) = way.last_mut() {
                let next = self.next[*index].get(*followed).copied();
                *followed += 1;
                match next {
                    Some(next) if inside[next] && !std::mem::replace(&mut seen[next], true) => {
                        way.push((next, 0));
                    }
                    Some(_) => {}
                    None => {
                        finished.push(*index);
                        way.pop();
                    }
                }
            }
        }
        // what reaches the state that was finished last, and is not taken yet, is reached by it too
        let mut taken = vec![false; self.len()];
        let mut circles = Vec::new();
        for root in finished.into_iter().rev() {
            let mut circle = Vec::new();
            let mut open = vec![root];
            while let Some(index) = open.pop() {
                if inside[index] && !std::mem::replace(&mut taken[index], true) {
                    circle.push(index);
                    open.extend(&self.back[index]);
                }
            }
            if circle.len() > 1 || circle.iter().any(|index| self.next[*index].contains(index)) {
                circle.sort_unstable();
                circles.push(circle);
            }
        }
        circles
    }
}

fn spread(next: &[Vec<usize>], from: impl IntoIterator<Item = usize>) -> Vec<bool> {
    let mut reached = vec![false; next.len()];
    let mut open: Vec<usize> = from.into_iter().collect();
    while let Some(index) = open.pop() {
        if !std::mem::replace(&mut reached[index], true) {
            open.extend(&next[index]);
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use crate::model::Kind;

    use super::*;

    #[track_caller]
    fn check(ways: &[(&str, &[&str])], expected: &[&[usize]]) {
        let states = ways.iter().map(|(name, targets)| {
            let rules = targets
                .iter()
                .map(|target| format!(r#"{{"Variable": "$.x", "IsNull": true, "Next": "{target}"}}"#));
            let rules: Vec<String> = rules.collect();
            format!(r#""{name}": {{"Type": "Choice", "Choices": [{}]}}"#, rules.join(", "))
        });
        let states: Vec<String> = states.collect();
        let text = format!(r#"{{"StartAt": "A", "States": {{{}}}}}"#, states.join(", "));
        let machine = crate::decode(&text).unwrap().machine;
        let states = machine.states.as_ref().unwrap();
        let flow = Flow::of(&Scope { kind: Kind::StateMachine, start_at: Some("A"), states });
        let mut circles = flow.circles(&vec![true; flow.len()]);
        circles.sort();
        assert_eq!(circles, expected);
    }

    #[test]
    fn circles_are_states_that_lead_to_each_other() {
        check(&[("A", &["B"]), ("B", &[])], &[]);
        check(&[("A", &["A"])], &[&[0]]);
        check(&[("A", &["B"]), ("B", &["A"])], &[&[0, 1]]);
        check(&[("A", &["B"]), ("B", &["C"]), ("C", &["B", "D"]), ("D", &["D"])], &[&[1, 2], &[3]]);
        // loops inside a loop are one circle with it
        check(&[("A", &["B"]), ("B", &["B", "C"]), ("C", &["A"])], &[&[0, 1, 2]]);
        check(&[("A", &["B", "C"]), ("B", &["D"]), ("C", &["D"]), ("D", &["C"])], &[&[2, 3]]);
    }

    #[test]
    fn what_is_left_out_breaks_a_circle() {
        let machine = crate::decode(
            r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}"#,
        );
        let machine = machine.unwrap().machine;
        let states = machine.states.as_ref().unwrap();
        let flow = Flow::of(&Scope { kind: Kind::StateMachine, start_at: Some("A"), states });
        assert_eq!(flow.circles(&[true, true]), [[0, 1]]);
        assert!(flow.circles(&[true, false]).is_empty());
    }
}
