//! What came of the checks of one area: counted, and each failure named.

use std::any::Any;
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use asl_core::model::WorkflowType;

use super::findings;

/// What came of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// As recorded.
    Passed,
    /// Otherwise: the first difference.
    Failed(String),
    /// Not checked, for this reason.
    Skipped(&'static str),
}

impl Outcome {
    /// Passed, or failed with the difference.
    pub fn unless(difference: Option<String>) -> Self {
        difference.map_or(Self::Passed, Self::Failed)
    }
}

/// The checks of one area.
#[derive(Debug, Clone, Default)]
pub struct Area {
    /// Its name: `definitions`, or that of a folder of executions.
    pub name: String,
    /// How many checks passed.
    pub passed: usize,
    /// The cases that failed, with the first difference.
    pub failures: Vec<(String, String)>,
    /// How many checks were skipped, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// What a reader may want to look at, though it fails nothing.
    pub notes: Vec<(String, String)>,
}

impl Area {
    /// An area without checks.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Makes a check of a case and counts it; a panic in it is a failure.
    pub fn check(&mut self, case: &str, check: impl FnOnce() -> Outcome) {
        let outcome = catch_unwind(AssertUnwindSafe(check))
            .unwrap_or_else(|panic| Outcome::Failed(format!("{PANICKED}{}", panic_message(&*panic))));
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(difference) => self.failures.push((case.to_owned(), difference)),
            Outcome::Skipped(reason) => *self.skipped.entry(reason).or_default() += 1,
        }
    }

    /// Notes what is found in a definition that the service takes: each warning is right, or cries wolf.
    pub fn note(&mut self, case: &str, definition: &[u8], workflow_type: WorkflowType) {
        let found = catch_unwind(|| findings(definition, workflow_type).unwrap_or_default());
        let found = found.unwrap_or_default().into_iter();
        self.notes.extend(found.map(|finding| (case.to_owned(), finding.to_string())));
    }

    /// The share of checks that passed, in per cent, of those that were made.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few thousand cases")]
    pub fn percent(&self) -> f64 {
        let made = self.passed + self.failures.len();
        if made == 0 { 100.0 } else { 100.0 * self.passed as f64 / made as f64 }
    }

    /// The cases in which the code under test panicked.
    pub fn panics(&self) -> impl Iterator<Item = &(String, String)> {
        self.failures.iter().filter(|(_, difference)| difference.starts_with(PANICKED))
    }
}

const PANICKED: &str = "panicked: ";

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a message")
}

/// `definitions: 617 passed, 9 failed, 0 skipped`, and a line for each failure and reason.
impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, passed, failures, skipped, .. } = self;
        let skips: usize = skipped.values().sum();
        write!(f, "{name}: {passed} passed, {} failed, {skips} skipped", failures.len())?;
        for (reason, count) in skipped {
            write!(f, "\n  skipped {count}: {reason}")?;
        }
        for (case, difference) in failures {
            write!(f, "\n  FAILED {case}: {difference}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_counts_and_names() {
        let mut area = Area::new("paths");
        area.check("a", || Outcome::Passed);
        area.check("b", || Outcome::unless(Some("refused".to_owned())));
        area.check("c", || Outcome::Skipped("needs the engine"));
        area.check("d", || panic!("no {}", "way"));
        assert_eq!(
            area.to_string(),
            "paths: 1 passed, 2 failed, 1 skipped\n  skipped 1: needs the engine\n  \
             FAILED b: refused\n  FAILED d: panicked: no way"
        );
        assert_eq!(area.panics().count(), 1);
    }
}
