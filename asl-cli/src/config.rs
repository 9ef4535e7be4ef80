//! `asl.toml`: how a project wants its definitions checked.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use asl_core::model::WorkflowType;
use asl_core::syntax::closest;
use glob::{MatchOptions, Pattern};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::levels::{Level, Levels};
use crate::report::{Lines, printable};
use crate::source::{Definition, Source};

const NAME: &str = "asl.toml";

/// What a project, or a part of it, decides.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    /// The type that the command line gives.
    pub(crate) given_type: Option<WorkflowType>,
    /// The type of what nothing else tells the type of.
    pub(crate) workflow_type: Option<WorkflowType>,
    pub(crate) levels: Levels,
    pub(crate) advice: Option<bool>,
}

impl Settings {
    /// These, and where they say nothing, weaker ones.
    pub(crate) fn over(&self, weaker: &Self) -> Self {
        Self {
            given_type: self.given_type.or(weaker.given_type),
            workflow_type: self.workflow_type.or(weaker.workflow_type),
            levels: self.levels.over(&weaker.levels),
            advice: self.advice.or(weaker.advice),
        }
    }

    /// The type of a definition: the command line's, else the template's, else the configuration's.
    pub(crate) fn type_of(&self, definition: &Definition) -> WorkflowType {
        self.given_type.or(definition.workflow_type).or(self.workflow_type).unwrap_or(WorkflowType::Standard)
    }

    /// Whether advice has to be asked for.
    pub(crate) fn want_advice(&self) -> bool {
        self.advice.unwrap_or(false) || self.levels.want_advice()
    }
}

/// The decisions of a configuration file; without one, none.
#[derive(Debug, Default)]
pub(crate) struct Config {
    /// The folder that the patterns are relative to.
    folder: PathBuf,
    check: Settings,
    overrides: Vec<Override>,
}

#[derive(Debug)]
struct Override {
    files: Vec<Pattern>,
    settings: Settings,
}

impl Config {
    /// The given file, or the nearest `asl.toml` in the folder of the first input or above it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the file, one line each.
    pub(crate) fn load(given: Option<&Path>, inputs: &[PathBuf]) -> Result<Self, Vec<String>> {
        let Some(path) = given.map(Path::to_owned).or_else(|| find(inputs.first()?)) else {
            return Ok(Self::default());
        };
        let source = Source::File(path.clone());
        let text =
            fs::read_to_string(&path).map_err(|error| vec![format!("cannot read {source}: {error}")])?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut reader = Reader { source, lines: Lines::of(&text), errors: Vec::new() };
        let mut config = reader.read(&text);
        config.folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if reader.errors.is_empty() {
            return Ok(config);
        }
        // keys are read by name, and shown by place
        reader.errors.sort();
        Err(reader.errors.into_iter().map(|(_, message)| message).collect())
    }

    /// What holds for a file: of several overrides the last decides.
    pub(crate) fn settings(&self, source: &Source) -> Settings {
        let mut settings = self.check.clone();
        if let (Some(path), false) = (source.path(), self.overrides.is_empty()) {
            let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            for it in self.overrides.iter().filter(|it| it.is_about(&path, &self.folder)) {
                settings = it.settings.over(&settings);
            }
        }
        settings
    }
}

impl Override {
    /// A pattern with a slash is about the path below the folder, one without about the file's name.
    fn is_about(&self, path: &Path, folder: &Path) -> bool {
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::new() };
        self.files.iter().any(|pattern| {
            let text = if pattern.as_str().contains('/') {
                path.strip_prefix(folder).ok()
            } else {
                path.file_name().map(Path::new)
            };
            text.is_some_and(|text| pattern.matches_path_with(text, options))
        })
    }
}

/// The nearest configuration file at or above an input.
fn find(input: &Path) -> Option<PathBuf> {
    let start = if input == Path::new("-") { Path::new(".") } else { input };
    // of a pattern, the folders before the first special character
    let plain: PathBuf = start
        .components()
        .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']))
        .collect();
    let start = if start.exists() { start } else { &plain };
    let start = if start.as_os_str().is_empty() { Path::new(".") } else { start };
    let start = fs::canonicalize(start).ok()?;
    start.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}

