//! Numbers in words and digits: `24`, `twenty-four (24)`, `veinticuatro`, `1.000.000`, `2 million`, `ثلاث`.

use crate::compare::draft::words::Words;

/// Number words of all languages, folded: those that two languages share mean the same in both.
const WORDS: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("un", 1.0),
    ("une", 1.0),
    ("deux", 2.0),
    ("trois", 3.0),
    ("quatre", 4.0),
    ("cinq", 5.0),
    ("sept", 7.0),
    ("huit", 8.0),
    ("neuf", 9.0),
    ("dix", 10.0),
    ("onze", 11.0),
    ("douze", 12.0),
    ("treize", 13.0),
    ("quatorze", 14.0),
    ("quinze", 15.0),
    ("seize", 16.0),
    ("vingt", 20.0),
    ("vingts", 20.0),
    ("trente", 30.0),
    ("quarante", 40.0),
    ("cinquante", 50.0),
    ("soixante", 60.0),
    ("uno", 1.0),
    ("una", 1.0),
    ("dos", 2.0),
    ("tres", 3.0),
    ("cuatro", 4.0),
    ("cinco", 5.0),
    ("seis", 6.0),
    ("siete", 7.0),
    ("ocho", 8.0),
    ("nueve", 9.0),
    ("diez", 10.0),
    ("once", 11.0),
    ("doce", 12.0),
    ("trece", 13.0),
    ("catorce", 14.0),
    ("quince", 15.0),
    ("dieciseis", 16.0),
    ("diecisiete", 17.0),
    ("dieciocho", 18.0),
    ("diecinueve", 19.0),
    ("veinte", 20.0),
    ("veintiuno", 21.0),
    ("veintidos", 22.0),
    ("veintitres", 23.0),
    ("veinticuatro", 24.0),
    ("veinticinco", 25.0),
    ("veintiseis", 26.0),
    ("veintisiete", 27.0),
    ("veintiocho", 28.0),
    ("veintinueve", 29.0),
    ("treinta", 30.0),
    ("cuarenta", 40.0),
    ("cincuenta", 50.0),
    ("sesenta", 60.0),
    ("setenta", 70.0),
    ("ochenta", 80.0),
    ("noventa", 90.0),
    ("um", 1.0),
    ("uma", 1.0),
    ("dois", 2.0),
    ("duas", 2.0),
    ("quatro", 4.0),
    ("sete", 7.0),
    ("oito", 8.0),
    ("nove", 9.0),
    ("dez", 10.0),
    ("doze", 12.0),
    ("treze", 13.0),
    ("dezesseis", 16.0),
    ("dezoito", 18.0),
    ("vinte", 20.0),
    ("trinta", 30.0),
    ("quarenta", 40.0),
    ("cinquenta", 50.0),
    ("sessenta", 60.0),
    ("oitenta", 80.0),
    ("noventa", 90.0),
    ("واحد", 1.0),
    ("واحده", 1.0),
    ("اثنان", 2.0),
    ("اثنين", 2.0),
    ("اثنتين", 2.0),
    ("ثلاث", 3.0),
    ("ثلاثه", 3.0),
    ("اربع", 4.0),
    ("اربعه", 4.0),
    ("خمس", 5.0),
    ("خمسه", 5.0),
    ("ست", 6.0),
    ("سته", 6.0),
    ("سبع", 7.0),
    ("سبعه", 7.0),
    ("ثمان", 8.0),
    ("ثماني", 8.0),
    ("ثمانيه", 8.0),
    ("تسع", 9.0),
    ("تسعه", 9.0),
    ("عشر", 10.0),
    ("عشره", 10.0),
    ("عشرين", 20.0),
    ("عشرون", 20.0),
    ("ثلاثين", 30.0),
    ("ثلاثون", 30.0),
    ("اربعين", 40.0),
    ("خمسين", 50.0),
    ("ستين", 60.0),
    ("سبعين", 70.0),
    ("ثمانين", 80.0),
    ("تسعين", 90.0),
];

