//! Methods that change a list, a map, a text or an option; most give what was there.

#![expect(
    clippy::cast_possible_wrap,
    clippy::collapsible_if,
    clippy::unwrap_or_default,
    reason = "the functions are written in the ways that are proven"
)]

use std::collections::{BTreeMap, HashMap, VecDeque};

use asl_core::ctx::{Ctx, Failure};
use asl_macros::{AslData, expr_fn, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Scenario;

#[task(lambda = "${StepArn}")]
async fn step(ctx: &Ctx, n: i64, left: usize) -> Result<i64, Failure>;
#[task(lambda = "${FilesArn}")]
async fn files(ctx: &Ctx, folder: &str) -> Result<Vec<String>, Failure>;
#[task(lambda = "${NoteArn}")]
async fn note(ctx: &Ctx, text: &str) -> Result<Option<i64>, Failure>;

fn numbers() -> impl Strategy<Value = Value> {
    prop::collection::vec(-4_i64..6, 0..5).prop_map(|items| json!(items))
}

fn scenario(machine: asl_core::Valid<asl_core::model::StateMachine>) -> Scenario {
    let scenario = Scenario::new(machine).gives("NoteArn", json!(null)).gives("NoteArn", json!(2));
    [0, 1, -2, 7].into_iter().fold(scenario, |scenario, n| scenario.gives("StepArn", json!(n)))
}

/// What is found is looked at later: a stack of open ends.
#[state_machine]
async fn walk(ctx: &Ctx, root: String) -> Result<Vec<String>, Failure> {
    let mut open = vec![root];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for file in files(ctx, &folder).await? {
            if file.ends_with('/') && found.len() < 4 {
                open.push(file);
            } else {
                found.push(file);
            }
        }
    }
    Ok(found)
}

#[test]
fn a_stack_is_emptied_while_it_grows() {
    let scenario = scenario(walk::definition())
        .inputs("[a-c]/".prop_map(|root| json!(root)))
        .gives("FilesArn", json!(["x/", "y"]))
        .gives("FilesArn", json!(["z"]))
        .gives("FilesArn", json!([]))
        .gives("FilesArn", json!(["v/", "u/", "w"]));
    insta::assert_snapshot!(scenario.agrees(walk));
}

#[state_machine]
async fn last_ones(ctx: &Ctx, mut numbers: Vec<i64>) -> Result<(Option<i64>, Vec<i64>, usize), Failure> {
    // what stands before it is the list as it was
    let mut sum = step(ctx, numbers.len() as i64, numbers.pop().map_or(0, |_| numbers.len())).await?;
    numbers.pop();
    if let Some(number) = numbers.pop() {
        sum += step(ctx, number, numbers.len()).await?;
    } else {
        numbers.push(sum);
    }
    let first = if numbers.is_empty() { 0 } else { numbers.remove(0) };
    numbers.insert(0, sum);
    numbers.insert(1, first);
    numbers.insert(numbers.len(), 100);
    if matches!(numbers.pop(), Some(last) if last < 100) || matches!(step(ctx, 5, 0).await?, 0 | 1) {
        numbers.push(1);
    }
    match numbers.pop() {
        Some(100) if numbers.len() > 2 => {}
        Some(other) => numbers.push(other),
        None => return Ok((None, numbers, 0)),
    }
    let left = numbers.len();
    Ok((numbers.pop(), numbers.clone(), left))
}

