//! What a new user writes first, where another form would do as well.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, items, map_each, minutes};
use asl_macros::{AslData, AslError, expr_fn, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Scenario;

#[derive(Debug, PartialEq, AslError)]
enum AskError {
    #[asl(timeout)]
    NoAnswer,
    Refused(String),
    #[asl(other)]
    Other(Failure),
}

#[derive(Debug, AslError)]
enum FlowError {
    Silence,
    #[asl(other)]
    Other(Failure),
}

#[derive(Serialize, Deserialize, AslData)]
struct Answer {
    yes: bool,
    text: String,
}

#[task(lambda = "${AskArn}")]
async fn ask(ctx: &Ctx, whom: &str, round: u32) -> Result<Answer, AskError>;
#[task(lambda = "${NoteArn}")]
async fn note(ctx: &Ctx, text: &str) -> Result<(), Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    Scenario::new(machine)
        .inputs(prop_oneof![Just("ann"), Just(""), Just("bob")].prop_map(|whom| json!(whom)))
        .gives("AskArn", json!({"yes": true, "text": "yes"}))
        .gives("AskArn", json!({"yes": false, "text": "no"}))
        .fails("AskArn", "States.Timeout")
        .fails("AskArn", "Refused")
        .fails("AskArn", "Boom")
        .gives("NoteArn", json!(null))
        .fails("NoteArn", "Boom")
}

#[state_machine]
async fn with_a_name(ctx: &Ctx, whom: String) -> Result<String, FlowError> {
    let mut round = 0;
    let answered = loop {
        let answer = ask(ctx, &whom, round).await;
        match answer {
            Ok(answer) => break answer.yes,
            Err(AskError::NoAnswer) if round < 2 => round += 1,
            Err(AskError::NoAnswer) => return Err(FlowError::Silence),
            Err(AskError::Refused(why)) => return Ok(why),
            Err(error) => return Err(FlowError::Other(error.into_failure())),
        }
        ctx.sleep(Duration::from_secs(30) * round).await;
    };
    let noted: Result<(), Failure> = note(ctx, &whom).await;
    if let Err(failure) = noted {
        return Ok(failure.error);
    }
    let last = ask(ctx, &whom, 9).await;
    let last = match last {
        Ok(last) => last.text,
        Err(_) => format!("{answered}"),
    };
    let noted = note(ctx, &last).await;
    noted?;
    Ok(last)
}

#[test]
fn a_result_with_a_name_is_matched_on_in_the_next_statement() {
    insta::assert_snapshot!(scenario(with_a_name::definition()).agrees(with_a_name));
}

#[state_machine]
async fn without_a_name(ctx: &Ctx, whom: String) -> Result<String, FlowError> {
    let mut round = 0;
    let answered = loop {
        match ask(ctx, &whom, round).await {
            Ok(answer) => break answer.yes,
            Err(AskError::NoAnswer) if round < 2 => round += 1,
            Err(AskError::NoAnswer) => return Err(FlowError::Silence),
            Err(AskError::Refused(why)) => return Ok(why),
            Err(error) => return Err(FlowError::Other(error.into_failure())),
        }
        ctx.sleep(Duration::from_secs(30) * round).await;
    };
    if let Err(failure) = note(ctx, &whom).await {
        return Ok(failure.error);
    }
    let last = match ask(ctx, &whom, 9).await {
        Ok(last) => last.text,
        Err(_) => format!("{answered}"),
    };
    note(ctx, &last).await?;
    Ok(last)
}

#[test]
fn the_name_of_a_result_costs_no_state() {
    assert_eq!(with_a_name::definition().to_json(), without_a_name::definition().to_json());
}

#[state_machine]
async fn typed_closures(ctx: &Ctx, whom: String) -> Result<Vec<String>, FlowError> {
    let parts: Vec<String> = whom.split('n').map(str::to_owned).collect();
    // `FlowError` holds two kinds of error, so that the closure must say which it means
    let noted = map_each(ctx, &parts, async |part| -> Result<String, Failure> {
        note(ctx, part).await?;
        Ok(part.to_uppercase())
    })
    .await?;
    let asked = map_each(ctx, &noted, async |part| {
        let answer = ask(ctx, part, 0).await;
        match answer {
            Ok(answer) => Ok(answer.text),
            Err(_) => Ok::<_, Failure>("nothing".to_owned()),
        }
    })
    .await?;
    items(ctx, "each", asked.clone())
        .run((), async |ctx, given| -> Result<(), Failure> {
            note(ctx, &given.item).await?;
            Ok(())
        })
        .await?;
    Ok(asked)
}

