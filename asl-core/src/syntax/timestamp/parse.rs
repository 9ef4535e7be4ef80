use std::ops::{Range, RangeInclusive};

use super::{SyntaxError, Timestamp, days_of_month};

impl Timestamp {
    /// Parses a timestamp.
    ///
    /// # Errors
    ///
    /// When a part is missing, misplaced or out of its range, at that part; when the date is not in the calendar;
    /// when text follows.
    ///
    /// ```
    /// # use asl_core::syntax::Timestamp;
    /// let error = Timestamp::parse("2016-13-05T21:29:29Z").unwrap_err();
    /// assert_eq!((error.at, error.message.as_str()), (5..7, "month 13 does not exist"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut cursor = Cursor { text, at: 0 };
        let (year, _) = cursor.number(4, "year")?;
        cursor.separator('-', "between year and month")?;
        let month = cursor.in_range(1..=12, "month")?;
        cursor.separator('-', "between month and day")?;
        let (day, day_at) = cursor.number(2, "day")?;
        if day == 0 || day > days_of_month(year, month) {
            let message = format!("{year:04}-{month:02} has no day {day:02}");
            return Err(SyntaxError::new(day_at, message));
        }
        cursor.date_from_time()?;
        let hour = cursor.in_range(0..=23, "hour")?;
        cursor.separator(':', "between hour and minute")?;
        let minute = cursor.in_range(0..=59, "minute")?;
        cursor.separator(':', "between minute and second")?;
        // 60 is a leap second: RFC 3339 has it, and no recording shows the service refuse it.
        let second = cursor.in_range(0..=60, "second")?;
        let nanosecond = cursor.fraction()?;
        let offset_minutes = cursor.zone()?;
        cursor.end()?;
        let text = text.to_owned();
        Ok(Self { year, month, day, hour, minute, second, nanosecond, offset_minutes, text })
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The next character, in words, and its bytes.
    fn found(&self) -> (String, Range<usize>) {
        match self.rest().chars().next() {
            None => ("the end".to_owned(), self.at..self.at),
            Some(' ') => ("a space".to_owned(), self.at..self.at + 1),
            Some(other) => (format!("`{}`", other.escape_debug()), self.at..self.at + other.len_utf8()),
        }
    }

    fn digits(&mut self) -> Range<usize> {
        let start = self.at;
        self.at += self.rest().bytes().take_while(u8::is_ascii_digit).count();
        start..self.at
    }

    fn number(&mut self, width: usize, part: &str) -> Result<(u32, Range<usize>), SyntaxError> {
        let at = self.digits();
        if at.is_empty() {
            let (found, at) = self.found();
            return Err(SyntaxError::new(at, format!("expected the {part}, {width} digits, found {found}")));
        }
        let digits = &self.text[at.clone()];
        if digits.len() != width {
            return Err(SyntaxError::new(at, format!("the {part} has {width} digits, found `{digits}`")));
        }
        let value = digits.bytes().fold(0, |value, digit| value * 10 + u32::from(digit - b'0'));
        Ok((value, at))
    }

    fn in_range(&mut self, range: RangeInclusive<u32>, part: &str) -> Result<u32, SyntaxError> {
        let (value, at) = self.number(2, part)?;
        if !range.contains(&value) {
            return Err(SyntaxError::new(at, format!("{part} {value:02} does not exist")));
        }
        Ok(value)
    }

    fn separator(&mut self, separator: char, place: &str) -> Result<(), SyntaxError> {
        if self.rest().starts_with(separator) {
            self.at += separator.len_utf8();
            return Ok(());
        }
        let (found, at) = self.found();
        Err(SyntaxError::new(at, format!("expected `{separator}` {place}, found {found}")))
    }

    fn date_from_time(&mut self) -> Result<(), SyntaxError> {
        if self.rest().starts_with('T') {
            self.at += 1;
            return Ok(());
        }
        let (found, at) = self.found();
        let message = format!("a timestamp needs `T` between date and time, found {found}");
        Err(SyntaxError::new(at, message))
    }

    /// The fraction in nanoseconds; later digits say nothing that the service keeps.
    fn fraction(&mut self) -> Result<u32, SyntaxError> {
        if !self.rest().starts_with('.') {
            return Ok(0);
        }
        self.at += 1;
        let at = self.digits();
        if at.is_empty() {
            let (found, at) = self.found();
            return Err(SyntaxError::new(at, format!("expected a digit after `.`, found {found}")));
        }
        let digits = self.text[at].bytes().map(|digit| u32::from(digit - b'0'));
        Ok(digits.chain(std::iter::repeat(0)).take(9).fold(0, |value, digit| value * 10 + digit))
    }

    fn zone(&mut self) -> Result<i32, SyntaxError> {
        const FORMS: &str = "`Z` or an offset like `+02:00`";
        let sign = match self.rest().chars().next() {
            None => {
                return Err(SyntaxError::new(self.at..self.at, format!("no time zone: end with {FORMS}")));
            }
            Some('Z') => {
                self.at += 1;
                return Ok(0);
            }
            Some('+') => 1,
            Some('-') => -1,
            Some(_) => {
                let (found, at) = self.found();
                return Err(SyntaxError::new(at, format!("expected a time zone, {FORMS}, found {found}")));
            }
        };
        self.at += 1;
        let hours = self.in_range(0..=23, "offset hour")?;
        self.separator(':', "between the hours and minutes of the offset")?;
        let minutes = self.in_range(0..=59, "offset minute")?;
        Ok(sign * (hours * 60 + minutes).cast_signed())
    }

