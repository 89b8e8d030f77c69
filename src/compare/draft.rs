//! A draft -> what is there, what is missing, what is unusual.
//!
//! In comes a [`Draft`], which stays in memory only: nothing of it is written, logged or sent. Out goes a [`DraftReport`]. It is
//! cut into provisions, each of which is set against the articles of the model laws and the provisions of other countries; the
//! elements that it states are shown with the words that show them. In reading order:
//! - `read.rs`: Markdown, plain text or DOCX within limits; `read_docx.rs`: DOCX to text
//! - `sections.rs`: where provisions begin, whatever the tradition
//! - `words.rs`: words and patterns of words; `recognise.rs`: elements by tables of words
//! - `topics.rs`: what a provision is about; `align.rs`: model articles and provisions near to it
//! - `lacks.rs`: what is missing; `unusual.rs`: values far from those of others; `suggest.rs`: what to look at
//! - `report.rs`: the answer as a value

mod align;
mod lacks;
mod read;
mod read_docx;
mod recognise;
mod report;
mod sections;
mod suggest;
mod topics;
mod unusual;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;
use std::time::Instant;

use jiff::civil::Date;

use crate::compare::against_model::Weights;
use crate::compare::assemble;
use crate::compare::error::CompareError;
use crate::compare::facts::{Facts, Held};
use crate::compare::grid::ComparedProvision;
use crate::compare::request::{GridRequest, Subject};
use crate::compare::standing::standing;
use crate::index::BitSet;
use crate::law::{Code, PartialDate, Topic};
use crate::search::Searcher;
use align::{ArticleWords, Likeness};
use recognise::Characters;
use sections::Section;
use unusual::Law;

pub use read::{Draft, DraftError, DraftFormat, MOST_BYTES};
pub use recognise::{FoundWords, Recognised};
pub use report::{
    AlignedArticle, AskedElement, AskedState, DraftReport, LackingArticle, MissingElement, NearProvision,
    SectionReport, SectionTopic, Suggestion, Unusual,
};

/// Most provisions of a draft.
const MOST_SECTIONS: usize = 1_000;
/// Provisions whose meaning the model reads; with it a provision takes tens of milliseconds.
const MOST_MEANT: usize = 60;
/// Letters of a provision that the model reads: what it is about is said at its beginning.
const MEANT: usize = 700;
/// Letters by which the language of a draft is told, and the fewest by which that of a provision is.
const TELLING: usize = 20_000;
const FEWEST_TELLING: usize = 200;
/// And the most by which that of a provision is.
const TELLING_OF_PART: usize = 1_000;

/// What a draft is set against: the jurisdictions, regions, weights and day of a grid, and perhaps one model law.
#[derive(Debug, Clone)]
pub struct DraftRequest {
    /// As for a grid; its subject is not read.
    pub against: GridRequest,
    /// One model law, by identifier; otherwise all are looked at.
    pub model_law: Option<String>,
}

impl Default for DraftRequest {
    fn default() -> Self {
        Self {
            against: GridRequest::about(Subject::Topics(Vec::new())),
            model_law: None,
        }
    }
}

/// A provision of the draft as it is compared.
struct Part<'t> {
    heading: &'t str,
    text: &'t str,
    language: Option<String>,
    topics: Vec<SectionTopic>,
    elements: Vec<Recognised>,
}

/// Examines a draft.
///
/// # Errors
/// When it has too many provisions, something asked for does not exist, or the index or model fails.
pub fn examine(
    draft: &Draft,
    request: &DraftRequest,
    facts: &Facts,
    searcher: &Searcher<'_>,
    today: Date,
) -> Result<DraftReport, CompareError> {
    let started = Instant::now();
    let cut = cut(draft)?;
    check_model_law(request, facts)?;
    let asked = assemble::jurisdictions(&request.against, searcher)?;
    let chosen: BTreeSet<Code> = asked.into_iter().map(|one| one.code.clone()).collect();
    let day = request.against.as_of.unwrap_or(today);
    let language = Language::of(draft.text());
    let keyword = &searcher.generation.keyword;
    let words = ArticleWords::of(facts, request.model_law.as_deref(), language.known(), keyword)
        .map_err(crate::search::SearchError::from)?;
    let law = law(facts, searcher, day, today);
    let likeness = likeness(draft, &cut, facts, &words, searcher)?;
    let mut sections = parts(draft, &cut, &language, &likeness, searcher)
        .iter()
        .zip(&cut)
        .enumerate()
        .map(|(at, (part, section))| {
            let near = likeness.get(at).map_or(&*NOTHING, |(near, _)| near);
            described_part(at, part, section, near, (&words, &law, &chosen))
        })
        .collect::<Vec<_>>();
    place(draft, &cut, &mut sections);
    let weights = Weights::changed(&request.against.weights);
    lacks::ask(&mut sections, facts, &weights);
    let topics = chief_topics(&sections);
    let missing_articles = lacks::articles(&sections, &topics, &words, &weights);
    let missing_elements = lacks::elements(&sections, facts, &weights);
    let unusual = unusual::unusual(&sections, &law, &chosen);
    Ok(DraftReport {
        language: language.known().map(str::to_owned),
        words: draft.text().split_whitespace().count(),
        suggestions: suggest::suggestions(
            &sections,
            &missing_articles,
            &missing_elements,
            &unusual,
            searcher.catalogue,
        ),
        provisions: described(&sections, &law, day, today),
        notes: notes(&language, &sections, likeness.len(), searcher),
        sections,
        topics,
        missing_articles,
        missing_elements,
        unusual,
        jurisdictions: chosen.into_iter().collect(),
        as_of: PartialDate::Day(day),
        generation: searcher.generation.number,
        corpus: searcher.generation.manifest.corpus.clone(),
        took_ms: (started.elapsed().as_secs_f64() * 1e6).round() / 1e3,
    })
}

