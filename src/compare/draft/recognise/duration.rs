//! Times in a provision: `not exceeding three years`, `de uno a tres años`, `within 24 hours`, `شهرين`.

use std::ops::Range;
use std::sync::LazyLock;

use super::number::number;
use super::table::ByLanguage;
use super::time_words::{AGES, AGES_BEHIND, HIGHEST, LOWEST, ONE, TO, TWO, UNITS, WORKING};
use crate::compare::draft::words::Words;

/// What a time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hours,
    Days,
    /// Days on which offices are open: how many hours these are, nobody can tell.
    WorkingDays,
    Weeks,
    Months,
    Years,
}

/// Which end of a range a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// `at least`.
    Lowest,
    /// `not exceeding`.
    Highest,
    /// Neither word stands there.
    Plain,
}

/// A time with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Duration {
    pub amount: f64,
    pub unit: Unit,
    pub bound: Bound,
    /// The words, the bound included.
    pub words: Range<usize>,
}

impl Duration {
    /// In whole months, where it is a number of months or years.
    pub fn months(&self) -> Option<u32> {
        let months = match self.unit {
            Unit::Months => self.amount,
            Unit::Years => self.amount * 12.0,
            _ => return None,
        };
        whole(months)
    }

    /// In whole hours; months are none.
    pub fn hours(&self) -> Option<u32> {
        match self.unit {
            Unit::Hours => whole(self.amount),
            Unit::Days => whole(self.amount * 24.0),
            Unit::Weeks => whole(self.amount * 168.0),
            _ => None,
        }
    }

    /// In whole days; months are none.
    pub fn days(&self) -> Option<u32> {
        match self.unit {
            Unit::Days => whole(self.amount),
            Unit::Weeks => whole(self.amount * 7.0),
            _ => None,
        }
    }
}

fn whole(value: f64) -> Option<u32> {
    (value.fract() == 0.0 && (0.0..=100_000.0).contains(&value)).then_some(value as u32)
}

static BOUNDS: LazyLock<ByLanguage> = LazyLock::new(|| ByLanguage::tagged(&[&LOWEST, &HIGHEST]));

/// Words between a bound and its number: `not exceeding a term of [3] years`.
const BEFORE: usize = 4;

/// Every time in a text that is not somebody's age.
pub(super) fn durations(text: &Words<'_>, language: &str) -> Vec<Duration> {
    let bounds: Vec<(Range<usize>, Bound)> = BOUNDS
        .language(language)
        .map(|patterns| patterns.find(text))
        .unwrap_or_default()
        .into_iter()
        .map(|found| (found.words, if found.tag == 0 { Bound::Lowest } else { Bound::Highest }))
        .collect();
    let (mut found, mut at) = (Vec::<Duration>::new(), 0);
    while at < text.words.len() {
        match pair(text, at) {
            Some((times, end)) if !is_age(text, at, end) => {
                let is_range = times.len() > 1;
                for (place, (amount, unit, words)) in times.into_iter().enumerate() {
                    let after = found.last().map_or(0, |last| last.words.end);
                    let before = bound(&bounds, text, after..words.start);
                    let bound = match (is_range, place, before) {
                        (true, 0, _) => Bound::Lowest,
                        (true, ..) => Bound::Highest,
                        (false, _, Some((_, bound))) => bound,
                        (false, ..) => Bound::Plain,
                    };
                    let start = before.map_or(words.start, |(start, _)| start);
                    found.push(Duration {
                        amount,
                        unit,
                        bound,
                        words: start.min(words.start)..words.end,
                    });
                }
                at = end;
            }
            Some((_, end)) => at = end,
            None => at += 1,
        }
    }
    found
}

/// The nearest bound in front of a number, in its sentence; `within` are the words from the time before it to the number.
fn bound(bounds: &[(Range<usize>, Bound)], text: &Words<'_>, within: Range<usize>) -> Option<(usize, Bound)> {
    let at = within.end;
    let sentence = text.words.get(at)?.sentence;
    let near = bounds.iter().filter(|(words, _)| {
        let is_before = words.start >= within.start && words.end <= at && at - words.end <= BEFORE;
        is_before && text.words[words.start].sentence == sentence
    });
    near.max_by_key(|(words, _)| words.end)
        .map(|(words, bound)| (words.start, *bound))
}

type Time = (f64, Unit, Range<usize>);

/// A time, or the two ends of a range, and the word behind.
fn pair(text: &Words<'_>, at: usize) -> Option<(Vec<Time>, usize)> {
    let sentence = text.words.get(at)?.sentence;
    if let Some((first, mut behind)) = number(text, at) {
        if let Some((unit, end)) = unit(text, behind) {
            let one = (first, unit, at..end);
            return Some(match second(text, end, sentence) {
                Some((value, unit, words)) if is_joined(text, at, end, words.start) => {
                    let end = words.end;
                    (vec![one, (value, unit, words)], end)
                }
                _ => (vec![one], end),
            });
        }
        let joined = text
            .words
            .get(behind)
            .is_some_and(|word| word.sentence == sentence && word.is_one_of(TO));
        let dash = matches!(text.gap_before(behind).trim(), "-" | "–" | "—");
        if joined {
            behind += 1;
        }
        if joined || dash {
            let (value, unit, words) = second(text, behind, sentence)?;
            let (from, end) = (at..behind, words.end);
            return Some((vec![(first, unit, from), (value, unit, words)], end));
        }
        return None;
    }
    let (value, unit, words) = alone(text, at)?;
    let end = words.end;
    let one = (value, unit, words);
    let next = text
        .words
        .get(end)
        .is_some_and(|word| word.is_one_of(&["الي"]))
        .then(|| second(text, end + 1, sentence))
        .flatten();
    Some(match next {
        Some(next) => {
            let end = next.2.end;
            (vec![one, next], end)
        }
        None => (vec![one], end),
    })
}

