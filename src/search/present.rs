//! Ordinals -> hits: pages and groups, snippets, reasons, counts.

use std::collections::HashMap;

use crate::index::Filters;
use crate::index::keyword::{Highlighter, Snippet};
use crate::index::vector::Neighbour;
use crate::law::{Code, Confidence, Provision, Topic, today};
use crate::search::{Answer, Found, Group, Hit, Leg, Mode, Question, Request, SearchError, Searcher, Why, topics};

/// What the hits of one answer are made with.
struct Presenter<'a> {
    searcher: &'a Searcher<'a>,
    found: &'a Found,
    highlighter: Highlighter,
    filters: &'a Filters,
    vector: HashMap<u32, (usize, Neighbour)>,
    keyword: HashMap<u32, (usize, f32)>,
    question: &'a Question,
    explain: bool,
}

impl Searcher<'_> {
    /// The page of what was found that a request asks for.
    pub(super) fn present(&self, request: &Request, question: &Question, found: Found) -> Result<Answer, SearchError> {
        let keyword = &self.generation.keyword;
        let presenter = Presenter {
            searcher: self,
            found: &found,
            highlighter: keyword.highlighter(&found.plan.query),
            filters: &request.filters,
            vector: found
                .legs
                .vector
                .iter()
                .enumerate()
                .map(|(at, near)| (near.ordinal, (at + 1, *near)))
                .collect(),
            keyword: found
                .legs
                .keyword
                .hits
                .iter()
                .enumerate()
                .map(|(at, hit)| (hit.0, (at + 1, hit.1)))
                .collect(),
            question,
            explain: request.explain,
        };
        let ordinals: Vec<u32> = found.order.iter().map(|hit| hit.0).collect();
        let (mut hits, mut groups) = (Vec::new(), Vec::new());
        match request.group {
            Some(best) => groups = presenter.groups(best, request.offset, request.limit)?,
            None => {
                let page = (0..ordinals.len()).skip(request.offset).take(request.limit);
                hits = page.map(|at| presenter.hit(at)).collect::<Result<_, _>>()?;
            }
        }
        Ok(Answer {
            mode: found.plan.mode,
            total: ordinals.len(),
            hits,
            groups,
            model_articles: match request.offset {
                0 => self.model_hits(question, &found, &request.filters)?,
                _ => Vec::new(),
            },
            topics: question.topics.clone(),
            topic_shares: found.plan.topics.clone(),
            facets: keyword.facets(&ordinals)?,
            notes: found.plan.notes.clone(),
            did_you_mean: None,
            generation: self.generation.number,
            corpus: self.generation.manifest.corpus.clone(),
            took_ms: found.took,
        })
    }

    /// A hit without rank, score and reasons, on the day the filters name or today.
    pub(super) fn bare_hit(&self, provision: Provision, snippet: Snippet, filters: &Filters) -> Hit {
        let document = self.catalogue.document(&provision.document);
        let code = document.and_then(|document| document.jurisdiction.as_ref());
        let today = today();
        let day = filters.as_of.unwrap_or(today);
        Hit {
            rank: 0,
            title: document.map(|document| document.title.clone()).unwrap_or_default(),
            jurisdiction: code.map(Code::to_string),
            jurisdiction_name: code.map(|code| self.catalogue.name_of(Some(code))),
            in_force_on_date: provision.validity.map(|validity| validity.on(day, today)),
            unverified: provision.confidence == Some(Confidence::Recalled),
            id: provision.id,
            document: provision.document,
            kind: provision.kind,
            pinpoint: provision.pinpoint,
            citable: provision.citable,
            heading: provision.heading,
            topics: provision.topics,
            validity: provision.validity,
            confidence: provision.confidence,
            snippet,
            score: 0.0,
            why: None,
        }
    }
}

