use std::io::{BufRead, BufReader, ErrorKind, Read};

use super::fault::Fault;

/// A text that is read once, from front to back, and knows its line.
///
/// All line and bracket formats are cut with [`scan`](Self::scan), so that one place holds the bound on memory.
pub(super) struct Text<R> {
    input: R,
    /// The line that the next byte stands in, from 1.
    pub(super) line: u64,
}

/// What to do with a byte of a [`Text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Take it and go on.
    Next,
    /// Take it and stop.
    StopAfter,
    /// Leave it and stop.
    StopBefore,
}

impl<R: Read> Text<BufReader<R>> {
    pub(super) fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(BUFFER, input), line: 1 }
    }
}

/// What is read ahead at most, in bytes.
pub(super) const BUFFER: usize = 64 * 1024;

impl<R: BufRead> Text<R> {
    /// Takes bytes, at most `limit`, until the step says so. `false` if the text ended first.
    pub(super) fn scan(
        &mut self,
        limit: usize,
        mut into: Option<&mut Vec<u8>>,
        mut step: impl FnMut(u8) -> Step,
    ) -> Result<bool, Fault> {
        let first_line = self.line;
        let mut left = limit;
        loop {
            let bytes = match self.input.fill_buf() {
                Ok([]) => return Ok(false),
                Ok(bytes) => &bytes[..bytes.len().min(left)],
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error.into()),
            };
            let mut stopped = false;
            let mut taken = 0;
            for &byte in bytes {
                let step = step(byte);
                if step != Step::StopBefore {
                    taken += 1;
                    self.line += u64::from(byte == b'\n');
                }
                if step != Step::Next {
                    stopped = true;
                    break;
                }
            }
            if let Some(into) = into.as_deref_mut() {
                into.extend_from_slice(&bytes[..taken]);
            }
            self.input.consume(taken);
            left -= taken;
            if stopped {
                return Ok(true);
            }
            if left == 0 {
                let text = format!("line {first_line}: a row or value of more than {}", Size(limit));
                return Err(Fault::Malformed(text));
            }
        }
    }

    /// The next byte, without taking it.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Fault> {
        let mut next = None;
        self.scan(usize::MAX, None, |byte| {
            next = Some(byte);
            Step::StopBefore
        })?;
        Ok(next)
    }

    /// Takes the next byte, if there is one.
    pub(super) fn take_byte(&mut self) -> Result<(), Fault> {
        self.scan(usize::MAX, None, |_| Step::StopAfter)?;
        Ok(())
    }

    /// One line without its end; `false` after the last.
    pub(super) fn read_line(&mut self, limit: usize, line: &mut Vec<u8>) -> Result<bool, Fault> {
        line.clear();
        let step = |byte| if byte == b'\n' { Step::StopAfter } else { Step::Next };
        let has_end = self.scan(limit, Some(line), step)?;
        for end in *b"\n\r" {
            line.pop_if(|last| *last == end);
        }
        Ok(has_end || !line.is_empty())
    }
}

struct Size(usize);

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            bytes if bytes >= 1024 * 1024 => write!(f, "{} MB", bytes / (1024 * 1024)),
            bytes => write!(f, "{} KB", bytes / 1024),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_either_kind_of_newline_and_the_last_needs_none() {
        let mut text = Text::new(&b"a\r\n\nb"[..]);
        let mut line = Vec::new();
        let mut lines = Vec::new();
        while text.read_line(10, &mut line).unwrap() {
            lines.push(String::from_utf8(line.clone()).unwrap());
        }
        assert_eq!(lines, ["a", "", "b"]);
        assert_eq!(text.line, 3);
    }

    #[test]
    fn a_line_without_end_is_given_up() {
        let mut text = Text::new(std::io::repeat(b'x'));
        let error = text.read_line(2048, &mut Vec::new()).unwrap_err();
        assert_eq!(error, Fault::Malformed("line 1: a row or value of more than 2 KB".to_owned()));
    }
}
