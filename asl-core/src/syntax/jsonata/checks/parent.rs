//! Where each `%` finds the value that its context is a part of.
//!
//! `%` climbs over the steps to its left: each name goes down one level and so takes it one level up, another `%` asks
//! for one level more. A step of any other kind hides what it came from.

use std::ops::Range;

use super::super::MAX_DEPTH;
use super::super::error::{ErrorCode, JsonataError};
use super::Checks;
use super::outline::{Outline, Shape};

/// One `%` on its way.
pub(super) struct Climb {
    /// How many levels are left; it has arrived at 0.
    levels: usize,
    /// Where it is written.
    at: Range<usize>,
}

impl Checks<'_> {
    pub(super) fn new_climb(&mut self, at: &Range<usize>) -> usize {
        self.climbs.push(Climb { levels: 1, at: at.clone() });
        self.climbs.len() - 1
    }

    /// Lets the `%` in the last step of a path climb over the steps before it.
    pub(super) fn climb_from_last(&mut self, path: &mut Outline) {
        let Shape::Path { steps, .. } = &path.shape else { return };
        let Some((last, before)) = steps.split_last() else { return };
        let mut climbs = last.climbs.clone();
        if let Shape::Parent(climb) = last.shape {
            climbs.push(climb);
        }
        climbs.retain(|&climb| {
            let mut steps = before.iter().rev().peekable();
            while self.climbs[climb].levels > 0 {
                let Some(mut step) = steps.next() else { return true };
                // of steps that leave the context where it is, only the first has a level
                while step.is_focus
                    && let Some(earlier) = steps.next_if(|earlier| earlier.is_focus)
                {
                    step = earlier;
                }
                self.climb_over(step, climb);
            }
            false
        });
        path.climbs.extend(climbs);
    }

    /// Lets the `%` in a predicate climb over the step that it filters; one that needs more goes on from there.
    pub(super) fn climb_from_predicate(&mut self, step: &mut Outline, predicate: &Outline) {
        if predicate.climbs.is_empty() {
            return;
        }
        for &climb in &predicate.climbs {
            match self.climbs[climb].levels {
                0 => {}
                1 => self.climb_over(step, climb),
                _ => self.climbs[climb].levels -= 1,
            }
        }
        step.take_climbs(predicate);
    }

    /// A `%` that is left at the top has nothing above it.
    pub(super) fn nothing_above(&mut self, whole: &Outline) {
        let mut left = whole.climbs.clone();
        if let Shape::Parent(climb) = whole.shape {
            left.push(climb);
        }
        left.dedup();
        for climb in left {
            let at = self.climbs[climb].at.clone();
            let message = "`%` has no value here that its context is a part of";
            self.report(
                ErrorCode::NoParent,
                at,
                message,
                "write it after at least as many steps as it goes up",
            );
        }
    }

    fn climb_over(&mut self, step: &Outline, climb: usize) {
        match &step.shape {
            Shape::Name => self.climbs[climb].levels -= 1,
            Shape::Parent(_) => {
                self.climbs[climb].levels += 1;
                // also keeps the way of each short, however long the path
                if self.climbs[climb].levels > MAX_DEPTH {
                    self.climbs[climb].levels = 0;
                    let message = format!("`%` goes up more than {MAX_DEPTH} levels");
                    let at = self.climbs[climb].at.clone();
                    self.errors.push(JsonataError::new(ErrorCode::TooDeep, at, message));
                }
            }
            Shape::Block(None) => {}
            Shape::Block(Some(last)) => self.climb_over(last, climb),
            Shape::Path { steps, .. } => {
                for step in steps.iter().rev() {
                    self.climb_over(step, climb);
                    if self.climbs[climb].levels == 0 {
                        break;
                    }
                }
            }
            Shape::Text | Shape::Literal | Shape::Sort | Shape::Other => {
                self.climbs[climb].levels = 0;
                let written = super::super::parser::quote(self.text, &step.span);
                let message = format!("`%` cannot know what {written} is a part of");
                self.report(ErrorCode::NoParent, step.span.clone(), message, HELP);
            }
        }
    }
}

const HELP: &str = "bind the value that you need to a variable before: `step@$name`";