#[test]
fn elements_are_taken_and_put_at_places() {
    scenario(last_ones::definition()).inputs(numbers()).agrees(last_ones);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Mark {
    at: i64,
    is_seen: bool,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Board {
    cells: Vec<i64>,
    marks: Vec<Mark>,
    names: Vec<Option<String>>,
}

#[state_machine]
async fn board(ctx: &Ctx, numbers: Vec<i64>) -> Result<Board, Failure> {
    let mut board = Board {
        cells: numbers,
        marks: vec![Mark { at: 3, is_seen: false }],
        names: vec![None, Some("b".to_owned()), None],
    };
    for index in 0..board.cells.len() {
        board.cells[index] *= 2;
        if index > 0 {
            board.cells[index] += step(ctx, board.cells[index - 1], index).await?;
        }
    }
    board.marks[0] = Mark { is_seen: true, ..board.marks[0].clone() };
    board.names[1] = None;
    board.names[2] = board.names.first().cloned().flatten().or(Some(format!("c{}", board.cells.len())));
    Ok(board)
}

#[test]
fn elements_are_assigned() {
    scenario(board::definition()).inputs(numbers()).agrees(board);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Count {
    by_word: BTreeMap<String, i64>,
    last: Option<String>,
}

#[state_machine]
async fn count(ctx: &Ctx, words: Vec<String>) -> Result<(Count, Vec<Option<i64>>), Failure> {
    let mut count = Count { by_word: BTreeMap::new(), last: None };
    let mut before = Vec::new();
    for word in &words {
        let seen = count.by_word.get(word).copied().unwrap_or(0);
        before.push(count.by_word.insert(word.clone(), seen + 1));
        if let Some(last) = count.last.take() {
            if last == *word {
                before.push(count.by_word.remove(&last));
            }
        }
        if let Some(found) = note(ctx, word).await? {
            count.by_word.insert(format!("{word} again"), found);
            count.last = Some(word.clone());
        }
    }
    count.by_word.remove("b");
    Ok((count, before))
}

#[test]
fn keys_are_put_and_removed() {
    let words = prop::collection::vec("[ab]", 0..5).prop_map(|words| json!(words));
    insta::assert_snapshot!(scenario(count::definition()).inputs(words).agrees(count));
}

#[state_machine]
async fn optional(ctx: &Ctx, given: Option<i64>) -> Result<Vec<Option<i64>>, Failure> {
    let mut kept = given;
    let mut seen: BTreeMap<String, Option<i64>> = BTreeMap::new();
    seen.insert("first".to_owned(), kept.take());
    let was_there = seen.insert("first".to_owned(), note(ctx, "more").await?);
    let first = seen.remove("first");
    kept = first.flatten();
    let taken = kept.take();
    Ok(vec![kept, taken, was_there.flatten()])
}

#[test]
fn what_is_missing_is_a_value_of_a_key() {
    let given = prop_oneof![Just(json!(null)), Just(json!(3))];
    scenario(optional::definition()).inputs(given).agrees(optional);
}

#[state_machine]
async fn grown(ctx: &Ctx, words: Vec<String>) -> Result<(String, BTreeMap<String, i64>), Failure> {
    let mut text = String::with_capacity(10);
    let mut by_word = BTreeMap::from([("first".to_owned(), 1), (words.join("-"), 2)]);
    for word in &words {
        text.push('/');
        text.push_str(word);
        by_word.extend(BTreeMap::from([(word.clone(), step(ctx, 1, text.chars().count()).await?)]));
    }
    by_word.extend(by_word.clone().into_iter().map(|(word, n)| (format!("{word}!"), n)));
    Ok((text, by_word))
}

#[test]
fn texts_grow_by_characters_and_maps_by_maps() {
    let words = prop::collection::vec("[ab]", 0..4).prop_map(|words| json!(words));
    scenario(grown::definition()).inputs(words).agrees(grown);
}

/// What is found is looked at in its order: a queue.
#[state_machine]
async fn search(ctx: &Ctx, start: VecDeque<i64>) -> Result<(Vec<i64>, HashMap<String, i64>, i64), Failure> {
    let mut queue: VecDeque<i64> = start.iter().copied().filter(|n| *n != 0).collect();
    let mut found: HashMap<String, i64> = HashMap::new();
    let mut order = Vec::with_capacity(5);
    while let Some(next) = queue.pop_front() {
        if order.len() > 5 {
            queue.push_front(next);
            break;
        }
        order.push(next);
        let near = step(ctx, next, queue.len()).await?;
        if found.insert(format!("{near}"), next).is_none() {
            queue.push_back(near);
        }
        if queue.front() == queue.back() {
            queue.pop_back();
        }
    }
    let doubled = queue.iter().map(|n| (format!("{n}?"), n * 2)).collect::<HashMap<_, _>>();
    found.extend(doubled);
    Ok((order, found, queue.iter().copied().collect::<VecDeque<_>>().len() as i64))
}

#[test]
fn a_queue_is_worked_off_from_its_front() {
    scenario(search::definition()).inputs(numbers()).agrees(search);
}

#[expr_fn]
fn many() -> i64 {
    1000
}

#[state_machine]
async fn grouped(ctx: &Ctx, numbers: Vec<i64>) -> Result<(BTreeMap<String, Vec<i64>>, Count), Failure> {
    let mut groups: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    let mut count = Count { by_word: BTreeMap::new(), last: None };
    for number in numbers {
        let name = if number < 0 { "below" } else { "above" };
        groups.entry(name.to_owned()).or_default().push(number);
        *count.by_word.entry(format!("{}", number % 3)).or_insert(100) +=
            step(ctx, number, groups.len()).await?;
        if number % 2 == 0 {
            groups.entry(name.to_owned()).or_insert_with(Vec::new).retain(|it| *it != 4);
            *count.by_word.entry("even".to_owned()).or_insert_with(|| number) *= 2;
            *count.by_word.entry("many".to_owned()).or_insert_with(many) -= 1;
        }
    }
    groups.entry("above".to_owned()).or_insert(vec![7]).extend(vec![8]);
    Ok((groups, count))
}

#[test]
fn entries_of_maps_are_changed() {
    insta::assert_snapshot!(scenario(grouped::definition()).inputs(numbers()).agrees(grouped));
}
