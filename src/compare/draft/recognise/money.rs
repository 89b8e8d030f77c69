//! Amounts of money and shares of turnover.
//!
//! A currency is taken from its code, or from a name or sign that only one currency has. Dollars, pesos, shillings, dinars
//! and their like are many countries': the amount is then shown as unread.

use std::ops::Range;

use super::duration::Duration;
use super::number::number;
use crate::compare::draft::words::Words;
use crate::law::Sanction;

/// Names that belong to one currency, folded.
const NAMES: &[(&str, &[&str])] = &[
    ("EUR", &["euro", "euros", "يورو"]),
    ("BRL", &["reais"]),
    ("ZAR", &["rand", "rands"]),
    ("NGN", &["naira"]),
    ("GHS", &["cedi", "cedis"]),
    ("KES", &["ksh", "kshs"]),
    ("UGX", &["ugx"]),
    ("JPY", &["yen"]),
    ("TRY", &["lira", "liras"]),
    ("MAD", &["mad"]),
    ("GTQ", &["quetzales"]),
    ("HNL", &["lempiras"]),
    ("PEN", &["soles"]),
    ("PYG", &["guaranies"]),
    ("CRC", &["colones"]),
    ("ZMW", &["kwacha"]),
    ("PHP", &["php"]),
];
/// Names that many countries use for their own.
const MANY: &[&str] = &[
    "dollar",
    "dollars",
    "dolares",
    "peso",
    "pesos",
    "shilling",
    "shillings",
    "dinar",
    "dinars",
    "dirham",
    "dirhams",
    "franc",
    "francs",
    "rupee",
    "rupees",
    "pound",
    "pounds",
    "riyal",
    "riyals",
    "birr",
    "درهم",
    "دينار",
    "ريال",
    "جنيه",
    "ليره",
    "فرنك",
    "دولار",
];
/// Codes of currencies that laws write out, in capitals.
const CODES: &[&str] = &[
    "AED", "ARS", "AUD", "BDT", "BHD", "BOB", "BRL", "BWP", "CAD", "CHF", "CLP", "CNY", "COP", "CRC", "DOP", "DZD",
    "EGP", "ETB", "EUR", "FJD", "GBP", "GHS", "GTQ", "HKD", "HNL", "IDR", "ILS", "INR", "IQD", "JMD", "JOD", "JPY",
    "KES", "KRW", "KWD", "LBP", "LKR", "MAD", "MUR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NPR", "NZD",
    "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PYG", "QAR", "RWF", "SAR", "SGD", "THB", "TND", "TRY", "TTD", "TWD",
    "TZS", "UGX", "USD", "UYU", "VND", "XAF", "XOF", "ZAR", "ZMW",
];
const SIGNS: &[(char, &str)] = &[
    ('€', "EUR"),
    ('₦', "NGN"),
    ('₹', "INR"),
    ('₱', "PHP"),
    ('₩', "KRW"),
    ('₺', "TRY"),
];
const TURNOVER: &[&str] = &[
    "turnover",
    "revenue",
    "revenues",
    "affaires",
    "facturacion",
    "ventas",
    "faturamento",
    "receita",
    "ايرادات",
    "اعمال",
    "مبيعات",
];
const WORLDWIDE: &[&str] = &["worldwide", "global", "mondial", "mundial", "عالمي", "عالميه"];
const UNLIMITED: &[&str] = &["unlimited"];

/// An amount, or why it could not be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Money {
    Read(Sanction),
    Unread(&'static str),
}

/// The amounts of a sentence that names a fine, with their words.
pub(super) fn amounts(text: &Words<'_>, sentence: Range<usize>, times: &[Duration]) -> Vec<(Money, Range<usize>)> {
    let (mut all, mut at) = (Vec::new(), sentence.start);
    while at < sentence.end {
        if text.words[at].is_one_of(UNLIMITED) {
            all.push((Money::Read(Sanction::Unlimited), at..at + 1));
        }
        let is_time = times.iter().any(|time| time.words.contains(&at));
        match number(text, at).filter(|(_, end)| *end <= sentence.end && !is_time) {
            Some((value, end)) => {
                all.extend(amount(text, &sentence, value, at..end));
                at = end;
            }
            None => at += 1,
        }
    }
    all
}

