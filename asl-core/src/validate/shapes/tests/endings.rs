//! The analysis ends, and soon.

use proptest::prelude::*;

use crate::validate::shapes::flow;
use crate::validate::shapes::shape::Shape;

/// A scope of states that go anywhere and build ever more data, some of them with scopes inside.
fn scope(states: &[(u8, usize, usize)], depth: usize) -> String {
    let name = |number: usize| format!("d{depth}s{}", number % states.len());
    let written = states.iter().enumerate().map(|(index, &(kind, first, second))| {
        let (first, second) = (name(first), name(second));
        let state = match kind % 6 {
            0 => format!(r#""Type": "Pass", "Parameters": {{"n{index}.$": "$", "k": {index}}}, "Next": "{first}""#),
            1 => format!(r#""Type": "Pass", "Result": [{index}], "ResultPath": "$.r{index}.s", "Assign": {{"v{index}.$": "$"}}, "Next": "{first}""#),
            2 => format!(
                r#""Type": "Choice", "Choices": [{{"Variable": "$.k", "NumericEquals": {index}, "Next": "{first}"}}], "Default": "{second}""#
            ),
            3 => format!(
                r#""Type": "Task", "Resource": "${{F}}", "ResultSelector": {{"all.$": "$$", "one.$": "States.Array($.x, {index})"}}, "Next": "{first}", "Catch": [{{"ErrorEquals": ["States.ALL"], "ResultPath": "$.e{index}", "Next": "{second}"}}]"#
            ),
            4 if depth < 3 => format!(
                r#""Type": "Parallel", "Branches": [{}], "ResultPath": "$.p", "Next": "{first}""#,
                scope(&states[..states.len().min(4)], depth + 1)
            ),
            _ => r#""Type": "Pass", "End": true"#.to_owned(),
        };
        format!(r#""{}": {{{state}}}"#, name(index))
    });
    let states: Vec<String> = written.collect();
    format!(r#"{{"StartAt": "{}", "States": {{{}}}}}"#, name(0), states.join(", "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn loops_that_build_ever_more_data_come_to_an_end(
        states in proptest::collection::vec((0_u8..6, 0_usize..40, 0_usize..40), 1..40),
        known in any::<bool>(),
    ) {
        let text = scope(&states, 0);
        let machine = crate::decode(&text).unwrap().machine;
        let input = if known { super::exact(r#"{"k": 1}"#) } else { Shape::UNKNOWN };
        let flow = flow::follow(&machine, machine.language(), input);
        let patience = flow.patience;
        // what goes on too long is given up, and then nothing is said
        prop_assert!(patience > 0 || flow.into_observations().is_empty());
    }
}

#[test]
fn a_loop_of_passes_is_followed_a_few_times_only() {
    let machine = crate::decode(
        r#"{"StartAt": "A", "States": {
            "A": {"Type": "Pass", "Parameters": {"before.$": "$"}, "Next": "B"},
            "B": {"Type": "Choice", "Choices": [{"Variable": "$$.Execution.Name", "StringEquals": "x", "Next": "A"}],
                  "Default": "C"},
            "C": {"Type": "Succeed"}}}"#,
    )
    .unwrap()
    .machine;
    let flow = flow::follow(&machine, machine.language(), Shape::UNKNOWN);
    assert!(1_000 + 20 * 3 - flow.patience < 40, "{} left", flow.patience);
}
