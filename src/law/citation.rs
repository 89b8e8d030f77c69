//! References in running text: pinpoints and official numbers, in the spellings of many traditions.
//!
//! Both sides of a search use [`references`]: the index on pinpoints, numbers and citations, the query on what was
//! typed. They meet in canonical tokens, so that `section 66B`, `s. 66b` and `s 66B` are one.

use std::ops::Range;

use super::label::{NO_COURT, NUMBER_WORDS, canonical_number, is_year, without_thousands};
use super::place;
use super::scan::Scan;

/// A reference found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its place in the text, in bytes.
    pub range: Range<usize>,
    /// Canonical tokens, the most exact first: `s:37(1)`, then `s:37`. What has any of them is found, what has the first
    /// is found first. Kinds: `s:`, `art:`, `§:` and other labels, `no:` (official numbers), `cit:`, `ecli:`, `usc:`.
    pub tokens: Vec<String>,
}

/// Finds the references in `text`, in their order; they do not overlap. Words around them stay words of the text.
pub fn references(text: &str) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut scan = Scan { text, at: 0 };
    while let Some(letter) = scan.peek() {
        let start = scan.at;
        let may_begin = letter.is_alphanumeric() || matches!(letter, '§' | '[' | '(' | '¶' | '№');
        if may_begin
            && scan.begins_word()
            && let Some(tokens) = reference(&mut scan)
        {
            found.push(Reference {
                range: start..scan.at,
                tokens,
            });
        } else {
            scan.at += letter.len_utf8();
        }
    }
    found
}

/// The reference that begins here; the more exact kinds are tried first.
fn reference(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    let readers = [
        ecli,
        place::title_and_section,
        place::pinpoint,
        neutral_citation,
        number_of_year,
        worded_number,
        compound_number,
    ];
    readers.into_iter().find_map(|read| scan.attempt(read))
}

/// `ECLI:CE:ECHR:2020:0211JUD005686715`
fn ecli(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    let token = scan
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '.'))
        .trim_end_matches(['.', ':']);
    let parts = token.split(':').count();
    let fits = parts == 5 && token.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("ecli:"));
    fits.then(|| vec![token.to_lowercase()])
}

/// `[2024] FCA 499`, `2019 SCC 10`, `598 U.S. 617`, `(2015) 5 SCC 1`
fn neutral_citation(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    let bracket = ["[", "("].into_iter().find(|open| scan.eat(open));
    let first = scan.take_while(|c| c.is_ascii_digit());
    let year = is_year(first);
    match bracket {
        Some("[") if year && scan.eat("]") => {}
        Some(_) if year && scan.eat(")") => {}
        None if (1..=4).contains(&first.len()) => {}
        _ => return None,
    }
    let mut parts = vec![first.to_owned()];
    (scan.spaces() == 1).then_some(())?;
    if bracket.is_some() {
        let volume = scan.attempt(|s| {
            let digits = s.take_while(|c| c.is_ascii_digit());
            (!digits.is_empty() && s.spaces() == 1).then(|| digits.to_owned())
        });
        parts.extend(volume);
    }
    let court = scan.take_while(|c| c.is_ascii_alphanumeric() || c == '.');
    court.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
    let plain = court.replace('.', "").to_lowercase();
    let capitals = court.bytes().filter(u8::is_ascii_uppercase).count();
    let dotted = court.len() > plain.len() + 1;
    let sure = capitals >= 2 || dotted;
    let likely = (bracket == Some("[") || (year && plain.len() <= 6)) && !NO_COURT.contains(&plain.as_str());
    // `2026 c. 20` is how British Acts are numbered.
    let court_fits = ((2..=10).contains(&plain.len()) && (sure || likely)) || (year && court == "c.");
    (court_fits && scan.spaces() == 1).then_some(())?;
    parts.push(plain);
    let series = scan.attempt(|s| {
        let digits = s.eat("(").then(|| s.take_while(|c| c.is_ascii_digit()))?;
        let ordinal = s.take_while(|c| c.is_ascii_lowercase());
        (s.eat(")") && s.spaces() == 1).then(|| format!("{digits}{ordinal}"))
    });
    parts.extend(series);
    let page = scan.take_while(|c| c.is_ascii_digit());
    (!page.is_empty() && scan.at_boundary() && scan.peek() != Some('/')).then_some(())?;
    parts.push(page.to_owned());
    Some(vec![format!("cit:{}", parts.join("-"))])
}

/// `5 of 2018`, `Act No. 5 of 2018`, `Ley 478 de 2025`, `Act XL of 2016`
fn number_of_year(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    let worded = number_words(scan) > 0;
    let number = scan.take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let roman = worded && !number.is_empty() && number.bytes().all(|b| b"IVXLC".contains(&b));
    let digits = number.starts_with(char::is_numeric) && number.chars().count() <= 8;
    (roman || digits).then_some(())?;
    scan.spaces();
    ["of the year ", "of ", "de ", "del ", "do ", "لسنة "]
        .into_iter()
        .find(|of| scan.eat(of))?;
    let year = canonical_number(scan.take_while(char::is_numeric));
    (is_year(&year) && scan.at_boundary()).then_some(())?;
    Some(number_tokens(&format!(
        "{}/{year}",
        without_thousands(&canonical_number(number))
    )))
}

