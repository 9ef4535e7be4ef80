//! What must hold for any machine, on generated ones.

use asl_core::decode;
use asl_core::model::WorkflowType;
use asl_tests::{conformance, machines, properties};
use proptest::prelude::*;
use serde_json::Value;

proptest! {
    #[test]
    fn no_error_is_found_in_a_valid_machine(definition in machines::valid_definition()) {
        let text = definition.to_string();
        let refused = conformance::refusal(text.as_bytes(), WorkflowType::Standard);
        prop_assert_eq!(refused, None, "in {}", text);
        properties::findings_stand_in_the_text(text.as_bytes());
        properties::any_bytes_are_read_or_refused(text.as_bytes());
    }

    #[test]
    fn a_valid_machine_that_leads_nowhere_is_refused(mut definition in machines::valid_definition()) {
        let start = definition["StartAt"].as_str().unwrap().to_owned();
        definition["States"].as_object_mut().unwrap().shift_remove(&start);
        let text = definition.to_string();
        prop_assert!(conformance::refusal(text.as_bytes(), WorkflowType::Standard).is_some(), "{}", text);
    }

    #[test]
    fn the_findings_in_any_definition_stand_in_its_text(definition in machines::definition(), pretty: bool) {
        let text = if pretty { format!("{definition:#}") } else { definition.to_string() };
        properties::findings_stand_in_the_text(text.as_bytes());
    }

    #[test]
    fn a_definition_with_one_byte_changed_is_read_or_refused(
        definition in machines::valid_definition(),
        place: prop::sample::Index,
        byte: u8,
    ) {
        let mut text = definition.to_string().into_bytes();
        let place = place.index(text.len());
        text[place] = byte;
        properties::any_bytes_are_read_or_refused(&text);
        properties::findings_stand_in_the_text(&text);
    }
}

#[test]
fn the_findings_in_recorded_definitions_stand_in_their_texts() {
    let Some(folder) = conformance::folder() else { return };
    for definition in conformance::definitions::read(&folder).unwrap() {
        properties::findings_stand_in_the_text(&definition.bytes);
    }
}

#[test]
fn generated_valid_machines_have_states_of_every_type() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let strategy = machines::valid_definition();
    let mut texts = String::new();
    for _ in 0..64 {
        let definition: Value = strategy.new_tree(&mut runner).unwrap().current();
        assert!(decode::decode(&definition.to_string()).is_ok());
        texts += &definition.to_string();
    }
    for kind in ["Pass", "Task", "Wait", "Choice", "Succeed", "Fail", "Parallel", "Map"] {
        assert!(texts.contains(&format!(r#""Type":"{kind}""#)), "no {kind}");
    }
    assert!(texts.contains("DISTRIBUTED") && texts.contains("JSONata"));
}
