use std::ops::Add;

/// A number of events. It stays at the greatest number rather than begin again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::validate) struct Amount {
    /// On every way on which nothing fails.
    pub(super) sure: u64,
    /// If loops whose rounds are counted are not left early either.
    pub(super) counted: u64,
}

impl Amount {
    pub(super) const fn of(events: u64) -> Self {
        Self { sure: events, counted: events }
    }

    pub(super) const fn times(self, count: u64) -> Self {
        Self { sure: self.sure.saturating_mul(count), counted: self.counted.saturating_mul(count) }
    }

    /// The events and whether they are sure, if they reach a number.
    pub(super) fn reaching(self, limit: u64) -> Option<(u64, bool)> {
        [(self.sure, true), (self.counted, false)].into_iter().find(|(events, _)| *events >= limit)
    }

    /// The events of either kind.
    pub(super) const fn either(self, is_sure: bool) -> u64 {
        if is_sure { self.sure } else { self.counted }
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            sure: self.sure.saturating_add(other.sure),
            counted: self.counted.saturating_add(other.counted),
        }
    }
}