/// Moves over words behind which a number stands (`Law No.`); tells how many there were.
fn number_words(scan: &mut Scan<'_>) -> usize {
    let mut count = 0;
    while count < 3
        && scan
            .attempt(|s| {
                let word = s.take_while(|c| c.is_alphabetic() || matches!(c, 'º' | '°' | '№' | '-' | '.'));
                let plain = word.trim_end_matches('.').to_lowercase();
                let known = NUMBER_WORDS.contains(&plain.as_str()) || matches!(plain.as_str(), "pub" | "l" | "public");
                (known && (s.spaces() > 0 || word.ends_with(['.', '°', 'º', '№']))).then_some(())
            })
            .is_some()
    {
        count += 1;
    }
    count
}

/// `Law 27.736`, `Pub. L. 119-12`, `No. 2004-575`, `CETS No. 210`, `Bill C-63`
fn worded_number(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    (number_words(scan) > 0).then_some(())?;
    let number = scan.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '/' | '–'));
    let trimmed = number.trim_end_matches(['-', '.', ':', '/', '–']);
    scan.at -= number.len() - trimmed.len();
    let plain = without_thousands(&canonical_number(trimmed));
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    (digits >= 2 && !is_year(&plain)).then(|| number_tokens(&plain))
}

/// `2024/1385`, `A/RES/78/265`, `56867/15`, `C-18/18`, `CM/Rec(2019)1`, `1962:700`
fn compound_number(scan: &mut Scan<'_>) -> Option<Vec<String>> {
    let start = scan.at;
    loop {
        scan.take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | ':' | '/'));
        let year = scan.attempt(|s| {
            let year = s.eat("(").then(|| s.take_while(|c| c.is_ascii_digit()))?;
            (is_year(year) && s.eat(")") && s.peek().is_some_and(char::is_alphanumeric)).then_some(())
        });
        if year.is_none() || scan.at == start {
            break;
        }
    }
    let trimmed = scan.text[start..scan.at].trim_end_matches(['-', '.', ':', '/']);
    scan.at = start + trimmed.len();
    let plain = canonical_number(trimmed);
    let colon = plain
        .split_once(':')
        .is_some_and(|(year, rest)| is_year(year) && rest.bytes().all(|b| b.is_ascii_digit()));
    let slash = plain.contains('/') && !plain.contains("//") && plain.len() <= 60;
    ((slash || colon) && plain.bytes().any(|b| b.is_ascii_digit())).then(|| number_tokens(&without_thousands(&plain)))
}

