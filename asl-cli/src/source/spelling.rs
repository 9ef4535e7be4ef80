//! Which bytes of a file spell which character of a scalar.

use std::ops::Range;

use super::node::Style;

/// Each character of a scalar's value with the bytes, relative to the scalar, that spell it.
///
/// The parser has told what the value is; here the two are only laid side by side. Where they do not fit, as can
/// happen with an escape that is not known here, the characters stand for the whole scalar.
pub(crate) fn places(value: &str, raw: &str, style: Style) -> Vec<(char, Range<usize>)> {
    let mut places = Vec::with_capacity(value.len());
    let body = properties(raw);
    let mut at = match style {
        Style::Plain => body,
        Style::SingleQuoted | Style::DoubleQuoted | Style::Json => body + 1,
        // the rest of the line belongs to the `|`
        Style::Literal | Style::Folded => match raw[body..].find('\n') {
            Some(end) if raw[body..].starts_with(['|', '>']) => body + end + 1,
            _ => body,
        },
    };
    let mut is_line_start = matches!(style, Style::Literal);
    let mut lines = value.split('\n');
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        if is_line_start {
            at = literal_line(raw, at, lines.next().unwrap_or_default());
        }
        match spelt(c, raw, at, style) {
            Some(range) => {
                at = range.end;
                places.push((c, range));
            }
            None => {
                places.extend(std::iter::once(c).chain(chars.by_ref()).map(|c| (c, 0..raw.len())));
            }
        }
        is_line_start = c == '\n' && style == Style::Literal;
    }
    places
}

/// The length of the tag and the anchor before a scalar, which the parser counts to it.
fn properties(raw: &str) -> usize {
    let mut rest = raw;
    while rest.starts_with(['!', '&']) {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest[end..].trim_start();
    }
    raw.len() - rest.len()
}

/// Where the content of the line of a literal block begins, behind its indentation.
fn literal_line(raw: &str, at: usize, line: &str) -> usize {
    let rest = &raw[at.min(raw.len())..];
    let end = rest.find('\n').unwrap_or(rest.len());
    let written = rest[..end].trim_end_matches('\r');
    let indentation = written.len().saturating_sub(line.len());
    if written.ends_with(line) { at + indentation } else { at }
}

/// The bytes that spell a character, from `at` on.
fn spelt(c: char, raw: &str, at: usize, style: Style) -> Option<Range<usize>> {
    let rest = raw.get(at..)?;
    if rest.starts_with(c) && !is_special(rest, style) {
        return Some(at..at + c.len_utf8());
    }
    match style {
        Style::Json | Style::DoubleQuoted if rest.starts_with('\\') => escape(rest, c, raw, at, style),
        Style::SingleQuoted if rest.starts_with("''") => Some(at..at + 2),
        // a line ending of two characters
        Style::Literal | Style::Folded if c == '\n' && rest.starts_with("\r\n") => Some(at..at + 2),
        Style::Json | Style::Literal => None,
        _ if c.is_whitespace() => {
            // lines were folded into one space, or into fewer line feeds
            Some(at..at + rest.chars().next().filter(|c| c.is_whitespace()).map_or(0, char::len_utf8))
        }
        _ => {
            let space = rest.len() - rest.trim_start().len();
            if space == 0 { None } else { spelt(c, raw, at + space, style) }
        }
    }
}

/// Whether what comes does not stand for itself.
fn is_special(rest: &str, style: Style) -> bool {
    match style {
        Style::Json | Style::DoubleQuoted => rest.starts_with('\\'),
        Style::SingleQuoted => rest.starts_with("''"),
        Style::Plain | Style::Literal | Style::Folded => false,
    }
}

/// The bytes of an escape with a back slash.
fn escape(rest: &str, c: char, raw: &str, at: usize, style: Style) -> Option<Range<usize>> {
    let length = match rest.as_bytes().get(1)? {
        b'x' if style == Style::DoubleQuoted => 4,
        b'U' if style == Style::DoubleQuoted => 10,
        // two halves of a character beyond the basic plane
        b'u' if c.len_utf16() == 2 => 12,
        b'u' => 6,
        // the line goes on: it spells nothing
        b'\n' | b'\r' if style == Style::DoubleQuoted => {
            let skipped = 1 + (rest.len() - 1 - rest[1..].trim_start().len());
            return spelt(c, raw, at + skipped, style);
        }
        first if first.is_ascii() => 2,
        _ => return None,
    };
    rest.get(..length).map(|_| at..at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each character with what spells it.
    #[track_caller]
    fn check(raw: &str, style: Style, value: &str, expected: &[&str]) {
        let found = places(value, raw, style);
        assert_eq!(found.iter().map(|(c, _)| *c).collect::<String>(), value);
        let found: Vec<&str> = found.into_iter().map(|(_, at)| &raw[at]).collect();
        assert_eq!(found, expected, "{raw}");
    }

    #[test]
    fn each_style_spells_its_characters() {
        check("aé", Style::Plain, "aé", &["a", "é"]);
        check("a\n   b", Style::Plain, "a b", &["a", "\n", "b"]);
        check("'a''b'", Style::SingleQuoted, "a'b", &["a", "''", "b"]);
        check(
            r#""a\"\n\u00e9\x41b""#,
            Style::DoubleQuoted,
            "a\"\néAb",
            &["a", "\\\"", "\\n", "\\u00e9", "\\x41", "b"],
        );
        check("\"a\\\n   b\"", Style::DoubleQuoted, "ab", &["a", "b"]);
        check(r#""\ud83d\ude00\/a""#, Style::Json, "😀/a", &["\\ud83d\\ude00", "\\/", "a"]);
        check(
            "|\n  a\n   b\n\n  c\n",
            Style::Literal,
            "a\n b\n\nc\n",
            &["a", "\n", " ", "b", "\n", "\n", "c", "\n"],
        );
        check("!Sub &a |\n  a\n", Style::Literal, "a\n", &["a", "\n"]);
        check("!Sub 'a'", Style::SingleQuoted, "a", &["a"]);
        check("|-\r\n  a\r\n  b", Style::Literal, "a\nb", &["a", "\r\n", "b"]);
        check(">\n  a\n  b\n", Style::Folded, "a b\n", &["a", "\n", "b", "\n"]);
    }

    #[test]
    fn what_does_not_fit_stands_for_the_whole() {
        check("abc", Style::Plain, "axc", &["a", "abc", "abc"]);
        check("", Style::Literal, "a\n", &["", ""]);
    }
}
