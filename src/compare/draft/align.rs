//! Which model articles a provision of a draft answers to, and which provisions of other countries are near to it.

use std::collections::{BTreeSet, HashMap};

use crate::compare::comparable::Degree;
use crate::compare::draft::Part;
use crate::compare::draft::report::{AlignedArticle, NearProvision};
use crate::compare::draft::unusual::Law;
use crate::compare::facts::{Facts, Held};
use crate::compare::grid::ArticleName;
use crate::compare::standing::Standing;
use crate::compare::wording;
use crate::index::keyword::{Analyzer, KeywordError, KeywordIndex};
use crate::law::{Code, Element, Provision, Topic};
use crate::search::Alike;

/// Articles that one provision may answer to.
const MOST_ARTICLES: usize = 3;
/// An article counts from this nearness, and from this share of the nearest one's.
const NEAR_ENOUGH: f32 = 0.4;
/// The same without a model, where nothing counts for meaning.
const NEAR_ENOUGH_BY_WORDS: f32 = 0.22;
const BESIDE_THE_NEAREST: f32 = 0.85;
/// Standard deviations above the mean that count as nearest of all.
const FARTHEST_OUT: f32 = 6.0;
/// Cosine of words that counts as the same wording.
const SAME_WORDS: f32 = 0.6;
/// Cosine of words from which they alone join two texts.
const LIKE_WORDS: f32 = 0.2;
/// Share of common words from which headings join a provision and an article, and what the same heading counts for.
const SAME_HEADING: f32 = 0.6;
const SAME_HEADING_COUNTS: f32 = 0.3;
/// Where a likeness of meaning alone begins to say something, as in grids.
const SIMILAR_FROM: f32 = 3.0;
const WEAK_FROM: f32 = 2.0;
/// Provisions of other countries shown of one provision of the draft.
const MOST_NEAR: usize = 12;

/// Likeness by meaning of one provision of the draft to everything, by the numbers of the index.
pub(super) type Likeness = HashMap<u32, Alike>;

/// An article, in the language of the draft where there is such a version.
pub(super) struct ArticleText<'a> {
    /// The article, with its facts.
    pub held: &'a Held,
    /// The version that is compared: the original, or one in another language.
    version: Provision,
    heading: Vec<String>,
    words: HashMap<String, f32>,
}

/// The words of every article, to which drafts in the same language are compared.
pub(super) struct ArticleWords<'a> {
    articles: Vec<ArticleText<'a>>,
    rarity: HashMap<String, f32>,
}

impl<'a> ArticleWords<'a> {
    /// Reads the articles of all model laws, or of one, as a draft in a language is compared with them.
    ///
    /// # Errors
    /// When the index fails.
    pub fn of(
        facts: &'a Facts,
        model_law: Option<&str>,
        language: Option<&str>,
        keyword: &KeywordIndex,
    ) -> Result<Self, KeywordError> {
        let chosen = facts
            .models()
            .iter()
            .filter(|model| model_law.is_none_or(|id| model.document.id == id));
        let mut articles = Vec::new();
        for held in chosen.flat_map(|model| &model.articles) {
            let version = version(&held.provision, language, keyword)?;
            let text = format!("{}\n{}", version.heading, version.text);
            articles.push(ArticleText {
                heading: Analyzer::of(&version.language).terms(&version.heading),
                words: counts(&text, &version.language),
                version,
                held,
            });
        }
        let mut rarity: HashMap<String, f32> = HashMap::new();
        for term in articles.iter().flat_map(|article| article.words.keys()) {
            *rarity.entry(term.clone()).or_default() += 1.0;
        }
        let all = articles.len() as f32;
        rarity.values_mut().for_each(|count| *count = (1.0 + all / *count).ln());
        for article in &mut articles {
            article.words = normal(std::mem::take(&mut article.words), &rarity);
        }
        Ok(Self { articles, rarity })
    }

    /// The articles in their order.
    pub fn articles(&self) -> impl Iterator<Item = &'a Held> + '_ {
        self.articles.iter().map(|article| article.held)
    }

    /// The words of a text in a language, weighted as those of the articles are.
    fn weighted(&self, text: &str, language: &str) -> HashMap<String, f32> {
        normal(counts(text, language), &self.rarity)
    }
}

/// An article in a language, where its model law has a version in it; else the original.
fn version(article: &Provision, language: Option<&str>, keyword: &KeywordIndex) -> Result<Provision, KeywordError> {
    let translated = language
        .filter(|language| *language != article.language)
        .and_then(|language| {
            let (document, anchor) = article.id.split_once('#')?;
            Some(format!("{document}.{language}#{anchor}"))
        });
    match translated.map(|id| keyword.ordinal(&id)).transpose()?.flatten() {
        Some(ordinal) => keyword.record(ordinal),
        None => Ok(article.clone()),
    }
}

/// How many words two headings share, of all that they have.
fn headings_alike(own: &[String], other: &[String]) -> f32 {
    let shared = own.iter().filter(|term| other.contains(term)).count() as f32;
    let all = (own.len() + other.len()) as f32 - shared;
    if all == 0.0 { 0.0 } else { shared / all }
}

