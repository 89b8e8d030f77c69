//! Lines that begin a numbered unit of a law: `Section 12A.`, `Artículo 5.-`, `المادة الخامسة`, `§ 3`.

use super::place::{label, number};
use super::scan::Scan;

/// The beginning of a line that names a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedLine {
    /// Its label as pinpoints have it: `s`, `art`, `§`, `ch`.
    pub label: &'static str,
    /// Its number as written, in ASCII digits: `12A`, `5 bis`.
    pub number: String,
    /// Where in the line what follows the number begins, in bytes.
    pub end: usize,
}

/// Numbers that laws write as words behind a label. Ordinals of the first twenty suffice for what is written so.
const ORDINALS: &[(&str, u32)] = &[
    ("premier", 1),
    ("unique", 1),
    ("primero", 1),
    ("único", 1),
    ("primeiro", 1),
    ("first", 1),
    ("segundo", 2),
    ("second", 2),
    ("deuxième", 2),
    ("tercero", 3),
    ("terceiro", 3),
    ("troisième", 3),
    ("third", 3),
    ("cuarto", 4),
    ("quarto", 4),
    ("quinto", 5),
    ("sexto", 6),
    ("séptimo", 7),
    ("sétimo", 7),
    ("octavo", 8),
    ("oitavo", 8),
    ("noveno", 9),
    ("nono", 9),
    ("décimo", 10),
    ("الأولى", 1),
    ("الاولى", 1),
    ("الثانية", 2),
    ("الثالثة", 3),
    ("الرابعة", 4),
    ("الخامسة", 5),
    ("السادسة", 6),
    ("السابعة", 7),
    ("الثامنة", 8),
    ("التاسعة", 9),
    ("العاشرة", 10),
];
/// Behind the tens of Arabic ordinals: `الحادية عشرة`.
const ARABIC_TEN: [&str; 2] = ["عشرة", "عشر"];
const ARABIC_ELEVENTH: &str = "الحادية";

/// Reads the label and number that a line begins with; none where it begins with something else.
pub fn numbered_line(line: &str) -> Option<NumberedLine> {
    let mut scan = Scan { text: line, at: 0 };
    let label = label(&mut scan)?;
    let bracketed = scan.eat("(");
    let number = ordinal(&mut scan).or_else(|| {
        let from = scan.at;
        number(&mut scan, label)?;
        Some(plain(&line[from..scan.at]))
    })?;
    if bracketed {
        scan.eat(")").then_some(())?;
    }
    Some(NumberedLine {
        label: label.canon,
        number,
        end: scan.at,
    })
}

fn ordinal(scan: &mut Scan<'_>) -> Option<String> {
    scan.attempt(|s| {
        let word = s.word().to_lowercase();
        let is_ten = |s: &mut Scan<'_>| {
            let ten = s.attempt(|s| (s.spaces() > 0 && ARABIC_TEN.contains(&s.word())).then_some(()));
            ten.is_some()
        };
        if word == ARABIC_ELEVENTH && is_ten(s) {
            return Some("11".to_owned());
        }
        let (_, number) = ORDINALS.iter().find(|(ordinal, _)| *ordinal == word)?;
        let more = if is_ten(s) { 10 } else { 0 };
        s.at_boundary().then(|| (number + more).to_string())
    })
}

/// In ASCII digits, without the sign of an ordinal (`1º`, `1er`).
fn plain(written: &str) -> String {
    let digits: String = written
        .chars()
        .map(|c| match c {
            '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10).unwrap_or(c),
            '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10).unwrap_or(c),
            '०'..='९' => char::from_digit(c as u32 - '०' as u32, 10).unwrap_or(c),
            other => other,
        })
        .collect();
    let bare = digits.trim().trim_end_matches(['º', '°', 'ª', 'o', 'O']);
    let bare = bare
        .strip_suffix("er")
        .filter(|front| front.ends_with(|c: char| c.is_ascii_digit()));
    bare.unwrap_or(digits.trim().trim_end_matches(['º', '°', 'ª']))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_traditions() {
        for (line, label, number, rest) in [
            ("Section 12A. Threats", "s", "12A", ". Threats"),
            ("Artículo 5.- Difusión", "art", "5", ".- Difusión"),
            ("Artículo 5 Bis. Quien", "art", "5 Bis", ". Quien"),
            ("Article premier", "art", "1", ""),
            ("Article 1er — Objet", "art", "1", " — Objet"),
            ("Art. 3º Divulgar", "art", "3", " Divulgar"),
            ("المادة ٥", "art", "5", ""),
            ("المادة (5)", "art", "5", ""),
            ("المادة الخامسة عشرة", "art", "15", ""),
            ("المادة الأولى: التعاريف", "art", "1", ": التعاريف"),
            ("§ 3 Definitions", "§", "3", " Definitions"),
            ("Cl. 4", "cl", "4", ""),
            ("PART II", "pt", "II", ""),
        ] {
            let read = numbered_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (read.label, read.number.as_str(), &line[read.end..]),
                (label, number, rest),
                "{line}"
            );
        }
        for line in ["Whoever", "", "5. Threats", "article", "The section 5"] {
            assert_eq!(numbered_line(line), None, "{line}");
        }
    }
}
