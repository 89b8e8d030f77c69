//! Deadlines for removal, times for which data are kept, and years that a plan covers.

use std::sync::LazyLock;

use super::Found;
use super::duration::{Duration, Unit};
use super::table::{ByLanguage, WordList};
use crate::compare::draft::words::Words;
use crate::law::{Element, ElementValue};

const REMOVAL: WordList = [
    &[
        "remov*",
        "take|takes|taken|taking down",
        "takedown",
        "delet*",
        "disabl* … access",
        "withdraw*",
    ],
    &["retir*", "retrait", "supprim*|suppression", "rendre … inaccessible*"],
    &["retir*", "elimin*", "baja", "remov*|remocion", "inaccesible*"],
    &["remov*|remocao", "retir*", "exclu*", "indisponi*"],
    &["ازاله|يزيل|تزيل", "حذف|يحذف|تحذف", "حجب|يحجب|تحجب"],
];
const KEEPING: WordList = [
    &["preserv*", "retain*|retention", "kept|keep"],
    &["conserv*"],
    &["conserv*", "preserv*"],
    &["preserv*", "conserv*", "guarda*"],
    &["حفظ|يحفظ|تحفظ|احتفاظ"],
];
const PLAN: WordList = [
    &["plan|strategy|programme|policy"],
    &["plan|strategie|programme|politique"],
    &["plan|estrategia|programa|politica"],
    &["plano|estrategia|programa|politica"],
    &["خطه|استراتيجيه|برنامج|سياسه"],
];

static TRIGGERS: LazyLock<ByLanguage> = LazyLock::new(|| ByLanguage::tagged(&[&REMOVAL, &KEEPING, &PLAN]));
const REMOVAL_TAG: usize = 0;
const KEEPING_TAG: usize = 1;

/// The deadlines of a provision. Of several for removal the shortest counts, as in the grid.
pub(super) fn deadlines(text: &Words<'_>, language: &str, times: &[Duration]) -> Vec<Found> {
    let triggers = TRIGGERS
        .language(language)
        .map(|triggers| triggers.find(text))
        .unwrap_or_default();
    let in_sentence = |tag: usize, time: &Duration| {
        let own = text.words[time.words.start].sentence;
        triggers
            .iter()
            .any(|one| one.tag == tag && text.words[one.words.start].sentence == own)
    };
    let of = |tag: usize| times.iter().filter(move |time| in_sentence(tag, time));
    let is_short = |time: &&Duration| !matches!(time.unit, Unit::Years | Unit::Months);
    let mut all = Vec::new();
    let removal = of(REMOVAL_TAG).filter(is_short);
    all.extend(best(
        removal.map(|time| (time, time.hours())).collect(),
        Element::RemovalDeadlineHours,
        true,
        "working days are not converted into hours",
    ));
    let keeping = of(KEEPING_TAG).filter(|time| time.unit != Unit::Hours && !in_sentence(REMOVAL_TAG, time));
    all.extend(best(
        keeping.map(|time| (time, time.days())).collect(),
        Element::PreservationPeriodDays,
        false,
        "months, years and working days are not converted into days",
    ));
    all
}

/// The shortest or longest time that could be converted; else the first, unread.
fn best(times: Vec<(&Duration, Option<u32>)>, element: Element, shortest: bool, why: &'static str) -> Option<Found> {
    let read = times
        .iter()
        .filter_map(|(time, amount)| Some((amount.as_ref().copied()?, *time)));
    let chosen = if shortest {
        read.min_by_key(|(amount, time)| (*amount, time.words.start))
    } else {
        read.max_by_key(|(amount, time)| (*amount, std::cmp::Reverse(time.words.start)))
    };
    match chosen {
        Some((amount, time)) => Some(Found {
            element,
            value: Some(ElementValue::Whole(amount)),
            words: time.words.clone(),
            remark: None,
        }),
        None => times.first().map(|(time, _)| Found {
            element,
            value: None,
            words: time.words.clone(),
            remark: Some(why),
        }),
    }
}

/// The time that a plan covers.
pub(super) fn period(text: &Words<'_>, language: &str, times: &[Duration]) -> Option<Found> {
    let triggers = TRIGGERS.language(language)?.find(text);
    let plan = triggers.iter().find(|one| one.tag > KEEPING_TAG)?;
    let own = text.words[plan.words.start].sentence;
    let time = times
        .iter()
        .find(|time| matches!(time.unit, Unit::Years | Unit::Months) && text.words[time.words.start].sentence == own)?;
    Some(Found {
        element: Element::Period,
        value: None,
        words: time.words.clone(),
        remark: None,
    })
}
