//! An analyzer per language: text -> the terms under which it is found.
//!
//! Words are cut and lower-cased, stop words left out, stems taken, and diacritics folded last, because the stop lists and
//! stemmers expect them; Arabic is folded first and stemmed by `arabic.rs`. Languages without a stemmer are folded only. The surface analyzer keeps every word unstemmed, for
//! phrases, prefixes and spelling.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tantivy::tokenizer::{Language, Stemmer, StopWordFilter, TextAnalyzer, Token, TokenFilter, TokenStream, Tokenizer};

use super::{arabic, fold, stop_words, words};

/// Name under which tantivy knows the surface analyzer.
pub const SURFACE: &str = "surface";

/// A term and where its word stands in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermAt {
    /// The term.
    pub term: String,
    /// Place of the word in the text, in bytes.
    pub range: std::ops::Range<usize>,
}

/// Turns text into terms for one language, or into surface words.
#[derive(Clone)]
pub struct Analyzer {
    tokenizer: TextAnalyzer,
}

impl Analyzer {
    /// The analyzer of a language by its BCP 47 code; unknown languages are folded only.
    pub fn of(language: &str) -> Self {
        // Made once for each language: reading the stop words takes longer than analysing a provision.
        static MADE: Mutex<BTreeMap<String, Analyzer>> = Mutex::new(BTreeMap::new());
        let primary = primary(language);
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = made.get(&primary) {
            return known.clone();
        }
        let analyzer = Self::made_of(Steps {
            stops: stop_words::of(&primary),
            stemmer: stemmer(&primary).map(Stemmer::new),
            arabic: primary == "ar",
            surface: false,
            folds: primary != "vi",
        });
        // Codes come from files, not from askers, but a limit costs nothing.
        if made.len() < 200 {
            made.insert(primary, analyzer.clone());
        }
        analyzer
    }

    /// Every word, folded and unstemmed.
    pub fn surface() -> Self {
        Self::made_of(Steps {
            stops: None,
            stemmer: None,
            arabic: false,
            surface: true,
            folds: true,
        })
    }

    fn made_of(steps: Steps) -> Self {
        Self {
            tokenizer: TextAnalyzer::from(steps),
        }
    }

    /// The same as tantivy takes it.
    pub fn tokenizer(&self) -> TextAnalyzer {
        self.tokenizer.clone()
    }

    /// Terms of `text` with their places.
    pub fn terms_at(&self, text: &str) -> Vec<TermAt> {
        let mut tokenizer = self.tokenizer.clone();
        let mut stream = tokenizer.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            let token = stream.token();
            terms.push(TermAt {
                term: token.text.clone(),
                range: token.offset_from..token.offset_to,
            });
        }
        terms
    }

    /// Terms of `text`.
    pub fn terms(&self, text: &str) -> Vec<String> {
        self.terms_at(text).into_iter().map(|found| found.term).collect()
    }
}

/// The language part of a BCP 47 code in lower case (`pt-BR` -> `pt`); empty codes count as English.
pub fn primary(language: &str) -> String {
    let part: String = language
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match part.as_str() {
        "" => "en".to_owned(),
        "nb" | "nn" => "no".to_owned(),
        _ if part.bytes().all(|b| b.is_ascii_alphanumeric()) => part,
        _ => "und".to_owned(),
    }
}

/// tantivy's stemmer of a language, where it has one.
pub(super) fn stemmer(primary: &str) -> Option<Language> {
    Some(match primary {
        "da" => Language::Danish,
        "nl" => Language::Dutch,
        "en" => Language::English,
        "fi" => Language::Finnish,
        "fr" => Language::French,
        "de" => Language::German,
        "el" => Language::Greek,
        "hu" => Language::Hungarian,
        "it" => Language::Italian,
        "no" => Language::Norwegian,
        "pt" => Language::Portuguese,
        "ro" => Language::Romanian,
        "ru" => Language::Russian,
        "es" => Language::Spanish,
        "sv" => Language::Swedish,
        "ta" => Language::Tamil,
        "tr" => Language::Turkish,
        _ => return None,
    })
}

