use asl_core::syntax::json_path::Operand as WrittenOperand;
use asl_core::syntax::{JsonPath, Root, Segment, Selector as Written};

use super::filter::Filter;
use super::function::Call;
use super::operand::Operand;
use super::{Document, Select, Selector, Step};
use crate::unprepared::Unprepared;

impl Select {
    /// Makes a path of a definition ready.
    ///
    /// # Errors
    ///
    /// If the text is no path, or one that cannot be read: it waits for deployment, or computes an index by a
    /// script that nobody has seen the service run.
    pub(crate) fn parse(text: &str) -> Result<Self, Unprepared> {
        let path = JsonPath::parse(text).map_err(|error| Unprepared::new(text, error.message))?;
        Self::prepare(&path, text)
    }

    /// Makes a path ready; `written` is its text, for the sentences of faults.
    ///
    /// # Errors
    ///
    /// As for [`Select::parse`].
    pub(crate) fn prepare(path: &JsonPath, written: &str) -> Result<Self, Unprepared> {
        let document = match path.root() {
            Root::Input => Document::Input,
            Root::Context => Document::Context,
            Root::Variable(name) => Document::Variable(variable(name, written)?),
            Root::Current => return Err(Unprepared::new(written, "`@` has a meaning in filters only")),
            Root::Placeholder(_) => return Err(Unprepared::placeholder(written)),
        };
        let (steps, definite) = steps(path, written)?;
        let plain = steps.iter().all(Step::is_plain);
        Ok(Self { written: written.into(), document, steps, definite, plain })
    }
}

/// The name of a variable.
pub(super) fn variable(name: &str, written: &str) -> Result<Box<str>, Unprepared> {
    if name.contains('{') { Err(Unprepared::placeholder(written)) } else { Ok(name.into()) }
}

/// The steps of a path, and whether they lead to one value.
pub(super) fn steps(path: &JsonPath, written: &str) -> Result<(Vec<Step>, bool), Unprepared> {
    let steps =
        path.segments().iter().map(|segment| step(segment, written)).collect::<Result<Vec<_>, _>>()?;
    let definite = is_definite(path, &steps);
    Ok((steps, definite))
}

/// Whether a path leads to one value.
///
/// DIFFERENCE: several names at the end of such a path count as one value, since json-path makes one object of
/// them; anywhere else they lead to several.
fn is_definite(path: &JsonPath, steps: &[Step]) -> bool {
    let merged = || {
        steps.split_last().is_some_and(|(last, before)| {
            !last.descendant
                && matches!(last.selector, Selector::Names(_))
                && before.iter().all(|step| step.is_plain() || matches!(step.selector, Selector::Function(_)))
        })
    };
    path.is_definite() || merged()
}

impl Step {
    /// Whether it is a name or an index, and so leads to one value at most.
    pub(super) fn is_plain(&self) -> bool {
        !self.descendant && matches!(self.selector, Selector::Name(_) | Selector::Index(_))
    }
}

fn step(segment: &Segment, written: &str) -> Result<Step, Unprepared> {
    Ok(Step { descendant: segment.descendant, selector: selector(&segment.selector, written)? })
}

fn selector(selector: &Written, written: &str) -> Result<Selector, Unprepared> {
    Ok(match selector {
        Written::Name(name) => Selector::Name(name.as_str().into()),
        Written::Index(index) => Selector::Index(*index),
        Written::Wildcard => Selector::Wildcard,
        Written::Slice { start, end, step } => {
            Selector::Slice { start: *start, end: *end, step: step.unwrap_or(1) }
        }
        Written::Union(selectors) => union(selectors, written)?,
        Written::Filter(filter) => Selector::Filter(Box::new(Filter::prepare(filter, written)?)),
        Written::Script(script) => Selector::Index(index_of_script(script, written)?),
        Written::Function { function, arguments } => {
            Selector::Function(Call { function: *function, arguments: operands(arguments, written)? })
        }
        Written::Placeholder(_) => return Err(Unprepared::placeholder(written)),
    })
}

fn union(selectors: &[Written], written: &str) -> Result<Selector, Unprepared> {
    let name = |selector: &Written| match selector {
        Written::Name(name) => Some(name.as_str().into()),
        _ => None,
    };
    if let Some(names) = selectors.iter().map(name).collect() {
        return Ok(Selector::Names(names));
    }
    selectors.iter().map(|part| selector(part, written)).collect::<Result<_, _>>().map(Selector::Union)
}

pub(super) fn operands(operands: &[WrittenOperand], written: &str) -> Result<Vec<Operand>, Unprepared> {
    operands.iter().map(|operand| Operand::prepare(operand, written)).collect()
}

/// The index that `@.length-1` means; the length itself is past the end of every array.
fn index_of_script(script: &str, written: &str) -> Result<i64, Unprepared> {
    let text: String = script.chars().filter(|letter| !letter.is_whitespace()).collect();
    let index = text.strip_prefix("@.length").and_then(|rest| {
        let rest = rest.strip_prefix("()").unwrap_or(rest);
        let number = rest.strip_prefix('-')?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse::<i64>().ok()).flatten()
    });
    index.filter(|&back| back > 0).map(|back| -back).ok_or_else(|| {
        let reason = format!("of scripts only `(@.length-1)` and the like can be run, found `({script})`");
        Unprepared::new(written, reason)
    })
}
