//! What an expression of a state costs, and how much of it is ours: beside the evaluator's crate alone, with its
//! variables bound before and its evaluator used again, which a state cannot do.
//!
//! The last lines of the run print both, measured alternately in one run:
//!
//! ```sh
//! cargo bench -p asl-local --bench jsonata
//! ```

#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use asl_local::jsonata::{Prepared, Template};
use asl_local::{Data, Scope};
use jsonata_core::evaluator::{Context, Evaluator};
use jsonata_core::parser;
use jsonata_core::value::JValue;
use serde_json::{Value, json};

/// One of each kind that states are full of.
const EXPRESSIONS: &[(&str, &str)] = &[
    ("constant", "'done'"),
    ("path", "$states.input.order.customer.name"),
    ("variable", "$count"),
    ("counter", "$count + 1"),
    ("condition", "$states.input.order.total > 100 and $states.input.order.customer.plan = 'pro'"),
    ("sum over map", "$sum($map($states.input.order.items, function($i){ $i.price * $i.quantity }))"),
    ("sum over path", "$sum($states.input.order.items.(price * quantity))"),
    ("filter and object", "$states.input.order.items[price > 20].{'sku': sku, 'cost': price * quantity}"),
    ("merge", "$merge([$states.input.order.customer, {'seen': true, 'count': $count}])"),
];

fn main() {
    divan::main();
    println!("\nan evaluation in a state beside the evaluator alone, best of alternating runs:");
    for (kind, code) in EXPRESSIONS {
        let (state, prepared) = (State::new(), Prepared::new(code).expect("an expression"));
        let mut bare = Bare::new(code);
        let ours = best(|| prepared.evaluate("Output", &state));
        let theirs = best(|| bare.evaluate());
        println!(
            "{kind:>18}: {:>6} / {:>6} ns, {:+} ns",
            ours.as_nanos(),
            theirs.as_nanos(),
            ours.as_nanos().cast_signed() - theirs.as_nanos().cast_signed()
        );
    }
}

/// The time of one call, in the fastest of several runs.
fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    const CALLS: u32 = 20_000;
    let times = (0..15).map(|_| {
        let start = Instant::now();
        (0..CALLS).for_each(|_| drop(black_box(work())));
        start.elapsed() / CALLS
    });
    times.min().unwrap_or_default()
}

fn order() -> Value {
    let items = (0..5).map(|n| json!({"sku": format!("sku-{n}"), "price": 10 * n, "quantity": n + 1}));
    json!({"order": {
        "id": "o-17",
        "total": 129.5,
        "customer": {"name": "Ada", "plan": "pro", "mail": "ada@example.com"},
        "items": items.collect::<Vec<_>>(),
    }})
}

struct State {
    input: Data,
    count: Data,
}

impl State {
    fn new() -> Self {
        Self { input: Data::from(order()), count: Data::from(json!(3)) }
    }
}

impl Scope for State {
    fn now(&self) -> i64 {
        0
    }

    fn random(&self) -> u64 {
        0
    }

    fn input(&self) -> &Data {
        &self.input
    }

    fn context(&self) -> &Data {
        &self.input
    }

    fn variable(&self, name: &str) -> Option<&Data> {
        (name == "count").then_some(&self.count)
    }
}

/// The evaluator alone, with everything bound.
struct Bare {
    evaluator: Evaluator,
    tree: jsonata_core::ast::AstNode,
}

impl Bare {
    fn new(code: &str) -> Self {
        let mut context = Context::new();
        context.bind("states".to_owned(), JValue::from(json!({"input": order()})));
        context.bind("count".to_owned(), JValue::from(json!(3)));
        let tree = parser::parse(code).expect("an expression");
        Self { evaluator: Evaluator::with_context(context), tree }
    }

    fn evaluate(&mut self) -> Result<JValue, jsonata_core::evaluator::EvaluatorError> {
        self.evaluator.evaluate(&self.tree, &JValue::Undefined)
    }
}

fn kinds() -> impl Iterator<Item = &'static str> {
    EXPRESSIONS.iter().map(|(kind, _)| *kind)
}

fn code(kind: &str) -> &'static str {
    EXPRESSIONS.iter().find(|(other, _)| *other == kind).map_or("", |(_, code)| code)
}

/// Does each kind stay around a microsecond, so that a loop of states can turn hundreds of thousands of times a second?
#[divan::bench(args = kinds())]
fn in_a_state(bencher: divan::Bencher<'_, '_>, kind: &str) {
    let (state, prepared) = (State::new(), Prepared::new(code(kind)).expect("an expression"));
    bencher.bench_local(|| prepared.evaluate("Output", &state));
}

/// What is the least that it can cost?
#[divan::bench(args = kinds())]
fn alone(bencher: divan::Bencher<'_, '_>, kind: &str) {
    let mut bare = Bare::new(code(kind));
    bencher.bench_local(|| bare.evaluate().is_ok());
}

/// What does an `Output` of a loop cost that counts, and hands the rest on?
#[divan::bench]
fn output_of_a_loop(bencher: divan::Bencher<'_, '_>) {
    let output = json!({"count": "{% $count + 1 %}", "order": "{% $states.input.order %}", "kind": "loop"});
    let (state, template) = (State::new(), Template::prepare(&output).expect("expressions"));
    bencher.bench_local(|| template.evaluate("Output", &state));
}

/// What does it cost to bring data of a task, 5 items or 500, into JSONata for the first time?
#[divan::bench(args = [1, 100])]
fn first_look_at_data(bencher: divan::Bencher<'_, '_>, orders: usize) {
    let prepared = Prepared::new("$count($states.input)").expect("an expression");
    let data: Value = (0..orders).map(|_| order()).collect();
    bencher
        .with_inputs(|| State { input: Data::from(data.clone()), count: Data::from(json!(0)) })
        .bench_local_refs(|state| prepared.evaluate("Output", state).is_ok());
}

/// How long does it take to read an expression?
#[divan::bench(args = kinds())]
fn prepare(kind: &str) -> bool {
    Prepared::new(code(kind)).is_ok()
}
