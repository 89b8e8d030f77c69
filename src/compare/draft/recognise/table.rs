//! How the tables of words are written, and found in a provision.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::compare::draft::words::{Match, Patterns, Words};
use crate::law::Element;

/// The languages that the tables know.
pub(in crate::compare::draft) const LANGUAGES: [&str; 5] = ["en", "fr", "es", "pt", "ar"];

/// What is said by words that are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// The element, with yes.
    Yes,
    /// The element, with no.
    No,
    /// The element, in the draft's own words.
    Words,
}

/// Words by which an element is recognised, in each language in the order of [`LANGUAGES`].
pub(super) struct Rule {
    pub element: Element,
    pub says: Says,
    /// Whether the provision must be on intimate images or be about a person's body, too.
    pub on_images: bool,
    pub words: [&'static [&'static str]; 5],
}

/// A rule that needs nothing else.
pub(super) const fn rule(element: Element, says: Says, words: [&'static [&'static str]; 5]) -> Rule {
    Rule {
        element,
        says,
        on_images: false,
        words,
    }
}

/// A rule that holds in provisions on intimate images alone.
pub(super) const fn on_images(element: Element, says: Says, words: [&'static [&'static str]; 5]) -> Rule {
    Rule {
        element,
        says,
        on_images: true,
        words,
    }
}

/// A list of words in each language, in the order of [`LANGUAGES`].
pub(super) type WordList = [&'static [&'static str]; 5];

/// Patterns of one list for each language.
pub(super) struct ByLanguage(Vec<Patterns>);

impl ByLanguage {
    /// Reads a list; what is found bears the number 0.
    pub fn of(list: &WordList) -> Self {
        Self::tagged(&[list])
    }

    /// Reads lists; what is found bears the number of its list.
    pub fn tagged(lists: &[&WordList]) -> Self {
        let of = |at: usize| {
            let tagged = lists.iter().enumerate();
            Patterns::of(tagged.flat_map(|(tag, list)| list[at].iter().map(move |words| (*words, tag))))
        };
        Self((0..LANGUAGES.len()).map(of).collect())
    }

    /// The patterns of a language that the tables know.
    pub fn language(&self, language: &str) -> Option<&Patterns> {
        self.0.get(LANGUAGES.iter().position(|known| *known == language)?)
    }
}

/// Rules that were found in a text, with the places: by the rule's number.
pub(super) fn found(rules: &ByLanguage, text: &Words<'_>, language: &str) -> BTreeMap<usize, Vec<Match>> {
    let mut found: BTreeMap<usize, Vec<Match>> = BTreeMap::new();
    for one in rules
        .language(language)
        .map(|rules| rules.find(text))
        .unwrap_or_default()
    {
        found.entry(one.tag).or_default().push(one);
    }
    found
}

/// Words that show that a provision is on intimate images.
static IMAGES: LazyLock<ByLanguage> = LazyLock::new(|| ByLanguage::of(&IMAGE_WORDS));

const IMAGE_WORDS: WordList = [
    &[
        "intimate|sexual|private|nude* … image*|photo*|video*|recording*|material|content",
        "nude*|naked",
        "image*|photo*|video*|recording* … intimate|sexual|nud*|private",
    ],
    &["image*|photo*|video*|enregistrement*|contenu*|parole* … intim*|sexuel*|nu|nue|prive*"],
    &["imagen*|foto*|video*|grabacion*|material|contenido* … intim*|sexual*|desnud*|privad*"],
    &["imagem|imagens|foto*|video*|registro*|conteudo*|cena* … intim*|sexual|sexuais|nude*|nudez"],
    &[
        "صور* … خاص*|حميم*|جنسي*|عاري*",
        "صور|صورة|فيديو|تسجيل|محتوي … حميم*|جنسي*|خاص*|عاري*",
        "محتوي|مقطع|مقاطع … جنسي*|حميم*",
    ],
];

/// Whether a provision is on intimate images.
pub(super) fn is_on_images(text: &Words<'_>, language: &str) -> bool {
    let patterns = IMAGES.language(language);
    patterns.is_some_and(|patterns| !patterns.find(text).is_empty())
}
