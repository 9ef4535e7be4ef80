//! Nothing is lost between text, model and text.

use asl_core::{decode, encode};
use asl_tests::{conformance, machines, properties};
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn every_recorded_definition_comes_back_equal() {
    let Some(folder) = conformance::folder() else { return };
    let mut count = 0;
    for definition in conformance::definitions::read(&folder).unwrap() {
        let Some(value) = definition.json() else { continue };
        let Ok(decoded) = decode::decode_slice(&definition.bytes) else {
            panic!("{} is JSON, but was refused", definition.file);
        };
        let text = encode::to_string_pretty(&decoded.machine);
        let written: Value = serde_json::from_str(&text).expect("what the encoder writes is JSON");
        assert_eq!(value, written, "{}", definition.file);
        properties::a_machine_survives_writing(&decoded.machine);
        count += 1;
    }
    assert!(count > 0, "there is an index, but no definition");
}

#[test]
fn of_two_states_with_one_name_both_survive() {
    let text = r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"A":{"Type":"Succeed"}}}"#;
    let machine = decode::decode(text).unwrap().machine;
    assert_eq!(machine.state("A").unwrap().type_name(), "Succeed");
    assert_eq!(encode::to_string(&machine), text);
}

#[test]
fn of_two_fields_with_one_name_both_survive() {
    let text = r#"{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"Seconds":2,"End":true}}}"#;
    let machine = decode::decode(text).unwrap().machine;
    assert_eq!(encode::to_string(&machine), text);
}

#[test]
fn what_stands_more_than_twice_or_does_not_fit_keeps_its_order() {
    for text in [
        r#"{"StartAt":"A","StartAt":"B","StartAt":"C","States":{"C":{"Type":"Succeed"}}}"#,
        r#"{"States":1,"States":2,"Colour":"red","Size":1,"Colour":"green"}"#,
        r#"{"StartAt":1,"StartAt":"A","StartAt":2,"States":{}}"#,
    ] {
        let machine = decode::decode(text).unwrap().machine;
        let last = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        assert_eq!(last(&encode::to_string(&machine)), last(text), "another value counts");
        properties::a_machine_survives_writing(&machine);
    }
}

proptest! {
    #[test]
    fn any_definition_comes_back_equal(definition in machines::definition()) {
        let text = definition.to_string();
        let decoded = decode::decode(&text).unwrap();
        let written: Value = serde_json::from_str(&encode::to_string(&decoded.machine)).unwrap();
        prop_assert_eq!(&definition, &written);
        properties::a_machine_survives_writing(&decoded.machine);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}:,\"a-zA-Z0-9.$\\\\ ]{0,200}") {
        properties::any_bytes_are_read_or_refused(text.as_bytes());
    }

    #[test]
    fn any_cut_of_a_definition_is_read_or_refused(definition in machines::definition(), cut in 0.0..1.0) {
        let text = definition.to_string();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a short text")]
        #[expect(clippy::cast_precision_loss, reason = "a place in a short text")]
        let end = (text.len() as f64 * cut) as usize;
        properties::any_bytes_are_read_or_refused(&text.as_bytes()[..end]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]
    #[test]
    fn what_is_json_here_is_json_everywhere(text in "\\{\"a\":[\\[\\]{}:,\"aet0-9.+\\-Ex/'\\\\ \n\t\u{c}\u{a0}\u{1}u]{0,12}\\}") {
        let ours = decode::decode(&text).is_ok();
        let theirs = serde_json::from_str::<Value>(&text).is_ok();
        prop_assert_eq!(ours, theirs, "{:?}", text);
    }
}
