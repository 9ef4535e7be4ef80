//! The recorded executions, before any engine: all of them can be read, and each is equal to itself.

use asl_tests::conformance::history::Recording;
use asl_tests::conformance::pattern::{Pattern, Tokens};
use asl_tests::conformance::replay::Replay;
use asl_tests::conformance::{self, executions, volatile};

#[test]
fn every_recording_is_read_and_equal_to_itself() {
    let Some(folder) = conformance::folder() else { return };
    let mut histories = 0;
    for case in executions::read(&folder).unwrap() {
        Replay::of(&case.json).unwrap();
        let mut expected = Pattern::of(case.expected(), &Tokens::of_result(&case.json));
        expected.open_all(&volatile::below(&case.json, "expected").unwrap());
        assert_eq!(expected.difference(case.expected()), None, "{}", case.title());

        let Some(events) = case.json["history"].as_array() else { continue };
        // without tokens: nothing is replaced, and open ones match themselves
        let open = Tokens::default();
        let recording =
            Recording::new(events, &open, &volatile::below(&case.json, "history").unwrap()).unwrap();
        let mut ours = events.clone();
        if ours.iter().any(|event| event.get("previous_event_id").is_some()) {
            continue;
        }
        ours.sort_by_key(|event| event["id"].as_u64());
        histories += usize::from(!ours.is_empty());
        if ours.iter().all(|event| event["id"].is_u64()) {
            assert_eq!(recording.difference(&ours), None, "{}", case.title());
        }
    }
    assert!(histories > 0, "there is no history");
}
