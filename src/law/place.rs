//! Pinpoints in running text, read leniently: any spelling, any case; see [`super::references`].

use super::label::{LABELS, Label, TOUCHING, canonical_number, is_year};
use super::pinpoint::Join;
use super::pinpoint_reader::is_suffix;
use super::scan::Scan;

/// Longest range that is written out number by number.
const LONGEST_RANGE: u32 = 30;

/// `18 U.S.C. § 2261A`, `720 ILCS 5/11-23.5`
pub(super) fn title_and_section(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    let title = scan.take_while(|c| c.is_ascii_digit());
    (!title.is_empty() && title.len() <= 3 && scan.spaces() == 1).then_some(())?;
    let code = scan
        .take_while(|c| c.is_ascii_alphabetic() || c == '.')
        .replace('.', "")
        .to_lowercase();
    matches!(code.as_str(), "usc" | "ilcs" | "cfr").then_some(())?;
    (scan.spaces() == 1).then_some(())?;
    scan.attempt(|s| (s.eat("§") && s.spaces() <= 1).then_some(()));
    let number = canonical_number(bare_number(scan)?);
    let mut tokens = Vec::new();
    write_tokens(
        &code,
        &format!("{title}/{number}"),
        &paragraphs(scan, false),
        &mut tokens,
    );
    Some(tokens)
}

/// `s 37(1)`, `arts 5 and 6`, `§ 201a Abs. 1`, `المادة ٥`
pub(super) fn pinpoint(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    let label = label(scan)?;
    let bracketed = !label.spelling.is_ascii() && scan.eat("(");
    let (mut number, mut base) = number(scan, label)?;
    if bracketed {
        scan.eat(")").then_some(())?;
    }
    // `Regulation 2016/679` and `Rules 2021` name a law, not a place in one.
    (!(matches!(label.canon, "reg" | "r") && (number.contains('/') || is_year(&number)))).then_some(())?;
    let mut tokens = Vec::new();
    let mut at = paragraphs(scan, true);
    write_number(label, &number, &at, &mut tokens);
    base.iter()
        .for_each(|base| write_tokens(label.canon, base, &[], &mut tokens));
    while let Some((join, next, next_at)) = scan.attempt(|s| further(s, label)) {
        let range = matches!(join, Join::To | Join::Hyphen);
        match next {
            Some((next, next_base)) => {
                if range {
                    between(&number, &next)
                        .into_iter()
                        .for_each(|n| write_tokens(label.canon, &n, &[], &mut tokens));
                }
                (number, base, at) = (next, next_base, next_at);
            }
            None => {
                base = None;
                let kept = same_depth(&at, &next_at);
                if let (true, Some(from), [to]) = (range, at.last(), next_at.as_slice()) {
                    for middle in between(from, to) {
                        let mut path = at[..kept].to_vec();
                        path.push(middle);
                        write_tokens(label.canon, &number, &path, &mut tokens);
                    }
                }
                at.truncate(kept);
                at.extend(next_at);
            }
        }
        write_number(label, &number, &at, &mut tokens);
        base.iter()
            .for_each(|base| write_tokens(label.canon, base, &[], &mut tokens));
    }
    if label.canon == "§" {
        // American writers use § for sections, and translations of German laws say section for §.
        let sections: Vec<String> = tokens.iter().map(|token| token.replacen('§', "s", 1)).collect();
        tokens.extend(sections);
    }
    Some(tokens)
}

/// How many paragraphs stay when `next` follows `at`: `(2)` behind `(1)(a)` replaces both, `(b)` only the last.
fn same_depth(at: &[String], next: &[String]) -> usize {
    let numeric = |paragraph: &String| paragraph.starts_with(|c: char| c.is_ascii_digit());
    let first = next.first().map(numeric);
    at.iter()
        .position(|paragraph| Some(numeric(paragraph)) == first)
        .unwrap_or(at.len().saturating_sub(next.len()))
}

