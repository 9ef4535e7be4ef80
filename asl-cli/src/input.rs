//! Where a definition comes from.

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::report::printable;

/// A file, or the standard input.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    StandardInput,
    File(&'a Path),
}

impl<'a> Source<'a> {
    pub(crate) fn new(argument: &'a Path) -> Self {
        if argument == Path::new("-") { Self::StandardInput } else { Self::File(argument) }
    }

    pub(crate) fn read(self) -> io::Result<Vec<u8>> {
        match self {
            Self::StandardInput => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes)?;
                Ok(bytes)
            }
            Self::File(path) => fs::read(path),
        }
    }
}

/// As it stands in messages.
impl fmt::Display for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StandardInput => f.write_str("<stdin>"),
            Self::File(path) => f.write_str(&printable(&path.to_string_lossy())),
        }
    }
}