/// No likeness to anything, where the model has not read a provision.
static NOTHING: LazyLock<Likeness> = LazyLock::new(Likeness::new);

fn cut(draft: &Draft) -> Result<Vec<Section>, DraftError> {
    let cut = sections::sections(draft.text());
    if cut.len() > MOST_SECTIONS {
        return Err(DraftError::TooManySections {
            found: cut.len(),
            limit: MOST_SECTIONS,
        });
    }
    Ok(cut)
}

fn check_model_law(request: &DraftRequest, facts: &Facts) -> Result<(), CompareError> {
    match request.model_law.as_deref().filter(|id| facts.model(id).is_none()) {
        None => Ok(()),
        Some(id) => Err(CompareError::UnknownId {
            given: id.to_owned(),
            near: facts.models().iter().map(|model| model.document.id.clone()).collect(),
        }),
    }
}

/// The provisions with what they are about and what they state.
fn parts<'t>(
    draft: &'t Draft,
    cut: &'t [Section],
    language: &Language,
    likeness: &Meant,
    searcher: &Searcher<'_>,
) -> Vec<Part<'t>> {
    let part = |(at, section): (usize, &'t Section)| {
        let text = draft.text()[section.range.clone()].trim_end();
        let language = language.of_part(text);
        let shares = likeness.get(at).map_or(&[][..], |(_, shares)| shares);
        Part {
            heading: &section.heading,
            topics: topics::topics(&section.heading, text, shares, searcher.catalogue),
            elements: language
                .as_deref()
                .map(|language| recognise::recognise(text, language))
                .unwrap_or_default(),
            text,
            language,
        }
    };
    cut.iter().enumerate().map(part).collect()
}

fn described_part(
    at: usize,
    part: &Part<'_>,
    section: &Section,
    near: &Likeness,
    (words, law, chosen): (&ArticleWords<'_>, &Law<'_>, &BTreeSet<Code>),
) -> SectionReport {
    SectionReport {
        number: at + 1,
        pinpoint: section.pinpoint.clone(),
        heading: section.heading.clone(),
        path: section.path.clone(),
        text: part.text.to_owned(),
        line: section.line,
        start: 0,
        end: 0,
        language: part.language.clone(),
        topics: part.topics.clone(),
        elements: part.elements.clone(),
        articles: align::articles(part, words, near),
        asked: Vec::new(),
        nearest: align::nearest(part, law, chosen, near),
    }
}

/// Fills in where each provision stands in the draft.
fn place(draft: &Draft, cut: &[Section], sections: &mut [SectionReport]) {
    let places = Characters::of(draft.text());
    for (section, report) in cut.iter().zip(sections) {
        report.start = places.at(section.range.start);
        report.end = places.at(section.range.start + report.text.len());
    }
}

/// All law, each provision with its standing on the day.
fn law<'a>(facts: &'a Facts, searcher: &Searcher<'_>, day: Date, today: Date) -> Law<'a> {
    let of = |held: &'a Held| (held, standing(&held.provision, held.law(), day, today));
    let codes = searcher.catalogue.jurisdictions().map(|one| one.code.clone());
    codes
        .map(|code| (code.clone(), facts.law_of(&code).iter().map(of).collect()))
        .collect()
}

/// Likeness of each provision to all law and all articles, with the topics that it lies near to. Empty without a model.
type Meant = Vec<(Likeness, Vec<crate::search::TopicShare>)>;

fn likeness(
    draft: &Draft,
    cut: &[Section],
    facts: &Facts,
    words: &ArticleWords<'_>,
    searcher: &Searcher<'_>,
) -> Result<Meant, CompareError> {
    let beginning = |section: &Section| {
        let text: String = draft.text()[section.range.clone()].chars().take(MEANT).collect();
        match section.heading.is_empty() || text.contains(&section.heading) {
            true => text,
            false => format!("{}\n{text}", section.heading),
        }
    };
    let texts: Vec<String> = cut.iter().take(MOST_MEANT).map(beginning).collect();
    let mut allowed: BitSet = facts.ordinals();
    words.articles().for_each(|held| allowed.insert(held.ordinal));
    let mut all = Meant::new();
    for vector in searcher.vectors_of(&texts)? {
        let near = searcher.near(&vector, &allowed, allowed.capacity())?;
        all.push((
            near.into_iter().map(|one| (one.ordinal, one)).collect(),
            searcher.topics_near(&vector)?,
        ));
    }
    Ok(all)
}

