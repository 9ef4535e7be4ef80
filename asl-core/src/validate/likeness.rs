//! What a string looks like, where it is not meant to be evaluated.

/// Whether a string looks like a JSONPath: `$.a`, `$[0]`, `$$.Execution.Id`.
///
/// A bare `$` and `$5` do not, nor does a formula that begins with a path: `$.a / 1000`.
pub(super) fn is_like_path(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('$') else { return false };
    let rest = rest.strip_prefix('$').unwrap_or(rest);
    let begins = match rest.as_bytes() {
        [b'.', next, ..] => !next.is_ascii_digit(),
        [b'[', _, ..] => rest.contains(']'),
        _ => false,
    };
    begins && !has_operator(rest)
}

/// Whether outside of brackets there is what no path has.
fn has_operator(path: &str) -> bool {
    let mut depth = 0_usize;
    path.chars().any(|c| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (c.is_whitespace() || "/+=<>,;!\"'".contains(c))
    })
}

/// Whether a string looks like a call of an intrinsic function: `States.UUID()`.
pub(super) fn is_like_call(text: &str) -> bool {
    text.strip_prefix("States.").is_some_and(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        end > 0 && rest[end..].starts_with('(') && rest.trim_end().ends_with(')')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_and_calls_are_told_from_other_text() {
        for text in [
            "$.a",
            "$.a[0].b",
            "$['a b']",
            "$[0]",
            "$$.Execution.Id",
            "$..a",
            "$.*",
            "$.é",
            "$.a[?(@.b == 1)]",
        ] {
            assert!(is_like_path(text), "{text}");
        }
        for text in [
            "",
            "$",
            "$$",
            "$5",
            "$.50",
            "$. ",
            "$.",
            "$[",
            "a$.b",
            "$name",
            "${Name}",
            "$(cmd)",
            "US$.x",
            "$.a / 1000",
            "$.a+$.b",
        ] {
            assert!(!is_like_path(text), "{text}");
        }
        for text in ["States.UUID()", "States.Format('{}', $.a)", "States.Array( $.a ) "] {
            assert!(is_like_call(text), "{text}");
        }
        for text in
            ["States.ALL", "States.Timeout", "States.", "States.(a)", "States.Format", "a States.UUID()"]
        {
            assert!(!is_like_call(text), "{text}");
        }
    }
}