fn counts(text: &str, language: &str) -> HashMap<String, f32> {
    let mut counts: HashMap<String, f32> = HashMap::new();
    for term in Analyzer::of(language).terms(text) {
        *counts.entry(term).or_default() += 1.0;
    }
    counts
}

/// Weighted by rarity and brought to length 1; words of no article are left out.
fn normal(counts: HashMap<String, f32>, rarity: &HashMap<String, f32>) -> HashMap<String, f32> {
    let weighted = |(term, count): (String, f32)| {
        let weight = (1.0 + count.ln()) * rarity.get(&term)?;
        Some((term, weight))
    };
    let mut weights: HashMap<String, f32> = counts.into_iter().filter_map(weighted).collect();
    let length = weights.values().map(|weight| weight * weight).sum::<f32>().sqrt();
    if length > 0.0 {
        weights.values_mut().for_each(|weight| *weight /= length);
    }
    weights
}

/// One article, by the signs that it is what a provision answers to.
struct Candidate<'c, 'a> {
    article: &'c ArticleText<'a>,
    topics: f32,
    deviations: Option<f32>,
    words: f32,
    heading: f32,
    elements: f32,
    nearness: f32,
}

/// The articles that a provision answers to, the nearest first.
pub(super) fn articles(part: &Part<'_>, words: &ArticleWords<'_>, likeness: &Likeness) -> Vec<AlignedArticle> {
    let language = part.language.as_deref().unwrap_or("und");
    let (own, heading) = (
        words.weighted(part.text, language),
        Analyzer::of(language).terms(part.heading),
    );
    let compared = |article: &ArticleText<'_>| {
        if article.version.language != language {
            return (0.0, 0.0);
        }
        let cosine = own
            .iter()
            .filter_map(|(term, weight)| Some(weight * article.words.get(term)?))
            .sum();
        (cosine, headings_alike(&heading, &article.heading))
    };
    let mut candidates: Vec<Candidate<'_, '_>> = words
        .articles
        .iter()
        .map(|article| candidate(part, article, compared(article), likeness))
        .filter(|one| one.nearness >= enough(one) && (one.topics > 0.0 || stands_out(one)))
        .collect();
    let id = |one: &Candidate<'_, '_>| one.article.held.provision.id.clone();
    candidates.sort_by(|a, b| b.nearness.total_cmp(&a.nearness).then_with(|| id(a).cmp(&id(b))));
    let best = candidates.first().map_or(0.0, |one| one.nearness);
    candidates.retain(|one| one.nearness >= best * BESIDE_THE_NEAREST);
    candidates.truncate(MOST_ARTICLES);
    candidates.iter().map(|one| aligned(part, one)).collect()
}

/// The nearness from which an article counts.
fn enough(one: &Candidate<'_, '_>) -> f32 {
    match one.deviations {
        Some(_) => NEAR_ENOUGH,
        None => NEAR_ENOUGH_BY_WORDS,
    }
}

/// Whether meaning or words alone join the two.
fn stands_out(one: &Candidate<'_, '_>) -> bool {
    one.deviations.is_some_and(|far| far >= SIMILAR_FROM) || one.words >= LIKE_WORDS || one.heading >= SAME_HEADING
}

fn candidate<'c, 'a>(
    part: &Part<'_>,
    article: &'c ArticleText<'a>,
    (words, heading): (f32, f32),
    likeness: &Likeness,
) -> Candidate<'c, 'a> {
    let held = article.held;
    let provision = &held.provision;
    let on = part
        .topics
        .iter()
        .filter(|topic| provision.topics.contains(&topic.topic));
    let topics = on.map(|topic| topic.share).fold(0.0, f32::max);
    // An article on one topic is nearer to a provision on it than one on five.
    let narrow = 1.0 / (provision.topics.len().max(1) as f32).sqrt();
    let asked = provision.elements.len().max(1) as f32;
    let stated = provision
        .elements
        .keys()
        .filter(|element| states(part, **element))
        .count() as f32;
    let deviations = likeness.get(&held.ordinal).map(|alike| alike.deviations);
    let meaning = deviations.map(|far| (far / FARTHEST_OUT).clamp(0.0, 1.0));
    let same_words = (words / SAME_WORDS).min(1.0);
    let by_topic = topics * (0.6 + 0.4 * narrow);
    let elements = stated / asked;
    let nearness = match meaning {
        Some(meaning) => 0.35 * by_topic + 0.35 * meaning + 0.2 * same_words + 0.1 * elements,
        None => 0.5 * by_topic + 0.35 * same_words + 0.15 * elements,
    };
    Candidate {
        article,
        topics,
        deviations,
        words,
        heading,
        elements,
        nearness: (nearness + SAME_HEADING_COUNTS * heading).min(1.0),
    }
}

fn states(part: &Part<'_>, element: Element) -> bool {
    part.elements.iter().any(|one| one.element == element)
}

