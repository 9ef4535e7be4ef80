//! Conditions: scenarios 11 to 13, 15, 16.

use asl_core::ctx::{Ctx, Failure};
use asl_macros::{AslData, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Scenario, count, state, states};

#[task(lambda = "${CheckArn}")]
async fn check(ctx: &Ctx, n: i64) -> Result<bool, Failure>;
#[task(lambda = "${WorkArn}")]
async fn work(ctx: &Ctx, n: i64) -> Result<i64, Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    Scenario::new(machine)
        .inputs((-3_i64..12).prop_map(|n| json!(n)))
        .gives("CheckArn", json!(true))
        .gives("CheckArn", json!(false))
        .fails("CheckArn", "Unsure")
        .gives("WorkArn", json!(5))
        .gives("WorkArn", json!(0))
        .fails("WorkArn", "Broken")
}

#[state_machine]
async fn chain(ctx: &Ctx, n: i64) -> Result<i64, Failure> {
    let mut hint = 0;
    if n > 9 {
        work(ctx, 10).await?;
    } else if n > 5 && n != 7 {
        hint = work(ctx, n).await?;
    } else if n == 7 {
        hint = 1;
    }
    Ok(hint + n)
}

#[test]
fn s11_a_chain_is_one_choice() {
    let json = scenario(chain::definition()).agrees(chain);
    assert_eq!((count(&json, "Choice"), count(&json, "Pass")), (1, 0));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn asked(ctx: &Ctx, n: i64) -> Result<String, Failure> {
    if check(ctx, n).await? {
        work(ctx, 1).await?;
    }
    if n > 2 && check(ctx, n).await? || n == 0 {
        return Ok("both".to_owned());
    }
    let certain = n < 5 || check(ctx, 99).await?;
    if !check(ctx, -1).await? && certain { Ok("certain".to_owned()) } else { Ok(format!("{certain}")) }
}

#[test]
fn s12_a_condition_runs_its_task_when_it_is_asked() {
    let json = scenario(asked::definition()).agrees(asked);
    assert_eq!(count(&json, "Pass"), 0);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn repeated(ctx: &Ctx, n: i64) -> Result<i64, Failure> {
    let mut count = 0;
    while count < n && check(ctx, count).await? {
        work(ctx, count).await?;
        count += 1;
    }
    Ok(count)
}

#[test]
fn s13_a_condition_is_asked_anew_in_each_turn() {
    insta::assert_snapshot!(scenario(repeated::definition()).agrees(repeated));
}

#[state_machine]
async fn ternary(ctx: &Ctx, n: i64) -> Result<(i64, i64), Failure> {
    let pure = if n > 0 { n * 2 } else { -n };
    let done = if n > 3 { work(ctx, pure).await? } else { pure + 1 };
    Ok((pure, done))
}

#[test]
fn s15_pure_arms_are_an_expression_and_tasks_a_choice() {
    let json = scenario(ternary::definition()).agrees(ternary);
    assert_eq!(states(&json), ["n > 3?", "Work", "Return"]);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
#[serde(rename_all = "snake_case")]
enum Plan {
    Free,
    Basic,
    Pro,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(tag = "kind")]
enum Event {
    Signup { plan: Plan, seats: i64 },
    Payment { cents: i64 },
    Note(Comment),
    Bye,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Comment {
    text: String,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Message {
    event: Event,
    level: i64,
    code: String,
    extra: Option<i64>,
}

fn messages() -> impl Strategy<Value = Value> {
    let event = prop_oneof![
        (prop_oneof![Just("free"), Just("basic"), Just("pro")], 0_i64..9)
            .prop_map(|(plan, seats)| json!({"kind": "Signup", "plan": plan, "seats": seats})),
        (0_i64..900).prop_map(|cents| json!({"kind": "Payment", "cents": cents})),
        Just(json!({"kind": "Note", "text": "hello"})),
        Just(json!({"kind": "Bye"})),
    ];
    let code = prop_oneof![Just("a"), Just("b"), Just("c"), Just("other")];
    (event, 0_i64..20, code, prop::option::of(-2_i64..3)).prop_map(
        |(event, level, code, extra)| json!({"event": event, "level": level, "code": code, "extra": extra}),
    )
}

#[state_machine]
async fn matching(ctx: &Ctx, message: Message) -> Result<String, Failure> {
    let weight = match message.level {
        0 => 0,
        1..=5 => 1,
        n if n % 2 == 0 => n,
        6..=8 => 7,
        _ => 9,
    };
    match message.code.as_str() {
        "a" | "b" => {
            work(ctx, 1).await?;
        }
        "c" => {}
        _ => return Ok("unknown".to_owned()),
    }
    let text = match message.event {
        Event::Signup { plan: Plan::Free, .. } => "free".to_owned(),
        Event::Signup { plan, seats } if seats > 3 => {
            work(ctx, seats).await?;
            if plan == Plan::Pro { "many pro".to_owned() } else { "many".to_owned() }
        }
        Event::Signup { seats, .. } => format!("{seats}"),
        Event::Payment { cents: 0 } => "nothing".to_owned(),
        Event::Payment { cents } => format!("{}", work(ctx, cents).await?),
        Event::Note(comment) => comment.text,
        Event::Bye => "bye".to_owned(),
    };
    let extra = match (message.extra, weight) {
        (None, 0) => 0,
        (None, w) => w,
        (Some(n), _) if n < 0 => work(ctx, n).await?,
        (Some(n), w) => n + w,
    };
    let Some(last) = message.extra else {
        return Ok(format!("{text} {extra}"));
    };
    if let Some(n @ 1..=2) = message.extra
        && weight > 1
    {
        work(ctx, n).await?;
    }
    Ok(format!("{text} {extra} {last}"))
}

#[test]
fn s16_matches_are_choices() {
    let json = scenario(matching::definition()).inputs(messages()).agrees(matching);
    // the first match has a value and no state; all variants are asked, so that nothing is left for a Default
    assert_eq!((count(&json, "Choice"), count(&json, "Pass")), (4, 0));
    assert_eq!(state(&json, "message.event?")["Default"], Value::Null);
    insta::assert_snapshot!(json);
}
