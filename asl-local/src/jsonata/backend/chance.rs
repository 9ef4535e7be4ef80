//! Random numbers of one evaluation.

use std::cell::Cell;

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
        unit(self.bits() >> 11)
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

/// The first `nextDouble` of a `java.util.Random` with this seed, 0 ≤ n < 1: the generator is the linear congruential
/// one that the class documents. The service draws from it, so a seed gives the same number there and here (measured
/// by third parties, August 2026).
pub(super) fn java_double(seed: i64) -> f64 {
    const MULTIPLIER: u64 = 0x5_DEEC_E66D;
    const MASK: u64 = (1 << 48) - 1;
    let mut state = (seed.cast_unsigned() ^ MULTIPLIER) & MASK;
    let mut next = |bits: u32| {
        state = state.wrapping_mul(MULTIPLIER).wrapping_add(0xB) & MASK;
        state >> (48 - bits)
    };
    unit((next(26) << 27) + next(27))
}

/// A fraction of 53 bits as a number 0 ≤ n < 1.
#[expect(clippy::cast_precision_loss, reason = "53 bits, and a power of two")]
fn unit(fraction: u64) -> f64 {
    fraction as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the service answered for these seeds.
    #[test]
    #[expect(clippy::float_cmp, reason = "the same bits are wanted")]
    fn a_seed_gives_the_number_of_java() {
        assert_eq!(java_double(42), 0.727_563_680_032_868_1);
        assert_eq!(java_double(0), 0.730_967_787_376_657);
        assert_eq!(java_double(7), 0.730_699_042_060_042_1);
    }

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
