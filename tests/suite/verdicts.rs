//! What the service takes we take, what it refuses we refuse, and at the same place: on the recorded cases.
//!
//! The floors are what was measured last, so that a change that loses a case is seen. `tests/README.md` has the
//! reason of each disagreement that is left.

use asl_tests::conformance::{self, Area, definitions};

#[test]
fn the_verdicts_on_definitions_are_the_services() {
    let Some(folder) = conformance::folder() else { return };
    let definitions = definitions::read(&folder).unwrap();
    check(&definitions::verdicts(definitions.iter().filter(|it| it.valid)), 99.5);
    check(&definitions::verdicts(definitions.iter().filter(|it| !it.valid)), 98.0);
}

#[test]
fn no_recorded_case_panics_and_no_area_falls_back() {
    let Some(folder) = conformance::folder() else { return };
    for area in conformance::run(&folder).unwrap() {
        let least = LEAST.iter().find(|(name, _)| *name == area.name).map_or(0.0, |(_, least)| *least);
        check(&area, least);
    }
}

/// The least share of checks that pass, in per cent, by area.
const LEAST: &[(&str, f64)] = &[
    ("validation", 100.0),
    ("accepted", 99.5),
    ("places", 98.0),
    ("jsonata_parse", 99.8),
    ("activity", 100.0),
    ("api", 100.0),
    ("assign", 100.0),
    ("base", 100.0),
    ("callback", 100.0),
    ("choice", 100.0),
    ("context", 100.0),
    ("credentials", 100.0),
    ("error_handling", 100.0),
    ("express", 100.0),
    ("intrinsic", 100.0),
    ("jsonata", 100.0),
    ("logs", 100.0),
    ("map", 96.0),
    ("mocking", 100.0),
    ("parallel", 100.0),
    ("paths", 100.0),
    ("query_language", 100.0),
    ("retry", 100.0),
    ("scenarios", 100.0),
    ("service", 100.0),
    ("state_variables", 100.0),
    ("test_state", 100.0),
    ("timeout", 100.0),
    ("variable_references", 100.0),
    ("wait", 100.0),
    ("jsonata_suite", 99.5),
];

#[track_caller]
fn check(area: &Area, least: f64) {
    eprintln!("{area}");
    assert_eq!(area.panics().next(), None);
    assert!(area.passed + area.skipped.len() > 0, "there is no case");
    assert!(area.percent() >= least, "{:.1} % of {}", area.percent(), area.name);
}
