//! Random numbers of one evaluation.

use std::cell::Cell;

use crate::random::fraction;

/// Random bits from a seed. An evaluation that needs any draws one seed from the execution's generator.
#[derive(Debug)]
pub(crate) struct Chance(Cell<u64>);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    /// SplitMix64, which is well spread from any seed.
    pub(super) fn bits(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        self.0.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 ≤ n < 1.
    pub(crate) fn unit(&self) -> f64 {
        fraction(self.bits() >> 11)
    }

    /// A random UUID of version 4, in lower case.
    pub(crate) fn uuid(&self) -> String {
        let bits = (u128::from(self.bits()) << 64) | u128::from(self.bits());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().hyphenated().to_string()
    }

    /// 0 ≤ n < bound, and 0 if the bound is 0. Of the few numbers that a remainder favours nobody will notice.
    pub(super) fn below(&self, bound: usize) -> usize {
        let bound = u128::try_from(bound).unwrap_or(u128::MAX >> 64);
        usize::try_from((u128::from(self.bits()) * bound) >> 64).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_fixes_all_numbers_and_they_reach_all_of_a_range() {
        let draw = |seed| {
            let chance = Chance::new(seed);
            (0..1000).map(|_| chance.below(7)).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert!((0..7).all(|number| draw(1).iter().filter(|drawn| **drawn == number).count() > 100));
        assert_eq!(Chance::new(3).below(0), 0);
    }
}
