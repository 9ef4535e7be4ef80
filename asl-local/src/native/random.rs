use std::cell::RefCell;

use crate::jsonata::Chance;
use crate::random::{Random as _, SeededRandom, token, unit};

/// Chance that a seed fixes: what the engine draws with this seed, if it draws for the same things in the same order.
#[derive(Debug)]
pub(super) struct Random(RefCell<SeededRandom>);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(RefCell::new(SeededRandom::new(seed)))
    }

    pub(super) fn seed(&self, seed: u64) {
        *self.0.borrow_mut() = SeededRandom::new(seed);
    }

    pub(super) fn next_u64(&self) -> u64 {
        self.0.borrow().next_u64()
    }

    /// For jitter: from 0 to below 1.
    pub(super) fn fraction(&self) -> f64 {
        unit(&*self.0.borrow())
    }

    /// A task token.
    pub(super) fn token(&self) -> String {
        token(&*self.0.borrow())
    }

    /// `$random()`, as the only such call of an expression.
    pub(super) fn random(&self) -> f64 {
        Chance::new(self.next_u64()).unit()
    }

    /// `$uuid()`, as the only such call of an expression.
    pub(super) fn uuid(&self) -> String {
        Chance::new(self.next_u64()).uuid()
    }
}
