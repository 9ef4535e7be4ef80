//! JSON that is given as an argument.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use crate::source::Source;

/// The JSON of an option: its text, `@` and the name of a file, or `-`.
pub(crate) fn json(option: &str, text: &str) -> Result<Value, String> {
    let (json, place) = match text.strip_prefix('@') {
        Some(file) => {
            let source = Source::File(file.into());
            let json = fs::read_to_string(file);
            (
                json.map_err(|error| format!("cannot read {source}: {error}"))?,
                format!("{source}, the {option}"),
            )
        }
        None if text == "-" => {
            let mut json = String::new();
            let read = io::stdin().lock().read_to_string(&mut json);
            read.map_err(|error| format!("cannot read the standard input: {error}"))?;
            (json, format!("the standard input, the {option}"))
        }
        None => (text.to_owned(), option.to_owned()),
    };
    serde_json::from_str(&json).map_err(|error| {
        // a file's name without the sign is the likeliest mistake
        let is_file = json == text && Path::new(text).is_file();
        let help = if is_file {
            format!("; there is a file of this name: write {option} @{text}")
        } else {
            String::new()
        };
        format!("{place} is not JSON: {error}{help}")
    })
}

/// Refuses that the standard input is read for several things.
pub(crate) fn one_reader(file: &Path, options: &[(&str, Option<&str>)]) -> Result<(), String> {
    let readers = options.iter().filter(|(_, text)| *text == Some("-")).map(|(option, _)| *option);
    let readers: Vec<&str> = (file == Path::new("-")).then_some("FILE").into_iter().chain(readers).collect();
    if readers.len() > 1 {
        return Err(format!(
            "{} cannot all be the standard input; give one of them as a file",
            readers.join(" and ")
        ));
    }
    Ok(())
}
