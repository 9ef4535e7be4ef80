//! What is known of data, held against executions that were recorded.

use std::collections::BTreeMap;

use crate::model::{State, States, Value};
use crate::validate::recorded::{executions, read, replaced};
use crate::validate::shapes::shape::Shape;
use crate::validate::shapes::{Fact, flow};

/// All states of a machine by name.
fn collect<'m>(states: &'m States, all: &mut BTreeMap<&'m str, Vec<&'m State>>) {
    for (name, state) in states.iter() {
        all.entry(name).or_default().push(state);
        match state {
            State::Parallel(parallel) => {
                let branches = parallel.branches.iter().flatten();
                branches.filter_map(|branch| branch.states.as_ref()).for_each(|it| collect(it, all));
            }
            State::Map(map) => {
                let inner = map.processor.as_ref().and_then(|it| it.machine().states.as_ref());
                if let Some(inner) = inner {
                    collect(inner, all);
                }
            }
            _ => {}
        }
    }
}

/// The states that a history says were entered, each with its input.
fn entered(case: &Value) -> Vec<(String, Value)> {
    let events = case["history"].as_array().into_iter().flatten();
    let details = events.map(|event| &event["stateEnteredEventDetails"]);
    details.filter_map(|it| Some((it["name"].as_str()?.to_owned(), read(&it["input"])))).collect()
}

#[test]
fn every_recorded_input_of_a_state_is_one_that_was_foreseen() {
    let mut wrong = Vec::new();
    for (file, case, machine) in executions() {
        let mut all = BTreeMap::new();
        collect(machine.states.as_ref().unwrap(), &mut all);
        let entered = entered(&case);
        let detail = |event: &str, field: &str| {
            let mut events = case["history"].as_array().into_iter().flatten();
            events.find_map(|it| it[event].get(field)).map(read)
        };
        // where there is no history, what was asked and answered is recorded without anonymised parts
        let input = detail("executionStartedEventDetails", "input");
        let output = match &input {
            Some(_) => detail("executionSucceededEventDetails", "output"),
            None if case["expected"]["status"] == "SUCCEEDED" => Some(case["expected"]["output"].clone()),
            None => None,
        };
        let input = input.unwrap_or_else(|| case["input"].clone());
        // and these outputs were anonymised by texts that stand for values of other types
        let anonymised = ["RandomNumberGenerated", "executionSucceededEventDetails.output"];
        let output = output.filter(|it| !anonymised.iter().any(|text| it.to_string().contains(text)));
        for input in [Shape::UNKNOWN, Shape::exact(&input, &"input".into())] {
            let flow = flow::record(&machine, machine.language(), input);
            for (name, value) in &entered {
                let foreseen = |state: &&State| {
                    let passage = flow.record.as_ref().and_then(|record| record.passage(state));
                    passage.is_some_and(|passage| passage.entry.input.admits(value))
                };
                // branches may have states of the same name
                if !all[name.as_str()].iter().any(foreseen) {
                    wrong.push(format!("{file}: `{name}` is entered with {value}"));
                }
            }
            if let Some(output) = &output
                && !flow.output.as_ref().is_some_and(|shape| shape.admits(output))
            {
                wrong.push(format!("{file}: gives {output}, foreseen was {:?}", flow.output));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nothing_is_said_of_states_that_were_passed_without_an_error() {
    let (mut wrong, mut failed, mut predicted, mut predicted_with_input) = (Vec::new(), 0, 0, 0);
    for (file, case, machine) in executions() {
        let mut all = BTreeMap::new();
        collect(machine.states.as_ref().unwrap(), &mut all);
        let passed: Vec<String> = entered(&case).into_iter().map(|(name, _)| name).collect();
        let has_succeeded = case["expected"]["status"] == "SUCCEEDED";
        let error = case["expected"]["error"].as_str().unwrap_or_default();
        let by_data = matches!(error, "States.Runtime" | "States.QueryEvaluationError");
        failed += u32::from(by_data);
        let case_input = replaced(&case["input"], &case["tokens"]);
        for is_known in [false, true] {
            let input = if is_known { Shape::exact(&case_input, &"input".into()) } else { Shape::UNKNOWN };
            let observations = flow::follow(&machine, machine.language(), input).into_observations();
            for state in passed.iter().flat_map(|name| &all[name.as_str()]) {
                for seen in observations.get(&std::ptr::from_ref(*state)).into_iter().flatten() {
                    // of one input a Choice comes to one thing
                    let is_choice = matches!(seen.fact, Fact::NeverTrue { .. });
                    if has_succeeded && !(is_known && is_choice) {
                        wrong.push(format!("{file}: {seen:?}"));
                    }
                }
            }
            let any = u32::from(by_data && !observations.is_empty());
            *(if is_known { &mut predicted_with_input } else { &mut predicted }) += any;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // the others: variables that nobody assigns, resources that are gone, what only functions answer
    assert!(
        failed == 0 || (predicted >= 7 && predicted_with_input >= 31),
        "{predicted}, {predicted_with_input} of {failed}"
    );
}
