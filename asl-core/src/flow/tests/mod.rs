//! Programs and the definitions that they become.

mod samples;
mod faults;
mod large;
mod bound_names;
mod known;

use super::*;
use crate::syntax::jsonata::{Expression, Kind};

/// A leaf: in the code, `$name` stands for the local of that name.
pub(super) fn leaf(code: &str, locals: &[&Local]) -> Expression {
    let tree = Expression::parse_strict(code).unwrap();
    tree::replace(&tree, &|name| {
        let local = locals.iter().rev().find(|local| local.name() == name)?;
        Some(local.expression())
    })
}

/// A constant.
pub(super) fn text(value: &str) -> Expression {
    Expression::new(Kind::String(value.to_owned()), 0..0)
}

pub(super) fn number(value: u32) -> Expression {
    Expression::new(Kind::Number(value.into()), 0..0)
}

/// The definition of a program, which must have neither errors nor warnings.
#[track_caller]
pub(super) fn definition(program: &Program) -> String {
    let lowered = program.lower().unwrap_or_else(|faults| panic!("{faults}"));
    let json = crate::encode::to_string_pretty(&lowered.machine);
    assert!(!json.contains('#'), "a local is left:\n{json}");
    let valid = lowered.machine.validate().unwrap_or_else(|invalid| panic!("{invalid}\n{json}"));
    let warnings: Vec<String> = valid.warnings().iter().map(ToString::to_string).collect();
    assert!(warnings.is_empty(), "{warnings:#?}\n{json}");
    json
}
