//! Is a person named in a decision that the court published under initials?

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::sentences::sentences;
use super::{Page, path};
use crate::corpus::document::{Details, Document};
use crate::corpus::problem::{Problem, Question};
use crate::law::Jurisdiction;

/// Parties that are written in capitals and are nobody's initials.
const NOT_INITIALS: &[&str] = &["AG", "DPP", "EU", "HM", "UAE", "UK", "UN", "US", "USA"];
/// What stands before initials and is no part of them.
const ADDRESSES: &[&str] = &["Miss", "Mr", "Mr.", "Mrs", "Mrs.", "Ms", "Ms.", "Re", "In"];
/// Words that make a name that of a place, body or text.
const NO_PERSON: &[&str] = &[
    "Article",
    "Authority",
    "Avenue",
    "Bay",
    "Chamber",
    "City",
    "College",
    "Commission",
    "Committee",
    "Corporation",
    "Council",
    "County",
    "Court",
    "District",
    "East",
    "Foundation",
    "Gazette",
    "High",
    "Hospital",
    "Institute",
    "Island",
    "Judge",
    "Justice",
    "Lake",
    "Limited",
    "Minister",
    "Ministry",
    "New",
    "North",
    "Office",
    "Park",
    "Police",
    "Port",
    "President",
    "Prosecutor",
    "Province",
    "Region",
    "River",
    "School",
    "Section",
    "South",
    "Street",
    "Supreme",
    "Times",
    "Town",
    "University",
    "West",
];

/// Decisions whose prose has a name with the initials of a party.
pub(super) fn ask(pages: &[Page<'_>], jurisdictions: &[Jurisdiction]) -> Vec<Problem> {
    let decisions: Vec<(&Page<'_>, Vec<String>)> = pages
        .iter()
        .filter(|(document, _)| matches!(document.details, Details::Judgment(_)))
        .map(|page| (page, parties(&page.0.title)))
        .filter(|(_, parties)| !parties.is_empty())
        .collect();
    if decisions.is_empty() {
        return Vec::new();
    }
    let known = known(pages, jurisdictions);
    let ordinary = ordinary(pages);
    let mut problems = Vec::new();
    for ((document, provisions), parties) in decisions {
        let outcome = match &document.details {
            Details::Judgment(judgment) => judgment.outcome.as_deref(),
            _ => None,
        };
        let texts = provisions
            .iter()
            .map(|own| (own.text.as_str(), own.line))
            .chain(outcome.map(|text| (text, 1)));
        let mut told = BTreeSet::new();
        for (text, line) in texts {
            for (party, name) in named(text, &parties, &ordinary) {
                let public = name.iter().any(|word| known.contains(word)) || published(document, &name);
                if public || !told.insert(name.clone()) {
                    continue;
                }
                let message = format!("`{}` may be the name behind the initials {party}", name.join(" "));
                let cure = "Write the initials, as the court does; where it is no person, say it in other words";
                problems.push(Problem::found(
                    Question::NamedVictim,
                    &path(document),
                    line,
                    message,
                    cure,
                ));
            }
        }
    }
    problems
}

/// The initials of the parties that have nothing else for a name, two letters or more: `JL` for `J.L. v. Arvenia`.
fn parties(title: &str) -> Vec<String> {
    let title = title.replace(['(', ')', ','], " and ");
    let joined = title.split_whitespace().map(|word| match word {
        "v" | "v." | "vs" | "vs." | "c." | "and" | "&" | "et" | "y" | "e" => "\n",
        other => other,
    });
    let line = joined.collect::<Vec<_>>().join(" ");
    line.split('\n')
        .filter_map(|party| {
            let words = party.split_whitespace().filter(|word| !ADDRESSES.contains(word));
            let letters: String = words.collect::<String>().replace(['.', '-'], "");
            let initials = (2..=4).contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase);
            (initials && !NOT_INITIALS.contains(&letters.as_str())).then_some(letters)
        })
        .collect()
}

/// Names in a text whose initials are those of a party, each with the party.
fn named<'t>(text: &'t str, parties: &[String], ordinary: &BTreeSet<String>) -> Vec<(String, Vec<&'t str>)> {
    let mut found = Vec::new();
    for run in sentences(text)
        .into_iter()
        .flat_map(|sentence| runs(sentence, ordinary))
    {
        let parts: Vec<&str> = run.iter().flat_map(|word| word.split('-')).collect();
        for party in parties {
            let wanted: Vec<Option<char>> = party.chars().map(plain).collect();
            let fits = |name: &&[&str]| name.iter().map(|word| initial(word)).eq(wanted.iter().copied());
            // `Anne-Marie Dune` may be A.D. or A.M.D.
            let split = parts.windows(wanted.len()).filter(|_| parts.len() > run.len());
            let names = run.windows(wanted.len()).chain(split).filter(fits);
            found.extend(names.map(|name| (party.clone(), name.to_vec())));
        }
    }
    found
}

