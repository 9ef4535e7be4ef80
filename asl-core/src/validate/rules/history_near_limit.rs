#![doc = include_str!("history_near_limit.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{StateMachine, WorkflowType};
use crate::validate::context::Context;
use crate::validate::events::{Cause, Excess, excesses};
use crate::validate::rule::{Check, Rule};
use crate::validate::waiting::HISTORY_EVENTS;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0922"),
    name: "history-near-limit",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("history_near_limit.md"),
    check: Check::Machine(check),
};

fn check(cx: &mut Context<'_>, machine: &StateMachine) {
    // the histories of Express executions do not end
    if cx.workflow_type() == WorkflowType::Express {
        return;
    }
    for Excess { at, cause, events, is_sure } in excesses(machine, cx.language()) {
        let sum = format!("{events} events in all, and an execution fails after {HISTORY_EVENTS}");
        let report = match cause {
            Cause::Items { count, each } if is_sure => {
                cx.report(format!("this Map runs {count} iterations of at least {each} events: {sum}"))
            }
            Cause::Items { count, each } => cx.report(format!(
                "this Map runs {count} iterations of {each} events, unless a loop in them is left early: {sum}"
            )),
            Cause::Rounds { times, each } => {
                let leads = if is_sure { "leads" } else { "may lead" };
                cx.report(format!(
                    "this Choice {leads} back {times} times, each round with at least {each} events: {sum}"
                ))
            }
            Cause::Execution if is_sure => {
                cx.report(format!("the shortest way through these states adds {sum}"))
            }
            Cause::Execution => cx.report(format!(
                "the shortest way through these states adds, unless a loop is left early, {sum}"
            )),
        };
        let report = match cause {
            Cause::Items { .. } => {
                report.help("set `Mode` to `DISTRIBUTED`: then each iteration has a history of its own").key()
            }
            Cause::Rounds { .. } => report
                .help("let a nested execution do a part of the rounds: `states:startExecution.sync:2`")
                .key(),
            Cause::Execution => {
                report.help("move some of them to a nested execution: `states:startExecution.sync:2`")
            }
        };
        report.below(&at.to_string());
    }
}
