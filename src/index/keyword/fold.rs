//! Folding: different ways of writing the same word become one.
//!
//! Width and compatibility forms (NFKC), case, decimal digits of any script, diacritics of Latin and Greek letters, and the
//! forms that Arabic writers use alike. Marks of other scripts are letters in their own right (Indic vowels, Thai
//! tones, kana voicing) and stay.

use unicode_normalization::UnicodeNormalization;

/// The same word in lower case, with one form for compatibility characters, digits and Arabic letters.
pub fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    // The alef that carries the accusative ending goes with it.
    let word = ["\u{64b}ا", "ا\u{64b}"]
        .into_iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    let mut folded = String::with_capacity(word.len());
    for c in word.nfkc().flat_map(char::to_lowercase) {
        match c {
            c if is_ignorable(c) => {}
            'ς' => folded.push('σ'),
            c => folded.push(digit(c).or_else(|| arabic(c)).unwrap_or(c)),
        }
    }
    folded
}

/// Takes the diacritics off Latin and Greek letters and spells out letters such as ß and ø.
pub fn without_diacritics(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ё' => plain.push('е'),
            'ة' | 'ۀ' | 'ہ' => plain.push('ه'),
            'ى' => plain.push('ي'),
            '\u{300}'..='\u{36f}' => {}
            '\u{c0}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
                plain.extend(c.nfd().filter(|part| !('\u{300}'..='\u{36f}').contains(part)));
            }
            c => plain.push(c),
        }
    }
    plain
}

/// Marks that carry no meaning for search: zero-width and direction marks, tatweel, Arabic and Hebrew vowel points.
pub fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        | '\u{640}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{307}')
}

/// First digits of the decimal blocks of the scripts in which laws are numbered.
const ZEROS: [char; 16] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}', '\u{ce6}',
    '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}',
];

/// The ASCII digit of the same value, if `c` is a decimal digit of another script.
pub fn digit(c: char) -> Option<char> {
    let value = ZEROS
        .iter()
        .find_map(|zero| (c as u32).checked_sub(*zero as u32).filter(|value| *value < 10))?;
    char::from_digit(value, 10)
}

/// Letters that Arabic, Persian and Urdu writers use for one another.
fn arabic(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ی' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ک' => 'ك',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_case_width_and_digits() {
        assert_eq!(lower("ＡＢＣ"), "abc");
        assert_eq!(lower("٢٠١٨"), "2018");
        assert_eq!(lower("มาตรา๑๒"), "มาตรา12");
        assert_eq!(lower("İstanbul"), "istanbul");
        assert_eq!(lower("ΝΌΜΟΣ"), lower("νόμος"));
    }

    #[test]
    fn arabic_forms_meet() {
        assert_eq!(lower("إِرهَـاب"), lower("ارهاب"));
        assert_eq!(lower("صورًا"), "صور");
        assert_eq!(without_diacritics("مادة"), "ماده");
        assert_eq!(without_diacritics("على"), "علي");
    }

    #[test]
    fn diacritics_go_only_where_they_may() {
        assert_eq!(without_diacritics("violación"), "violacion");
        assert_eq!(without_diacritics("straße"), "strasse");
        assert_eq!(without_diacritics("νόμοσ"), "νομοσ");
        assert_eq!(without_diacritics("が"), "が");
        assert_eq!(without_diacritics("หมิ่น"), "หมิ่น");
    }
}