/// Runs of capitalised words; the first word of a sentence counts only where it is no ordinary word.
fn runs<'t>(sentence: &'t str, ordinary: &BTreeSet<String>) -> Vec<Vec<&'t str>> {
    let (mut runs, mut run, mut begins) = (Vec::new(), Vec::new(), true);
    for written in sentence.split_whitespace() {
        let word = written.trim_matches(|c: char| !c.is_alphanumeric());
        let word = word.strip_suffix("'s").or(word.strip_suffix("’s")).unwrap_or(word);
        let capital = word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase);
        let particle = matches!(
            word,
            "al" | "ben" | "bin" | "da" | "de" | "del" | "di" | "dos" | "el" | "la" | "van" | "von"
        );
        let opens = !written.starts_with(char::is_alphanumeric);
        if opens {
            runs.push(std::mem::take(&mut run));
        }
        if capital && !(begins && ordinary.contains(&word.to_lowercase())) {
            run.push(word);
        } else if !particle {
            runs.push(std::mem::take(&mut run));
        }
        if !written.ends_with(char::is_alphanumeric) {
            runs.push(std::mem::take(&mut run));
        }
        begins = written.ends_with(':') || (begins && word.is_empty());
    }
    runs.push(run);
    runs.retain(|run| run.len() > 1);
    runs
}

/// The letter by which a word is abbreviated, without diacritics.
fn initial(word: &str) -> Option<char> {
    word.chars().next().and_then(plain)
}

fn plain(letter: char) -> Option<char> {
    letter.nfd().flat_map(char::to_uppercase).next()
}

/// Words of jurisdictions, courts and laws, which name no person.
fn known<'c>(pages: &[Page<'c>], jurisdictions: &'c [Jurisdiction]) -> BTreeSet<&'c str> {
    let titles = pages.iter().filter_map(|(document, _)| match &document.details {
        Details::Judgment(judgment) => Some(judgment.court.as_str()),
        Details::Law(_) => Some(document.title.as_str()),
        Details::Jurisdiction => None,
    });
    let names = jurisdictions.iter().map(|known| known.name.as_str());
    let words = titles
        .chain(names)
        .flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
    NO_PERSON
        .iter()
        .copied()
        .chain(words.filter(|word| word.starts_with(char::is_uppercase)))
        .collect()
}

/// Words that the corpus writes with a small letter too.
fn ordinary(pages: &[Page<'_>]) -> BTreeSet<String> {
    let texts = pages
        .iter()
        .flat_map(|(_, provisions)| *provisions)
        .map(|provision| provision.text.as_str());
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words
        .filter(|word| word.starts_with(char::is_lowercase))
        .map(str::to_owned)
        .collect()
}

/// Whether the title itself has the name.
fn published(document: &Document, name: &[&str]) -> bool {
    let titles = [Some(&document.title), document.title_original.as_ref()];
    titles
        .into_iter()
        .flatten()
        .any(|title| name.iter().all(|word| title.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_initials_out_of_titles() {
        for (title, expected) in [
            ("J.L. v. Arvenia", &["JL"][..]),
            ("KS v AM and Another", &["KS", "AM"]),
            ("Mrs. M.Ș.D. v. Cadoria (No. 2)", &["MȘD"]),
            ("R. v. Downes", &[]),
            ("Delfi AS v. Arvenia", &[]),
            ("DPP v X", &[]),
            ("RE 1037396 (Theme 987)", &[]),
        ] {
            assert_eq!(parties(title), expected, "{title}");
        }
    }

    #[test]
    fn finds_names_behind_initials() {
        let ordinary = BTreeSet::from(["judging".to_owned()]);
        let names = |text| -> Vec<String> {
            let found = named(text, &["JL".to_owned(), "MȘD".to_owned()], &ordinary);
            found.into_iter().map(|(_, name)| name.join(" ")).collect()
        };
        assert_eq!(names("Her neighbour Jana Lund had seen it."), ["Jana Lund"]);
        assert_eq!(names("Jana de Lund complained."), ["Jana Lund"]);
        assert_eq!(
            names("It was sent to Mara Șerban Dune's employer."),
            ["Mara Șerban Dune"]
        );
        assert!(names("Judging Lund is hard; Jana, Lund and J.L. were there.").is_empty());
    }
}
