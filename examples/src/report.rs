//! What the examples print of a workflow: its states and where they come from, and a run.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;

use asl_core::ctx::Definition;
use asl_core::model::WorkflowType;
use asl_core::render;
use asl_local::native::Local;
use asl_local::{Execution, Status};
use serde_json::Value;

use crate::workflows::Workflow;

/// The definition, and one run of it: result, visited states, transitions, price.
///
/// # Errors
///
/// If the function is no state machine, or the local engine cannot run it.
pub fn run(workflow: &Workflow) -> Result<String, Box<dyn Error>> {
    let machine = (workflow.definition)()?.machine;
    let mut text =
        format!("{}: {}\n\n{}\n", workflow.name, workflow.about, machine.to_json_pretty().trim_end());

    let mut execution = Execution::start(&machine, workflow.input.clone(), (workflow.mocks)())?;
    let status = execution.run()?;
    writeln!(text, "\ninput        {}", workflow.input)?;
    if status == Status::Succeeded {
        writeln!(text, "output       {}", execution.output().unwrap_or(&Value::Null))?;
    } else {
        let (error, cause) = (execution.error().unwrap_or_default(), execution.cause().unwrap_or_default());
        writeln!(text, "{:<13}{error}: {cause}", status.to_string().to_lowercase())?;
    }
    let local = Local::new((workflow.mocks)());
    match (workflow.native)(&local.ctx(), workflow.input.clone()) {
        Ok(output) => writeln!(text, "as function  {output}")?,
        Err(failure) => writeln!(text, "as function  {failure}")?,
    }
    writeln!(text, "states       {}", execution.history().states().collect::<Vec<_>>().join(", "))?;
    writeln!(text, "time         {} s", execution.elapsed().as_secs_f64())?;
    match machine.workflow_type() {
        WorkflowType::Express => {
            writeln!(text, "price        ${:.6} for a thousand runs", execution.price().express * 1e3)?;
        }
        WorkflowType::Standard => {
            // with those of child workflows, which are paid too
            let transitions = u32::try_from(execution.all_transitions())?;
            writeln!(text, "transitions  {transitions}")?;
            writeln!(text, "price        ${:.3} for a thousand runs", f64::from(transitions) * 0.025)?;
        }
    }
    Ok(text)
}

/// What the function became: each line that is the source of states with those states, and the picture.
///
/// # Errors
///
/// If the function is no state machine.
pub fn expand(workflow: &Workflow) -> Result<String, Box<dyn Error>> {
    let Definition { machine, sources } = (workflow.definition)()?;
    let mut states = BTreeMap::new();
    collect(&mut serde_json::from_str(&machine.to_json())?, &mut states);
    let mut lines: Vec<u32> = sources.values().map(|place| place.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut text = String::new();
    if let Some(place) = sources.values().next() {
        writeln!(text, "{}", place.file.replace('\\', "/"))?;
    }
    for line in lines {
        let index = usize::try_from(line)?.saturating_sub(1);
        writeln!(text, "\n{line:>4} | {}", workflow.source.lines().nth(index).unwrap_or_default())?;
        for (name, _) in sources.iter().filter(|(_, place)| place.line == line) {
            let json = states.get(name).map(Value::to_string).unwrap_or_default();
            writeln!(text, "     └ {name}\n       {json}")?;
        }
    }
    writeln!(text, "\n{}", render::mermaid(&machine).trim_end())?;
    Ok(text)
}

/// The states of a scope and of those inside it, by name. Where states stand inside a state, only their names stay.
fn collect(scope: &mut Value, found: &mut BTreeMap<String, Value>) {
    let Some(states) = scope.get_mut("States").and_then(Value::as_object_mut) else { return };
    let names = states.keys().cloned().map(Value::String).collect();
    for (name, mut state) in std::mem::take(states) {
        for branch in state.get_mut("Branches").and_then(Value::as_array_mut).into_iter().flatten() {
            collect(branch, found);
        }
        if let Some(processor) = state.get_mut("ItemProcessor") {
            collect(processor, found);
        }
        found.insert(name, state);
    }
    scope["States"] = Value::Array(names);
}