/// A label and what parts it from its number.
pub(super) fn label(scan: &mut Scan<'_>) -> Option<&'static Label> {
    let written = match scan.peek()? {
        '§' => scan.take_while(|c| c == '§'),
        '¶' => scan.take_while(|c| c == '¶'),
        _ => scan.word(),
    };
    let lower = written.to_lowercase();
    let label = LABELS.iter().find(|label| label.spelling == lower)?;
    // A single capital letter is an initial; `r 3` is a rule, `R 3` the third of something.
    let initial = matches!(label.spelling, "r" | "rr") && written != lower;
    let point = scan.eat(".");
    let spaces = scan.spaces();
    let parted = spaces > 0 || point || TOUCHING.contains(&label.spelling) || scan.peek() == Some('(');
    (!initial && spaces <= 2 && parted).then_some(label)
}

/// Letters, digits and the signs inside numbers.
fn bare_number<'t>(scan: &mut Scan<'t>) -> Option<&'t str> {
    let start = scan.at;
    // French codes: `L. 226-2`.
    scan.attempt(|s| {
        s.peek().filter(|c| matches!(c, 'L' | 'R' | 'D' | 'A'))?;
        s.at += 1;
        s.eat(".").then_some(())?;
        s.spaces();
        s.peek().filter(char::is_ascii_digit).map(|_| ())
    });
    let body = scan.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '/' | '–'));
    let kept = body.trim_end_matches(['-', '.', ':', '/', '–']);
    scan.at -= body.len() - kept.len();
    let text = &scan.text[start..scan.at];
    let letters = text.chars().take_while(|c| c.is_alphabetic()).count();
    let digits = text.chars().any(char::is_numeric);
    let roman = letters > 0 && text.bytes().all(|b| b"IVXLC".contains(&b));
    let begins = text.starts_with(char::is_alphanumeric);
    (roman || (digits && begins && letters <= 1 && text.len() <= 40)).then_some(text)
}

/// A number as it is compared, and the one by which it is found too.
pub(super) type Number = (String, Option<String>);

/// Reads a number with its suffix; `264 d` is found as `264` too, `art 197.7` as `197`.
pub(super) fn number(scan: &mut Scan<'_>, label: &Label) -> Option<Number> {
    let written = bare_number(scan)?;
    let mut number = canonical_number(written).replacen("l.", "l", 1);
    if written.chars().all(|c| c.is_ascii_uppercase())
        && !matches!(label.canon, "pt" | "ch" | "sch" | "div" | "art" | "cl" | "s")
    {
        return None;
    }
    let word = scan.attempt(|s| {
        s.spaces();
        let word = s.word();
        (is_suffix(word) && s.at_boundary()).then_some(())?;
        // German: `§§ 185 bis 187` is a range.
        let behind = s.attempt(|s| {
            (s.spaces() > 0)
                .then(|| s.take_while(|c| c.is_ascii_digit()))
                .filter(|d| !d.is_empty())
        });
        (behind.is_none() || label.canon != "§").then(|| format!("{word}{}", behind.unwrap_or_default()))
    });
    if let Some(word) = word {
        number.push_str(&canonical_number(&word));
    }
    let small_letter = scan.attempt(|s| {
        (s.spaces() == 1).then_some(())?;
        let letter = s.take_while(char::is_alphanumeric);
        let alone = letter.len() == 1 && letter.as_bytes()[0].is_ascii_lowercase();
        // A letter before a number is a label: `ch 4 s 6`.
        let label_follows = s
            .attempt(|s| (s.spaces() > 0).then(|| s.peek()).flatten())
            .is_some_and(char::is_numeric);
        (alone && !label_follows && matches!(label.canon, "s" | "art" | "§")).then_some(letter)
    });
    if let Some(letter) = small_letter {
        return Some((format!("{number}{letter}"), Some(number)));
    }
    let article = number
        .split_once('.')
        .filter(|_| label.canon == "art")
        .map(|(front, _)| front.to_owned());
    Some((number, article))
}

