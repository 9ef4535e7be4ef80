//! Workflow functions: the states are as reviewed, and a function and its states give the same.

use std::cell::RefCell;
use std::rc::Rc;

use asl_core::ctx::Failure;
use asl_examples::{report, workflow, workflows::workflows};
use asl_local::native::Local;
use asl_local::world::{Call, ObjectStore, Reply, World};
use asl_local::{Execution, Mocks, Status};
use serde_json::Value;

#[test]
fn the_states_are_as_reviewed() {
    for workflow in workflows() {
        let machine = (workflow.definition)().unwrap().machine;
        assert_eq!(machine.warnings(), [], "{}", workflow.name);
        insta::assert_snapshot!(format!("workflow.{}", workflow.name), machine.to_json_pretty());
    }
}

#[test]
fn the_runs_are_as_reviewed() {
    for workflow in workflows() {
        let text = report::run(&workflow).unwrap();
        let run = text.split_once("\ninput ").unwrap().1;
        insta::assert_snapshot!(format!("workflow.{}.run", workflow.name), format!("input {run}"));
    }
}

/// Mocks whose calls are noted.
struct Noted {
    mocks: Mocks,
    log: Rc<RefCell<Vec<(String, Value)>>>,
}

impl World for Noted {
    fn call(&mut self, call: &Call<'_>) -> Reply {
        let mut input = call.input.to_string();
        if let Some(token) = call.token {
            input = input.replace(token, "TOKEN");
        }
        self.log.borrow_mut().push((call.state.to_owned(), input.into()));
        self.mocks.call(call)
    }

    fn objects(&self) -> Rc<dyn ObjectStore> {
        self.mocks.objects()
    }
}

#[test]
fn function_and_states_give_the_same() {
    for workflow in workflows() {
        let machine = (workflow.definition)().unwrap().machine;
        let (log, native_log) = (Rc::default(), Rc::default());
        let noted = |log: &Rc<_>| Noted { mocks: (workflow.mocks)(), log: Rc::clone(log) };

        let mut execution = Execution::start(&machine, workflow.input.clone(), noted(&log)).unwrap();
        let states = match execution.run().unwrap() {
            Status::Succeeded => Ok(execution.output().cloned().unwrap()),
            _ => Err(Failure::new(execution.error().unwrap(), execution.cause().unwrap())),
        };
        let local = Local::new(noted(&native_log));
        let native = (workflow.native)(&local.ctx(), workflow.input.clone());

        assert_eq!(native, states, "{}", workflow.name);
        assert_eq!(local.elapsed(), execution.elapsed(), "{}", workflow.name);
        assert_eq!(native_log, log, "{}", workflow.name);
        assert!(!log.borrow().is_empty());
    }
}

#[test]
fn lines_lead_to_states() {
    insta::assert_snapshot!("workflow.expand", report::expand(&workflow("order_saga").unwrap()).unwrap());
    for workflow in workflows() {
        let definition = (workflow.definition)().unwrap();
        for (state, place) in &definition.sources {
            let line = workflow.source.lines().nth(place.line as usize - 1);
            assert!(
                line.is_some_and(|line| !line.trim().is_empty()),
                "{}: {state} from {place}",
                workflow.name
            );
        }
    }
}

#[test]
fn each_workflow_has_an_example_and_is_in_the_list() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str, others: &[&str]| {
        let mut names: Vec<String> = std::fs::read_dir(root.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
            .filter(|name| !others.contains(&name.as_str()))
            .collect();
        names.sort();
        names
    };
    let mut listed: Vec<&str> = workflows().iter().map(|workflow| workflow.name).collect();
    listed.sort_unstable();
    assert_eq!(names("src/workflows", &["mod"]), listed);
    assert_eq!(names("examples", &["expand", "engine_speed"]), listed);
    assert!(workflow("onbording").is_err());
}
