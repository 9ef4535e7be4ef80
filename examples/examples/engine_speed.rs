//! How fast the engine runs, and how much memory it takes.
//!
//! ```sh
//! cargo run --release -p asl-examples --example engine_speed
//! ```
//!
//! Each loop is run at two lengths, so that a cost which grows faster than the work is seen. The Distributed Map reads
//! a CSV file that is made while it is read, and sends the histories of its children to a sink that counts them.

#![expect(clippy::print_stdout, reason = "a program that prints figures")]

use std::cell::Cell;
use std::error::Error;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;
use std::time::Instant;

use asl_core::Valid;
use asl_core::model::StateMachine;
use asl_local::history::Event;
use asl_local::world::{Body, Listing, MemoryObjects, ObjectStore, Upload};
use asl_local::{Execution, Mocks, Settings, Status, TaskError};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    println!("{:<34} {:>10} {:>9} {:>12}", "", "count", "seconds", "per second");
    for count in [50_000, 100_000] {
        report("JSONPath loop, transitions", &json_path_loop()?, json!({"n": 0, "end": count / 2}))?;
    }
    for count in [50_000, 100_000] {
        report("JSONata loop, transitions", &jsonata_loop()?, json!({"n": 0, "end": count / 2}))?;
    }
    for count in [5_000, 10_000] {
        report("inline Map, transitions", &inline_map()?, (0..count).collect())?;
    }
    for rows in [100_000, 1_000_000] {
        distributed_map(rows)?;
    }
    if let Some(peak) = peak_memory() {
        println!("peak memory: {} MB", peak / 1_024);
    }
    Ok(())
}

fn machine(definition: &Value) -> Outcome<Valid<StateMachine>> {
    Ok(asl_core::decode(&definition.to_string())?.validate()?)
}

/// A Choice that looks whether the end is reached, and a Pass that counts.
fn json_path_loop() -> Outcome<Valid<StateMachine>> {
    machine(&json!({"StartAt": "More?", "States": {
        "More?": {"Type": "Choice", "Choices": [
            {"Variable": "$.n", "NumericLessThanPath": "$.end", "Next": "Count"}], "Default": "Done"},
        "Count": {"Type": "Pass", "Next": "More?",
            "Parameters": {"n.$": "States.MathAdd($.n, 1)", "end.$": "$.end"}},
        "Done": {"Type": "Succeed"}}}))
}

fn jsonata_loop() -> Outcome<Valid<StateMachine>> {
    machine(&json!({"QueryLanguage": "JSONata", "StartAt": "More?", "States": {
        "More?": {"Type": "Choice", "Choices": [
            {"Condition": "{% $states.input.n < $states.input.end %}", "Next": "Count"}], "Default": "Done"},
        "Count": {"Type": "Pass", "Next": "More?",
            "Output": {"n": "{% $states.input.n + 1 %}", "end": "{% $states.input.end %}"}},
        "Done": {"Type": "Succeed"}}}))
}

fn inline_map() -> Outcome<Valid<StateMachine>> {
    machine(&json!({"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
        "ItemProcessor": {"StartAt": "First", "States": {
            "First": {"Type": "Pass", "Next": "Second"}, "Second": {"Type": "Pass", "End": true}}}}}}))
}

/// Runs the machine and prints how many transitions it made in a second.
fn report(name: &str, machine: &Valid<StateMachine>, input: Value) -> Outcome<()> {
    let settings = Settings::new().history_quota(None);
    let start = Instant::now();
    let mut execution = Execution::with(settings, machine, input, Mocks::new())?;
    let status = execution.run()?;
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(status, Status::Succeeded, "{:?}", execution.cause());
    print_line(name, execution.transitions(), seconds);
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn print_line(name: &str, count: u64, seconds: f64) {
    println!("{name:<34} {count:>10} {seconds:>9.3} {:>12.0}", count as f64 / seconds);
}

fn distributed_map(rows: u64) -> Outcome<()> {
    let machine = machine(&json!({"StartAt": "Each", "States": {"Each": {"Type": "Map", "End": true,
        "MaxConcurrency": 1_000,
        "ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
            "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
            "Parameters": {"Bucket": "numbers", "Key": "numbers.csv"}},
        "ResultWriter": {"Resource": "arn:aws:states:::s3:putObject",
            "Parameters": {"Bucket": "nowhere", "Prefix": "results"}},
        "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
            "StartAt": "Row", "States": {"Row": {"Type": "Pass", "End": true}}}}}}))?;
    let events = Rc::new(Cell::new(0_u64));
    let counted = Rc::clone(&events);
    let settings = Settings::new()
        .keep_history(false)
        .max_transitions(u64::MAX)
        .sink(move |_: &str, _: &Event| counted.set(counted.get() + 1));
    let start = Instant::now();
    let mocks = Mocks::new().objects_in(Generated { rows });
    let mut execution = Execution::with(settings, &machine, json!({}), mocks)?;
    let status = execution.run()?;
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(status, Status::Succeeded, "{:?}", execution.cause());
    // the Map itself, and a Pass for each row
    assert_eq!(execution.all_transitions(), rows + 1);
    print_line("Distributed Map, rows of CSV", rows, seconds);
    print_line("    events to the sink", events.get(), seconds);
    Ok(())
}

/// A store with one file, which is made while it is read. What is written there is dropped.
struct Generated {
    rows: u64,
}

impl ObjectStore for Generated {
    fn get(&self, _: &str, _: &str, _: Option<&str>) -> Result<Box<dyn Body>, TaskError> {
        Ok(Box::new(Numbers { rows: self.rows, next: 0, line: b"id,name\n".to_vec(), at: 0, read: 0 }))
    }

    fn list(&self, bucket: &str, prefix: &str) -> Result<Listing, TaskError> {
        MemoryObjects::new().list(bucket, prefix)
    }

    fn upload(&self, _: &str, _: &str) -> Result<Box<dyn Upload>, TaskError> {
        Ok(Box::new(Dropped))
    }
}

/// The rows of a CSV file: a number and a name.
struct Numbers {
    rows: u64,
    next: u64,
    line: Vec<u8>,
    at: usize,
    read: u64,
}

impl Read for Numbers {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < buffer.len() {
            if self.at == self.line.len() {
                if self.next == self.rows {
                    break;
                }
                self.line = format!("{0},name of {0}\n", self.next).into_bytes();
                self.next += 1;
                self.at = 0;
            }
            let more = (buffer.len() - filled).min(self.line.len() - self.at);
            buffer[filled..filled + more].copy_from_slice(&self.line[self.at..self.at + more]);
            filled += more;
            self.at += more;
        }
        self.read += filled as u64;
        Ok(filled)
    }
}

impl Seek for Numbers {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) => Ok(self.read),
            SeekFrom::Start(0) => {
                *self = Self { rows: self.rows, next: 0, line: b"id,name\n".to_vec(), at: 0, read: 0 };
                Ok(0)
            }
            _ => Err(io::Error::other("this file is read from front to back")),
        }
    }
}

struct Dropped;

impl io::Write for Dropped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Upload for Dropped {
    fn finish(self: Box<Self>) -> Result<(), TaskError> {
        Ok(())
    }
}

/// The most memory that the process ever had, in kilobytes, where the system tells it.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
