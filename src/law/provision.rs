//! One numbered unit of an instrument, or the like unit of a decision or note: what is searched, cited and compared.

use std::collections::BTreeMap;

use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::article::Article;
use super::closed_list::closed_list;
use super::element::{Answer, Element, ElementValue, Sanction, ValueType};
use super::instrument::Validity;
use super::topic::{Kind, Topic};

closed_list! {
    /// How far a fact may be trusted.
    Confidence, "confidence" {
        /// Read in the official text or a faithful copy.
        Primary = "primary",
        /// Its words read in an unofficial copy.
        Reproduced = "reproduced",
        /// Read in a reliable report.
        Secondary = "secondary",
        /// General knowledge, not verified.
        Recalled = "recalled",
    }
}

closed_list! {
    /// What sort of source it is.
    SourceKind, "kind of source" {
        /// Official publication.
        Official = "official",
        /// A court's own page.
        Court = "court",
        /// A UN or regional body.
        Body = "un-or-regional-body",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A law firm.
        LawFirm = "law-firm",
        /// Academic work.
        Academic = "academic",
        /// The press.
        News = "news",
        /// An encyclopedia.
        Encyclopedia = "encyclopedia",
        /// Anything else.
        Other = "other",
    }
}

closed_list! {
    /// Whose words the text is.
    TextKind, "kind of text" {
        /// Our own description; never to be quoted as the law.
        Summary = "summary",
        /// The official words, imported with their licence.
        Verbatim = "verbatim",
    }
}

/// Where a fact was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Address it was read at.
    pub url: String,
    /// What sort of source it is.
    pub kind: SourceKind,
    /// When it was read, where that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<super::date::PartialDate>,
}

/// A provision, a decision, or a passage of a note: the unit that is searched, shown and cited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Provision {
    /// Identifier: `document` or `document#anchor`.
    pub id: String,
    /// Identifier of the document it stands in.
    pub document: String,
    /// What kind of document that is.
    pub kind: Kind,
    /// The pinpoint exactly as written (`s 37(1)`); none for decisions and notes.
    pub pinpoint: Option<String>,
    /// Whether a citation may name the pinpoint.
    pub citable: bool,
    /// Its heading without the pinpoint; the title for a decision or a note's summary.
    pub heading: String,
    /// Headings above it inside the document, outermost first.
    pub path: Vec<String>,
    /// The text as plain paragraphs separated by a blank line.
    pub text: String,
    /// Variants and commentary, for articles of model laws; `text` is then what is to be enacted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<Article>,
    /// Whose words `text` is.
    pub text_kind: TextKind,
    /// BCP 47 code of the language of `text`.
    pub language: String,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// The facts by which it is compared.
    #[cfg_attr(feature = "serve", schema(value_type = BTreeMap<String, serde_json::Value>))]
    #[serde(deserialize_with = "elements")]
    pub elements: BTreeMap<Element, ElementValue>,
    /// Status and dates, for laws and instruments; none for decisions and notes.
    pub validity: Option<Validity>,
    /// How far it may be trusted; none for a note's summary, which rests on the notes of the laws.
    pub confidence: Option<Confidence>,
    /// Where it was read.
    pub sources: Vec<Source>,
    /// Line of its heading in the file, counted from 1.
    pub line: usize,
}

/// Identifier of the same document or provision in the original, of which `id` may be a version in another language:
/// without `.fr` in `model-laws/x.fr#art-1`; `id` itself where it is no version.
pub fn original_of(id: &str) -> String {
    let (document, anchor) = id
        .split_once('#')
        .map_or((id, None), |(document, anchor)| (document, Some(anchor)));
    let base = document.split_once('.').map_or(document, |(base, _)| base);
    match anchor {
        Some(anchor) => format!("{base}#{anchor}"),
        None => base.to_owned(),
    }
}

/// Reads elements back, each of the type that its key demands.
fn elements<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Element, ElementValue>, D::Error> {
    struct Elements;
    impl<'de> Visitor<'de> for Elements {
        type Value = BTreeMap<Element, ElementValue>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("elements and their values")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut elements = BTreeMap::new();
            while let Some(element) = map.next_key::<Element>()? {
                let value = map.next_value_seed(OfType(element.value_type()))?;
                if elements.insert(element, value).is_some() {
                    return Err(A::Error::custom(format!("`{element}` stands twice")));
                }
            }
            Ok(elements)
        }
    }
    deserializer.deserialize_map(Elements)
}

/// Reads one value of a known type.
struct OfType(ValueType);

impl<'de> DeserializeSeed<'de> for OfType {
    type Value = ElementValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<ElementValue, D::Error> {
        match self.0 {
            ValueType::Answer => Answer::deserialize(deserializer).map(ElementValue::Answer),
            ValueType::Whole => u32::deserialize(deserializer).map(ElementValue::Whole),
            ValueType::Sanction => Sanction::deserialize(deserializer).map(ElementValue::Sanction),
            ValueType::Phrase => String::deserialize(deserializer).map(ElementValue::Phrase),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_json() {
        let json = r#"{"id":"legislation/xa/act#s-1","document":"legislation/xa/act","kind":"legislation","pinpoint":"s 1",
            "citable":true,"heading":"H","path":[],"text":"T","text_kind":"summary","language":"en","topics":["doxing"],
            "elements":{"conduct":"yes","motive_required":"no","max_imprisonment_months":24,
            "max_fine":{"amount":200000.5,"currency":"KES"}},
            "validity":{"status":"struck down","enacted":"2018","in_force":null,"until":"2026-03-06"},
            "confidence":"primary","sources":[{"url":"https://example.org","kind":"official"}],"line":3}"#;
        let provision: Provision = serde_json::from_str(json).unwrap();
        assert_eq!(
            provision.elements[&Element::Conduct],
            ElementValue::Phrase("yes".to_owned())
        );
        assert_eq!(
            provision.elements[&Element::MotiveRequired],
            ElementValue::Answer(Answer::No)
        );
        let again: Provision = serde_json::from_str(&serde_json::to_string(&provision).unwrap()).unwrap();
        assert_eq!(again, provision);
        for wrong in [
            ("\"no\"", "\"never\""),
            ("24", "\"two years\""),
            ("motive_required", "motive"),
        ] {
            assert!(
                serde_json::from_str::<Provision>(&json.replacen(wrong.0, wrong.1, 1)).is_err(),
                "{wrong:?}"
            );
        }
    }
}
