//! `$toMillis` with a picture that says less than a date: what it leaves out in front is that of now, and now is the
//! virtual clock's. The evaluator would ask the computer's, so it is given the missing parts in the text.

use chrono::{DateTime, Datelike, Timelike, Utc};

/// The parts of a picture that count, from the largest down. Half days come before hours.
const ORDER: [(char, &str); 6] =
    [('Y', "[Y0001]"), ('M', "[M01]"), ('D', "[D01]"), ('H', "[H01]"), ('m', "[m01]"), ('s', "[s01]")];

/// Whether a picture leaves out parts in front.
pub(super) fn is_partial(picture: &str) -> bool {
    !missing(picture).is_empty()
}

/// The picture with the parts that it leaves out in front.
pub(super) fn completed_picture(picture: &str) -> String {
    let markers = missing(picture).into_iter().map(|part| marker(part).to_owned());
    joined(markers, picture)
}

/// The text with these parts of the time.
pub(super) fn completed_text(text: &str, picture: &str, now: i64) -> String {
    let now = DateTime::from_timestamp_millis(now).unwrap_or_default();
    joined(missing(picture).into_iter().map(|part| value(part, &now)), text)
}

fn joined(parts: impl Iterator<Item = String>, last: &str) -> String {
    parts.chain([last.to_owned()]).collect::<Vec<_>>().join(" ")
}

fn marker(part: char) -> &'static str {
    ORDER.iter().find(|(other, _)| *other == part).map_or("[P]", |(_, marker)| marker)
}

fn value(part: char, now: &DateTime<Utc>) -> String {
    match part {
        'Y' => format!("{:04}", now.year()),
        'M' => format!("{:02}", now.month()),
        'D' => format!("{:02}", now.day()),
        'H' => format!("{:02}", now.hour()),
        'm' => format!("{:02}", now.minute()),
        's' => format!("{:02}", now.second()),
        _ => if now.hour() < 12 { "am" } else { "pm" }.to_owned(),
    }
}

/// The parts before the first that the picture has.
fn missing(picture: &str) -> Vec<char> {
    let there = components(picture);
    let has = |part: char| match part {
        // a day of the year says the month too
        'M' | 'D' => there.contains(&part) || there.contains(&'d'),
        'H' => there.contains(&'H') || there.contains(&'h'),
        _ => there.contains(&part),
    };
    let is_known = ORDER.iter().any(|(part, _)| has(*part)) || there.contains(&'f');
    if !is_known {
        return Vec::new();
    }
    let mut missing: Vec<_> = ORDER.iter().map(|(part, _)| *part).take_while(|part| !has(*part)).collect();
    if there.contains(&'h') && !there.contains(&'P') {
        missing.push('P');
    }
    missing
}

/// The letters of a picture's markers.
fn components(picture: &str) -> Vec<char> {
    let mut components = Vec::new();
    let mut rest = picture;
    while let Some(at) = rest.find('[') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('[') {
            rest = after;
            continue;
        }
        components.extend(rest.chars().find(|c| !c.is_whitespace()));
        rest = rest.find(']').map_or("", |end| &rest[end..]);
    }
    components
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_in_front_is_added() {
        for (picture, completed) in [
            ("[H]:[m]", "[Y0001] [M01] [D01] [H]:[m]"),
            ("[M]-[D]", "[Y0001] [M]-[D]"),
            ("[D1o] [[x]]", "[Y0001] [M01] [D1o] [[x]]"),
            ("[h]:[m]", "[Y0001] [M01] [D01] [P] [h]:[m]"),
            ("[h] [P]", "[Y0001] [M01] [D01] [h] [P]"),
            ("[d]", "[Y0001] [d]"),
            ("[m]", "[Y0001] [M01] [D01] [H01] [m]"),
            ("[Y]-[M]-[D]", "[Y]-[M]-[D]"),
            ("[Y]", "[Y]"),
            ("[F]", "[F]"),
            ("x [ [[", "x [ [["),
        ] {
            assert_eq!(completed_picture(picture), completed, "{picture}");
            assert_eq!(is_partial(picture), picture != completed);
        }
        assert_eq!(completed_text("13:45", "[H]:[m]", 1_735_689_600_123), "2025 01 01 13:45");
    }
}
