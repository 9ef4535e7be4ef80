//! `asl check`.

use std::collections::HashMap;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use asl_core::decode::{Decoded, JsonError, Location, SourceMap, decode, decode_slice};
use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::model::WorkflowType;

use super::mend;
use crate::arguments::{Check, ColourChoice, ReportFormat};
use crate::config::{Config, Settings};
use crate::exit::Outcome;
use crate::parallel;
use crate::report::human::{self, Colour};
use crate::report::{FileReport, Lines, Summary, failure, github, json, sarif};
use crate::source::{File, Source, discover};

pub(crate) fn run(arguments: &Check, output: &mut dyn Write) -> io::Result<Outcome> {
    let mut failures = Vec::new();
    let (settings, config) =
        match (arguments.settings(), Config::load(arguments.config.as_deref(), &arguments.files)) {
            (Ok(settings), Ok(config)) => (settings, config),
            (settings, config) => {
                let errors = settings.err().into_iter().flatten().chain(config.err().into_iter().flatten());
                errors.for_each(|error| failure(&error));
                return Ok(Outcome::Failed);
            }
        };
    let found = discover(&arguments.files);
    failures.extend(found.failures);
    let mut files = read(&found.sources, &mut failures);
    let mut outcome = Outcome::Good;
    let settings_of = |file: &File| settings.over(&config.settings(&file.source));
    if arguments.fix {
        outcome = mend::run(arguments.dry_run, &mut files, &settings_of, output)?;
    }
    let colour = colour(arguments.color, &io::stdout());
    let reports = parallel::map(&files, |file| {
        let report = match file {
            Ok(file) => report_of(file, &settings_of(file)),
            Err((source, error)) => FileReport::of_unreadable(source, error),
        };
        let text = match arguments.format {
            ReportFormat::Human => human::full(&report, colour),
            ReportFormat::Short => human::short(&report),
            ReportFormat::Json => json::line(&report),
            ReportFormat::Github => github::commands(&report),
            ReportFormat::Sarif => String::new(),
        };
        (report, text)
    });
    let mut summary = Summary::default();
    let is_told = !(arguments.fix && arguments.dry_run);
    for (report, text) in &reports {
        summary.add(report);
        if is_told {
            output.write_all(text.as_bytes())?;
        }
    }
    for message in &failures {
        failure(message);
    }
    match arguments.format {
        _ if !is_told => {}
        ReportFormat::Human | ReportFormat::Short | ReportFormat::Github => summary.write(output)?,
        ReportFormat::Sarif => {
            let reports: Vec<FileReport> = reports.into_iter().map(|(report, _)| report).collect();
            output.write_all(sarif::log(&reports, &failures).as_bytes())?;
        }
        ReportFormat::Json => {}
    }
    let outcome = outcome.max(Outcome::bad_if(!summary.is_valid()));
    Ok(if failures.is_empty() { outcome } else { Outcome::Failed })
}

/// A file, or why it could not be read.
pub(crate) type Input = Result<File, (Source, String)>;

/// Reads all files, and those that templates name as definitions.
pub(crate) fn read(sources: &[Source], failures: &mut Vec<String>) -> Vec<Input> {
    let read = |source: &Source| File::read(source).map_err(|error| (source.clone(), error.to_string()));
    let mut files = parallel::map(sources, read);
    let mut references = Vec::new();
    for file in files.iter_mut().flatten() {
        let text = String::from_utf8_lossy(&file.bytes);
        let lines = Lines::of(&text);
        for reference in file.references.drain(..) {
            let Location { line, column, .. } = lines.location(reference.at.clone());
            references.push((format!("{}:{line}:{column}", file.source), reference));
        }
    }
    let mut known: HashMap<PathBuf, usize> = HashMap::new();
    if !references.is_empty() {
        let paths = sources.iter().map(|source| source.path().and_then(|path| fs::canonicalize(path).ok()));
        known.extend(paths.enumerate().filter_map(|(index, path)| Some((path?, index))));
    }
    for (place, reference) in references {
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
    }
    for (source, error) in files.iter().filter_map(|file| file.as_ref().err()) {
        failures.push(format!("cannot read {source}: {error}"));
    }
    files
}

/// The findings of a definition as the settings want them.
pub(crate) fn findings(
    decoded: &Decoded,
    workflow_type: WorkflowType,
    settings: &Settings,
) -> Vec<Diagnostic> {
    let mut findings = decoded.all_findings(workflow_type);
    if settings.want_advice() {
        let mut advice = asl_core::validate::advice(&decoded.machine, workflow_type);
        if settings.advice != Some(true) {
            advice.retain(|finding| settings.levels.decides(finding));
        }
        findings.extend(advice);
    }
    findings.retain_mut(|finding| match settings.levels.severity(finding) {
        Some(severity) => {
            finding.severity = severity;
            true
        }
        None => false,
    });
    findings
}

pub(crate) fn report_of(file: &File, settings: &Settings) -> FileReport {
    let mut report = FileReport::of_text(&file.source, &file.bytes);
    let text = std::mem::take(&mut report.text);
    let lines = Lines::of(&text);
    if let Some((bytes, diagnostic)) = &file.fault {
        report.add(lines.location(bytes.clone()), diagnostic.clone(), None);
        report.definitions = 1;
        report.invalid = 1;
    }
    for definition in &file.definitions {
        let workflow_type = settings.type_of(definition);
        let found = match &definition.transcript {
            None => found(decode_slice(&file.bytes), &text, workflow_type, settings),
            Some(json) => {
                let mut found = found(decode(json.text()), json.text(), workflow_type, settings);
                for (location, diagnostic) in &mut found {
                    *location = lines.location(json.place(&location.bytes));
                    // only the text of a file is edited
                    diagnostic.fix = None;
                }
                found
            }
        };
        report.definitions += 1;
        let is_error = |(_, diagnostic): &(Location, Diagnostic)| diagnostic.severity == Severity::Error;
        report.invalid += usize::from(found.iter().any(is_error));
        for (location, diagnostic) in found {
            report.add(location, diagnostic, definition.resource.clone());
        }
    }
    drop(lines);
    report.text = text;
    report.sort();
    report
}

/// The findings of a definition with their places in its own text.
fn found(
    decoded: Result<Decoded, JsonError>,
    text: &str,
    workflow_type: WorkflowType,
    settings: &Settings,
) -> Vec<(Location, Diagnostic)> {
    match decoded {
        Err(error) => vec![(error.location.clone(), error.to_diagnostic())],
        Ok(decoded) => {
            let findings = findings(&decoded, workflow_type, settings);
            if findings.is_empty() {
                return Vec::new();
            }
            let locations = SourceMap::new(text).locate_all(&findings);
            locations.into_iter().zip(findings).collect()
        }
    }
}

pub(crate) fn colour(choice: ColourChoice, stream: &impl IsTerminal) -> Colour {
    let is_styled = match choice {
        ColourChoice::Always => true,
        ColourChoice::Never => false,
        // https://no-color.org
        ColourChoice::Auto => {
            std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()) && stream.is_terminal()
        }
    };
    if is_styled { Colour::Styled } else { Colour::Plain }
}
