use std::time::Duration;

/// What one value may take, in bytes, counting a number as eight and a character as one.
///
/// Measured by third parties on the service, August 2026: `[1..873782]` is taken and `[1..873783]` refused, a text of 2^22
/// characters taken and one of 2^23 refused.
pub(super) const VALUE_BYTES: usize = LONGEST_SEQUENCE * SCALAR_BYTES;

/// What a number, a boolean or null counts as.
pub(super) const SCALAR_BYTES: usize = 8;

const LONGEST_SEQUENCE: usize = 873_782;

/// The most elements of one `$range`; measured as above.
pub(super) const LONGEST_RANGE: u64 = 360_145;

/// How deeply a result may be nested. The service's own limit is not known; without one, data that a recursive function
/// has built would overflow the stack of whoever walks through it.
pub(super) const DEEPEST_RESULT: usize = 500;

/// How far one evaluation may go.
///
/// ```
/// use asl_local::jsonata::Limits;
///
/// let limits = Limits { depth: 500, ..Limits::default() };
/// assert_eq!(limits.sequence, 873_782);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take. The service gives an expression one second of its machines; here the default is ten seconds,
    /// so that a busy computer does not fail a test. It is there to end an endless loop.
    pub time: Duration,
    /// How many expressions may be evaluated inside each other, those that have no parts not counted. The default is the
    /// service's: it adds up 100 numbers, and refuses 101.
    pub depth: usize,
    /// How many elements an array may have that an expression makes. The default is the service's, 873,782.
    pub sequence: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(10), depth: 99, sequence: LONGEST_SEQUENCE }
    }
}
