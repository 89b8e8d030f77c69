//! From what was asked to the topics that are compared, the article or provision it is set against, and proposals by meaning.

use std::collections::{BTreeMap, HashMap};

use crate::compare::comparable::{Comparable, by_likeness, by_words};
use crate::compare::error::CompareError;
use crate::compare::facts::{Facts, Held, ModelLaw};
use crate::compare::request::Subject;
use crate::index::Filters;
use crate::law::{Code, Kind, Topic, nearest};
use crate::search::{Mode, Question, Searcher};

/// Proposals for one jurisdiction at most.
const PROPOSALS: usize = 2;
/// Best hits whose topics decide what words are about.
const VOTERS: usize = 12;
/// A topic counts beside the best one from this share of its votes.
const ENOUGH_VOTES: f32 = 0.6;
/// Identifiers proposed for one that does not exist.
const NEAR: usize = 3;

/// What the columns are set against.
#[derive(Clone, Copy)]
pub(super) enum Reference<'a> {
    Nothing,
    Article(&'a Held),
    ModelLaw(&'a ModelLaw),
    Provision(&'a Held),
}

/// What is compared, read.
pub(super) struct Taken<'a> {
    pub title: String,
    pub topics: Vec<Topic>,
    pub why: String,
    pub model_law: Option<String>,
    pub reference: Reference<'a>,
    /// Provisions off the topics that meaning or words propose, by jurisdiction, best first.
    pub proposals: BTreeMap<&'a Code, Vec<Comparable>>,
    /// Likeness of provisions to the reference.
    pub likeness: HashMap<&'a str, f32>,
    pub notes: Vec<String>,
}

impl<'a> Taken<'a> {
    fn about(title: String, topics: Vec<Topic>, why: &str) -> Self {
        Self {
            title,
            topics,
            why: why.to_owned(),
            model_law: None,
            reference: Reference::Nothing,
            proposals: BTreeMap::new(),
            likeness: HashMap::new(),
            notes: Vec::new(),
        }
    }
}

/// Reads a subject.
///
/// # Errors
/// When nothing has the identifier, or the search fails.
pub(super) fn take<'a>(
    subject: &Subject,
    facts: &'a Facts,
    searcher: &Searcher<'_>,
) -> Result<Taken<'a>, CompareError> {
    match subject {
        Subject::Topics(topics) => {
            let labels: Vec<String> = topics.iter().map(|topic| topic.label()).collect();
            Ok(Taken::about(labels.join(", "), topics.clone(), "the topics asked for"))
        }
        Subject::ModelLaw(id) => {
            let model = facts.model(id).ok_or_else(|| unknown_model(id, facts))?;
            let mut topics: Vec<Topic> = model
                .articles
                .iter()
                .flat_map(|article| article.provision.topics.clone())
                .collect();
            topics.sort_unstable();
            topics.dedup();
            let mut taken = Taken::about(
                model.document.title.clone(),
                topics,
                "for each article the topic it is on",
            );
            taken.model_law = Some(id.clone());
            taken.reference = Reference::ModelLaw(model);
            Ok(taken)
        }
        Subject::Article(id) => {
            let (model, article) = facts.article(id).ok_or_else(|| unknown_article(id, facts))?;
            let mut taken = of_provision(
                article,
                "the first is what the article is on; for threats and generated images, also those of their own",
            );
            taken.title = format!("{}, {}", model.document.title, taken.title);
            taken.model_law = Some(model.document.id.clone());
            taken.reference = Reference::Article(article);
            propose_like(article, facts, searcher, &mut taken)?;
            Ok(taken)
        }
        Subject::Provision(id) => {
            if facts.article(id).is_some() {
                return take(&Subject::Article(id.clone()), facts, searcher);
            }
            let held = facts
                .provision(id)
                .ok_or_else(|| unknown_provision(id, facts, searcher))?;
            let mut taken = of_provision(held, "the topics of the provision");
            taken.title = format!("{}, {}", held.document.title, taken.title);
            taken.reference = Reference::Provision(held);
            propose_like(held, facts, searcher, &mut taken)?;
            Ok(taken)
        }
        Subject::Words(words) => of_words(words, facts, searcher),
    }
}