/// A number's tokens: itself, and without its year where what is left is still distinct (`13718/2018`, `13718`).
fn number_tokens(number: &str) -> Vec<String> {
    let mut tokens = vec![format!("no:{number}")];
    if let Some((front, year)) = number.split_once('/')
        && is_year(year)
        && front.len() >= 4
        && !is_year(front)
        && front.bytes().all(|b| b.is_ascii_digit())
    {
        tokens.push(format!("no:{front}"));
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tokens(text: &str) -> Vec<String> {
        references(text)
            .into_iter()
            .flat_map(|reference| reference.tokens)
            .collect()
    }

    #[test]
    fn one_article_in_many_spellings() {
        for (texts, token) in [
            (
                &[
                    "s 66B",
                    "s. 66B",
                    "s66b",
                    "Section 66B",
                    "sec. 66B of the Act",
                    "SECTION 66B",
                    "धारा 66B",
                ][..],
                "s:66b",
            ),
            (
                &[
                    "art 5",
                    "Art. 5",
                    "article 5",
                    "artículo 5",
                    "المادة 5",
                    "المادة ٥",
                    "المادة (٥)",
                    "Artikel 5",
                    "ст. 5",
                    "Pasal 5",
                ],
                "art:5",
            ),
            (
                &["art 199 Octies", "artículo 199 octies", "art. 199-octies"],
                "art:199octies",
            ),
            (&["art 147-A", "artigo 147-A", "art. 147A"], "art:147a"),
            (&["§ 201a", "§201a", "§ 201a StGB"], "§:201a"),
            (&["§ 264 d", "§ 264d straffeloven"], "§:264d"),
            (&["art 197.7", "artículo 197.7 del Código Penal"], "art:197.7"),
            (&["art L226-2", "article L. 226-2"], "art:l226-2"),
            (
                &[
                    "No. 5 of 2018",
                    "Act 5 of 2018",
                    "Act No. 5 of 2018",
                    "5 of 2018",
                    "no 5/2018",
                    "5/2018",
                    "قانون رقم 5 لسنة 2018",
                ],
                "no:5/2018",
            ),
            (&["Law 27.736", "Ley 27736", "Ley N° 27.736"], "no:27736"),
            (&["Lei 13.718/2018", "Lei nº 13.718"], "no:13718"),
            (&["Pub. L. 119-12, 139 Stat. 55", "Public Law 119-12"], "no:119-12"),
            (&["Directive (EU) 2024/1385", "2024/1385"], "no:2024/1385"),
            (&["App. no. 56867/15", "56867/15"], "no:56867/15"),
            (&["A/HRC/RES/38/5"], "no:a/hrc/res/38/5"),
            (&["CM/Rec(2019)1"], "no:cm/rec(2019)1"),
            (&["Act XL of 2016"], "no:xl/2016"),
            (&["CETS No. 210", "cets 210"], "no:210"),
            (&["[2024] FCA 499", "[2024] fca 499"], "cit:2024-fca-499"),
            (&["2019 SCC 10", "2019 scc 10"], "cit:2019-scc-10"),
            (&["598 U.S. 617 (2023)", "598 U.S. 617"], "cit:598-us-617"),
            (&["143 O.R. (3d) 277"], "cit:143-or-3d-277"),
            (&["952 N.W.2d 629"], "cit:952-nw2d-629"),
            (&["2026 c. 20"], "cit:2026-c-20"),
            (&["1 BvR 1073/20"], "no:1073/20"),
            (&["S/RES/1325 (2000)"], "no:s/res/1325"),
            (&["Decreto Legislativo 635"], "no:635"),
            (&["art 123/A", "123/A. madde, art. 123a"], "art:123a"),
            (&["ECLI:EU:C:2025:935", "ecli:eu:c:2025:935."], "ecli:eu:c:2025:935"),
            (
                &["18 U.S.C. 2261A", "18 U.S.C. § 2261A", "18 usc 2261a"],
                "usc:18/2261a",
            ),
        ] {
            for text in texts {
                assert!(
                    tokens(text).iter().any(|found| found == token),
                    "{text}: {:?}",
                    tokens(text)
                );
            }
        }
    }

    #[test]
    fn paragraphs_and_ranges() {
        assert_eq!(tokens("section 37(1)(a)"), ["s:37(1)(a)", "s:37(1)", "s:37"]);
        assert_eq!(tokens("section 37 (1)"), ["s:37(1)", "s:37"]);
        assert_eq!(tokens("§ 201a Abs. 1"), ["§:201a(1)", "§:201a", "s:201a(1)", "s:201a"]);
        assert_eq!(tokens("IT Act 2000 ss 66C 66E"), ["s:66c", "s:66e"]);
        assert_eq!(
            tokens("art 19(1)(a) and (2)"),
            ["art:19(1)(a)", "art:19(1)", "art:19", "art:19(2)"]
        );
        assert_eq!(tokens("ss 66L-66M"), ["s:66l", "s:66m"]);
        assert_eq!(tokens("ss 22-24"), ["s:22", "s:23", "s:24"]);
        assert_eq!(
            tokens("arts 5, 6 and 8 to 10"),
            ["art:5", "art:6", "art:8", "art:9", "art:10"]
        );
        assert_eq!(tokens("s 66B(4), (7)"), ["s:66b(4)", "s:66b", "s:66b(7)"]);
        assert_eq!(
            tokens("s 24(2)(a)-(c)"),
            ["s:24(2)(a)", "s:24(2)", "s:24", "s:24(2)(b)", "s:24(2)(c)"]
        );
        assert_eq!(tokens("ch 4 s 6 c"), ["ch:4", "s:6c", "s:6"]);
        assert_eq!(tokens("arts 315-1 and 315-2"), ["art:315-1", "art:315-2"]);
        assert_eq!(
            tokens("§§ 185 bis 187"),
            ["§:185", "§:186", "§:187", "s:185", "s:186", "s:187"]
        );
    }

    #[test]
    fn leaves_plain_words_alone() {
        for text in [
            "the girl's 5 friends",
            "in 2018 the court",
            "2018-05-16",
            "and/or",
            "state of the art",
            "is 24 hours",
            "Blocking Rules 2021",
            "act 2018",
            "",
        ] {
            assert_eq!(tokens(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn tells_the_place() {
        let text = "threat under §201a or No. 5 of 2018";
        let found: Vec<&str> = references(text)
            .into_iter()
            .map(|reference| &text[reference.range])
            .collect();
        assert_eq!(found, ["§201a", "No. 5 of 2018"]);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,60}|[sart§ 0-9().,/A-Za-z;:-]{0,60}") {
            for reference in references(&text) {
                prop_assert!(text.get(reference.range).is_some_and(|found| !found.is_empty()));
                prop_assert!(!reference.tokens.is_empty());
            }
        }
    }
}
