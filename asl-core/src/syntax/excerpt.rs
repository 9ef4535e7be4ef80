use std::borrow::Cow;

/// A text from a definition as a message quotes it: on one line, and cut to what an author needs to recognise it.
pub(crate) fn excerpt(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 60;
    shortened(text, LONGEST)
}

/// A text on one line, control characters escaped, and cut if it has more characters than `longest`: between words if
/// one ends shortly before, else within the word.
pub(crate) fn shortened(text: &str, longest: usize) -> Cow<'_, str> {
    /// So many characters less are shown to keep a word whole.
    const WORD: usize = 20;
    let cut = text.char_indices().nth(longest).map(|(end, _)| &text[..end]);
    let shown = cut.unwrap_or(text);
    if cut.is_none() && !shown.contains(char::is_control) {
        return Cow::Borrowed(shown);
    }
    let end_of_word = shown.rfind(' ').filter(|end| shown[*end..].chars().count() <= WORD);
    let shown = end_of_word.filter(|_| cut.is_some()).map_or(shown, |end| &shown[..end]);
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
    use super::{excerpt, shortened};

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        assert_eq!(excerpt(&"ä".repeat(61)), format!("{}…", "ä".repeat(60)));
        assert_eq!(excerpt(&"ä".repeat(60)), "ä".repeat(60));
    }

    #[test]
    fn words_stay_whole_where_one_ends_near_the_cut() {
        assert_eq!(shortened("one two three", 9), "one two…");
        assert_eq!(shortened("one two three", 13), "one two three");
        let far = format!("a {}", "b".repeat(40));
        assert_eq!(shortened(&far, 30), format!("a {}…", "b".repeat(28)));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(excerpt("a\nb\u{1b}"), "a\\nb\\u{1b}");
    }
}
