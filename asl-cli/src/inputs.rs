//! All files of a run: those that the arguments mean, and those that templates among them name as definitions.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use asl_core::decode::Location;

use crate::parallel;
use crate::report::Lines;
use crate::source::{File, Reference, Source};

/// A file, or why it could not be read.
pub(crate) type Input = Result<File, (Source, String)>;

/// A template that names another file as a definition, by their places among the files.
pub(crate) struct Link {
    template: usize,
    definition: usize,
    reference: Reference,
}

/// Reads all files, and those that templates name as definitions.
pub(crate) fn read(sources: &[Source], failures: &mut Vec<String>) -> (Vec<Input>, Vec<Link>) {
    let read = |source: &Source| File::read(source).map_err(|error| (source.clone(), error.to_string()));
    let mut files = parallel::map(sources, read);
    let mut references = Vec::new();
    for (template, file) in files.iter_mut().enumerate() {
        let Ok(file) = file else { continue };
        let text = String::from_utf8_lossy(&file.bytes);
        let lines = Lines::of(&text);
        for reference in file.references.drain(..) {
            let Location { line, column, .. } = lines.location(reference.at.clone());
            references.push((template, format!("{}:{line}:{column}", file.source), reference));
        }
    }
    let mut links = Vec::new();
    let mut known: HashMap<PathBuf, usize> = HashMap::new();
    if !references.is_empty() {
        let paths = sources.iter().map(|source| source.path().and_then(|path| fs::canonicalize(path).ok()));
        known.extend(paths.enumerate().filter_map(|(index, path)| Some((path?, index))));
    }
    for (template, place, reference) in references {
        let source = Source::File(reference.path.clone());
        let Ok(path) = fs::canonicalize(&reference.path) else {
            failures.push(format!(
                "{place}: there is no file {source}, the definition of `{}`",
                reference.resource
            ));
            continue;
        };
        let index = *known.entry(path).or_insert_with(|| {
            files.push(read(&source));
            files.len() - 1
        });
        // of two templates that use one file, the first decides
        if let Some(Ok(file)) = files.get_mut(index)
            && let [definition] = &mut file.definitions[..]
        {
            definition.workflow_type = definition.workflow_type.or(reference.workflow_type);
        }
        links.push(Link { template, definition: index, reference });
    }
    for (source, error) in files.iter().filter_map(|file| file.as_ref().err()) {
        failures.push(format!("cannot read {source}: {error}"));
    }
    (files, links)
}

/// Notes what templates and the definitions that they name say differently.
pub(crate) fn compare(files: &mut [Input], links: &[Link]) {
    for Link { template, definition, reference } in links {
        let (Some(Ok(around)), Some(Ok(file))) = (files.get(*template), files.get(*definition)) else {
            continue;
        };
        let [of_file, of_template] = reference.compare(file, &around.source.to_string());
        for (index, remarks) in [(definition, of_file), (template, of_template)] {
            if let Some(Ok(file)) = files.get_mut(*index) {
                file.remarks.extend(remarks);
            }
        }
    }
}
