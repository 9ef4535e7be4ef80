//! What an execution costs on AWS, by the published prices of us-east-1.

use super::Execution;
use crate::world::World;

/// An estimate in US dollars. The free tier and other Regions' prices are not considered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// As a Standard workflow: $0.025 per 1,000 state transitions.
    pub standard: f64,
    /// As an Express workflow: $1.00 per million requests, and $0.06 per GB-hour of duration in steps of 100 ms, for
    /// 64 MB of memory. The service measures memory; this takes the least.
    pub express: f64,
}

impl<W: World> Execution<W> {
    /// What this execution would cost as a Standard and as an Express workflow, without those that it started.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
    pub fn price(&self) -> Price {
        const PER_TRANSITION: f64 = 0.025 / 1_000.0;
        const PER_REQUEST: f64 = 1.0 / 1_000_000.0;
        const PER_GB_HOUR: f64 = 0.06;
        let steps = self.elapsed().as_millis().div_ceil(100).max(1) as f64;
        let hours = steps * 0.1 / 3_600.0;
        Price {
            standard: self.transitions() as f64 * PER_TRANSITION,
            express: PER_REQUEST + hours * (64.0 / 1_024.0) * PER_GB_HOUR,
        }
    }
}