fn amount(text: &Words<'_>, sentence: &Range<usize>, value: f64, words: Range<usize>) -> Option<(Money, Range<usize>)> {
    let word = |at: usize| text.words.get(at).filter(|_| sentence.contains(&at));
    let behind = word(words.end);
    let is_percent = text.gap_after(words.end - 1).trim_start().starts_with(['%', '٪'])
        || behind.is_some_and(|word| word.is_one_of(&["percent", "per", "por", "pour", "مائه", "مئه", "في"]))
            && word(words.end + 1).is_some_and(|word| word.is_one_of(&["cent", "ciento", "cento", "مائه", "مئه"]))
        || behind.is_some_and(|word| word.is_one_of(&["percent"]));
    if is_percent {
        return share(text, sentence, value, words);
    }
    if let Some((code, end)) = currency(text, sentence, &words) {
        let sanction = Sanction::Amount {
            amount: value,
            currency: code,
        };
        return Some((Money::Read(sanction), words.start..end));
    }
    let near = (words.end..words.end + 3)
        .filter_map(word)
        .any(|word| word.is_one_of(MANY));
    let signed = text.gap_before(words.start).trim_end().ends_with(['$', '£', '¥']);
    if near || signed {
        let why = "the currency is one that several countries have, so no code was taken";
        return Some((Money::Unread(why), words.start..words.end));
    }
    None
}

/// The currency before or behind a number.
fn currency(text: &Words<'_>, sentence: &Range<usize>, words: &Range<usize>) -> Option<(String, usize)> {
    let code = |at: usize| {
        let word = text.words.get(at).filter(|_| sentence.contains(&at))?;
        let written = text.text.get(word.range.clone())?;
        let by_code = CODES.iter().find(|code| **code == written).copied();
        by_code.or_else(|| {
            NAMES
                .iter()
                .find(|(_, names)| word.is_one_of(names))
                .map(|(code, _)| *code)
        })
    };
    let gap = text.gap_before(words.start);
    let sign = |gap: &str| {
        SIGNS
            .iter()
            .find(|(sign, _)| gap.contains(*sign))
            .map(|(_, code)| *code)
    };
    let brazilian = gap.trim_end().ends_with("R$")
        || gap.trim() == "$" && words.start > 0 && text.words[words.start - 1].term() == "r";
    if let Some(code) = sign(gap).or(brazilian.then_some("BRL")) {
        return Some((code.to_owned(), words.end));
    }
    if let Some(code) = sign(
        text.gap_after(words.end - 1)
            .get(..8)
            .unwrap_or(text.gap_after(words.end - 1)),
    ) {
        return Some((code.to_owned(), words.end));
    }
    if let Some(code) = words.start.checked_sub(1).and_then(code) {
        return Some((code.to_owned(), words.end));
    }
    (words.end..words.end + 3).find_map(|at| Some((code(at)?.to_owned(), at + 1)))
}

fn share(text: &Words<'_>, sentence: &Range<usize>, value: f64, words: Range<usize>) -> Option<(Money, Range<usize>)> {
    let near = words.end..(words.end + 12).min(sentence.end);
    let has = |list: &[&str]| near.clone().find(|at| text.words[*at].is_one_of(list));
    let end = has(TURNOVER)? + 1;
    if !(0.0..=100.0).contains(&value) {
        return None;
    }
    let of = if has(WORLDWIDE).is_some() {
        "worldwide turnover"
    } else {
        "turnover"
    };
    let sanction = Sanction::Percent {
        percent_of: of.to_owned(),
        percent: value,
    };
    Some((Money::Read(sanction), words.start..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Money> {
        let words = Words::of(text);
        let all = 0..words.words.len();
        amounts(&words, all, &[]).into_iter().map(|(money, _)| money).collect()
    }

    fn money(amount: f64, currency: &str) -> Vec<Money> {
        vec![Money::Read(Sanction::Amount {
            amount,
            currency: currency.to_owned(),
        })]
    }

    #[test]
    fn reads_currencies_that_are_sure() {
        assert_eq!(read("une amende de 45 000 euros"), money(45_000.0, "EUR"));
        assert_eq!(read("a fine not exceeding KES 200,000"), money(200_000.0, "KES"));
        assert_eq!(read("multa de R$ 5.000,00"), money(5000.0, "BRL"));
        assert_eq!(read("a fine of €10 million"), money(1e7, "EUR"));
        assert!(matches!(read("a fine of 5,000 dollars")[..], [Money::Unread(_)]));
        assert!(matches!(read("غرامة خمسين ألف درهم")[..], [Money::Unread(_)]));
        assert_eq!(read("multa de 100 a 200 días"), []);
        let share = |of: &str| {
            vec![Money::Read(Sanction::Percent {
                percent_of: of.to_owned(),
                percent: 6.0,
            })]
        };
        assert_eq!(
            read("a fine of up to 6% of its worldwide annual turnover"),
            share("worldwide turnover")
        );
        assert_eq!(read("hasta el 6 por ciento de su facturación"), share("turnover"));
    }
}
