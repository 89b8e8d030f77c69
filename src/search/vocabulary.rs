//! Topics that a query calls by one of their labels: `deepfake nudes`, `Ley Olimpia`, `نشر صور خاصة`.
//!
//! In comes the taxonomy, out go the concepts whose labels stand in a query, whatever their endings and in whatever order
//! within a few words, in all languages of the taxonomy. Small words do not count.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;

use crate::index::keyword::{Analyzer, TermAt};
use crate::law::{Concept, Taxonomy};

/// Words by which the words of a label may stand farther apart in a query than in the label.
const SLACK: usize = 1;
/// Letters that two terms must share at their beginning, and by how many the longer may have more, to be taken for forms of
/// one word: stemmers part `imagen` and `imágenes`, and `difusión` written without its accent.
const SAME_BEGINNING: usize = 4;
const LONGER_BY: usize = 3;
/// Terms a query is looked through for labels.
const MOST_TERMS: usize = 200;

/// A concept that a query calls by one of its labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct CalledTopic {
    /// Name of the concept: a topic, or a group of topics.
    pub id: String,
    /// The label by which it was called, as the taxonomy has it.
    pub label: String,
    /// Language of that label.
    pub language: String,
    /// The label to use in that language.
    pub preferred: String,
    /// Whether the field advises against that label.
    pub rejected: bool,
    /// Where it stands in the query, in bytes.
    #[serde(skip)]
    pub range: Range<usize>,
}

/// A label, as the terms under which it is found.
struct Label {
    terms: Vec<String>,
    written: String,
    concept: usize,
    rejected: bool,
}

/// The labels of one language, by the beginning of their first term.
struct Language {
    code: String,
    analyzer: Analyzer,
    labels: HashMap<String, Vec<Label>>,
}

/// All labels of a taxonomy.
#[derive(Default)]
pub struct Vocabulary {
    languages: Vec<Language>,
}

impl Vocabulary {
    /// Collects the labels.
    pub fn of(taxonomy: &Taxonomy) -> Self {
        let mut languages: Vec<Language> = Vec::new();
        for (at, concept) in taxonomy.concepts.iter().enumerate() {
            for (code, labels) in &concept.labels {
                let place = languages
                    .iter()
                    .position(|known| known.code == *code)
                    .unwrap_or_else(|| {
                        languages.push(Language {
                            code: code.clone(),
                            analyzer: Analyzer::of(code),
                            labels: HashMap::new(),
                        });
                        languages.len() - 1
                    });
                let accepted = std::iter::once(&labels.preferred).chain(&labels.alternative);
                for (written, rejected) in accepted
                    .map(|label| (label, false))
                    .chain(labels.rejected.iter().map(|label| (label, true)))
                {
                    languages[place].add(written, at, rejected);
                }
            }
        }
        Self { languages }
    }

    /// The concepts called in a query, in the order of their places. Of labels inside one another the longest counts.
    pub fn called(&self, taxonomy: &Taxonomy, query: &str) -> Vec<CalledTopic> {
        let mut found: Vec<(usize, &Label, &Language, Range<usize>)> = Vec::new();
        for language in &self.languages {
            let mut terms = language.analyzer.terms_at(query);
            terms.truncate(MOST_TERMS);
            for at in 0..terms.len() {
                for label in language.labels.get(beginning(&terms[at].term)).into_iter().flatten() {
                    if let Some(range) = label.place(&terms, at) {
                        found.push((label.terms.len(), label, language, range));
                    }
                }
            }
        }
        // Longest first; a label that is accepted somewhere before one that is rejected.
        found.sort_by(|a, b| {
            (b.3.len(), b.0)
                .cmp(&(a.3.len(), a.0))
                .then(a.1.rejected.cmp(&b.1.rejected))
                .then(a.3.start.cmp(&b.3.start))
        });
        let mut called: Vec<CalledTopic> = Vec::new();
        for (_, label, language, range) in found {
            let concept = &taxonomy.concepts[label.concept];
            let inside = |known: &CalledTopic| known.range.start <= range.start && range.end <= known.range.end;
            if called
                .iter()
                .any(|known| inside(known) && known.range != range || known.id == concept.id)
            {
                continue;
            }
            called.push(CalledTopic {
                id: concept.id.clone(),
                label: label.written.clone(),
                language: language.code.clone(),
                preferred: concept.preferred(&language.code).to_owned(),
                rejected: label.rejected,
                range,
            });
        }
        called.sort_by_key(|topic| topic.range.start);
        called
    }
}

