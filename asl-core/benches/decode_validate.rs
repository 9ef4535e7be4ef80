//! What reading and judging a definition costs beside parsing its JSON alone, and how the cost grows with states.
//!
//! The last lines of the run print the ratios, measured alternately in one run:
//!
//! ```sh
//! cargo bench -p asl-core
//! ```

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use asl_core::decode::decode_slice;
use asl_core::model::WorkflowType;

const STATES: &[usize] = &[100, 1_000, 10_000];

fn main() {
    divan::main();
    println!("\ndecode + validate beside serde_json::from_slice::<Value>, best of alternating runs:");
    for &states in STATES {
        let text = chain(states);
        let (ours, theirs) =
            (best(states, || judge(text.as_bytes())), best(states, || parse(text.as_bytes())));
        println!(
            "{states:>6} states, {:>8} bytes: {ours:>10.1?} / {theirs:>10.1?} = {:.2}",
            text.len(),
            ours.as_secs_f64() / theirs.as_secs_f64()
        );
    }
}

/// The shortest of several runs: what the work costs when nothing else disturbs it.
fn best(states: usize, mut work: impl FnMut()) -> Duration {
    let runs = (100_000 / states).clamp(20, 200);
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn parse(text: &[u8]) {
    black_box(serde_json::from_slice::<serde_json::Value>(text).expect("the chain is JSON"));
}

fn judge(text: &[u8]) {
    let decoded = decode_slice(text).expect("the chain is JSON");
    // the longest chain is valid but for its size
    assert!(black_box(decoded.all_findings(WorkflowType::Standard)).len() <= 1);
}

/// Reading and judging must grow linearly with the states.
#[divan::bench(args = STATES)]
fn decode_and_validate(bencher: divan::Bencher, states: usize) {
    let text = chain(states);
    bencher.bench(|| judge(text.as_bytes()));
}

/// How much of it is reading.
#[divan::bench(args = STATES)]
fn decode_only(bencher: divan::Bencher, states: usize) {
    let text = chain(states);
    bencher.bench(|| decode_slice(text.as_bytes()).expect("the chain is JSON"));
}

/// The yardstick: JSON without meaning.
#[divan::bench(args = STATES)]
fn serde_json_value(bencher: divan::Bencher, states: usize) {
    let text = chain(states);
    bencher.bench(|| parse(text.as_bytes()));
}

/// A chain of Tasks with Retry and Catch, every tenth state a Choice: about 300 bytes a state, all reachable.
fn chain(states: usize) -> String {
    let mut text = String::from(r#"{"StartAt":"State00000","TimeoutSeconds":86400,"States":{"#);
    for state in 0..states {
        let next = if state + 1 < states { format!("State{:05}", state + 1) } else { "Done".to_owned() };
        let written = if state % 10 == 9 {
            write!(
                text,
                r#""State{state:05}":{{"Type":"Choice","Choices":[{{"And":[{{"Variable":"$.order.total","NumericGreaterThan":100}},{{"Variable":"$.order.status","StringEquals":"OPEN"}}],"Next":"{next}"}},{{"Or":[{{"Variable":"$.retries","IsPresent":false}},{{"Not":{{"Variable":"$.tier","StringMatches":"gold*"}}}}],"Next":"{next}"}},{{"Variable":"$.deadline","TimestampLessThan":"2030-01-01T00:00:00Z","Next":"Failed"}}],"Default":"{next}"}},"#
            )
        } else {
            write!(
                text,
                r#""State{state:05}":{{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:111111111111:function:step","ResultPath":"$.results.r{state}","Retry":[{{"ErrorEquals":["States.TaskFailed"],"IntervalSeconds":2,"MaxAttempts":3,"BackoffRate":2.0}}],"Catch":[{{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Next":"Failed"}}],"Next":"{next}"}},"#
            )
        };
        written.expect("a String takes all text");
    }
    text.push_str(
        r#""Done":{"Type":"Succeed"},"Failed":{"Type":"Fail","Error":"Synthetic","Cause":"A step failed"}}}"#,
    );
    text
}
