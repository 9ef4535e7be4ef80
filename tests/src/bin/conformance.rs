//! `conformance DIR [--area A] [--verbose]`: checks the project against a folder of recorded cases.

use std::path::PathBuf;
use std::process::ExitCode;

use asl_tests::conformance;

const USAGE: &str = "usage: conformance DIR [--area A] [--verbose]

Prints what came of the checks of each area, and each failure with its first difference.
  --area A    only the area of this name
  --verbose   also our warnings on definitions that the service takes
Exits with 0 if nothing failed, 1 if something did, 2 if the folder or the arguments are wrong.";

struct Arguments {
    folder: PathBuf,
    area: Option<String>,
    verbose: bool,
}

#[expect(clippy::print_stdout, reason = "a command")]
fn main() -> ExitCode {
    let arguments = match read(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(error) => {
            eprintln!("error: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let areas = match conformance::run(&arguments.folder) {
        Ok(areas) => areas,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    let is_wanted = |name: &str| arguments.area.as_deref().is_none_or(|area| area == name);
    let wanted: Vec<_> = areas.iter().filter(|area| is_wanted(&area.name)).collect();
    if wanted.is_empty() {
        let names: Vec<_> = areas.iter().map(|area| area.name.as_str()).collect();
        eprintln!("error: there is no such area; there are: {}", names.join(", "));
        return ExitCode::from(2);
    }
    for area in &wanted {
        println!("{area}");
        if arguments.verbose {
            for (case, note) in &area.notes {
                println!("  note {case}: {note}");
            }
        }
    }
    ExitCode::from(u8::from(wanted.iter().any(|area| !area.failures.is_empty())))
}

fn read(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let (mut folder, mut area, mut verbose) = (None, None, false);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--area" => area = Some(words.next().ok_or("`--area` needs a name")?),
            "--verbose" => verbose = true,
            other if other.starts_with('-') => return Err(format!("there is no option `{other}`")),
            _ if folder.is_some() => return Err(format!("`{word}` is one folder too many")),
            _ => folder = Some(PathBuf::from(word)),
        }
    }
    Ok(Arguments { folder: folder.ok_or("a folder of cases is needed")?, area, verbose })
}
