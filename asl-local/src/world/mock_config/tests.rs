use serde_json::{Value, json};

use super::super::{Call, Outcome, World};
use super::*;

/// A configuration of one machine `M` with one case `C`, in which the state `S` has the response `R`.
fn config(response: &Value) -> String {
    let responses = json!({"R": response});
    json!({"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}, "MockedResponses": responses})
        .to_string()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let problems = match MockConfig::parse(text) {
        Ok(_) => Vec::new(),
        Err(error) => error.to_string().lines().map(ToOwned::to_owned).collect(),
    };
    assert_eq!(problems, expected);
}

fn outcome(mocks: &mut Mocks, state: &str, resource: &str) -> Outcome {
    let input = json!({});
    let call = Call {
        state,
        resource,
        input: &input,
        token: None,
        retry_count: 0,
        credentials: None,
        execution: "arn",
        time: 0,
    };
    mocks.call(&call).outcome
}

#[test]
fn each_state_counts_its_own_calls() {
    let text = json!({
        "StateMachines": {"M": {"TestCases": {"C": {"S": "R", "T": "R"}, "D": {}}}},
        "MockedResponses": {"R": {
            "1-2": {"Return": [2]},
            "0": {"Throw": {"Error": "E", "Cause": "c"}},
            "3": {"Return": null}
        }}
    });
    let config = MockConfig::parse(&text.to_string()).unwrap();
    assert_eq!(config.machines().collect::<Vec<_>>(), ["M"]);
    assert_eq!(config.cases("M").collect::<Vec<_>>(), ["C", "D"]);
    for _ in 0..2 {
        let mut mocks = config.mocks("M", "C").unwrap();
        let mut calls = |state| outcome(&mut mocks, state, "arn:aws:states:::lambda:invoke");
        let thrown = Outcome::Failure(crate::TaskError::new("E", "c"));
        assert_eq!(calls("S"), thrown);
        assert_eq!(calls("S"), Outcome::Success(json!([2])));
        assert_eq!(calls("T"), thrown);
        assert_eq!(calls("S"), Outcome::Success(json!([2])));
        assert_eq!(calls("S"), Outcome::Success(Value::Null));
        let Outcome::Failure(error) = calls("S") else { panic!("one call too many") };
        assert_eq!(error.error.as_deref(), Some("States.Runtime"));
    }
}

#[test]
fn a_name_is_a_state_and_nothing_else() {
    let config = MockConfig::parse(&config(&json!({"0": {"Return": 1}}))).unwrap();
    let mut mocks = config.mocks("M", "C").unwrap();
    let by_function = outcome(&mut mocks, "Other", "arn:aws:lambda:eu-west-1:111111111111:function:S");
    assert!(
        matches!(by_function, Outcome::Failure(error) if error.to_string().contains("no mock for the state `Other`"))
    );
}

#[test]
fn what_is_asked_for_in_vain_is_said_with_what_is_near() {
    let config = MockConfig::parse(&config(&json!({}))).unwrap();
    let unknown = |machine, case| config.mocks(machine, case).unwrap_err().to_string();
    assert_eq!(unknown("m", "C"), "there is no state machine `m` in the mock configuration; is `M` meant?");
    assert_eq!(unknown("M", "Retried"), "the state machine `M` has no test case `Retried`");
    assert_eq!(unknown("Orders", "C"), "there is no state machine `Orders` in the mock configuration");
    assert_eq!(unknown("M", "M"), "the state machine `M` has no test case `M`; is `C` meant?");
}

#[test]
fn a_right_configuration_has_no_problem() {
    for response in [
        json!({}),
        json!({"0": {"Return": 1}}),
        json!({"0-18446744073709551615": {"Return": 1}}),
        json!({"2-3": {"Return": 1}, "0": {"Return": {}}, "1": {"Throw": {"Error": "E"}}}),
    ] {
        check(&config(&response), &[]);
    }
}

#[test]
fn calls_that_are_answered_twice_or_left_out_are_problems() {
    let ok = json!({"Return": 1});
    let one = |keys: &[&str], expected: &[&str]| {
        let response: serde_json::Map<String, Value> =
            keys.iter().map(|key| ((*key).to_owned(), ok.clone())).collect();
        check(&config(&Value::Object(response)), expected);
    };
    one(&["1"], &["/MockedResponses/R: call 0 has no response, but later ones have; add a key \"0\""]);
    one(
        &["0", "3-4"],
        &["/MockedResponses/R: calls 1 to 2 have no response, but later ones have; add a key \"1-2\""],
    );
    one(&["0-2", "1-4"], &["/MockedResponses/R: calls 1 to 2 have more than one response"]);
    one(
        &["0-5", "1", "3-9"],
        &[
            "/MockedResponses/R: call 1 has more than one response",
            "/MockedResponses/R: calls 3 to 5 have more than one response",
        ],
    );
    one(&["0-18446744073709551615", "7"], &["/MockedResponses/R: call 7 has more than one response"]);
    one(&["0", "00"], &["/MockedResponses/R: call 0 has more than one response"]);
}

#[test]
fn keys_and_outcomes_of_another_form_are_problems() {
    let all = json!({
        "0": {},
        "first": {"Return": 1},
        "-1": {"Return": 1},
        "99999999999999999999": {"Return": 1},
        "2-1": {"Return": 1},
        "1": {"Return": 1, "Throw": {"Error": "E"}},
        "2": {"Retrun": 1},
        "3": "text",
        "4": {"Throw": {"Error": 1, "Reason": "x"}},
        "5": {"Throw": {"Cause": "c"}},
        "6": {"Throw": null}
    });
    insta::assert_snapshot!(MockConfig::parse(&config(&all)).unwrap_err());
}

#[test]
fn a_wrong_frame_is_reported_as_a_whole() {
    check("{", &["this is not JSON: EOF while parsing an object at line 1 column 1"]);
    check("[]", &["a mock configuration must be an object, not an array"]);
    check("{}", &["the field `StateMachines` is missing", "the field `MockedResponses` is missing"]);
    check(
        r#"{"Comment": "", "StateMachines": {}, "MockedResponse": {}}"#,
        &["the field `MockedResponses` is missing; `MockedResponse` is not its name"],
    );
    check(
        r#"{
            "StateMachines": {
                "A": {"TestCases": {"x": {"S": "Sucess", "T": "Nothing", "U": 1}, "x": {}}},
                "B": {"testCases": {}},
                "C": true
            },
            "MockedResponses": {"Success": {"0": {"Return": 1}, "0": {"Return": 2}}}
        }"#,
        &[
            "/StateMachines/A/TestCases/x: `x` is written twice",
            "/StateMachines/A/TestCases/x/S: there is no mocked response `Sucess`; is `Success` meant?",
            "/StateMachines/A/TestCases/x/T: there is no mocked response `Nothing`; add it to `MockedResponses`",
            "/StateMachines/A/TestCases/x/U: the name of a mocked response must be a string, not a number",
            "/StateMachines/B: the field `TestCases` is missing; `testCases` is not its name",
            "/StateMachines/C: a state machine must be an object, not a boolean",
            "/MockedResponses/Success/0: `0` is written twice",
        ],
    );
}

#[test]
fn deep_text_is_refused() {
    let deep = "[".repeat(100_000);
    assert!(
        MockConfig::parse(&deep).unwrap_err().to_string().starts_with("this is not JSON: recursion limit")
    );
}

proptest::proptest! {
    #[test]
    fn a_response_is_right_if_every_call_up_to_the_last_has_one_outcome(
        ranges in proptest::collection::vec((0_u64..12, 0_u64..4), 0..6),
    ) {
        let mut response = serde_json::Map::new();
        for (first, more) in &ranges {
            response.insert(format!("{first}-{}", first + more), json!({"Return": [first]}));
        }
        let mut answered = [0; 16];
        for key in response.keys() {
            let (first, last) = key.split_once('-').unwrap();
            (first.parse::<usize>().unwrap()..=last.parse().unwrap()).for_each(|call| answered[call] += 1);
        }
        let calls = answered.iter().rposition(|times| *times > 0).map_or(0, |last| last + 1);
        let is_right = answered[..calls].iter().all(|times| *times == 1);
        let parsed = MockConfig::parse(&config(&Value::Object(response)));
        proptest::prop_assert_eq!(parsed.is_ok(), is_right, "{:?}", parsed.err());
        if let Ok(config) = parsed {
            let mut mocks = config.mocks("M", "C").unwrap();
            for _ in 0..calls {
                let outcome = outcome(&mut mocks, "S", "r");
                proptest::prop_assert!(matches!(outcome, Outcome::Success(_)), "{:?}", outcome);
            }
            let outcome = outcome(&mut mocks, "S", "r");
            proptest::prop_assert!(matches!(outcome, Outcome::Failure(_)), "{:?}", outcome);
        }
    }

    #[test]
    fn no_text_is_too_odd_for_a_mock_configuration(text in ".*") {
        let in_a_frame = json!({"StateMachines": {"M": {"TestCases": {"C": {"S": text}}}}, "MockedResponses": {"R": {&text: &text}}});
        proptest::prop_assert!(MockConfig::parse(&in_a_frame.to_string()).is_err());
        let _ = MockConfig::parse(&text);
    }
}

#[track_caller]
fn check_states(text: &str, expected: &[&str]) {
    let problems = match StateMocks::parse(text) {
        Ok(_) => Vec::new(),
        Err(error) => error.to_string().lines().map(ToOwned::to_owned).collect(),
    };
    assert_eq!(problems, expected);
}

#[test]
fn mocks_by_state_answer_every_call_one_after_the_other_or_by_number() {
    let text = json!({
        "Always": {"Return": 1},
        "List": [{"Throw": {"Error": "E"}}, {"Return": 2}],
        "Numbers": {"0-1": {"Return": 3}, "2": {"Return": 4}},
        "sqs:sendMessage": {"Return": 5},
    });
    let states = StateMocks::parse(&text.to_string()).unwrap();
    assert_eq!(states.names().collect::<Vec<_>>(), ["Always", "List", "Numbers", "sqs:sendMessage"]);
    let mut mocks = states.mocks();
    let lambda = "arn:aws:lambda:us-east-1:123456789012:function:f";
    let mut all = |state: &str, resource: &str| -> Vec<String> {
        (0..3)
            .map(|_| match outcome(&mut mocks, state, resource) {
                Outcome::Success(value) => value.to_string(),
                Outcome::Failure(error) => error.error.unwrap_or_default(),
                other => format!("{other:?}"),
            })
            .collect()
    };
    assert_eq!(all("Always", lambda), ["1", "1", "1"]);
    assert_eq!(all("List", lambda), ["E", "2", "States.Runtime"]);
    assert_eq!(all("Numbers", lambda), ["3", "3", "4"]);
    assert_eq!(all("Notify", "arn:aws:states:::sqs:sendMessage"), ["5", "5", "5"]);
}

#[test]
fn what_is_wrong_with_mocks_by_state_is_said_with_its_place() {
    check_states("[]", &["a file of mocks must be an object, not an array"]);
    check_states("{", &["this is not JSON: EOF while parsing an object at line 1 column 1"]);
    check_states(r#"{"A": {"Return": 1}, "A": {"Return": 2}}"#, &["/A: `A` is written twice"]);
    check_states(
        r#"{"A": [], "B": {"1": {"Return": 1}}, "C": 5}"#,
        &[
            "/B: call 0 has no response, but later ones have; add a key \"0\"",
            "/C: the outcome of a call must be an object, not a number",
        ],
    );
}