/// The language of a draft.
struct Language {
    /// BCP 47 code, where the tables of words have it; the three letters of ISO 639-3 otherwise.
    code: Option<String>,
    name: &'static str,
}

impl Language {
    /// The code, where the tables of words have the language.
    fn known(&self) -> Option<&str> {
        self.code.as_deref().filter(|code| recognise::LANGUAGES.contains(code))
    }

    fn of(text: &str) -> Self {
        let beginning: String = text.chars().take(TELLING).collect();
        let told = whatlang::detect(&beginning);
        let known = told.as_ref().and_then(|told| known(told.lang()));
        match (known, told) {
            (Some(code), Some(told)) => Self {
                code: Some(code.to_owned()),
                name: told.lang().eng_name(),
            },
            (None, Some(told)) if told.is_reliable() => Self {
                code: Some(told.lang().code().to_owned()),
                name: told.lang().eng_name(),
            },
            _ => Self { code: None, name: "" },
        }
    }

    /// The language of a provision, where its words are known: its own where it is long enough to tell, else the draft's.
    fn of_part(&self, text: &str) -> Option<String> {
        let beginning: String = text.chars().take(TELLING_OF_PART).collect();
        let is_long = beginning.chars().count() >= FEWEST_TELLING;
        let told = whatlang::detect(&beginning).filter(|told| is_long && told.is_reliable());
        let own = told.and_then(|told| known(told.lang())).map(str::to_owned);
        own.or_else(|| self.code.clone())
            .filter(|code| recognise::LANGUAGES.contains(&code.as_str()))
    }
}

fn known(language: whatlang::Lang) -> Option<&'static str> {
    use whatlang::Lang;
    match language {
        Lang::Eng => Some("en"),
        Lang::Fra => Some("fr"),
        Lang::Spa => Some("es"),
        Lang::Por => Some("pt"),
        Lang::Ara => Some("ar"),
        _ => None,
    }
}

fn notes(language: &Language, sections: &[SectionReport], meant: usize, searcher: &Searcher<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if language.known().is_none() {
        let seems = match language.name {
            "" => "The language of the draft could not be told".to_owned(),
            name => format!("The draft seems to be in {name}"),
        };
        notes.push(format!(
            "{seems}; elements are recognised in English, French, Spanish, Portuguese and Arabic. None was looked for, and \
             provisions were set against others by topic and meaning alone."
        ));
    }
    if let Some(reason) = searcher.no_meaning() {
        notes.push(format!(
            "Provisions were compared by topics, words and elements, and not by meaning: {reason}."
        ));
    } else if sections.len() > meant {
        notes.push(format!(
            "The model read the first {meant} of {} provisions; the others were compared by topics, words and elements.",
            sections.len()
        ));
    }
    let say = |notes: &mut Vec<String>, text: &str| notes.push(text.to_owned());
    if sections.iter().all(|section| section.pinpoint.is_none()) {
        say(
            &mut notes,
            "No numbered provisions were found; write each as `Section 5`, `Article 5` or the like on a line of its own.",
        );
    }
    if sections.iter().all(|section| section.articles.is_empty()) {
        say(
            &mut notes,
            "No provision of the draft was found to answer to a model article.",
        );
    }
    say(
        &mut notes,
        "What is not recognised may be there in other words: the lists are questions to the drafter, not findings.",
    );
    notes
}

/// The topics of the draft: the chief ones of its provisions and of the articles they answer to, those of most first.
fn chief_topics(sections: &[SectionReport]) -> Vec<Topic> {
    let mut counts: BTreeMap<Topic, usize> = BTreeMap::new();
    for section in sections {
        let mut own = unusual::chief(section);
        let of_article = section.articles.first().and_then(|article| article.topics.first());
        own.extend(of_article.filter(|topic| !own.contains(topic)).copied());
        for topic in own {
            *counts.entry(topic).or_default() += 1;
        }
    }
    let mut topics: Vec<(Topic, usize)> = counts.into_iter().collect();
    topics.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    topics.into_iter().map(|(topic, _)| topic).collect()
}

/// Every provision of other countries that the report names.
fn described(sections: &[SectionReport], law: &Law<'_>, day: Date, today: Date) -> BTreeMap<String, ComparedProvision> {
    let named: BTreeSet<&str> = sections
        .iter()
        .flat_map(|section| &section.nearest)
        .map(|near| near.provision.as_str())
        .collect();
    let held = law
        .values()
        .flatten()
        .filter(|(held, _)| named.contains(held.provision.id.as_str()));
    held.map(|(held, standing)| {
        (
            held.provision.id.clone(),
            ComparedProvision::of(held, Some(standing), day, today),
        )
    })
    .collect()
}
