//! Imprisonment, fines and other sanctions in money.

use std::ops::Range;
use std::sync::LazyLock;

use super::duration::{Bound, Duration};
use super::money::{self, Money};
use super::table::{ByLanguage, WordList};
use super::{Found, Provisional};
use crate::compare::draft::words::{Match, Words};
use crate::compare::value::measure;
use crate::law::{Element, ElementValue, Sanction};

const PRISON: WordList = [
    &["imprison*", "prison", "jail", "custody", "incarcerat*"],
    &["emprisonnement", "prison", "reclusion", "peine … privative"],
    &[
        "prision",
        "reclusion",
        "carcel",
        "presidio",
        "arresto",
        "pena privativa",
        "privacion de libertad",
    ],
    &["reclusao", "detencao", "prisao", "pena privativa"],
    &["حبس|سجن*", "بالسجن|بالحبس"],
];
/// Sentences that raise the penalty of a basic form.
const GRAVER: WordList = [
    &[
        "aggravat*",
        "increased|doubled|raised … to|by",
        "where|if … minor|child|partner|spouse|gain|group|publicly|death|suicide|again|repeat*",
        "second|subsequent offence|conviction",
    ],
    &[
        "aggrav*",
        "portee* a",
        "lorsque|si … mineur*|conjoint|partenaire|bande|recidive",
    ],
    &[
        "agrava*",
        "aumentara*|incrementara*|elevara*",
        "cuando|si … menor|menores|conyuge|pareja|lucro|reincid*",
    ],
    &[
        "agrava*|majora*",
        "aumenta se",
        "aumentada",
        "se … menor|crianca|conjuge|companheir*|lucro|reincid*",
    ],
    &[
        "مشدد*|تشدد|تضاعف",
        "اذا … قاصر|حدث|طفل|زوج*|عود|وفاه|انتحار",
        "حاله … عود",
    ],
];
const FINE: WordList = [
    &[
        "fine|fines|fined",
        "penalt* … not exceeding",
        "penalt* … up to",
        "penalty of",
        "liable to … penalty|sanction",
        "sanction* … up to",
        "sanction* … not exceeding",
    ],
    &["amende*", "sanction* … pecuniaire*|financiere*"],
    &["multa*", "sancion* … pecuniaria*|economica*"],
    &["multa*", "sancao pecuniaria"],
    &["غرامه|غرامات", "بغرامه"],
];

static TRIGGERS: LazyLock<ByLanguage> = LazyLock::new(|| ByLanguage::tagged(&[&PRISON, &GRAVER, &FINE]));
const PRISON_TAG: usize = 0;
const GRAVER_TAG: usize = 1;
const FINE_TAG: usize = 2;
/// Words that may stand between `imprisonment` and its time, and the other way round.
const BEHIND: usize = 16;
const BEFORE: usize = 8;

/// What the penalties of a provision are.
pub(super) fn penalties(text: &Words<'_>, language: &str, times: &[Duration], is_duty: bool) -> Vec<Found> {
    let found = TRIGGERS
        .language(language)
        .map(|triggers| triggers.find(text))
        .unwrap_or_default();
    let of = |tag: usize| found.iter().filter(|one| one.tag == tag).collect::<Vec<_>>();
    let (prison, graver, fines) = (of(PRISON_TAG), of(GRAVER_TAG), of(FINE_TAG));
    let sentence_of = |word: usize| text.words.get(word).map(|word| word.sentence);
    let is_graver = |at: usize| graver.iter().any(|one| sentence_of(one.words.start) == sentence_of(at));
    let mut all = imprisonment(text, &prison, times, &is_graver);
    let max_fine = if is_duty && prison.is_empty() {
        Element::MaxSanction
    } else {
        Element::MaxFine
    };
    all.extend(in_money(text, max_fine, &fines, times, &is_graver));
    all
}

/// Whether a time stands close to a word for imprisonment, in its sentence.
fn is_near(text: &Words<'_>, prison: &[&Match], time: &Duration) -> bool {
    prison.iter().any(|trigger| {
        let same = text.words[trigger.words.start].sentence == text.words[time.words.start].sentence;
        let within = |from: usize, to: usize, most: usize| to.checked_sub(from).is_some_and(|between| between <= most);
        let behind = within(trigger.words.end, time.words.start, BEHIND);
        let before = within(time.words.end, trigger.words.start, BEFORE);
        same && (behind || before)
    })
}

