//! Transitions, which are what is billed, against machines written by hand.
//!
//! Each pair is a program and an `.asl.json` that an expert would write for it. Both run in the same worlds: they do the
//! same, and what is compiled takes no more transitions in any of them. The README shows the sums.

mod article;
mod loops;
mod errors;
mod together;

use asl_core::flow::Program;
use asl_core::model::StateMachine;

use crate::flow::{Case, checked, story};

/// A compiled machine, and one that does the same and was written by hand.
pub(crate) struct Pair {
    name: &'static str,
    compiled: StateMachine,
    by_hand: &'static str,
    worlds: Case,
}

impl Pair {
    /// A program of `flow`, in the worlds of the case.
    fn new(name: &'static str, case: Case, by_hand: &'static str) -> Self {
        Self { name, compiled: case.lowered().machine, by_hand, worlds: case }
    }
}

/// What a pair came to: ours first, by hand second.
struct Cost {
    name: &'static str,
    states: (usize, usize),
    passes: (usize, usize),
    runs: usize,
    transitions: (u64, u64),
}

/// How many worlds there are for each input.
const SEEDS: u64 = 40;

#[track_caller]
fn cost(pair: &Pair) -> Cost {
    let name = pair.name;
    let written = asl_core::decode(pair.by_hand).unwrap_or_else(|error| panic!("{name}: {error}"));
    let by_hand = written.machine.validate().unwrap_or_else(|invalid| panic!("{name}: {invalid}"));
    assert!(by_hand.warnings().is_empty(), "{name}: {:#?}", by_hand.warnings());
    let (json, compiled) = checked(&pair.compiled);
    let (ours, theirs) = (pair.worlds.runs(&compiled, SEEDS), pair.worlds.runs(&by_hand, SEEDS));
    let mut transitions = (0, 0);
    let mut endings = std::collections::BTreeSet::new();
    assert_eq!(ours.len(), theirs.len(), "{name}: one goes on without end");
    for ((what, ours), (_, theirs)) in ours.iter().zip(&theirs) {
        let (one, other) = (story(&ours.result, &ours.log), story(&theirs.result, &theirs.log));
        assert_eq!(one, other, "{name}, {what}\n{json}");
        assert!(
            ours.transitions <= theirs.transitions,
            "{name}, {what}: {} transitions, {} by hand\n{json}",
            ours.transitions,
            theirs.transitions,
        );
        transitions.0 += ours.transitions;
        transitions.1 += theirs.transitions;
        endings.insert(ours.log.len());
    }
    assert!(ours.len() >= 40 && endings.len() > 1, "{name}: {} runs of {endings:?} tasks", ours.len());
    let count = |text: &str, what: &str| text.split_whitespace().collect::<String>().matches(what).count();
    let both = |what: &str| (count(&json, what), count(pair.by_hand, what));
    let states = ["Task", "Choice", "Wait", "Pass", "Parallel", "Map", "Succeed", "Fail"];
    let states = states.map(|kind| both(&format!("\"Type\":\"{kind}\"")));
    Cost {
        name,
        states: states.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1)),
        passes: both("\"Type\":\"Pass\""),
        runs: ours.len(),
        transitions,
    }
}

fn pairs() -> Vec<Pair> {
    let all = [article::pairs(), loops::pairs(), errors::pairs(), together::pairs()];
    all.into_iter().flatten().collect()
}

/// The programs of the pairs.
pub(crate) fn programs() -> Vec<Program> {
    pairs().iter().map(|pair| pair.worlds.program().clone()).collect()
}

const BEGIN: &str = "<!-- cost: begin -->\n";
const END: &str = "<!-- cost: end -->\n";

/// The README's table says what is measured. `COST_TABLE=write` writes it.
#[test]
fn compiled_machines_cost_no_more_than_those_written_by_hand() {
    let costs: Vec<Cost> = pairs().iter().map(cost).collect();
    assert!(costs.len() >= 12);
    let mut table = String::from(
        "| program | states | by hand | runs | transitions | by hand |\n| --- | ---: | ---: | ---: | ---: | ---: |\n",
    );
    for cost in &costs {
        assert!(cost.passes.0 <= cost.passes.1, "{}: a Pass that is avoidable", cost.name);
        let Cost { name, states, runs, transitions, .. } = cost;
        let row = [states.0, states.1, *runs].map(|count| count.to_string()).join(" | ");
        table.extend(["| ", name, " | ", &row, " | "]);
        table.extend([
            transitions.0.to_string(),
            " | ".to_owned(),
            transitions.1.to_string(),
            " |\n".to_owned(),
        ]);
    }
    let readme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(&readme).expect("the README");
    let (before, rest) = text.split_once(BEGIN).expect("the README has a table of costs");
    let (shown, after) = rest.split_once(END).expect("the table ends");
    if std::env::var("COST_TABLE").is_ok_and(|what| what == "write") {
        std::fs::write(&readme, format!("{before}{BEGIN}{table}{END}{after}")).expect("it can be written");
    } else {
        assert_eq!(shown, table, "the README's table of costs is out of date: COST_TABLE=write writes it");
    }
}
