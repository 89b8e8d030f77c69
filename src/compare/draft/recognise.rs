//! Elements that a provision of a draft states, each with the words that it was recognised by.
//!
//! Tables of words for each family, in five languages; numbers, money and times are read by rules. What no table knows is
//! not recognised, and what cannot be read for certain is shown as unread: nothing is guessed.
//! - `table.rs`: how tables are written; `offence.rs`, `duty.rs`, `remedy.rs`: the tables
//! - `number.rs`, `duration.rs`, `money.rs`: numbers, times (`time_words.rs`) and money in words and digits
//! - `penalty.rs`, `deadline.rs`: what the numbers mean

mod deadline;
mod duration;
mod duty;
mod money;
mod number;
mod offence;
mod penalty;
mod remedy;
mod table;
mod time_words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use serde::Serialize;

use crate::compare::draft::words::{Match, Words};
use crate::law::{Answer, Element, ElementValue};
use table::{ByLanguage, Rule, Says};

pub(super) use table::LANGUAGES;

/// Longest excerpt in letters that stands for an element told in words.
const LONGEST_PHRASE: usize = 240;
/// Places shown of one element.
const MOST_PLACES: usize = 3;

/// Words of a draft, and where they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct FoundWords {
    /// The words as they stand there.
    pub words: String,
    /// Where they begin in the text of their provision, in characters.
    pub start: usize,
    /// Where they end, the end not included.
    pub end: usize,
}

/// An element that a provision of a draft states.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Recognised {
    /// The element.
    pub element: Element,
    /// Its value; none where the words could not be read for certain, which `remark` then explains.
    #[cfg_attr(feature = "serve", schema(value_type = Option<serde_json::Value>))]
    pub value: Option<ElementValue>,
    /// The words by which it was recognised.
    pub by: Vec<FoundWords>,
    /// How the words were read, where that is not plain.
    pub remark: Option<String>,
}

/// An element with its place in words.
#[derive(Debug, Clone)]
struct Found {
    element: Element,
    value: Option<ElementValue>,
    words: Range<usize>,
    remark: Option<&'static str>,
}