/// `(1)(a)`, in running text also ` (1)` and ` Abs. 1`.
fn paragraphs(scan: &mut Scan<'_>, lenient: bool) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(paragraph) = scan.attempt(|s| {
        let apart = lenient && s.spaces() > 0;
        if apart && (s.eat("Abs. ") || s.eat("Abs ") || s.eat("abs. ") || s.eat("ayat ")) && s.peek() != Some('(') {
            let digits = s.take_while(|c| c.is_ascii_digit());
            return (!digits.is_empty() && s.at_boundary()).then(|| digits.to_owned());
        }
        s.eat("(").then_some(())?;
        let inside = s.take_while(char::is_alphanumeric);
        let length = inside.chars().count();
        let short = if apart {
            length == 1 || (length <= 3 && inside.chars().all(char::is_numeric))
        } else {
            length <= 5
        };
        (length > 0 && short && s.eat(")")).then(|| canonical_number(inside))
    }) {
        found.push(paragraph);
    }
    found
}

const JOINS: &[(&str, Join)] = &[
    (", and ", Join::And),
    (", ", Join::Comma),
    (" and ", Join::And),
    (" & ", Join::And),
    (" or ", Join::And),
    (" y ", Join::And),
    (" et ", Join::And),
    (" und ", Join::And),
    (" e ", Join::And),
    (" و ", Join::And),
    (" و", Join::And),
    (" to ", Join::To),
    (" through ", Join::To),
    (" bis ", Join::To),
    (" a ", Join::To),
    (" al ", Join::To),
    (" à ", Join::To),
    (" إلى ", Join::To),
    ("-", Join::Hyphen),
    ("–", Join::Hyphen),
    (" ", Join::Comma),
];

/// The next number of a list, or the next paragraphs of the same number.
fn further(scan: &mut Scan<'_>, label: &Label) -> Option<(Join, Option<Number>, Vec<String>)> {
    let (_, join) = JOINS.iter().find(|(written, _)| scan.eat(written))?;
    if scan.peek() == Some('(') {
        let next = paragraphs(scan, false);
        return (!next.is_empty()).then_some((*join, None, next));
    }
    let number = label.plural.then(|| number(scan, label)).flatten()?;
    let next = paragraphs(scan, true);
    Some((*join, Some(number), next))
}

/// Numbers (or single letters) strictly between two, where there are few.
fn between(from: &str, to: &str) -> Vec<String> {
    if let (Ok(from), Ok(to)) = (from.parse::<u32>(), to.parse::<u32>()) {
        let few = from < to && to - from <= LONGEST_RANGE;
        return if few {
            (from + 1..to).map(|n| n.to_string()).collect()
        } else {
            Vec::new()
        };
    }
    match (from.as_bytes(), to.as_bytes()) {
        ([from @ b'a'..=b'z'], [to @ b'a'..=b'z']) if from < to => {
            (from + 1..*to).map(|b| char::from(b).to_string()).collect()
        }
        _ => Vec::new(),
    }
}

/// Tokens of one number; `22-23` behind a plural label is a range, `264 d` is also found as `264`.
fn write_number(label: &Label, number: &str, at: &[String], tokens: &mut Vec<String>) {
    if let (true, Some((from, to))) = (label.plural, number.split_once('-')) {
        let numbers = between(from, to);
        let adjacent = matches!((from.parse::<u32>(), to.parse::<u32>()), (Ok(from), Ok(to)) if from + 1 == to);
        let lettered = |n: &str| n.bytes().any(|b| b.is_ascii_digit()) && n.ends_with(|c: char| c.is_ascii_lowercase());
        if !numbers.is_empty() || adjacent || (lettered(from) && lettered(to)) {
            write_tokens(label.canon, from, &[], tokens);
            numbers.iter().for_each(|n| write_tokens(label.canon, n, &[], tokens));
            return write_tokens(label.canon, to, at, tokens);
        }
    }
    write_tokens(label.canon, number, at, tokens);
}

fn write_tokens(canon: &str, number: &str, at: &[String], tokens: &mut Vec<String>) {
    for depth in (0..=at.len()).rev() {
        let path: String = at[..depth].iter().map(|paragraph| format!("({paragraph})")).collect();
        let token = format!("{canon}:{number}{path}");
        if !tokens.contains(&token) {
            tokens.push(token);
        }
    }
}
