#![doc = include_str!("unreachable_handler.md")]

use crate::diagnostic::{Code, Severity};
use std::collections::HashMap;

use crate::model::State;
use crate::syntax::PredefinedErrorName;
use crate::validate::context::Context;
use crate::validate::handlers::{Names, each_list};
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0504"),
    name: "unreachable-handler",
    severity: Severity::Warning,
    aws: None,
    explain: include_str!("unreachable_handler.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    each_list(state, |field, noun, names| handlers(cx, field, noun, names));
}

fn handlers(cx: &mut Context<'_>, field: &str, noun: &str, handlers: &mut Names<'_, '_>) {
    let all = PredefinedErrorName::All.name();
    if handlers.len() < 2 {
        return;
    }
    let mut first_at: HashMap<&str, usize> = HashMap::new();
    for (index, names) in handlers.enumerate() {
        let earlier = |name: &String| first_at.get(name.as_str()).copied();
        // a second `States.ALL` shows that the first is misplaced, which another rule says
        if names.iter().all(|name| name != all && earlier(name).is_some())
            && let Some(name) = names.first()
            && let Some(first) = earlier(name)
        {
            let name = excerpt(name);
            cx.report(format!("this {noun} is never reached: each of its errors stands in one before it"))
                .help(format!("the first match wins: merge it with `{field}[{first}]`, which has `{name}`"))
                .field(field)
                .index(index);
        }
        for name in names {
            first_at.entry(name).or_insert(index);
        }
    }
}
