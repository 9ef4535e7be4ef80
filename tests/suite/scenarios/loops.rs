//! Loops: scenarios 20 to 28, 50.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure};
use asl_macros::{AslData, AslError, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Scenario, count, state, states};

#[task(lambda = "${EachArn}")]
async fn each(ctx: &Ctx, n: i64) -> Result<String, Failure>;
#[task(lambda = "${MoreArn}")]
async fn more(ctx: &Ctx, n: i64) -> Result<bool, Failure>;
#[task(lambda = "${ItemsArn}")]
async fn items_of(ctx: &Ctx, n: i64) -> Result<Vec<i64>, Failure>;

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    ["next", "skip", "stop", "outer", "found"]
        .into_iter()
        .fold(Scenario::new(machine), |scenario, word| scenario.gives("EachArn", json!(word)))
        .fails("EachArn", "Broken")
        .gives("MoreArn", json!(true))
        .gives("MoreArn", json!(false))
        .gives("ItemsArn", json!([]))
        .gives("ItemsArn", json!([4]))
        .gives("ItemsArn", json!([1, 2, 3]))
}

fn lists() -> impl Strategy<Value = Value> {
    prop::collection::vec(-9_i64..9, 0..4).prop_map(|items| json!(items))
}

fn counts() -> impl Strategy<Value = Value> {
    (-1_i64..4).prop_map(|n| json!(n))
}

#[state_machine]
async fn for_each(ctx: &Ctx, items: Vec<i64>) -> Result<(), Failure> {
    for item in [1, 2] {
        each(ctx, item).await?;
    }
    for item in &items {
        each(ctx, *item).await?;
    }
    Ok(())
}

#[test]
fn s20_a_task_for_each_item() {
    insta::assert_snapshot!(scenario(for_each::definition()).inputs(lists()).agrees(for_each));
}

#[state_machine]
async fn jumping(ctx: &Ctx, rows: Vec<Vec<i64>>) -> Result<Vec<String>, Failure> {
    let mut seen = Vec::new();
    'rows: for row in &rows {
        for cell in row {
            let word = each(ctx, *cell).await?;
            if word == "skip" {
                continue;
            }
            match word.as_str() {
                "next" => continue 'rows,
                "stop" => break,
                "outer" => break 'rows,
                _ => {}
            }
            seen.push(word);
        }
        seen.push("row".to_owned());
    }
    Ok(seen)
}

#[test]
fn s21_break_and_continue_with_labels() {
    let rows =
        prop::collection::vec(prop::collection::vec(-3_i64..3, 0..3), 0..3).prop_map(|rows| json!(rows));
    insta::assert_snapshot!(scenario(jumping::definition()).inputs(rows).agrees(jumping));
}

#[state_machine]
async fn returning(ctx: &Ctx, rows: Vec<Vec<i64>>) -> Result<String, Failure> {
    for (number, row) in rows.iter().enumerate() {
        for cell in row {
            let word = each(ctx, *cell).await?;
            if word == "found" {
                return Ok(format!("{number}: {cell}"));
            }
        }
    }
    Ok("nowhere".to_owned())
}

#[test]
fn s22_return_leaves_all_loops() {
    let rows =
        prop::collection::vec(prop::collection::vec(-3_i64..3, 0..3), 0..3).prop_map(|rows| json!(rows));
    insta::assert_snapshot!(scenario(returning::definition()).inputs(rows).agrees(returning));
}

#[state_machine]
async fn counting(ctx: &Ctx, count: i64) -> Result<i64, Failure> {
    let mut done = 0;
    for i in 0..count {
        if i == 1 {
            continue;
        }
        each(ctx, i).await?;
        done += 1;
    }
    for i in 1..=2 {
        done += i;
    }
    Ok(done)
}

#[test]
fn s23_continue_counts_on() {
    insta::assert_snapshot!(scenario(counting::definition()).inputs(counts()).agrees(counting));
}

#[state_machine]
async fn body_first(ctx: &Ctx, n: i64) -> Result<i64, Failure> {
    let mut turns = 0;
    loop {
        turns += 1;
        if !more(ctx, n).await? {
            break;
        }
    }
    Ok(turns)
}

#[test]
fn s24_the_body_comes_before_the_condition() {
    let json = scenario(body_first::definition()).inputs(counts()).agrees(body_first);
    assert_eq!(state(&json, "SetNAndTurns")["Next"], "More");
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, PartialEq, AslData)]
enum Status {
    Running,
    Done,
    Failed,
}

#[derive(Serialize, Deserialize, AslData)]
struct Job {
    status: Status,
    reason: Option<String>,
}

#[derive(Debug, AslError)]
enum PollError {
    GaveUp(String),
    JobFailed(String),
    #[asl(other)]
    Task(Failure),
}

#[task(lambda = "${DescribeArn}")]
async fn describe(ctx: &Ctx, id: &str) -> Result<Job, Failure>;

