//! Retriers and catchers.

use asl_core::model::{self, JitterStrategy};

use super::field::{Field, constant};
use super::{Places, Unready};
use crate::program::{Catcher, Jitter, Retrier};

impl Field<'_> {
    pub(super) fn retriers(&self, retriers: &[model::Retrier]) -> Result<Vec<Retrier>, Unready> {
        retriers.iter().map(|retrier| self.retrier(retrier)).collect()
    }

    #[allow(clippy::cast_precision_loss, reason = "the largest is 99,999,999")]
    fn retrier(&self, it: &model::Retrier) -> Result<Retrier, Unready> {
        let place = |field: &str| format!("state `{}`, Retry, {field}", self.state);
        let integer = |field: &str, value: Option<&model::Static<i64>>, default: i64| {
            value.map_or(Ok(default), |value| constant(&place(field), value))
        };
        let attempts = integer("MaxAttempts", it.max_attempts.as_ref(), 3)?;
        let rate = match &it.backoff_rate {
            Some(model::Static::Literal(rate)) => rate.as_f64().unwrap_or(2.0),
            Some(model::Static::Placeholder(_)) => {
                return Err(self.fault("Retry", "`BackoffRate` is a placeholder; put a number in its place"));
            }
            None => 2.0,
        };
        let max_delay = it
            .max_delay_seconds
            .as_ref()
            .map(|value| constant(&place("MaxDelaySeconds"), value))
            .transpose()?;
        let jitter =
            it.jitter_strategy.as_ref().map(|value| constant(&place("JitterStrategy"), value)).transpose()?;
        Ok(Retrier {
            errors: it.error_equals.clone().unwrap_or_default(),
            interval: integer("IntervalSeconds", it.interval_seconds.as_ref(), 1)? as f64,
            max_attempts: u32::try_from(attempts).unwrap_or(0),
            backoff_rate: rate,
            max_delay: max_delay.map(|seconds| seconds as f64),
            jitter: if jitter == Some(JitterStrategy::Full) { Jitter::Full } else { Jitter::None },
        })
    }

    pub(super) fn catchers(
        &self,
        catchers: &[model::Catcher],
        places: &Places,
    ) -> Result<Vec<Catcher>, Unready> {
        let catcher = |(index, it): (usize, &model::Catcher)| {
            let name = |field: &str| format!("Catch[{index}]/{field}");
            Ok(Catcher {
                errors: it.error_equals.clone().unwrap_or_default(),
                result_path: self.result_path(&name("ResultPath"), it.result_path.as_ref())?,
                output: self.payload(&name("Output"), it.output.as_ref())?,
                assign: self.assign(&name("Assign"), it.assign.as_ref())?,
                next: self.target(&name("Next"), it.next.as_deref().unwrap_or_default(), places)?,
            })
        };
        catchers.iter().enumerate().map(catcher).collect()
    }
}
