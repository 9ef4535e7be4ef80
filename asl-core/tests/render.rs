//! Pictures of whole machines.

use std::collections::BTreeSet;

use asl_core::model::StateMachine;
use asl_core::render::{dot, mermaid};

#[track_caller]
fn machine(text: &str) -> StateMachine {
    asl_core::decode(text).unwrap().machine
}

#[track_caller]
fn check(name: &str, text: &str) {
    let machine = machine(text);
    insta::assert_snapshot!(format!("{name}.mmd"), mermaid(&machine));
    insta::assert_snapshot!(format!("{name}.dot"), dot(&machine));
}

#[test]
fn a_choice_says_its_conditions_and_a_parallel_state_is_a_frame() {
    check("onboarding", include_str!("render/onboarding.asl.json"));
}

#[test]
fn frames_stand_in_frames_and_show_where_they_begin_and_end_only_if_arrows_do_not() {
    check("nested", include_str!("render/nested.asl.json"));
}

#[test]
fn catchers_are_dashed_and_say_their_errors() {
    check("saga", include_str!("render/saga.asl.json"));
}

#[test]
fn what_is_broken_is_drawn_and_no_name_breaks_the_picture() {
    check("broken", include_str!("render/broken.asl.json"));
}

#[test]
fn nothing_at_all_is_a_picture_too() {
    insta::assert_snapshot!(mermaid(&machine("{}")), @r#"
    flowchart TD
        start_(("Start"))
        none_["no states"]:::missing
        classDef missing stroke:#cf222e,stroke-dasharray:4 4
    "#);
}

#[test]
fn ids_are_unique_whatever_the_names() {
    let names =
        ["A", "a", "A_2", "a 2", "A_2_2", "end", "END", "graph", "é", "è", "", "_", "1", "state", "state_1"];
    let states: Vec<String> =
        names.iter().map(|name| format!("{}: {{\"Type\": \"Succeed\"}}", serde_json::json!(name))).collect();
    let text = format!(r#"{{"StartAt": "A", "States": {{{}}}}}"#, states.join(", "));
    let picture = mermaid(&machine(&text));
    let ids: Vec<String> = picture
        .lines()
        .filter_map(|line| line.trim().split_once("([").map(|(id, _)| id.to_ascii_lowercase()))
        .collect();
    assert_eq!(ids.len(), names.len());
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), names.len(), "{ids:?}");
    assert!(ids.iter().all(|id| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')), "{ids:?}");
    assert!(!ids.iter().any(|id| id == "end" || id == "graph"), "{ids:?}");
}

#[test]
fn a_change_of_one_state_leaves_the_lines_of_the_others() {
    let text = include_str!("render/saga.asl.json");
    let before = mermaid(&machine(text));
    let after = mermaid(&machine(&text.replace(r#""StartAt": "CreateOrder""#, r#""StartAt": "Charge""#)));
    let changed = before.lines().zip(after.lines()).filter(|(before, after)| before != after).count();
    assert_eq!(changed, 1);
}
