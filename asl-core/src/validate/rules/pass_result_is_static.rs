#![doc = include_str!("pass_result_is_static.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{QueryLanguage, State};
use crate::validate::context::{Context, Step};
use crate::validate::likeness::{is_like_call, is_like_path};
use crate::validate::payload;
use crate::validate::rule::{Check, Rule};
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0903"),
    name: "pass-result-is-static",
    severity: Severity::Warning,
    aws: Some("PASS_RESULT_IS_STATIC"),
    explain: include_str!("pass_result_is_static.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, _: &State) {
    let Some((_, State::Pass(pass))) = cx.state() else { return };
    let Some(result) = &pass.result else { return };
    if cx.certain_language() != Some(QueryLanguage::JsonPath) {
        return;
    }
    cx.step(Step::Field("Result"), |cx| {
        payload::strings(cx, result, &mut |cx, text| {
            if is_like_path(text) || is_like_call(text) {
                cx.report(format!("`{}` stays as it is: `Result` is not evaluated", excerpt(text)))
                    .help("write `Parameters` in place of `Result`, and keys that end in `.$`");
            }
        });
    });
}
