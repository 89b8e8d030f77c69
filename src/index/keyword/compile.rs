//! The tree of a query -> queries of the engine.

use std::sync::Arc;

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
    Occur as Must, PhrasePrefixQuery, PhraseQuery, Query as EngineQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::bm25::{Lengths, Part, WordQuery, idf};
use super::query::{Clause, FieldName, Group, Occur};
use super::schema::Fields;
use super::words;

/// What one occurrence of a word counts for in each field, and what a recognised reference adds to the score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeywordWeights {
    /// In the titles of the document, unstemmed.
    pub title: f32,
    /// In title, jurisdiction, pinpoint, headings and topics.
    pub head: f32,
    /// In the text.
    pub body: f32,
    /// In head or text in the very form that was asked for.
    pub exact: f32,
    /// For the pinpoint, number or citation that was asked for; far above what words can reach, so that it comes first.
    pub reference: f32,
}

impl Default for KeywordWeights {
    fn default() -> Self {
        Self {
            title: 0.5,
            head: 1.0,
            body: 1.0,
            exact: 0.2,
            reference: 100.0,
        }
    }
}

/// Score of a prefix: that of a word of middling rarity, for the words behind it are not weighed one by one.
const PREFIX_SCORE: f32 = 3.0;
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
        let mut parts: Vec<(Must, Boxed)> = Vec::new();
        for (occur, clause) in group.clauses.iter().filter(|(occur, _)| wanted(*occur)) {
            let must = match occur {
                Occur::Should => Must::Should,
                Occur::Must => Must::Must,
                Occur::MustNot => Must::MustNot,
            };
            parts.push((must, self.clause(clause, *occur, all_stop)?));
        }
        if parts.is_empty() {
            return Ok(Box::new(AllQuery));
        }
        if parts.iter().all(|(must, _)| *must == Must::MustNot) {
            parts.push((Must::Must, silent(Box::new(AllQuery))));
        }
        Ok(Box::new(BooleanQuery::new(parts)))
    }

    /// One clause.
    pub fn clause(&self, clause: &Clause, occur: Occur, keep_stop_words: bool) -> tantivy::Result<Boxed> {
        match clause {
            Clause::Word(word) => self.word(word, occur, keep_stop_words || occur != Occur::Should),
            Clause::Phrase(text) => self.phrase(text),
            Clause::Prefix(start) => self.prefix(start),
            Clause::Field(field, value) => self.field(*field, value),
            Clause::Reference { tokens, text } => self.reference(tokens, text, occur),
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
        let mut is_stop_word = false;
        for (pair, count) in fields.languages.iter().zip(self.counts) {
            let Some(term) = pair.analyzer.terms(word).pop() else {
                is_stop_word = true;
                continue;
            };
            let (head, body) = (
                Term::from_field_text(pair.head, &term),
                Term::from_field_text(pair.body, &term),
            );
            let holders = self.searcher.doc_freq(&head)?.max(self.searcher.doc_freq(&body)?);
            if holders > 0 {
                let idf = idf(holders, *count);
                parts.push(Part {
                    term: head,
                    weight: weights.head,
                    idf,
                });
                parts.push(Part {
                    term: body,
                    weight: weights.body,
                    idf,
                });
            }
        }
        if is_stop_word && !keep_stop_words {
            return Ok((!parts.is_empty()).then(|| self.query(parts)));
        }
        for surface in fields.surface.terms(word) {
            let asked = [
                (fields.exact, weights.exact),
                (fields.exact_head, weights.exact),
                (fields.title, weights.title),
            ];
            for (field, weight) in asked.into_iter().filter(|(_, weight)| *weight > 0.0 || keep_stop_words) {
                let term = Term::from_field_text(field, &surface);
                let idf = idf(self.searcher.doc_freq(&term)?, self.searcher.num_docs());
                parts.push(Part {
                    term,
                    weight: weight.max(f32::MIN_POSITIVE),
                    idf,
                });
            }
        }
        Ok(Some(self.query(parts)))
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
                let term = Term::from_field_text(field, &terms[0]);
                let idf = idf(self.searcher.doc_freq(&term)?, self.searcher.num_docs());
                parts.push(Part { term, weight: 1.0, idf });
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
        Ok(match terms.as_slice() {
            [] => Box::new(EmptyQuery),
            [one] => {
                let found = self.in_exact_fields(|field| {
                    Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(field, one), 0, true))
                });
                Box::new(ConstScoreQuery::new(found, PREFIX_SCORE))
            }
            several => self.in_exact_fields(|field| {
                let mut query = PhrasePrefixQuery::new(on(field, several));
                query.set_max_expansions(u32::MAX);
                Box::new(query)
            }),
        })
    }

    fn in_exact_fields(&self, query: impl Fn(Field) -> Boxed) -> Boxed {
        let fields = [self.fields.exact, self.fields.exact_head, self.fields.title];
        Box::new(DisjunctionMaxQuery::new(fields.into_iter().map(query).collect()))
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
