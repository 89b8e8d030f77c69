//! Answers: provisions found, why they were found, and what was counted.

use serde::Serialize;

use crate::index::keyword::{Facets, Snippet};
use crate::law::{Confidence, InForce, Kind, Topic, Validity};
use crate::search::{CalledTopic, Mode, TopicShare};

/// What a search gives back.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Answer {
    /// The mode that ran; differs from the one asked for where there is no model.
    pub mode: Mode,
    /// How many provisions were found, over all pages.
    pub total: usize,
    /// This page, best first; empty when grouped.
    pub hits: Vec<Hit>,
    /// This page by jurisdiction, when grouped.
    pub groups: Vec<Group>,
    /// The best articles of our model laws on this, on the first page; they are no law, and are among the hits only if
    /// they were asked for (`kind=model-law`, or a model law's name).
    pub model_articles: Vec<Hit>,
    /// Topics that the question calls by one of their labels; they widen a question of plain words.
    pub topics: Vec<CalledTopic>,
    /// How far the question is on each topic, called or near in meaning, largest first; empty where it was not widened.
    pub topic_shares: Vec<TopicShare>,
    /// Counts over all that was found.
    pub facets: Facets,
    /// What the asker should know: no model, parts of the query that were searched as plain words …
    pub notes: Vec<String>,
    /// The query with misspelt words mended, where that is likely to help.
    pub did_you_mean: Option<String>,
    /// Number of the generation of the index that answered.
    pub generation: u32,
    /// Fingerprint of the corpus it was built from.
    pub corpus: String,
    /// Where the time went.
    pub took_ms: Took,
}

/// Where the time of a search went, in milliseconds.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Took {
    /// Turning the query into a vector.
    pub embed: f64,
    /// The keyword leg.
    pub keyword: f64,
    /// The vector leg without the embedding.
    pub vector: f64,
    /// Everything.
    pub total: f64,
}

/// The hits of one jurisdiction.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Group {
    /// Code of the jurisdiction; none for our own model laws.
    pub jurisdiction: Option<String>,
    /// Its name.
    pub name: String,
    /// How many provisions of it were found.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// One provision found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Hit {
    /// Place over all pages, from 1.
    pub rank: usize,
    /// Identifier of the provision.
    pub id: String,
    /// Identifier of its document.
    pub document: String,
    /// Title of its document.
    pub title: String,
    /// Code of the jurisdiction.
    pub jurisdiction: Option<String>,
    /// Name of the jurisdiction.
    pub jurisdiction_name: Option<String>,
    /// What kind of document it stands in.
    pub kind: Kind,
    /// The pinpoint as written.
    pub pinpoint: Option<String>,
    /// Whether a citation may name the pinpoint.
    pub citable: bool,
    /// Its heading.
    pub heading: String,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// Status and dates.
    pub validity: Option<Validity>,
    /// Whether it was in force on the day asked for, or today; none for decisions and notes.
    pub in_force_on_date: Option<InForce>,
    /// How far it may be trusted.
    pub confidence: Option<Confidence>,
    /// True where nobody has verified it (`recalled`); such hits rank behind all others.
    pub unverified: bool,
    /// The best passage.
    pub snippet: Snippet,
    /// The score by which it was ranked; comparable within one answer only.
    pub score: f32,
    /// Why it was found, when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
}

/// Rank and score in one leg.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Leg {
    /// Place in this leg, from 1.
    pub rank: usize,
    /// The leg's own score: BM25, or cosine similarity.
    pub score: f32,
    /// Weight of the leg in the fusion of this query.
    pub weight: f32,
}

/// Why a provision was found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Why {
    /// By words.
    pub keyword: Option<Leg>,
    /// By meaning.
    pub vector: Option<Leg>,
    /// By a pinpoint, number or name in the query, and how well it fits: 4 the pinpoint in the law that is named, 3 the unit
    /// around it, 2 the law or the pinpoint alone, 1 the unit around the pinpoint. Such hits come first, the best fit before.
    pub reference: Option<u8>,
    /// Whether it is of a jurisdiction that the query calls by name; such hits stand before the rest.
    pub in_named_jurisdiction: bool,
    /// By what factor its score grew because it is on a topic of the question; 1 where it did not, or not in hybrid mode.
    pub topic_factor: f32,
    /// The score of the legs joined, with that factor, in hybrid mode.
    pub fused: Option<f32>,
    /// Words and phrases of the query that stand in it.
    pub matched_words: Vec<String>,
    /// Topics of it that the query names.
    pub matched_topics: Vec<Topic>,
    /// The filters that it passed, as `field: value`.
    pub filters: Vec<String>,
}

/// Provisions of other jurisdictions that are like one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Similar {
    /// The provision to which the others are like.
    pub id: String,
    /// Its jurisdiction, which is left out.
    pub jurisdiction: Option<String>,
    /// Other jurisdictions, the one with the most similar provision first.
    pub groups: Vec<SimilarGroup>,
    /// What the asker should know, as where there are no vectors.
    pub notes: Vec<String>,
}

/// Provisions of one jurisdiction that are like the given one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct SimilarGroup {
    /// Code of the jurisdiction; none for our own model laws.
    pub jurisdiction: Option<String>,
    /// Its name.
    pub name: String,
    /// The most similar of its provisions.
    pub hits: Vec<SimilarHit>,
}

/// A provision that is like the given one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct SimilarHit {
    /// Cosine of the two texts' vectors.
    pub similarity: f32,
    /// Topics that both are about.
    pub shared_topics: Vec<Topic>,
    /// The provision.
    pub hit: Hit,
}
