//! `asl check`.

use std::io::{self, IsTerminal, Write};

use asl_core::decode::{Decoded, JsonError, Location, SourceMap, decode, decode_slice};
use asl_core::diagnostic::{Diagnostic, Severity};
use asl_core::model::WorkflowType;

use super::mend;
use crate::arguments::{Check, ColourChoice, ReportFormat};
use crate::config::{Config, Settings};
use crate::exit::Outcome;
use crate::findings::findings;
use crate::inputs;
use crate::parallel;
use crate::report::human::{self, Colour};
use crate::report::{FileReport, Lines, Summary, failure, github, json, sarif};
use crate::source::{File, Remark, discover};

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
    let (mut files, links) = inputs::read(&found.sources, &mut failures);
    let mut outcome = Outcome::Good;
    let settings_of = |file: &File| settings.over(&config.settings(&file.source));
    if arguments.fix {
        outcome = mend::run(arguments.dry_run, &mut files, &settings_of, output)?;
    }
    // mending has moved what stands in the files
    inputs::compare(&mut files, &links);
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

pub(crate) fn report_of(file: &File, settings: &Settings) -> FileReport {
    let mut report = FileReport::of_text(&file.source, &file.bytes);
    let text = std::mem::take(&mut report.text);
    let lines = Lines::of(&text);
    if let Some((bytes, diagnostic)) = &file.fault {
        report.add(lines.location(bytes.clone()), diagnostic.clone(), None);
        report.definitions = 1;
        report.invalid = 1;
    }
    let remarks = remarks(file, settings);
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
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity == Severity::Error;
        let has_error = found.iter().any(|(_, diagnostic)| is_error(diagnostic))
            || remarks.iter().any(|it| it.resource == definition.resource && is_error(&it.diagnostic));
        report.invalid += usize::from(has_error);
        for (location, diagnostic) in found {
            report.add(location, diagnostic, definition.resource.clone());
        }
    }
    for Remark { at, diagnostic, resource } in remarks {
        report.add(lines.location(at), diagnostic, resource);
    }
    drop(lines);
    report.text = text;
    report.sort();
    report
}

/// What was found around definitions, as the settings want it.
fn remarks(file: &File, settings: &Settings) -> Vec<Remark> {
    let wanted = file.remarks.iter().filter_map(|remark| {
        let mut remark = remark.clone();
        remark.diagnostic.severity = settings.levels.severity(&remark.diagnostic)?;
        Some(remark)
    });
    wanted.collect()
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