fn of_provision<'a>(held: &Held, why: &str) -> Taken<'a> {
    let provision = &held.provision;
    let pinpoint = provision
        .pinpoint
        .as_deref()
        .map(|pinpoint| format!("{pinpoint} — "))
        .unwrap_or_default();
    Taken::about(
        format!("{pinpoint}{}", provision.heading),
        provision.topics.clone(),
        why,
    )
}

/// Looks for provisions like one by the vectors of their texts, within each jurisdiction by itself.
fn propose_like<'a>(
    held: &Held,
    facts: &'a Facts,
    searcher: &Searcher<'_>,
    taken: &mut Taken<'a>,
) -> Result<(), CompareError> {
    if searcher.generation.vectors.is_none() {
        let note = "Similar wording is found by meaning, and the index has no vectors: provisions off the topics are not proposed.";
        taken.notes.push(note.to_owned());
        return Ok(());
    }
    let mut law = facts.ordinals();
    if law.contains(held.ordinal) {
        let mut others = crate::index::BitSet::new(law.capacity());
        others.insert(held.ordinal);
        law.and_not(&others);
    }
    let by_ordinal = facts.by_ordinal();
    for alike in searcher.alike(held.ordinal, &law, law.capacity())? {
        let Some((code, other)) = by_ordinal.get(&alike.ordinal) else {
            continue;
        };
        taken.likeness.insert(&other.provision.id, alike.similarity);
        if !shares(&taken.topics, other) {
            let proposal = by_likeness(&other.provision, alike.similarity, alike.deviations);
            propose(taken, code, proposal);
        }
    }
    Ok(())
}

fn propose<'a>(taken: &mut Taken<'a>, code: &'a Code, proposal: Option<Comparable>) {
    let own = taken.proposals.entry(code).or_default();
    if own.len() < PROPOSALS {
        own.extend(proposal);
    }
}

fn shares(topics: &[Topic], held: &Held) -> bool {
    held.provision.topics.iter().any(|topic| topics.contains(topic))
}

/// Topics that the words call by name, else those of the best hits; the other hits are proposals.
fn of_words<'a>(words: &str, facts: &'a Facts, searcher: &Searcher<'_>) -> Result<Taken<'a>, CompareError> {
    let question = Question::read(words, searcher.catalogue, true);
    let filters = Filters {
        kinds: vec![Kind::Legislation, Kind::Instrument],
        ..Filters::default()
    };
    let found = searcher.find(&question, Mode::Hybrid, &filters)?;
    let by_ordinal = facts.by_ordinal();
    let hits: Vec<(u32, &Code, &Held)> = found
        .order
        .iter()
        .filter_map(|(ordinal, _)| by_ordinal.get(ordinal).map(|(code, held)| (*ordinal, *code, *held)))
        .collect();
    let mut called: Vec<Topic> = question
        .topics
        .iter()
        .flat_map(|called| searcher.catalogue.taxonomy.topics(&called.id))
        .collect();
    called.sort_unstable();
    called.dedup();
    let mut taken = if called.is_empty() {
        let topics = voted(hits.iter().take(VOTERS).map(|(_, _, held)| *held));
        let why = format!("the topics of the best of {} provisions found by the words", hits.len());
        Taken::about(words.trim().to_owned(), topics, &why)
    } else {
        Taken::about(words.trim().to_owned(), called, "the topics that the words name")
    };
    taken.notes.clone_from(&found.plan.notes);
    if taken.topics.is_empty() {
        taken
            .notes
            .push("Nothing was found by these words; that says nothing about the law.".to_owned());
    }
    let place = |at: Option<usize>| at.map(|at| at + 1);
    for (ordinal, code, held) in hits
        .into_iter()
        .filter(|(_, _, held)| !shares(&taken.topics, held))
        .collect::<Vec<_>>()
    {
        let by_word = place(found.legs.keyword.hits.iter().position(|hit| hit.0 == ordinal));
        let near = found
            .legs
            .vector
            .iter()
            .enumerate()
            .find(|(_, near)| near.ordinal == ordinal);
        let by_meaning = near.map(|(at, near)| (at + 1, near.similarity));
        propose(&mut taken, code, by_words(&held.provision, by_word, by_meaning));
    }
    Ok(taken)
}