/// Whether `two years to five years`, or `between two years and five years`, is one range.
fn is_joined(text: &Words<'_>, at: usize, end: usize, next: usize) -> bool {
    let is = |word: usize, list: &[&str]| text.words.get(word).is_some_and(|word| word.is_one_of(list));
    let between = at > 0 && is(at - 1, &["between", "entre", "بين"]);
    next == end + 1 && (is(end, &["to", "a", "ate", "hasta", "الي"]) || between && is(end, &["and", "y", "e", "et"]))
}

fn second(text: &Words<'_>, from: usize, sentence: usize) -> Option<Time> {
    for at in from..from + 2 {
        text.words.get(at).filter(|word| word.sentence == sentence)?;
        if let Some((value, behind)) = number(text, at) {
            let (unit, end) = unit(text, behind)?;
            return Some((value, unit, at..end));
        }
        if let Some(time) = alone(text, at) {
            return Some(time);
        }
    }
    None
}

/// One or two of a thing in Arabic, without a number.
fn alone(text: &Words<'_>, at: usize) -> Option<Time> {
    let word = text.words.get(at)?;
    let value = if word.is_one_of(TWO) {
        2.0
    } else if word.is_one_of(ONE) {
        1.0
    } else {
        return None;
    };
    // A year of the calendar.
    let is_date = text
        .words
        .get(at + 1)
        .is_some_and(|next| next.term().chars().all(char::is_numeric));
    let (unit, _) = unit(text, at)?;
    (!is_date).then_some((value, unit, at..at + 1))
}

/// The unit at a word, and the word behind it.
fn unit(text: &Words<'_>, at: usize) -> Option<(Unit, usize)> {
    let is_working = |at: usize| text.words.get(at).is_some_and(|word| word.is_one_of(WORKING));
    let (at, working) = if is_working(at) { (at + 1, true) } else { (at, false) };
    let word = text.words.get(at)?;
    let (unit, _) = UNITS.iter().find(|(_, names)| word.is_one_of(names))?;
    let behind = is_working(at + 1);
    let end = at + 1 + usize::from(behind);
    Some((
        if (working || behind) && *unit == Unit::Days {
            Unit::WorkingDays
        } else {
            *unit
        },
        end,
    ))
}

/// Whether a number of years is somebody's age.
fn is_age(text: &Words<'_>, at: usize, end: usize) -> bool {
    let sentence = text.words[at].sentence;
    let is = |word: usize, list: &[&str]| {
        text.words
            .get(word)
            .is_some_and(|word| word.sentence == sentence && word.is_one_of(list))
    };
    let before = (at.saturating_sub(2)..at).any(|word| is(word, AGES));
    let no_minimum =
        !(at.saturating_sub(3)..at).any(|word| is(word, &["no", "not", "au", "nao", "peine", "pena", "al"]));
    (before && no_minimum) || (end..end + 3).any(|word| is(word, AGES_BEHIND))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(language: &str, text: &str) -> Vec<(f64, Unit, Bound)> {
        let words = Words::of(text);
        durations(&words, language)
            .into_iter()
            .map(|one| (one.amount, one.unit, one.bound))
            .collect()
    }

    #[test]
    fn reads_times_with_their_bounds() {
        use Bound::{Highest, Lowest, Plain};
        use Unit::{Days, Hours, Months, WorkingDays, Years};
        for (language, text, expected) in [
            (
                "en",
                "imprisonment for a term not exceeding three years",
                vec![(3.0, Years, Highest)],
            ),
            (
                "en",
                "a term of two to five years",
                vec![(2.0, Years, Lowest), (5.0, Years, Highest)],
            ),
            (
                "en",
                "not less than six months and not more than 2 years",
                vec![(6.0, Months, Lowest), (2.0, Years, Highest)],
            ),
            ("en", "within 24 hours of a notice", vec![(24.0, Hours, Highest)]),
            ("en", "within two (2) working days", vec![(2.0, WorkingDays, Highest)]),
            ("en", "a person under eighteen years of age", vec![]),
            ("en", "aged 16 years or over", vec![]),
            ("fr", "puni de deux ans d'emprisonnement", vec![(2.0, Years, Plain)]),
            (
                "es",
                "prisión de uno a tres años",
                vec![(1.0, Years, Lowest), (3.0, Years, Highest)],
            ),
            ("es", "menor de dieciocho años", vec![]),
            (
                "pt",
                "reclusão, de 1 (um) a 5 (cinco) anos",
                vec![(1.0, Years, Lowest), (5.0, Years, Highest)],
            ),
            (
                "ar",
                "بالحبس مدة لا تقل عن سنة ولا تجاوز ثلاث سنوات",
                vec![(1.0, Years, Lowest), (3.0, Years, Highest)],
            ),
            (
                "ar",
                "الحبس من ستة أشهر إلى سنتين",
                vec![(6.0, Months, Lowest), (2.0, Years, Highest)],
            ),
            ("ar", "خلال ٤٨ ساعة", vec![(48.0, Hours, Highest)]),
            ("en", "kept for 90 days", vec![(90.0, Days, Plain)]),
        ] {
            assert_eq!(read(language, text), expected, "{text}");
        }
    }
}
