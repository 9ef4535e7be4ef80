//! Whether a regular expression means anything.
//!
//! The reference hands the pattern to JavaScript, which reads many a broken pattern as plain text (`a{`, `]`); what it
//! refuses is refused here.
//!
//! DIFFERENCE: the service's engine hands it to Java, so Java's flags (`(?i)`), atomic groups (`(?>…)`) and possessive
//! quantifiers (`a++`) are accepted too.

use std::iter::Peekable;
use std::str::Chars;

/// Says what is wrong, to follow the pattern in a sentence.
pub(super) fn check(pattern: &str, flags: &str) -> Result<(), &'static str> {
    if flags.matches('i').count() > 1 || flags.matches('m').count() > 1 {
        return Err("has the same flag twice");
    }
    Pattern { rest: pattern.chars().peekable(), groups: Vec::new(), atom: Atom::None }.check()
}

struct Pattern<'a> {
    rest: Peekable<Chars<'a>>,
    /// What each open group will be when it is closed.
    groups: Vec<Atom>,
    /// What stands before the next character.
    atom: Atom,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Atom {
    /// Nothing that can be repeated.
    None,
    /// Something that can be repeated.
    Once,
    /// Something with its quantifier, which `?` or `+` may follow.
    Repeated,
}

impl Pattern<'_> {
    fn check(mut self) -> Result<(), &'static str> {
        while let Some(character) = self.rest.next() {
            self.atom = match character {
                '\\' => match self.rest.next() {
                    None => return Err("ends in a backslash"),
                    Some('b' | 'B') => Atom::None,
                    Some(_) => Atom::Once,
                },
                '[' => self.class()?,
                '(' => {
                    let group = self.group()?;
                    self.groups.push(group);
                    Atom::None
                }
                ')' => self.groups.pop().ok_or("has a `)` without its `(`")?,
                '|' | '^' | '$' => Atom::None,
                '*' | '+' | '?' => self.quantifier(character)?,
                '{' if self.is_counted()? => self.quantifier('{')?,
                _ => Atom::Once,
            };
        }
        if self.groups.is_empty() { Ok(()) } else { Err("has a `(` without its `)`") }
    }

    fn quantifier(&self, character: char) -> Result<Atom, &'static str> {
        match self.atom {
            Atom::Once => Ok(Atom::Repeated),
            Atom::Repeated if matches!(character, '?' | '+') => Ok(Atom::None),
            Atom::Repeated | Atom::None => Err("repeats nothing"),
        }
    }

    /// Goes past the rest of `{2}`, `{2,}` or `{2,5}`; any other text stays, and the brace is a plain character.
    fn is_counted(&mut self) -> Result<bool, &'static str> {
        let mut rest = self.rest.clone();
        let mut number = || {
            let mut digits = String::new();
            while let Some(digit) = rest.next_if(char::is_ascii_digit) {
                digits.push(digit);
            }
            let comma = rest.next_if_eq(&',').is_some();
            (digits, comma, rest.next_if_eq(&'}').is_some())
        };
        let (least, comma, closed) = number();
        if least.is_empty() || !(comma || closed) {
            return Ok(false);
        }
        if !closed {
            let (most, comma, closed) = number();
            if comma || !closed {
                return Ok(false);
            }
            // as texts, since the numbers may be longer than any type holds
            let size = |digits: &str| {
                let digits = digits.trim_start_matches('0');
                (digits.len(), digits.to_owned())
            };
            if !most.is_empty() && size(&least) > size(&most) {
                return Err("has a quantifier whose least is more than its most");
            }
        }
        self.rest = rest;
        Ok(true)
    }

    /// Goes past what follows a parenthesis and makes it a special group.
    fn group(&mut self) -> Result<Atom, &'static str> {
        if self.rest.next_if_eq(&'?').is_none() {
            return Ok(Atom::Once);
        }
        match self.rest.next() {
            Some(':' | '=' | '!' | '>') => Ok(Atom::Once),
            Some('<') => {
                if matches!(self.rest.peek(), Some('=' | '!')) {
                    self.rest.next();
                    return Ok(Atom::None);
                }
                let mut name = self.rest.by_ref().take_while(|&character| character != '>').peekable();
                let starts_well = name.peek().is_some_and(|first| !first.is_ascii_digit());
                let is_name = name.all(|character| character.is_alphanumeric() || "_$".contains(character));
                if starts_well && is_name { Ok(Atom::Once) } else { Err("has a group of no good name") }
            }
            Some(flag) if flag.is_ascii_alphabetic() || flag == '-' => {
                while self.rest.next_if(|flag| flag.is_ascii_alphabetic() || *flag == '-').is_some() {}
                match self.rest.peek() {
                    Some(':') => Ok(Atom::Once),
                    Some(')') => Ok(Atom::None),
                    _ => Err("has a group that starts with `(?` and is of no known kind"),
                }
            }
            _ => Err("has a group that starts with `(?` and is of no known kind"),
        }
    }

    /// Goes past the rest of `[a-z]`.
    fn class(&mut self) -> Result<Atom, &'static str> {
        const UNCLOSED: &str = "has a `[` without its `]`";
        self.rest.next_if_eq(&'^');
        // the character that a range may start from
        let mut low = None;
        loop {
            let character = self.rest.next().ok_or(UNCLOSED)?;
            if character == ']' {
                return Ok(Atom::Once);
            }
            let high = self.member(character).ok_or(UNCLOSED)?;
            let is_dash = character == '-';
            if is_dash && low.is_some() && !matches!(self.rest.peek(), Some(']') | None) {
                let next = self.rest.next().ok_or(UNCLOSED)?;
                let high = self.member(next).ok_or(UNCLOSED)?;
                if let (Some(Some(low)), Some(high)) = (low, high)
                    && low > high
                {
                    return Err("has a range whose end is before its start");
                }
                low = None;
            } else {
                low = Some(high);
            }
        }
    }

    /// A member of a class: the character, or the inner `None` for a set such as `\d` and for codes such as `\x41`.
    #[expect(clippy::option_option, reason = "the outer says whether the pattern goes on")]
    fn member(&mut self, character: char) -> Option<Option<char>> {
        if character != '\\' {
            return Some(Some(character));
        }
        let escaped = self.rest.next()?;
        Some((!escaped.is_alphanumeric()).then_some(escaped))
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn what_javascript_reads_is_accepted() {
        for pattern in [
            "a",
            "a|b|",
            "^a$",
            "(a)(?:b)(?=c)*(?!d)",
            "(?<=a)(?<!b)c",
            "(?<name>a)",
            "a{2}b{2,}c{2,5}?",
            "a{",
            "a{x}",
            "{",
            "a{,5}",
            "]",
            "}",
            "[]a]",
            "[^]",
            "[a-z0-9-]",
            "[-a]",
            r"[\d-a]",
            r"[+\-]",
            r"\(",
            r"\d+?",
            "a??",
            "[a-\\x7a]",
        ] {
            assert_eq!(check(pattern, "im"), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn what_java_reads_is_accepted() {
        for pattern in ["(?i)a", "(?i:a)", "(?>a)", "a++", "a*+", "a?+"] {
            assert_eq!(check(pattern, ""), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn what_means_nothing_is_refused() {
        let patterns = [
            "(a", "a)", "[a", "*", "a|*", "^*", "a***", "a+*", "{2}", "a{5,2}", "[z-a]", "\\", "(?",
            "(?'a')", "(?<>a)", "(?<1>a)", "(?<=a)*", "[\\",
        ];
        let faults = patterns.map(|pattern| format!("{pattern} {}", check(pattern, "").unwrap_err()));
        insta::assert_snapshot!(faults.join("\n"));
        assert_eq!(check("a", "ii"), Err("has the same flag twice"));
    }
}
