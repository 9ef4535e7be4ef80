//! The parser of JSONata against the verdicts of the reference implementation.

use std::fs;

use asl_core::syntax::jsonata::{Expression, Parsed};
use asl_tests::conformance;
use serde_json::Value;

/// How many of how many.
#[derive(Default)]
struct Share {
    right: usize,
    all: usize,
    wrong: Vec<String>,
}

impl Share {
    fn count(&mut self, is_right: bool, case: &Value, found: impl FnOnce() -> String) {
        self.all += 1;
        if is_right {
            self.right += 1;
        } else {
            self.wrong.push(format!("{case}\n    {}", found()));
        }
    }

    /// Prints the share, and what is wrong if `JSONATA_VERBOSE` is set.
    #[track_caller]
    fn at_least(&self, name: &str, floor: f64) {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand cases")]
        let share = 100.0 * self.right as f64 / self.all as f64;
        eprintln!("{name}: {} of {}, {share:.2} %", self.right, self.all);
        if std::env::var_os("JSONATA_VERBOSE").is_some() {
            eprintln!("{}", self.wrong.join("\n"));
        }
        assert!(share >= floor, "{name} is below {floor} %");
    }
}

#[test]
fn an_expression_is_read_as_the_reference_reads_it() {
    let Some(folder) = conformance::folder() else { return };
    let cases = fs::read_to_string(folder.join("jsonata/parse.jsonl")).expect("the cases can be read");
    let [mut verdicts, mut codes, mut positions, mut round_trips] = [(); 4].map(|()| Share::default());
    let mut skipped = 0;
    for line in cases.lines() {
        // half of a surrogate pair is a text to the reference, and none to Rust
        let Ok(case) = serde_json::from_str::<Value>(line) else {
            assert!(line.contains(r"\ud"), "{line}");
            skipped += 1;
            continue;
        };
        let text = case["expr"].as_str().expect("a case has an expression");
        let Parsed { expression, errors } = Expression::parse(text);
        let found = || format!("{expression} {errors:?}");
        verdicts.count(case["ok"] == errors.is_empty(), &case, found);
        let Some(error) = errors.first() else {
            let written = expression.to_string();
            let again = Expression::parse_strict(&written);
            let is_equal = again.as_ref() == Ok(&expression);
            round_trips.count(is_equal, &case, || format!("{written} {again:?}"));
            continue;
        };
        if case["ok"] == false {
            // faults that are JavaScript's own have no code
            codes.count(case["code"].as_str() == error.code.reference(), &case, found);
            if let Some(position) = case["position"].as_u64() {
                let position = byte_of(text, position);
                positions.count((error.at.start..=error.at.end).contains(&position), &case, found);
            }
        }
    }
    eprintln!("skipped for half a surrogate pair: {skipped}");
    verdicts.at_least("verdicts", 99.8);
    codes.at_least("codes", 97.0);
    positions.at_least("positions", 95.0);
    round_trips.at_least("round trips", 100.0);
}

/// The byte where a number of UTF-16 units ends, the unit of the reference's positions.
fn byte_of(text: &str, units: u64) -> usize {
    let mut left = units;
    for (byte, character) in text.char_indices() {
        if left == 0 {
            return byte;
        }
        left = left.saturating_sub(character.len_utf16() as u64);
    }
    text.len()
}