/// The topics that most of the hits are on; a hit further down counts less.
fn voted<'a>(hits: impl Iterator<Item = &'a Held>) -> Vec<Topic> {
    let mut votes: BTreeMap<Topic, f32> = BTreeMap::new();
    for (at, held) in hits.enumerate() {
        for topic in &held.provision.topics {
            *votes.entry(*topic).or_default() += 1.0 / (at as f32 + 2.0);
        }
    }
    let most = votes.values().copied().fold(0.0, f32::max);
    let enough = votes.into_iter().filter(|(_, votes)| *votes >= most * ENOUGH_VOTES);
    enough.map(|(topic, _)| topic).collect()
}

fn unknown_model(id: &str, facts: &Facts) -> CompareError {
    let known: Vec<String> = facts.models().iter().map(|model| model.document.id.clone()).collect();
    if facts.article(id).is_some() {
        return CompareError::WrongKind {
            given: id.to_owned(),
            is: "an article of a model law",
            cure: "ask for it as an article, or for its model law",
            near: known,
        };
    }
    CompareError::UnknownId {
        given: id.to_owned(),
        near: known,
    }
}

fn unknown_article(id: &str, facts: &Facts) -> CompareError {
    let law = id.split_once('#').map_or(id, |(law, _)| law);
    match facts.model(law) {
        None if facts.provision(id).is_some() => CompareError::WrongKind {
            given: id.to_owned(),
            is: "a provision of a law",
            cure: "ask for it as a provision",
            near: Vec::new(),
        },
        None => unknown_model(law, facts),
        Some(model) => {
            let mut near: Vec<String> = model
                .articles
                .iter()
                .map(|article| article.provision.id.clone())
                .collect();
            let likest = nearest(id, &near.iter().map(String::as_str).collect::<Vec<_>>()).map(str::to_owned);
            if let Some(at) = likest.and_then(|likest| near.iter().position(|known| *known == likest)) {
                near[..=at].rotate_right(1);
            }
            CompareError::UnknownArticle {
                given: id.split_once('#').map_or(id, |(_, anchor)| anchor).to_owned(),
                law: model.document.title.clone(),
                near,
            }
        }
    }
}

fn unknown_provision(id: &str, facts: &Facts, searcher: &Searcher<'_>) -> CompareError {
    let wrong = |is, cure, near| CompareError::WrongKind {
        given: id.to_owned(),
        is,
        cure,
        near,
    };
    let (law, anchor) = id
        .split_once('#')
        .map_or((id, None), |(law, anchor)| (law, Some(anchor)));
    let document = searcher.catalogue.document(law);
    if document.is_some_and(|document| matches!(document.kind, Kind::Judgment | Kind::Jurisdiction)) {
        let cure = "decisions and notes state no elements; name a provision of a law, instrument or model law";
        return wrong("a decision or note", cure, Vec::new());
    }
    if let (Some(document), None) = (document, anchor) {
        let own = document.contents.iter().map(|entry| entry.id.clone());
        let near = own.filter(|id| facts.provision(id).is_some()).take(NEAR).collect();
        return wrong("a whole document", "name one provision of it", near);
    }
    CompareError::UnknownId {
        given: id.to_owned(),
        near: searcher.catalogue.near_identifiers(id),
    }
}
