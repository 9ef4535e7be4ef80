//! Random numbers: those of an execution, from one seed, and those that a seed of the definition fixes.

use std::cell::RefCell;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// Where an execution takes its random numbers from.
///
/// Drawing changes the generator behind a shared reference, so that one handle (`Rc<dyn Random>`) serves the
/// functions of both query languages.
pub(crate) trait Random {
    /// The next 64 random bits.
    fn next_u64(&self) -> u64;

    /// A random UUID, version 4, in lower case.
    fn uuid(&self) -> String {
        let bits = u128::from(self.next_u64()) << 64 | u128::from(self.next_u64());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid().to_string()
    }

    /// A random number from 0 up to the bound, which is excluded. A bound of 0 gives 0.
    fn below(&self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let highest = u64::MAX - (u64::MAX % bound + 1) % bound;
        // each turn fails in less than half of all cases
        loop {
            let bits = self.next_u64();
            if bits <= highest {
                return bits % bound;
            }
        }
    }
}

/// A number from 0 up to 1, which is excluded.
pub(crate) fn unit(random: &dyn Random) -> f64 {
    fraction(random.next_u64() >> 11)
}

/// 53 bits as a number from 0 up to 1, which is excluded.
#[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
pub(crate) fn fraction(bits: u64) -> f64 {
    bits as f64 / (1_u64 << 53) as f64
}

/// A task token as the service gives them: long, and without a meaning.
pub(crate) fn token(random: &dyn Random) -> String {
    let bytes: Vec<u8> = (0..6).flat_map(|_| random.next_u64().to_be_bytes()).collect();
    BASE64_STANDARD.encode(bytes)
}

/// Random numbers that a seed fixes, in every release of this crate.
#[derive(Debug)]
pub(crate) struct SeededRandom(RefCell<ChaCha8Rng>);

impl SeededRandom {
    pub(crate) fn new(seed: u64) -> Self {
        Self(RefCell::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl Random for SeededRandom {
    fn next_u64(&self) -> u64 {
        self.0.borrow_mut().next_u64()
    }
}

/// The generator of Java's `java.util.Random`.
///
/// The service answers `States.MathRandom` and `$random` with its numbers if they are given a seed, as others have
/// measured; so the same definition gives the same numbers here as there.
#[derive(Debug, Clone)]
pub(crate) struct JavaRandom(u64);

impl JavaRandom {
    const MULTIPLIER: u64 = 0x5_DEEC_E66D;
    const MASK: u64 = (1 << 48) - 1;

    pub(crate) fn new(seed: i64) -> Self {
        Self((seed.cast_unsigned() ^ Self::MULTIPLIER) & Self::MASK)
    }

    /// The next bits, at most 32 of them.
    fn next(&mut self, bits: u32) -> u64 {
        self.0 = self.0.wrapping_mul(Self::MULTIPLIER).wrapping_add(0xB) & Self::MASK;
        self.0 >> (48 - bits)
    }

    /// `nextDouble()`: a number from 0 up to 1, which is excluded.
    pub(crate) fn double(&mut self) -> f64 {
        let high = self.next(26);
        fraction((high << 27) + self.next(27))
    }

    /// `nextInt(bound)`: a number from 0 up to the bound, which is excluded and must be positive.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let bound = u64::from(bound.clamp(1, i32::MAX.cast_unsigned()));
        let number = if bound.is_power_of_two() {
            (bound * self.next(31)) >> 31
        } else {
            loop {
                let bits = self.next(31);
                // else the last, incomplete run of the numbers would favour the small ones
                if i32::try_from(bits - bits % bound + bound - 1).is_ok() {
                    break bits % bound;
                }
            }
        };
        u32::try_from(number).expect("less than a bound of 32 bits")
    }
}

#[cfg(test)]
mod tests {
    use super::{JavaRandom, Random, SeededRandom};

    #[test]
    fn a_seed_fixes_all_numbers_and_uuids() {
        let draw = |seed| {
            let random = SeededRandom::new(seed);
            (random.next_u64(), random.uuid(), random.below(100), random.uuid())
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        // a release that drew other numbers would change the histories of its users
        assert_eq!(draw(7).1, "2b0159d3-2e9b-493a-b44b-70b945249531");
    }

    #[test]
    fn a_uuid_has_version_four() {
        let random = SeededRandom::new(0);
        for _ in 0..100 {
            let uuid = random.uuid();
            assert_eq!(uuid.len(), 36);
            assert_eq!(&uuid[14..15], "4");
            assert!("89ab".contains(&uuid[19..20]));
            assert_eq!(uuid, uuid.to_lowercase());
        }
    }

    #[test]
    fn numbers_below_a_bound_reach_all_of_them_and_no_more() {
        let random = SeededRandom::new(3);
        let mut seen = [0_u32; 7];
        for _ in 0..7_000 {
            seen[usize::try_from(random.below(7)).unwrap()] += 1;
        }
        assert!(seen.iter().all(|&times| (800..1_200).contains(&times)), "{seen:?}");
        assert_eq!((random.below(0), random.below(1)), (0, 0));
    }

    #[test]
    fn the_numbers_of_a_seed_are_those_of_java() {
        assert_eq!(JavaRandom::new(42).below(10), 0);
        assert_eq!(JavaRandom::new(42).below(99), 62);
        assert_eq!(JavaRandom::new(42).below(4), 2);
        assert_eq!(JavaRandom::new(1).below(999), 105);
        assert_eq!(JavaRandom::new(2).below(999), 805);
        assert_eq!(JavaRandom::new(-10).below(9), 0);
        assert_eq!(JavaRandom::new(1).below(7), 4);
    }

    /// What the service answered to `$random` for these seeds.
    #[test]
    #[expect(clippy::float_cmp, reason = "the same bits are wanted")]
    fn the_fractions_of_a_seed_are_those_of_java() {
        assert_eq!(JavaRandom::new(42).double(), 0.727_563_680_032_868_1);
        assert_eq!(JavaRandom::new(0).double(), 0.730_967_787_376_657);
        assert_eq!(JavaRandom::new(7).double(), 0.730_699_042_060_042_1);
    }
}