/// Words that could not be read, and why.
type Provisional = (Range<usize>, &'static str);

static RULES: LazyLock<Vec<&'static Rule>> =
    LazyLock::new(|| offence::RULES.iter().chain(duty::RULES).chain(remedy::RULES).collect());

static PATTERNS: LazyLock<ByLanguage> = LazyLock::new(|| {
    let lists: Vec<&table::WordList> = RULES.iter().map(|rule| &rule.words).collect();
    ByLanguage::tagged(&lists)
});

/// What a provision states, in the order of the elements. Nothing where the tables do not know the language.
pub(super) fn recognise(text: &str, language: &str) -> Vec<Recognised> {
    let words = Words::of(text);
    let times = duration::durations(&words, language);
    let mut found = by_tables(&words, language);
    let is_duty = found.iter().any(|one| one.element == Element::DutyHolder);
    found.extend(penalty::penalties(&words, language, &times, is_duty));
    found.extend(deadline::deadlines(&words, language, &times));
    found.extend(deadline::period(&words, language, &times));
    let mut by_element: BTreeMap<Element, Vec<Found>> = BTreeMap::new();
    for one in found {
        by_element.entry(one.element).or_default().push(one);
    }
    let places = Characters::of(text);
    by_element
        .into_iter()
        .map(|(element, found)| joined(element, &found, &words, &places))
        .collect()
}

fn by_tables(words: &Words<'_>, language: &str) -> Vec<Found> {
    let on_images = table::is_on_images(words, language);
    let mut all = Vec::new();
    for (tag, matches) in table::found(&PATTERNS, words, language) {
        let Some(rule) = RULES.get(tag).filter(|rule| on_images || !rule.on_images) else {
            continue;
        };
        let value = match rule.says {
            Says::Yes => Some(ElementValue::Answer(Answer::Yes)),
            Says::No => Some(ElementValue::Answer(Answer::No)),
            Says::Words => None,
        };
        all.extend(apart(matches).into_iter().map(|found| Found {
            element: rule.element,
            value: value.clone(),
            words: found.words,
            remark: None,
        }));
    }
    all
}

/// Matches that do not lie in one another; the longer counts.
fn apart(mut matches: Vec<Match>) -> Vec<Match> {
    matches.sort_by_key(|one| (one.words.start, std::cmp::Reverse(one.words.end)));
    let mut end = 0;
    matches.retain(|one| {
        let is_apart = one.words.start >= end;
        end = end.max(one.words.end);
        is_apart
    });
    matches
}

/// Everything that was found of one element as one statement.
fn joined(element: Element, found: &[Found], words: &Words<'_>, places: &Characters) -> Recognised {
    let first = &found[0];
    let (value, remark) = match answers(found, words) {
        [true, true] => (
            Some(ElementValue::Answer(Answer::Unclear)),
            Some("the words may be read both ways".to_owned()),
        ),
        [true, false] => (Some(ElementValue::Answer(Answer::Yes)), None),
        [false, true] => (Some(ElementValue::Answer(Answer::No)), None),
        [false, false] => (first.value.clone(), first.remark.map(str::to_owned)),
    };
    let is_told = element.value_type() == crate::law::ValueType::Phrase;
    let value = if is_told {
        Some(ElementValue::Phrase(phrase(words, &first.words)))
    } else {
        value
    };
    let by = found
        .iter()
        .take(MOST_PLACES)
        .map(|one| places.found(words, &one.words))
        .collect();
    Recognised {
        element,
        value,
        by,
        remark,
    }
}

/// Whether a yes and a no are said. Of two in one sentence that overlap the longer counts (`no prosecution without a
/// complaint` holds `without a complaint`), of two apart the no (`no motive, such as an intention to distress`).
fn answers(found: &[Found], words: &Words<'_>) -> [bool; 2] {
    let of = |answer: Answer| -> Vec<&Range<usize>> {
        let those = found
            .iter()
            .filter(|one| one.value == Some(ElementValue::Answer(answer)));
        those.map(|one| &one.words).collect()
    };
    let (yes, no) = (of(Answer::Yes), of(Answer::No));
    let same = |a: &Range<usize>, b: &Range<usize>| words.sentence(a.start) == words.sentence(b.start);
    let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let beats_yes =
        |no: &Range<usize>, yes: &Range<usize>| same(no, yes) && (!overlap(no, yes) || no.len() >= yes.len());
    let beats_no = |yes: &Range<usize>, no: &Range<usize>| overlap(no, yes) && yes.len() > no.len();
    [
        yes.iter().any(|yes| !no.iter().any(|no| beats_yes(no, yes))),
        no.iter().any(|no| !yes.iter().any(|yes| beats_no(yes, no))),
    ]
}

/// The sentence that words stand in, shortened around them.
fn phrase(words: &Words<'_>, at: &Range<usize>) -> String {
    let text = words
        .text
        .get(words.place(&words.sentence(at.start)))
        .unwrap_or_default();
    let whole: Vec<&str> = text.split_whitespace().collect();
    let whole = whole.join(" ");
    if whole.chars().count() <= LONGEST_PHRASE {
        return whole;
    }
    let own = words.text.get(words.place(at)).unwrap_or_default();
    let own: Vec<&str> = own.split_whitespace().collect();
    let mut short: String = own.join(" ");
    if short.chars().count() < LONGEST_PHRASE / 2 {
        let from = whole.find(&short).unwrap_or(0);
        short = whole[from..].to_owned();
    }
    let kept: String = short.chars().take(LONGEST_PHRASE).collect();
    format!("… {} …", kept.trim())
}

/// From bytes to characters.
pub(super) struct Characters(Vec<usize>);

impl Characters {
    /// The beginnings of all characters of a text.
    pub fn of(text: &str) -> Self {
        Self(text.char_indices().map(|(at, _)| at).collect())
    }

    /// How many characters begin before a byte.
    pub fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start < byte)
    }

    fn found(&self, words: &Words<'_>, at: &Range<usize>) -> FoundWords {
        let place = words.place(at);
        FoundWords {
            words: words.text.get(place.clone()).unwrap_or_default().to_owned(),
            start: self.at(place.start),
            end: self.at(place.end),
        }
    }
}

#[cfg(test)]
mod tests;
