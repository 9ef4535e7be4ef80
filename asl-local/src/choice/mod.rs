//! Rules of a Choice state in the query language JSONPath.

mod comparison;
mod pattern;

use asl_core::model::{ChoiceRule, Test};

use crate::Failure;
use crate::data::Scope;
use crate::unprepared::Unprepared;

use comparison::Comparison;

/// The test of a rule, ready to be made.
#[derive(Debug, Clone)]
pub(crate) enum Rule {
    And(Vec<Rule>),
    Or(Vec<Rule>),
    Not(Box<Rule>),
    Comparison(Comparison),
}

impl Rule {
    /// How deeply rules may stand inside rules. A file nests less: its text is refused before.
    const MAX_DEPTH: usize = 512;

    /// Makes a rule ready; its `Next`, `Assign` and `Output` are left to the state.
    ///
    /// # Errors
    ///
    /// If the rule has no test, a JSONata one, or an operand that cannot be compared with, such as a placeholder.
    pub(crate) fn prepare(rule: &ChoiceRule) -> Result<Self, Unprepared> {
        Self::nested(rule, Self::MAX_DEPTH)
    }

    fn nested(rule: &ChoiceRule, depth: usize) -> Result<Self, Unprepared> {
        let refuse = |reason: &str| Err(Unprepared::new("the Choice rule", reason));
        let Some(deeper) = depth.checked_sub(1) else { return refuse("it is nested too deeply") };
        let all = |rules: &[ChoiceRule]| -> Result<Vec<Self>, Unprepared> {
            rules.iter().map(|rule| Self::nested(rule, deeper)).collect()
        };
        match &rule.test {
            Some(Test::And(rules)) => all(rules).map(Self::And),
            Some(Test::Or(rules)) => all(rules).map(Self::Or),
            Some(Test::Not(rule)) => Self::nested(rule, deeper).map(|rule| Self::Not(Box::new(rule))),
            Some(Test::Comparison(comparison)) => Comparison::prepare(comparison).map(Self::Comparison),
            Some(Test::Condition(_)) => refuse("`Condition` is JSONata"),
            None => refuse("it tests nothing"),
        }
    }

    /// Whether the rule holds. `And` and `Or` look no further than they must.
    ///
    /// # Errors
    ///
    /// `States.Runtime` where `Variable` or a comparator's path leads nowhere, unless that is what is asked; and
    /// for a pattern with a backslash that escapes nothing.
    pub(crate) fn holds(&self, scope: &dyn Scope) -> Result<bool, Failure> {
        match self {
            Self::And(rules) => {
                for rule in rules {
                    if !rule.holds(scope)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Or(rules) => {
                for rule in rules {
                    if rule.holds(scope)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::Not(rule) => Ok(!rule.holds(scope)?),
            Self::Comparison(comparison) => comparison.holds(scope),
        }
    }
}

#[cfg(test)]
mod tests;
