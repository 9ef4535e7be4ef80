use std::borrow::Cow;

/// A text from a definition as a message quotes it: on one line, and cut to what an author needs to recognise it.
pub(crate) fn excerpt(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    let cut = text.char_indices().nth(LONGEST).map(|(end, _)| &text[..end]);
    let shown = cut.unwrap_or(text);
    if cut.is_none() && !shown.contains(char::is_control) {
        return Cow::Borrowed(shown);
    }
    let mut quoted: String = shown
        .chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
        .collect();
    if cut.is_some() {
        quoted.push('…');
    }
    Cow::Owned(quoted)
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(excerpt(&"ä".repeat(61)), format!("{}…", "ä".repeat(60)));
        assert_eq!(excerpt(&"ä".repeat(60)), "ä".repeat(60));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(excerpt("a\nb\u{1b}"), "a\\nb\\u{1b}");
    }
}
