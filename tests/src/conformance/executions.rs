//! `executions/`: executions and calls recorded on the service, one file a case, a folder an area.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use asl_core::model::WorkflowType;
use serde_json::{Map, Value, json};

use super::{Area, Outcome, broken, read_json, refusal, runs, test_state, workflow_type};

/// One recorded case.
pub struct Case {
    /// The name of the folder it stands in.
    pub area: String,
    /// The file's name without its end.
    pub name: String,
    /// The whole file.
    pub json: Value,
}

/// All cases, sorted by area and name.
///
/// # Errors
///
/// If a file cannot be read, or is not a JSON object with a definition.
pub fn read(folder: &Path) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    for area in entries(&folder.join("executions"))? {
        for file in entries(&area)? {
            let json = read_json(&file)?;
            if !json["definition_text"].is_string() || !json["expected"].is_object() {
                return Err(broken(&file, "there is no `definition_text` or no `expected`"));
            }
            cases.push(Case { area: stem(&area), name: stem(&file), json });
        }
    }
    Ok(cases)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Area `accepted`: the service ran it, so nothing in its definition is an error.
///
/// Its notes are our warnings on these definitions.
#[must_use]
pub fn accepted(cases: &[Case]) -> Area {
    let mut area = Area::new("accepted");
    for case in cases.iter().filter(|case| !case.is_about_the_definition()) {
        if case.create_error().is_none() {
            area.note(&case.title(), case.definition().as_bytes(), case.workflow_type());
        }
        area.check(&case.title(), || {
            // with an error of another kind nobody knows whether the definition was looked at
            if case.create_error().is_some() {
                return Outcome::Skipped("the call was refused for another reason than its definition");
            }
            let refused = refusal(case.definition().as_bytes(), case.workflow_type());
            Outcome::unless(refused.map(|finding| format!("refused: {finding}")))
        });
    }
    area
}

/// The areas of what happens when a machine runs.
#[must_use]
pub fn runs(cases: &[Case]) -> Vec<Area> {
    let mut areas: BTreeMap<&str, Area> = BTreeMap::new();
    for case in cases.iter().filter(|case| !case.is_about_the_definition()) {
        let area = areas.entry(&case.area).or_insert_with(|| Area::new(&case.area));
        area.check(&case.title(), || match case.area.as_str() {
            "variable_references" => Outcome::unless(other_references(case)),
            "test_state" => test_state::check(case),
            _ if case.create_error().is_some() => Outcome::Skipped("the call was refused"),
            _ => runs::check(case),
        });
    }
    areas.into_values().collect()
}

/// How the variables that states refer to differ from what the service lists; it lists none as nothing at all.
fn other_references(case: &Case) -> Option<String> {
    let machine = match asl_core::decode(&case.definition()) {
        Ok(decoded) => decoded.machine,
        Err(error) => return Some(format!("refused: {error}")),
    };
    let ours: serde_json::Map<String, Value> = asl_core::validate::variable_references(&machine)
        .into_iter()
        .map(|(state, names)| (state, names.into_iter().collect()))
        .collect();
    let ours = if ours.is_empty() { Value::Null } else { Value::Object(ours) };
    let theirs = &case.json["expected"]["variableReferences"];
    (ours != *theirs).then(|| format!("the service says {theirs}, we say {ours}"))
}

impl Case {
    /// `area/name`.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}/{}", self.area, self.name)
    }

    /// What was expected.
    #[must_use]
    pub fn expected(&self) -> &Value {
        &self.json["expected"]
    }

    /// The type of workflow that was created.
    #[must_use]
    pub fn workflow_type(&self) -> WorkflowType {
        workflow_type(&self.json["type"])
    }

    /// The message with which the call was refused.
    #[must_use]
    pub fn create_error(&self) -> Option<&str> {
        self.expected()["create_error"].as_str()
    }

    /// Whether the case tells what the service says of the definition itself, and nothing of an execution.
    #[must_use]
    pub fn is_about_the_definition(&self) -> bool {
        let refused = || {
            self.create_error().is_some_and(|error| error.starts_with("Invalid State Machine Definition: "))
        };
        self.area == "validation" || refused()
    }

    /// The text of the definition. A single state, as `TestState` takes it, comes with a machine around it.
    #[must_use]
    pub fn definition(&self) -> Cow<'_, str> {
        let definition = &self.json["definition"];
        if self.json["type"] == "TEST_STATE" && definition.get("States").is_none() {
            return Cow::Owned(machine_of_one(definition).to_string());
        }
        Cow::Borrowed(self.json["definition_text"].as_str().unwrap_or_default())
    }
}

/// A machine of one state, as the service makes it: its places name the state `StateName`. What the state leads
/// to is there too, so that only the state itself is judged.
fn machine_of_one(state: &Value) -> Value {
    let mut states = Map::new();
    states.insert("StateName".to_owned(), state.clone());
    let lists = ["Choices", "Catch"].map(|list| state[list].as_array());
    let below = lists.into_iter().flatten().flatten();
    for target in below.chain([state]).flat_map(|object| [&object["Next"], &object["Default"]]) {
        if let Some(name) = target.as_str() {
            states.entry(name).or_insert_with(|| json!({"Type": "Succeed"}));
        }
    }
    json!({"StartAt": "StateName", "States": states})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_around_one_state_has_all_that_the_state_leads_to() {
        let state = json!({"Type": "Choice", "Choices": [{"Next": "A"}, {"Next": "B"}], "Default": "A"});
        let machine = machine_of_one(&state);
        let names: Vec<_> = machine["States"].as_object().unwrap().keys().collect();
        assert_eq!(names, ["StateName", "A", "B"]);
    }
}
