#![doc = include_str!("path_matches_nothing.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::State;
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};
use crate::validate::shapes::{Fact, Observation, Reason};
use crate::validate::wording::{did_you_mean, excerpt, list};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0430"),
    name: "path-matches-nothing",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("path_matches_nothing.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, name: &str, state: &State) {
    for Observation { at, within, fact } in cx.observations(state) {
        if let Fact::NoMatch { path, container, reason } = fact {
            let path = excerpt(&path);
            let message = format!("`{path}` matches nothing: {}", why(name, &container, &reason));
            let report = cx.report(message).maybe_help(help(&container, &reason)).below(at.as_str());
            if let Some(bytes) = within {
                report.within(bytes);
            }
        }
    }
}

/// What stands where the path stops to match.
fn why(state: &str, container: &str, reason: &Reason) -> String {
    let container = excerpt(container);
    match reason {
        Reason::Field { fields, origin, .. } => {
            let what = match fields.as_slice() {
                [] => "no fields".to_owned(),
                fields => format!("only {}", shown(fields)),
            };
            match origin.as_deref() {
                Some(origin) if origin == state => format!("this state gives `{container}` {what}"),
                Some(origin) => {
                    format!("the state `{}` gives `{container}` {what}", excerpt(origin))
                }
                None => format!("`{container}` has {what}"),
            }
        }
        Reason::NotAnObject { found, .. } => format!("`{container}` is {found}, which has no fields"),
        Reason::NotAnArray { found } => format!("`{container}` is {found}, which has no elements"),
        Reason::Element { length: 0 } => format!("`{container}` is an empty array"),
        Reason::Element { length: 1 } => format!("`{container}` has one element, `[0]`"),
        Reason::Element { length } => {
            format!("`{container}` has {length} elements, `[0]` to `[{}]`", length - 1)
        }
    }
}

/// The fields by name, as many as a message holds.
fn shown(fields: &[std::rc::Rc<str>]) -> String {
    const MOST: usize = 6;
    let names: Vec<&str> = fields.iter().take(MOST).map(|name| excerpt_of(name)).collect();
    match fields.len() - names.len() {
        0 => list(&names, "and"),
        more => format!("`{}` and {more} more", names.join("`, `")),
    }
}

/// A name that is short enough for a list.
fn excerpt_of(name: &str) -> &str {
    const MOST: usize = 40;
    name.char_indices().nth(MOST).map_or(name, |(end, _)| &name[..end])
}

fn help(container: &str, reason: &Reason) -> Option<String> {
    match reason {
        Reason::Field { wanted, fields, .. } => {
            let close = did_you_mean(wanted, fields.iter().map(|name| &**name));
            let other =
                || format!("give `{}` where the data is built, or read what is there", excerpt(wanted));
            Some(close.unwrap_or_else(other))
        }
        Reason::NotAnObject { is_string: true, .. } => {
            let is_jsonata = container.starts_with("$states.");
            let call = if is_jsonata { "$parse" } else { "States.StringToJson" };
            Some(format!("if it is JSON text, read it with `{call}({})` first", excerpt(container)))
        }
        Reason::NotAnObject { found, .. } if found == "an array" => {
            Some(format!("take one of its elements: `{}[0]`", excerpt(container)))
        }
        Reason::NotAnObject { .. } | Reason::NotAnArray { .. } | Reason::Element { .. } => None,
    }
}
