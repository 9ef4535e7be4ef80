use crate::Failure;

/// The pattern of `StringMatches`: `*` stands for any characters, `\*` for a star, `\\` for a backslash.
///
/// A backslash before anything else fails when the state runs, says the specification.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    written: Box<str>,
    /// The texts between the stars, at least one; none if the pattern is wrong.
    texts: Option<Vec<String>>,
}

impl Pattern {
    pub(super) fn new(written: &str) -> Self {
        Self { written: written.into(), texts: texts(written) }
    }

    /// Whether all of a text matches.
    pub(super) fn matches(&self, text: &str) -> Result<bool, Failure> {
        let Some(texts) = &self.texts else {
            // the service's sentence is not known
            let cause = format!("The pattern '{}' has a backslash that escapes nothing", self.written);
            return Err(Failure::runtime(cause));
        };
        let (first, others) = texts.split_first().expect("a pattern has a text, perhaps empty");
        let Some((last, inner)) = others.split_last() else { return Ok(text == first) };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return Ok(false) };
        // the first place is the best for each: it leaves most to the others
        for part in inner {
            match rest.find(part.as_str()) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return Ok(false),
            }
        }
        Ok(rest.ends_with(last.as_str()))
    }
}

fn texts(written: &str) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '*' => texts.push(std::mem::take(&mut text)),
            '\\' => text.push(letters.next().filter(|next| matches!(next, '*' | '\\'))?),
            other => text.push(other),
        }
    }
    texts.push(text);
    Some(texts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Pattern;

    fn matches(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).matches(text).unwrap()
    }

    #[test]
    fn a_star_stands_for_any_characters_or_none() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("*", "anything"),
            ("log-*.txt", "log-2024.txt"),
            ("log-*.txt", "log-.txt"),
            ("foo*.*", "foobar.zebra"),
            ("*ab*ab", "abab"),
            ("a**b", "ab"),
            (r"a\*b", "a*b"),
            (r"\\*", r"\any"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("a", "A"),
            ("log-*.txt", "log-2024.csv"),
            ("*ab*ab", "ab"),
            ("a*a", "a"),
            (r"a\*b", "axb"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_backslash_that_escapes_nothing_fails() {
        for pattern in ["\\", r"a\", r"a\n", r"\\\", r"*\x*"] {
            let failure = Pattern::new(pattern).matches("a").unwrap_err();
            assert_eq!(failure.error, "States.Runtime", "{pattern}");
        }
    }

    /// What a pattern means, letter by letter and with no thought of time.
    fn oracle(pattern: &[char], text: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['*', rest @ ..] => (0..=text.len()).any(|skipped| oracle(rest, &text[skipped..])),
            ['\\', letter, rest @ ..] | [letter, rest @ ..] => {
                text.first() == Some(letter) && oracle(rest, &text[1..])
            }
        }
    }

    proptest! {
        #[test]
        fn a_pattern_matches_what_its_meaning_says(
            pattern in prop::collection::vec(prop::sample::select(vec!["a", "b", "*", r"\*", r"\\"]), 0..8),
            text in "[ab*\\\\]{0,10}",
        ) {
            let pattern = pattern.concat();
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(matches(&pattern, &text), oracle(&letters(&pattern), &letters(&text)));
        }
    }
}
