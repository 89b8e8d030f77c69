//! Runs the plan against the indexes, joins what the legs find, counts it and cuts the page.

use std::collections::{HashMap, HashSet};
use std::time::Instant;

use crate::index::embedding::Embedder;
use crate::index::keyword::{KeywordWeights, Ranked};
use crate::index::vector::Neighbour;
use crate::index::{BitSet, Filters, Generation};
use crate::search::places::within;
use crate::search::{
    Answer, Catalogue, Limits, Mode, Plan, Question, RankedList, Request, SearchError, Took, Tuning, reciprocal_rank,
    topics,
};

/// Answers questions from one generation.
#[derive(Clone, Copy)]
pub struct Searcher<'a> {
    /// The indexes.
    pub generation: &'a Generation,
    /// What stands behind their numbers.
    pub catalogue: &'a Catalogue,
    /// The model; none for search by words only.
    pub embedder: Option<&'a dyn Embedder>,
    /// Settings of ranking.
    pub tuning: &'a Tuning,
}

/// What each leg found.
#[derive(Debug, Clone, Default)]
pub struct Legs {
    /// By words.
    pub keyword: Ranked,
    /// By meaning, above the floor.
    pub vector: Vec<Neighbour>,
    /// By a pinpoint, number or name of a law that the query has: the ordinal, and how well it fits (higher is better).
    pub reference: HashMap<u32, u8>,
    /// Codes of the jurisdictions that the query calls by name: what is found of them stands before the rest.
    pub places: Vec<String>,
}

/// All that was found, in order.
#[derive(Debug, Clone)]
pub struct Found {
    /// How it was looked for.
    pub plan: Plan,
    /// What each leg found.
    pub legs: Legs,
    /// Ordinals with their fused scores, best first; unverified ones behind all others.
    pub order: Vec<(u32, f32)>,
    /// Articles of model laws in the same way, where they are kept apart.
    pub models: Vec<(u32, f32)>,
    /// Where the time went.
    pub took: Took,
}

/// Said where the meaning of a question finds nothing, so that silence is not taken for an answer of the law.
const NOTHING_NEAR: &str = "By meaning, nothing near this question was found; that says nothing about the law. Other words, or \
    fewer filters, may find more.";

