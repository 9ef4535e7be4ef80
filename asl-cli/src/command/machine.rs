//! The one state machine that a command is about.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use asl_core::Valid;
use asl_core::decode::{decode, decode_slice};
use asl_core::model::{StateMachine, WorkflowType};
use asl_core::syntax::closest;

use super::check;
use crate::arguments::ColourChoice;
use crate::config::{Config, Settings};
use crate::exit::Outcome;
use crate::inputs;
use crate::report::{failure, human};
use crate::source::{File, Source};

/// One definition of a file.
pub(crate) struct Chosen {
    file: File,
    place: usize,
    settings: Settings,
}

/// Finds the definition: the only one of the file, or the one of the resource with this name. What stands in the way
/// has been said.
pub(crate) fn choose(
    path: &Path,
    machine: Option<&str>,
    workflow_type: Option<WorkflowType>,
) -> Result<Chosen, Outcome> {
    let config = match Config::load(None, &[PathBuf::from(path)]) {
        Ok(config) => config,
        Err(errors) => {
            for error in &errors {
                failure(error);
            }
            return Err(Outcome::Failed);
        }
    };
    let source = Source::new(path);
    // a template with references gives several files
    let mut failures = Vec::new();
    let mut names: Vec<(Option<String>, Option<usize>)> = Vec::new();
    let file = File::read(&source).map_err(|error| {
        failure(&format!("cannot read {source}: {error}"));
        Outcome::Failed
    })?;
    names.extend(file.definitions.iter().enumerate().map(|(place, it)| (it.resource.clone(), Some(place))));
    names.extend(file.references.iter().map(|reference| (Some(reference.resource.clone()), None)));
    if let (Some(_), true) = (&file.fault, names.is_empty()) {
        names.push((None, Some(0)));
    }
    let index = chosen(&names, machine, &source)?;
    let (name, place) = &names[index];
    let settings = |file: &File| {
        let own = config.settings(&file.source);
        // what is an error is for the engine to say, not for the project's levels
        Settings { given_type: workflow_type, workflow_type: own.workflow_type, ..Settings::default() }
    };
    if let Some(place) = *place {
        let settings = settings(&file);
        return Ok(Chosen { file, place, settings });
    }
    let path = file.references.iter().find(|it| Some(&it.resource) == name.as_ref());
    let path = path.map(|reference| (reference.path.clone(), reference.workflow_type));
    let (mut read, links) = inputs::read(&[source], &mut failures);
    inputs::compare(&mut read, &links);
    for message in &failures {
        failure(message);
    }
    let found = path.and_then(|(path, workflow_type)| {
        let place = read
            .iter()
            .position(|file| matches!(file, Ok(file) if file.source.path() == Some(path.as_path())))?;
        let mut file = read.swap_remove(place).ok()?;
        // of two resources that use one file, the chosen one decides
        if let Some(definition) = file.definitions.first_mut() {
            definition.workflow_type = workflow_type;
        }
        Some(file)
    });
    let file = found.ok_or(Outcome::Failed)?;
    let settings = settings(&file);
    Ok(Chosen { file, place: 0, settings })
}

/// The place of the name that is meant.
fn chosen(
    names: &[(Option<String>, Option<usize>)],
    machine: Option<&str>,
    source: &Source,
) -> Result<usize, Outcome> {
    let known = || names.iter().filter_map(|(name, _)| name.as_deref());
    let has_names = known().next().is_some();
    match (names, machine) {
        ([], _) => failure(&format!("{source} holds no definition")),
        // the name is that of the mocks
        ([_], None) => return Ok(0),
        ([_], Some(_)) if !has_names => return Ok(0),
        (_, Some(machine)) => {
            if let Some(place) = names.iter().position(|(name, _)| name.as_deref() == Some(machine)) {
                return Ok(place);
            }
            let help = match closest(machine, known()) {
                Some(meant) => format!("is `{meant}` meant?"),
                None => format!("there is {}", listed(known())),
            };
            failure(&format!("{source} holds no state machine `{machine}`; {help}"));
        }
        (names, None) => failure(&format!(
            "{source} holds {} definitions; choose with --machine: {}",
            names.len(),
            listed(known())
        )),
    }
    Err(Outcome::Failed)
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl Chosen {
    /// The JSON text of the definition.
    pub(crate) fn text(&self) -> String {
        let transcript = self.file.definitions.get(self.place).and_then(|it| it.transcript.as_ref());
        match transcript {
            Some(json) => json.text().to_owned(),
            None => String::from_utf8_lossy(&self.file.bytes).into_owned(),
        }
    }

    /// The machine. If it is invalid, its findings have been reported.
    pub(crate) fn machine(&self) -> io::Result<Result<Valid<StateMachine>, Outcome>> {
        let definition = self.file.definitions.get(self.place);
        let workflow_type =
            definition.map_or(WorkflowType::Standard, |definition| self.settings.type_of(definition));
        let transcript = definition.and_then(|it| it.transcript.as_ref());
        let decoded = match transcript {
            None => decode_slice(&self.file.bytes),
            Some(json) => decode(json.text()),
        };
        let machine = match (decoded, &self.file.fault) {
            (Ok(decoded), None) => decoded.validate_as(workflow_type).ok(),
            _ => None,
        };
        if let Some(machine) = machine {
            return Ok(Ok(machine));
        }
        let report = check::report_of(&self.file, &self.settings);
        let colour = check::colour(ColourChoice::Auto, &io::stderr());
        io::stderr().write_all(human::full(&report, colour).as_bytes())?;
        failure(&format!("{} is not run: its definition is invalid", self.file.source));
        Ok(Err(Outcome::Bad))
    }
}
