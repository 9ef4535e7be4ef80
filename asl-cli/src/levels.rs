//! How much a finding of each rule counts: what the user decides differently from the rules.

use std::collections::BTreeMap;

use asl_core::decode::JsonError;
use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::syntax::closest;
use asl_core::validate::{RULES, Rule, rule};

use crate::report::printable;

/// What becomes of the findings of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// They are errors.
    Deny,
    /// They are warnings.
    Warn,
    /// They are not reported.
    Allow,
}

/// The group of all warnings, which can be denied as one.
const WARNINGS: &str = "warnings";

/// Decisions about rules.
#[derive(Debug, Clone, Default)]
pub(crate) struct Levels {
    by_code: BTreeMap<&'static str, Level>,
    denies_warnings: bool,
}

impl Levels {
    /// Adds a decision; a rule is named by code or name.
    ///
    /// # Errors
    ///
    /// If there is no such rule, or something else was decided about it before.
    pub(crate) fn decide(&mut self, name: &str, level: Level) -> Result<(), String> {
        if name == WARNINGS && level == Level::Deny {
            self.denies_warnings = true;
            return Ok(());
        }
        let Some(rule) = rule(name) else { return Err(no_such_rule(name, level)) };
        let code = rule.code.as_str();
        if code == JsonError::CODE.as_str() && level != Level::Deny {
            return Err(format!(
                "`{}` is always an error: nothing else can be said about such a text",
                printable(name)
            ));
        }
        match self.by_code.insert(code, level) {
            Some(before) if before != level => Err(format!(
                "`{}` is both {} and {}",
                printable(name),
                before.participle(),
                level.participle()
            )),
            _ => Ok(()),
        }
    }

    /// These, and where they say nothing, weaker ones.
    pub(crate) fn over(&self, weaker: &Self) -> Self {
        let mut by_code = weaker.by_code.clone();
        if self.denies_warnings {
            by_code.retain(|_, level| *level != Level::Warn);
        }
        by_code.extend(&self.by_code);
        Self { by_code, denies_warnings: self.denies_warnings || weaker.denies_warnings }
    }

    /// Whether a rule that is advice is wanted for itself.
    pub(crate) fn want_advice(&self) -> bool {
        let is_wanted =
            |rule: &Rule| matches!(self.by_code.get(rule.code.as_str()), Some(Level::Deny | Level::Warn));
        RULES.iter().any(|rule| rule.severity == Severity::Advice && is_wanted(rule))
    }

    /// What a finding counts as; `None` if it is not reported.
    pub(crate) fn severity(&self, finding: &Diagnostic) -> Option<Severity> {
        match self.by_code.get(finding.code.as_str()) {
            Some(Level::Deny) => Some(Severity::Error),
            Some(Level::Warn) => Some(Severity::Warning),
            Some(Level::Allow) => None,
            None if self.denies_warnings && finding.severity == Severity::Warning => Some(Severity::Error),
            None => Some(finding.severity),
        }
    }

    /// Whether something was decided about a rule of this code.
    pub(crate) fn decides(&self, finding: &Diagnostic) -> bool {
        self.by_code.contains_key(finding.code.as_str())
    }
}

impl Level {
    fn participle(self) -> &'static str {
        match self {
            Self::Deny => "denied",
            Self::Warn => "warned of",
            Self::Allow => "allowed",
        }
    }
}

/// What to say of a name that no rule has.
pub(crate) fn no_such_rule(name: &str, level: Level) -> String {
    let group = (level == Level::Deny).then_some(WARNINGS);
    let known = RULES.iter().flat_map(|rule| [rule.code.as_str(), rule.name]).chain(group);
    let help = match closest(name, known) {
        Some(close) => format!("did you mean `{close}`?"),
        None => "`asl explain` lists all rules".to_owned(),
    };
    format!("there is no rule `{}`; {help}", printable(name))
}
