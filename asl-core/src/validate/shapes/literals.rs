use std::cmp::Ordering;
use std::fmt;

/// The values of one simple type that a value may be.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Literals<T> {
    /// It is not of this type.
    #[default]
    None,
    /// One of these, sorted, no two the same.
    Of(Vec<T>),
    /// Any value of the type.
    Any,
}

/// More values than this are not told apart.
const MAX_LITERALS: usize = 4;

impl<T: Ord + Clone> Literals<T> {
    pub(super) fn one(value: T) -> Self {
        Self::Of(vec![value])
    }

    pub(super) fn join(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::None, it) | (it, Self::None) => it.clone(),
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::Of(one), Self::Of(other)) => {
                let mut all: Vec<T> = one.iter().chain(other).cloned().collect();
                all.sort();
                all.dedup();
                if all.len() > MAX_LITERALS { Self::Any } else { Self::Of(all) }
            }
        }
    }
}

impl<T> Literals<T> {
    pub(super) const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether one of the values might do.
    pub(super) fn may_be(&self, does: impl FnMut(&T) -> bool) -> bool {
        match self {
            Self::None => false,
            Self::Of(values) => values.iter().any(does),
            Self::Any => true,
        }
    }

    /// Whether all values are known, and all do.
    pub(super) fn must_be(&self, does: impl FnMut(&T) -> bool) -> bool {
        match self {
            Self::None => true,
            Self::Of(values) => values.iter().all(does),
            Self::Any => false,
        }
    }

    /// How many values are known.
    pub(super) const fn known(&self) -> usize {
        match self {
            Self::Of(values) => values.len(),
            Self::None | Self::Any => 0,
        }
    }

    /// The value, if there is one only.
    pub(super) fn only(&self) -> Option<&T> {
        match self {
            Self::Of(values) if values.len() == 1 => values.first(),
            Self::None | Self::Of(_) | Self::Any => None,
        }
    }
}

/// A number as the service compares it: a double, where `0` and `-0` are the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numeral(f64);

impl Numeral {
    pub(super) const fn value(self) -> f64 {
        self.0
    }
}

impl From<f64> for Numeral {
    fn from(number: f64) -> Self {
        // the sum turns -0 into 0
        Self(number + 0.0)
    }
}

impl PartialEq for Numeral {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Numeral {}

impl PartialOrd for Numeral {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Numeral {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl fmt::Display for Numeral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