fn aligned(part: &Part<'_>, one: &Candidate<'_, '_>) -> AlignedArticle {
    let (provision, version) = (&one.article.held.provision, &one.article.version);
    let degree = match (one.topics > 0.0, one.elements > 0.0) {
        (true, true) => Degree::SameElementAndTopic,
        (true, false) => Degree::SameTopic,
        _ if one.deviations.is_none_or(|far| far >= SIMILAR_FROM) => Degree::SimilarWording,
        _ => Degree::Weak,
    };
    let mut why = Vec::new();
    let shared: Vec<String> = part
        .topics
        .iter()
        .filter(|topic| provision.topics.contains(&topic.topic))
        .map(|topic| topic.topic.label())
        .collect();
    if !shared.is_empty() {
        why.push(format!("both on {}", shared.join(", ")));
    }
    why.extend(
        one.deviations
            .map(|far| format!("meaning {far:.1} standard deviations above the mean")),
    );
    if one.words >= 0.05 {
        why.push(format!("words {:.0} % alike", one.words * 100.0));
    }
    if one.heading >= SAME_HEADING {
        why.push("alike headings".to_owned());
    }
    if one.elements > 0.0 {
        why.push(format!("{:.0} % of its elements recognised", one.elements * 100.0));
    }
    let is_same_language = part.language.as_deref() == Some(version.language.as_str());
    AlignedArticle {
        article: ArticleName::of(one.article.held),
        topics: provision.topics.clone(),
        degree,
        reason: why.join("; "),
        nearness: (one.nearness * 1000.0).round() / 1000.0,
        wording: is_same_language.then(|| version.id.clone()),
        passages: if is_same_language {
            wording::passages(part.text, &version.text, &version.language)
        } else {
            Vec::new()
        },
    }
}

/// The best provision of each of these jurisdictions, the nearest first.
pub(super) fn nearest(
    part: &Part<'_>,
    law: &Law<'_>,
    chosen: &BTreeSet<Code>,
    likeness: &Likeness,
) -> Vec<NearProvision> {
    let of_chosen = law.iter().filter(|(code, _)| chosen.contains(code));
    let best = of_chosen.filter_map(|(code, held)| {
        let near = held
            .iter()
            .filter_map(|(held, standing)| near(part, held, standing, likeness));
        let best = near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.provision.id.cmp(&a.1.provision.id)))?;
        Some((best, code))
    });
    let mut all: Vec<((f32, &Held), &Code)> = best.collect();
    all.sort_by(|a, b| b.0.0.total_cmp(&a.0.0).then(a.1.cmp(b.1)));
    all.truncate(MOST_NEAR);
    all.into_iter()
        .map(|((_, held), code)| described(part, held, code, likeness))
        .collect()
}

/// How near a provision of a country is; none where nothing joins the two.
fn near<'a>(part: &Part<'_>, held: &'a Held, standing: &Standing, likeness: &Likeness) -> Option<(f32, &'a Held)> {
    let far = likeness.get(&held.ordinal).map(|alike| alike.deviations);
    let topics = shares(part, held);
    if topics == 0.0 && far.is_none_or(|far| far < WEAK_FROM) {
        return None;
    }
    let stated = held
        .provision
        .elements
        .keys()
        .filter(|element| states(part, **element))
        .count() as f32;
    let standing = match standing {
        Standing::Fills => 0.2,
        Standing::Partly(_) => 0.1,
        Standing::Beside(_) => 0.0,
    };
    Some((
        topics + far.unwrap_or(0.0) / FARTHEST_OUT + 0.03 * stated.min(10.0) + standing,
        held,
    ))
}

fn shares(part: &Part<'_>, held: &Held) -> f32 {
    let on = part
        .topics
        .iter()
        .filter(|topic| held.provision.topics.contains(&topic.topic));
    on.map(|topic| topic.share).fold(0.0, f32::max)
}

fn described(part: &Part<'_>, held: &Held, code: &Code, likeness: &Likeness) -> NearProvision {
    let alike = likeness.get(&held.ordinal);
    let shared: Vec<&Topic> = part
        .topics
        .iter()
        .map(|one| &one.topic)
        .filter(|topic| held.provision.topics.contains(topic))
        .collect();
    let stated: Vec<String> = held
        .provision
        .elements
        .keys()
        .filter(|element| states(part, **element))
        .map(|element| element.as_str().replace('_', " "))
        .collect();
    let topics: Vec<String> = shared.iter().map(|topic| topic.label()).collect();
    let meaning = alike.map(|alike| {
        format!(
            "near in meaning ({:.1} standard deviations above the mean)",
            alike.deviations
        )
    });
    let (degree, reason) = match (shared.is_empty(), stated.is_empty()) {
        (false, false) => (
            Degree::SameElementAndTopic,
            format!("both on {}; both state {}", topics.join(", "), stated.join(", ")),
        ),
        (false, true) => (Degree::SameTopic, format!("both on {}", topics.join(", "))),
        _ if alike.is_some_and(|alike| alike.deviations >= SIMILAR_FROM) => {
            (Degree::SimilarWording, meaning.unwrap_or_default())
        }
        _ => (Degree::Weak, meaning.unwrap_or_default()),
    };
    NearProvision {
        jurisdiction: code.clone(),
        provision: held.provision.id.clone(),
        degree,
        reason,
        similarity: alike.map(|alike| alike.similarity),
    }
}