    fn end(&self) -> Result<(), SyntaxError> {
        if self.rest().is_empty() {
            return Ok(());
        }
        let (found, _) = self.found();
        Err(SyntaxError::new(
            self.at..self.text.len(),
            format!("expected the end after the time zone, found {found}"),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text, a caret under the offending bytes, the message.
    #[track_caller]
    fn refusal(text: &str) -> String {
        let error = Timestamp::parse(text).unwrap_err();
        let caret = format!("{}{}", " ".repeat(error.at.start), "^".repeat(error.at.len().max(1)));
        format!("{text}\n{caret} {error}")
    }

    #[test]
    fn what_the_service_was_seen_to_accept_is_a_timestamp() {
        for text in [
            "2016-03-14T01:59:00Z",
            "2026-01-01T00:00:00.00Z",
            "2094-01-19T00:00:00.000Z",
            "2016-03-05T21:29:29.243167252Z",
            "2012-10-09T19:00:55+01:00",
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_rfc_3339_allows_is_a_timestamp() {
        for text in [
            "0000-01-01T00:00:00Z",
            "2000-02-29T23:59:60-00:00",
            "2024-02-29T00:00:00+23:59",
            "9999-12-31T23:59:59.0123456789012345Z",
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_refusal_points_at_the_part_that_is_wrong() {
        let texts = [
            "05-12-2016T21:29:29Z",
            "",
            "2016/12/05T21:29:29Z",
            "2016-13-05T21:29:29Z",
            "2016-12-00T21:29:29Z",
            "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2016-12-05 21:29:29Z",
            "2016-12-05t21:29:29Z",
            "2016-12-05",
            "2016-12-05T25:29:29Z",
            "2016-12-05T24:00:00Z",
            "2016-12-05T21:60:29Z",
            "2016-12-05T21:29Z",
            "2016-12-05T21:29:61Z",
            "2016-12-05T21:29:29.Z",
            "2016-12-05T21:29:29",
            "2026-01-01T00:00:00.000000",
            "2016-12-05T21:29:29z",
            "2016-12-05T21:29:29 Z",
            "2016-12-05T21:29:29+0200",
            "2016-12-05T21:29:29+24:00",
            "2016-12-05T21:29:29Z[UTC]",
            "{% '2016-03-14T01:59:00Z' %}",
        ];
        let refusals: Vec<_> = texts.into_iter().map(refusal).collect();
        insta::assert_snapshot!(refusals.join("\n"), @r"
        05-12-2016T21:29:29Z
        ^^ the year has 4 digits, found `05`

        ^ expected the year, 4 digits, found the end
        2016/12/05T21:29:29Z
            ^ expected `-` between year and month, found `/`
        2016-13-05T21:29:29Z
             ^^ month 13 does not exist
        2016-12-00T21:29:29Z
                ^^ 2016-12 has no day 00
        2023-02-29T00:00:00Z
                ^^ 2023-02 has no day 29
        1900-02-29T00:00:00Z
                ^^ 1900-02 has no day 29
        2016-12-05 21:29:29Z
                  ^ a timestamp needs `T` between date and time, found a space
        2016-12-05t21:29:29Z
                  ^ a timestamp needs `T` between date and time, found `t`
        2016-12-05
                  ^ a timestamp needs `T` between date and time, found the end
        2016-12-05T25:29:29Z
                   ^^ hour 25 does not exist
        2016-12-05T24:00:00Z
                   ^^ hour 24 does not exist
        2016-12-05T21:60:29Z
                      ^^ minute 60 does not exist
        2016-12-05T21:29Z
                        ^ expected `:` between minute and second, found `Z`
        2016-12-05T21:29:61Z
                         ^^ second 61 does not exist
        2016-12-05T21:29:29.Z
                            ^ expected a digit after `.`, found `Z`
        2016-12-05T21:29:29
                           ^ no time zone: end with `Z` or an offset like `+02:00`
        2026-01-01T00:00:00.000000
                                  ^ no time zone: end with `Z` or an offset like `+02:00`
        2016-12-05T21:29:29z
                           ^ expected a time zone, `Z` or an offset like `+02:00`, found `z`
        2016-12-05T21:29:29 Z
                           ^ expected a time zone, `Z` or an offset like `+02:00`, found a space
        2016-12-05T21:29:29+0200
                            ^^^^ the offset hour has 2 digits, found `0200`
        2016-12-05T21:29:29+24:00
                            ^^ offset hour 24 does not exist
        2016-12-05T21:29:29Z[UTC]
                            ^^^^^ expected the end after the time zone, found `[`
        {% '2016-03-14T01:59:00Z' %}
        ^ expected the year, 4 digits, found `{`
        ");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_no_error_leaves_it(text in ".*|[0-9]{4}-[0-9]{2}-[0-9]{2}T.*") {
            if let Err(error) = Timestamp::parse(&text) {
                prop_assert!(text.get(error.at).is_some());
            }
        }

        #[test]
        fn a_timestamp_prints_as_it_was_written(
            text in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}(\\.[0-9]{1,12})?(Z|[+-]0[0-9]:[0-5][0-9])"
        ) {
            prop_assert_eq!(Timestamp::parse(&text).unwrap().to_string(), text);
        }
    }
}
