//! A light stemmer for Arabic: takes off the article with what is written on to it, and the commonest endings.
//!
//! After Larkey, Ballesteros and Connell (light10), as search engines use it. tantivy's Arabic stemmer leaves many words with
//! their conjunction or article, and ranks the rulings of the test set worse.

/// Prefixes, the longest first.
const PREFIXES: [&str; 7] = ["وال", "بال", "كال", "فال", "ال", "لل", "و"];
/// Suffixes, in the order in which they are taken off.
const SUFFIXES: [&str; 10] = ["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"];

/// The stem of a word whose letters have been folded.
pub fn stem(word: &str) -> String {
    let mut stem = word;
    let letters = |text: &str| text.chars().count();
    for prefix in PREFIXES {
        let least = if prefix == "و" { 3 } else { 2 };
        if let Some(rest) = stem.strip_prefix(prefix).filter(|rest| letters(rest) >= least) {
            stem = rest;
            break;
        }
    }
    for suffix in SUFFIXES {
        if let Some(rest) = stem.strip_suffix(suffix).filter(|rest| letters(rest) >= 2) {
            stem = rest;
        }
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fold::{lower, without_diacritics};

    #[test]
    fn article_conjunction_and_endings_go() {
        for (written, stem) in [
            ("والمحكمة", "محكم"),
            ("للصور", "صور"),
            ("المتقاعدين", "متقاعد"),
            ("صورهم", "صورهم"),
            ("من", "من"),
            ("وال", "وال"),
        ] {
            assert_eq!(super::stem(&without_diacritics(&lower(written))), stem, "{written}");
        }
    }
}
