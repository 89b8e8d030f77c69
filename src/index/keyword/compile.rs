//! The tree of a query -> queries of the engine.

use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
    Occur as Must, PhrasePrefixQuery, PhraseQuery, Query as EngineQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::analysis::Analyzer;
use super::bm25::{Lengths, Part, WordQuery, idf};
use super::query::{Clause, FieldName, Group, Occur, TopicClause};
use super::schema::Fields;
use super::weights::KeywordWeights;
use super::{expand, foreign, words};

/// Most words behind a prefix that are weighed as words are.
const MOST_WEIGHED: usize = 60;
/// Score of a prefix with more words behind it: that of a frequent word.
const PREFIX_SCORE: f32 = 1.0;
/// Most words that the open end of a phrase may stand for; room for them is made beforehand.
const MOST_ENDINGS: u32 = 1000;
/// How many times more a word of a title counts beside a reference.
const NAMED_LAW: f32 = 4.0;
/// Share of the reference weight for a provision above or below the one asked for (`s 37` for `s 37(1)`).
const NEAR_REFERENCE: f32 = 0.5;

type Boxed = Box<dyn EngineQuery>;

/// Turns clauses into engine queries for one index.
pub struct Compiler<'a> {
    /// The open index.
    pub searcher: &'a Searcher,
    /// Its fields.
    pub fields: &'a Fields,
    /// Lengths of its provisions.
    pub lengths: &'a Arc<Lengths>,
    /// How many provisions there are in each language, in the order of `fields.languages`.
    pub counts: &'a [u64],
    /// What fields count for.
    pub weights: KeywordWeights,
}

