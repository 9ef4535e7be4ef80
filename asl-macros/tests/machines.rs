//! What the macros evaluate to.

use asl_core::Valid;
use asl_core::model::{StateMachine, Value, WorkflowType};
use asl_macros::{asl, asl_json, include_asl, include_asl_json, try_asl};

#[track_caller]
fn json(text: &str) -> Value {
    text.parse().unwrap()
}

/// The value at a pointer of a machine.
#[track_caller]
fn at(machine: &Valid<StateMachine>, pointer: &str) -> Value {
    json(&machine.to_json()).pointer(pointer).unwrap().clone()
}

#[test]
fn any_rust_value_with_a_json_form_can_stand_for_a_value() {
    let arn = String::from("arn:aws:lambda:eu-west-1:123456789012:function:fetch");
    let seconds = 60;
    let errors = ["Busy", "Slow"];
    let machine = asl! {
        StartAt: Fetch,
        States: {
            Fetch: Task {
                Resource: #(arn.as_str()),
                TimeoutSeconds: #(seconds * 5),
                Retry: [{ ErrorEquals: #(errors.to_vec()), BackoffRate: #(1.5) }],
                Parameters: #(json(r#"{"id.$": "$.id", "literal": "$.id"}"#)),
                ResultPath: #(None::<String>),
                End: #(true),
            },
        },
    };
    assert_eq!(at(&machine, "/States/Fetch/Resource"), arn);
    assert_eq!(at(&machine, "/States/Fetch/TimeoutSeconds"), 300);
    assert_eq!(at(&machine, "/States/Fetch/Retry/0/ErrorEquals"), json(r#"["Busy", "Slow"]"#));
    assert_eq!(at(&machine, "/States/Fetch/Retry/0/BackoffRate"), 1.5);
    assert_eq!(at(&machine, "/States/Fetch/Parameters"), json(r#"{"id.$": "$.id", "literal": "$.id"}"#));
    assert_eq!(at(&machine, "/States/Fetch/ResultPath"), Value::Null);
    assert_eq!(at(&machine, "/States/Fetch/End"), true);
}

#[test]
fn a_value_is_put_in_whole_and_not_as_text() {
    let text = r#""}, ${other} \ {% $x %}"#;
    let machine =
        asl! { StartAt: A, States: { A: Pass { Comment: #(text), Result: "${deploy}", End: true } } };
    assert_eq!(at(&machine, "/States/A/Comment"), text);
    assert_eq!(at(&machine, "/States/A/Result"), "${deploy}");
}

#[test]
fn expressions_run_once_and_from_the_top_down() {
    let mut order = Vec::new();
    let mut next = |name: &'static str| {
        order.push(name);
        name
    };
    let machine = asl! {
        StartAt: S,
        States: {
            S: Choice {
                $.a == string(#(next("first"))) => Done,
                Comment: #(next("second")),
                $.b == string(#(next("third"))) => Done,
            },
            Done: Succeed {},
        },
    };
    assert_eq!(at(&machine, "/States/S/Comment"), "second");
    assert_eq!(at(&machine, "/States/S/Choices/1/StringEquals"), "third");
    assert_eq!(order, ["first", "second", "third"]);
}

#[test]
fn an_expression_may_return_from_the_function_around() {
    fn machine(arn: Result<&str, &'static str>) -> Result<Valid<StateMachine>, &'static str> {
        Ok(asl! { StartAt: A, States: { A: Task { Resource: #(arn?), End: true } } })
    }
    assert!(machine(Ok("arn:aws:lambda:eu-west-1:123456789012:function:fetch")).is_ok());
    assert_eq!(machine(Err("no ARN")).unwrap_err(), "no ARN");
}

#[test]
fn a_value_that_breaks_the_machine_is_an_error_of_try_asl() {
    let machine = |name: &str| try_asl! { StartAt: #(name), States: { Ship: Succeed {}, } };
    assert!(machine("Ship").is_ok());
    assert_eq!(
        machine("Shp").unwrap_err().to_string(),
        "the state machine is not valid\n  \
         error[ASL0301] at /StartAt: there is no state `Shp` (help: did you mean `Ship`?)"
    );
}

#[test]
#[should_panic(expected = "error[ASL0301] at /StartAt: there is no state `Shp`")]
fn a_value_that_breaks_the_machine_is_a_panic_of_asl() {
    let name = "Shp";
    let _ = asl! { StartAt: #(name), States: { Ship: Succeed {} } };
}

#[test]
fn without_interpolation_try_asl_is_ok() {
    assert!(try_asl! { StartAt: Ship, States: { Ship: Succeed {} } }.is_ok());
}

#[test]
fn express_is_an_attribute_or_an_option() {
    let machine = asl! { #![express] StartAt: Ship, States: { Ship: Succeed {} } };
    assert_eq!(machine.workflow_type(), WorkflowType::Express);
    let name = "Ship";
    let machine = asl! { #![express] StartAt: #(name), States: { Ship: Succeed {} } };
    assert_eq!(machine.workflow_type(), WorkflowType::Express);
    assert_eq!(include_asl!("definitions/hello.asl.json", express).workflow_type(), WorkflowType::Express);
    assert_eq!(include_asl!("definitions/hello.asl.json").workflow_type(), WorkflowType::Standard);
}

#[test]
fn a_path_to_a_file_is_relative_to_the_source_or_else_to_the_crate() {
    const BESIDE: &str = include_asl_json!("definitions/hello.asl.json");
    const IN_CRATE: &str = include_asl_json!("tests/definitions/hello.asl.json");
    assert_eq!(BESIDE, IN_CRATE);
    assert_eq!(json(BESIDE), json(include_str!("definitions/hello.asl.json")));
}

#[test]
fn json_is_a_constant() {
    const DEFINITION: &str =
        asl_json! { StartAt: Ship, States: { Ship: Pass { Parameters: { a: $.b }, End: true } } };
    static MACHINE: std::sync::LazyLock<Valid<StateMachine>> = std::sync::LazyLock::new(
        || asl! { StartAt: Ship, States: { Ship: Pass { Parameters: { a: $.b }, End: true } } },
    );
    assert_eq!(MACHINE.to_json(), DEFINITION);
}

#[test]
fn what_the_caller_calls_its_own_things_does_not_matter() {
    mod shadows {
        pub(super) mod core {}
        pub(super) mod std {}
        pub(super) mod asl_core {}
        #[allow(dead_code, reason = "it is there to be in the way")]
        pub(super) trait Into {}
    }
    #[allow(unused_imports, reason = "they are there to be in the way")]
    use shadows::{Into, asl_core, core, std};
    #[allow(unused_variables, reason = "it is there to be in the way")]
    let state_machine_warning = 1;
    let machine = asl! { StartAt: A, States: { A: Pass { Comment: #("x"), Result: 1, End: true } } };
    assert_eq!(at(&machine, "/States/A/Result"), 1);
}

macro_rules! one_task {
    ($name:ident, $arn:literal, $seconds:expr) => {
        asl! { StartAt: $name, States: { $name: Task { Resource: $arn, TimeoutSeconds: #($seconds), End: true } } }
    };
}

#[test]
fn a_macro_may_write_a_machine() {
    let machine = one_task!(Fetch, "${FetchArn}", 2 * 30);
    assert_eq!(at(&machine, "/States/Fetch/Resource"), "${FetchArn}");
    assert_eq!(at(&machine, "/States/Fetch/TimeoutSeconds"), 60);
}