/// The steps from text to terms.
#[derive(Clone)]
struct Steps {
    stops: Option<StopWordFilter>,
    stemmer: Option<Stemmer>,
    /// Our own stemmer instead of tantivy's.
    arabic: bool,
    surface: bool,
    folds: bool,
}

impl Steps {
    /// Words in lower case, diacritics kept.
    fn lowered(&self, text: &str) -> Vec<Token> {
        let mut tokens = Vec::new();
        for (position, word) in words::words(text).into_iter().enumerate() {
            let lower = if word.clipped && !self.surface {
                String::new()
            } else {
                fold::lower(&text[word.range.clone()])
            };
            if !lower.is_empty() {
                let (offset_from, offset_to) = (word.range.start, word.range.end);
                tokens.push(Token {
                    offset_from,
                    offset_to,
                    position,
                    text: lower,
                    position_length: 1,
                });
            }
        }
        tokens
    }
}

/// Runs a filter of tantivy's, which only wraps tokenizers, over tokens already made.
fn through(filter: impl TokenFilter, tokens: Vec<Token>) -> Vec<Token> {
    let mut wrapped = filter.transform(Made(tokens));
    let mut stream = wrapped.token_stream("");
    let mut passed = Vec::new();
    while stream.advance() {
        passed.push(std::mem::take(stream.token_mut()));
    }
    passed
}

impl Tokenizer for Steps {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens {
        let mut tokens = self.lowered(text);
        if let Some(stops) = &self.stops {
            tokens = through(stops.clone(), tokens);
        }
        if self.arabic {
            for token in &mut tokens {
                token.text = arabic::stem(&fold::without_diacritics(&token.text));
            }
        } else if let Some(stemmer) = &self.stemmer {
            tokens = through(stemmer.clone(), tokens);
        }
        for token in tokens.iter_mut().filter(|token| self.folds && !token.text.is_ascii()) {
            token.text = fold::without_diacritics(&token.text);
        }
        Tokens { tokens, next: 0 }
    }
}

/// Tokens already made.
#[derive(Clone)]
struct Made(Vec<Token>);

impl Tokenizer for Made {
    type TokenStream<'a> = Tokens;

    fn token_stream<'a>(&'a mut self, _text: &'a str) -> Tokens {
        Tokens {
            tokens: std::mem::take(&mut self.0),
            next: 0,
        }
    }
}

/// Tokens one after another.
pub struct Tokens {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for Tokens {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_meets_its_own_forms() {
        let alike = [
            ("en", "distributes intimate images", "distribution of an intimate image"),
            ("fr", "diffusion d'images intimes", "la diffusion de l'image intime"),
            ("es", "imágenes íntimas difundidas", "la imagen íntima difundida"),
            ("de", "die Verbreitung intimer Bilder", "Verbreitungen intimen Bildes"),
            ("ar", "الصور الخاصّة", "صور خاصة"),
            ("pt-BR", "imagens íntimas", "a imagem íntima"),
            ("ru", "распространение изображений", "распространения изображения"),
            ("nb", "bildene deles", "bilde delt"),
        ];
        for (language, one, other) in alike {
            let analyzer = Analyzer::of(language);
            let (one, other) = (analyzer.terms(one), analyzer.terms(other));
            assert!(
                one.iter().filter(|term| other.contains(term)).count() >= one.len() - 1,
                "{language}: {one:?} {other:?}"
            );
        }
    }

    #[test]
    fn surface_keeps_every_word() {
        assert_eq!(
            Analyzer::surface().terms("The Images, of VIOLACIÓN"),
            ["the", "images", "of", "violacion"]
        );
    }

    #[test]
    fn vietnamese_keeps_its_tones() {
        assert_ne!(
            Analyzer::of("vi").terms("hình phạt"),
            Analyzer::of("vi").terms("hinh phat")
        );
        assert_eq!(Analyzer::of("sw").terms("Picha za Utupu"), ["picha", "za", "utupu"]);
    }
}
