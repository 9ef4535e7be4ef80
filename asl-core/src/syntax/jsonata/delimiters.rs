use std::ops::Range;

use super::{Jsonata, SyntaxError};

const OPEN: &str = "{%";
const CLOSE: &str = "%}";
pub(super) const MESSAGE: &str = "an expression starts with `{%` and ends with `%}`";

impl Jsonata {
    /// Tells an expression from plain text: gives what stands between `{%` and `%}`, or `None` for plain text.
    ///
    /// # Errors
    ///
    /// When only one delimiter is in its place, and when white space stands outside both. Delimiters in the middle
    /// of other text mean nothing.
    ///
    /// ```
    /// # use asl_core::syntax::Jsonata;
    /// assert_eq!(Jsonata::delimited("{% $x %}")?, Some(" $x "));
    /// assert_eq!(Jsonata::delimited("$x")?, None);
    /// assert_eq!(Jsonata::delimited("{% $x").unwrap_err().at, 5..5);
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    pub fn delimited(text: &str) -> Result<Option<&str>, SyntaxError> {
        let trimmed = text.trim();
        if let Some(inner) = inside(trimmed) {
            return match outer_space(text, trimmed) {
                None => Ok(Some(inner)),
                Some(space) => Err(SyntaxError::new(space, MESSAGE).help("remove the white space outside")),
            };
        }
        let end = text.len();
        let missing = match (text.starts_with(OPEN), text.ends_with(CLOSE)) {
            (false, false) => return Ok(None),
            (true, false) => SyntaxError::new(end..end, MESSAGE).help("add `%}` at the end"),
            (false, true) => SyntaxError::new(0..0, MESSAGE).help(
                "add `{%` at the start; an expression is the whole string, so join text to it with `&`",
            ),
            // `{%}`: one `%` cannot be part of both.
            (true, true) => SyntaxError::new(0..end, MESSAGE).help("write `%` twice"),
        };
        Err(missing)
    }
}

fn inside(text: &str) -> Option<&str> {
    text.strip_prefix(OPEN)?.strip_suffix(CLOSE)
}

/// The white space before the trimmed text, else that after it.
fn outer_space(text: &str, trimmed: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let end = start + trimmed.len();
    if start > 0 { Some(0..start) } else { (end < text.len()).then_some(end..text.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_string_between_delimiters_is_an_expression() {
        for (text, inner) in [
            ("{% 1 %}", " 1 "),
            ("{%1%}", "1"),
            ("{%%}", ""),
            ("{%\n $x\n%}", "\n $x\n"),
            ("{% '{%' & '%}' %}", " '{%' & '%}' "),
        ] {
            assert_eq!(Jsonata::delimited(text), Ok(Some(inner)), "{text}");
        }
    }

    #[test]
    fn other_text_is_plain() {
        for text in ["", " ", "%", "{", "{ %}x", "a {% $x %} b", "$states.input", " {% x", "{ % x % }"] {
            assert_eq!(Jsonata::delimited(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn half_a_pair_of_delimiters_is_refused_where_the_other_is_missing() {
        let refusal = |text| {
            let error = Jsonata::delimited(text).unwrap_err();
            assert_eq!(error.message, MESSAGE);
            format!("{text:?} at {:?}: {}", error.at, error.help.unwrap())
        };
        let texts = [
            "{% $x",
            "{% $x %",
            "{%",
            "$x %}",
            "%}",
            "Hi {% $x %}",
            "{%}",
            " {% $x %}",
            "{% $x %}\n",
            " {% $x %} ",
        ];
        insta::assert_snapshot!(texts.map(refusal).join("\n"), @r#"
        "{% $x" at 5..5: add `%}` at the end
        "{% $x %" at 7..7: add `%}` at the end
        "{%" at 2..2: add `%}` at the end
        "$x %}" at 0..0: add `{%` at the start; an expression is the whole string, so join text to it with `&`
        "%}" at 0..0: add `{%` at the start; an expression is the whole string, so join text to it with `&`
        "Hi {% $x %}" at 0..0: add `{%` at the start; an expression is the whole string, so join text to it with `&`
        "{%}" at 0..3: write `%` twice
        " {% $x %}" at 0..1: remove the white space outside
        "{% $x %}\n" at 8..9: remove the white space outside
        " {% $x %} " at 0..1: remove the white space outside
        "#);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_an_expression_prints_as_it_was_written(text in "([{]%)?.*(%[}])?") {
            match Jsonata::parse(&text) {
                Ok(expression) => prop_assert_eq!(expression.to_string(), text),
                Err(error) => prop_assert!(text.get(error.at).is_some()),
            }
        }
    }
}