struct Reader<'t> {
    source: Source,
    lines: Lines<'t>,
    /// With the bytes where they are.
    errors: Vec<(usize, String)>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Reader<'_> {
    fn read(&mut self, text: &str) -> Config {
        let mut config = Config::default();
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in errors {
            self.error(error.span().unwrap_or(0..0), &error.message().replace('\n', ", "));
        }
        if !self.errors.is_empty() {
            return config;
        }
        for (key, value) in table.get_ref() {
            match &**key.get_ref() {
                "check" => {
                    let fields = self.table(key, value).map(|table| self.settings(table, &[]));
                    config.check = fields.unwrap_or_default();
                }
                "override" => {
                    let Some(tables) = value.get_ref().as_array() else {
                        self.error(key.span(), "`override` is a list: write `[[override]]`");
                        continue;
                    };
                    for value in tables {
                        let it = self.table(key, value).map(|table| self.r#override(table, value.span()));
                        config.overrides.extend(it);
                    }
                }
                _ => self.unknown(key, &["check", "override"]),
            }
        }
        config
    }

    fn table<'v, 't>(
        &mut self,
        key: &Spanned<std::borrow::Cow<'t, str>>,
        value: &'v Value<'t>,
    ) -> Option<&'v DeTable<'t>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.error(value.span(), &format!("`{}` must be a table", key.get_ref()));
        }
        table
    }

    fn r#override(&mut self, table: &DeTable<'_>, at: Range<usize>) -> Override {
        let settings = self.settings(table, &["files"]);
        let mut files = Vec::new();
        match table.get("files") {
            None => self.error(at, "an `[[override]]` needs `files`"),
            Some(value) => {
                for (text, at) in self.strings("files", value) {
                    match Pattern::new(&text) {
                        Ok(pattern) => files.push(pattern),
                        Err(error) => {
                            self.error(at, &format!("`{}` is no pattern: {}", printable(&text), error.msg));
                        }
                    }
                }
            }
        }
        Override { files, settings }
    }

    fn settings(&mut self, table: &DeTable<'_>, more: &[&str]) -> Settings {
        let mut settings = Settings::default();
        for (key, value) in table {
            let level = match &**key.get_ref() {
                "deny" => Level::Deny,
                "warn" => Level::Warn,
                "allow" => Level::Allow,
                "advice" => {
                    settings.advice = value.get_ref().as_bool();
                    if settings.advice.is_none() {
                        self.error(value.span(), "`advice` must be true or false");
                    }
                    continue;
                }
                "type" => {
                    settings.workflow_type = self.workflow_type(value);
                    continue;
                }
                known if more.contains(&known) => continue,
                _ => {
                    let known: Vec<&str> =
                        ["type", "deny", "warn", "allow", "advice"].iter().chain(more).copied().collect();
                    self.unknown(key, &known);
                    continue;
                }
            };
            for (name, at) in self.strings(key.get_ref(), value) {
                if let Err(error) = settings.levels.decide(&name, level) {
                    self.error(at, &error);
                }
            }
        }
        settings
    }

    fn workflow_type(&mut self, value: &Value<'_>) -> Option<WorkflowType> {
        match value.get_ref().as_str() {
            Some("standard") => Some(WorkflowType::Standard),
            Some("express") => Some(WorkflowType::Express),
            _ => {
                self.error(value.span(), "`type` must be \"standard\" or \"express\"");
                None
            }
        }
    }

    fn strings(&mut self, key: &str, value: &Value<'_>) -> Vec<(String, Range<usize>)> {
        let elements = value.get_ref().as_array();
        let all = elements.and_then(|elements| {
            let string = |element: &Value<'_>| Some((element.get_ref().as_str()?.to_owned(), element.span()));
            elements.iter().map(string).collect::<Option<Vec<_>>>()
        });
        all.unwrap_or_else(|| {
            self.error(value.span(), &format!("`{key}` must be a list of strings"));
            Vec::new()
        })
    }

    fn unknown(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) {
        let name = key.get_ref();
        let help = match closest(name, known.iter().copied()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!("known are `{}`", known.join("`, `")),
        };
        self.error(key.span(), &format!("there is no key `{}` here; {help}", printable(name)));
    }

    fn error(&mut self, at: Range<usize>, message: &str) {
        let location = self.lines.location(at);
        let message = format!("{}:{}:{}: {message}", self.source, location.line, location.column);
        self.errors.push((location.bytes.start, message));
    }
}
