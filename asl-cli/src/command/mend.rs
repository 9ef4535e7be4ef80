//! `asl check --fix`.

use std::fs;
use std::io::{self, Write};

use asl_core::decode::decode;
use similar::TextDiff;

use crate::config::Settings;
use crate::exit::Outcome;
use crate::findings::findings;
use crate::fix::{Fixed, fix};
use crate::inputs::Input;
use crate::parallel;
use crate::report::{counted, failure};
use crate::source::{File, Kind, Source};

/// Mends the files that can be, or shows how; then they are as if they had been read so.
pub(crate) fn run(
    is_dry: bool,
    files: &mut [Input],
    settings_of: &(dyn Fn(&File) -> Settings + Sync),
    output: &mut dyn Write,
) -> io::Result<Outcome> {
    let mended = parallel::map(files, |file| {
        let file = file.as_ref().ok()?;
        mended(file, &settings_of(file))
    });
    let (mut count, mut changed) = (0, 0);
    let mut outcome = Outcome::Good;
    for (file, fixed) in files.iter_mut().zip(mended) {
        let (Ok(file), Some(Fixed { text, count: edits })) = (file, fixed) else { continue };
        if is_dry {
            write_diff(&file.source, &file.bytes, &text, output)?;
            outcome = outcome.max(Outcome::Bad);
        } else if let Err(error) = write(&file.source, &text) {
            failure(&format!("cannot write {}: {error}", file.source));
            outcome = Outcome::Failed;
            continue;
        }
        count += edits;
        changed += 1;
        file.bytes = text.into_bytes();
    }
    if count > 0 {
        let verb = if is_dry { "would mend" } else { "mended" };
        failure(&format!("{verb} {} in {}", counted(count, "finding"), counted(changed, "file")));
    }
    Ok(outcome)
}

/// Only JSON is edited: of YAML and templates the text that was checked is not the text of the file.
fn mended(file: &File, settings: &Settings) -> Option<Fixed> {
    if file.kind != Kind::Json {
        return None;
    }
    let [definition] = &file.definitions[..] else { return None };
    let workflow_type = settings.type_of(definition);
    fix(std::str::from_utf8(&file.bytes).ok()?, |text| {
        decode(text).ok().map(|decoded| findings(&decoded, workflow_type, settings))
    })
}

fn write(source: &Source, text: &str) -> io::Result<()> {
    match source {
        Source::StandardInput => {
            Err(io::Error::other("it is the standard input; `--dry-run` shows the edits"))
        }
        Source::File(path) => fs::write(path, text),
    }
}

/// What `patch -p0` takes.
fn write_diff(source: &Source, before: &[u8], after: &str, output: &mut dyn Write) -> io::Result<()> {
    let before = String::from_utf8_lossy(before);
    let name = source.to_string();
    let diff = TextDiff::from_lines(&*before, after);
    write!(output, "{}", diff.unified_diff().context_radius(3).header(&name, &name))
}