impl Compiler<'_> {
    /// A whole group; an empty one finds everything.
    pub fn group(&self, group: &Group) -> tantivy::Result<Boxed> {
        self.joined(group, |_| true)
    }

    /// What binds in a group: required and excluded clauses; none if nothing does.
    pub fn binding(&self, group: &Group) -> tantivy::Result<Option<Boxed>> {
        if group.clauses.iter().all(|(occur, _)| *occur == Occur::Should) {
            return Ok(None);
        }
        self.joined(group, |occur| occur != Occur::Should).map(Some)
    }

    fn joined(&self, group: &Group, wanted: impl Fn(Occur) -> bool) -> tantivy::Result<Boxed> {
        let all_stop = self.only_stop_words(group);
        let foreign = self.foreign(group);
        let mut parts: Vec<(Must, Boxed)> = Vec::new();
        for (occur, clause) in group.clauses.iter().filter(|(occur, _)| wanted(*occur)) {
            let must = match occur {
                Occur::Should => Must::Should,
                Occur::Must => Must::Must,
                Occur::MustNot => Must::MustNot,
            };
            if let (Clause::Word(word), Some(foreign), Must::Should) = (clause, &foreign, must)
                && foreign.terms(word).is_empty()
            {
                continue;
            }
            parts.push((must, self.clause(clause, *occur, all_stop)?));
        }
        if group
            .clauses
            .iter()
            .any(|(_, clause)| matches!(clause, Clause::Reference { .. }))
            && wanted(Occur::Should)
        {
            parts.extend(self.titles(group)?);
        }
        if parts.is_empty() {
            return Ok(Box::new(AllQuery));
        }
        if parts.iter().all(|(must, _)| *must == Must::MustNot) {
            parts.push((Must::Must, silent(Box::new(AllQuery))));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// The analyzer of the language that the words of a group seem to be in, if it is not that of most provisions.
    fn foreign(&self, group: &Group) -> Option<Analyzer> {
        let held = self.fields.languages.iter().zip(self.counts);
        let most = held.max_by_key(|(_, count)| **count)?;
        let words = group.clauses.iter().filter_map(|(_, clause)| match clause {
            Clause::Word(word) => Some(word.as_str()),
            _ => None,
        });
        foreign::analyzer_of(words, &most.0.language)
    }

    /// Words beside a reference usually name the law: in its title they tell the many sections 37 apart.
    fn titles(&self, group: &Group) -> tantivy::Result<Vec<(Must, Boxed)>> {
        let mut parts: Vec<(Must, Boxed)> = Vec::new();
        for (occur, clause) in &group.clauses {
            let (Clause::Word(text) | Clause::Phrase(text)) = clause else {
                continue;
            };
            if *occur == Occur::MustNot || self.weights.title <= 0.0 {
                continue;
            }
            for word in self.fields.surface.terms(text) {
                let named = self.query(vec![self.surface_part(self.fields.title, &word, 1.0, false)?]);
                parts.push((Must::Should, Box::new(BoostQuery::new(Box::new(named), NAMED_LAW))));
            }
        }
        Ok(parts)
    }

    /// One clause.
    pub fn clause(&self, clause: &Clause, occur: Occur, keep_stop_words: bool) -> tantivy::Result<Boxed> {
        match clause {
            Clause::Word(word) => self.word(word, occur, keep_stop_words || occur != Occur::Should),
            Clause::Phrase(text) => self.phrase(text),
            Clause::Prefix(start) => self.prefix(start),
            Clause::Field(field, value) => self.field(*field, value),
            Clause::Reference { tokens, text } => self.reference(tokens, text, occur),
            Clause::Topic(topic) => self.topic(topic),
            Clause::Group(group) => self.group(group),
        }
    }

    /// A word as it was written; several words (`non-consensual`, a Chinese sentence) if it is cut into several.
    fn word(&self, written: &str, occur: Occur, keep_stop_words: bool) -> tantivy::Result<Boxed> {
        let pieces = words::words(written);
        let must = if occur == Occur::Should {
            Must::Should
        } else {
            Must::Must
        };
        let mut parts: Vec<(Must, Boxed)> = Vec::new();
        for piece in &pieces {
            if piece.clipped && pieces.len() > 1 {
                continue;
            }
            if let Some(query) = self.piece(&written[piece.range.clone()], keep_stop_words)? {
                parts.push((must, Box::new(query)));
            }
        }
        Ok(match (parts.len(), parts.pop()) {
            (1, Some((_, only))) => only,
            (_, Some(last)) => {
                parts.push(last);
                Box::new(BooleanQuery::new(parts))
            }
            (_, None) => Box::new(EmptyQuery),
        })
    }

    /// One word in all fields; none if it is a stop word that may be left out.
    fn piece(&self, word: &str, keep_stop_words: bool) -> tantivy::Result<Option<WordQuery>> {
        let (fields, weights) = (self.fields, self.weights);
        let mut parts = Vec::new();
        let (mut is_stop_word, mut unknown_somewhere) = (false, false);
        for (pair, count) in fields
            .languages
            .iter()
            .zip(self.counts)
            .filter(|(_, count)| **count > 0)
        {
            let Some(term) = pair.analyzer.terms(word).pop() else {
                is_stop_word = true;
                continue;
            };
            let (head, body) = (
                Term::from_field_text(pair.head, &term),
                Term::from_field_text(pair.body, &term),
            );
            let holders = self.searcher.doc_freq(&head)?.max(self.searcher.doc_freq(&body)?);
            unknown_somewhere |= holders == 0;
            if holders > 0 {
                let idf = idf(holders, *count);
                parts.push(Part {
                    term: head,
                    weight: weights.head,
                    idf,
                    last_resort: false,
                });
                parts.push(Part {
                    term: body,
                    weight: weights.body,
                    idf,
                    last_resort: false,
                });
            }
        }
        if is_stop_word && !keep_stop_words {
            return Ok((!parts.is_empty()).then(|| self.query(parts)));
        }
        for surface in fields.surface.terms(word) {
            parts.push(self.surface_part(fields.title, &surface, weights.title, false)?);
            // Whoever leaves out the accents gets another stem, but the same folded word.
            if unknown_somewhere || keep_stop_words {
                parts.push(self.surface_part(fields.exact, &surface, weights.exact, true)?);
                parts.push(self.surface_part(fields.exact_head, &surface, weights.exact, true)?);
            }
        }
        Ok(Some(self.query(parts)))
    }

    fn surface_part(&self, field: Field, word: &str, weight: f32, last_resort: bool) -> tantivy::Result<Part> {
        let term = Term::from_field_text(field, word);
        let idf = idf(self.searcher.doc_freq(&term)?, self.searcher.num_docs());
        Ok(Part {
            term,
            weight,
            idf,
            last_resort,
        })
    }

    fn query(&self, parts: Vec<Part>) -> WordQuery {
        WordQuery {
            parts,
            lengths: Arc::clone(self.lengths),
        }
    }

    /// Whether a group has words, and all of them are stop words somewhere: then they are what was meant.
    fn only_stop_words(&self, group: &Group) -> bool {
        group.clauses.iter().all(|(occur, clause)| match clause {
            Clause::Word(word) => self
                .fields
                .languages
                .iter()
                .any(|pair| pair.analyzer.terms(word).is_empty()),
            _ => *occur == Occur::MustNot,
        })
    }

    fn phrase(&self, text: &str) -> tantivy::Result<Boxed> {
        let terms = self.fields.surface.terms(text);
        if terms.len() == 1 {
            let mut parts = Vec::new();
            for field in [self.fields.exact, self.fields.exact_head, self.fields.title] {
                parts.push(self.surface_part(field, &terms[0], 1.0, false)?);
            }
            return Ok(Box::new(self.query(parts)));
        }
        if terms.is_empty() {
            return Ok(Box::new(EmptyQuery));
        }
        Ok(self.in_exact_fields(|field| Box::new(PhraseQuery::new(on(field, &terms)))))
    }

    fn prefix(&self, start: &str) -> tantivy::Result<Boxed> {
        let terms = self.fields.surface.terms(start);
        match terms.as_slice() {
            [] => Ok(Box::new(EmptyQuery)),
            [one] => self.words_beginning_with(one),
            several => Ok(self.in_exact_fields(|field| {
                let mut query = PhrasePrefixQuery::new(on(field, several));
                query.set_max_expansions(MOST_ENDINGS);
                Box::new(query)
            })),
        }
    }

    /// The words behind a prefix as one word; too many of them are not weighed.
    fn words_beginning_with(&self, start: &str) -> tantivy::Result<Boxed> {
        let fields = [self.fields.exact, self.fields.exact_head, self.fields.title];
        let weights = [self.weights.body, self.weights.head, self.weights.title];
        if let Some(words) = expand::beginning_with(self.searcher, &fields, start, MOST_WEIGHED)? {
            let provisions = self.searcher.num_docs();
            let idf = idf(words.values().sum::<u64>().min(provisions), provisions);
            let part = |word: &String, (field, weight)| Part {
                term: Term::from_field_text(field, word),
                weight,
                idf,
                last_resort: false,
            };
            let places = || fields.into_iter().zip(weights);
            let parts = words
                .keys()
                .flat_map(|word| places().map(move |place| part(word, place)));
            return Ok(Box::new(self.query(parts.collect())));
        }
        let found = self.in_exact_fields(|field| {
            Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, start), 0, true))
        });
        Ok(Box::new(ConstScoreQuery::new(found, PREFIX_SCORE)))
    }

    fn in_exact_fields(&self, query: impl Fn(Field) -> Boxed) -> Boxed {
        let fields = [self.fields.exact, self.fields.exact_head, self.fields.title];
        Box::new(DisjunctionMaxQuery::new(fields.into_iter().map(query).collect()))
    }

    /// A topic that the query calls by one of its labels: every provision on it, those with words of its labels before.
    fn topic(&self, topic: &TopicClause) -> tantivy::Result<Boxed> {
        let about = topic
            .topics
            .iter()
            .map(|name| self.facet(FieldName::Topic, name))
            .collect();
        let about = ConstScoreQuery::new(Box::new(BooleanQuery::union(about)), self.weights.topic);
        let mut parts: Vec<(Must, Boxed)> = vec![(Must::Must, Box::new(about))];
        for word in &topic.words {
            let word = self.word(word, Occur::Should, false)?;
            parts.push((Must::Should, Box::new(BoostQuery::new(word, self.weights.label))));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    fn field(&self, field: FieldName, value: &str) -> tantivy::Result<Boxed> {
        let term = |field: Field, value: &str| -> Boxed {
            Box::new(TermQuery::new(
                Term::from_field_text(field, value),
                IndexRecordOption::Basic,
            ))
        };
        let found = match field {
            FieldName::Title => {
                let terms = on(self.fields.title, &self.fields.surface.terms(value));
                let scored = terms
                    .into_iter()
                    .map(|term| -> Boxed { Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) });
                return Ok(Box::new(BooleanQuery::intersection(scored.collect())));
            }
            FieldName::Id => {
                let value = value.to_lowercase();
                Box::new(BooleanQuery::union(vec![
                    term(self.fields.id, &value),
                    term(self.fields.document, &value),
                ]))
            }
            FieldName::Language => super::filtering::language(self.searcher, self.fields, value)?,
            FieldName::Jurisdiction => self.facet(field, &value.to_ascii_uppercase()),
            _ => self.facet(field, value),
        };
        Ok(silent(found))
    }

    fn facet(&self, field: FieldName, value: &str) -> Boxed {
        match self.fields.facet(field.as_str()) {
            Some(field) => Box::new(TermQuery::new(
                Term::from_field_text(field, value),
                IndexRecordOption::Basic,
            )),
            None => Box::new(EmptyQuery),
        }
    }

    /// The provision pointed at, those above and below it, and the words as written for what the index does not know by number.
    fn reference(&self, tokens: &[String], text: &str, occur: Occur) -> tantivy::Result<Boxed> {
        let strong = self.weights.reference;
        let (here, above) = (self.fields.reference, self.fields.reference_above);
        let mut choices: Vec<Boxed> = Vec::new();
        let mut known = false;
        for (at, token) in tokens.iter().enumerate() {
            let near = (here, strong * NEAR_REFERENCE);
            let places = if at == 0 {
                vec![(here, strong), (above, strong * NEAR_REFERENCE)]
            } else {
                vec![near]
            };
            for (field, score) in places {
                let term = Term::from_field_text(field, token);
                known |= self.searcher.doc_freq(&term)? > 0;
                choices.push(Box::new(ConstScoreQuery::new(
                    Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
                    score,
                )));
            }
        }
        let written = if known {
            self.phrase(text)?
        } else {
            self.word(text, occur, false)?
        };
        choices.push(Box::new(BoostQuery::new(written, 0.5)));
        Ok(Box::new(DisjunctionMaxQuery::with_tie_breaker(choices, 0.01)))
    }
}

fn on(field: Field, terms: &[String]) -> Vec<Term> {
    terms.iter().map(|term| Term::from_field_text(field, term)).collect()
}

/// The same documents, adding nothing to the score.
pub fn silent(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
