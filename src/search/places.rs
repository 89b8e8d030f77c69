//! Jurisdictions called by name in a query: `Kenya`, `España`, `الأردن`, `Québec`.
//!
//! Which country is asked about must not be left to the embedding, to which one country's law is much like another's.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::place_names::NAMES;
use crate::law::{Code, Jurisdiction};

/// Words a query is looked through for names.
const MOST_WORDS: usize = 200;

/// English adjectives of countries that no rule makes of the name.
const ADJECTIVES: &[(&str, &[&str])] = &[
    ("AE", &["Emirati"]),
    ("AR", &["Argentine"]),
    ("CA", &["Canadian"]),
    ("CH", &["Swiss"]),
    ("CN", &["Chinese"]),
    ("CZ", &["Czech"]),
    ("DE", &["German"]),
    ("DK", &["Danish"]),
    ("EC", &["Ecuadorian"]),
    ("ES", &["Spanish"]),
    ("FI", &["Finnish"]),
    ("FR", &["French"]),
    ("GB", &["British"]),
    ("GB-ENG", &["English law", "English court", "English courts", "Welsh"]),
    ("GB-SCT", &["Scottish"]),
    ("GR", &["Greek"]),
    ("IE", &["Irish"]),
    ("IS", &["Icelandic"]),
    ("LB", &["Lebanese"]),
    ("MA", &["Moroccan"]),
    ("NL", &["Dutch"]),
    ("NO", &["Norwegian"]),
    ("PE", &["Peruvian"]),
    ("PH", &["Philippine", "Filipino"]),
    ("PL", &["Polish"]),
    ("PT", &["Portuguese"]),
    ("SA", &["Saudi"]),
    ("SE", &["Swedish"]),
    ("SI", &["Slovenian"]),
    ("TH", &["Thai"]),
    ("TR", &["Turkish"]),
    ("UA", &["Ukrainian"]),
    ("US", &["American"]),
];

/// The adjectives that English makes of most names of one word: `Kenyan`, `Japanese`, `Mexican`, `Brazilian`, `Pakistani`. Some
/// of them are no words, and nobody asks for those.
fn adjectives(name: &str) -> Vec<String> {
    if name.chars().count() < 4 || !name.chars().all(|c| c.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let stem = name.trim_end_matches(['a', 'e', 'o', 'y']);
    let of_name = ["n", "an", "ian", "ese", "i"].map(|end| format!("{name}{end}"));
    let of_stem = ["an", "ian"].map(|end| format!("{stem}{end}"));
    of_name.into_iter().chain(of_stem).collect()
}

/// The names of the jurisdictions that an index holds.
#[derive(Default)]
pub struct Places {
    /// Words of each name and the code it stands for, by first word.
    by_first_word: HashMap<String, Vec<(Vec<String>, String)>>,
}

impl Places {
    /// Collects the names of these jurisdictions; that of a country stands for its parts too.
    pub fn of<'a>(jurisdictions: impl Iterator<Item = &'a Jurisdiction> + Clone) -> Self {
        let mut places = Self::default();
        for (code, names) in NAMES {
            if jurisdictions.clone().any(|known| within(&known.code, code)) {
                names.iter().for_each(|name| places.add(code, name));
            }
        }
        for (code, names) in ADJECTIVES {
            if jurisdictions.clone().any(|known| within(&known.code, code)) {
                names.iter().for_each(|name| places.add(code, name));
            }
        }
        for jurisdiction in jurisdictions {
            let code = jurisdiction.code.as_str();
            let name = jurisdiction.name.split('(').next().unwrap_or_default();
            // A body called by one common word, such as `Commonwealth`, is not meant by every query with that word.
            if code.split('-').next().is_some_and(|country| country.len() == 2) || cut(name).count() > 1 {
                places.add(code, name);
                // `Niger` must not take `Nigerian`: what a country has by its own name is not taken by another.
                for adjective in adjectives(name.trim()) {
                    let known = places.by_first_word.contains_key(&folded(&adjective));
                    if !known || adjective == format!("{}n", name.trim()) {
                        places.add(code, &adjective);
                    }
                }
            }
        }
        places
    }

    fn add(&mut self, code: &str, name: &str) {
        // Short abbreviations (`UK`) have to be written in capitals; all else in any case, with or without accents.
        let is_short = name.chars().count() <= 4 && name.chars().all(|c| c.is_ascii_uppercase());
        let words: Vec<String> = if is_short {
            vec![name.to_owned()]
        } else {
            cut(name).map(folded).collect()
        };
        if let Some(first) = words.first().cloned() {
            self.by_first_word
                .entry(first)
                .or_default()
                .push((words, code.to_owned()));
        }
    }

    /// Codes of the jurisdictions that a query calls by name. Of names inside one another the longest counts.
    pub fn called(&self, query: &str) -> Vec<&str> {
        let written: Vec<&str> = cut(query).take(MOST_WORDS).collect();
        let words: Vec<String> = written.iter().map(|word| folded(word)).collect();
        let (mut codes, mut at) = (Vec::new(), 0);
        while at < words.len() {
            let begin_here = self.by_first_word.get(&words[at]).into_iter().flatten();
            let as_written = self
                .by_first_word
                .get(written[at])
                .into_iter()
                .flatten()
                .filter(|(name, _)| name.len() == 1);
            let found = begin_here
                .filter(|(name, _)| words[at..].starts_with(name))
                .chain(as_written);
            match found.max_by_key(|(name, _)| name.len()) {
                Some((name, code)) => {
                    codes.push(code.as_str());
                    at += name.len();
                }
                None => at += 1,
            }
        }
        codes
    }
}

