//! Function words of a query in another language than most texts.
//!
//! In English notes `de` and `la` are rare, so that BM25 would rank a Spanish question by them. A query that has two or more
//! stop words of some language, and more of them than of the language of most texts, is taken to be in that language.

use super::analysis::Analyzer;

/// Languages with a list of stop words, the more frequent first.
const LISTED: [&str; 17] = [
    "en", "es", "fr", "pt", "de", "ar", "ru", "it", "nl", "tr", "ro", "el", "sv", "da", "no", "fi", "hu",
];
/// Words that are looked at; a longer query tells no more.
const LOOKED_AT: usize = 40;

/// The analyzer of the query's language, if it is not `own` and so its stop words have to be left out apart.
pub fn analyzer_of<'a>(words: impl Iterator<Item = &'a str>, own: &str) -> Option<Analyzer> {
    beside(words, Some(own)).map(Analyzer::of)
}

/// The language of which the words have two or more stop words, and more than of any other.
pub fn language_of<'a>(words: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    beside(words, None)
}

/// The language of which the words have most stop words, if these are two or more, and more than they have of `own`.
fn beside<'a>(words: impl Iterator<Item = &'a str>, own: Option<&str>) -> Option<&'static str> {
    let words: Vec<&str> = words.take(LOOKED_AT).collect();
    let stops = |language: &str| {
        let analyzer = Analyzer::of(language);
        words.iter().filter(|word| analyzer.terms(word).is_empty()).count()
    };
    let mut best = (own.map_or(0, stops).max(1), None);
    for language in LISTED.into_iter().filter(|language| Some(*language) != own) {
        let count = if words.len() > 1 { stops(language) } else { 0 };
        if count > best.0 {
            best = (count, Some(language));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_by_their_small_words() {
        let foreign = |text: &str| analyzer_of(text.split(' '), "en");
        assert!(foreign("ley de la violencia digital").is_some_and(|analyzer| analyzer.terms("de").is_empty()));
        assert!(foreign("die Verbreitung von Bildern ohne Einwilligung").is_some());
        for english in [
            "women die online",
            "the right to be forgotten in la paz",
            "deepfake",
            "sharing nudes without consent",
        ] {
            assert!(foreign(english).is_none(), "{english}");
        }
    }
}
