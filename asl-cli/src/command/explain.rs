//! `asl explain`.

use std::io::{self, Write};

use asl_core::validate::{RULES, Rule, rule};

use crate::arguments::Explain;
use crate::exit::Outcome;
use crate::levels::{Level, no_such_rule};
use crate::report::failure;

pub(crate) fn run(arguments: &Explain, output: &mut dyn Write) -> io::Result<Outcome> {
    let Some(code) = &arguments.code else {
        list(output)?;
        return Ok(Outcome::Good);
    };
    if let Some(rule) = rule(code) {
        write!(output, "{}", page(rule))?;
        return Ok(Outcome::Good);
    }
    failure(&no_such_rule(code, Level::Allow));
    Ok(Outcome::Failed)
}

/// The page of a rule, with the code, by which it was asked for, in front.
fn page(rule: &Rule) -> String {
    format!("{}[{}] {}\n\n{}", rule.severity, rule.code, rule.name, rule.explain)
}

/// One line a rule: code, severity, name, title.
fn list(output: &mut dyn Write) -> io::Result<()> {
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    for rule in RULES {
        let title = rule.explain.lines().next().unwrap_or_default().trim_start_matches("# ");
        let severity = rule.severity.to_string();
        writeln!(output, "{}  {severity:<7}  {:<widest$}  {title}", rule.code, rule.name)?;
    }
    Ok(())
}
