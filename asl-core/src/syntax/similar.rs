/// The candidate that `word` was most likely meant to be, if any comes near.
///
/// Near is at most a third of the word's characters changed, added, left out or swapped with their
/// neighbour; a difference of case alone is always near. Of two that are equally near, the first wins.
///
/// ```
/// # use asl_core::syntax::closest;
/// let fields = ["ResultPath", "ResultSelector", "Resource"];
/// assert_eq!(closest("ResutlPath", fields.into_iter()), Some("ResultPath"));
/// assert_eq!(closest("Comment", fields.into_iter()), None);
/// ```
pub fn closest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // no name of the language is longer, and the comparison takes the product of the lengths
    const LONGEST: usize = 128;
    let word: Vec<char> = word.chars().take(LONGEST + 1).collect();
    if word.len() > LONGEST {
        return None;
    }
    let most = word.len().max(3) / 3;
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // only what is nearer than the best so far is of interest, which spares most of the work
        let limit = best.map_or(most, |(least, _)| least - 1);
        let length = candidate.chars().count();
        let same_but_case = length == word.len()
            && candidate.chars().zip(&word).all(|(a, b)| a == *b || a.to_lowercase().eq(b.to_lowercase()));
        if same_but_case {
            return Some(candidate);
        }
        if limit == 0 || length.abs_diff(word.len()) > limit {
            continue;
        }
        let letters: Vec<char> = candidate.chars().collect();
        if let Some(distance) = distance(&word, &letters, limit) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The candidate that `word` can only have been meant to be, so that it may be put in its place unasked.
///
/// Stricter than [`closest`]: no other candidate is as near, and the two do not look like members of one series, as
/// `Step1` and `Step2` or `StageA` and `StageB` do.
///
/// ```
/// # use asl_core::syntax::closest_alone;
/// assert_eq!(closest_alone("Shp", ["Ship", "Charge"].into_iter()), Some("Ship"));
/// assert_eq!(closest_alone("Shp", ["Ship", "Shop"].into_iter()), None);
/// assert_eq!(closest_alone("Step3", ["Step1", "Charge"].into_iter()), None);
/// ```
pub fn closest_alone<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const FEWEST: usize = 3;
    let candidates: Vec<&str> = candidates.collect();
    let best = closest(word, candidates.iter().copied())?;
    let letters: Vec<char> = word.chars().collect();
    let meant: Vec<char> = best.chars().collect();
    let differs_in_case = word.to_lowercase() == best.to_lowercase();
    let nearest = if differs_in_case { 0 } else { distance(&letters, &meant, letters.len())? };
    let is_as_near = |other: &str| {
        if differs_in_case {
            return other.to_lowercase() == word.to_lowercase();
        }
        let other: Vec<char> = other.chars().collect();
        other.len().abs_diff(letters.len()) <= nearest && distance(&letters, &other, nearest).is_some()
    };
    let is_alone = !candidates.into_iter().filter(|other| *other != best).any(is_as_near);
    let is_word = letters.len() >= FEWEST;
    (is_alone && (differs_in_case || (is_word && !are_a_series(&letters, &meant)))).then_some(best)
}

/// Whether two words are alike but for their digits or their last character.
fn are_a_series(one: &[char], other: &[char]) -> bool {
    let digits = |word: &[char]| word.iter().copied().filter(char::is_ascii_digit).collect::<String>();
    let differ_at_the_end =
        one.len() == other.len() && one.split_last().map(|it| it.1) == other.split_last().map(|it| it.1);
    differ_at_the_end || digits(one) != digits(other)
}

/// How many single characters to change, add, leave out or swap to turn one word into the other, up to a limit.
fn distance(from: &[char], to: &[char], limit: usize) -> Option<usize> {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, &letter) in from.iter().enumerate() {
        let mut current = Vec::with_capacity(to.len() + 1);
        current.push(row + 1);
        for (column, &other) in to.iter().enumerate() {
            let changed = last[column] + usize::from(letter != other);
            let mut best = changed.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && letter == to[column - 1] && from[row - 1] == other {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        // a swap reaches back two rows
        if current.iter().chain(&last).all(|distance| *distance > limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, current);
    }
    Some(last[to.len()]).filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::closest;

    const WORDS: [&str; 4] = ["Next", "End", "Retry", "ResultPath"];

    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        assert_eq!(closest(word, WORDS.into_iter()), expected);
    }

    #[test]
    fn a_word_with_one_slip_finds_the_word_it_was_meant_to_be() {
        check("Nxet", Some("Next"));
        check("Nex", Some("Next"));
        check("Retrry", Some("Retry"));
        check("ResultsPath", Some("ResultPath"));
    }

    #[test]
    fn a_difference_of_case_alone_is_always_near() {
        check("END", Some("End"));
        check("resultpath", Some("ResultPath"));
    }

    #[test]
    fn a_word_that_shares_little_finds_nothing() {
        check("Catch", None);
        check("", None);
        check(&"x".repeat(1_000_000), None);
    }
}