impl Searcher<'_> {
    /// Why search by meaning is not available; none if it is.
    pub fn no_meaning(&self) -> Option<String> {
        let model = self.generation.manifest.model.as_ref();
        match (self.embedder, model, &self.generation.vectors) {
            (None, ..) => Some("no embedding model is loaded (`collex model fetch` gets it)".to_owned()),
            (_, None, _) | (.., None) => {
                Some("the index was built without an embedding model (`collex index` builds it anew)".to_owned())
            }
            (Some(embedder), Some(model), _) if embedder.id() != model.id => Some(format!(
                "the index was built with the model {}, and {} is loaded (`collex index` builds it anew)",
                model.id,
                embedder.id()
            )),
            _ => None,
        }
    }

    /// Answers a request.
    ///
    /// # Errors
    /// When the request is out of bounds or names an unknown jurisdiction, or the index or model fails.
    pub fn answer(&self, request: &Request, limits: Limits) -> Result<Answer, SearchError> {
        let started = Instant::now();
        self.check(request, limits)?;
        let question = Question::read(&request.query, self.catalogue, request.expand);
        let found = self.find(&question, request.mode, &request.filters)?;
        let mut answer = self.present(request, &question, found)?;
        answer.did_you_mean = self.did_you_mean(&question);
        answer.took_ms.total = milliseconds(started);
        Ok(answer)
    }

    fn check(&self, request: &Request, limits: Limits) -> Result<(), SearchError> {
        limits.check_query(&request.query)?;
        for found in [Some(request.limit), request.group].into_iter().flatten() {
            if found == 0 || found > limits.max_page {
                return Err(SearchError::PageSize {
                    found,
                    limit: limits.max_page,
                });
            }
        }
        for code in &request.filters.jurisdictions {
            let is_it = |known: &str| known == code.as_str() || known.starts_with(&format!("{code}-"));
            if !self.catalogue.jurisdictions().any(|known| is_it(known.code.as_str())) {
                return Err(SearchError::UnknownJurisdiction {
                    given: code.to_string(),
                    known: self
                        .catalogue
                        .jurisdictions()
                        .map(|known| known.code.to_string())
                        .collect(),
                });
            }
        }
        Ok(())
    }

    /// Finds everything that answers a query, in order, without presenting it.
    ///
    /// # Errors
    /// When meaning alone is asked for and not available, or the index or model fails.
    pub fn find(&self, question: &Question, mode: Mode, filters: &Filters) -> Result<Found, SearchError> {
        let no_meaning = self.no_meaning();
        let keyword = &self.generation.keyword;
        let mut plan = Plan::of(
            mode,
            question,
            (keyword, self.catalogue),
            no_meaning.as_deref(),
            self.tuning,
        )?;
        let apart = self.keeps_models_apart(question, filters);
        let models = self
            .catalogue
            .models
            .as_ref()
            .filter(|_| apart)
            .map_or(0, BitSet::count);
        // Model articles must not take the places of law.
        let candidates = self.tuning.candidates + models;
        let (mut legs, mut took) = (Legs::default(), Took::default());
        if plan.mode != Mode::Keyword {
            match self.by_meaning((question, &mut plan), filters, candidates, &mut took) {
                Ok(near) => {
                    if near.is_empty() && !question.parsed.plain.is_empty() {
                        plan.notes.push(NOTHING_NEAR.to_owned());
                    }
                    legs.vector = near;
                }
                Err(SearchError::Embedding(error)) if plan.mode == Mode::Hybrid => {
                    tracing::error!("the model failed on a query: {error}");
                    plan.notes
                        .insert(0, "Searched by words only: the model failed on this query.".to_owned());
                    plan.mode = Mode::Keyword;
                    (plan.keyword_weight, plan.vector_weight) = (1.0, 0.0);
                }
                Err(error) => return Err(error),
            }
        }
        let begun = Instant::now();
        if plan.mode != Mode::Semantic {
            // Words alone: all that match are counted and can be paged to.
            let depth = if plan.mode == Mode::Keyword {
                keyword.len().max(1)
            } else {
                candidates
            };
            let weights = KeywordWeights {
                topic: self.tuning.topic_weight,
                label: self.tuning.label_weight,
                ..keyword.weights()
            };
            legs.keyword = keyword.search_weighted(&plan.query, filters, depth, weights)?;
            legs.reference = self.by_reference(&question.text, &plan.query, filters)?;
        }
        took.keyword = milliseconds(begun);
        legs.places = if plan.mode == Mode::Semantic {
            Vec::new()
        } else {
            self.places(&question.text)
        };
        let (legs, of_models) = if apart {
            self.parted(legs)
        } else {
            (legs, Legs::default())
        };
        Ok(Found {
            order: self.join(&plan, &legs),
            models: self.join(&plan, &of_models),
            plan,
            legs,
            took,
        })
    }

    /// One order over what all legs found: verified before unverified, what a reference points to first, then by score.
    fn join(&self, plan: &Plan, legs: &Legs) -> Vec<(u32, f32)> {
        let mut order: Vec<(u32, f32)> = match plan.mode {
            Mode::Keyword => legs.keyword.hits.clone(),
            Mode::Semantic => legs.vector.iter().map(|near| (near.ordinal, near.similarity)).collect(),
            Mode::Hybrid => {
                let by_words: Vec<u32> = legs.keyword.hits.iter().map(|hit| hit.0).collect();
                let by_meaning: Vec<u32> = legs.vector.iter().map(|near| near.ordinal).collect();
                let lists = [
                    RankedList {
                        ordinals: &by_words,
                        weight: plan.keyword_weight,
                    },
                    RankedList {
                        ordinals: &by_meaning,
                        weight: plan.vector_weight,
                    },
                ];
                let mut fused = reciprocal_rank(&lists, self.tuning.rrf_constant);
                fused
                    .iter_mut()
                    .for_each(|hit| hit.1 *= topics::boost(hit.0, &plan.topics, self.catalogue, self.tuning));
                fused
            }
        };
        let there: HashSet<u32> = order.iter().map(|hit| hit.0).collect();
        order.extend(
            legs.reference
                .keys()
                .filter(|one| !there.contains(*one))
                .map(|one| (*one, 0.0)),
        );
        let place = |ordinal: u32| {
            let fit = legs.reference.get(&ordinal).copied().unwrap_or_default();
            let is_elsewhere = !self.is_in(ordinal, &legs.places);
            (
                self.catalogue.unverified.contains(ordinal),
                std::cmp::Reverse(fit),
                is_elsewhere,
            )
        };
        let mut placed: Vec<_> = order.into_iter().map(|hit| (place(hit.0), hit)).collect();
        placed.sort_by(|(place, a), (other, b)| place.cmp(other).then(b.1.total_cmp(&a.1)).then(a.0.cmp(&b.0)));
        let mut order = placed.into_iter().map(|(_, hit)| hit).collect();
        self.one_version_each(&mut order);
        order
    }

    fn places(&self, text: &str) -> Vec<String> {
        self.catalogue
            .places
            .called(text)
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    /// Whether a provision is of one of these jurisdictions.
    pub(super) fn is_in(&self, ordinal: u32, places: &[String]) -> bool {
        let document = self.catalogue.document_of(ordinal).filter(|_| !places.is_empty());
        let code = document.and_then(|document| document.jurisdiction.as_ref());
        code.is_some_and(|code| places.iter().any(|place| within(code, place)))
    }

    /// The query with unknown words replaced by the words of the index that are written most like them. Only where most of
    /// the query is known: a query in a language that the index does not have is not misspelt.
    fn did_you_mean(&self, question: &Question) -> Option<String> {
        let keyword = &self.generation.keyword;
        let words = question.parsed.query.words();
        let few_known = || keyword.known_share(&words, self.catalogue.models()) < self.tuning.spelling_share;
        // Whoever calls a topic was understood.
        if question.is_widened || words.len() > 1 && few_known() {
            return None;
        }
        let mut mended = question.text.clone();
        for word in words {
            if let Some(better) = keyword.suggest(word, self.catalogue.models())
                && let Some(at) = mended.find(word)
            {
                mended.replace_range(at..at + word.len(), &better);
            }
        }
        (mended != question.text).then_some(mended)
    }
}

pub(super) fn milliseconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e6).round() / 1e3
}