fn imprisonment(
    text: &Words<'_>,
    prison: &[&Match],
    times: &[Duration],
    is_graver: &dyn Fn(usize) -> bool,
) -> Vec<Found> {
    let own: Vec<&Duration> = times.iter().filter(|time| is_near(text, prison, time)).collect();
    let (graver, basic): (Vec<&Duration>, Vec<&Duration>) =
        own.into_iter().partition(|time| is_graver(time.words.start));
    let highest = basic
        .iter()
        .filter(|time| time.bound != Bound::Lowest)
        .filter_map(|time| Some((time.months()?, *time)));
    let lowest = basic
        .iter()
        .filter(|time| time.bound == Bound::Lowest)
        .filter_map(|time| Some((time.months()?, *time)));
    let mut all = Vec::new();
    match highest.max_by_key(|(months, time)| (*months, std::cmp::Reverse(time.words.start))) {
        Some((months, time)) => all.push(Found {
            element: Element::MaxImprisonmentMonths,
            value: Some(ElementValue::Whole(months)),
            words: time.words.clone(),
            remark: (time.bound == Bound::Plain).then_some("a single term, read as the highest"),
        }),
        None => all.extend(unread(Element::MaxImprisonmentMonths, prison, &graver)),
    }
    all.extend(
        lowest
            .min_by_key(|(months, time)| (*months, time.words.start))
            .map(|(months, time)| Found {
                element: Element::MinImprisonmentMonths,
                value: Some(ElementValue::Whole(months)),
                words: time.words.clone(),
                remark: None,
            }),
    );
    all.extend(graver.first().map(|time| Found {
        element: Element::AggravatingFactors,
        value: None,
        words: text.sentence(time.words.start),
        remark: Some("a graver form with a penalty of its own"),
    }));
    all
}

/// Imprisonment is named, and no term of the basic form could be read.
fn unread(element: Element, prison: &[&Match], graver: &[&Duration]) -> Option<Found> {
    let first = prison.first()?;
    Some(Found {
        element,
        value: None,
        words: first.words.clone(),
        remark: Some(if graver.is_empty() {
            "imprisonment is named, and no term in months or years was read"
        } else {
            "only a graver form has a term that was read"
        }),
    })
}

fn in_money(
    text: &Words<'_>,
    element: Element,
    fines: &[&Match],
    times: &[Duration],
    is_graver: &dyn Fn(usize) -> bool,
) -> Vec<Found> {
    let mut read: Vec<(Sanction, Range<usize>)> = Vec::new();
    let mut unread: Option<Provisional> = None;
    let mut seen = Vec::new();
    for fine in fines {
        let sentence = text.sentence(fine.words.start);
        if is_graver(fine.words.start) || seen.contains(&sentence) {
            continue;
        }
        seen.push(sentence.clone());
        for found in money::amounts(text, sentence.clone(), times) {
            match found {
                (Money::Read(sanction), words) => read.push((sanction, words)),
                (Money::Unread(why), words) => unread = unread.or(Some((words, why))),
            }
        }
    }
    let key = |one: &(Sanction, Range<usize>)| {
        measure(element, &ElementValue::Sanction(one.0.clone())).map_or(0.0, |one| one.amount)
    };
    let best = read
        .into_iter()
        .max_by(|a, b| key(a).total_cmp(&key(b)).then(b.1.start.cmp(&a.1.start)));
    match (best, unread, fines.first()) {
        (Some((sanction, words)), ..) => vec![Found {
            element,
            value: Some(ElementValue::Sanction(sanction)),
            words,
            remark: None,
        }],
        (None, Some((words, why)), _) => vec![Found {
            element,
            value: None,
            words,
            remark: Some(why),
        }],
        (None, None, Some(fine)) if element == Element::MaxFine => vec![Found {
            element,
            value: None,
            words: fine.words.clone(),
            remark: Some("a fine is named, and no amount was read"),
        }],
        _ => Vec::new(),
    }
}