/// Words that multiply what stands before them.
const TIMES: &[(&str, f64)] = &[
    ("hundred", 100.0),
    ("cent", 100.0),
    ("cents", 100.0),
    ("cien", 100.0),
    ("ciento", 100.0),
    ("cem", 100.0),
    ("مائه", 100.0),
    ("مئه", 100.0),
    ("مائتي", 200.0),
    ("thousand", 1e3),
    ("mille", 1e3),
    ("mil", 1e3),
    ("الف", 1e3),
    ("الاف", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("millon", 1e6),
    ("millones", 1e6),
    ("milhao", 1e6),
    ("milhoes", 1e6),
    ("مليون", 1e6),
    ("ملايين", 1e6),
];

/// Words between the parts of one number.
const AND: &[&str] = &["and", "et", "y", "e"];

/// A number, and the word behind it.
pub(super) type Number = (f64, usize);

/// Reads the number that begins at a word, with its repetition in brackets (`two (2)`).
pub(super) fn number(text: &Words<'_>, at: usize) -> Option<Number> {
    let (value, mut end) = once(text, at)?;
    if text.words.get(end).is_some() && text.gap_before(end).trim_start().starts_with(['(', '[']) {
        match once(text, end) {
            Some((same, behind)) if same == value => end = behind,
            _ => {}
        }
    }
    Some((value, end))
}

fn once(text: &Words<'_>, at: usize) -> Option<Number> {
    let (mut value, mut end) = match digits(text, at) {
        Some(number) => number,
        None => in_words(text, at)?,
    };
    while let Some(times) = text
        .words
        .get(end)
        .filter(|word| word.sentence == text.words[at].sentence)
        .and_then(times)
    {
        value *= times;
        end += 1;
    }
    Some((value, end))
}

fn times(word: &crate::compare::draft::words::Word) -> Option<f64> {
    let times = TIMES
        .iter()
        .find(|(known, _)| word.forms().any(|form| form == *known))?;
    (times.1 >= 1e3).then_some(times.1)
}

/// What parts thousands or decimals.
const MARKS: [char; 7] = ['.', ',', ' ', '\u{a0}', '\u{202f}', '\'', '٬'];
const DECIMAL: [char; 3] = ['.', ',', '٫'];

/// Digits of any script, with what parts thousands and decimals.
fn digits(text: &Words<'_>, at: usize) -> Option<Number> {
    let start = text.words.get(at)?.range.start;
    let rest = text.text.get(start..)?;
    let (groups, length) = groups(rest)?;
    // `66B` and `3rd` are no numbers.
    if rest[length..].starts_with(char::is_alphabetic) {
        return None;
    }
    let end = start + length;
    let behind = at
        + text.words[at..]
            .iter()
            .take_while(|word| word.range.start < end)
            .count();
    Some((value(&groups)?, behind))
}

/// Groups of digits, each with the mark before it, and their length in bytes. A space parts thousands alone.
fn groups(text: &str) -> Option<(Vec<(char, String)>, usize)> {
    let mut groups = vec![(' ', String::new())];
    let mut length = 0;
    for (at, letter) in text.char_indices() {
        if let Some(digit) = digit(letter) {
            groups.last_mut()?.1.push(digit);
            length = at + letter.len_utf8();
            continue;
        }
        let is_mark = MARKS.contains(&letter) || DECIMAL.contains(&letter);
        let following: String = text[at + letter.len_utf8()..]
            .chars()
            .map_while(digit)
            .take(4)
            .collect();
        let is_space = letter.is_whitespace();
        if !is_mark || groups.last()?.1.is_empty() || following.is_empty() || is_space && following.len() != 3 {
            break;
        }
        groups.push((letter, String::new()));
    }
    (!groups[0].1.is_empty() && length <= 40).then_some((groups, length))
}

fn digit(letter: char) -> Option<char> {
    match letter {
        '0'..='9' => Some(letter),
        '٠'..='٩' => char::from_digit(letter as u32 - '٠' as u32, 10),
        '۰'..='۹' => char::from_digit(letter as u32 - '۰' as u32, 10),
        _ => None,
    }
}

/// Three digits behind each mark are thousands; fewer behind the last are decimals.
fn value(groups: &[(char, String)]) -> Option<f64> {
    let thousands = |groups: &[(char, String)]| {
        groups[1..].iter().all(|(_, digits)| digits.len() == 3) && (groups.len() == 1 || groups[0].1.len() <= 3)
    };
    let joined = |groups: &[(char, String)]| groups.iter().map(|(_, digits)| digits.as_str()).collect::<String>();
    let written = match groups {
        all if thousands(all) => joined(all),
        [front @ .., (mark, last)] if DECIMAL.contains(mark) && thousands(front) => format!("{}.{last}", joined(front)),
        _ => return None,
    };
    written.parse().ok().filter(|value| *value < 1e15)
}

/// Number words: `quatre-vingt-dix`, `twenty four`, `أربع وعشرين`, `two hundred and fifty`.
fn in_words(text: &Words<'_>, at: usize) -> Option<Number> {
    let sentence = text.words.get(at)?.sentence;
    let (mut total, mut last, mut end, mut next) = (0.0, 0.0_f64, at, at);
    while let Some(word) = text.words.get(next).filter(|word| word.sentence == sentence) {
        let of = |list: &[(&str, f64)]| {
            list.iter()
                .find(|(known, _)| word.forms().any(|form| form == *known))
                .map(|one| one.1)
        };
        if let Some(times) = of(TIMES).filter(|times| *times < 1e3) {
            total = if total == 0.0 { times } else { total * times };
            last = times;
        } else if let Some(value) = of(WORDS) {
            let eighty = last == 4.0 && word.is_one_of(&["vingt", "vingts"]) && end > at;
            let follows = end == at || last >= 10.0 && value < last || last < 10.0 && value >= 20.0;
            if !follows {
                break;
            }
            total = if eighty { 80.0 } else { total + value };
            last = if eighty { 80.0 } else { value };
        } else if end > at && last >= 10.0 && word.is_one_of(AND) {
            next += 1;
            continue;
        } else {
            break;
        }
        next += 1;
        end = next;
    }
    (end > at).then_some((total, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_in_every_language() {
        for (text, value) in [
            ("24 hours", 24.0),
            ("twenty-four (24) hours", 24.0),
            ("[36] months", 36.0),
            ("1,000,000", 1e6),
            ("1.000.000 euros", 1e6),
            ("45 000 euros", 45_000.0),
            ("2.5 million", 2.5e6),
            ("quatre-vingt-dix jours", 90.0),
            ("vingt-quatre heures", 24.0),
            ("soixante-douze heures", 72.0),
            ("treinta y seis meses", 36.0),
            ("veinticuatro horas", 24.0),
            ("setenta e duas horas", 72.0),
            ("ثلاث سنوات", 3.0),
            ("أربع وعشرين ساعة", 24.0),
            ("٤٨ ساعة", 48.0),
            ("one hundred and twenty days", 120.0),
            ("cien mil pesos", 100_000.0),
            ("خمسين ألف درهم", 50_000.0),
        ] {
            let words = Words::of(text);
            let read = number(&words, 0).unwrap_or_else(|| panic!("{text}"));
            assert!((read.0 - value).abs() < 1e-6, "{text}: {read:?}");
        }
        assert_eq!(number(&Words::of("year"), 0), None);
    }
}
