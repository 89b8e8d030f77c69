//! What the program says of a draft: a plain value.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::compare::comparable::Degree;
use crate::compare::draft::recognise::{FoundWords, Recognised};
use crate::compare::grid::{ArticleName, ComparedProvision};
use crate::compare::value::Range;
use crate::compare::wording::Passage;
use crate::law::closed_list;
use crate::law::{Code, Element, ElementValue, PartialDate, Topic};

/// A draft set against model laws and the law of other countries.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct DraftReport {
    /// Language of the draft (BCP 47), where it is one whose words the program knows.
    pub language: Option<String>,
    /// Its words.
    pub words: usize,
    /// Its provisions in their order.
    pub sections: Vec<SectionReport>,
    /// What it is about, its chief topics first.
    pub topics: Vec<Topic>,
    /// Model articles that no provision of the draft answers to, those of the chief model law and on its topics first, then by weight.
    pub missing_articles: Vec<LackingArticle>,
    /// Elements that model articles ask for and no provision was seen to state, the weightiest first.
    pub missing_elements: Vec<MissingElement>,
    /// Values that stand out from those of other countries.
    pub unusual: Vec<Unusual>,
    /// What to look at, the weightiest first; each points to a model article or to the countries it rests on.
    pub suggestions: Vec<Suggestion>,
    /// Codes of the jurisdictions it was set against.
    #[cfg_attr(feature = "serve", schema(value_type = Vec<String>))]
    pub jurisdictions: Vec<Code>,
    /// Every provision named, by identifier.
    pub provisions: BTreeMap<String, ComparedProvision>,
    /// The day on which law must have been in force.
    pub as_of: PartialDate,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// Number of the generation of the index that answered.
    pub generation: u32,
    /// Fingerprint of the corpus it was built from.
    pub corpus: String,
    /// How long it took, in milliseconds.
    pub took_ms: f64,
}

/// One provision of the draft.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct SectionReport {
    /// Its place among the provisions, counted from 1.
    pub number: usize,
    /// Its pinpoint, as the draft numbers it.
    pub pinpoint: Option<String>,
    /// Its heading; empty where it has none.
    pub heading: String,
    /// Headings above it, outermost first.
    pub path: Vec<String>,
    /// Its text as the draft has it, to which all places refer.
    pub text: String,
    /// Line of the draft on which it begins, counted from 1.
    pub line: usize,
    /// Where it begins in the draft, in characters.
    pub start: usize,
    /// Where it ends, the end not included.
    pub end: usize,
    /// Its language, where the program knows its words.
    pub language: Option<String>,
    /// What it is about, the chief topic first.
    pub topics: Vec<SectionTopic>,
    /// What it states, with the words that show it.
    pub elements: Vec<Recognised>,
    /// Model articles that it answers to, the nearest first.
    pub articles: Vec<AlignedArticle>,
    /// What the nearest model article asks for, element by element.
    pub asked: Vec<AskedElement>,
    /// The nearest provisions of other countries.
    pub nearest: Vec<NearProvision>,
}

/// A topic of a provision, and how it was seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct SectionTopic {
    /// The topic.
    pub topic: Topic,
    /// How much of the provision is on it, 0 to 1.
    pub share: f32,
    /// The words that call it; none where it was seen by meaning.
    pub by: Option<FoundWords>,
}

/// A model article that a provision of the draft answers to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct AlignedArticle {
    /// The article.
    #[serde(flatten)]
    pub article: ArticleName,
    /// Its topics, the chief one first.
    pub topics: Vec<Topic>,
    /// How closely.
    pub degree: Degree,
    /// Why, in words.
    pub reason: String,
    /// How near, 0 to 1, by topics, meaning, words and elements together.
    pub nearness: f32,
    /// Identifier of the text of the article that the wording was compared with: the article itself, or its version in the
    /// language of the draft; none where there is none in that language.
    pub wording: Option<String>,
    /// Passages that it shares with that text word by word or nearly so.
    pub passages: Vec<Passage>,
}

closed_list! {
    /// What became of an element that a model article asks for.
    AskedState, "state of an element asked for" {
        /// The provision states it.
        Stated = "stated",
        /// It says otherwise than the article.
        Differs = "differs",
        /// Another provision of the draft states it.
        Elsewhere = "elsewhere",
        /// Its words could not be read for certain.
        Unread = "unread",
        /// It was not recognised: the draft may lack it, or say it in words that the program does not know.
        NotRecognised = "not recognised",
    }
}

/// An element that a model article asks for.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct AskedElement {
    /// The element.
    pub element: Element,
    /// What the article says of it.
    #[cfg_attr(feature = "serve", schema(value_type = serde_json::Value))]
    pub asked: ElementValue,
    /// What the element counts for.
    pub weight: f64,
    /// What became of it.
    pub state: AskedState,
    /// Provisions of the draft that state it, by their number.
    pub sections: Vec<usize>,
}

/// A provision of a country that is near to one of the draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct NearProvision {
    /// Code of the jurisdiction.
    #[cfg_attr(feature = "serve", schema(value_type = String))]
    pub jurisdiction: Code,
    /// Its identifier, described in `provisions`.
    pub provision: String,
    /// How closely.
    pub degree: Degree,
    /// Why, in words.
    pub reason: String,
    /// Cosine of both texts, where there is a model.
    pub similarity: Option<f32>,
}

/// A model article that nothing in the draft answers to.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct LackingArticle {
    /// The article.
    #[serde(flatten)]
    pub article: ArticleName,
    /// Its topics.
    pub topics: Vec<Topic>,
    /// Whether it is on a topic of the draft.
    pub on_topic: bool,
    /// Whether it is of the model law that most provisions of the draft answer to.
    pub of_chief_law: bool,
    /// Weight of its elements together.
    pub weight: f64,
}

/// An element that is asked for and that no provision was seen to state.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct MissingElement {
    /// The element.
    pub element: Element,
    /// What it counts for.
    pub weight: f64,
    /// Provisions of the draft in which it would stand, by their number.
    pub sections: Vec<usize>,
    /// Identifiers of the model articles that ask for it.
    pub articles: Vec<String>,
}

/// A value far from those of other countries.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Unusual {
    /// Provision of the draft, by its number.
    pub section: usize,
    /// The element.
    pub element: Element,
    /// What the draft says.
    #[cfg_attr(feature = "serve", schema(value_type = serde_json::Value))]
    pub value: ElementValue,
    /// The words that say it.
    pub by: Vec<FoundWords>,
    /// Whether it is above the range of the others; otherwise below.
    pub above: bool,
    /// The values of the others, and who holds the ends.
    pub range: Range,
    /// Topics on which they were compared.
    pub topics: Vec<Topic>,
    /// Whether all jurisdictions were compared, because too few of those chosen have a value.
    pub all_jurisdictions: bool,
    /// Why it stands out, in words.
    pub reason: String,
}

/// Something to look at.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Suggestion {
    /// Provision of the draft, by its number; none where a whole article is missing.
    pub section: Option<usize>,
    /// Identifier of the model article to look at.
    pub article: Option<String>,
    /// The element, where it is about one.
    pub element: Option<Element>,
    /// What to look at, in a sentence.
    pub text: String,
    /// What it counts for.
    pub weight: f64,
}