#[test]
fn a_closure_says_the_types_of_its_result() {
    insta::assert_snapshot!(scenario(typed_closures::definition()).in_any_order().agrees(typed_closures));
}

#[expr_fn]
fn price(cents: u32) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[state_machine]
async fn paths_to_methods(ctx: &Ctx, whom: String) -> Result<String, FlowError> {
    let letters = usize::min(whom.chars().count(), 2);
    let mut pause = 1;
    while pause < 8 {
        ctx.sleep(minutes(1) * pause).await;
        pause = u32::max(pause * 2, 3);
    }
    let name = str::to_uppercase(&whom);
    Ok(format!("{name} {letters} {}", price(pause)))
}

#[test]
fn methods_may_be_called_by_their_types() {
    insta::assert_snapshot!(scenario(paths_to_methods::definition()).agrees(paths_to_methods));
}

/// No task is called, and no warning comes of it. What is said about lints is about the body.
#[deny(unused_variables)]
#[expect(unused_mut, reason = "nothing changes it")]
#[state_machine]
async fn pure(ctx: &Ctx, whom: String) -> Result<String, Failure> {
    let mut whom = whom;
    Ok(whom.to_uppercase())
}

#[test]
fn a_workflow_may_do_without_its_handle() {
    insta::assert_snapshot!(scenario(pure::definition()).agrees(pure));
}

#[test]
fn a_workflow_within_a_function_has_no_test() {
    #[state_machine(test = false)]
    async fn inner(ctx: &Ctx, whom: String) -> Result<(), Failure> {
        note(ctx, &whom).await
    }
    assert!(inner::definition().to_json().contains("${NoteArn}"));
}

#[derive(Debug, AslError)]
enum Renamed {
    Unknown,
}

impl From<Failure> for Renamed {
    fn from(_: Failure) -> Self {
        Self::Unknown
    }
}

#[state_machine(test = false)]
async fn renames(ctx: &Ctx, whom: String) -> Result<(), Renamed> {
    note(ctx, &whom).await?;
    Ok(())
}

#[test]
fn a_build_script_reports_a_function_by_its_lines() {
    let definitions = asl_core::emit::Definitions::new().directory("nowhere");
    let error = definitions.write("renames", renames::try_definition()).finish().unwrap_err().to_string();
    let (first, faults) = error.split_once('\n').unwrap();
    assert_eq!(first, "the function for `renames` is no state machine");
    let line =
        include_str!("everyday.rs").lines().position(|line| line.contains("async fn renames")).unwrap() + 2;
    assert!(faults.contains(&format!("everyday.rs:{line}: `?` makes `Unknown`")), "{faults}");
}

#[derive(Serialize, Deserialize, AslData, Clone)]
struct Visit {
    name: String,
    minutes: i64,
}

#[state_machine]
async fn changed_in_place(
    ctx: &Ctx,
    (mut visits, most): (Vec<Visit>, usize),
) -> Result<(Vec<Visit>, Vec<i64>, String), FlowError> {
    visits.retain(|visit| visit.minutes != 0);
    visits.sort_by_key(|visit| visit.minutes);
    let mut seen = Vec::new();
    let mut text = String::from("first");
    for visit in &visits {
        if note(ctx, &visit.name).await.is_err() {
            seen.clear();
            text.clear();
            continue;
        }
        seen.push(visit.minutes);
    }
    seen.sort_unstable();
    seen.reverse();
    seen.truncate(most);
    visits.truncate(most + 1);
    text.push_str("last");
    Ok((visits, seen, text))
}

#[test]
fn lists_are_changed_in_place() {
    let visit = ("[a-c]", -2_i64..4).prop_map(|(name, minutes)| json!({"name": name, "minutes": minutes}));
    let inputs =
        (prop::collection::vec(visit, 0..5), 0_u64..4).prop_map(|(visits, most)| json!([visits, most]));
    let scenario = Scenario::new(changed_in_place::definition())
        .inputs(inputs)
        .gives("NoteArn", json!(null))
        .gives("NoteArn", json!("noted"))
        .fails("NoteArn", "Boom");
    insta::assert_snapshot!(scenario.agrees(changed_in_place));
}
