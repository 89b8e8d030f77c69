//! Which legs run and what each counts for: decided from the query alone, before anything is fetched.

use crate::index::keyword::{Clause, Group, KeywordIndex, Occur, Query};
use crate::search::{Catalogue, Mode, Question, SearchError, TopicShare, Tuning, expand, topics};

/// How a question is going to be answered.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The mode that runs.
    pub mode: Mode,
    /// What the keyword index is asked; phrases bind.
    pub query: Query,
    /// What the keyword leg counts for; 0 in semantic mode.
    pub keyword_weight: f32,
    /// What the vector leg counts for; 0 in keyword mode.
    pub vector_weight: f32,
    /// Share of the query's words that the index knows.
    pub known_share: f32,
    /// How far the question is on each topic; empty where it is not to be widened.
    pub topics: Vec<TopicShare>,
    /// What the asker should know about it.
    pub notes: Vec<String>,
}

impl Plan {
    /// Plans a question. `no_meaning` says why search by meaning is not available.
    ///
    /// # Errors
    /// `NoMeaning` when meaning alone was asked for and is not available.
    pub fn of(
        mode: Mode,
        question: &Question,
        (keyword, catalogue): (&KeywordIndex, &Catalogue),
        no_meaning: Option<&str>,
        tuning: &Tuning,
    ) -> Result<Self, SearchError> {
        let parsed = &question.parsed;
        let words = parsed.query.words();
        let known_share = known_share(question, &words, keyword, catalogue);
        let mut query = bound(parsed.query.clone(), &question.text);
        let topics = expand::clauses(question, &catalogue.taxonomy, &words, keyword.main_language());
        query
            .root
            .clauses
            .extend(topics.into_iter().map(|clause| (Occur::Should, clause)));
        let mut plan = Self {
            mode,
            query,
            keyword_weight: tuning.keyword_weight * trust(known_share, tuning),
            vector_weight: tuning.vector_weight,
            known_share,
            topics: if question.is_widened {
                topics::called(question, &catalogue.taxonomy)
            } else {
                Vec::new()
            },
            notes: parsed
                .notes
                .iter()
                .cloned()
                .chain(expand::notes(&question.topics))
                .collect(),
        };
        match (mode, no_meaning) {
            (Mode::Semantic, Some(reason)) => {
                return Err(SearchError::NoMeaning {
                    reason: reason.to_owned(),
                });
            }
            (Mode::Hybrid, Some(reason)) => {
                plan.notes.insert(0, format!("Searched by words only: {reason}."));
                plan.mode = Mode::Keyword;
            }
            _ => {}
        }
        match plan.mode {
            // Nothing to be near to: filters alone, or nothing at all.
            _ if parsed.plain.trim().is_empty() => plan.mode = Mode::Keyword,
            Mode::Semantic => plan.keyword_weight = 0.0,
            _ => {}
        }
        if plan.mode == Mode::Keyword {
            (plan.keyword_weight, plan.vector_weight) = (1.0, 0.0);
        }
        Ok(plan)
    }
}

/// Share of the words that are understood: they stand in a label of a topic that is called, or in some law or note. That
/// a translation of our own model law has a word tells nothing.
fn known_share(question: &Question, words: &[&str], keyword: &KeywordIndex, catalogue: &Catalogue) -> f32 {
    let (covered, others): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| expand::covers(question, word));
    let known = keyword.known_share(&others, catalogue.models.as_ref()) * others.len() as f32;
    if words.is_empty() {
        1.0
    } else {
        (known + covered.len() as f32) / words.len() as f32
    }
}

/// How far the keyword leg is trusted: all of it when every word is known, nothing at `unknown_share` unknown ones. A
/// query in a language that the index does not have shares names and a few cognates with it; what these find is mostly
/// wrong and would push aside what the vector leg finds.
fn trust(known_share: f32, tuning: &Tuning) -> f32 {
    let unknown = (1.0 - known_share).max(0.0);
    (1.0 - unknown / tuning.unknown_share.max(f32::EPSILON)).clamp(0.0, 1.0)
}

/// Makes phrases that stand beside other words required, so that they bind both legs: whoever writes quotation marks
/// wants these words. Alternatives joined by an explicit OR stay alternatives, of which one is required.
fn bound(mut query: Query, text: &str) -> Query {
    let is_phrase = |(occur, clause): &(Occur, Clause)| *occur == Occur::Should && matches!(clause, Clause::Phrase(_));
    if !query.root.clauses.iter().any(is_phrase) {
        return query;
    }
    let alternatives = text.split_whitespace().any(|word| word == "OR") || text.contains("||");
    if !alternatives {
        for clause in query.root.clauses.iter_mut().filter(|clause| is_phrase(clause)) {
            clause.0 = Occur::Must;
        }
        return query;
    }
    let (wanted, mut rest): (Vec<_>, Vec<_>) = query
        .root
        .clauses
        .into_iter()
        .partition(|(occur, _)| *occur == Occur::Should);
    rest.push((Occur::Must, Clause::Group(Group { clauses: wanted })));
    Query {
        root: Group { clauses: rest },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::query::parse;

    #[test]
    fn phrases_bind_but_alternatives_stay() {
        let bound_text = |text: &str| bound(parse(text).query, text).to_string();
        assert_eq!(bound_text(r#""intimate image" threat"#), r#"+"intimate image" threat"#);
        assert_eq!(bound_text(r#""a b" OR "c d""#), r#"+("a b" "c d")"#);
        assert_eq!(bound_text("threat"), "threat");
    }

    #[test]
    fn trust_falls_with_unknown_words() {
        let tuning = Tuning {
            unknown_share: 0.5,
            ..Tuning::default()
        };
        assert_eq!(trust(1.0, &tuning), 1.0);
        assert!((trust(0.75, &tuning) - 0.5).abs() < 1e-6);
        assert_eq!(trust(0.2, &tuning), 0.0);
    }
}
