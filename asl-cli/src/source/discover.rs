//! From arguments to files: a file itself, the definitions and templates of a folder, what a pattern matches.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Source, json, template, yaml};

/// How definitions are named, in folders.
const DEFINITIONS: [&str; 4] = [".asl.json", ".asl", ".asl.yaml", ".asl.yml"];
/// What may be a template, and is looked into.
const TEMPLATES: [&str; 4] = [".json", ".yaml", ".yml", ".template"];
/// Folders of what others wrote, or tools made.
const PASSED_OVER: [&str; 2] = ["node_modules", "target"];

/// What was found for the arguments.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of the arguments; those of one folder or pattern by path. None stands twice.
    pub(crate) sources: Vec<Source>,
    /// What could not be looked into, or has nothing in it.
    pub(crate) failures: Vec<String>,
}

/// Finds the files that arguments mean.
pub(crate) fn discover(arguments: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut known = HashSet::new();
    for argument in arguments {
        let sources = match sources_of(argument) {
            Ok(sources) => sources,
            Err(failure) => {
                found.failures.push(failure);
                continue;
            }
        };
        found.sources.extend(sources.into_iter().filter(|source| known.insert(source.clone())));
    }
    found
}

fn sources_of(argument: &Path) -> Result<Vec<Source>, String> {
    let shown = Source::File(argument.to_owned());
    if argument == Path::new("-") {
        return Ok(vec![Source::StandardInput]);
    }
    if argument.is_dir() {
        let mut files = Vec::new();
        walk(argument, &mut files).map_err(|error| format!("cannot read {shown}: {error}"))?;
        files.sort();
        // what is in this folder is shown without `./`
        for file in &mut files {
            *file = file.strip_prefix(".").unwrap_or(file).to_owned();
        }
        if files.is_empty() {
            return Err(format!(
                "{shown} holds no definitions: no `*.asl.json`, `*.asl`, `*.asl.yaml`, `*.asl.yml`, and no template with \
                 a state machine"
            ));
        }
        return Ok(files.into_iter().map(Source::File).collect());
    }
    let pattern = argument.to_string_lossy();
    if pattern.contains(['*', '?', '[']) && !argument.exists() {
        let paths = glob::glob(&pattern).map_err(|error| format!("{shown} is no pattern: {}", error.msg))?;
        let mut files: Vec<PathBuf> = paths.filter_map(Result::ok).filter(|path| path.is_file()).collect();
        files.sort();
        if files.is_empty() {
            return Err(format!("no file matches {shown}"));
        }
        return Ok(files.into_iter().map(Source::File).collect());
    }
    Ok(vec![Source::File(argument.to_owned())])
}

/// The definitions and templates below a folder. Links to folders are not followed: they may lead in circles.
fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let file_type = entry.file_type()?;
            let path = entry.path();
            if file_type.is_dir() {
                if !name.starts_with('.') && !PASSED_OVER.contains(&&*name) {
                    folders.push(path);
                }
            } else if is_definition(&name) || (is_like_template(&name) && is_template(&path)) {
                files.push(path);
            }
        }
    }
    Ok(())
}

fn is_definition(name: &str) -> bool {
    DEFINITIONS.iter().any(|end| name.ends_with(end))
}

fn is_like_template(name: &str) -> bool {
    TEMPLATES.iter().any(|end| name.ends_with(end))
}

/// What cannot be read is passed over in a folder; asked for by name it is reported.
fn is_template(path: &Path) -> bool {
    let Ok(text) = fs::read_to_string(path) else { return false };
    if !template::is_likely(&text) {
        return false;
    }
    let is_json =
        path.extension().is_some_and(|extension| extension == "json") || text.trim_start().starts_with('{');
    let tree = if is_json { json::parse(&text) } else { yaml::parse(&text).ok().flatten() };
    tree.is_some_and(|tree| template::is_template(&tree))
}
