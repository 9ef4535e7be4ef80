//! What a transition and an item cost, and that the cost of each does not grow with their number.
//!
//! ```sh
//! cargo bench -p asl-local
//! ```
//!
//! Figures with memory: `cargo run --release -p asl-examples --example engine_speed`.

use asl_core::Valid;
use asl_core::model::StateMachine;
use asl_local::{Execution, Mocks, Settings, Status};
use divan::Bencher;
use divan::counter::ItemsCount;
use serde_json::{Value, json};

fn main() {
    divan::main();
}

fn machine(definition: &Value) -> Valid<StateMachine> {
    asl_core::decode(&definition.to_string()).unwrap().validate().unwrap()
}

/// Runs it again and again, history on.
fn transitions(bencher: Bencher<'_, '_>, machine: &Valid<StateMachine>, count: u64, input: &Value) {
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let settings = Settings::new().history_quota(None);
        let mut execution = Execution::with(settings, machine, input.clone(), Mocks::new()).unwrap();
        assert_eq!(execution.run().unwrap(), Status::Succeeded);
        execution
    });
}

#[divan::bench(args = [10_000, 100_000])]
fn json_path_loop(bencher: Bencher<'_, '_>, count: u64) {
    let machine = machine(&json!({"StartAt": "More?", "States": {
        "More?": {"Type": "Choice", "Default": "Done", "Choices": [
            {"Variable": "$.n", "NumericLessThanPath": "$.end", "Next": "Count"}]},
        "Count": {"Type": "Pass", "Next": "More?",
            "Parameters": {"n.$": "States.MathAdd($.n, 1)", "end.$": "$.end"}},
        "Done": {"Type": "Succeed"}}}));
    transitions(bencher, &machine, count, &json!({"n": 0, "end": count / 2}));
}

#[divan::bench(args = [10_000, 100_000])]
fn jsonata_loop(bencher: Bencher<'_, '_>, count: u64) {
    let machine = machine(&json!({"QueryLanguage": "JSONata", "StartAt": "More?", "States": {
        "More?": {"Type": "Choice", "Default": "Done", "Choices": [
            {"Condition": "{% $states.input.n < $states.input.end %}", "Next": "Count"}]},
        "Count": {"Type": "Pass", "Next": "More?",
            "Output": {"n": "{% $states.input.n + 1 %}", "end": "{% $states.input.end %}"}},
        "Done": {"Type": "Succeed"}}}));
    transitions(bencher, &machine, count, &json!({"n": 0, "end": count / 2}));
}

/// The input is large and is handed on: its size must not count at each transition.
#[divan::bench(args = [100, 100_000])]
fn loop_with_a_large_input(bencher: Bencher<'_, '_>, bytes: u64) {
    let machine = machine(&json!({"StartAt": "More?", "States": {
        "More?": {"Type": "Choice", "Default": "Done", "Choices": [
            {"Variable": "$n", "NumericLessThan": 1_000, "Next": "Count"}]},
        "Count": {"Type": "Pass", "Next": "More?", "Assign": {"n.$": "States.MathAdd($n, 1)"}},
        "Done": {"Type": "Succeed"}}}));
    let text = "x".repeat(usize::try_from(bytes).unwrap());
    bencher.counter(ItemsCount::new(2_000_u64)).bench_local(|| {
        let settings = Settings::new().variable("n", json!(0));
        let mut execution = Execution::with(settings, &machine, json!({"text": text}), Mocks::new()).unwrap();
        assert_eq!(execution.run().unwrap(), Status::Succeeded);
        execution
    });
}

#[divan::bench(args = [1_000, 10_000])]
fn inline_map(bencher: Bencher<'_, '_>, items: u64) {
    let machine = machine(&json!({"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
        "ItemProcessor": {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}));
    transitions(bencher, &machine, items, &(0..items).collect());
}

#[divan::bench(args = [1_000, 10_000])]
fn distributed_map(bencher: Bencher<'_, '_>, items: u64) {
    let machine = machine(&json!({"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "P", "States": {"P": {"Type": "Pass", "End": true}}}}}}));
    transitions(bencher, &machine, items, &(0..items).collect());
}