impl Presenter<'_> {
    /// The best of each jurisdiction, jurisdictions in the order of their best hit.
    fn groups(&self, best: usize, offset: usize, limit: usize) -> Result<Vec<Group>, SearchError> {
        let mut places: HashMap<Option<&Code>, usize> = HashMap::new();
        let mut members: Vec<(Option<&Code>, Vec<usize>)> = Vec::new();
        for (at, (ordinal, _)) in self.found.order.iter().enumerate() {
            let document = self.searcher.catalogue.document_of(*ordinal);
            let code = document.and_then(|document| document.jurisdiction.as_ref());
            let place = *places.entry(code).or_insert_with(|| {
                members.push((code, Vec::new()));
                members.len() - 1
            });
            members[place].1.push(at);
        }
        let page = members.into_iter().skip(offset).take(limit);
        page.map(|(code, members)| {
            Ok(Group {
                jurisdiction: code.map(Code::to_string),
                name: self.searcher.catalogue.name_of(code),
                total: members.len(),
                hits: members
                    .into_iter()
                    .take(best)
                    .map(|at| self.hit(at))
                    .collect::<Result<_, SearchError>>()?,
            })
        })
        .collect()
    }

    /// The hit at a place of the order.
    fn hit(&self, at: usize) -> Result<Hit, SearchError> {
        let (ordinal, score) = self.found.order[at];
        let provision = self.searcher.generation.keyword.record(ordinal)?;
        let why = self.explain.then(|| self.why(ordinal, score, &provision)).transpose()?;
        let snippet = self.snippet(ordinal, &provision);
        let mut hit = self.searcher.bare_hit(provision, snippet, self.filters);
        (hit.rank, hit.score, hit.why) = (at + 1, score, why);
        Ok(hit)
    }

    /// Where the words stand; where none does, the passage that is nearest in meaning.
    fn snippet(&self, ordinal: u32, provision: &Provision) -> Snippet {
        let whole = self.highlighter.snippet(&provision.text, &provision.language);
        let Some((_, near)) = self.vector.get(&ordinal).filter(|_| whole.highlights.is_empty()) else {
            return whole;
        };
        let vectors = self.searcher.generation.vectors.as_deref();
        match vectors.and_then(|vectors| vectors.passage(ordinal, near.passage)) {
            Some(passage) if passage.end <= provision.text.len() => {
                self.highlighter
                    .snippet_within(&provision.text, &provision.language, passage)
            }
            _ => whole,
        }
    }

    fn why(&self, ordinal: u32, score: f32, provision: &Provision) -> Result<Why, SearchError> {
        let plan = &self.found.plan;
        let leg = |(rank, score), weight| Leg { rank, score, weight };
        let fused = if plan.mode == Mode::Hybrid { Some(score) } else { None };
        let by_meaning = self.vector.get(&ordinal).map(|(rank, near)| (*rank, near.similarity));
        Ok(Why {
            keyword: self.keyword.get(&ordinal).map(|found| leg(*found, plan.keyword_weight)),
            vector: by_meaning.map(|found| leg(found, plan.vector_weight)),
            reference: self.found.legs.reference.get(&ordinal).copied(),
            in_named_jurisdiction: self.searcher.is_in(ordinal, &self.found.legs.places),
            topic_factor: match plan.mode {
                Mode::Hybrid => topics::boost(ordinal, &plan.topics, self.searcher.catalogue, self.searcher.tuning),
                _ => 1.0,
            },
            fused,
            matched_words: self.searcher.generation.keyword.matched(&plan.query, ordinal)?,
            matched_topics: provision
                .topics
                .iter()
                .copied()
                .filter(|topic| self.calls(*topic))
                .collect(),
            filters: passed(self.filters, provision, self.searcher),
        })
    }

    /// Whether the question calls a topic, or a group that it belongs to.
    fn calls(&self, topic: Topic) -> bool {
        let taxonomy = &self.searcher.catalogue.taxonomy;
        let mut called = self.question.topics.iter();
        called.any(|called| taxonomy.topics(&called.id).contains(&topic))
    }
}

/// The filters as `field: value`, each with the value of the provision that passed.
fn passed(filters: &Filters, provision: &Provision, searcher: &Searcher<'_>) -> Vec<String> {
    let document = searcher.catalogue.document(&provision.document);
    let code = document.and_then(|document| document.jurisdiction.as_ref());
    let jurisdiction = code.and_then(|code| searcher.catalogue.jurisdiction(code));
    let topics = filters.topics.iter().filter(|topic| provision.topics.contains(topic));
    let mut passed = Vec::new();
    let mut say = |asked: bool, field: &str, value: Option<String>| {
        if let Some(value) = value.filter(|_| asked) {
            passed.push(format!("{field}: {value}"));
        }
    };
    say(!filters.kinds.is_empty(), "kind", Some(provision.kind.to_string()));
    say(
        !filters.jurisdictions.is_empty(),
        "jurisdiction",
        code.map(Code::to_string),
    );
    say(
        !filters.regions.is_empty(),
        "region",
        jurisdiction.map(|known| known.region.to_string()),
    );
    let system = jurisdiction.and_then(|known| known.legal_system);
    say(
        !filters.legal_systems.is_empty(),
        "legal system",
        system.map(|system| system.to_string()),
    );
    topics.for_each(|topic| say(true, "topic", Some(topic.to_string())));
    say(
        !filters.languages.is_empty(),
        "language",
        Some(provision.language.clone()),
    );
    let status = provision.validity.map(|validity| validity.status.to_string());
    say(!filters.statuses.is_empty(), "status", status);
    let confidence = provision.confidence.map(|confidence| confidence.to_string());
    say(!filters.confidences.is_empty(), "confidence", confidence);
    say(true, "as of", filters.as_of.map(|day| day.to_string()));
    passed
}