#[state_machine]
async fn polling(ctx: &Ctx, id: String) -> Result<u32, PollError> {
    let mut attempt = 0;
    loop {
        let job = describe(ctx, &id).await?;
        match job.status {
            Status::Done => return Ok(attempt),
            Status::Failed => return Err(PollError::JobFailed(job.reason.unwrap_or_default())),
            Status::Running => {}
        }
        attempt += 1;
        if attempt >= 4 {
            return Err(PollError::GaveUp(format!("{id} after {attempt}")));
        }
        ctx.sleep(Duration::from_secs(5)).await;
    }
}

#[test]
fn s25_polling() {
    let scenario = Scenario::new(polling::definition())
        .inputs(Just(json!("j-1")))
        .gives("DescribeArn", json!({"status": "Running"}))
        .gives("DescribeArn", json!({"status": "Running", "reason": null}))
        .gives("DescribeArn", json!({"status": "Done"}))
        .gives("DescribeArn", json!({"status": "Failed", "reason": "disk"}))
        .gives("DescribeArn", json!({"status": "Failed"}))
        .fails("DescribeArn", "Throttled");
    let json = scenario.agrees(polling);
    // a turn is a Task, a Choice and a Wait
    assert_eq!(state(&json, "Describe")["Next"], "job.status?");
    assert_eq!(state(&json, "job.status?")["Choices"][3]["Next"], "WaitFor5Seconds");
    assert_eq!(state(&json, "WaitFor5Seconds")["Next"], "Describe");
    assert_eq!(states(&json).len(), 7);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn accumulating(ctx: &Ctx, items: Vec<i64>) -> Result<(String, i64, Vec<String>), Failure> {
    let mut result = String::new();
    let mut total = 0;
    let mut words = vec![];
    for item in &items {
        result = format!("{result}, {item}");
        total += item;
        words.push(each(ctx, total).await?);
        for word in &words {
            result.push_str(word);
        }
    }
    Ok((result, total, words))
}

#[test]
fn s26_what_a_loop_collects_is_there_behind_it() {
    insta::assert_snapshot!(scenario(accumulating::definition()).inputs(lists()).agrees(accumulating));
}

#[state_machine]
async fn for_ever(ctx: &Ctx, mut n: i64) -> Result<(), Failure> {
    loop {
        match more(ctx, n).await {
            Ok(_) => n += 1,
            Err(_) => ctx.sleep(Duration::from_secs(60)).await,
        }
    }
}

#[test]
fn s27_a_loop_that_nothing_leaves() {
    let scenario = scenario(for_ever::definition()).inputs(counts()).fails("MoreArn", "Down");
    let json = scenario.agrees(for_ever);
    assert_eq!(state(&json, "WaitFor60Seconds")["Next"], "More");
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn over_results(ctx: &Ctx, n: i64) -> Result<Vec<i64>, Failure> {
    let mut all = vec![];
    for item in items_of(ctx, n).await? {
        all.push(item);
        each(ctx, item).await?;
    }
    for list in [items_of(ctx, 1).await?, items_of(ctx, 2).await?] {
        all.extend(list);
    }
    let first = loop {
        if let Some(first) = items_of(ctx, 3).await?.first() {
            break *first;
        }
    };
    all.push(first);
    Ok(all)
}

#[test]
fn s28_results_of_tasks_are_gone_through() {
    insta::assert_snapshot!(scenario(over_results::definition()).inputs(counts()).agrees(over_results));
}

#[derive(Serialize, Deserialize, AslData)]
#[serde(rename_all = "PascalCase")]
struct Page {
    users: Vec<String>,
    marker: Option<String>,
}

#[derive(Serialize, Deserialize, AslData)]
#[serde(rename_all = "PascalCase")]
struct ListUsers {
    path_prefix: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<String>,
}

#[task(aws_sdk::iam::list_users)]
async fn list_users(ctx: &Ctx, #[payload] request: &ListUsers) -> Result<Page, Failure>;
#[task(lambda = "${UserArn}")]
async fn do_something(ctx: &Ctx, user: &str) -> Result<(), Failure>;

#[state_machine]
async fn pagination(ctx: &Ctx, prefix: String) -> Result<(), Failure> {
    let mut marker = None;
    loop {
        let page = list_users(ctx, &ListUsers { path_prefix: prefix.clone(), marker }).await?;
        for user in &page.users {
            do_something(ctx, user).await?;
        }
        marker = page.marker;
        if marker.is_none() {
            return Ok(());
        }
    }
}

#[test]
fn s50_pages_are_read_to_the_last() {
    let scenario = Scenario::new(pagination::definition())
        .inputs(Just(json!("/path")))
        .gives("listUsers", json!({"Users": ["a", "b"], "Marker": "m"}))
        .gives("listUsers", json!({"Users": [], "Marker": "n"}))
        .gives("listUsers", json!({"Users": ["c"]}))
        .fails("UserArn", "Bad")
        .gives("UserArn", json!(null))
        .gives("UserArn", json!(null));
    let json = scenario.agrees(pagination);
    // the four that an expert writes, and what the first turn begins with
    assert_eq!((states(&json).len(), count(&json, "Pass"), count(&json, "Choice")), (5, 1, 1));
    insta::assert_snapshot!(json);
}
