//! An opened keyword index: search, filters, facets, provisions, spelling.

use std::path::Path;
use std::sync::Arc;

use tantivy::query::{BooleanQuery, EnableScoring, Query as EngineQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Index, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

use super::bm25::Lengths;
use super::collect::{All, Best, Ranked};
use super::compile::{Compiler, silent};
use super::error::KeywordError;
use super::facets::{self, Facets};
use super::finished::Finished;
use super::highlight::Highlighter;
use super::query::{Clause, Occur, Query};
use super::schema::Fields;
use super::weights::KeywordWeights;
use super::{collect, filtering, spelling};
use crate::index::BitSet;
use crate::index::Filters;
use crate::law::Provision;

/// A keyword index that does not change while it is open; any number of threads may ask it.
pub struct KeywordIndex {
    fields: Fields,
    reader: IndexReader,
    lengths: Arc<Lengths>,
    counts: Vec<u64>,
    addresses: Vec<DocAddress>,
    weights: KeywordWeights,
}

impl KeywordIndex {
    /// Opens the index in a folder.
    pub fn open(dir: &Path) -> Result<Self, KeywordError> {
        let failed = |source| KeywordError::Read {
            path: dir.to_owned(),
            source,
        };
        let damaged = |reason| KeywordError::Damaged {
            path: dir.to_owned(),
            reason,
        };
        let mut index = Finished::open(dir)
            .map_err(tantivy::TantivyError::from)
            .and_then(Index::open)
            .map_err(failed)?;
        let fields = Fields::of(&index.schema()).map_err(damaged)?;
        index.set_tokenizers(fields.tokenizers());
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(failed)?;
        let searcher = reader.searcher();
        let addresses = addresses(&searcher).map_err(failed)?.map_err(damaged)?;
        let lengths = Arc::new(Lengths::of(&searcher, &fields).map_err(failed)?);
        let counts = lengths.counts.clone();
        Ok(Self {
            fields,
            reader,
            lengths,
            counts,
            addresses,
            weights: KeywordWeights::default(),
        })
    }

    /// The weights that [`KeywordIndex::search`] uses.
    pub fn weights(&self) -> KeywordWeights {
        self.weights
    }

    /// How many provisions it holds.
    pub fn len(&self) -> usize {
        self.addresses.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.addresses.is_empty()
    }

    /// The best `depth` provisions for a query, and how many match in all.
    pub fn search(&self, query: &Query, filters: &Filters, depth: usize) -> Result<Ranked, KeywordError> {
        self.search_weighted(query, filters, depth, self.weights)
    }

    /// [`KeywordIndex::search`] with weights for this one search.
    pub fn search_weighted(
        &self,
        query: &Query,
        filters: &Filters,
        depth: usize,
        weights: KeywordWeights,
    ) -> Result<Ranked, KeywordError> {
        let searcher = self.reader.searcher();
        let mut wanted = self.compiler(&searcher, weights).group(&query.root)?;
        if let Some(filter) = filtering::filter(&searcher, &self.fields, filters)? {
            wanted = Box::new(BooleanQuery::intersection(vec![wanted, silent(filter)]));
        }
        Ok(searcher.search(&wanted, &Best { depth })?)
    }

    /// The provisions that filters and the binding parts of a query let pass; none if all do.
    pub fn allowed(&self, query: &Query, filters: &Filters) -> Result<Option<BitSet>, KeywordError> {
        let searcher = self.reader.searcher();
        let binding = self.compiler(&searcher, self.weights).binding(&query.root)?;
        let filter = filtering::filter(&searcher, &self.fields, filters)?;
        let parts: Vec<Box<dyn EngineQuery>> = binding.into_iter().chain(filter).collect();
        if parts.is_empty() {
            return Ok(None);
        }
        let mut allowed = BitSet::new(self.len());
        for ordinal in searcher.search(&BooleanQuery::intersection(parts), &All)? {
            allowed.insert(ordinal);
        }
        Ok(Some(allowed))
    }

    /// Counts the provisions of these numbers by what they are.
    pub fn facets(&self, ordinals: &[u32]) -> Result<Facets, KeywordError> {
        let addresses: Vec<DocAddress> = ordinals.iter().filter_map(|ordinal| self.address(*ordinal)).collect();
        Ok(facets::count(&self.reader.searcher(), &addresses)?)
    }

    /// The provision of a number.
    pub fn record(&self, ordinal: u32) -> Result<Provision, KeywordError> {
        let failed = |reason: String| KeywordError::Record { ordinal, reason };
        let address = self
            .address(ordinal)
            .ok_or_else(|| failed("there is no such number".to_owned()))?;
        let entry: TantivyDocument = self.reader.searcher().doc(address)?;
        let json = entry.get_first(self.fields.stored).and_then(|value| value.as_bytes());
        serde_json::from_slice(json.unwrap_or_default()).map_err(|error| failed(error.to_string()))
    }

    /// The number of a provision by its identifier.
    pub fn ordinal(&self, id: &str) -> Result<Option<u32>, KeywordError> {
        let query = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        Ok(self.reader.searcher().search(&query, &All)?.into_iter().min())
    }

    /// The word of the index that is written most like `word`; none if the word is known, short or has digits. Words
    /// that stand only in provisions of `besides` are not proposed.
    pub fn suggest(&self, word: &str, besides: Option<&BitSet>) -> Option<String> {
        let searcher = self.reader.searcher();
        let surface = self.fields.surface.terms(word);
        let [surface] = surface.as_slice() else { return None };
        if self.known(&searcher, word, None) {
            return None;
        }
        let fields = [self.fields.exact, self.fields.exact_head];
        let stands_elsewhere = |other: &str| besides.is_none() || self.known(&searcher, other, besides);
        spelling::nearest(&searcher, &fields, surface, stands_elsewhere)
            .ok()
            .flatten()
    }

    /// The language of most provisions.
    pub fn main_language(&self) -> &str {
        let held = self.fields.languages.iter().zip(&self.counts);
        held.max_by_key(|(_, count)| **count)
            .map_or("en", |(pair, _)| pair.language.as_str())
    }

    /// Share of words that the index knows, as written or in another form; 1 where there are none. What stands only in
    /// provisions of `besides` is not known.
    pub fn known_share<S: AsRef<str>>(&self, words: &[S], besides: Option<&BitSet>) -> f32 {
        let searcher = self.reader.searcher();
        let known = words
            .iter()
            .filter(|word| self.known(&searcher, word.as_ref(), besides))
            .count();
        if words.is_empty() {
            1.0
        } else {
            known as f32 / words.len() as f32
        }
    }

    /// Words and phrases of a query that stand in a provision, as the asker wrote them.
    pub fn matched(&self, query: &Query, ordinal: u32) -> Result<Vec<String>, KeywordError> {
        let searcher = self.reader.searcher();
        let compiler = self.compiler(&searcher, self.weights);
        let mut matched: Vec<String> = Vec::new();
        let Some(address) = self.address(ordinal) else {
            return Ok(matched);
        };
        let segment = searcher.segment_reader(address.segment_ord);
        for clause in query.wanted() {
            let written = match clause {
                Clause::Word(text) | Clause::Phrase(text) | Clause::Reference { text, .. } => text.clone(),
                other => other.to_string(),
            };
            let weight = compiler
                .clause(clause, Occur::Should, false)?
                .weight(EnableScoring::enabled_from_searcher(&searcher))?;
            let mut scorer = weight.scorer(segment, 1.0)?;
            let found = scorer.doc() <= address.doc_id && scorer.seek(address.doc_id) == address.doc_id;
            if found && !matched.contains(&written) {
                matched.push(written);
            }
        }
        Ok(matched)
    }

    /// Finds in texts what a query asks for.
    pub fn highlighter(&self, query: &Query) -> Highlighter {
        Highlighter::new(query)
    }

    fn compiler<'a>(&'a self, searcher: &'a Searcher, weights: KeywordWeights) -> Compiler<'a> {
        Compiler {
            searcher,
            fields: &self.fields,
            lengths: &self.lengths,
            counts: &self.counts,
            weights,
        }
    }

    fn address(&self, ordinal: u32) -> Option<DocAddress> {
        self.addresses.get(ordinal as usize).copied()
    }

    /// Whether every part of a word stands in some provision or title, or is a stop word.
    fn known(&self, searcher: &Searcher, word: &str, besides: Option<&BitSet>) -> bool {
        let holds = |field, term: &str| {
            let term = Term::from_field_text(field, term);
            match besides {
                None => searcher.doc_freq(&term).is_ok_and(|count| count > 0),
                Some(besides) => collect::holds(searcher, &term, |ordinal| !besides.contains(ordinal)).unwrap_or(false),
            }
        };
        let fields = &self.fields;
        let surface = fields.surface.terms(word);
        let written = [fields.exact, fields.exact_head, fields.title];
        let all_written = surface
            .iter()
            .all(|term| written.into_iter().any(|field| holds(field, term)));
        all_written
            || fields.languages.iter().any(|pair| {
                pair.analyzer
                    .terms(word)
                    .iter()
                    .all(|term| holds(pair.head, term) || holds(pair.body, term))
            })
    }
}

/// Where each number stands; the reason if numbers are missing or doubled.
fn addresses(searcher: &Searcher) -> tantivy::Result<Result<Vec<DocAddress>, String>> {
    let mut addresses = vec![None; searcher.num_docs() as usize];
    for (segment_ord, segment) in (0_u32..).zip(searcher.segment_readers()) {
        let column = segment.fast_fields().u64("ordinal")?;
        for doc_id in segment.doc_ids_alive() {
            let slot = column
                .first(doc_id)
                .and_then(|ordinal| addresses.get_mut(ordinal as usize));
            match slot {
                Some(slot @ None) => *slot = Some(DocAddress { segment_ord, doc_id }),
                _ => return Ok(Err("provisions are not numbered one by one".to_owned())),
            }
        }
    }
    let addresses: Option<Vec<DocAddress>> = addresses.into_iter().collect();
    Ok(addresses.ok_or_else(|| "numbers of provisions are missing".to_owned()))
}
