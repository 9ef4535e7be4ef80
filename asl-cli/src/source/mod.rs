//! Where definitions come from: files of one definition, in JSON or YAML, and templates that hold several.

mod discover;
mod transcript;
mod spelling;
mod node;
mod yaml;
mod json;
mod template;
mod substitutions;

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use asl_core::decode::JsonError;
use asl_core::diagnostic::{Diagnostic, Part, Pointer, Severity};
use asl_core::model::WorkflowType;

pub(crate) use discover::discover;
pub(crate) use transcript::Transcript;

use node::Node;
pub(crate) use substitutions::Remark;
use substitutions::{Substitutions, Waiting};

/// A file, or the standard input.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Source {
    StandardInput,
    File(PathBuf),
}

impl Source {
    pub(crate) fn new(argument: &Path) -> Self {
        if argument == Path::new("-") { Self::StandardInput } else { Self::File(argument.to_owned()) }
    }

    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::StandardInput => None,
            Self::File(path) => Some(path),
        }
    }

    pub(crate) fn read(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::StandardInput => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Self::File(path) => fs::read(path),
        }
    }

    fn has_extension(&self, extensions: &[&str]) -> bool {
        let extension = self.path().and_then(Path::extension).and_then(|it| it.to_str()).unwrap_or_default();
        extensions.iter().any(|it| it.eq_ignore_ascii_case(extension))
    }
}

/// As it stands in messages.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StandardInput => f.write_str("<stdin>"),
            Self::File(path) => f.write_str(&crate::report::printable(&path.to_string_lossy())),
        }
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One definition in JSON, which is the text of the file.
    Json,
    /// One definition in YAML.
    Yaml,
    /// A template of CloudFormation or SAM.
    Template,
}

/// A file that was read, and the definitions in it.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) source: Source,
    pub(crate) kind: Kind,
    pub(crate) bytes: Vec<u8>,
    pub(crate) definitions: Vec<Definition>,
    /// Files that the template names as the definitions of its state machines.
    pub(crate) references: Vec<Reference>,
    /// What was found around the definitions.
    pub(crate) remarks: Vec<Remark>,
    /// Why there is no definition.
    pub(crate) fault: Option<(Range<usize>, Diagnostic)>,
}

/// One definition of a file.
#[derive(Debug, Default)]
pub(crate) struct Definition {
    /// The logical id of its resource in a template.
    pub(crate) resource: Option<String>,
    /// The type that the template gives it.
    pub(crate) workflow_type: Option<WorkflowType>,
    /// The definition as JSON; none if it is the text of the file.
    pub(crate) transcript: Option<Transcript>,
}

/// A definition in another file.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) path: PathBuf,
    pub(crate) resource: String,
    pub(crate) workflow_type: Option<WorkflowType>,
    pub(crate) at: Range<usize>,
    substitutions: Substitutions,
}

impl Reference {
    /// Holds what the template substitutes against the placeholders of the file that it names. The first are remarks
    /// about the file, the others about the template, which is called so.
    pub(crate) fn compare(&self, file: &File, template: &str) -> [Vec<Remark>; 2] {
        let waiting = file.waiting();
        let missing = self.substitutions.missing(&waiting, &self.resource, Some(template));
        [missing, self.substitutions.unused(&waiting, &self.resource)]
    }
}

impl File {
    pub(crate) fn read(source: &Source) -> io::Result<Self> {
        Ok(Self::of(source.clone(), source.read()?))
    }

    pub(crate) fn of(source: Source, bytes: Vec<u8>) -> Self {
        let mut file = Self {
            source,
            kind: Kind::Json,
            bytes,
            definitions: Vec::new(),
            references: Vec::new(),
            remarks: Vec::new(),
            fault: None,
        };
        let text = match std::str::from_utf8(&file.bytes) {
            Ok(text) => text.to_owned(),
            // who reads JSON tells what is wrong
            Err(_) => return file.with(Definition::default()),
        };
        let is_yaml = file.is_in_yaml(&text);
        if !is_yaml && !template::is_likely(&text) {
            return file.with(Definition::default());
        }
        let tree = if is_yaml { yaml::parse(&text) } else { Ok(json::parse(&text)) };
        match tree {
            Ok(Some(tree)) if template::is_template(&tree) => file.take_template(&tree, &text),
            Ok(Some(tree)) if is_yaml => file.take_yaml(&tree, &text),
            Ok(None) if is_yaml => {
                file.kind = Kind::Yaml;
                file.fault = Some((0..0, unreadable("the definition is empty".to_owned())));
            }
            Ok(_) => file.definitions.push(Definition::default()),
            Err(error) => {
                file.kind = Kind::Yaml;
                file.fault = Some((error.bytes, unreadable(error.message)));
            }
        }
        file
    }

    fn with(mut self, definition: Definition) -> Self {
        self.definitions.push(definition);
        self
    }

    /// By its name; of the standard input by its first words.
    fn is_in_yaml(&self, text: &str) -> bool {
        match self.source {
            Source::StandardInput => text
                .lines()
                .any(|line| ["StartAt:", "States:", "Resources:"].iter().any(|key| line.starts_with(key))),
            Source::File(_) => {
                self.source.has_extension(&["yaml", "yml"])
                    || (self.source.has_extension(&["template"]) && !text.trim_start().starts_with('{'))
            }
        }
    }

    /// The placeholders of the definition in it that wait for a template.
    fn waiting(&self) -> Waiting {
        let text = String::from_utf8_lossy(&self.bytes);
        match self.kind {
            Kind::Json => Waiting::of_text(&text),
            Kind::Yaml => match yaml::parse(&text) {
                Ok(Some(tree)) => Waiting::of_node(&tree, &text),
                Ok(None) | Err(_) => Waiting::unknown(),
            },
            Kind::Template => Waiting::unknown(),
        }
    }

    fn take_yaml(&mut self, tree: &Node, text: &str) {
        self.kind = Kind::Yaml;
        let mut json = Transcript::default();
        yaml::to_json(tree, text, &mut json);
        self.definitions.push(Definition { transcript: Some(json), ..Definition::default() });
    }

    fn take_template(&mut self, tree: &Node, text: &str) {
        self.kind = Kind::Template;
        let folder = self.source.path().and_then(Path::parent).unwrap_or(Path::new("")).to_owned();
        for machine in template::state_machines(tree, text) {
            let template::StateMachine { resource, workflow_type, definition, substitutions, waiting } =
                machine;
            match definition {
                template::Definition::Inline(transcript) => {
                    self.remarks.extend(substitutions.missing(&waiting, &resource, None));
                    self.remarks.extend(substitutions.unused(&waiting, &resource));
                    self.definitions.push(Definition {
                        resource: Some(resource),
                        workflow_type,
                        transcript: Some(transcript),
                    });
                }
                template::Definition::File(path, at) => {
                    let path = folder.join(path);
                    self.references.push(Reference { path, resource, workflow_type, at, substitutions });
                }
            }
        }
    }
}

/// The finding that a text cannot be read at all.
fn unreadable(message: String) -> Diagnostic {
    Diagnostic {
        code: JsonError::CODE,
        severity: Severity::Error,
        at: Pointer::root(),
        part: Part::Value,
        message,
        help: None,
        fix: None,
    }
}
