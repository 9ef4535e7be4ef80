//! For people: the place in the source, in the look of the compiler, or one line a finding.

use std::fmt::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use asl_core::decode::Location;
use asl_core::diagnostic::{Diagnostic, Severity};

use super::{FileReport, Finding, Lines, floor, printable};

/// Whether a report has colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Plain,
    Styled,
}

/// As many characters of a line as are shown.
const WIDEST: usize = 140;
/// As many of them before the place, if the line is cut.
const BEFORE: usize = 50;

/// The findings with their lines of source.
pub(crate) fn full(report: &FileReport, colour: Colour) -> String {
    let renderer = match colour {
        Colour::Plain => Renderer::plain(),
        Colour::Styled => Renderer::styled(),
    };
    // lines are cut here already, so that a file of one long line costs no more than another
    let renderer = renderer.term_width(4 * WIDEST);
    let path = report.source.to_string();
    let lines = Lines::of(&report.text);
    let mut text = String::new();
    for finding in &report.findings {
        let Location { bytes, line, column } = &finding.location;
        let excerpt = Excerpt::of(&report.text, lines.line(*line), bytes);
        let cut = excerpt.line[..excerpt.place.start].chars().count() + 1;
        let drawn = renderer.render(&[group(finding, &path, excerpt)]);
        // of a line that was cut, the renderer does not know the column
        let drawn = drawn.replacen(&format!("{path}:{line}:{cut}"), &format!("{path}:{line}:{column}"), 1);
        text.push_str(&drawn);
        text.push_str("\n\n");
    }
    text
}

fn group<'r>(finding: &'r Finding, path: &'r str, excerpt: Excerpt) -> Group<'r> {
    let Diagnostic { code, severity, at, message, help, .. } = &finding.diagnostic;
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        _ => Level::INFO.with_name("advice"),
    };
    let snippet = Snippet::source(excerpt.line)
        .line_start(finding.location.line)
        .path(path)
        .annotation(AnnotationKind::Primary.span(excerpt.place));
    let mut group = level.primary_title(printable(message)).id(code.as_str()).element(snippet);
    if excerpt.is_cut {
        group = group.element(Level::NOTE.message(format!("at {}", printable(&at.to_string()))));
    }
    if let Some(resource) = &finding.resource {
        let note = format!("in the definition of `{}`", printable(resource));
        group = group.element(Level::NOTE.message(note));
    }
    if let Some(help) = help {
        group = group.element(Level::HELP.message(printable(help)));
    }
    group
}

/// The line of a place, or what is near in a long one.
struct Excerpt {
    line: String,
    /// The place in the line.
    place: Range<usize>,
    is_cut: bool,
}

impl Excerpt {
    /// `line` are the bytes of the line, without its end.
    fn of(text: &str, line: Range<usize>, place: &Range<usize>) -> Self {
        let written = text[line.clone()].trim_end_matches('\r');
        let shown = written.trim_start_matches('\u{feff}');
        let line_start = line.start + (written.len() - shown.len());
        let line_end = line.start + written.len();
        let start = floor(text, place.start).clamp(line_start, line_end);
        let end = floor(text, place.end).clamp(start, line_end);
        let is_short =
            |line: &str| line.len() <= WIDEST || (line.len() <= 4 * WIDEST && line.chars().count() <= WIDEST);
        if is_short(shown) {
            return Self {
                line: shown.to_owned(),
                place: start - line_start..end - line_start,
                is_cut: false,
            };
        }
        let back = text[line_start..start].char_indices().rev().take(BEFORE).last();
        let from = back.map_or(start, |(at, _)| line_start + at);
        let to = text[from..line_end].char_indices().nth(WIDEST).map_or(line_end, |(at, _)| from + at);
        let mark = |is_needed: bool| if is_needed { "…" } else { "" };
        let head = mark(from > line_start);
        let line = format!("{head}{}{}", &text[from..to], mark(to < line_end));
        let place = head.len() + (start - from)..head.len() + (end.min(to) - from);
        Self { line, place, is_cut: true }
    }
}

/// `order.asl.json:3:14: error[ASL0301]: there is no state …`, and below it the help.
pub(crate) fn short(report: &FileReport) -> String {
    let mut text = String::new();
    for Finding { location, diagnostic, resource } in &report.findings {
        let Diagnostic { code, severity, message, help, .. } = diagnostic;
        let place = format!("{}:{}:{}", report.source, location.line, location.column);
        let mut line = |line: String| writeln!(text, "{line}").expect("a string takes all text");
        line(format!("{place}: {severity}[{code}]: {}", printable(message)));
        if let Some(resource) = resource {
            line(format!("  note: in the definition of `{}`", printable(resource)));
        }
        if let Some(help) = help {
            line(format!("  help: {}", printable(help)));
        }
    }
    text
}