impl Vocabulary {
    /// Names of the concepts with a label in which these words stand as beginnings: for whoever looks a topic up.
    pub fn holding(&self, taxonomy: &Taxonomy, words: &str) -> Vec<String> {
        let surface = Analyzer::surface();
        let asked = surface.terms(words);
        let holds = |label: &String| {
            let terms = surface.terms(label);
            asked.iter().all(|word| terms.iter().any(|term| term.starts_with(word)))
        };
        let is_held = |concept: &&Concept| {
            concept.labels.values().any(|labels| {
                std::iter::once(&labels.preferred)
                    .chain(&labels.alternative)
                    .chain(&labels.rejected)
                    .any(holds)
            })
        };
        if asked.is_empty() {
            return Vec::new();
        }
        taxonomy
            .concepts
            .iter()
            .filter(is_held)
            .map(|concept| concept.id.clone())
            .collect()
    }
}

impl Language {
    fn add(&mut self, written: &str, concept: usize, rejected: bool) {
        let terms = self.analyzer.terms(written);
        if let Some(first) = terms.first().map(|term| beginning(term).to_owned()) {
            self.labels.entry(first).or_default().push(Label {
                terms,
                written: written.to_owned(),
                concept,
                rejected,
            });
        }
    }
}

impl Label {
    /// Where the label stands in a query, if its first term is the one `at`.
    fn place(&self, query: &[TermAt], at: usize) -> Option<Range<usize>> {
        let several = self.terms.len() > 1;
        let fits = |place: usize, term: &str| query[place].term == term || several && alike(&query[place].term, term);
        if !fits(at, &self.terms[0]) {
            return None;
        }
        let reach = if several { self.terms.len() - 1 + SLACK } else { 0 };
        let window = at.saturating_sub(reach)..(at + reach + 1).min(query.len());
        let mut places = vec![at];
        for term in &self.terms[1..] {
            let near = window
                .clone()
                .filter(|place| !places.contains(place) && fits(*place, term));
            places.push(near.min_by_key(|place| place.abs_diff(at))?);
        }
        let (first, last) = (places.iter().min()?, places.iter().max()?);
        (last - first <= reach).then(|| query[*first].range.start..query[*last].range.end)
    }
}

/// The first letters of a term.
fn beginning(term: &str) -> &str {
    term.char_indices()
        .nth(SAME_BEGINNING)
        .map_or(term, |(end, _)| &term[..end])
}

/// Whether two terms may be forms of one word.
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let letters = short.chars().count();
    letters >= SAME_BEGINNING && long.starts_with(short) && long.chars().count() - letters <= LONGER_BY
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::law::{Concept, Labels};

    fn concept(id: &str, labels: &[(&str, &[&str], &[&str])]) -> Concept {
        let labels = labels.iter().map(|(language, accepted, rejected)| {
            let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
            let labels = Labels {
                preferred: accepted[0].to_owned(),
                alternative: texts(&accepted[1..]),
                rejected: texts(rejected),
                ..Labels::default()
            };
            ((*language).to_owned(), labels)
        });
        Concept {
            id: id.to_owned(),
            broader: None,
            related: Vec::new(),
            labels: labels.collect::<BTreeMap<_, _>>(),
            scope_note: String::new(),
            crosswalk: Vec::new(),
        }
    }

    #[test]
    fn finds_labels_in_any_form_and_prefers_the_longest() {
        let taxonomy = Taxonomy {
            concepts: vec![
                concept(
                    "intimate-image-abuse",
                    &[
                        ("en", &["intimate image abuse", "leaked nudes"], &["revenge porn"]),
                        ("es", &["difusión de imágenes íntimas", "Ley Olimpia"], &[]),
                        ("ar", &["نشر صور خاصة"], &[]),
                    ],
                ),
                concept(
                    "threats-to-share",
                    &[("en", &["threat to share intimate image abuse", "sextortion"], &[])],
                ),
            ],
        };
        let vocabulary = Vocabulary::of(&taxonomy);
        let called = |query: &str| {
            vocabulary
                .called(&taxonomy, query)
                .into_iter()
                .map(|one| (one.id, one.rejected))
                .collect::<Vec<_>>()
        };
        let image = |rejected| vec![("intimate-image-abuse".to_owned(), rejected)];
        assert_eq!(called("he leaked her nudes on Telegram"), image(false));
        assert_eq!(called("the nudes were leaked"), image(false));
        assert_eq!(called("is revenge porn a crime?"), image(true));
        assert_eq!(called("difundir imágenes íntimas"), Vec::new());
        assert_eq!(called("la difusion de una imagen intima"), image(false));
        assert_eq!(called("¿qué dice la ley olimpia?"), image(false));
        assert_eq!(called("نشر صور خاصة دون رضا"), image(false));
        assert_eq!(
            called("a threat to share intimate image abuse"),
            [("threats-to-share".to_owned(), false)]
        );
        assert_eq!(called("nudes"), Vec::new());
        assert_eq!(called(""), Vec::new());
    }
}