/// English name of the country with this ISO 3166-1 code.
pub fn country(code: &str) -> Option<&'static str> {
    let (_, names) = NAMES.iter().find(|(known, _)| *known == code)?;
    names.first().copied()
}

/// Whether a jurisdiction is the one with this code or a part of it.
pub fn within(code: &Code, whole: &str) -> bool {
    code.as_str()
        .strip_prefix(whole)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn cut(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// A word in small letters without accents.
fn folded(word: &str) -> String {
    let is_accent = |c: &char| ('\u{300}'..='\u{36f}').contains(c);
    word.to_lowercase().nfd().filter(|c| !is_accent(c)).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::Region;

    fn place(code: &str, name: &str) -> Jurisdiction {
        Jurisdiction {
            code: code.parse().unwrap(),
            name: name.to_owned(),
            region: Region::International,
            legal_system: None,
            languages: Vec::new(),
        }
    }

    #[test]
    fn finds_names_in_many_languages() {
        let known = [
            place("KE", "Kenya"),
            place("MX", "Mexico (federal)"),
            place("JO", "Jordan"),
            place("AU-NSW", "New South Wales (Australia)"),
            place("GB-ENG", "England and Wales"),
            place("COMMONWEALTH", "Commonwealth"),
        ];
        let places = Places::of(known.iter());
        for (query, codes) in [
            ("image abuse in kenya", vec!["KE"]),
            ("violencia digital en México o Mexico", vec!["MX", "MX"]),
            ("الابتزاز الإلكتروني في الأردن", vec!["JO"]),
            ("new south wales", vec!["AU-NSW"]),
            ("stalking, Wales", vec!["GB-ENG"]),
            ("UK stalking", vec!["GB"]),
            ("can a Kenyan court", vec!["KE"]),
            ("Mexican and Jordanian law", vec!["MX", "JO"]),
            ("British police", vec!["GB"]),
            ("commonwealth Brazil", vec![]),
        ] {
            assert_eq!(places.called(query), codes, "{query}");
        }
        assert!(within(&"GB-ENG".parse().unwrap(), "GB") && !within(&"GBX".parse().unwrap(), "GB"));
    }
}
