use std::borrow::Cow;
use std::fmt;

/// A string in single quotes, an argument of an [`Intrinsic`](super::Intrinsic).
///
/// Kept as written, since the same characters mean different things to different functions: `{}` is a hole
/// to `States.Format` and two braces to all others.
///
/// ```
/// # use asl_core::syntax::intrinsic::{ArgumentValue, Intrinsic, Piece};
/// let call = Intrinsic::parse(r"States.Format('It\'s {}', $.name)")?;
/// let ArgumentValue::String(literal) = &call.arguments[0].value else { panic!("a string") };
/// assert_eq!(literal.raw(), r"It\'s {}");
/// assert_eq!(literal.text(), "It's {}");
/// assert_eq!(literal.pieces(), [Piece::Text("It's ".into()), Piece::Hole]);
/// # Ok::<(), asl_core::syntax::SyntaxError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StringLiteral {
    raw: String,
}

/// A part of a template for `States.Format`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text that stays, escapes resolved.
    Text(Cow<'a, str>),
    /// `{}`, where a value goes.
    Hole,
}

impl StringLiteral {
    /// From what stands between the quotes, where each quote has its backslash.
    pub(super) fn new(raw: &str) -> Self {
        Self { raw: raw.into() }
    }

    /// What stands between the quotes, escapes and all.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The string meant: `\'`, `\{`, `\}` and `\\` lose their backslash; before other characters it stays, as
    /// nobody recorded what the service does.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        resolve(&self.raw)
    }

    /// The string as a template for `States.Format`. A deploy-time `${Name}` is text.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let raw = self.raw.as_str();
        let bytes = raw.as_bytes();
        let mut pieces = Vec::new();
        let (mut from, mut at) = (0, 0);
        while at < bytes.len() {
            match bytes[at] {
                b'\\' => at += 2,
                b'$' => at += placeholder_length(&raw[at..]).unwrap_or(1),
                b'{' if bytes.get(at + 1) == Some(&b'}') => {
                    if from < at {
                        pieces.push(Piece::Text(resolve(&raw[from..at])));
                    }
                    pieces.push(Piece::Hole);
                    at += 2;
                    from = at;
                }
                _ => at += 1,
            }
        }
        if from < raw.len() {
            pieces.push(Piece::Text(resolve(&raw[from..])));
        }
        pieces
    }

    /// Whether deployment has yet to fill in a part, so that nothing is known of the string.
    #[must_use]
    pub fn has_placeholder(&self) -> bool {
        self.raw.match_indices('$').any(|(at, _)| placeholder_length(&self.raw[at..]).is_some())
    }

    /// Where the backslashes are that belong to no known escape, as offsets into [`StringLiteral::raw`], with
    /// the character after each.
    pub(super) fn unknown_escapes(&self) -> impl Iterator<Item = (usize, char)> {
        escapes(&self.raw).filter(|&(_, letter)| !is_escapable(letter))
    }
}

/// Whether the specification gives the character a meaning that a backslash takes away.
fn is_escapable(letter: char) -> bool {
    matches!(letter, '\'' | '{' | '}' | '\\')
}

/// The backslashes that escape something: where each is, and the character after it.
pub(super) fn escapes(raw: &str) -> impl Iterator<Item = (usize, char)> {
    let mut letters = raw.char_indices();
    std::iter::from_fn(move || {
        let (at, _) = letters.find(|&(_, letter)| letter == '\\')?;
        letters.next().map(|(_, letter)| (at, letter))
    })
}

fn resolve(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut from = 0;
    for (at, letter) in escapes(raw) {
        if is_escapable(letter) {
            text.push_str(&raw[from..at]);
            from = at + 1;
        }
    }
    text.push_str(&raw[from..]);
    Cow::Owned(text)
}

/// The bytes of the `${Name}` that the text starts with; `${}` is a dollar sign and a hole.
fn placeholder_length(text: &str) -> Option<usize> {
    let name = text.strip_prefix("${")?;
    let end =
        name.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '-' | ':' | '.'))?;
    (end > 0 && name[end..].starts_with('}')).then_some(end + 3)
}

impl fmt::Display for StringLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}'", self.raw)
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, StringLiteral};

    #[track_caller]
    fn check(raw: &str, text: &str, holes: usize) {
        let literal = StringLiteral::new(raw);
        assert_eq!(literal.text(), text);
        assert_eq!(literal.pieces().iter().filter(|&piece| *piece == Piece::Hole).count(), holes);
    }

    #[test]
    fn a_backslash_is_taken_from_reserved_characters_only() {
        check(r"a \' \{ \} \\ b", r"a ' { } \ b", 0);
        check(r"line\nbreak \ж", r"line\nbreak \ж", 0);
        check(r"\\{}", r"\{}", 1);
    }

    #[test]
    fn a_hole_is_an_unescaped_pair_of_braces_outside_placeholders() {
        check("{} and {}", "{} and {}", 2);
        check(r"\{} {\} {{}}", "{} {} {{}}", 1);
        check("${Stage}-{}", "${Stage}-{}", 1);
        check("costs ${}", "costs ${}", 1);
        check("{\"a\": 1}", "{\"a\": 1}", 0);
    }

    #[test]
    fn a_placeholder_has_a_name() {
        assert!(StringLiteral::new("x${AWS::Region}").has_placeholder());
        assert!(!StringLiteral::new("x${}").has_placeholder());
        assert!(!StringLiteral::new("${a b} ${").has_placeholder());
    }
}
